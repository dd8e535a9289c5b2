"""Which characters count as Chinese: ranges for regular expressions, and the questions asked about one character."""

from __future__ import annotations

import re

# Ideographs with all extensions and compatibility forms, and the marks that stand for one: 々 (again) and 〇 (zero).
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f\U00030000-\U000323af"

# Scripts of the same kind in which each character is counted and read one by one.
KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31ff"

# Marks of Chinese typesetting: the CJK block (without the blank U+3000), vertical and small forms, full-width ASCII
# marks, and the quotes, dashes, dots and ellipses which Unicode shares with Latin.
CJK_PUNCTUATION = (
    "\u3001-\u3004\u3006\u3008-\u3020\u3030-\u303f\ufe10-\ufe19\ufe30-\ufe6f"
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\u2014\u2015\u2018-\u201f\u2026\u2027\u00b7"
)

_HAN = re.compile(f"[{HAN}]")


def is_han(character: str) -> bool:
    """True for one Han character; False for anything else, an empty string included."""
    return _HAN.fullmatch(character) is not None
