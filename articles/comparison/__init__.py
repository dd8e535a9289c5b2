"""The readable difference of two versions of a story: two StoryContent values in, one Comparison out.

Rich text is compared as it is read, in blocks; Chinese by character and other scripts by word. Nothing of either
version is left out, so that whoever shows a Comparison shows both in full.
"""

from __future__ import annotations

from .items import has_own_key, pair_subsections
from .story import compare
from .text import compare_text
from .values import (
    AddressChange,
    ComparedBlock,
    ComparedField,
    ComparedItem,
    ComparedItems,
    ComparedRichText,
    ComparedText,
    Comparison,
    Segment,
    Status,
    TextDifference,
)

__all__ = [
    "AddressChange",
    "ComparedBlock",
    "ComparedField",
    "ComparedItem",
    "ComparedItems",
    "ComparedRichText",
    "ComparedText",
    "Comparison",
    "Segment",
    "Status",
    "TextDifference",
    "compare",
    "compare_text",
    "has_own_key",
    "pair_subsections",
]
