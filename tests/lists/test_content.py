"""What a list may hold: everything else is told, each at its place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.lists import ItemContent, ListContent, problems
from articles.lists.content import MOST_ITEMS, MOST_MINUTES, UnknownSchemaError
from tests.builders import MONDAY

HOUR = timedelta(hours=1)


def item(key: str = "k1", **values) -> ItemContent:
    if "url" not in values:
        values.setdefault("story_id", 1)
    return ItemContent(key=key, **values)


def told(*items: ItemContent, **values) -> list[tuple[str, str]]:
    """(key, field) of each problem."""
    content = ListContent(**{"title": "表", "items": items, **values})
    return [(problem.key, problem.field) for problem in problems(content)]


def test_ordinary_list_has_no_problems():
    """Stories, an address of this site and of another one, all with windows."""
    items = [
        item("a", pinned=1, starts_after=0, ends_after=360),
        item("b", story_id=2, starts_at=MONDAY, ends_at=MONDAY + HOUR),
        item("c", url="/topics/floods/", headline="专题"),
        item("d", url="https://例子.测试/页?a=1", headline="外站"),
    ]
    assert told(*items, length=4) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " \x00 "}, "title"),
        ({"title": "长" * 101}, "title"),
        ({"length": 0}, "length"),
        ({"length": 51}, "length"),
        ({"order": -1}, "order"),
        ({"order": 10_000}, "order"),
        ({"display": "blinking"}, "display"),
        ({"fill_rule": "magic"}, "fill_rule"),
        ({"fill_section_id": 2**63}, "fill_section"),
        ({"fill_section_id": -(2**70)}, "fill_section"),
    ],
)
def test_problem_of_the_list_is_told_at_its_field(values, field):
    assert told(**values) == [("", field)]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"story_id": None}, "story"),
        ({"url": "https://example.com/", "story_id": 1, "headline": "甲"}, "story"),
        ({"story_id": 2**63}, "story"),
        ({"story_id": 0}, "story"),
        ({"story_id": -(2**200)}, "story"),
        ({"url": "/a/"}, "headline"),
        ({"url": "javascript:alert(1)", "headline": "甲"}, "url"),
        ({"url": "//evil.example/", "headline": "甲"}, "url"),
        ({"url": "/\\evil.example/", "headline": "甲"}, "url"),
        ({"url": "/\t/evil.example/", "headline": "甲"}, "url"),
        ({"url": "/\n\\evil.example/", "headline": "甲"}, "url"),
        ({"url": "/a b/", "headline": "甲"}, "url"),
        ({"url": "/\u3000/evil.example/", "headline": "甲"}, "url"),
        ({"url": "/\u200b/evil.example/", "headline": "甲"}, "url"),
        ({"url": "https://", "headline": "甲"}, "url"),
        ({"url": "https://a b/", "headline": "甲"}, "url"),
        ({"url": "/" + "a" * 500, "headline": "甲"}, "url"),
        ({"headline": "长" * 201}, "headline"),
        ({"teaser": "长" * 301}, "teaser"),
        ({"pinned": 0}, "pinned"),
        ({"pinned": 11}, "pinned"),
        ({"starts_at": MONDAY, "starts_after": 5}, "starts_at"),
        ({"ends_at": MONDAY, "ends_after": 5}, "ends_at"),
        ({"starts_at": datetime(1900, 1, 1, tzinfo=UTC)}, "starts_at"),
        ({"ends_at": datetime(9000, 1, 1, tzinfo=UTC)}, "ends_at"),
        ({"starts_after": -1}, "starts_after"),
        ({"ends_after": MOST_MINUTES + 1}, "ends_after"),
        ({"url": "/a/", "headline": "甲", "starts_after": 5}, "starts_after"),
        ({"starts_at": MONDAY, "ends_at": MONDAY}, "ends_at"),
        ({"starts_at": MONDAY, "ends_at": MONDAY - HOUR}, "ends_at"),
        ({"starts_after": 60, "ends_after": 60}, "ends_after"),
    ],
)
def test_problem_of_an_item_is_told_at_its_field(values, field):
    assert told(item(**values)) == [("k1", field)]


def test_same_story_ten_times_is_told_at_each_after_the_first():
    """Not forty-five times, once for each pair."""
    items = [item(f"k{number}") for number in range(10)]
    assert told(*items) == [(f"k{number}", "story") for number in range(1, 10)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"ends_at": MONDAY}, {"starts_at": MONDAY}),
        ({"starts_at": MONDAY}, {"ends_at": MONDAY}),
        ({"ends_after": 60}, {"starts_after": 60}),
    ],
)
def test_same_story_may_come_again_when_its_first_window_is_over(first, second):
    """Windows that touch do not overlap."""
    assert told(item("a", **first), item("b", **second)) == []


def test_windows_that_only_may_be_apart_count_as_overlapping():
    """One by the clock and one by the story: moving the story could put them over each other."""
    assert told(item("a", ends_at=MONDAY), item("b", starts_after=60)) == [("b", "story")]
    assert told(item("a", ends_at=MONDAY + timedelta(microseconds=1)), item("b", starts_at=MONDAY)) == [("b", "story")]


def test_same_address_twice_is_told():
    """An address is a target like a story."""
    twice = [item(key, url="/a/", headline="甲") for key in "ab"]
    assert told(*twice) == [("b", "url")]


def test_two_items_are_not_pinned_to_one_position_at_one_time():
    """One after the other they may be."""
    assert told(item("a", pinned=2), item("b", story_id=2, pinned=2)) == [("b", "pinned")]
    first, second = item("a", pinned=2, ends_at=MONDAY), item("b", story_id=2, pinned=2, starts_at=MONDAY)
    assert told(first, second) == []


def test_ten_thousand_items_are_one_problem_of_the_list():
    """Told at once, and the number with it."""
    content = ListContent(title="表", items=tuple(item(f"k{number}", story_id=number + 1) for number in range(10_000)))
    [problem] = problems(content)
    assert (problem.key, problem.field) == ("", "items")
    assert "10000" in str(problem.message)
    assert str(MOST_ITEMS) in str(problem.message)


@pytest.mark.parametrize("keys", [("a", "a"), ("a", "")])
def test_rows_without_a_key_of_their_own_are_told(keys):
    """Merging could not tell them from each other."""
    rows = [item(key, story_id=number + 1) for number, key in enumerate(keys)]
    assert told(*rows) == [("", "items")]


def test_text_no_database_can_store_is_left_out():
    """NUL and lone surrogates, as everywhere."""
    kept = item(headline=" 甲\x00乙\ud800 ", teaser="\x07")
    assert (kept.headline, kept.teaser) == ("甲乙", "")
    assert ListContent(title="\x00头条 ").title == "头条"


moments = st.datetimes(datetime(1901, 1, 1), datetime(8999, 1, 1), timezones=st.timezones()) | st.none()  # noqa: DTZ001
text = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=20)
any_item = st.builds(
    ItemContent,
    key=text,
    story_id=st.none() | st.integers(1, 2**63 - 1),
    url=text,
    headline=text,
    teaser=text,
    pinned=st.none() | st.integers(1, 50),
    starts_at=moments,
    starts_after=st.none() | st.integers(0, MOST_MINUTES),
    ends_at=moments,
    ends_after=st.none() | st.integers(0, MOST_MINUTES),
    written_over=text,
)
any_list = st.builds(
    ListContent,
    title=text,
    order=st.integers(0, 9999),
    length=st.integers(1, 50),
    fill_section_id=st.none() | st.integers(1, 2**63 - 1),
    may_repeat=st.booleans(),
    items=st.lists(any_item, max_size=5).map(tuple),
)


@given(any_list)
def test_what_is_stored_is_read_back_the_same(content):
    """In every zone: a moment is a moment, and its digest does not know the zone it was typed in."""
    read = ListContent.from_json(content.to_json())
    assert read == content
    assert read.digest == content.digest


def test_list_of_a_later_release_is_refused():
    """Rather than read half."""
    with pytest.raises(UnknownSchemaError):
        ListContent.from_json({**ListContent(title="表").to_json(), "schema": 2})
