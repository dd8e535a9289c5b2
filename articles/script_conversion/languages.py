"""Which languages become traditional characters, and what is said of the result."""

from __future__ import annotations

# As BCP 47 has it, and as Open Graph has it, which knows languages of places only.
TRADITIONAL = "zh-Hant"
TRADITIONAL_LOCALE = "zh_TW"


def is_convertible(tag: str) -> bool:
    """Whether text in the language `tag` (BCP 47) is Chinese and not in traditional characters already."""
    language, *subtags = tag.lower().split("-")
    return language == "zh" and not {"hant", "tw", "hk", "mo"} & set(subtags)


def is_half_converted(text: str, furniture: str) -> bool:
    """Whether a page is in traditional characters once its furniture is converted, for its text is so already.

    Both are language codes of Django. Each part of the page is marked as what it is.
    """
    return (text, furniture) == ("zh-hant", "zh-hans")
