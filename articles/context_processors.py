"""What every public template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from articles.views.navigation import top_sections


def site(request: HttpRequest) -> dict[str, Any]:
    """Name and address of the site, its sections (read only when a template shows them), the language of the page."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "navigation": SimpleLazyObject(lambda: top_sections(request)),
        "page_language": settings.LANGUAGE_CODE,
        "canonical_url": "",
    }
