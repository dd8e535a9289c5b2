"""Foreign formats: bytes in, values out. A new format is one file here and one word in FORMATS."""

from __future__ import annotations

from .page_text import PAGE_TEXT
from .values import ImportFormat

FORMATS: tuple[ImportFormat, ...] = (PAGE_TEXT,)


def format_named(name: str) -> ImportFormat:
    """The format of that name. Raises LookupError, which lists the names there are."""
    for known in FORMATS:
        if known.name == name:
            return known
    raise LookupError(f"No import format is named {name!r}. There are: {', '.join(known.name for known in FORMATS)}.")
