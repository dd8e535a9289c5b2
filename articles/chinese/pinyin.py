"""Readings of Han characters: what they are, and what converters left of them in a text."""

from __future__ import annotations

import functools
import re
import unicodedata

from .characters import HAN
from .folding import to_simplified

# a, e, i, o, u and ü with the four tone marks, and the syllabic nasals; breves, as careless typists write the third.
TONED_LETTERS = "āáǎàăēéěèĕīíǐìĭōóǒòŏūúǔùŭǖǘǚǜńňǹḿ"
SYLLABLE_LETTERS = f"a-züɡ{TONED_LETTERS}\u0300\u0301\u0304\u0306\u0308\u030c"

# The longest syllable (zhuang) has six letters; its tone mark may be a character of its own, and ü may hold two.
_SYLLABLE_LENGTH = "{1,8}"
_LEFT_PINYIN = re.compile(rf"(?P<han>[{HAN}])[(（](?P<syllable>[{SYLLABLE_LETTERS}]{_SYLLABLE_LENGTH})[)）]")
_TONES = re.compile("[\u0300\u0301\u0304\u030c]")
# A breve for the third tone, v for ü, and the phonetic g are typed instead of the proper letters.
_SPELLINGS = str.maketrans({"\u0306": "\u030c", "v": "u\u0308", "ɡ": "g"})
_TONE_OF_MARK = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}

# 一 and 不 are said in the second or fourth tone before certain others, and annotated so.
_SANDHI = {"一": {2, 4}, "不": {2}}


def split_tone(syllable: str) -> tuple[str, int]:
    """A syllable as (letters without tone mark, tone 1-4 or 0 for none): "dòng" gives ("dong", 4)."""
    decomposed = unicodedata.normalize("NFD", syllable).translate(_SPELLINGS)
    tone = next((_TONE_OF_MARK[mark] for mark in decomposed if mark in _TONE_OF_MARK), 0)
    return unicodedata.normalize("NFC", _TONES.sub("", decomposed)), tone


@functools.lru_cache(maxsize=8192)
def readings(character: str) -> frozenset[tuple[str, int]]:
    """Every reading of one Han character as (letters, tone); empty where none is known."""
    # Importing pypinyin loads its dictionaries (some 200 ms), which no page view needs.
    from pypinyin import Style, pinyin

    known = pinyin(character, style=Style.TONE, heteronym=True, errors="ignore")
    return frozenset(split_tone(reading) for group in known for reading in group)


@functools.lru_cache(maxsize=4096)
def reading_order(name: str) -> tuple[list[str], str]:
    """A key that sorts names by how they are read: 何 (he) before 吴 (wu) before 卓 (zhuo), Latin ones among them.

    Syllable by syllable, tone by tone; names that sound the same stay apart. Never raises.
    """
    from pypinyin import Style, lazy_pinyin

    # Simplified first: the phrases that tell 重庆 (chong) from 重要 (zhong) are listed so.
    read = lazy_pinyin(to_simplified(name), style=Style.TONE3, neutral_tone_with_five=True)
    return [part.casefold() for part in read], name


def is_reading(character: str, syllable: str) -> bool:
    """Whether the syllable is a reading of the Han character.

    A syllable with a tone mark has to be a reading in that tone, or what tone sandhi makes of one: a third tone said
    as a second, and 一 and 不 in the tones they take. A syllable without a mark is the neutral tone, or carelessness:
    its letters decide.
    """
    letters, tone = split_tone(syllable)
    tones = {known_tone for known_letters, known_tone in readings(character) if known_letters == letters}
    if tone == 0 or not tones:
        return bool(tones)
    return tone in tones or (tone == 2 and 3 in tones) or tone in _SANDHI.get(character, ())


def remove_left_pinyin(text: str) -> tuple[str, int]:
    """The text without the pinyin that converters leave behind, and how often it was removed: 動(dòng) becomes 動.

    Only one lower-case syllable in parentheses, half- or full-width, that is a reading of the Han character before it.
    Genuine parentheses stay: 北京(Beijing), 中国(CCTV), 高原(北京). Never raises.
    """
    count = 0

    def clean(match: re.Match[str]) -> str:
        nonlocal count
        if not is_reading(match["han"], match["syllable"]):
            return match.group()
        count += 1
        return match["han"]

    return _LEFT_PINYIN.sub(clean, text), count
