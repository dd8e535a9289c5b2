"""The span of a timeline parted where anything changes, and how the places of a list are taken in each part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext as _

from articles.admin.lists.timeline_geometry import CELL, Span, cells
from articles.lists import Chosen, ListContent, Origin
from articles.resolver.lists_of_page import ListOfPage
from articles.resolver.outlook import Outlook
from articles.resolver.why_words import brief

# More would take seconds, and could not be told apart. A shorter span shows the rest.
MOST_MOMENTS = 300
FEWEST_MOMENTS = 12
# Items and places that are looked at over all moments: about two seconds.
MOST_WORK = 120_000

STRIP = 22


@dataclass(frozen=True)
class Stretch:
    """[start, end) without a change: what each list of the page shows, and the editions in force, both by list."""

    start: datetime
    end: datetime
    chosen: dict[int, Chosen]
    rows: dict[int, ListOfPage]


@dataclass(frozen=True)
class Fill:
    """How many places of a list are taken for a while: by items, by its fill rule; the rest stay empty."""

    x: int
    width: int
    start: datetime
    end: datetime
    by_items: int
    by_rule: int
    length: int
    words: str
    label: str = ""
    is_judged: bool = True

    @property
    def shown(self) -> int:
        """How many entries readers see."""
        return self.by_items + self.by_rule

    @property
    def is_empty(self) -> bool:
        return self.is_judged and self.shown == 0

    @property
    def is_short(self) -> bool:
        return self.is_judged and self.shown < self.length

    @property
    def items_height(self) -> int:
        return round(STRIP * self.by_items / self.length)

    @property
    def rule_height(self) -> int:
        return round(STRIP * self.shown / self.length) - self.items_height

    @property
    def items_y(self) -> int:
        """From the top of the strip; what is taken stands on its ground, as in a column."""
        return STRIP - self.items_height

    @property
    def rule_y(self) -> int:
        return self.items_y - self.rule_height

    @property
    def text_x(self) -> int:
        return self.x + self.width // 2


def most_moments(seen: Outlook) -> int:
    """How many moments of this page are looked at: the fewer, the more its lists hold."""
    content = {row.list_id: row.content for row, _window in seen.editions}
    at_each = sum(len(one.items) + one.length for one in content.values())
    return max(FEWEST_MOMENTS, min(MOST_MOMENTS, MOST_WORK // max(at_each, 1)))


def stretches(seen: Outlook) -> tuple[list[Stretch], datetime | None]:
    """The span of `seen` in order, parted at every moment at which anything changes; and where it is broken off."""
    moments = [moment for moment in seen.moments if moment < seen.end]
    most = most_moments(seen)
    cut_at = moments[most] if len(moments) > most else None
    edges = [seen.start, *moments[:most], cut_at or seen.end]
    found = []
    for start, end in pairwise(edges):
        rows = {row.list_id: row for row in seen.lists_at(start)}
        found.append(Stretch(start, end, {chosen.key: chosen for chosen in seen.at(start)}, rows))
    return found, cut_at


def fills(
    key: int, found: Sequence[Stretch], span: Span, at: datetime, can_judge: Callable[[ListContent], bool]
) -> Iterable[Fill]:
    """How many places are taken, from one change to the next.

    `can_judge`: whether what fills a list is known, of a page that stands for many.
    """
    merged: list[tuple[datetime, datetime, tuple[int, int, int, bool]]] = []
    for stretch in found:
        chosen = stretch.chosen.get(key)
        if chosen is None:
            continue
        by_rule = sum(entry.origin == Origin.FILLED for entry in chosen.entries)
        counts = (len(chosen.entries) - by_rule, by_rule, chosen.content.length, can_judge(chosen.content))
        if merged and merged[-1][1] == stretch.start and merged[-1][2] == counts:
            merged[-1] = (merged[-1][0], stretch.end, counts)
        else:
            merged.append((stretch.start, stretch.end, counts))
    for start, end, (by_items, by_rule, length, is_judged) in merged:
        x = span.x(start)
        width = max(span.x(end) - x, 2)
        label = f"{by_items + by_rule}/{length}"
        fits = cells(label) * CELL + 6 <= width
        words = _fill_words(start, end, by_items, by_rule, length, at)
        yield Fill(x, width, start, end, by_items, by_rule, length, words, label if fits else "", is_judged)


def _fill_words(start: datetime, end: datetime, by_items: int, by_rule: int, length: int, at: datetime) -> str:
    names = {
        "start": brief(start, at),
        "end": brief(end, at),
        "shown": by_items + by_rule,
        "length": length,
        "filled": by_rule,
    }
    if by_rule:
        return _("%(start)s – %(end)s: %(shown)d of %(length)d places, %(filled)d filled by the rule") % names
    return _("%(start)s – %(end)s: %(shown)d of %(length)d places") % names
