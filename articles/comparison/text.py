"""The difference of two plain texts, as a reader would mark it: few stretches that make sense, no confetti."""

from __future__ import annotations

from collections.abc import Sequence

from .alignment import Alignment, Run, align
from .tokens import tokens
from .values import Segment, Status, TextDifference

# Kept letters or characters up to which a stretch between two changes is taken into them.
SMALLEST_ISLAND = 1
# Where less than one in so many characters is kept, the text was written anew.
LEAST_KEPT = 5
# How far an addition or deletion may be pushed along equal text to begin and end where a sentence does.
_FURTHEST = 60

_SENTENCE_ENDS = frozenset("。！？!?；;\n…")
_PAUSES = frozenset("，,、：:”’）)》」』】.")
_OPENINGS = frozenset("“‘（(《「『【")


def compare_text(old: str, new: str) -> TextDifference:
    """The segments that turn `old` into `new`: by character for Chinese, Japanese and Korean, by word for the rest."""
    if old == new:
        return TextDifference((Segment(Status.KEPT, old),) if old else ())
    ours, theirs = tokens(old), tokens(new)
    found: Alignment = align(ours, theirs, str.isspace)
    runs = _readable(found.runs, ours, theirs)
    return TextDifference(_segments(runs, ours, theirs), found.coarse)


def _segments(runs: Sequence[Run], old: list[str], new: list[str]) -> tuple[Segment, ...]:
    segments = []
    a = b = 0
    for run in [*runs, Run(len(old), len(new), 0)]:
        pieces = (
            (Status.DELETED, old[a : run.old]),
            (Status.ADDED, new[b : run.new]),
            (Status.KEPT, old[run.old : run.old + run.length]),
        )
        segments += [Segment(status, "".join(piece)) for status, piece in pieces if piece]
        a, b = run.old + run.length, run.new + run.length
    return tuple(segments)


def _readable(runs: list[Run], old: list[str], new: list[str]) -> list[Run]:
    """The runs worth keeping apart from the changes around them, each change at its most natural place."""
    ours, theirs = _weights(old), _weights(new)
    kept = _without_islands(runs, ours, theirs)
    weight = sum(ours[run.old + run.length] - ours[run.old] for run in kept)
    if weight * LEAST_KEPT < max(ours[-1], theirs[-1]):
        return []
    return _settled(kept, old, new)


def _weights(pieces: list[str]) -> list[int]:
    """How many letters, digits and characters stand before each place; blanks and punctuation have no weight."""
    sums = [0]
    for piece in pieces:
        sums.append(sums[-1] + sum(character.isalnum() for character in piece))
    return sums


def _without_islands(runs: list[Run], ours: list[int], theirs: list[int]) -> list[Run]:
    """The runs without those between two changes that are smaller than both: taken for chance, not for kept text."""
    end = Run(len(ours) - 1, len(theirs) - 1, 0)
    kept: list[Run] = []
    for run in [*runs, end]:
        # A change that grew may now be larger than what was kept before it.
        while kept and _is_island(kept[-2] if len(kept) > 1 else Run(0, 0, 0), kept[-1], run, ours, theirs):
            kept.pop()
        kept.append(run)
    return kept[:-1]


def _is_island(before: Run, run: Run, after: Run, ours: list[int], theirs: list[int]) -> bool:
    """Whether `run` is better read as part of the changes on both sides of it."""
    at_start = run.old == run.new == 0
    at_end = (run.old + run.length, run.new + run.length) == (len(ours) - 1, len(theirs) - 1)
    if at_start or at_end:
        return False
    deleted = [ours[right.old] - ours[left.old + left.length] for left, right in ((before, run), (run, after))]
    added = [theirs[right.new] - theirs[left.new + left.length] for left, right in ((before, run), (run, after))]
    weight = ours[run.old + run.length] - ours[run.old]
    # Two additions with nothing deleted are clear as they are, however short the text between them.
    replaced = any(deleted) and any(added)
    around = min(max(deleted[0], added[0]), max(deleted[1], added[1])) if replaced else 0
    return weight <= SMALLEST_ISLAND or weight < around


def _settled(runs: list[Run], old: list[str], new: list[str]) -> list[Run]:
    """The runs with each lone addition or deletion between them pushed to the nearest end of a sentence or phrase."""
    settled = list(runs)
    for index in range(len(settled) - 1):
        before, after = settled[index], settled[index + 1]
        a, b = before.old + before.length, before.new + before.length
        if a == after.old:
            pieces, start, end = new, b, after.new
        elif b == after.new:
            pieces, start, end = old, a, after.old
        else:
            continue
        # Neither run may be used up.
        step = _best_step(pieces, start, end, min(before.length - 1, _FURTHEST), min(after.length - 1, _FURTHEST))
        settled[index] = before._replace(length=before.length + step)
        settled[index + 1] = Run(after.old + step, after.new + step, after.length - step)
    return settled


def _best_step(pieces: list[str], start: int, end: int, back: int, forth: int) -> int:
    """By how many pieces to push pieces[start:end] so that its text stays right and its edges fall best."""
    best, best_score = 0, _edge(pieces, start) + _edge(pieces, end)
    for direction, limit in ((-1, back), (1, forth)):
        for distance in range(1, limit + 1):
            step = direction * distance
            first, last = (start + step, end + step) if direction < 0 else (start + step - 1, end + step - 1)
            if pieces[first] != pieces[last]:
                break
            score = _edge(pieces, start + step) + _edge(pieces, end + step)
            if score > best_score:
                best, best_score = step, score
    return best


def _edge(pieces: list[str], place: int) -> int:
    """How natural it is for a change to begin or end before the piece at `place`."""
    if place == 0 or place == len(pieces) or pieces[place - 1] in _SENTENCE_ENDS:
        return 4
    if pieces[place - 1] in _PAUSES and pieces[place] not in _SENTENCE_ENDS | _PAUSES:
        return 3
    if pieces[place] in _OPENINGS:
        return 2
    return 1 if pieces[place - 1].isspace() else 0
