"""What two rows of things have in common, in order; fast on any rows, and honest where it had to give up."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

# Pairs of equal members up to which two stretches are compared exactly. Two Chinese texts of 2,000 characters have
# about as many; a text that repeats one character 300 times has more.
MOST_PAIRS = 20_000
# Longer rows are not looked into where they differ.
MOST_MEMBERS = 200_000
# In longer stretches, phrases of so many members that occur once on each side say what belongs together.
PHRASES = (6, 3)
_DEEPEST = 8


class Run(NamedTuple):
    """`length` members from `old` on are those from `new` on."""

    old: int
    new: int
    length: int


class Alignment(NamedTuple):
    """The runs in order, never touching on both sides; `coarse` if some stretch was too long to be looked into."""

    runs: list[Run]
    coarse: bool


class _Stretch(NamedTuple):
    old: int
    old_end: int
    new: int
    new_end: int
    depth: int = 0


def align(old: Sequence[Hashable], new: Sequence[Hashable], blank: Callable[[str], bool] | None = None) -> Alignment:
    """The runs that `old` and `new` share. Members for which `blank` is true never make a run alone inside others."""
    found: list[Run] = []
    coarse = False
    waiting = [_Stretch(0, len(old), 0, len(new))]
    while waiting:
        stretch = _without_equal_ends(old, new, waiting.pop(), found)
        a, a_end, b, b_end, depth = stretch
        if a == a_end or b == b_end:
            continue
        if _pairs(old[a:a_end], new[b:b_end], blank) <= MOST_PAIRS:
            matcher = SequenceMatcher(blank, old[a:a_end], new[b:b_end], autojunk=False)
            found += [Run(a + i, b + j, length) for i, j, length in matcher.get_matching_blocks() if length]
        elif anchors := _anchors(old, new, stretch):
            for i, j in [*anchors, (a_end, b_end)]:
                waiting.append(_Stretch(a, i, b, j, depth + 1))
                a, b = i, j
        else:
            coarse = True
    return Alignment(_joined(sorted(found)), coarse)


def _without_equal_ends(old: Sequence, new: Sequence, stretch: _Stretch, found: list[Run]) -> _Stretch:
    """The stretch without what is the same at its start and end, which goes to `found`."""
    a, a_end, b, b_end, depth = stretch
    while a < a_end and b < b_end and old[a] == new[b]:
        a, b = a + 1, b + 1
    if a > stretch.old:
        found.append(Run(stretch.old, stretch.new, a - stretch.old))
    while a < a_end and b < b_end and old[a_end - 1] == new[b_end - 1]:
        a_end, b_end = a_end - 1, b_end - 1
    if a_end < stretch.old_end:
        found.append(Run(a_end, b_end, stretch.old_end - a_end))
    return _Stretch(a, a_end, b, b_end, depth)


def _pairs(old: Sequence, new: Sequence, blank: Callable[[str], bool] | None) -> int:
    """How many pairs of equal members there are: the work of an exact comparison."""
    ours, theirs = Counter(old), Counter(new)
    return sum(
        count * ours[member] for member, count in theirs.items() if member in ours and not (blank and blank(member))
    )


def _anchors(old: Sequence, new: Sequence, stretch: _Stretch) -> list[tuple[int, int]]:
    """Places (old, new) of phrases that occur once on each side, as many as stand in the same order on both."""
    a, a_end, b, b_end, depth = stretch
    if depth == _DEEPEST or max(a_end - a, b_end - b) > MOST_MEMBERS:
        return []
    for size in PHRASES:
        ours, theirs = _once(old, a, a_end, size), _once(new, b, b_end, size)
        pairs = sorted((place, theirs[phrase]) for phrase, place in ours.items() if phrase in theirs)
        # None is at both starts, where the first members differ: so each makes what remains smaller.
        kept = [pairs[index] for index in increasing([place for _, place in pairs])]
        if kept:
            return kept
    return []


def _once(members: Sequence, start: int, end: int, size: int) -> dict[tuple, int]:
    """The phrases that occur once between start and end, with their places."""
    places: dict[tuple, int] = {}
    for place in range(start, end - size + 1):
        phrase = tuple(members[place : place + size])
        places[phrase] = -1 if phrase in places else place
    return {phrase: place for phrase, place in places.items() if place >= 0}


def _joined(runs: list[Run]) -> list[Run]:
    """Runs that touch on both sides as one."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and last.old + last.length == run.old and last.new + last.length == run.new:
            joined[-1] = Run(last.old, last.new, last.length + run.length)
        else:
            joined.append(run)
    return joined


def increasing(numbers: Sequence[int]) -> list[int]:
    """The indexes of a longest strictly increasing subsequence of `numbers`, ascending."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(tails, number)
        before.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(number)
            ends.append(index)
        else:
            tails[length], ends[length] = number, index
    chosen = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chosen.append(index)
        index = before[index]
    return chosen[::-1]
