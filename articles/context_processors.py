"""What every public template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from articles.views.furniture import footer_pages, from_root, logos_of, site_identity, stylesheet_of, top_sections
from articles.views.structured_data import publisher_of


def site(request: HttpRequest) -> dict[str, Any]:
    """The site, its sections and its pages (each read only when a template shows it), the language of the page."""
    return {
        "site": SimpleLazyObject(lambda: site_identity(request)),
        "site_url": settings.SITE_URL,
        "logos": SimpleLazyObject(lambda: logos_of(request)),
        "navigation": SimpleLazyObject(lambda: top_sections(request)),
        "footer_pages": SimpleLazyObject(lambda: footer_pages(request)),
        "stylesheet_url": SimpleLazyObject(lambda: from_root("articles:stylesheet", stylesheet_of(request).digest)),
        "publisher": SimpleLazyObject(lambda: publisher_of(request)),
        "page_language": settings.LANGUAGE_CODE,
        "canonical_url": "",
    }
