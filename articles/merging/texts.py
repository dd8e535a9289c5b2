"""Rich text merged block by block: two people may work on different paragraphs of one text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from articles.html import CleanHtml, clean

_BLOCKS = frozenset("p h2 h3 h4 blockquote pre ul ol dl figure table hr div aside details".split())
_INSIDE_BLOCKS = "li|dt|dd|figcaption|caption|thead|tbody|tfoot|tr|th|td|summary"
_VOID = frozenset("br hr img col wbr".split())
# As the cleaner writes them: names in lower case, attributes in double quotes.
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*+)(?:[^<>"]|"[^"]*+")*+>')
_INDENTATION = re.compile(rf"\s*+(</?(?:{'|'.join(sorted(_BLOCKS))}|{_INSIDE_BLOCKS})\b[^<>]*+>)\s*+")
# Comparing blocks takes time that grows with the square of their number; no story comes near.
_MOST_BLOCKS = 500


def blocks(html: str) -> list[str]:
    """The outermost blocks of cleaned HTML, in order, without the space between them."""
    found, start, depth = [], 0, 0
    for tag in _TAG.finditer(html):
        closes, name = bool(tag[1]), tag[2]
        if depth == 0 and name in _BLOCKS and not closes:
            found.append(html[start : tag.start()])
            start = tag.start()
        if name not in _VOID:
            depth = max(0, depth - 1) if closes else depth + 1
        if depth == 0 and name in _BLOCKS:
            found.append(html[start : tag.end()])
            start = tag.end()
    found.append(html[start:])
    return [block.strip() for block in found if block.strip()]


def block_key(block: str) -> str:
    """Equal for blocks that only differ in how their source is indented, which editors in browsers change unasked."""
    return block if "<pre" in block else _INDENTATION.sub(r"\1", block)


def text_key(html: str) -> tuple[str, ...]:
    """Equal for rich texts that read the same, whatever the white space between their blocks."""
    return tuple(block_key(block) for block in blocks(html))


def merge_texts(base: str, theirs: str, mine: str) -> CleanHtml | None:
    """The text with the changes of both, where they changed different blocks; None where they did not."""
    merged = _merge(*map(blocks, (base, theirs, mine)), keep_both=False)
    return None if merged is None else _joined(merged)


def both_texts(base: str, theirs: str, mine: str) -> CleanHtml:
    """The text with the changes of both; where they changed the same blocks, theirs come first."""
    return _joined(_merge(*map(blocks, (base, theirs, mine)), keep_both=True) or [])


def _joined(parts: Sequence[str]) -> CleanHtml:
    return clean("\n".join(parts))


@dataclass(frozen=True)
class _Change:
    """Blocks `start` to `end` of the base gave way to `new`."""

    start: int
    end: int
    new: tuple[str, ...]
    by_me: bool

    @property
    def keys(self) -> tuple[int, int, tuple[str, ...]]:
        return self.start, self.end, tuple(map(block_key, self.new))


def _changes(base: Sequence[str], other: Sequence[str], *, by_me: bool) -> Iterator[_Change]:
    matcher = SequenceMatcher(None, [block_key(block) for block in base], [block_key(block) for block in other], False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind != "equal":
            yield _Change(start, end, tuple(other[new_start:new_end]), by_me)


def _groups(changes: Sequence[_Change]) -> Iterator[list[_Change]]:
    """Changes, in order, with those that touch the same blocks or are put in at the same point in one group."""
    group: list[_Change] = []
    reach = 0
    for change in changes:
        same_point = group and change.start == change.end == group[-1].start == group[-1].end
        if group and not same_point and change.start >= reach:
            yield group
            group = []
        reach = max(reach, change.end) if group else change.end
        group.append(change)
    if group:
        yield group


def _merge(base: list[str], theirs: list[str], mine: list[str], *, keep_both: bool) -> list[str] | None:
    if max(len(base), len(theirs), len(mine)) > _MOST_BLOCKS:
        return [*theirs, *mine] if keep_both else None
    changes = [*_changes(base, theirs, by_me=False), *_changes(base, mine, by_me=True)]
    merged: list[str] = []
    done = 0
    for group in _groups(sorted(changes, key=lambda change: (change.start, change.end, change.by_me))):
        merged += base[done : group[0].start]
        done = max(change.end for change in group)
        if len({change.keys for change in group}) == 1:
            merged += group[0].new
        elif keep_both:
            merged += _one_after_the_other(group)
        else:
            return None
    merged += base[done:]
    return merged if keep_both or _counts_fit(merged, base, theirs, mine) else None


def _one_after_the_other(group: Sequence[_Change]) -> list[str]:
    their_blocks = [block for change in group if not change.by_me for block in change.new]
    known = set(map(block_key, their_blocks))
    my_blocks = [block for change in group if change.by_me for block in change.new]
    return [*their_blocks, *(block for block in my_blocks if block_key(block) not in known)]


def _counts_fit(merged: list[str], *texts: list[str]) -> bool:
    """False where a block that both moved came out twice, or not at all."""
    counted = Counter(map(block_key, merged))
    counts = [Counter(map(block_key, text)) for text in texts]
    keys = set(counted).union(*counts)
    return all(min(each[key] for each in counts) <= counted[key] <= max(each[key] for each in counts) for key in keys)
