"""Finding stories by their words: the same answers on either database."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles import search
from articles.actions import save_story
from articles.chinese import bigrams
from articles.models import Contributor, SearchEntry, Source, Story, StoryRows
from tests.builders import MONDAY, OPERATOR, a_story

pytestmark = pytest.mark.django_db


def found(query: str, **options: int) -> list[int]:
    return list(search.find(query, **options))


def retell(story: Story, headline: str) -> None:
    rows = StoryRows.stored(Story.objects.get(pk=story.pk))
    rows.story.headline = headline
    save_story(rows=rows, by=OPERATOR, now=MONDAY)


def test_find_chinese_words_of_two_characters():
    """Most Chinese words have two characters; they are found wherever they stand in a sentence."""
    story = a_story("松岭县新开两趟务工专车")
    a_story("桥头镇修路")
    for word in ("松岭", "岭县", "务工", "专车", "两趟务工", "松岭县新开两趟务工专车"):
        assert found(word) == [story.pk], word
    assert found("松县") == []


def test_find_wants_the_characters_together_and_in_order():
    """乡村路 is in "乡村路灯" and not where 乡村 and 村路 stand apart."""
    together = a_story("乡村路灯亮了")
    a_story("新乡村建设，前村路段封闭")
    a_story("路村乡")
    assert found("乡村路") == [together.pk]


@pytest.mark.parametrize("query", ["臺灣", "台湾", "台灣", "臺湾"])
@pytest.mark.parametrize("headline", ["台湾水果上市", "臺灣水果上市"])
def test_find_takes_either_script(headline, query):
    """Whoever writes traditional characters finds simplified text, and the other way round."""
    story = a_story(headline)
    assert found(query) == [story.pk]


def test_story_in_english_is_found_by_the_names_the_desk_knows():
    """Whoever looks for a colleague's stories types the name in Chinese; the story says it in English."""
    person = Contributor.objects.create(name="林晓禾", name_english="Lin Xiaohe", slug="lin-xiaohe")
    source = Source.objects.create(name="山里傳媒", name_english="Mountain Media", name_key="x", slug="media")
    story = a_story("Two coaches", language="en", bylines=[(person, "reporter")], source=source)
    for query in ("林晓禾", "xiaohe", "山里传媒", "Mountain", "林晓禾 coaches"):
        assert found(query) == [story.pk], query
    search.rebuild()
    assert found("林晓禾") == [story.pk]


def test_find_words_of_latin_letters_whole_and_in_any_case():
    """gdp finds GDP; GD finds nothing, because a word is a word."""
    story = a_story("GDP 增长 5.2%，ＡＩ 企业增多 Straße")
    for query in ("gdp", "GDP", "Gdp", "5.2", "ai", "ＡＩ", "gdp 增长", "strasse", "STRASSE", "straße"):
        assert found(query) == [story.pk], query
    for query in ("GD", "dp", "5.20"):
        assert found(query) == [], query


def test_find_wants_every_word():
    """Words are separated by blanks of any width, and all must be there, in any order."""
    story = a_story("松岭县新开专车")
    a_story("松岭县修路")
    assert found("专车 松岭") == found("松岭\u3000专车") == [story.pk]
    assert found("专车 桥头") == []


def test_find_takes_one_character_beside_a_word():
    """县 alone is no word of the index, but beside one it still has to be in the text."""
    story = a_story("松岭县新开专车")
    a_story("松岭市新开专车")
    assert found("县 专车") == [story.pk]


@pytest.mark.parametrize(
    "values",
    [
        {"headline": "目标词"},
        {"kicker": "目标词"},
        {"subtitle": "目标词"},
        {"short_headline": "目标词"},
        {"summary": "目标词"},
        {"opening": "<p>有<b>目标</b>词</p>"},
        {"subsections": [("目标词", "", "")]},
        {"subsections": [("x", "目标词", "")]},
        {"subsections": [("x", "", "<p>目标词</p>")]},
    ],
    ids=lambda values: next(iter(values)),
)
def test_find_looks_into_everything_a_story_says(values):
    """Headline lines, summary, opening, and each part of a subsection."""
    story = a_story(**values)
    assert found("目标词") == [story.pk]


def test_find_looks_for_people_and_source():
    """An editor looks for stories by who wrote them and where they came from."""
    person = Contributor.objects.create(name="欧阳林晓", slug="ouyang")
    source = Source.objects.create(name="新华社", name_key="新华社", slug="xinhua")
    story = a_story(bylines=[(person, "reporter")], source=source)
    assert found("欧阳林晓") == found("新华社") == [story.pk]


def test_find_joins_no_words_across_fields():
    """The end of one line and the beginning of the next are no word."""
    a_story("今天下雨", subtitle="路面湿滑", opening="<p>小心</p><p>驾驶</p>")
    assert found("雨路") == found("心驾") == []


def test_find_gives_the_newest_first_and_not_more_than_asked_for():
    """A limit cuts the oldest off."""
    stories = [a_story(f"松岭专车{number}").pk for number in range(5)]
    assert found("松岭") == stories[::-1]
    assert found("松岭", limit=2) == stories[:2:-1]


def test_find_can_be_part_of_another_query():
    """The admin list takes it as a subquery, so that one query answers."""
    story = a_story("松岭专车")
    assert list(Story.objects.filter(pk__in=search.find("专车"))) == [story]


