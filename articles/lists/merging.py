"""What two people changed in one list at the same time, put together: item by item, field by field, and the order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from itertools import combinations
from typing import Any, Literal

from articles.lists.content import ItemContent, ListContent, are_apart
from articles.merging.orders import insert, merge_orders

Choice = Literal["mine", "theirs"]
Items = dict[str, ItemContent]

_OF_LIST = tuple(field.name for field in fields(ListContent) if field.name != "items")
# Fields of an item that are one place: of each group one at most is given, and a mixture of two would say nothing.
_PLACES_OF_ITEM = (
    ("story_id", "url"),
    ("headline",),
    ("teaser",),
    ("pinned",),
    ("starts_at", "starts_after"),
    ("ends_at", "ends_after"),
)


@dataclass(frozen=True)
class ListConflict:
    """A place both changed, differently: a field of the list ("title"), of an item ("item:<key>:headline"), an item
    that one deleted and the other changed ("item:<key>"; None is deleted), or the order of the items ("items": keys).

    What an item leads to is one place ("item:<key>:story_id"; an address is text), and so are the begin and the end of
    its window ("…:starts_at", "…:ends_at"; a number is minutes after its story goes live).
    """

    place: str
    base: Any
    theirs: Any
    mine: Any


@dataclass(frozen=True)
class MergedList:
    """A merged list. `taken` names the places where it holds what the other side changed, without a conflict."""

    content: ListContent
    conflicts: tuple[ListConflict, ...] = ()
    taken: tuple[str, ...] = ()


class _Merge:
    def __init__(self, choices: Mapping[str, Choice]) -> None:
        self.choices = choices
        self.conflicts: list[ListConflict] = []
        self.taken: list[str] = []

    def value(self, place: str, base: Any, theirs: Any, mine: Any) -> Any:
        """The value at `place`; where both changed it differently, the one chosen, or mine with a conflict."""
        if theirs in (base, mine):
            return mine
        if mine == base:
            self.taken.append(place)
            return theirs
        return theirs if self.chosen(place, base, theirs, mine) == "theirs" else mine

    def chosen(self, place: str, base: Any, theirs: Any, mine: Any) -> Choice:
        """What was chosen at a place that two changed; mine, with a conflict, as long as nothing was."""
        if place not in self.choices and place not in {conflict.place for conflict in self.conflicts}:
            self.conflicts.append(ListConflict(place, base, theirs, mine))
        return self.choices.get(place, "mine")

    def item(
        self, key: str, base: ItemContent | None, theirs: ItemContent | None, mine: ItemContent | None
    ) -> ItemContent | None:
        """The item of that key; None where it is gone."""
        if base is None and (theirs is None or mine is None):
            if theirs is not None:
                self.taken.append(f"item:{key}")
            return theirs or mine
        if theirs is None or mine is None:
            # What nobody types is no change.
            typed = [side and replace(side, written_over="") for side in (base, theirs, mine)]
            kept = self.value(f"item:{key}", *typed)
            return kept and (theirs or mine)
        # Where both added it, each has changed what they filled in.
        base = base or ItemContent(key=key)
        merged: dict[str, Any] = {}
        for names in _PLACES_OF_ITEM:
            sides = [_at(names, side) for side in (base, theirs, mine)]
            value = self.value(f"item:{key}:{names[0]}", *sides)
            source = theirs if value == sides[1] else mine
            merged |= {name: getattr(source, name) for name in names}
        return replace(mine, **merged)

    def pins(self, items: Items, base: Items, theirs: Items, mine: Items) -> None:
        """Change `items` where the two sides pinned different ones to one position, so that one of them keeps it."""
        for one, other in combinations(list(items), 2):
            first, second = items[one], items[other]
            if first.pinned is None or first.pinned != second.pinned or are_apart(first, second):
                continue
            mine_is = next((key for key in (one, other) if _pinned(key, mine) != _pinned(key, base)), None)
            if mine_is is None or _pinned(one, mine) == _pinned(other, mine):
                continue
            theirs_is = other if mine_is == one else one
            # Whichever gives way stands as the other side has it.
            sides = [_pinned(mine_is, side) for side in (base, theirs)]
            loser, pinned = theirs_is, _pinned(theirs_is, mine)
            if self.chosen(f"item:{mine_is}:pinned", *sides, first.pinned) == "theirs":
                loser, pinned = mine_is, sides[1]
            items[loser] = replace(items[loser], pinned=None if pinned == first.pinned else pinned)


def _at(names: tuple[str, ...], item: ItemContent) -> Any:
    """What an item holds at one place."""
    given = (getattr(item, name) for name in names)
    return next((value for value in given if value is not None and value != ""), getattr(item, names[0]))


def _pinned(key: str, side: Items) -> int | None:
    return side[key].pinned if key in side else None


def merge_lists(
    base: ListContent, theirs: ListContent, mine: ListContent, choices: Mapping[str, Choice] | None = None
) -> MergedList:
    """Put two changes of `base` together. `choices` decide places that are in conflict otherwise."""
    merge = _Merge(choices or {})
    values = {
        name: merge.value(name, getattr(base, name), getattr(theirs, name), getattr(mine, name)) for name in _OF_LIST
    }
    mine = _with_their_keys(base, theirs, mine)
    sides = [{item.key: item for item in side.items} for side in (base, theirs, mine)]
    items = {}
    for key in dict.fromkeys(key for side in sides for key in side):
        item = merge.item(key, *(side.get(key) for side in sides))
        if item is not None:
            items[key] = item
    merge.pins(items, *sides)
    order = _order(merge, *sides, kept=set(items))
    content = ListContent(**values, items=tuple(items[key] for key in order))
    return MergedList(content, tuple(merge.conflicts), tuple(merge.taken))


def _with_their_keys(base: ListContent, theirs: ListContent, mine: ListContent) -> ListContent:
    """`mine`, where what both added to `base` is one item: a story twice in a list is what neither of them wanted."""
    known, used = {item.key for item in base.items}, {item.key for item in mine.items}
    added = [item for item in theirs.items if item.key not in known | used]

    def renamed(item: ItemContent) -> ItemContent:
        if item.key in known:
            return item
        same = (
            other
            for other in added
            if (other.story_id, other.url) == (item.story_id, item.url) and not are_apart(other, item)
        )
        found = next(same, None)
        if found is None:
            return item
        added.remove(found)
        return replace(item, key=found.key)

    return mine.with_items(renamed(item) for item in mine.items)


def _order(merge: _Merge, base: Items, theirs: Items, mine: Items, *, kept: set[str]) -> list[str]:
    """The order of the items that are kept."""
    common = [key for key in base if key in theirs and key in mine and key in kept]
    orders = [[key for key in side if key in common] for side in (base, theirs, mine)]
    merged = merge_orders(*orders)
    if merged is None:
        merged = merge.value("items", *(tuple(order) for order in orders))
    elif merged != orders[2]:
        merge.taken.append("items")
    return insert(list(merged), list(theirs), list(mine), kept=kept)
