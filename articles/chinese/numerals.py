"""Numbers written in Chinese numerals."""

from __future__ import annotations

DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
GREAT_UNITS = {"万": 10**4, "亿": 10**8}
NUMERALS = "".join([*DIGITS, *UNITS, *GREAT_UNITS])

_TRADITIONAL = str.maketrans("兩萬億", "两万亿")
# Digits that can be read one by one; a longer row of them is no number anybody writes.
_LONGEST = 18


def numeral_value(numeral: str) -> int | None:
    """The whole number that Chinese numerals write: 29058 for 二万九千零五十八, 250 for 二百五, 2026 for 二〇二六.

    None for what is no well-formed number: 十四五, 万, 三三, an empty string. Never raises.
    """
    text = numeral.translate(_TRADITIONAL)
    if len(text) > 1 and all(character in DIGITS for character in text):
        # Read digit by digit; without a zero it is a name (三三, 九一八) as often as a number.
        is_number = "〇" in text and len(text) <= _LONGEST
        return int("".join(str(DIGITS[character]) for character in text)) if is_number else None
    total = part = 0
    digit: int | None = None
    last_unit, last_great = 10**4, 10**16
    said_zero = False
    for character in text:
        if character in DIGITS:
            if digit:
                return None
            digit, said_zero = DIGITS[character], said_zero or DIGITS[character] == 0
        elif unit := UNITS.get(character):
            if unit >= last_unit or (not digit and unit != 10):
                return None
            # 十 alone is ten, 零五十 is fifty.
            part, digit, last_unit, said_zero = part + (digit or 1) * unit, None, unit, False
        elif great := GREAT_UNITS.get(character):
            part += digit or 0
            if character == "亿" and not part and total and last_great == 10**4:
                part, total = total, 0  # 万亿
            elif not part or great >= last_great:
                return None
            total, part, digit = total + part * great, 0, None
            last_unit, last_great, said_zero = 10**4, great, False
        else:
            return None
    if digit and not said_zero:
        # 二百五 is 250 and 三万五 is 35000: the digit counts what comes next below the unit before it.
        before = last_unit if part else last_great if total else 10
        digit *= before // 10
    return total + part + (digit or 0) if text else None
