"""What changed from one version of a list to the next, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from articles.lists import ItemContent, ListContent
from articles.lists.differences import differences, duration_words


@pytest.fixture(autouse=True)
def english(plain_settings):
    with translation.override("en"):
        yield


MOMENT = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


def item(name: str, **values: object) -> ItemContent:
    return ItemContent(key=name, **{"story_id": ord(name), **values})


def content(names: str = "", **values: object) -> ListContent:
    return ListContent(title="今日头条", items=tuple(map(item, names)), **values)


def told(before: ListContent | None, after: ListContent) -> list[str]:
    return differences(
        before,
        after,
        named=lambda one: one.headline or one.url or chr(one.story_id),
        moment=lambda moment: f"{moment:%H:%M}",
        section_name={7: "要闻"}.__getitem__,
    )


def test_first_version_is_new_as_a_whole():
    """Nobody wants ten lines that say "added"."""
    assert told(None, content("abc")) == ["The first version, with 3 items."]


def test_equal_versions_differ_in_nothing():
    assert told(content("abc"), content("abc")) == []


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("ab", "axb", ["Added at 2: “x”."]),
        ("axb", "ab", ["Removed: “x”."]),
        ("abcd", "dabc", ["Moved to 1: “d”."]),
        ("abcd", "bcda", ["Moved to 4: “a”."]),
        ("abcde", "xcabe", ["Added at 1: “x”.", "Removed: “d”.", "Moved to 2: “c”."]),
    ],
)
def test_items_are_added_removed_and_moved(before, after, words):
    """As few moves as make the new order: what only closed up has not moved."""
    assert told(content(before), content(after)) == words


def test_item_that_was_taken_out_and_in_again_is_the_same():
    """It has a new key, and is the same story."""
    before, after = content("ab"), content("").with_items([replace(item("b"), key="new"), item("a")])
    assert [words for words in told(before, after) if not words.startswith("Moved")] == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ({}, {"headline": "新"}, "Own headline: “新”."),
        ({"headline": "旧"}, {"headline": "新"}, "Headline: “旧” is now “新”."),
        ({"headline": "旧"}, {}, "“旧” has the story’s own headline again."),
        ({}, {"teaser": "导语"}, "Teaser of “a”: 导语"),
        ({"teaser": "导语"}, {}, "“a” has the story’s own teaser again."),
        ({}, {"pinned": 2}, "“a” is pinned to 2."),
        ({"pinned": 2}, {}, "“a” is no longer pinned."),
        (
            {},
            {"starts_at": MOMENT, "ends_after": 90},
            "“a” is shown: from 06:00, until 1 h 30 min after its story goes live.",
        ),
        ({"starts_after": 5}, {}, "“a” is shown: as long as its story is live."),
        (
            {},
            {"starts_after": 120, "ends_at": MOMENT},
            "“a” is shown: from 2 h after its story goes live, until 06:00.",
        ),
        ({}, {"story_id": 98}, "“b” leads elsewhere."),
    ],
)
def test_what_changed_in_an_item_is_said(old, new, words):
    before, after = (content().with_items([ItemContent(key="a", **{"story_id": 97, **side})]) for side in (old, new))
    assert told(before, after) == [words]


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ({"title": "要闻"}, "Title: “今日头条” is now “要闻”."),
        ({"length": 5}, "Length: 5 entries instead of 10."),
        ({"display": "cards"}, "Display: cards instead of headlines only."),
        ({"fill_section_id": 7}, "Free places are filled from section 要闻."),
        ({"order": 20}, "Order on the page: 20 instead of 100."),
        ({"may_repeat": True}, "It may now repeat stories that stand elsewhere on the page."),
    ],
)
def test_what_changed_in_the_list_itself_is_said(new, words):
    """And the way back is said as well."""
    assert told(content("a"), replace(content("a"), **new)) == [words]
    assert len(told(replace(content("a"), **new), content("a"))) == 1


def test_fill_rules_are_called_by_their_labels():
    (words,) = told(content(), content(fill_rule="latest"))
    assert "the latest of the section" in words


@given(st.lists(st.sampled_from("abcdefgh"), unique=True), st.permutations("abcdefgh"))
def test_moves_and_removals_and_additions_make_one_of_the_other(before, after):
    """What is told leads from the old order to the new one, whatever they are."""
    lines = told(content("".join(before)), content("".join(after)))
    order = list(before)
    for line in lines:
        name = line.split("“")[1][0]
        assert line.startswith(("Added", "Moved"))
        if name in order:
            order.remove(name)
    placed = {line.split("“")[1][0]: int(line.split(":")[0].split()[-1]) for line in lines}
    for name, position in sorted(placed.items(), key=lambda pair: pair[1]):
        order.insert(position - 1, name)
    assert order == list(after)


@pytest.mark.parametrize(("minutes", "words"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (150, "2 h 30 min")])
def test_durations_are_said_as_people_say_them(minutes, words):
    assert duration_words(minutes) == words
