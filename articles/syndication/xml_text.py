"""Text and moments as XML documents have them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from articles import moments

# XML 1.0 (Fifth Edition), 2.2: characters that no document holds, not even escaped.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def sayable(text: str) -> str:
    """`text` without the characters that no XML document holds."""
    return _FORBIDDEN.sub("", text)


def xml_text(text: str) -> str:
    """Plain text as the content of an element or of an attribute: escaped, without what XML forbids."""
    return escape(sayable(text), {'"': "&quot;"})


def w3c_datetime(moment: datetime) -> str:
    """An aware datetime in the newsroom's zone, with its offset, to the second (W3C Date and Time Formats)."""
    text = moments.local(moment).isoformat(timespec="seconds")
    # Before clocks had zones, offsets had seconds, which the format does not know.
    if len(text) > len("2026-03-02T09:00:00+08:00"):
        return moment.astimezone(UTC).isoformat(timespec="seconds")
    return text
