"""What readers see of the lists of one page at one moment, and why not what they do not see.

Pure: the same function answers for the page, the preview, the timeline and the checks, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from articles.lists.content import ItemContent, ListContent
from articles.story_order import StoryPlace
from articles.timeline import followed


@dataclass(frozen=True, slots=True)
class LiveStory:
    """A story that lists may lead to: which publication readers have, and when it first went live."""

    story_id: int
    publication_id: int
    went_live: datetime

    @property
    def place(self) -> StoryPlace:
        return StoryPlace(self.went_live, self.story_id)


class Origin(StrEnum):
    """How an entry came to its place."""

    PINNED = "pinned"
    PLACED = "placed"
    FILLED = "filled"


class Why(StrEnum):
    """Why an item is not shown."""

    NOT_LIVE = "not_live"
    NOT_YET = "not_yet"
    ENDED = "ended"
    ITSELF = "itself"
    ON_PAGE = "on_page"
    DUPLICATE = "duplicate"
    NO_ROOM = "no_room"


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of a list. `item` is None where the fill rule chose the story."""

    origin: Origin
    story_id: int | None
    publication_id: int | None
    item: ItemContent | None = None


@dataclass(frozen=True, slots=True)
class Hidden:
    """An item that is not shown. `moment`: when its window begins or ended. `list_key`, `position`: what it repeats."""

    item: ItemContent
    why: Why
    moment: datetime | None = None
    list_key: int | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class PlacedList:
    """A list on a page: `candidates` are stories for its free places, best first."""

    key: int
    content: ListContent
    candidates: Sequence[int] = ()


@dataclass
class Chosen:
    """What readers see of one list, in order, and what they do not."""

    key: int
    content: ListContent
    entries: list[Entry] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)

    @property
    def story_ids(self) -> list[int]:
        return [entry.story_id for entry in self.entries if entry.story_id is not None]


def choose(
    lists: Sequence[PlacedList],
    *,
    at: datetime,
    live: Mapping[int, LiveStory],
    shown: Collection[int] = (),
    itself: int | None = None,
) -> list[Chosen]:
    """What each of `lists`, given in page order, shows at `at`.

    `live`: the stories that lists may lead to then. `shown`: stories that stand on the page already; `itself`: the
    story whose page it is. A pinned item comes before everything that floats, and an item before everything that is
    filled, anywhere on the page; between equals the earlier list wins. Where an item drops out the others close up.
    """
    page = _Page(at, live, frozenset(shown), itself)
    slots = [_Slots(placed.content.length) for placed in lists]
    chosen = [Chosen(placed.key, placed.content) for placed in lists]
    for placed, places, result in zip(lists, slots, chosen, strict=True):
        page.pin(placed, places, result)
    for placed, places, result in zip(lists, slots, chosen, strict=True):
        page.float(placed, places, result)
    for placed, places in zip(lists, slots, strict=True):
        page.fill(placed, places)
    for places, result in zip(slots, chosen, strict=True):
        result.entries = places.in_order()
    _tell_positions(chosen, page)
    return chosen


class _Slots:
    """The places of one list while they are being given away."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.pinned: dict[int, Entry] = {}
        self.others: list[Entry] = []
        self.story_ids: set[int | None] = set()

    @property
    def has_room(self) -> bool:
        return len(self.pinned) + len(self.others) < self.length

    def give(self, entry: Entry, position: int | None = None) -> None:
        """Give a place away: that `position`, or one of those around the pinned ones."""
        self.story_ids.add(entry.story_id)
        if position is None:
            self.others.append(entry)
        else:
            self.pinned[position] = entry

    def in_order(self) -> list[Entry]:
        """The others in order around the pinned ones, which move up where there is nothing before them."""
        others, order = list(self.others), []
        for position in range(1, self.length + 1):
            if position in self.pinned:
                order.append(self.pinned[position])
            elif others:
                order.append(others.pop(0))
        return order


class _Page:
    """Which stories stand on the page already, while lists are being filled."""

    def __init__(self, at: datetime, live: Mapping[int, LiveStory], shown: frozenset[int], itself: int | None) -> None:
        self.at, self.live, self.shown, self.itself = at, live, shown, itself
        # The list that each story stands in: the first that took it.
        self.taken: dict[int, int] = {}

    def pin(self, placed: PlacedList, places: _Slots, result: Chosen) -> None:
        for item in placed.content.items:
            if item.pinned is None:
                continue
            if why := self._why_not(item, placed, places):
                result.hidden.append(why)
            elif item.pinned in places.pinned or item.pinned > places.length:
                result.hidden.append(Hidden(item, Why.NO_ROOM))
            else:
                places.give(self._take(item, placed, Origin.PINNED), item.pinned)

    def float(self, placed: PlacedList, places: _Slots, result: Chosen) -> None:
        for item in placed.content.items:
            if item.pinned is not None:
                continue
            if why := self._why_not(item, placed, places):
                result.hidden.append(why)
            elif not places.has_room:
                result.hidden.append(Hidden(item, Why.NO_ROOM))
            else:
                places.give(self._take(item, placed, Origin.PLACED))

    def fill(self, placed: PlacedList, places: _Slots) -> None:
        for story_id in placed.candidates:
            if not places.has_room:
                return
            story = self.live.get(story_id)
            if story is None or story_id in places.story_ids or story_id == self.itself:
                continue
            if not placed.content.may_repeat and (story_id in self.taken or story_id in self.shown):
                continue
            self.taken.setdefault(story_id, placed.key)
            places.give(Entry(Origin.FILLED, story_id, story.publication_id))

    def _take(self, item: ItemContent, placed: PlacedList, origin: Origin) -> Entry:
        if item.story_id is None:
            return Entry(origin, None, None, item)
        self.taken.setdefault(item.story_id, placed.key)
        return Entry(origin, item.story_id, self.live[item.story_id].publication_id, item)

    def _why_not(self, item: ItemContent, placed: PlacedList, places: _Slots) -> Hidden | None:
        """Why `item` cannot be shown, apart from room; None when it can."""
        story = self.live.get(item.story_id) if item.story_id is not None else None
        if item.story_id is not None and item.story_id == self.itself:
            return Hidden(item, Why.ITSELF)
        if item.story_id is not None and story is None:
            return Hidden(item, Why.NOT_LIVE)
        start, end = followed(item.begin, item.end, story.went_live if story else None)
        if start is not None and self.at < start:
            return Hidden(item, Why.NOT_YET, start)
        if end is not None and self.at >= end:
            return Hidden(item, Why.ENDED, end)
        if item.story_id is None:
            return None
        if item.story_id in places.story_ids:
            return Hidden(item, Why.DUPLICATE, list_key=placed.key)
        if placed.content.may_repeat:
            return None
        if item.story_id in self.shown:
            return Hidden(item, Why.ON_PAGE)
        if item.story_id in self.taken:
            return Hidden(item, Why.DUPLICATE, list_key=self.taken[item.story_id])
        return None


def _tell_positions(chosen: Sequence[Chosen], page: _Page) -> None:
    """Say of each duplicate which position it repeats, now that all are known."""
    places = {
        (result.key, entry.story_id): number
        for result in chosen
        for number, entry in enumerate(result.entries, start=1)
    }
    for result in chosen:
        result.hidden = [
            Hidden(row.item, row.why, row.moment, row.list_key, places.get((row.list_key, row.item.story_id)))
            if row.why == Why.DUPLICATE
            else row
            for row in result.hidden
        ]
