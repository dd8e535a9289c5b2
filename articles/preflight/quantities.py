"""The numbers of a text, whatever their script, width and unit: 2.4万, 24,000 and 两万四千 are one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from articles.chinese.numerals import DIGITS, NUMERALS, numeral_value

_WESTERN = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,24}(?:\.\d{1,24})?"
_MORE = "多余"
_UNITS = {
    "百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
    "thousand": 10**3, "million": 10**6, "billion": 10**9,
}  # fmt: skip
_ENGLISH = {
    word: value
    for value, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
}
_NUMBER = re.compile(
    rf"百分之(?:(?P<parts>{_WESTERN})|(?P<numeral_parts>[{NUMERALS}]+(?:点[{''.join(DIGITS)}]{{1,24}})?))"
    # 建成 and 成立 hold the same character as 三成, three tenths.
    rf"|(?P<tenths>[1-9一二两三四五六七八九])成(?P<hundredths>[半一二三四五六七八九])?(?![为立功员年长熟本都果分交绩了效型家])"
    rf"|(?P<western>{_WESTERN})(?:\s?[{_MORE}]?(?P<unit>万亿|[十百千]?万|[百千]?亿|[百千])"
    r"|\s(?P<word>thousand|million|billion)\b)?(?P<percent>\s?%|\spercent\b|\sper cent\b)?"
    rf"|(?P<numeral>[{NUMERALS}]+)(?:[{_MORE}](?P<great>[万亿]))?"
    rf"|\b(?P<english>{'|'.join(_ENGLISH)})\b",
    re.IGNORECASE,
)
_AROUND = 8
# The characters the rules below know, as traditional script writes them.
_SIMPLIFIED = str.maketrans("兩萬億餘點號時屆幾約過達", "两万亿余点号时届几约过达")
# What stands beside a number that counts nothing: dates, clock times, places in a row, offices, names such as 5G.
_NO_COUNT_AFTER = re.compile(r"\s?(?:[年月日号时点届大]|分(?![钟之])|:\d)|[A-Za-z]")
_NO_COUNT_BEFORE = re.compile(r"(?:第|[A-Za-z]-?|\d:|No\.\s?|[月初年])$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_MEASURE = re.compile("[人个名户亩元家辆架次套件株头只条座处项场万吨米公平箱台所间位多余]")
_ROUNDED_BEFORE = re.compile(r"(?:[近约]|(?:nearly|about|almost|some)\s)$", re.IGNORECASE)
_ROUNDED_AFTER = re.compile("[来几]")
_MORE_BEFORE = re.compile(r"(?:[逾超过达破上]|(?:over|than)\s)$", re.IGNORECASE)
# No number is rounded by more than this part of itself: 十万 may stand for 10.3万, and not for 5.
_ROUNDED_AT_MOST = Decimal("0.25")


@dataclass(frozen=True)
class Quantity:
    """A number as written, and its value: a share in percent, anything else in ones.

    Another value that differs from it by less than `rounding` is what it may stand for. Where it says that there are
    more (多, 余, 超过), `ceiling` is what it stays below. `counts` is the character after it, most often a measure
    word. `is_claim` says whether it counts something: dates, ordinals and names do not.
    """

    written: str
    value: Decimal
    rounding: Decimal = Decimal(0)
    ceiling: Decimal | None = None
    counts: str = ""
    is_share: bool = False
    is_bare: bool = False
    is_claim: bool = True


def quantities(text: str) -> Iterator[Quantity]:
    """The numbers in a plain text, in order. Never raises."""
    normal = unicodedata.normalize("NFKC", text)
    text = normal.translate(_SIMPLIFIED)
    for found in _NUMBER.finditer(text):
        read = _tenths(found) or _western(found) or _numeral(found)
        if read is None:
            continue
        value, rounding = read
        before, after = text[max(0, found.start() - _AROUND) : found.start()], text[found.end() : found.end() + 3]
        more_after = bool(after) and after[0] in _MORE
        says_more = more_after or found.group()[-2:-1] in set(_MORE) or _MORE_BEFORE.search(before)
        if _ROUNDED_BEFORE.search(before) or _ROUNDED_AFTER.match(after):
            rounding = max(rounding, _last_place(value))
        yield Quantity(
            written=normal[found.start() : found.end()].strip(),
            value=value,
            rounding=min(rounding, value * _ROUNDED_AT_MOST),
            ceiling=value + _last_place(value) if says_more else None,
            counts=(after[1:2] if more_after else after[:1]).strip(),
            is_share=bool(found["tenths"] or found["parts"] or found["numeral_parts"] or found["percent"]),
            is_bare=bool(found["western"] and not (found["unit"] or found["word"] or found["percent"])),
            is_claim=_is_claim(found, value, before, after),
        )


def _tenths(found: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """(value, rounding) of 三成, 三成半 and 三成六, in percent."""
    if not found["tenths"]:
        return None
    value, more = Decimal(_digit(found["tenths"]) * 10), found["hundredths"]
    return (value + DIGITS.get(more, 5), Decimal(5)) if more else (value, Decimal(10))


def _digit(character: str) -> int:
    return DIGITS[character] if character in DIGITS else int(character)


def _western(found: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """(value, rounding) of a number in Western digits.

    With a unit, a decimal point or as a share it is rounded at its last digit, and in full thousands at its last
    digit that is not zero; otherwise it is exact.
    """
    digits = found["western"] or found["parts"]
    if not digits:
        return None
    value = Decimal(digits.replace(",", ""))
    unit = _UNITS[(found["unit"] or found["word"] or "").lower()] if found["unit"] or found["word"] else 1
    last_digit = Decimal(1).scaleb(value.as_tuple().exponent)
    if unit > 1 or last_digit < 1 or found["percent"] or found["parts"]:
        return value * unit, last_digit * unit
    return value, _last_place(value) if value >= 1000 and value % 100 == 0 else Decimal(0)


def _numeral(found: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """(value, rounding) of a number in Chinese numerals or an English word; None where they write no number."""
    if found["english"]:
        return Decimal(_ENGLISH[found["english"].lower()]), Decimal(0)
    whole, _point, decimals = (found["numeral_parts"] or found["numeral"] or "").partition("点")
    number = numeral_value(whole)
    if number is None:
        return None
    value = Decimal(number) + Decimal("0." + "".join(str(DIGITS[character]) for character in decimals) + "0")
    value *= _UNITS[found["great"]] if found["great"] else 1
    return value, Decimal(1).scaleb(-len(decimals)) if decimals else _last_place(value)


def _last_place(value: Decimal) -> Decimal:
    """The place of the last digit that is not zero: 100 for 7800; 1 for zero."""
    return Decimal(1).scaleb(value.normalize().as_tuple().exponent) if value else Decimal(1)


def _is_claim(found: re.Match[str], value: Decimal, before: str, after: str) -> bool:
    if found["english"] or _NO_COUNT_BEFORE.search(before) or _NO_COUNT_AFTER.match(after):
        return False
    if _YEAR.fullmatch(found.group()) and not _MEASURE.match(after):
        return False
    # A lone numeral is part of a word as often as not: 一起, 四川, 十分.
    return not found["numeral"] or (value > 10 and len(found.group()) > 1)
