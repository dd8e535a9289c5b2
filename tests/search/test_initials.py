"""Finding stories by the initials of their headlines: the same answers on either database."""

from __future__ import annotations

import pytest

from articles import search
from articles.chinese import initials
from articles.models import SearchEntry
from tests.builders import a_story

pytestmark = pytest.mark.django_db


def found(query: str, limit: int = 20) -> list[int]:
    return search.find_typed(query, limit=limit)


def test_find_typed_by_initials():
    """slx is 松岭县, at the beginning of a headline and anywhere in it."""
    story = a_story("松岭县新开两趟务工专车")
    a_story("桥头镇修路")
    for typed in ("slx", "SLX", "ｓｌｘ", "wgzc", "slxxklt", "lx"):
        assert found(typed) == [story.pk], typed
    assert found("slz") == []


def test_find_typed_passes_over_punctuation_and_blanks():
    """Nobody types the comma of a headline."""
    story = a_story("松岭县：“新开” 专车")
    assert found("slxxkzc") == [story.pk]


def test_find_typed_wants_the_letters_in_one_row():
    """The pairs sl and lx alone, apart from each other, are no slx."""
    a_story("松林、岭下")
    a_story("松岭，路西；岭县")
    assert found("slx") == []


@pytest.mark.parametrize("typed", ["zc", "cc"])
def test_find_typed_takes_every_common_reading(typed):
    """长 is read zhang and chang: nobody has to know which one a dictionary prefers."""
    story = a_story("长城")
    assert found(typed) == [story.pk]


def test_find_typed_takes_traditional_characters_and_latin_letters_along():
    """A headline of either script and with names in Latin letters."""
    story = a_story("臺灣 AI 企業")
    assert found("twai") == found("aiqy") == [story.pk]


def test_find_typed_finds_words_as_well():
    """Latin words whole in the text, Chinese words, and both together with initials."""
    text = a_story("桥头镇修路", opening="<p>slx</p>")
    story = a_story("松岭县新开专车")
    assert found("slx") == [story.pk, text.pk]
    assert found("slx 专车") == found("专车 slx") == [story.pk]
    assert found("slx 公交") == []
    assert found("专车") == [story.pk]


def test_find_typed_gives_the_newest_first_and_not_more_than_asked_for():
    """A limit cuts the oldest off."""
    stories = [a_story(f"松岭县{number}").pk for number in range(4)]
    assert found("slx", 2) == stories[:1:-1]


@pytest.mark.parametrize("typed", ["", " ", "s", "¶sl", "s.*x", "s[l", "(", "\x00", "…", "x" * 5000])
def test_find_typed_takes_whatever_is_typed(typed):
    """What is no initials finds nothing, and asks no database for a pattern of its own."""
    a_story("松岭县新开专车")
    assert found(typed) == []


def test_find_does_not_look_for_initials():
    """The list of stories looks for words, as it says."""
    a_story("松岭县新开专车")
    assert list(search.find("slx")) == []


def test_short_headlines_are_found_too():
    """Lists call a story by its short headline."""
    story = a_story("松岭县新开专车", short_headline="务工专车")
    assert found("wgzc") == [story.pk]


def test_initials_follow_the_headline(django_assert_max_num_queries):
    """A story is found by what it is called now; two queries, whatever is typed."""
    from articles.actions import save_story
    from articles.models import StoryRows
    from tests.builders import MONDAY, OPERATOR

    story = a_story("松岭县新开专车")
    rows = StoryRows.stored(story)
    rows.story.headline = "桥头镇修路"
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    assert found("slx") == []
    with django_assert_max_num_queries(2):
        assert found("qtz") == [story.pk]


def test_rebuild_gives_initials_to_what_was_there_before():
    """After the upgrade the index has none until it is built anew."""
    story = a_story("松岭县新开专车")
    SearchEntry.objects.update(initials="", tokens="松岭 岭县")
    assert found("slx") == []
    search.rebuild()
    assert found("slx") == [story.pk]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("松岭县", ",s,l,x,"), ("", ""), ("……", ""), ("A1，松", ",a,1,s,"), ("\ud800松", ",s,")],
)
def test_initials(text, expected):
    """A place for each character that has initials, and none for others."""
    assert initials(text) == expected
