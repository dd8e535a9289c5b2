"""Where a moment stands in the timeline: spans, their hours and midnights, labels that are cut, and rows of labels.

Pure arithmetic. Lengths are units of the picture's own (SVG's `viewBox`), which is `WIDTH` wide however large it is
drawn. Spans hold their start and not their end.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import moments, timeline

WIDTH = 1000
CELL = 6.6  # the width of a Latin letter of a label; a Chinese character is two
HOUR = timedelta(hours=1)
ELLIPSIS = "…"
_JOINERS = "\u200d\ufe0e\ufe0f"


@dataclass(frozen=True)
class SpanKind:
    """`days`: whole days of the newsroom's calendar from midnight on; 0 is 24 hours from any hour on."""

    key: str
    words: object
    days: int
    step: int  # how far "earlier" and "later" lead: in days, or hours where there are none


DAY = SpanKind("24h", gettext_lazy("24 hours"), 0, 12)
THREE_DAYS = SpanKind("3d", gettext_lazy("3 days"), 3, 1)
FORTNIGHT = SpanKind("14d", gettext_lazy("14 days"), 14, 7)
# From the shortest to the longest, as + and - go through them.
SPANS = (DAY, THREE_DAYS, FORTNIGHT)


@dataclass(frozen=True)
class Span:
    """[start, end) as a line of `WIDTH` units."""

    kind: SpanKind
    start: datetime
    end: datetime

    @classmethod
    def around(cls, kind: SpanKind, moment: datetime) -> Span:
        """The span of that kind that begins with the hour or the day of `moment`."""
        if not kind.days:
            start = hour_of(moment)
            return cls(kind, start, start + 24 * HOUR)
        return cls(kind, midnight(moment), midnight(moment, kind.days))

    @property
    def earlier(self) -> datetime:
        """Where the span begins that is one step earlier."""
        return midnight(self.start, -self.kind.step) if self.kind.days else self.start - self.kind.step * HOUR

    @property
    def later(self) -> datetime:
        return midnight(self.start, self.kind.step) if self.kind.days else self.start + self.kind.step * HOUR

    @property
    def shorter(self) -> SpanKind | None:
        """The next shorter kind of span; None for the shortest."""
        number = SPANS.index(self.kind)
        return SPANS[number - 1] if number else None

    @property
    def longer(self) -> SpanKind | None:
        number = SPANS.index(self.kind) + 1
        return SPANS[number] if number < len(SPANS) else None

    def holds(self, moment: datetime) -> bool:
        return self.start <= moment < self.end

    def x(self, moment: datetime | None) -> int:
        """Where a moment stands, at the nearer end where it lies outside; None is the end of time."""
        if moment is None or moment >= self.end:
            return WIDTH
        if moment <= self.start:
            return 0
        return round((moment - self.start) / (self.end - self.start) * WIDTH)


def hour_of(moment: datetime) -> datetime:
    """The begin, in UTC, of the hour that the newsroom's clock shows at `moment`."""
    local = moments.local(moment)
    past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return (moment - past).astimezone(UTC)


def midnight(moment: datetime, days: int = 0) -> datetime:
    """The begin, in UTC, of the newsroom's day of `moment`, or of the one so many days later."""
    day = moments.local(moment).replace(tzinfo=None, fold=0, hour=0, minute=0, second=0, microsecond=0)
    wanted = day + timedelta(days=days)
    possible = timeline.local_moments(wanted, moments.zone())
    if not possible:
        # Clocks skip this midnight.
        possible = timeline.local_moments(timeline.first_after_gap(wanted, moments.zone()), moments.zone())
    return possible[0]


@dataclass(frozen=True)
class Tick:
    """An hour or a midnight on the axis. `label` is empty where it would stand too near to another."""

    moment: datetime
    x: int
    label: str = ""
    weekday: str = ""
    is_midnight: bool = False
    anchor: str = "middle"


def ticks(span: Span) -> list[Tick]:
    """The hours of 24 hours, every sixth of three days, and all midnights, as the newsroom's clock shows them."""
    every = {DAY: 1, THREE_DAYS: 6, FORTNIGHT: 24}[span.kind]
    found: list[Tick] = []
    moment = hour_of(span.start)
    free_from = 0.0
    while moment < span.end:
        local = moments.local(moment)
        is_midnight = moment == midnight(moment)
        if span.holds(moment) and (is_midnight or local.hour % every == 0):
            x = span.x(moment)
            named = is_midnight or span.kind is not DAY or local.hour % 3 == 0
            tick = _named(moment, x, is_midnight) if named else Tick(moment, x)
            left, right = label_ends(tick)
            if left < free_from or right > WIDTH:
                tick = Tick(moment, x, is_midnight=is_midnight)
            elif tick.label:
                free_from = right + CELL
            found.append(tick)
        # An hour of the clock has sixty minutes but where it is put forward or back by less than an hour.
        moment = hour_of(moment + HOUR)
    return found


def _named(moment: datetime, x: int, is_midnight: bool) -> Tick:
    local = moments.local(moment)
    if not is_midnight:
        return Tick(moment, x, format_date(local, "H:i"), anchor="start" if x < 3 * CELL else "middle")
    # Translators: a day of the year without the year, in the format of Django's date filter.
    label = format_date(local, _("j M"))
    return Tick(moment, x, label, format_date(local, "D"), True, "start")


def label_ends(tick: Tick) -> tuple[float, float]:
    """From where to where the label of a tick reaches."""
    width = max(cells(tick.label), cells(tick.weekday)) * CELL
    return (tick.x, tick.x + width + 4) if tick.anchor == "start" else (tick.x - width / 2, tick.x + width / 2)


def cells(text: str) -> int:
    """How many Latin letters are as wide as `text`."""
    return sum(
        0 if is_attached(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text
    )


def is_attached(letter: str) -> bool:
    """Whether it stands on the letter before it, and is never parted from it."""
    return letter in _JOINERS or unicodedata.category(letter) in ("Mn", "Me")


def cut(text: str, width: float) -> str:
    """`text`, or as much of it as fits into `width` units, with an ellipsis; "" where that says nothing.

    No character is cut, and none is parted from what stands on it.
    """
    # A little more, for what is exactly as wide.
    room = int(width / CELL + 0.01)
    if cells(text) <= room:
        return text
    if room < 4:
        return ""
    kept, used = "", 0
    for letter in text:
        used += cells(letter)
        if used > room - 1:
            break
        kept += letter
    # A joiner binds what follows it: without that it stands for nothing.
    kept = kept.rstrip(" \u200d")
    return f"{kept}{ELLIPSIS}" if kept else ""


class Lanes:
    """Rows in which nothing overlaps; what touches does not overlap."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.taken: list[list[tuple[float, float]]] = []

    def place(self, left: float, right: float) -> int | None:
        """The number of the first row with room, a new one if need be; None when all are full."""
        for number, taken in enumerate(self.taken):
            if all(right <= begin or end <= left for begin, end in taken):
                taken.append((left, right))
                return number
        if len(self.taken) == self.most:
            return None
        self.taken.append([(left, right)])
        return len(self.taken) - 1
