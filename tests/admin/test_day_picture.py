"""The picture of the next 24 hours: where marks and labels stand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from articles.admin.day_picture import (
    AXIS,
    CELL,
    MARGIN,
    MOST,
    MOST_LANES,
    WIDTH,
    DayPicture,
    _cells,
    day_picture,
)
from articles.models import BoundaryEffect, Publication, Story
from articles.models.boundary import Boundary
from tests.builders import MONDAY

Kind, Change, Edge = Publication.Kind, Publication.Change, BoundaryEffect.Edge


def boundary(
    hours: float,
    headline: str = "标题",
    kind: str = Kind.PUBLISHED,
    edge: str = Edge.BEGIN,
    first: int = 0,
    change: str = Change.NONE,
):
    at = MONDAY + timedelta(hours=hours)
    row = Publication(pk=1, story=Story(pk=1, headline=headline), kind=kind, change=change, live_from=at)
    row.first_live_at = at - timedelta(days=first)
    return Boundary(at, edge, row)


def picture(*boundaries: Boundary, at: datetime = MONDAY) -> DayPicture:
    return day_picture(boundaries, at)


def spans(made: DayPicture) -> dict[int, list[tuple[int, int]]]:
    """What each row of the picture is covered by: mark and label."""
    rows: dict[int, list[tuple[int, int]]] = {}
    for mark in made.marks:
        width = _cells(mark.label) * CELL
        ends = (mark.label_x - width, mark.x) if mark.anchor == "end" else (mark.x, mark.label_x + width)
        rows.setdefault(mark.y, []).append(ends)
    return rows


@pytest.mark.parametrize(
    ("made", "kind"),
    [
        (boundary(1), "begins"),
        (boundary(1, first=2), "changes"),
        (boundary(1, edge=Edge.END), "ends"),
        (boundary(1, kind=Kind.CORRECTED, change=Change.CORRECTION, first=2), "changes"),
        (boundary(1, kind=Kind.CORRECTED, change=Change.RETRACTION, first=2), "retracted"),
        (boundary(1, kind=Kind.CORRECTED, change=Change.RETRACTION, first=2, edge=Edge.END), "ends"),
        (boundary(1, kind=Kind.WITHDRAWN), "withdrawn"),
    ],
)
def test_boundary_is_called_what_it_is_to_readers(made, kind):
    assert [one.kind for one in picture(made).coming] == [kind]


def test_end_of_a_withdrawal_is_no_boundary():
    """Readers have a notice before and nothing after: nothing comes down."""
    assert picture(boundary(1, kind=Kind.WITHDRAWN, edge=Edge.END)).coming == []


def test_marks_stand_in_the_order_of_time_from_edge_to_edge():
    """The last moment of the 24 hours is in the picture, a later one is not."""
    made = picture(boundary(0.01), boundary(12), boundary(24), boundary(24.01))
    assert [mark.x for mark in made.marks] == [MARGIN, WIDTH // 2, WIDTH - MARGIN]


@pytest.mark.parametrize(
    "headline", ["短", "一个很长很长的标题用来占满整个标签所能占的地方", "A long English headline of a story"]
)
@pytest.mark.parametrize("gap", [0, 0.05, 0.5, 2.3])
def test_no_label_covers_another_or_leaves_the_picture(headline, gap):
    """However near each other the moments are."""
    made = picture(*(boundary(1 + gap * number, headline) for number in range(9)))
    for row in spans(made).values():
        row.sort()
        assert all(left[1] <= right[0] for left, right in pairwise(row)), row
        assert row[0][0] >= 0
        assert row[-1][1] <= WIDTH
    assert made.height > max(mark.y for mark in made.marks)


def test_moments_beyond_all_rows_keep_their_mark_and_lose_their_label():
    made = picture(*(boundary(5, "同一时刻上线的稿件") for _number in range(MOST_LANES + 5)))
    assert len(made.marks) == MOST_LANES + 5
    assert {bool(mark.label) for mark in made.marks} == {True, False}
    assert max(mark.y for mark in made.marks) > AXIS


def test_hours_are_those_of_the_newsroom_and_midnight_is_named_by_its_day(settings):
    """09:00 in Beijing is where the test stands; a zone half an hour off has its own whole hours."""
    names = [hour.label for hour in picture().hours if hour.label]
    assert names[:3] == ["12:00", "15:00", "18:00"]
    assert [hour.label for hour in picture().hours if hour.is_midnight] == [names[4]]
    assert "3" in names[4]
    settings.TIME_ZONE = "Asia/Kolkata"
    assert next(hour for hour in picture().hours if hour.label).label == "09:00"
    assert picture().hours[0].x - MARGIN == round((WIDTH - 2 * MARGIN) / 48)


def test_night_of_the_changed_clock_has_its_hours(settings):
    """The night that has 02:00 twice still has a mark at each hour of 24."""
    settings.TIME_ZONE = "Europe/Berlin"
    hours = picture(at=datetime(2026, 10, 24, 20, tzinfo=UTC)).hours
    assert len({hour.x for hour in hours}) == 24


def test_more_than_can_be_told_apart_is_cut_and_said():
    made = picture(*(boundary(1 + number / 10) for number in range(MOST + 1)))
    assert (len(made.marks), made.is_cut) == (MOST, True)
    assert not picture(boundary(1)).is_cut
