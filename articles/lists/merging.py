"""What two people changed in one list at the same time, put together: item by item, field by field, and the order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from articles.lists.content import ItemContent, ListContent
from articles.merging.orders import insert, merge_orders

Choice = Literal["mine", "theirs"]
# What no editor types.
_BY_THE_WAY = frozenset({"key", "written_over"})
_OF_LIST = tuple(field.name for field in fields(ListContent) if field.name != "items")
_OF_ITEM = tuple(field.name for field in fields(ItemContent) if field.name not in _BY_THE_WAY)


@dataclass(frozen=True)
class ListConflict:
    """A place both changed, differently: a field of the list ("title"), of an item ("item:<key>:headline"), an item
    that one deleted and the other changed ("item:<key>"; None is deleted), or the order ("order": keys).
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
        if place in self.choices:
            return mine if self.choices[place] == "mine" else theirs
        self.conflicts.append(ListConflict(place, base, theirs, mine))
        return mine

    def item(
        self, key: str, base: ItemContent | None, theirs: ItemContent | None, mine: ItemContent | None
    ) -> ItemContent | None:
        """The item of that key; None where it is gone."""
        if base is None:
            if theirs is not None and mine is None:
                self.taken.append(f"item:{key}")
            return mine or theirs
        if theirs is None or mine is None:
            return self.value(f"item:{key}", base, theirs, mine)
        merged = {
            name: self.value(f"item:{key}:{name}", getattr(base, name), getattr(theirs, name), getattr(mine, name))
            for name in _OF_ITEM
        }
        return replace(mine, **merged)


def merge_lists(
    base: ListContent, theirs: ListContent, mine: ListContent, choices: Mapping[str, Choice] | None = None
) -> MergedList:
    """Put two changes of `base` together. `choices` decide places that are in conflict otherwise."""
    merge = _Merge(choices or {})
    values = {
        name: merge.value(name, getattr(base, name), getattr(theirs, name), getattr(mine, name)) for name in _OF_LIST
    }
    sides = [{item.key: item for item in side.items} for side in (base, theirs, mine)]
    items = {}
    for key in dict.fromkeys(key for side in sides for key in side):
        item = merge.item(key, *(side.get(key) for side in sides))
        if item is not None:
            items[key] = item
    order = _order(merge, *sides, kept=set(items))
    content = ListContent(**values, items=tuple(items[key] for key in order))
    return MergedList(content, tuple(merge.conflicts), tuple(merge.taken))


def _order(merge: _Merge, base: Mapping, theirs: Mapping, mine: Mapping, *, kept: set[str]) -> list[str]:
    """The order of the items that are kept."""
    common = [key for key in base if key in theirs and key in mine and key in kept]
    orders = [[key for key in side if key in common] for side in (base, theirs, mine)]
    merged = merge_orders(*orders)
    if merged is None:
        merged = merge.value("order", *(tuple(order) for order in orders))
    elif merged != orders[2]:
        merge.taken.append("order")
    return insert(list(merged), list(theirs), list(mine), kept=kept)
