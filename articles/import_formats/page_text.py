"""A news page copied as plain text: headline, opening, subsections, copyright notice, related stories, headline list.

The lines of such a file carry no marks of their own; what they are follows from their shape and order:

    headline
    opening paragraphs
    heading                     a short line without closing punctuation; the figures line may be missing
    figures line                another one
    paragraphs …
    版权声明:…“来源:某某网”…版权归某某公司。
    -                           separators, alone in a line or after [详细]
    related headline
    teaser …[详细] -
    - headline                  the headline list

Every part but the headline may be missing. No line is dropped except separators: what fits nowhere is a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ..chinese import remove_left_pinyin, strip_indent, to_simplified, widen_punctuation
from .damage import find_damage
from .decoding import decode
from .page_parts import SEPARATOR, can_be_headline, is_separator, read_parts
from .values import Damage, ReadPage, Repair, UnreadableFile

LONGEST_HEADLINE = 300

_LINE_END = re.compile("\r\n|\r|\n")
# Stands for a damaged place while the rest of its line is repaired. Private characters of the file are damage
# themselves, so this one cannot occur otherwise.
_MASK = "\ue000"


@dataclass
class _Reading:
    """What the repair of one line after the other adds up to."""

    simplified: bool
    damages: list[Damage]
    repairs: Counter[str]

    def clean(self, line: str, number: int) -> str:
        """The line with all that can be repaired, and its damaged places as they were."""
        spans = find_damage(line)
        masked: list[str] = []
        kept: list[str] = []
        position = 0
        for start, end, why in spans:
            kept.append(line[start:end])
            masked += (line[position:start], _MASK)
            position = end
            self.damages.append(Damage(number, start + 1, kept[-1], why))
        text = "".join(masked) + line[position:]
        text = self._repair(text)
        if not kept:
            return text
        pieces = text.split(_MASK)
        return pieces[0] + "".join(damaged + piece for damaged, piece in zip(kept, pieces[1:], strict=True))

    def _repair(self, text: str) -> str:
        text, indents = strip_indent(text)
        # A line of blanks is an empty line, no repaired paragraph.
        self.repairs["indent"] += indents if text else 0
        text, syllables = remove_left_pinyin(text)
        self.repairs["left_pinyin"] += syllables
        text, marks = widen_punctuation(text)
        self.repairs["punctuation"] += marks
        if self.simplified:
            before, text = text, to_simplified(text)
            self.repairs["simplified"] += sum(old != new for old, new in zip(before, text, strict=False))
        return text


class PageText:
    """The format: see the module."""

    name = "page_text"

    def read(self, raw: bytes, *, simplified: bool = False, encoding: str | None = None) -> ReadPage:
        """The page the bytes hold.

        `simplified` turns traditional characters into simplified ones; `encoding` (see decoding.ENCODINGS) is found if
        None. Repaired and counted are left-behind pinyin, half-width punctuation in Chinese text and indents. Damaged
        places are reported with line and column of the decoded original and stay in the text as they are. Raises
        UnreadableFile, and nothing else, for bytes that are no such page.
        """
        text, found_encoding = decode(raw, encoding)
        reading = _Reading(simplified, [], Counter())
        lines = [(number, reading.clean(line, number)) for number, line in enumerate(_LINE_END.split(text), start=1)]
        lines = [(number, SEPARATOR if is_separator(line) else line) for number, line in lines if line]
        if not lines:
            raise UnreadableFile("no_headline")
        (headline_number, headline), *rest = lines
        _refuse_unless_headline(headline, [damage for damage in reading.damages if damage.line == headline_number])
        parts = read_parts([line for _, line in rest])
        return ReadPage(
            headline=headline,
            opening=tuple(parts.opening),
            subsections=tuple(parts.subsections),
            notice=parts.notice,
            related=tuple(parts.related),
            headlines=tuple(parts.headlines),
            damages=tuple(reading.damages),
            repairs=tuple(Repair(kind, count) for kind, count in reading.repairs.items() if count),
            encoding=found_encoding,
        )


def _refuse_unless_headline(line: str, damages: list[Damage]) -> None:
    if len(line) > LONGEST_HEADLINE:
        raise UnreadableFile("headline_too_long", length=len(line), limit=LONGEST_HEADLINE)
    # A headline of which more than half is damaged is one that was decoded wrongly.
    damaged = sum(len(damage.text) for damage in damages)
    if not can_be_headline(line) or damaged * 2 > len(line):
        raise UnreadableFile("no_headline")


PAGE_TEXT = PageText()
