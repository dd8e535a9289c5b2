"""The formats there are, each found by its name."""

from __future__ import annotations

import pytest

from articles.import_formats import FORMATS, PAGE_TEXT, format_named


def test_format_named_known():
    """Each format is found by its own name."""
    assert [format_named(known.name) for known in FORMATS] == list(FORMATS)
    assert format_named("page_text") is PAGE_TEXT


def test_format_named_unknown():
    """An unknown name is refused with the names there are."""
    with pytest.raises(LookupError, match=r"page_txt.*page_text"):
        format_named("page_txt")
