"""What language a text is in, by its characters."""

from __future__ import annotations

import re

from .characters import HAN

_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile("[A-Za-z]")


def is_chinese(text: str) -> bool:
    """Whether a text has a Han character: Chinese quotes English words, and English hardly ever Chinese ones."""
    return _HAN.search(text) is not None


def language_of_text(text: str, *likely: str) -> str:
    """The language of a text of which nobody said it, as a code of Django; "" for one of figures and signs alone.

    Han characters are Chinese, and any other text with Latin letters is English. Which Chinese says the first code of
    `likely` that is Chinese; simplified where none is.
    """
    if is_chinese(text):
        return next((code for code in likely if code.startswith("zh")), "zh-hans")
    return "en" if _LATIN.search(text) else ""
