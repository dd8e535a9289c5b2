"""Quotation marks as readers of traditional characters expect them: “ ” are 「 」 and ‘ ’ are 『 』."""

from __future__ import annotations

import re

from articles.chinese.characters import HAN

_CORNERS = {"“": "「", "”": "」", "‘": "『", "’": "』"}
_OPENING = {"”": "“", "’": "‘"}
_MARK = re.compile("[“”‘’]")
# don’t, O’Brien, 1990’s: no closing mark.
_APOSTROPHE = re.compile("(?<=[0-9A-Za-zÀ-ɏ])’(?=[A-Za-zÀ-ɏ])")
# What a quotation in Chinese begins or ends with, dashes and dots among it.
_CHINESE = re.compile(f"[{HAN}\u2014\u2026\u3001-\u3003\u3008-\u301b\uff01-\uff5e]")
_HAN = re.compile(f"[{HAN}]")


def with_corner_brackets(text: str) -> str:
    """The text with corner brackets for its quotation marks, one character for one; everything else stays.

    A pair changes wherever it stands in Chinese text, around English words as well. A mark without its other half (a
    paragraph that goes on quoting, an excerpt) changes where the quoted side of it is Chinese; 27” and ’90s stay. So
    does a text without a Chinese character. Never raises.
    """
    if not _MARK.search(text) or not _HAN.search(text):
        return text
    apostrophes = {found.start() for found in _APOSTROPHE.finditer(text)}
    places = [found.start() for found in _MARK.finditer(text) if found.start() not in apostrophes]
    paired = _paired(text, places)
    characters = list(text)
    for place in places:
        quoted = place - 1 if text[place] in _OPENING else place + 1
        if place in paired or (0 <= quoted < len(text) and _CHINESE.match(text, quoted)):
            characters[place] = _CORNERS[text[place]]
    return "".join(characters)


def _paired(text: str, places: list[int]) -> set[int]:
    """Those of the marks at `places` that have their other half; one opened inside a pair and not closed has none."""
    paired: set[int] = set()
    opened: list[int] = []
    waiting = {"“": 0, "‘": 0}
    for place in places:
        opening = _OPENING.get(text[place])
        if opening is None:
            opened.append(place)
            waiting[text[place]] += 1
        elif waiting[opening]:
            while text[before := opened.pop()] != opening:
                waiting[text[before]] -= 1
            waiting[opening] -= 1
            paired |= {before, place}
    return paired
