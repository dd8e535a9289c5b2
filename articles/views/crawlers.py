"""What crawlers are told of a story page, in its head and in headers that say the same."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from articles.syndication.data_mining import data_mining_of_story
from articles.syndication.robots import directives
from articles.views.furniture import site_identity


def told_to_crawlers(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What `articles/_robots.html` takes: `robots`, and `data_mining` by the names of its fields.

    Of the context of a story page: is_preview, facts, content, top_notice, notice. No query beyond the site's identity.
    """
    if context["is_preview"]:
        return {"robots": directives(noindex=True)}
    content, facts, top_notice = context["content"], context.get("facts"), context["top_notice"]
    retracted = top_notice is not None and top_notice.is_retraction
    closed = content.noindex or retracted or (facts is not None and facts.noindex)
    return {
        "robots": directives(noindex=closed, noarchive=content.noarchive),
        "data_mining": data_mining_of_story(context["notice"], site_identity(request)).fields,
    }


def tell_in_headers(response: HttpResponse, told: dict[str, Any]) -> None:
    """The same for crawlers that do not read the page (Google: X-Robots-Tag; TDM Reservation Protocol)."""
    response.headers["X-Robots-Tag"] = told["robots"]
    for name, value in told.get("data_mining", {}).items():
        response.headers[name] = value
