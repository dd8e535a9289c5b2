"""Where a moment stands in the timeline: spans of the newsroom's calendar, midnights, labels and rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from articles import moments
from articles.admin.lists.timeline_geometry import (
    CELL,
    DAY,
    FORTNIGHT,
    SPANS,
    THREE_DAYS,
    WIDTH,
    Lanes,
    Span,
    cells,
    cut,
    label_ends,
    midnight,
    ticks,
)
from tests.builders import MONDAY

HOUR = timedelta(hours=1)


def test_span_holds_its_start_and_not_its_end():
    span = Span.around(DAY, MONDAY)
    assert (span.holds(span.start), span.holds(span.end)) == (True, False)
    assert (span.x(span.start), span.x(span.end)) == (0, WIDTH)


def test_what_lies_outside_stands_at_the_nearer_end():
    """And what has no end goes to the end of the picture."""
    span = Span.around(DAY, MONDAY)
    assert span.x(span.start - HOUR) == 0
    assert span.x(span.end + HOUR) == span.x(None) == WIDTH


def test_windows_that_touch_leave_no_room_between():
    """The end of one is the begin of the next, in units too."""
    span = Span.around(FORTNIGHT, MONDAY)
    at = span.start + timedelta(days=3, minutes=17)
    assert span.x(at) == span.x(at)
    assert span.x(at) < span.x(at + timedelta(days=1))


def test_24_hours_begin_with_an_hour_and_14_days_with_a_day():
    asked = MONDAY + timedelta(minutes=25)
    assert Span.around(DAY, asked).start == MONDAY
    days = Span.around(FORTNIGHT, asked)
    assert moments.local(days.start).strftime("%H:%M") == moments.local(days.end).strftime("%H:%M") == "00:00"
    assert days.end - days.start == timedelta(days=14)


@pytest.mark.parametrize("kind", SPANS, ids=lambda kind: kind.key)
def test_a_step_back_and_forth_leads_to_the_same_span(kind):
    span = Span.around(kind, MONDAY)
    assert Span.around(kind, Span.around(kind, span.later).earlier) == span
    assert span.earlier < span.start < span.later


def test_spans_know_the_next_shorter_and_longer_one():
    assert [(Span.around(kind, MONDAY).shorter, Span.around(kind, MONDAY).longer) for kind in SPANS] == [
        (None, THREE_DAYS),
        (DAY, FORTNIGHT),
        (THREE_DAYS, None),
    ]


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", datetime(2026, 3, 29, 12, tzinfo=UTC), 23),
        ("Europe/Berlin", datetime(2026, 10, 25, 12, tzinfo=UTC), 25),
        ("Asia/Shanghai", datetime(2026, 3, 29, 12, tzinfo=UTC), 24),
        # Clocks skip this midnight: the day begins at one.
        ("Africa/Cairo", datetime(2026, 4, 24, 12, tzinfo=UTC), 23),
    ],
)
def test_days_are_as_long_as_the_newsrooms_clock_makes_them(zone, day, hours, settings):
    settings.TIME_ZONE = zone
    assert midnight(day, 1) - midnight(day) == hours * HOUR


@pytest.mark.parametrize(
    ("day", "hours"), [(datetime(2026, 3, 28, tzinfo=UTC), 23), (datetime(2026, 10, 24, tzinfo=UTC), 25)]
)
def test_midnights_stand_where_days_begin_though_clocks_change(day, hours, settings):
    """A day of 23 hours is narrower than one of 24, one of 25 is wider, and no midnight is missing."""
    settings.TIME_ZONE = "Europe/Berlin"
    span = Span.around(FORTNIGHT, day)
    found = [tick for tick in ticks(span) if tick.is_midnight]
    assert len(found) == 14
    lengths = {later.moment - earlier.moment for earlier, later in pairwise(found)}
    assert lengths == {24 * HOUR, hours * HOUR}
    assert span.end - span.start == (13 * 24 + hours) * HOUR


def test_hours_of_a_day_on_which_clocks_go_back_are_all_there(settings):
    """The hour that comes twice stands twice."""
    settings.TIME_ZONE = "Europe/Berlin"
    span = Span.around(DAY, datetime(2026, 10, 24, 22, tzinfo=UTC))
    shown = [moments.local(tick.moment).hour for tick in ticks(span)]
    assert len(shown) == 24
    assert shown.count(2) == 2


@pytest.mark.parametrize("kind", SPANS, ids=lambda kind: kind.key)
@pytest.mark.parametrize("hour", range(0, 24, 5))
def test_names_on_the_axis_never_overlap_or_leave_the_picture(kind, hour):
    named = [label_ends(tick) for tick in ticks(Span.around(kind, MONDAY + hour * HOUR)) if tick.label]
    assert len(named) >= 4
    assert all(right <= left for (_left, right), (left, _right) in pairwise(named))
    assert named[0][0] >= 0
    assert named[-1][1] <= WIDTH


def test_label_is_cut_between_characters_and_says_so():
    """A Chinese character is two letters wide."""
    assert cut("松岭县新开两趟务工专车", 8 * CELL) == "松岭县…"
    assert cut("松岭县", 6 * CELL) == "松岭县"


def test_label_without_room_is_left_out():
    assert cut("松岭县新开", 3 * CELL) == ""


def test_character_stays_with_what_stands_on_it():
    """A letter with its accent, and people joined to a family, are not parted."""
    accented = "cafe\u0301" * 5
    assert cut(accented, 5 * CELL) == "cafe\u0301…"
    family = "甲\U0001f468\u200d\U0001f469乙丙丁"
    assert not cut(family, 6 * CELL).rstrip("…").endswith("\u200d")
    assert cells("e\u0301") == 1


def test_lanes_keep_labels_apart_and_let_them_touch():
    lanes = Lanes(2)
    assert [lanes.place(0, 10), lanes.place(10, 20), lanes.place(5, 15)] == [0, 0, 1]


def test_lanes_that_are_full_say_so():
    lanes = Lanes(1)
    assert [lanes.place(0, 10), lanes.place(9, 20)] == [0, None]
