"""How long a Chinese text is: in 字 and in minutes."""

from __future__ import annotations

import re
import unicodedata

from .characters import CJK_PUNCTUATION, HAN, KANA

# Silent reading of Chinese is measured between 300 and 500 characters a minute, depending on reader and text; 400 is
# the middle. 220 is the usual figure for English news. With some two characters to a word, both say the same.
CHARACTERS_PER_MINUTE = 400
WORDS_PER_MINUTE = 220

_ALNUM = rf"[^\W_{HAN}{KANA}]"
# 3.5, 2,000, 12:30, e-mail and don't are one word each: a mark between two letters or digits does not end it.
_WORD = rf"{_ALNUM}+(?:(?:['’.\-]|(?<=\d)[,:/](?=\d)){_ALNUM}+)*"
_SINGLE = f"[{HAN}{KANA}{CJK_PUNCTUATION}]"
_TOKEN = re.compile(f"(?P<word>{_WORD})|(?P<single>{_SINGLE})")


def _count(text: str) -> tuple[int, int]:
    """(characters counted one by one, words of letters or digits) of a plain text."""
    words = singles = 0
    # Composed first, or the accent of a decomposed é would cut its word in two.
    for token in _TOKEN.finditer(unicodedata.normalize("NFC", text)):
        if token.lastgroup == "word":
            words += 1
        else:
            singles += 1
    return singles, words


def count_characters(text: str) -> int:
    """字数 of a plain text (no markup), as Chinese editors count.

    Each Han character, kana and Chinese punctuation mark counts 1, so …… and —— count 2; each run of other letters or
    digits counts 1, with single marks inside it (3.5, 2,000, 12:30, e-mail, don't). White space, half-width punctuation
    between words, other symbols and emoji count 0. Never raises.
    """
    return sum(_count(text))


def reading_minutes(text: str) -> int:
    """Whole minutes to read a plain text, rounded to the nearest, at least 1.

    400 字 or 220 Latin words a minute; for a mixed text the two times add up. Never raises.
    """
    singles, words = _count(text)
    minutes = singles / CHARACTERS_PER_MINUTE + words / WORDS_PER_MINUTE
    return max(1, int(minutes + 0.5))
