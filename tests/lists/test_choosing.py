"""What readers see of the lists of a page: each rule by an example, and `choose` against a slow, obvious reference."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.lists import Chosen, ItemContent, ListContent, LiveStory, Origin, PlacedList, Why, choose
from tests.builders import MONDAY

HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)


def story_item(story: int, key: str = "", **values) -> ItemContent:
    return ItemContent(key=key or f"k{story}", story_id=story, **values)


def placed(*items: ItemContent, key: int = 1, candidates: Sequence[int] = (), **values) -> PlacedList:
    return PlacedList(key, ListContent(title="表", items=items, **values), candidates)


def live(*stories: int, went_live=MONDAY) -> dict[int, LiveStory]:
    return {story: LiveStory(story, story * 10, went_live) for story in stories}


def shown(found: list[Chosen]) -> list[list[int | None]]:
    return [[entry.story_id for entry in row.entries] for row in found]


def reasons(found: list[Chosen]) -> dict[tuple[int, str], Why]:
    return {(row.key, hidden.item.key): hidden.why for row in found for hidden in row.hidden}


def test_pinned_item_keeps_its_position_and_others_go_around_it():
    """Also where it stands last among the items."""
    row = placed(story_item(1), story_item(2), story_item(3, pinned=1), story_item(4, pinned=3))
    assert shown(choose([row], at=MONDAY, live=live(1, 2, 3, 4))) == [[3, 1, 4, 2]]


def test_pinned_item_moves_up_where_nothing_is_before_it():
    """Nobody is shown an empty place."""
    row = placed(story_item(1), story_item(2, pinned=5))
    assert shown(choose([row], at=MONDAY, live=live(1, 2))) == [[1, 2]]


def test_pinned_item_wins_over_a_floating_one_of_an_earlier_list():
    """Anywhere on the page; the earlier list says whom it gave way to, and closes up."""
    first = placed(story_item(1), story_item(2), key=1)
    second = placed(story_item(1, pinned=2), story_item(3), key=2)
    found = choose([first, second], at=MONDAY, live=live(1, 2, 3))
    assert shown(found) == [[2], [3, 1]]
    [hidden] = found[0].hidden
    assert (hidden.why, hidden.list_key, hidden.position) == (Why.DUPLICATE, 2, 2)


def test_item_wins_over_a_story_that_a_rule_would_add_to_an_earlier_list():
    """What somebody chose comes before what nobody did."""
    first = placed(key=1, candidates=[1, 2], length=2)
    second = placed(story_item(1), key=2)
    assert shown(choose([first, second], at=MONDAY, live=live(1, 2))) == [[2], [1]]


def test_filled_place_counts_for_the_lists_after_it():
    """Two lists of one section do not show the same newest story."""
    rows = [placed(key=key, candidates=[1, 2, 3, 4], length=2) for key in (1, 2)]
    found = choose(rows, at=MONDAY, live=live(1, 2, 3, 4))
    assert shown(found) == [[1, 2], [3, 4]]
    assert {entry.origin for row in found for entry in row.entries} == {Origin.FILLED}


def test_list_that_may_repeat_shows_what_stands_elsewhere_but_never_itself_twice():
    """Repeats what another list and what the page has; not what it holds already, and not the story of the page."""
    first = placed(story_item(1), key=1)
    second = placed(story_item(1), key=2, may_repeat=True, candidates=[1, 2, 5, 9])
    found = choose([first, second], at=MONDAY, live=live(1, 2, 5, 9), shown={5}, itself=9)
    assert shown(found) == [[1], [1, 2, 5]]


def test_item_without_room_leaves_its_story_to_the_next_list():
    """A place that is not given away takes nothing from anybody."""
    first = placed(story_item(1), story_item(2), key=1, length=1)
    second = placed(story_item(2), key=2)
    found = choose([first, second], at=MONDAY, live=live(1, 2))
    assert shown(found) == [[1], [2]]
    assert reasons(found) == {(1, "k2"): Why.NO_ROOM}


@pytest.mark.parametrize(
    ("item", "why", "moment"),
    [
        (story_item(9), Why.ITSELF, None),
        (story_item(7), Why.NOT_LIVE, None),
        (story_item(1, starts_at=MONDAY + TICK), Why.NOT_YET, MONDAY + TICK),
        (story_item(1, ends_at=MONDAY), Why.ENDED, MONDAY),
        (story_item(1, starts_after=90), Why.NOT_YET, MONDAY + HOUR / 2),
        (story_item(1, ends_after=60), Why.ENDED, MONDAY),
        (story_item(5), Why.ON_PAGE, None),
        (ItemContent(key="k1", url="/a/", headline="甲", ends_at=MONDAY), Why.ENDED, MONDAY),
    ],
)
@pytest.mark.parametrize("pinned", [None, 1])
def test_hidden_item_says_why(item, why, moment, pinned):
    """Half-open: at its end an item is gone, a moment before its begin it is not there yet; pinning changes nothing."""
    row = placed(ItemContent(**{**vars_of(item), "pinned": pinned}))
    stories = live(1, 5, 9, went_live=MONDAY - HOUR)
    [found] = choose([row], at=MONDAY, live=stories, shown={5}, itself=9)
    assert found.entries == []
    assert [(hidden.why, hidden.moment) for hidden in found.hidden] == [(why, moment)]


def vars_of(item: ItemContent) -> dict:
    return {name: getattr(item, name) for name in item.__dataclass_fields__}


def test_item_that_follows_its_story_moves_with_it():
    """The same item, an embargo later."""
    row = placed(story_item(1, starts_after=60, ends_after=120))

    def hours(went_live):
        stories_live = live(1, went_live=went_live)
        found = [choose([row], at=MONDAY + half * HOUR / 2, live=stories_live)[0].entries for half in range(9)]
        return [half / 2 for half, entries in enumerate(found) if entries]

    assert hours(MONDAY) == [1, 1.5]
    assert hours(MONDAY + HOUR) == [2, 2.5]


def test_story_withdrawn_inside_its_window_is_filled_in():
    """The count stays, as long as the rule has something to add."""
    row = placed(story_item(1), story_item(2), candidates=[3, 4], length=2)
    assert shown(choose([row], at=MONDAY, live=live(1, 2, 3, 4))) == [[1, 2]]
    assert shown(choose([row], at=MONDAY, live=live(1, 3, 4))) == [[1, 3]]


def test_same_story_twice_with_touching_windows_is_shown_once_at_each_moment():
    """Pinned on top until noon, further down after it."""
    row = placed(
        story_item(2),
        story_item(1, "top", pinned=1, ends_at=MONDAY + HOUR),
        story_item(1, "later", starts_at=MONDAY + HOUR),
    )
    found = [shown(choose([row], at=at, live=live(1, 2))) for at in (MONDAY + HOUR - TICK, MONDAY + HOUR)]
    assert found == [[[1, 2]], [[2, 1]]]


moments = st.none() | st.integers(-3, 3).map(lambda hours: MONDAY + hours * HOUR)
minutes = st.none() | st.integers(0, 4).map(lambda hours: hours * 60)
stories = st.integers(1, 6)


@st.composite
def items(draw: st.DrawFn, key: str) -> ItemContent:
    """Any item: what a form would refuse among them."""
    target = draw(st.none() | stories)
    return ItemContent(
        key=key,
        story_id=target,
        url="" if target else "/a/",
        pinned=draw(st.none() | st.none() | st.integers(1, 4)),
        starts_at=draw(st.none() | moments),
        starts_after=draw(st.none() | minutes),
        ends_at=draw(st.none() | moments),
        ends_after=draw(st.none() | minutes),
    )


@st.composite
def pages(draw: st.DrawFn) -> list[PlacedList]:
    rows = []
    for number in range(draw(st.integers(1, 3))):
        held = [draw(items(f"{number}-{place}")) for place in range(draw(st.integers(0, 5)))]
        rows.append(
            placed(
                *held,
                key=number,
                length=draw(st.integers(1, 4)),
                may_repeat=draw(st.booleans()),
                candidates=draw(st.lists(stories, unique=True)),
            )
        )
    return rows


living = st.dictionaries(stories, moments.filter(bool)).map(
    lambda found: {story: LiveStory(story, story * 10, when) for story, when in found.items()}
)


def in_window(item: ItemContent, story: LiveStory | None) -> bool:
    """Told anew, from the fields: whether MONDAY lies in [begin, end) of an item."""
    for at, after, begins in ((item.starts_at, item.starts_after, True), (item.ends_at, item.ends_after, False)):
        edge = at
        if after is not None:
            edge = story.went_live + timedelta(minutes=after) if story else None
        if edge is not None and (edge > MONDAY if begins else edge <= MONDAY):
            return False
    return True


def expected(rows: list[PlacedList], stories_live, on_page, itself) -> list[list[int | str]]:
    """Slow and obvious: three rounds over all lists; in each, each takes what it may while it has room."""
    taken: list[list[tuple[int | None, int | str]]] = [[] for _row in rows]

    def may(number: int, story: int) -> bool:
        if story not in stories_live or story == itself or story in [what for _pin, what in taken[number]]:
            return False
        elsewhere = {what for held in taken for _pin, what in held} | set(on_page)
        return rows[number].content.may_repeat or story not in elsewhere

    for wants_pin in (True, False):
        for number, row in enumerate(rows):
            for item in row.content.items:
                if (item.pinned is not None) != wants_pin:
                    continue
                if item.story_id is not None and not may(number, item.story_id):
                    continue
                if not in_window(item, stories_live.get(item.story_id)):
                    continue
                pins = [pin for pin, _what in taken[number]]
                if wants_pin and (item.pinned in pins or item.pinned > row.content.length):
                    continue
                if len(taken[number]) < row.content.length:
                    taken[number].append((item.pinned, item.story_id or item.key))
    for number, row in enumerate(rows):
        for story in row.candidates:
            if len(taken[number]) < row.content.length and may(number, story):
                taken[number].append((None, story))
    return [arranged(held) for held in taken]


def arranged(held: list[tuple[int | None, int | str]]) -> list[int | str]:
    """The floating ones in order; then each pinned one, from the top, put where it belongs or last."""
    order = [what for pin, what in held if pin is None]
    for pin, what in sorted((pair for pair in held if pair[0] is not None), key=lambda pair: pair[0]):
        order.insert(pin - 1, what)
    return order


@given(pages(), living, st.sets(stories, max_size=2), st.none() | stories)
def test_choose_shows_what_the_reference_shows(rows, stories_live, on_page, itself):
    found = choose(rows, at=MONDAY, live=stories_live, shown=on_page, itself=itself)
    answer = [[entry.story_id or entry.item.key for entry in row.entries] for row in found]
    assert answer == expected(rows, stories_live, on_page, itself)


@given(pages(), living, st.sets(stories, max_size=2), st.none() | stories)
def test_every_item_is_shown_or_says_why_not(rows, stories_live, on_page, itself):
    """Each exactly once; and no list is longer than it says, shows a story twice, or itself."""
    found = choose(rows, at=MONDAY, live=stories_live, shown=on_page, itself=itself)
    for row, result in zip(rows, found, strict=True):
        told = [entry.item.key for entry in result.entries if entry.item] + [each.item.key for each in result.hidden]
        assert sorted(told) == sorted(item.key for item in row.content.items)
        assert len(result.entries) <= row.content.length
        assert len(set(result.story_ids)) == len(result.story_ids)
        assert itself not in result.story_ids
        for hidden in result.hidden:
            assert (hidden.position is not None) == (hidden.why == Why.DUPLICATE)
