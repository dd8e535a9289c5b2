"""Time rules: half-open windows, chains of them, the edition in force, and times that clocks skip or show twice.

Pure: values in, values out. All moments are aware datetimes unless they are called local; a window holds its start and
not its end, so windows that touch do not overlap. `None` as an end means open: until further notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import zip_longest
from typing import Generic, TypeVar

Key = TypeVar("Key")

# No two moments are nearer to each other.
TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Asked(Generic[Key]):
    """What somebody asked for: `key` is to be live from `start`, and no longer than `until`."""

    key: Key
    start: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Window(Generic[Key]):
    """What follows from everything asked for: `key` is live in [start, end)."""

    key: Key
    start: datetime
    end: datetime | None = None

    def holds(self, at: datetime) -> bool:
        return self.start <= at and (self.end is None or at < self.end)


class ChainError(ValueError):
    """Two entries ask for the same start, or one ends before it begins."""


def chain(asked: Iterable[Asked[Key]]) -> list[Window[Key]]:
    """Windows of one story that never overlap: each lasts until the next begins or its own `until`, if earlier.

    Where an `until` comes before the next start, a gap stays: nothing is live in it. Raises ChainError for two equal
    starts and for an `until` that is not after its start.
    """
    entries = sorted(asked, key=lambda entry: entry.start)
    windows = []
    for entry, following in zip_longest(entries, entries[1:]):
        if entry.until is not None and entry.until <= entry.start:
            raise ChainError(f"The window of {entry.key} ends before it begins.")
        if following is not None and following.start == entry.start:
            raise ChainError(f"{entry.key} and {following.key} begin at the same moment.")
        ends = [moment for moment in (entry.until, following.start if following else None) if moment is not None]
        windows.append(Window(entry.key, entry.start, min(ends, default=None)))
    return windows


def live(windows: Iterable[Window[Key]], at: datetime) -> Window[Key] | None:
    """The window that holds `at`; None in a gap and before the first."""
    return next((window for window in windows if window.holds(at)), None)


def in_force(standing: Iterable[Window[Key]], specials: Iterable[Window[Key]], at: datetime) -> Window[Key] | None:
    """Which edition of a list counts at `at`: the special that holds it, or else the standing one; None in a gap."""
    return live(specials, at) or live(standing, at)


@dataclass(frozen=True, slots=True)
class Edge:
    """Where the window of an item begins or ends: at a moment, or so long `after` its story went live. Empty: open."""

    at: datetime | None = None
    after: timedelta | None = None

    def __bool__(self) -> bool:
        return self.at is not None or self.after is not None

    def moment(self, went_live: datetime | None) -> datetime | None:
        """The moment it stands for, of a story that goes live at `went_live`; None where it is open."""
        if self.after is None:
            return self.at
        return None if went_live is None else went_live + self.after


def followed(begin: Edge, end: Edge, went_live: datetime | None) -> tuple[datetime | None, datetime | None]:
    """The window of an item as (start, end), None where it is open. Moving the story moves what follows it."""
    return begin.moment(went_live), end.moment(went_live)


def upcoming(windows: Iterable[Window[Key]], at: datetime) -> list[Window[Key]]:
    """The windows that begin after `at`, soonest first."""
    return sorted((window for window in windows if window.start > at), key=lambda window: window.start)


def next_boundary(windows: Sequence[Window[Key]], at: datetime) -> datetime | None:
    """The first moment after `at` at which something begins or ends; None when nothing does."""
    moments = [moment for window in windows for moment in (window.start, window.end) if moment and moment > at]
    return min(moments, default=None)


def overlaps(windows: Iterable[Window[Key]]) -> list[tuple[Window[Key], Window[Key]]]:
    """Each window that begins inside an earlier one, after that one: what `check_publications` never finds."""
    found = []
    covering: Window[Key] | None = None
    for window in sorted(windows, key=lambda item: item.start):
        if covering is not None and (covering.end is None or window.start < covering.end):
            found.append((covering, window))
        if covering is None or covering.end is None or window.end is None or window.end > covering.end:
            covering = covering if covering is not None and covering.end is None else window
    return found


def local_moments(local: datetime, zone: tzinfo) -> list[datetime]:
    """The moments, in UTC, at which clocks in `zone` show `local` (a naive datetime), earlier first.

    One nearly always; two in the hour that is repeated in autumn; none in the one that is skipped in spring.
    """
    moments = {local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(moment for moment in moments if moment.astimezone(zone).replace(tzinfo=None, fold=0) == local)


def first_after_gap(local: datetime, zone: tzinfo) -> datetime:
    """The local time (naive) to which clocks in `zone` jump where they skip `local`."""
    # By PEP 495 the two readings of a skipped time lie before and after the jump.
    before, after = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC).replace(microsecond=0) for fold in (1, 0))
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.astimezone(zone).replace(tzinfo=None, fold=0)
