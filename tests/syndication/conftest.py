"""A site with an address of its own, whose own words are English."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english_site(settings: Any) -> Any:
    settings.LANGUAGE_CODE = "en"
    settings.SITE_URL = "https://news.example.org"
    settings.SITE_NAME = "The Songling Paper"
    with translation.override("en"):
        yield
