"""The difference of two lists: which member became which, and the fewest moves that explain the new order."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import fields
from typing import Any

from ..html import plain_text
from .alignment import increasing
from .likeness import alike_anywhere
from .rich_text import compare_rich_text
from .text import compare_text
from .values import ComparedField, ComparedItem, ComparedItems, ComparedText

# They say which member it is, and lead to it; what it says is in the other fields.
IDENTITY = frozenset(("id", "key", "contributor_id", "story_id"))

Key = Callable[[Any], Hashable | None]
_Pairs = dict[int, int]


def compare_items(name: str, old: Sequence[Any], new: Sequence[Any], *keys: Key) -> ComparedItems:
    """Members with an equal key are the same member; where a key gives None or finds none, the next key is asked."""
    pairs: _Pairs = {}
    for key in keys:
        _pair_equal(pairs, old, new, key)
    return _items(name, old, new, pairs)


def compare_subsections(name: str, old: Sequence[Any], new: Sequence[Any]) -> ComparedItems:
    """Subsections, as `pair_subsections` finds them."""
    return _items(name, old, new, pair_subsections(old, new))


def pair_subsections(old: Sequence[Any], new: Sequence[Any]) -> dict[int, int]:
    """Which subsection became which (indexes): by key; those of versions that had no keys by what they say."""
    pairs: _Pairs = {}
    _pair_equal(pairs, old, new, lambda part: part.key if has_own_key(part) else None)
    _pair_equal(pairs, old, new, lambda part: (part.heading, part.figures, part.body))
    _pair_equal(pairs, old, new, lambda part: part.heading or None)
    ours, theirs = _unpaired(pairs, len(old), len(new))
    alike = alike_anywhere([_said(old[place]) for place in ours], [_said(new[place]) for place in theirs])
    pairs |= {ours[i]: theirs[j] for i, j in alike}
    ours, theirs = _unpaired(pairs, len(old), len(new))
    if len(old) == len(new):
        # As many as before: one in the same place was written anew.
        pairs |= {place: place for place in ours if place in theirs and old[place].key == new[place].key}
    return pairs


def has_own_key(part: Any) -> bool:
    """Whether its key is more than the place that `content.UPGRADES` gives, which says nothing after a move."""
    return bool(part.key) and not (part.key.isdecimal() and len(part.key) < 6)


def _said(part: Any) -> str:
    return f"{part.heading}{part.figures}{plain_text(part.body)}"


def _pair_equal(pairs: _Pairs, old: Sequence[Any], new: Sequence[Any], key: Key) -> None:
    """Add the pairs of members that have no other half yet and are equal in `key`, in order."""
    ours, theirs = _unpaired(pairs, len(old), len(new))
    waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for place in theirs:
        waiting[key(new[place])].append(place)
    for place in ours:
        value = key(old[place])
        if value is not None and waiting[value]:
            pairs[place] = waiting[value].popleft()


def _unpaired(pairs: _Pairs, old: int, new: int) -> tuple[list[int], list[int]]:
    taken = set(pairs.values())
    return [place for place in range(old) if place not in pairs], [place for place in range(new) if place not in taken]


def _items(name: str, old: Sequence[Any], new: Sequence[Any], pairs: _Pairs) -> ComparedItems:
    stayed = sorted(pairs)
    unmoved = {stayed[index] for index in increasing([pairs[place] for place in stayed])}
    deleted_after: defaultdict[int | None, list[int]] = defaultdict(list)
    before = None
    for place in range(len(old)):
        if place in pairs:
            before = place
        else:
            deleted_after[before].append(place)
    became = {place: former for former, place in pairs.items()}

    def item(a: int | None, b: int | None) -> ComparedItem:
        ours, theirs = None if a is None else old[a], None if b is None else new[b]
        moved = a is not None and b is not None and a not in unmoved
        return ComparedItem(
            old=ours,
            new=theirs,
            old_place=None if a is None else a + 1,
            new_place=None if b is None else b + 1,
            moved=moved,
            fields=tuple(_fields(ours, theirs)),
        )

    items = [item(a, None) for a in deleted_after[None]]
    for b in range(len(new)):
        a = became.get(b)
        items.append(item(a, b))
        items += [item(deleted, None) for deleted in (deleted_after[a] if a is not None else ())]
    return ComparedItems(name, tuple(items))


def _fields(old: Any, new: Any) -> Iterable[ComparedField]:
    """The fields of one member; those of a missing one are empty. Raises TypeError for a type without a comparison."""
    for field in fields(old if new is None else new):
        ours, theirs = getattr(old, field.name, ""), getattr(new, field.name, "")
        if field.name in IDENTITY:
            continue
        if field.type == "CleanHtml":
            yield compare_rich_text(field.name, ours, theirs)
        elif field.type == "str":
            yield ComparedText(field.name, compare_text(ours, theirs))
        else:
            raise TypeError(f"{field.name} has the type {field.type}, which nothing here compares.")
