"""The difference of two rich texts: block beside block, then the text inside each pair, never the HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from .alignment import Run, align
from .blocks import Block, blocks
from .likeness import alike_in_order
from .text import compare_text
from .values import AddressChange, ComparedBlock, ComparedRichText, Segment, Status, TextDifference

_Pair = tuple[Block | None, Block | None]


def compare_rich_text(name: str, old: str, new: str) -> ComparedRichText:
    """The blocks of both texts, each once. Both texts have passed `html.clean`."""
    compared = tuple(_compared(before, after) for before, after in _paired(blocks(old), blocks(new)))
    unseen = old != new and all(block.status is Status.KEPT for block in compared)
    return ComparedRichText(name, compared, reformatted=unseen)


def _paired(old: Sequence[Block], new: Sequence[Block]) -> Iterator[_Pair]:
    """Which block became which: the same text first, then, between two of those, the most alike."""
    # Blocks of equal text belong together whatever their formatting.
    runs = align([block.text for block in old], [block.text for block in new]).runs
    for before, after in pairwise([Run(0, 0, 0), *runs, Run(len(old), len(new), 0)]):
        start, new_start = before.old, before.new
        yield from zip(old[start : start + before.length], new[new_start : new_start + before.length], strict=True)
        yield from _alike(
            old[start + before.length : after.old],
            new[new_start + before.length : after.new],
        )


def _alike(old: Sequence[Block], new: Sequence[Block]) -> Iterator[_Pair]:
    """Pairs of blocks none of which has the text of another; what has no other half alone."""
    pairs = alike_in_order([block.text for block in old], [block.text for block in new])
    a = b = 0
    for i, j in [*pairs, (len(old), len(new))]:
        # A single block in the same place is what the old one became, even if it was written anew.
        if i - a == j - b == 1 and old[a].kind == new[b].kind:
            yield old[a], new[b]
        else:
            yield from ((block, None) for block in old[a:i])
            yield from ((None, block) for block in new[b:j])
        if i < len(old) and j < len(new):
            yield old[i], new[j]
        a, b = i + 1, j + 1


def _compared(old: Block | None, new: Block | None) -> ComparedBlock:
    if old is None or new is None:
        block, status = (new, Status.ADDED) if old is None else (old, Status.DELETED)
        text = block.text
        addresses = [(text_of, *_sides(status, address)) for text_of, address in _links(block)]
        return ComparedBlock(
            status,
            block.kind,
            block.level,
            TextDifference((Segment(status, text),) if text else ()),
            addresses=tuple(AddressChange(*change) for change in addresses),
        )
    difference = compare_text(old.text, new.text)
    reformatted, addresses = ((), ()) if old == new else _formatting(old, new, difference)
    became = (old.kind, old.level) != (new.kind, new.level)
    if became and reformatted == (new.text,):
        # That it is another kind of block says it all.
        reformatted = ()
    changed = difference.changed or reformatted or addresses or became
    return ComparedBlock(
        Status.CHANGED if changed else Status.KEPT,
        new.kind,
        new.level,
        difference,
        old.kind,
        old.level,
        reformatted,
        addresses,
    )


def _sides(status: Status, address: str) -> tuple[str, str]:
    return ("", address) if status is Status.ADDED else (address, "")


def _links(block: Block) -> list[tuple[str, str]]:
    """(text, address) of each link and image of a block."""
    grouped = groupby(block.pieces, key=lambda piece: piece.address)
    return [("".join(piece.text for piece in pieces), address) for address, pieces in grouped if address]


def _formatting(
    old: Block, new: Block, difference: TextDifference
) -> tuple[tuple[str, ...], tuple[AddressChange, ...]]:
    """What was kept and looks different now, and what leads elsewhere now."""
    ours, theirs = list(old.characters()), list(new.characters())
    reformatted: list[str] = []
    changes: list[AddressChange] = []
    a = b = 0
    for segment in difference.segments:
        length = len(segment.text)
        match segment.status:
            case Status.KEPT:
                both = list(zip(segment.text, ours[a : a + length], theirs[b : b + length], strict=True))
                reformatted += [text for text, differs in _passages(both, _marks_differ) if differs]
                changes += [AddressChange(text, *sides) for text, sides in _passages(both, _addresses) if any(sides)]
                a, b = a + length, b + length
            case Status.DELETED:
                changes += _one_sided(segment, ours[a : a + length])
                a += length
            case _:
                changes += _one_sided(segment, theirs[b : b + length])
                b += length
    return tuple(text for text in reformatted if text.strip()), _without_same(changes)


def _marks_differ(mine: tuple, yours: tuple) -> bool:
    return mine[0] != yours[0]


def _addresses(mine: tuple, yours: tuple) -> tuple[str, str]:
    return ("", "") if mine[1] == yours[1] else (mine[1], yours[1])


def _passages(both: list, key) -> Iterator[tuple[str, object]]:
    """(text, value) of each longest passage whose characters have the same `key(mine, yours)`."""
    for value, group in groupby(both, key=lambda found: key(found[1], found[2])):
        yield "".join(character for character, _, _ in group), value


def _one_sided(segment: Segment, characters: list) -> Iterator[AddressChange]:
    """The links in added or deleted text."""
    for address, group in groupby(zip(segment.text, characters, strict=True), key=lambda found: found[1][1]):
        if address:
            yield AddressChange("".join(character for character, _ in group), *_sides(segment.status, address))


def _without_same(changes: list[AddressChange]) -> tuple[AddressChange, ...]:
    """The changes without links that were only worded anew: the same address before and after."""
    left = Counter(change.old for change in changes if not change.new)
    both = left & Counter(change.new for change in changes if not change.old)
    spare = {"old": Counter(both), "new": Counter(both)}
    kept = []
    for change in changes:
        side = "new" if not change.old else "old"
        address = change.new or change.old
        if not (change.old and change.new) and spare[side][address] > 0:
            spare[side][address] -= 1
        else:
            kept.append(change)
    return tuple(kept)
