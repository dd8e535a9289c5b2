"""Punctuation as Chinese typesetting wants it: not doubled, full-width beside Chinese, and in pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from articles.chinese import is_han, widen_punctuation
from articles.content import StoryContent
from articles.preflight.facts import Facts
from articles.preflight.findings import Problem
from articles.preflight.places import excerpt, plain_texts

# The same mark twice, or two that each end a clause. ？！ and ！？ are usage; …… and —— are one mark.
_DOUBLED = re.compile(r"([，。、；：！？])\1+|[，。、；：][，。、；：]+")

_PARTNERS = {"“": "”", "《": "》", "〈": "〉", "「": "」", "『": "』", "【": "】", "（": "）", "(": ")"}
_OPENING = {closing: opening for opening, closing in _PARTNERS.items()}
# A parenthesis opened full-width and closed half-width has its partner: its width is another check's business.
_SAME = str.maketrans("()", "（）")
_PAIRED = re.compile("[“”《》〈〉「」『』【】（）]")
# 1）first, （2）second: a number at the beginning, or after a mark or blank, is closed without having been opened.
_NUMBERED = re.compile(r"(?:^|[\s，。；：、])[0-9a-zA-Z一二三四五六七八九十]{1,3}$")


def _is_chinese(content: StoryContent) -> bool:
    return content.language.startswith("zh")


def punctuation_is_not_doubled(content: StoryContent, facts: Facts) -> Iterator[Problem]:
    for place, text in plain_texts(content):
        if found := _DOUBLED.search(text):
            words = _("Doubled punctuation: {excerpt}")
            yield Problem(place, format_lazy(words, excerpt=excerpt(text, *found.span())))


def punctuation_is_full_width(content: StoryContent, facts: Facts) -> Iterator[Problem]:
    """Only of stories in Chinese: an English one may name a Chinese word."""
    for place, text in plain_texts(content) if _is_chinese(content) else ():
        spots = sorted({*_narrow_marks(text), *_narrow_quotes(text)})
        if spots:
            words = _("Half-width punctuation beside Chinese characters, {count} in all, first: {excerpt}")
            yield Problem(place, format_lazy(words, count=len(spots), excerpt=excerpt(text, spots[0], spots[0] + 1)))


def _narrow_marks(text: str) -> Iterator[int]:
    """Where `widen_punctuation` would put another mark."""
    wide, count = widen_punctuation(text)
    place = 0
    for character in wide if count else ():
        # A blank that goes with the mark before it is the only thing that is left out.
        if text[place] == " " != character:
            place += 1
        if text[place] != character:
            yield place
        place += 1


def _narrow_quotes(text: str) -> Iterator[int]:
    for found in re.finditer('"', text):
        place = found.start()
        if is_han(text[place - 1 : place]) or is_han(text[place + 1 : place + 2]):
            yield place


def punctuation_is_balanced(content: StoryContent, facts: Facts) -> Iterator[Problem]:
    for place, text in plain_texts(content):
        spot = _first_without_partner(text.translate(_SAME))
        if spot is not None:
            words = _("{mark} has no partner: {excerpt}")
            yield Problem(place, format_lazy(words, mark=text[spot], excerpt=excerpt(text, spot, spot + 1)))


def _first_without_partner(text: str) -> int | None:
    """The index of the first mark that is not closed, or not opened, in its paragraph; None when all are paired.

    A quotation of several paragraphs opens in each and closes in the last.
    """
    start = 0
    lines = text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        opened: list[int] = []
        for found in _PAIRED.finditer(line):
            mark, place = found.group(), found.start()
            if mark in _PARTNERS:
                opened.append(place)
            elif opened and line[opened[-1]] == _OPENING[mark]:
                opened.pop()
            elif not (mark == "）" and _NUMBERED.search(line, max(0, place - 4), place)):
                return start + (opened[-1] if opened else place)
        if opened and not (line[opened[0]] == "“" and len(opened) == 1 and following.startswith("“")):
            return start + opened[0]
        start += len(line) + 1
    return None
