"""Punctuation and indents as Chinese typesetting wants them."""

from __future__ import annotations

import re

from .characters import CJK_PUNCTUATION, HAN, KANA

_WIDE = dict(zip(",:;?!()", "，：；？！（）", strict=True))
# Decisions are taken on the text with all these marks half-width. So the same text with some or all of them already
# widened gets the same decisions, and widening twice changes nothing.
_NARROW = str.maketrans("，：；？！（）", ",:;?!()")

_URL = re.compile(r"(?:https?|ftp)://[!-~]+|www\.[!-~]+", re.IGNORECASE)
_URL_CLOSERS = ",.:;!?"
_CANDIDATE = re.compile("[,:;?!().]")
_PAREN = re.compile("[()\n]")
_MARKS = re.compile("[,:;?!.]+")
_HAN = re.compile(f"[{HAN}{KANA}]")
# Quotes stand in Latin text as well, and so do dashes, dots and ellipses: they prove nothing about what surrounds them.
_CHINESE = re.compile(f"[{HAN}{KANA}{CJK_PUNCTUATION}]")
_NEUTRAL = frozenset("\u2014\u2015\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2026\u2027\u00b7")
_NUMERALS = frozenset("一二三四五六七八九十")
_CLOSING = frozenset("”’」』》")

# White space at the edge of a paragraph, with the invisible characters that editors paste along.
_EDGE = " \t\v\f\u00a0\u1680\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200C)))


def _url_places(text: str) -> set[int]:
    """Indexes of all characters that belong to an address; marks that close the sentence around it do not."""
    places: set[int] = set()
    for match in _URL.finditer(text):
        address = match.group()
        # A closing parenthesis belongs to the address if one was opened in it.
        closers = _URL_CLOSERS if "(" in address else _URL_CLOSERS + ")"
        places.update(range(match.start(), match.start() + len(address.rstrip(closers))))
    return places


def _is_chinese(narrow: str, place: int, chinese_parens: set[int]) -> bool:
    """Whether the character at this place shows that the text around it is Chinese."""
    if not 0 <= place < len(narrow):
        return False
    if place in chinese_parens:
        return True
    return narrow[place] not in _NEUTRAL and _CHINESE.match(narrow, place) is not None


def _parens_inside_chinese(narrow: str, protected: set[int]) -> set[int]:
    """Indexes of matched parentheses that stand in Chinese text; a parenthesis without its partner never does."""
    found: set[int] = set()
    opened: list[tuple[int, int]] = []
    han_before = [0]
    for character in narrow:
        han_before.append(han_before[-1] + (_HAN.match(character) is not None))
    for match in _PAREN.finditer(narrow):
        place = match.start()
        if place in protected:
            continue
        if match.group() == "\n":
            opened.clear()
        elif match.group() == "(":
            opened.append((place, han_before[place]))
        elif opened:
            start, han_so_far = opened.pop()
            holds_han = han_before[place] > han_so_far
            before, after = narrow[start - 1 : start], narrow[place + 1 : place + 2]
            # P(A|B)的 and f(x)是 are formulas although Chinese follows: a Latin letter before decides.
            if holds_han or _HAN.match(before) or (_HAN.match(after) and not before.isalnum()):
                found.update((start, place))
    return found


def _marks_inside_chinese(narrow: str, protected: set[int], parens: set[int]) -> set[int]:
    """Indexes of the , : ; ? ! to be widened. Marks in a row (?!) are decided together, by what stands around them."""
    found: set[int] = set()
    for match in _MARKS.finditer(narrow):
        start, end = match.span()
        while start < end and start in protected:
            start += 1
        if start == end or (match.group() in {":", ";"} and narrow[end : end + 1] == ")"):
            continue  # inside an address, or the smiley :)
        before = start - 1
        while before >= 0 and narrow[before] in "”’" and before > start - 4:
            before -= 1
        if _is_chinese(narrow, before, parens) or _is_chinese(narrow, end, parens):
            found.update(place for place in range(start, end) if narrow[place] != ".")
    return found


def _full_stops(narrow: str) -> set[int]:
    """Indexes of single "." that end a Chinese sentence for certain: after Han, before a blank, a quote or the end.

    Between Han characters it may be the dot in a name (比尔.盖茨), after a numeral that of a list number (一. 总则).
    """
    found = set()
    for match in _MARKS.finditer(narrow):
        before, after = narrow[match.start() - 1 : match.start()], narrow[match.end() : match.end() + 1]
        if match.group() != "." or not _HAN.match(before) or before in _NUMERALS:
            continue
        if not after or after.isspace() or after in _CLOSING:
            found.add(match.start())
    return found


def widen_punctuation(text: str) -> tuple[str, int]:
    """The text with , : ; ? ! ( ) full-width where they stand inside Chinese text, and how many marks changed.

    A mark is inside Chinese text if a Han character, a kana or Chinese punctuation is its neighbour; parentheses, if
    they hold Han characters or follow one. A "." becomes 。 only where it ends a sentence for certain. Numbers (2,000,
    12:30, 3.5), Latin text, formulas, addresses and a parenthesis without its partner in the same paragraph stay. One
    blank between a widened mark and a Han character goes with it. Doing it twice changes nothing more. Never raises.
    """
    if not _CANDIDATE.search(text):
        return text, 0
    narrow = text.translate(_NARROW)
    protected = _url_places(narrow)
    parens = _parens_inside_chinese(narrow, protected)
    marks = _marks_inside_chinese(narrow, protected, parens)
    stops = _full_stops(narrow)
    pieces: list[str] = []
    count = 0
    skipped = -1
    for place, character in enumerate(text):
        if place == skipped:
            continue
        wide = "。" if place in stops else _WIDE.get(character)
        if wide is None or not (place in parens or place in marks or place in stops):
            pieces.append(character)
            continue
        pieces.append(wide)
        count += 1
        if place not in parens and text[place + 1 : place + 2] == " " and _HAN.match(text, place + 2):
            skipped = place + 1
    return "".join(pieces), count


def strip_indent(text: str) -> tuple[str, int]:
    """The text without blanks (U+3000 too) at the start and end of each paragraph, and how many paragraphs changed.

    A paragraph is what stands between two line feeds; blanks inside it stay. Never raises.
    """
    paragraphs = text.split("\n")
    stripped = [paragraph.strip(_EDGE) for paragraph in paragraphs]
    changed = sum(before != after for before, after in zip(paragraphs, stripped, strict=True))
    return "\n".join(stripped), changed
