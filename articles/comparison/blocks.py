"""Rich text as the blocks a reader sees: text with its formatting, without tags.

Takes CleanHtml only: a cleaner has closed and nested every tag.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser

# Stands for an image in the text of its block, before the text alternative of the image.
IMAGE = "\ufffc"
# Stands between the cells of a table row.
CELL_END = "\t"
# Formatting nested deeper than this is not told apart.
DEEPEST = 40


class Kind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    ROW = "row"
    CAPTION = "caption"
    PREFORMATTED = "preformatted"
    RULE = "rule"


_KINDS = {
    **dict.fromkeys(("h2", "h3", "h4", "dt", "summary"), Kind.HEADING),
    **dict.fromkeys(("li", "dd"), Kind.ITEM),
    **dict.fromkeys(("figcaption", "caption"), Kind.CAPTION),
    "blockquote": Kind.QUOTE,
    "tr": Kind.ROW,
    "pre": Kind.PREFORMATTED,
}
_BLOCKS = frozenset(_KINDS) | frozenset("p div aside details figure table ul ol dl thead tbody tfoot".split())
_LISTS = frozenset(("ul", "ol", "dl"))
_CELLS = frozenset(("td", "th"))
_VOID = frozenset(("br", "wbr", "img", "hr", "col"))
# They say where text stands, not how it looks; what they are is in the kind of the block.
_UNMARKED = frozenset("p h2 h3 h4 li ul tr tbody table caption figcaption pre a".split())
_BLANKS = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one formatting. `marks` are the tags around it with their attributes, `address` is that of its link, or
    of the image.
    """

    text: str
    marks: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table row …; `level` is that of a heading, or the depth of a list item."""

    kind: Kind
    level: int
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def characters(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """(marks, address) of each character of the text."""
        for piece in self.pieces:
            yield from [(piece.marks, piece.address)] * len(piece.text)


def blocks(html: str) -> tuple[Block, ...]:
    """The blocks of rich text in reading order. Blocks without text are left out, but for rules.

    White space is as on the page: a line end in a block is one that shows. A ruby annotation stands in brackets after
    its base. Never raises.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return tuple(reader.blocks)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.stack: list[tuple[str, str]] = []  # each open tag, and the same with its attributes
        self.open: Counter[str] = Counter()
        self.links: list[str] = []
        self.row_has_cells = False
        self.pieces: list[Piece] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "br":
            self.add("\n", blank=True)
        elif tag == "img":
            self.add(IMAGE + values.get("alt", ""), address=values.get("src", ""))
        elif tag == "hr":
            self.end_block()
            self.blocks.append(Block(Kind.RULE, 0, ()))
        elif tag in _CELLS:
            if self.row_has_cells:
                self.add(CELL_END, blank=True)
            self.row_has_cells = True
        elif tag in _BLOCKS:
            self.start_or_end(tag)
        elif tag == "a":
            self.links.append(values.pop("href", ""))
            values.pop("rel", None)
        if tag not in _VOID:
            self.stack.append((tag, " ".join([tag, *(f"{name}={values[name]}" for name in sorted(values))])))
            self.open[tag] += 1
        if tag == "rt":
            self.add("(")

    def handle_endtag(self, tag: str) -> None:
        if not self.open[tag]:
            return
        if tag == "rt":
            self.add(")")
        elif tag == "a":
            self.links.pop()
        elif tag in _BLOCKS:
            self.start_or_end(tag)
        while self.stack:
            closed, _ = self.stack.pop()
            self.open[closed] -= 1
            if closed == tag:
                break

    def handle_data(self, data: str) -> None:
        # The brackets of a ruby annotation are added for every one, whether they are in the source or not.
        if not self.open["rp"]:
            preformatted = self.open["pre"] > 0
            self.add(data if preformatted else _BLANKS.sub(" ", data), preformatted=preformatted)

    def start_or_end(self, tag: str) -> None:
        """A block begins or ends; inside a table cell it is only a line of that."""
        if tag != "tr" and (self.open["td"] or self.open["th"]):
            self.add("\n", blank=True)
        else:
            self.row_has_cells = False
            self.end_block()

    def add(self, text: str, *, address: str = "", blank: bool = False, preformatted: bool = False) -> None:
        last = self.pieces[-1] if self.pieces else Piece("")
        if blank:
            # Blanks before a line end do not show, nor do several line ends of nested blocks in a cell.
            if text == "\n" and last.text.endswith((CELL_END, "\n")) and (self.open["td"] or self.open["th"]):
                return
        elif not preformatted and last.text[-1:] in ("", " ", "\n", CELL_END):
            text = text.lstrip(" ")
        if text:
            marks = sorted({mark for tag, mark in self.stack[:DEEPEST] if mark not in _UNMARKED})
            link = self.links[-1] if self.links else ""
            self.pieces.append(Piece(text, tuple(marks), address or link))

    def end_block(self) -> None:
        pieces, self.pieces = _trimmed(self.pieces), []
        if not pieces:
            return
        kind, level = Kind.PARAGRAPH, 0
        for tag, _ in self.stack[-DEEPEST:]:
            if tag in _KINDS and kind is not Kind.ROW:
                kind = _KINDS[tag]
                level = int(tag[1]) if tag in ("h2", "h3", "h4") else 0
        if kind is Kind.ITEM:
            level = sum(self.open[tag] for tag in _LISTS)
        self.blocks.append(Block(kind, level, pieces))


def _trimmed(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Pieces without blanks at both ends, neighbours of one formatting as one."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and (last.marks, last.address) == (piece.marks, piece.address) and not piece.text.startswith(IMAGE):
            joined[-1] = Piece(last.text + piece.text, last.marks, last.address)
        else:
            joined.append(piece)
    while joined and not (text := joined[0].text.lstrip(" \n\r\f")):
        del joined[0]
    if joined:
        joined[0] = Piece(text, joined[0].marks, joined[0].address)
    while joined and not (text := joined[-1].text.rstrip(" \n\r\f")):
        del joined[-1]
    if joined:
        joined[-1] = Piece(text, joined[-1].marks, joined[-1].address)
    return tuple(joined)
