"""Public pages in English, read on a Monday."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import MONDAY


@pytest.fixture(autouse=True)
def english_site(settings: Any, reading_at: Any) -> None:
    """The site's own words in English, and the clock an hour after `MONDAY` unless a test sets it."""
    settings.LANGUAGE_CODE = "en"
    settings.SITE_URL = "https://news.example.org"
    reading_at(MONDAY.replace(hour=2))
