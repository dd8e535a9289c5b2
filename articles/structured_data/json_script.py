"""Values as JSON inside a script element: nothing in them can end the element or begin another."""

from __future__ import annotations

import json
from typing import Any

# A script element ends at "</script", and "<!--" with "<script" changes how it is read (HTML, 4.12.1.3). The line
# separators end a line for JavaScript, and the ampersand a text for XML. Inside a JSON string all of them may be
# written as escapes (RFC 8259, section 7), and outside of strings none of them occurs.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


class ScriptJson(str):
    """JSON that `json_script` wrote. Django prints it unescaped (through `__html__`)."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def json_script(value: Any) -> ScriptJson:
    """`value` (dicts, lists, texts, numbers, True, False, None) as the content of a script element of data.

    Reading the element's text as JSON gives an equal value back. Lone surrogates, which no page can be sent with, are
    written as escapes. Raises TypeError for what JSON does not know, ValueError for NaN and infinities.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).translate(_ESCAPES)
    return ScriptJson("".join(f"\\u{ord(char):04x}" if "\ud800" <= char <= "\udfff" else char for char in text))
