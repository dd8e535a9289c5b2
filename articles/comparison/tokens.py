"""A text as the smallest pieces a reader sees change: characters of Chinese, Japanese and Korean, words of the rest."""

from __future__ import annotations

import re

from ..chinese.characters import HAN, KANA

_HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
# Accents and vowel signs that are drawn on the letter before them: the scripts of Europe and Asia that have them.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0e31-\u0e3a"
    "\u0e47-\u0e4e\u0f18\u0f19\u0f35-\u0f39\u0f71-\u0f84\u0f86\u0f87\u0f8d-\u0fbc\u180b-\u180d\u20d0-\u20ff"
)
# What changes the look of the character before it, and may never stand alone: marks, variation selectors, skin tones.
_TAIL = f"[{_MARKS}\u200c\ufe00-\ufe0f\u3099\u309a\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef]*"
_LETTER = rf"(?:[^\W\d_{HAN}{KANA}{_HANGUL}]{_TAIL})"
_MAGNITUDES = "千百十万萬亿億"
_UNITS = "年月日号號时時点點分秒元角岁歲度米里吨噸斤克升倍人次个個件座趟名位户戶家届屆天周週期章页頁亩畝"
_NUMBER = rf"\d+(?:[.,:/]\d+)*(?:{_LETTER}+|[{_MAGNITUDES}]*[%％‰℃°{_UNITS}]|[{_MAGNITUDES}]+)?"
_WORD = rf"{_LETTER}(?:{_LETTER}|\d)*(?:['’.\-](?:{_LETTER}|\d)+)*"
_BLANK = r"[^\S\n\t]+"
# A family or a flag is several characters joined by U+200D.
_SINGLE = rf"(?s:.){_TAIL}(?:\u200d(?s:.){_TAIL})*"
_TOKEN = re.compile(f"{_NUMBER}|{_WORD}|{_BLANK}|{_SINGLE}")


def tokens(text: str) -> list[str]:
    """The pieces of `text`, which joined are `text` again.

    A Han character, kana, Hangul syllable or mark of punctuation is a piece of its own; so is a word of another script,
    a number with its decimals and unit (3.5%, 1.4万件, 90座), and a run of blanks; a line end and a tab each.
    """
    return _TOKEN.findall(text)
