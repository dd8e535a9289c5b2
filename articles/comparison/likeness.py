"""How alike two texts are, and which members of two rows belong together for that."""

from __future__ import annotations

from collections.abc import Sequence

# Below this, two paragraphs have no more in common than any two texts of a language.
ALIKE = 0.35
# A longer text is known by so many pairs of characters, the same ones on both sides.
LARGEST_SKETCH = 400
# Two rows with more pairs of members are not searched for likeness.
MOST_PAIRS = 40_000


def sketch(text: str) -> frozenset[str]:
    """What a text is recognised by: its pairs of neighbouring characters, blanks aside."""
    dense = "".join(text.split())
    pairs = {dense[place : place + 2] for place in range(max(1, len(dense) - 1))} - {""}
    return frozenset(pairs if len(pairs) <= LARGEST_SKETCH else sorted(pairs)[:LARGEST_SKETCH])


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0, nothing in common, to 1, the same (Sørensen-Dice coefficient of two sketches)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def alike_in_order(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of indexes of texts that are alike, ascending on both sides, with as much likeness in all as can be."""
    if len(old) * len(new) > MOST_PAIRS:
        return []
    ours, theirs = [sketch(text) for text in old], [sketch(text) for text in new]
    # best[i][j]: the likeness of the best pairs among the first i and the first j.
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = {}
    for i, mine in enumerate(ours, start=1):
        for j, yours in enumerate(theirs, start=1):
            value = likeness(mine, yours)
            best[i][j] = max(best[i - 1][j], best[i][j - 1])
            if value >= ALIKE:
                alike[i, j] = value
                best[i][j] = max(best[i][j], best[i - 1][j - 1] + value)
    pairs = []
    i, j = len(old), len(new)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def alike_anywhere(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of indexes of texts that are alike, in any order, the most alike first; no index twice."""
    if len(old) * len(new) > MOST_PAIRS:
        return []
    ours, theirs = [sketch(text) for text in old], [sketch(text) for text in new]
    values = [(likeness(mine, yours), i, j) for i, mine in enumerate(ours) for j, yours in enumerate(theirs)]
    pairs: list[tuple[int, int]] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for value, i, j in sorted(values, key=lambda found: (-found[0], found[1], found[2])):
        if value >= ALIKE and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((i, j))
    return pairs
