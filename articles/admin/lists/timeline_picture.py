"""The lists of a page over a span as a picture: editions as bands, what fills their places, and items as bars.

Everything comes from an Outlook: what readers see at each moment is what `choose` says. No queries, no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from articles import moments
from articles.admin.lists.timeline_bars import Bar, bars
from articles.admin.lists.timeline_fills import STRIP, Fill, Stretch, fills, stretches
from articles.admin.lists.timeline_geometry import CELL, HOUR, Lanes, Span, Tick, cells, cut, hour_of, ticks
from articles.lists import ListContent
from articles.models import StoryList
from articles.resolver.lists_of_page import ListOfPage
from articles.resolver.outlook import Outlook
from articles.resolver.why_words import brief

MOST_LISTS = 40
MOST_BAR_LANES = 12

LANE = 26
THIN = 14
BAR = 20
PAD = 4


@dataclass(frozen=True)
class Band:
    """An edition in its lane: `begins` and `ends` are its own, wherever the picture ends."""

    row: ListOfPage
    x: int
    width: int
    label: str
    begins: datetime
    ends: datetime | None
    is_over: bool
    is_current: bool
    words: str


@dataclass(frozen=True)
class Free:
    """A stretch of a lane in which a click makes a new edition; `is_gap` where readers have no list then."""

    x: int
    width: int
    start: datetime
    end: datetime
    words: str
    is_gap: bool = False
    is_covered: bool = False

    @property
    def text_x(self) -> int:
        return self.x + self.width // 2


@dataclass
class ListPicture:
    """One list: its lanes from the top, with the height that they take."""

    story_list: StoryList
    specials: list[Band] = field(default_factory=list)
    standing: list[Band] = field(default_factory=list)
    free: list[Free] = field(default_factory=list)
    gaps: list[Free] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    left_out: int = 0

    problems: list[Fill | Free] = field(default_factory=list)

    @property
    def special_height(self) -> int:
        """Without a special the lane is only there to plan one."""
        return LANE if self.specials else THIN

    @property
    def standing_y(self) -> int:
        return PAD + self.special_height + 2

    @property
    def fill_y(self) -> int:
        return self.standing_y + LANE + 3

    @property
    def bars_y(self) -> int:
        return self.fill_y + STRIP + 5

    @property
    def height(self) -> int:
        return max((bar.y + BAR for bar in self.bars), default=self.bars_y - 4) + PAD


@dataclass
class Picture:
    span: Span
    ticks: list[Tick]
    lists: list[ListPicture]
    now_x: int | None
    cut_at: datetime | None = None
    lists_left_out: int = 0


def picture(
    seen: Outlook,
    lists: Sequence[StoryList],
    span: Span,
    at: datetime,
    *,
    headlines: Mapping[int, str],
    can_judge: Callable[[ListContent], bool] = lambda content: True,
    every_item: bool = False,
) -> Picture:
    """The picture of `lists`, those that fit the page of `seen`, over `span`, as it looks at the moment `at`.

    `headlines`: of the stories that are not public in the span, by id. `can_judge`: whether free places of such a list
    are a problem here. `every_item`: bars for all items, not only for those that come or go inside their edition.
    """
    found, cut_at = stretches(seen)
    drawn = []
    for story_list in lists[:MOST_LISTS]:
        one = ListPicture(story_list)
        for row, window in seen.editions:
            if row.list_id == story_list.pk and window.start < span.end:
                lane = one.specials if row.is_special else one.standing
                lane.append(_band(row, window.start, window.end, span, at))
        one.free = _free(one.specials, span, at)
        one.gaps = _gaps(story_list.pk, found, one, span, at)
        one.fills = list(fills(story_list.pk, found, span, at, can_judge))
        made = bars(story_list.pk, [(row.start, row.end, row.chosen) for row in found], seen.windows, headlines, span)
        wanted = [bar for bar in made if every_item or bar.comes_or_goes]
        one.problems = _problems(one, at)
        one.bars, one.left_out = _in_lanes(wanted, one.bars_y, at)
        drawn.append(one)
    now_x = span.x(at) if span.holds(at) else None
    return Picture(span, ticks(span), drawn, now_x, cut_at, max(0, len(lists) - MOST_LISTS))


def _band(row: ListOfPage, begins: datetime, ends: datetime | None, span: Span, at: datetime) -> Band:
    x = span.x(begins)
    # A short edition is a line that can be seen and hit.
    width = max(span.x(ends) - x, 3)
    is_over = ends is not None and ends <= at
    begin = format_date(moments.local(begins), "H:i") if span.holds(begins) else ""
    label = _band_label(begin, f"{row.content.title} · {len(row.content.items)}", width - 14)
    return Band(row, x, width, label, begins, ends, is_over, begins <= at and not is_over, _band_words(row, at))


def _band_label(begin: str, title: str, room: float) -> str:
    """When an edition begins and what it is called; the time alone where no more of the title than a letter fits."""
    label = cut(f"{begin} {title}" if begin else title, room)
    if begin and cells(label) < cells(begin) + 4:
        return cut(begin, room) if cells(begin) * CELL <= room else ""
    return label


def _band_words(row: ListOfPage, at: datetime) -> str:
    names = {
        "title": row.content.title,
        "start": brief(row.starts_at, at),
        "end": brief(row.ends_at, at) if row.ends_at else "",
        "count": len(row.content.items),
    }
    if row.is_special:
        return _("Special edition “%(title)s”, %(start)s – %(end)s, items: %(count)d") % names
    if row.ends_at is None:
        return _("Edition “%(title)s”, from %(start)s on, items: %(count)d") % names
    return _("Edition “%(title)s”, %(start)s – %(end)s, items: %(count)d") % names


def _free(bands: Sequence[Band], span: Span, at: datetime) -> list[Free]:
    """The hours or days to come that no special covers: a click there plans an edition from then on."""
    edges = [span.start, *(tick.moment for tick in ticks(span) if tick.moment > span.start), span.end]
    next_hour = hour_of(at) + HOUR
    found = []
    for start, end in pairwise(edges):
        begins, x, right = max(start, next_hour), span.x(start), span.x(end)
        is_free = not any(band.x < right and x < band.x + band.width for band in bands)
        if begins < end and is_free:
            found.append(Free(x, right - x, begins, end, brief(begins, at)))
    return found


def _gaps(key: int, found: Sequence[Stretch], one: ListPicture, span: Span, at: datetime) -> list[Free]:
    """Where no edition is in force, and where a narrower list stands in for this one."""
    editions = [*one.standing, *one.specials]
    merged: list[tuple[datetime, datetime, bool]] = []
    for stretch in found:
        if key in stretch.rows:
            continue
        has_edition = any(
            band.begins <= stretch.start and (band.ends is None or stretch.start < band.ends) for band in editions
        )
        if merged and merged[-1][1] == stretch.start and merged[-1][2] == has_edition:
            merged[-1] = (merged[-1][0], stretch.end, has_edition)
        else:
            merged.append((stretch.start, stretch.end, has_edition))
    return [
        Free(
            span.x(start),
            max(span.x(end) - span.x(start), 2),
            start,
            end,
            brief(start, at) if covered else _gap_words(start, end, at),
            is_gap=not covered,
            is_covered=covered,
        )
        for start, end, covered in merged
    ]


def _problems(one: ListPicture, at: datetime) -> list[Fill | Free]:
    """Where readers have no list, or one with free places, from `at` on: in the order of time."""
    found: list[Fill | Free] = [fill for fill in one.fills if fill.is_short and fill.end > at]
    gaps = [gap for gap in one.gaps if gap.is_gap and gap.end > at]
    return sorted([*found, *gaps], key=lambda problem: problem.start)


def _gap_words(start: datetime, end: datetime, at: datetime) -> str:
    return _("%(start)s – %(end)s: no edition") % {"start": brief(start, at), "end": brief(end, at)}


def _in_lanes(wanted: Sequence[Bar], top: int, at: datetime) -> tuple[list[Bar], int]:
    """Each bar with its label in the first lane that has room, and how many found none."""
    lanes, placed = Lanes(MOST_BAR_LANES), []
    for bar in sorted(wanted, key=lambda one: (one.x, -one.width)):
        lane = lanes.place(*bar.reach)
        if lane is not None:
            placed.append(replace(bar, y=top + lane * BAR, title=bar.words_at(at)))
    return placed, len(wanted) - len(placed)
