"""The time rules, against references that are slow and obvious: look at every moment and ask."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import timeline
from articles.timeline import Asked, ChainError, Window

MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)
LAST_HOUR = 24


def hour(number: float) -> datetime:
    return MIDNIGHT + timedelta(hours=number)


# Between the hours too, so that a boundary is never the only moment looked at.
MOMENTS = [hour(half / 2) for half in range(-1, 2 * LAST_HOUR + 3)]

starts = st.lists(st.integers(0, LAST_HOUR), unique=True, max_size=7)


@st.composite
def asked_entries(draw: st.DrawFn) -> list[Asked[int]]:
    """Entries with different starts, in any order, some with an end after their start."""
    entries = []
    for start in draw(starts):
        length = draw(st.none() | st.integers(1, LAST_HOUR))
        entries.append(Asked(start, hour(start), None if length is None else hour(start + length)))
    return draw(st.permutations(entries))


@st.composite
def any_windows(draw: st.DrawFn) -> list[Window[int]]:
    """Windows that may overlap, in any order."""
    windows = []
    for key in range(draw(st.integers(0, 7))):
        start = draw(st.integers(0, LAST_HOUR))
        length = draw(st.none() | st.integers(1, LAST_HOUR))
        windows.append(Window(key, hour(start), None if length is None else hour(start + length)))
    return windows


def expected_key(entries: list[Asked[int]], at: datetime) -> int | None:
    """Of what has begun by `at` the latest counts, and it counts until its own end."""
    begun = [entry for entry in entries if entry.start <= at]
    if not begun:
        return None
    latest = max(begun, key=lambda entry: entry.start)
    return latest.key if latest.until is None or at < latest.until else None


@settings(max_examples=60)
@given(asked_entries())
def test_chain_shows_the_latest_begun_at_every_moment(entries):
    """At each moment the live window of the chain is the latest entry that has begun and not ended."""
    windows = timeline.chain(entries)
    for at in MOMENTS:
        window = timeline.live(windows, at)
        assert (window.key if window else None) == expected_key(entries, at)


@settings(max_examples=60)
@given(asked_entries())
def test_chain_never_overlaps_and_forgets_nothing(entries):
    """One window per entry, in order of start, at most one of them at any moment, none longer than asked for."""
    windows = timeline.chain(entries)
    assert [window.key for window in windows] == sorted(entry.key for entry in entries)
    assert timeline.overlaps(windows) == []
    for at in MOMENTS:
        assert sum(window.holds(at) for window in windows) <= 1
    until = {entry.key: entry.until for entry in entries}
    for window in windows:
        assert window.end is None or window.start < window.end
        assert until[window.key] is None or window.end <= until[window.key]


@settings(max_examples=60)
@given(any_windows())
def test_overlaps_finds_each_window_that_begins_inside_an_earlier_one(windows):
    """Every pair found shares a moment, and each window that begins inside another is in some pair."""
    found = timeline.overlaps(windows)
    for first, second in found:
        assert any(first.holds(at) and second.holds(at) for at in MOMENTS)
    inside = {
        window.key
        for index, window in enumerate(sorted(windows, key=lambda item: item.start))
        if any(other.holds(window.start) for other in sorted(windows, key=lambda item: item.start)[:index])
    }
    assert {second.key for _first, second in found} == inside


@settings(max_examples=60)
@given(any_windows(), st.integers(-1, 2 * LAST_HOUR))
def test_next_boundary_is_the_first_moment_at_which_something_changes(windows, half):
    """No window begins or ends between now and the next boundary; at the boundary one does."""
    at = hour(half / 2)
    boundary = timeline.next_boundary(windows, at)
    later = [moment for window in windows for moment in (window.start, window.end) if moment is not None]
    later = [moment for moment in later if moment > at]
    assert (boundary is None) == (not later)
    assert all(boundary <= moment for moment in later)
    for moment in MOMENTS:
        if at < moment and (boundary is None or moment < boundary):
            assert [window.holds(moment) for window in windows] == [window.holds(at) for window in windows]


@settings(max_examples=30)
@given(any_windows(), st.integers(-1, 2 * LAST_HOUR))
def test_upcoming_is_what_begins_later_soonest_first(windows, half):
    """Everything that begins after the moment, and nothing that begins at it, in order of start."""
    at = hour(half / 2)
    found = timeline.upcoming(windows, at)
    assert {window.key for window in found} == {window.key for window in windows if window.start > at}
    assert [window.start for window in found] == sorted(window.start for window in found)


def test_window_holds_its_start_and_not_its_end():
    """Windows are half-open: the start belongs to them, the end to what follows."""
    window = Window("a", hour(1), hour(2))
    tick = timedelta(microseconds=1)
    assert [window.holds(at) for at in (hour(1) - tick, hour(1), hour(2) - tick, hour(2))] == [False, True, True, False]


def test_open_window_holds_every_later_moment():
    """A window without an end goes on."""
    assert Window("a", hour(1)).holds(hour(100_000))
    assert not Window("a", hour(1)).holds(hour(0))


def test_chain_of_two_touches():
    """The first ends in the very moment the second begins, and that is no overlap."""
    windows = timeline.chain([Asked("a", hour(1)), Asked("b", hour(2))])
    assert windows == [Window("a", hour(1), hour(2)), Window("b", hour(2), None)]
    assert timeline.overlaps(windows) == []
    assert timeline.live(windows, hour(2)) == windows[1]


def test_chain_keeps_the_gap_an_early_end_leaves():
    """An end before the next start leaves a time in which nothing is live."""
    windows = timeline.chain([Asked("a", hour(1), hour(2)), Asked("b", hour(4))])
    assert windows[0].end == hour(2)
    assert timeline.live(windows, hour(3)) is None
    assert timeline.next_boundary(windows, hour(2)) == hour(4)


def test_chain_cuts_an_end_that_comes_after_the_next_start():
    """What begins later wins over an end that was asked for beyond it."""
    windows = timeline.chain([Asked("a", hour(1), hour(9)), Asked("b", hour(4), hour(5))])
    assert [(window.start, window.end) for window in windows] == [(hour(1), hour(4)), (hour(4), hour(5))]


def test_chain_with_an_end_at_the_next_start_leaves_no_gap():
    """An end asked for at the next start is that start."""
    windows = timeline.chain([Asked("a", hour(1), hour(4)), Asked("b", hour(4))])
    assert windows[0].end == hour(4)
    assert timeline.live(windows, hour(4)) == windows[1]


def test_chain_of_equal_starts_is_refused():
    """Two entries cannot begin at one moment: which of them holds would be chance."""
    with pytest.raises(ChainError, match=r"a and b begin at the same moment|b and a begin at the same moment"):
        timeline.chain([Asked("a", hour(1)), Asked("b", hour(1)), Asked("c", hour(0))])


@pytest.mark.parametrize("until", [0, 1])
def test_chain_with_an_end_not_after_its_start_is_refused(until):
    """A window holds at least one moment."""
    with pytest.raises(ChainError, match="ends before it begins"):
        timeline.chain([Asked("a", hour(1), hour(until))])


def test_chain_of_nothing_is_nothing():
    """A story without publications has no windows and no boundaries."""
    assert timeline.chain([]) == []
    assert timeline.live([], hour(0)) is None
    assert timeline.next_boundary([], hour(0)) is None


def test_next_boundary_ignores_the_present_moment():
    """A window that begins or ends now is no reason to look again now."""
    windows = [Window("a", hour(1), hour(2)), Window("b", hour(2))]
    assert timeline.next_boundary(windows, hour(0)) == hour(1)
    assert timeline.next_boundary(windows, hour(1)) == hour(2)
    assert timeline.next_boundary(windows, hour(2)) is None


def test_overlaps_sees_past_a_short_window_inside_a_long_one():
    """A window after a short one is still inside the long one around both."""
    long, short, last = Window("long", hour(0), hour(9)), Window("short", hour(1), hour(2)), Window("last", hour(3))
    assert timeline.overlaps([last, short, long]) == [(long, short), (long, last)]


@settings(max_examples=60)
@given(asked_entries(), asked_entries())
def test_special_counts_while_it_lasts_and_the_standing_edition_otherwise(standing, asked_specials):
    """At every moment: the latest special that has begun and not ended, or else the latest standing edition."""
    specials = timeline.chain(Asked(("special", entry.key), entry.start, entry.until) for entry in asked_specials)
    windows = timeline.chain(standing)
    for at in MOMENTS:
        special, plain = expected_key(asked_specials, at), expected_key(standing, at)
        found = timeline.in_force(windows, specials, at)
        assert (found.key if found else None) == (plain if special is None else ("special", special))


edges = st.builds(
    lambda at, after: timeline.Edge(
        None if at is None else hour(at), None if after is None else timedelta(hours=after)
    ),
    st.none() | st.integers(0, LAST_HOUR),
    st.none() | st.integers(0, LAST_HOUR),
)


@settings(max_examples=60)
@given(edges, edges, st.none() | st.integers(0, LAST_HOUR), st.integers(1, LAST_HOUR))
def test_what_follows_a_story_moves_by_as_much_as_the_story(begin, end, went_live, later):
    """And what stands at a moment of its own does not; without a story that is live, what follows it is open."""
    before = timeline.followed(begin, end, None if went_live is None else hour(went_live))
    after = timeline.followed(begin, end, None if went_live is None else hour(went_live + later))
    for edge, first, second in zip((begin, end), before, after, strict=True):
        if edge.after is None:
            assert first == second == edge.at
        elif went_live is None:
            assert first is second is None
        else:
            assert first == hour(went_live) + edge.after
            assert second - first == timedelta(hours=later)
        assert bool(edge) == (edge.at is not None or edge.after is not None)
