"""Addresses for Chinese headlines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .characters import HAN
from .folding import to_simplified

FALLBACK = "story"

_RUN = re.compile(rf"(?P<han>[{HAN}]+)|(?P<word>[^\W_{HAN}]+)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_NOT_ASCII_ALNUM = re.compile("[^a-z0-9]+")
# Letters that are no base letter with an accent, so that Unicode decomposition leaves them as they are.
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})


def _ascii(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS)).casefold()
    return _NOT_ASCII_ALNUM.sub("", decomposed)


def _parts(headline: str) -> Iterator[str]:
    # Importing pypinyin loads its dictionaries (some 200 ms), which no page view needs.
    from pypinyin import lazy_pinyin

    text = unicodedata.normalize("NFKC", headline)
    # Composed accents would split a word at its combining marks if NFKC left any: drop those that remain.
    text = "".join(character for character in text if not unicodedata.combining(character))
    for run in _RUN.finditer(_THOUSANDS.sub("", text)):
        if run.lastgroup == "han":
            # Simplified first: the phrases that tell 重庆 (chong) from 重要 (zhong) are listed so.
            yield from map(_ascii, lazy_pinyin(to_simplified(run.group()), errors="ignore"))
        else:
            yield _ascii(run.group())


def slug_for(headline: str, max_length: int = 80) -> str:
    """An address for the headline: pinyin without tones, a hyphen between syllables and words, only [a-z0-9-].

    Latin words and numbers stay, lower-case and without accents. It has at most max_length characters and ends with a
    whole syllable or word; a first word longer than that is cut. Where nothing can be written in ASCII (Arabic, emoji,
    an empty headline) it is "story". Raises ValueError for a max_length below 1.
    """
    if max_length < 1:
        raise ValueError(f"A slug needs room for one character at least, not {max_length}.")
    kept: list[str] = []
    length = 0
    # Where a headline is longer than any, its beginning is enough; this keeps a 5 MB "headline" from costing seconds.
    for part in filter(None, _parts(headline[: max(max_length * 10, 1000)])):
        length += len(part) + bool(kept)
        if length > max_length:
            return "-".join(kept) or part[:max_length]
        kept.append(part)
    return "-".join(kept) or FALLBACK[:max_length]
