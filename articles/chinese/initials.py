"""Initials: the first letters of the pinyin of a text, as people type them to find a headline (slx for 松岭县)."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise, product

from .characters import is_han
from .folding import to_simplified

# Readings of one character beyond these are rare, and only make wrong answers likelier.
MOST_READINGS = 3

# What is typed as initials: letters and digits without a blank. One letter says too little to look for.
_TYPED = re.compile("[a-z0-9]{2,40}")
_PLAIN = re.compile("[a-z0-9]")


@functools.lru_cache(maxsize=8192)
def initials_of(character: str) -> str:
    """The letters that a character's readings begin with, the commonest first; letters and digits give themselves.

    "" for what has none, such as punctuation.
    """
    if _PLAIN.fullmatch(character):
        return character
    if not is_han(character):
        return ""
    # Importing pypinyin loads its dictionaries (some 200 ms), which no page view needs.
    from pypinyin import Style, pinyin

    known = pinyin(character, style=Style.FIRST_LETTER, heteronym=True, errors="ignore")
    letters = (letter for group in known for letter in group if _PLAIN.fullmatch(letter))
    return "".join(dict.fromkeys(letters))[:MOST_READINGS]


def initials(text: str) -> str:
    """The initials of a text, one place for each character with the letters it may begin with: "松岭县" is ",s,l,x,".

    Punctuation and blanks have no place, so that nobody has to remember them. "" for a text without any.
    """
    folded = to_simplified(unicodedata.normalize("NFKC", text).casefold())
    places = [letters for character in folded if (letters := initials_of(character))]
    return f",{','.join(places)}," if places else ""


def initial_pairs(places: Iterable[str]) -> list[str]:
    """Each pair of letters that may stand side by side in one of `places` (texts as `initials` makes them), once."""
    found: dict[str, None] = {}
    for text in places:
        for first, second in pairwise(text.strip(",").split(",")):
            found.update((f"{one}{two}", None) for one, two in product(first, second))
    return list(found)


def typed_initials(word: str) -> str:
    """What a word of a query asks for as initials, in small letters; "" where it cannot be any."""
    folded = unicodedata.normalize("NFKC", word).casefold()
    return folded if _TYPED.fullmatch(folded) else ""


def initials_pattern(typed: str) -> str:
    """The regular expression that finds `typed` among what `initials` makes; letters and digits only come into it."""
    return "," + ",".join(f"[a-z0-9]*{letter}[a-z0-9]*" for letter in typed) + ","
