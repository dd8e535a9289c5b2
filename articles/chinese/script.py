"""Characters of one script as those of the other, by OpenCC."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

# OpenCC refuses lone surrogates, and its text ends at a NUL.
_NOT_CONVERTED = re.compile("([\0\ud800-\udfff]+)")


@functools.cache
def _converter(configuration: str) -> Callable[[str], str]:
    # Loading the dictionaries costs some 20 to 80 ms, so it happens once and only where it is needed.
    import opencc

    return opencc.OpenCC(configuration).convert


def converted(text: str, configuration: str) -> str:
    """The text as OpenCC's configuration (t2s, s2tw …) has it. Everything that is not Chinese stays. Never raises."""
    if text.isascii():
        return text
    convert = _converter(configuration)
    pieces = _NOT_CONVERTED.split(text)
    # Every second piece is what separates: re.split with a group keeps what it splits at.
    return "".join(piece if index % 2 else convert(piece) for index, piece in enumerate(pieces))
