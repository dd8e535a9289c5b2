"""What a comparison gives back: plain values, ready to be shown. Nothing here is HTML.

Places count from 1. Every text that was compared can be had back from what is said about it: kept and deleted segments
are the old text, kept and added ones the new text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar


class Status(StrEnum):
    KEPT = "kept"
    ADDED = "added"
    DELETED = "deleted"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that was kept, added or deleted; never empty."""

    status: Status
    text: str


@dataclass(frozen=True, slots=True)
class TextDifference:
    """Two plain texts as one row of segments; a deletion stands before the addition that replaces it.

    `coarse` is True where the texts were too long and too different to be compared in detail: the segments are right,
    but larger than they would have to be.
    """

    segments: tuple[Segment, ...] = ()
    coarse: bool = False

    @property
    def old(self) -> str:
        return "".join(segment.text for segment in self.segments if segment.status is not Status.ADDED)

    @property
    def new(self) -> str:
        return "".join(segment.text for segment in self.segments if segment.status is not Status.DELETED)

    @property
    def changed(self) -> bool:
        return any(segment.status is not Status.KEPT for segment in self.segments)


@dataclass(frozen=True, slots=True)
class AddressChange:
    """Where `text` leads, before and after; "" for a text that was no link, or is none any more, or was not there."""

    text: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ComparedBlock:
    """A paragraph, heading, list item or table row: as it was, as it is, or both as one.

    `kind` is a value of blocks.Kind, `level` that of a heading or the depth of a list item (0 for other kinds), both
    of the new block where there is one; `old_kind` and `old_level` differ from them where a paragraph became a heading,
    say. `reformatted` holds the kept passages whose formatting (emphasis, language, kind of list …) is another one,
    and `addresses` the links and images that lead elsewhere. Of an added or deleted block it holds all of them.
    """

    status: Status
    kind: str
    level: int
    difference: TextDifference
    old_kind: str = ""
    old_level: int = 0
    reformatted: tuple[str, ...] = ()
    addresses: tuple[AddressChange, ...] = ()

    @property
    def became(self) -> bool:
        """Whether it is another kind of block now."""
        return bool(self.old_kind) and (self.old_kind, self.old_level) != (self.kind, self.level)


@dataclass(frozen=True, slots=True)
class ComparedText:
    """A field of plain text."""

    name: str
    difference: TextDifference
    shape: ClassVar[str] = "text"

    @property
    def changed(self) -> bool:
        return self.difference.changed


@dataclass(frozen=True, slots=True)
class ComparedRichText:
    """A field of rich text, block by block in reading order, deleted blocks where they stood.

    `reformatted` is True where the HTML differs in something no block shows, such as an empty column of a table.
    """

    name: str
    blocks: tuple[ComparedBlock, ...]
    reformatted: bool = False
    shape: ClassVar[str] = "rich_text"

    @property
    def changed(self) -> bool:
        return self.reformatted or any(block.status is not Status.KEPT for block in self.blocks)


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """One member of a list before and after: a subsection, a credit, a topic, a link. One of the two may be None.

    `moved` is True for the fewest members that explain the new order. `fields` are those of the member; the fields that
    say which member it is (ids and keys) are not among them.
    """

    old: Any
    new: Any
    old_place: int | None
    new_place: int | None
    moved: bool
    fields: tuple[ComparedField, ...]

    @property
    def status(self) -> Status:
        if self.old is None:
            return Status.ADDED
        if self.new is None:
            return Status.DELETED
        return Status.CHANGED if any(field.changed for field in self.fields) else Status.KEPT

    @property
    def changed(self) -> bool:
        return self.moved or self.status is not Status.KEPT


@dataclass(frozen=True, slots=True)
class ComparedItems:
    """A list: its members in the new order, deleted ones after what they stood behind. Section and source are lists
    of one member or none.
    """

    name: str
    items: tuple[ComparedItem, ...]
    shape: ClassVar[str] = "items"

    @property
    def changed(self) -> bool:
        return any(item.changed for item in self.items)


ComparedField = ComparedText | ComparedRichText | ComparedItems


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every field of a story, in the order StoryContent has them."""

    fields: tuple[ComparedField, ...]

    @property
    def changes(self) -> tuple[ComparedField, ...]:
        """The fields that differ; empty when both contents say the same."""
        return tuple(field for field in self.fields if field.changed)

    def field(self, name: str) -> ComparedField:
        """The field of that name. Raises KeyError."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)