@pytest.mark.parametrize(
    "query", ["", " ", "\u3000", "!!!", "，。《》", "%", "_", "*", '"', "🎉", "\x00", "\ud800", "\u200b"]
)
def test_find_without_a_letter_or_character_finds_nothing(query):
    """And does not fail, whatever the sign means to a database."""
    a_story('松岭 100% 专车*_"🎉')
    assert found(query) == []


NASTY = [
    '松岭"',
    "松岭'",
    "松岭*",
    "松岭%",
    "松岭_",
    "松岭\\",
    "松岭(",
    "松岭 AND 专车",
    "NEAR(松岭 专车)",
    "tokens:松岭",
    "-松岭",
    "^松岭",
    "松岭 OR",
    "松岭;DROP TABLE articles_story",
    "松\x00岭",
    "松岭\ud83d",
    "松岭🎉",
    "{松岭}",
    "%s 松岭",
    "%(x)s 松岭",
    "松岭\u202e",
]


@pytest.mark.parametrize("query", NASTY)
def test_find_takes_signs_of_query_languages_as_text(query):
    """Quotes, stars, percent signs, operators, NUL and half an emoji neither fail nor mean anything."""
    story = a_story("松岭专车")
    a_story("别的")
    assert found(query) in ([], [story.pk])
    assert Story.objects.count() == 2


@pytest.mark.parametrize("headline", ['他说"松岭"', "松岭*", "100%松岭", "松_岭", "a\\松岭", "松岭's"])
def test_find_takes_signs_in_the_text_as_text(headline):
    """A sign in the query finds the sign in the text, and no other character."""
    story = a_story(headline)
    a_story("松x岭 100 松岭 他说松岭")
    assert found(headline) == [story.pk]


@pytest.mark.parametrize(
    "unit", ["松", "松岭", "岭 ", "a ", "ab", "%", '"', "\x00", "🎉", "é "], ids=lambda unit: repr(unit)
)
def test_find_takes_ten_thousand_characters(unit):
    """A query nobody types is answered, on either database."""
    a_story("松岭专车")
    found((unit * 10_000)[:10_000])


def test_find_takes_many_different_words():
    """Databases have limits on terms and on nesting; the query stays below them."""
    a_story("松岭专车")
    assert found(" ".join(f"w{number}" for number in range(5_000))) == []
    assert found("".join(chr(0x4E00 + number) for number in range(10_000))) == []


def test_find_takes_a_whole_headline():
    """Pasting a headline of full length is an ordinary search."""
    headline = "".join(chr(0x4E00 + 7 * number) for number in range(120))
    story = a_story(headline)
    assert found(headline) == [story.pk]


letters = st.text(st.characters(categories=["L", "N", "M", "P", "Z"], codec="utf-8"), min_size=1, max_size=12)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(letters)
@example("𠮷野家")
@example("㬎 鿏 𰀀𱍐")
@example("Straße ﬁne ǅ İstanbul")
@example("กำแพง हिन्दी")
@example("q\u0301x ①②")
@example("0\u19b00")  # a vowel that became a letter in a later version of Unicode
def test_every_word_of_a_text_finds_it(db, text):
    """Whatever the script: a word that is in the text, and has a letter, finds the text."""
    story = a_story("占位", summary=text)
    for word in text.split():
        tokens = bigrams(word)
        # One Han character inside a longer word is the known exception.
        if tokens and not (len(tokens) == 1 and len(tokens[0]) == 1):
            assert story.pk in found(word), word


def test_saving_again_replaces_what_is_known():
    """Words that were taken out no longer find the story; new ones do."""
    story = a_story("旧的标题")
    retell(story, "新的标题")
    assert found("旧的") == []
    assert found("新的") == [story.pk]
    assert SearchEntry.objects.count() == 1


def test_removing_takes_a_story_out_and_adding_puts_it_back():
    """Only that story; the story itself stays."""
    story, other = a_story("松岭专车"), a_story("松岭学校")
    search.remove(story)
    assert found("松岭") == [other.pk]
    search.add(story, StoryRows.stored(story).content())
    assert found("松岭") == [other.pk, story.pk]


def test_deleting_a_story_takes_it_out():
    """Nothing is left in the index, on SQLite in the table behind it either."""
    story = a_story("松岭专车")
    story.delete()
    assert found("松岭") == []
    assert not SearchEntry.objects.exists()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM articles_search WHERE articles_search MATCH '\"松岭\"'")
            assert cursor.fetchone() == (0,)


def test_rebuilding_repairs_whatever_was_wrong():
    """Missing, outdated and damaged entries are right again; progress is told; the number of stories comes back."""
    stories = [a_story(f"松岭专车{number}") for number in range(3)]
    SearchEntry.objects.filter(story=stories[0]).delete()
    SearchEntry.objects.filter(story=stories[1]).update(text="x", tokens="x")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO articles_search(articles_search) VALUES ('delete-all')")
            cursor.execute("INSERT INTO articles_search(rowid, tokens) VALUES (999999, '幽灵')")
    told = []
    assert search.rebuild(lambda done, everything: told.append((done, everything))) == 3
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert found("松岭") == [story.pk for story in reversed(stories)]
    assert found("x") == []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM articles_search WHERE articles_search MATCH '\"幽灵\"'")
            assert cursor.fetchone() == (0,)


def test_rebuilding_nothing_is_nothing():
    """An empty site has an empty index."""
    assert search.rebuild() == 0
