"""The next day of the newsroom as a picture: what begins, changes, ends or is taken back, along a line of hours.

All of it is arithmetic. Lengths are units of the picture's own (SVG's `viewBox`), which is `WIDTH` wide however large
it is drawn.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import moments
from articles.admin.story_status import time_left
from articles.models import BoundaryEffect, Story
from articles.models.boundary import Boundary

AHEAD = timedelta(hours=24)
# More would not be told apart. The list of scheduled stories has them all.
MOST = 60

WIDTH = 1000
MARGIN = 14
AXIS = 34  # the line of hours, from the top
LANE = 26  # the height of a row of labels
MOST_LANES = 10
CELL = 7  # the width of a Latin letter of a label; a Chinese character is two
LABEL_CELLS = 26

KINDS = {
    "begins": gettext_lazy("goes live"),
    "changes": gettext_lazy("new version goes live"),
    "ends": gettext_lazy("comes down"),
    "retracted": gettext_lazy("is retracted"),
    "withdrawn": gettext_lazy("is withdrawn"),
}


@dataclass(frozen=True)
class Coming:
    """A boundary in words: a line of the list, and a mark of the picture."""

    at: datetime
    kind: str
    story: Story
    left: str

    @property
    def words(self) -> Any:
        return KINDS[self.kind]


@dataclass(frozen=True)
class Hour:
    x: int
    label: str = ""
    is_midnight: bool = False


@dataclass(frozen=True)
class Placed:
    """One mark of the picture. Without a label where no row had room for it; the list says it."""

    coming: Coming
    x: int
    y: int
    label: str = ""
    label_x: int = 0
    anchor: str = "start"


@dataclass(frozen=True)
class DayPicture:
    coming: list[Coming]
    hours: list[Hour]
    marks: list[Placed]
    height: int
    width: int = WIDTH
    axis: int = AXIS
    is_cut: bool = False
    kinds: list[tuple[str, Any]] = field(default_factory=lambda: list(KINDS.items()))


def day_picture(boundaries: Iterable[Boundary], at: datetime) -> DayPicture:
    """The picture of the 24 hours after `at`; `boundaries` is what comes, as `next_boundaries` gives it."""
    found = [one for one in coming(boundaries, at) if one.at <= at + AHEAD]
    marks = _placed(found[:MOST], at)
    height = max([mark.y for mark in marks], default=AXIS) + LANE
    return DayPicture(found[:MOST], _hours(at), marks, height, is_cut=len(found) > MOST)


def coming(boundaries: Iterable[Boundary], at: datetime) -> list[Coming]:
    """The same boundaries with what they are to readers, and how long it is until then."""
    return [
        Coming(one.moment, _kind(one), one.publication.story, time_left(one.moment, at))
        for one in boundaries
        # Where a notice stood until an asked end, nothing comes down.
        if one.publication.shows or one.edge == BoundaryEffect.Edge.BEGIN
    ]


def _kind(boundary: Boundary) -> str:
    row = boundary.publication
    if not row.shows:
        return "withdrawn"
    if boundary.edge == BoundaryEffect.Edge.END:
        return "ends"
    if row.is_retraction:
        return "retracted"
    return "changes" if row.first_live_at < row.live_from else "begins"


def _x(moment: datetime, at: datetime) -> int:
    return MARGIN + round((moment - at) / AHEAD * (WIDTH - 2 * MARGIN))


def _hours(at: datetime) -> list[Hour]:
    """The whole hours of the newsroom's clock, every third one named; at midnight by the new day."""
    local = moments.local(at)
    past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    # Counted in UTC, where every hour has sixty minutes.
    first = (at - past + timedelta(hours=1)).astimezone(UTC)
    hours = []
    for moment in (first + timedelta(hours=number) for number in range(24)):
        local = moments.local(moment)
        is_midnight = local.hour == 0
        x = _x(moment, at)
        # A name near the edge would be cut off.
        named = (is_midnight or local.hour % 3 == 0) and MARGIN + 10 < x < WIDTH - MARGIN - 10
        # Translators: a day of the year without the year, in the format of Django's date filter.
        label = format_date(local, _("j M") if is_midnight else "H:i") if named else ""
        hours.append(Hour(x, label, is_midnight))
    return hours


def _placed(found: list[Coming], at: datetime) -> list[Placed]:
    """Each mark with its label in the first row that has room, so that none covers another."""
    # What is taken of each row, as pairs of where it begins and ends.
    lanes: list[list[tuple[int, int]]] = []
    marks = []
    for one in found:
        x = _x(one.at, at)
        label = f"{format_date(moments.local(one.at), 'H:i')} {_cut(one.story.headline)}"
        width = _cells(label) * CELL + 4
        at_end = x + 10 + width > WIDTH
        span = (x - 10 - width, x + 10) if at_end else (x - 10, x + 10 + width)
        number = _free_lane(lanes, span)
        if number is None:
            marks.append(Placed(one, x, AXIS + LANE * MOST_LANES))
            continue
        lanes[number].append(span)
        y = AXIS + LANE * (number + 1)
        marks.append(Placed(one, x, y, label, x - 12 if at_end else x + 12, "end" if at_end else "start"))
    return marks


def _free_lane(lanes: list[list[tuple[int, int]]], span: tuple[int, int]) -> int | None:
    """The number of the first row where nothing overlaps `span`, a new one if need be; None when all are full."""
    for number, taken in enumerate(lanes):
        if all(span[1] <= begin or end <= span[0] for begin, end in taken):
            return number
    if len(lanes) < MOST_LANES - 1:
        lanes.append([])
        return len(lanes) - 1
    return None


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _cut(text: str) -> str:
    """`text`, shortened to what a label holds."""
    if _cells(text) <= LABEL_CELLS:
        return text
    while _cells(text) > LABEL_CELLS - 1:
        text = text[:-1]
    return f"{text}…"
