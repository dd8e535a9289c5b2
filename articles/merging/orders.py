"""Orders that two people changed, put together."""

from __future__ import annotations

from collections.abc import Sequence


def merge_orders(base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> list[str] | None:
    """The order in which each pair stands as whoever swapped it put it; None where there is no such order.

    The three hold the same names, each once.
    """
    in_base, in_theirs, in_mine = ({name: place for place, name in enumerate(order)} for order in (base, theirs, mine))

    def comes_first(one: str, other: str) -> bool:
        before = in_base[one] < in_base[other]
        swapped = (in_theirs[one] < in_theirs[other]) != before or (in_mine[one] < in_mine[other]) != before
        return before != swapped

    # Where each pair is decided, an order exists exactly when no two names come after equally many others.
    ranks = {name: sum(comes_first(other, name) for other in base if other != name) for name in base}
    if len(set(ranks.values())) < len(ranks):
        return None
    return sorted(ranks, key=ranks.__getitem__)


def insert(order: Sequence[str], *fuller: Sequence[str], kept: set[str]) -> list[str]:
    """`order` with the names of `kept` it lacks, each after the name it follows in `fuller`.

    Where several orders add at one point, what the last one adds comes first.
    """
    merged = list(order)
    for names in fuller:
        place = 0
        for name in names:
            if name not in kept:
                continue
            if name in merged:
                place = merged.index(name) + 1
            else:
                merged.insert(place, name)
                place += 1
    return merged
