"""The items of a list over a span: one bar for each, solid while readers see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.admin.lists.timeline_geometry import CELL, WIDTH, Span, cells, cut
from articles.lists import Chosen, ItemContent, Why
from articles.resolver.outlook import StoryWindow
from articles.resolver.why_words import brief

LABEL = 24 * CELL
# Half of a mark, and a little.
PAD = 9

_BEFORE_OR_AFTER = {Why.NOT_LIVE, Why.NOT_YET, Why.ENDED}
REASONS: dict[str, Any] = {
    Why.NOT_LIVE: _("its story is not live"),
    Why.NOT_YET: _("its window has not begun"),
    Why.ENDED: _("its window is over"),
    Why.ITSELF: _("it is the story of the page"),
    Why.ON_PAGE: _("it stands elsewhere on the page"),
    Why.DUPLICATE: _("it is a duplicate"),
    Why.NO_ROOM: _("no room"),
}


@dataclass(frozen=True)
class Part:
    """[start, end) in which readers see the item, or do not, for one reason."""

    start: datetime
    end: datetime
    why: str = ""
    x: int = 0
    width: int = 0

    @property
    def is_shown(self) -> bool:
        return not self.why

    @property
    def words(self) -> Any:
        return REASONS[self.why] if self.why else _("is shown")


@dataclass(frozen=True)
class Mark:
    """Where the story of an item goes live, ends or is withdrawn: `kind` as in the picture of the day."""

    x: int
    kind: str
    moment: datetime


@dataclass(frozen=True)
class Bar:
    """An item of editions that follow one another: from where readers first see it until they see it no longer.

    `parts` goes from the begin of the first edition that has it until the end of the last. Where readers never see it,
    so does the bar.
    """

    item: ItemContent
    headline: str
    x: int
    width: int
    parts: tuple[Part, ...]
    marks: tuple[Mark, ...] = ()
    y: int = 0
    title: str = ""
    label: str = ""
    label_x: int = 0
    anchor: str = "start"
    reach: tuple[float, float] = field(default=(0, 0))

    @property
    def comes_or_goes(self) -> bool:
        """Whether readers do not see it all the time that an edition with it is in force."""
        return any(not part.is_shown for part in self.parts)

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def middle(self) -> int:
        return self.y + 8

    def words_at(self, at: datetime) -> str:
        """When readers see it and when not, and why not, as it is said at `at`."""
        parts = (f"{brief(part.start, at)} – {brief(part.end, at)} {part.words}" for part in self.parts)
        return f"{self.headline}: {'; '.join(parts)}"


def bars(
    key: int,
    stretches: Iterable[tuple[datetime, datetime, Mapping[int, Chosen]]],
    stories: Mapping[int, Sequence[StoryWindow]],
    headlines: Mapping[int, str],
    span: Span,
) -> list[Bar]:
    """The bars of the list `key`, in no order. `stories`: what readers have of each; `headlines`: of all others."""
    runs: dict[tuple, list[tuple[ItemContent, list[Part]]]] = {}
    for start, end, page in stretches:
        chosen = page.get(key)
        if chosen is None:
            continue
        states = [(entry.item, "") for entry in chosen.entries if entry.item is not None]
        states += [(hidden.item, str(hidden.why)) for hidden in chosen.hidden]
        for item, why in states:
            of_item = runs.setdefault((item.key, item.story_id, item.url), [])
            if of_item and of_item[-1][1][-1].end == start:
                _item, parts = of_item[-1]
                if parts[-1].why == why:
                    parts[-1] = replace(parts[-1], end=end)
                else:
                    parts.append(Part(start, end, why))
                of_item[-1] = (item, parts)
            else:
                of_item.append((item, [Part(start, end, why)]))
    return [_bar(item, parts, stories, headlines, span) for found in runs.values() for item, parts in found]


def _bar(
    item: ItemContent,
    parts: list[Part],
    stories: Mapping[int, Sequence[StoryWindow]],
    headlines: Mapping[int, str],
    span: Span,
) -> Bar:
    windows = stories.get(item.story_id, ()) if item.story_id is not None else ()
    seen = [part for part in parts if part.is_shown or part.why not in _BEFORE_OR_AFTER] or parts
    x = span.x(seen[0].start)
    width = max(span.x(seen[-1].end) - x, 3)
    drawn = tuple(
        replace(part, x=span.x(part.start), width=max(span.x(part.end) - span.x(part.start), 1)) for part in parts
    )
    marks = tuple(_marks(windows, parts[0].start, parts[-1].end, span))
    headline = item.headline or (windows[-1].headline if windows else headlines.get(item.story_id, "")) or item.url
    return _with_label(Bar(item, headline or f"#{item.story_id}", x, width, drawn, marks))


def _marks(windows: Sequence[StoryWindow], start: datetime, end: datetime, span: Span) -> Iterable[Mark]:
    """What happens to a story while its bar lasts."""
    before: StoryWindow | None = None
    for window in windows:
        if start < window.start < end or (window.start == start and before is None):
            if window.is_listed and window.start == window.went_live:
                yield Mark(span.x(window.start), "begins", window.start)
            elif window.is_listed:
                yield Mark(span.x(window.start), "changes", window.start)
            else:
                yield Mark(span.x(window.start), "withdrawn", window.start)
        before = window
    last = windows[-1] if windows else None
    if last is not None and last.is_listed and last.end is not None and start < last.end < end:
        yield Mark(span.x(last.end), "ends", last.end)


def _with_label(bar: Bar) -> Bar:
    """The bar with its headline: where it has room between marks, else after the bar, or before it near the end."""
    wanted = min(cells(bar.headline) * CELL, LABEL)
    rooms = _rooms(bar)
    inside = next(((left, right) for left, right in rooms if right - left >= wanted), None)
    reach = (bar.x - PAD, bar.right + PAD)
    if inside is not None:
        return replace(bar, label=cut(bar.headline, inside[1] - inside[0]), label_x=inside[0], reach=reach)
    label = cut(bar.headline, LABEL)
    width = cells(label) * CELL + 2 * PAD
    if bar.right + width <= WIDTH:
        return replace(bar, label=label, label_x=bar.right + PAD, reach=(bar.x - PAD, bar.right + width))
    if bar.x - width >= 0:
        return replace(bar, label=label, label_x=bar.x - PAD, anchor="end", reach=(bar.x - width, bar.right + PAD))
    left, right = max(rooms, key=lambda room: room[1] - room[0])
    return replace(bar, label=cut(bar.headline, right - left), label_x=left, reach=reach)


def _rooms(bar: Bar) -> list[tuple[int, int]]:
    """Where a label can stand in a bar without covering a mark, from the left."""
    marks = sorted(mark.x for mark in bar.marks if bar.x < mark.x < bar.right)
    edges = [bar.x, *marks, bar.right]
    return [(left + PAD, right - PAD) for left, right in pairwise(edges)]
