"""What every import format gives back: plain values, and the one error.

`why`, `kind` and `code` are words for programs; WHY_DAMAGED, KINDS_OF_REPAIR and UNREADABLE hold what they say in
English, ready for translation by the caller.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


def gettext_noop(text: str) -> str:
    """Marks `text` for the catalogue by the name that makemessages knows, without Django."""
    return text


WHY_DAMAGED = {
    "lost_bytes": gettext_noop(
        "A converter lost a byte here; the characters up to the end of this place are not the original ones."
    ),
    "wrong_pinyin": gettext_noop(
        "The pinyin is no reading of the character before it: one of the two is not the original one."
    ),
    "replacement_character": gettext_noop("A character that could not be read was replaced here (U+FFFD)."),
    "private_use": gettext_noop(
        "This character has no agreed meaning (private use area): it shows as a box or not at all."
    ),
    "control_character": gettext_noop("An invisible control character stands here."),
    "wrong_encoding": gettext_noop("This was read with the wrong encoding once, and stored so."),
}

KINDS_OF_REPAIR = {
    "left_pinyin": gettext_noop("Left-behind pinyin removed"),
    "punctuation": gettext_noop("Half-width punctuation made full-width"),
    "indent": gettext_noop("Blanks around paragraphs removed"),
    "simplified": gettext_noop("Traditional characters made simplified"),
}

UNREADABLE = {
    "empty": gettext_noop("The file is empty."),
    "too_large": gettext_noop("The file has %(size)d bytes; at most %(limit)d can be read."),
    "binary": gettext_noop("The file is not text (%(kind)s)."),
    "truncated": gettext_noop(
        "The file is truncated: in line %(line)d, at byte %(byte)d, it ends in the middle of a character "
        "(%(encoding)s)."
    ),
    "invalid_bytes": gettext_noop("Line %(line)d is not valid %(encoding)s: it breaks off at byte %(byte)d."),
    "unclear_encoding": gettext_noop(
        "The encoding of the file cannot be told for certain. Save it as UTF-8, or name its encoding."
    ),
    "unknown_encoding": gettext_noop("The encoding %(encoding)s is not known. Known are: %(known)s."),
    "wrong_encoding": gettext_noop("The file is not %(encoding)s: read so, it makes no sense."),
    "no_headline": gettext_noop("The file does not begin with a headline."),
    "headline_too_long": gettext_noop("The first line has %(length)d characters; a headline has at most %(limit)d."),
}


class UnreadableFile(ValueError):
    """A file that cannot be read without guessing. `code` is a key of UNREADABLE, `params` fill its message."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(UNREADABLE[code] % params)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Damage:
    """A place that cannot be repaired without guessing; `text` is there as it was, in the file and in what was read.

    Line and column count from 1, the column in characters of the decoded line before any repair. `why` is a key of
    WHY_DAMAGED.
    """

    line: int
    column: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Repair:
    """How often one kind of repair (a key of KINDS_OF_REPAIR) was made; never 0."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class ReadSubsection:
    """A part of the story; `figures` is the second line of a two-line heading, empty where there is none."""

    heading: str
    figures: str = ""
    paragraphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadRelated:
    """A related story: its headline, and a teaser without the [详细] it ended in."""

    headline: str
    teaser: str = ""


@dataclass(frozen=True, slots=True)
class ReadNotice:
    """A copyright notice: its text, the sources it says it is for, and the holder (empty where it names none)."""

    text: str
    source_names: tuple[str, ...] = ()
    holder: str = ""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as read. All text is plain; one string is one paragraph. `encoding` is the one the file had."""

    headline: str
    opening: tuple[str, ...] = ()
    subsections: tuple[ReadSubsection, ...] = ()
    notice: ReadNotice | None = None
    related: tuple[ReadRelated, ...] = ()
    headlines: tuple[str, ...] = ()
    damages: tuple[Damage, ...] = ()
    repairs: tuple[Repair, ...] = ()
    encoding: str = field(default="utf-8", kw_only=True)


class ImportFormat(Protocol):
    """What each member of FORMATS is."""

    name: str

    def read(self, raw: bytes, *, simplified: bool = False, encoding: str | None = None) -> ReadPage:
        """The page the bytes hold. Raises UnreadableFile, and nothing else, for whatever bytes."""
        ...
