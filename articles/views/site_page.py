"""A simple page of the site: about, contact, imprint."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from articles.chinese import shortened
from articles.html import CleanHtml, clean, plain_text
from articles.models import SitePage
from articles.views.furniture import content_language, furniture_language
from articles.views.page_facts import PageFacts

_HEADING = re.compile(r"<(/?)h([2-4])\b")

# Characters that search engines show of a description.
_DESCRIPTION = 120


@require_safe
def site_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The page in its own language. Raises Http404 for one that readers do not have at `request.at`."""
    page = SitePage.objects.public(request.at).filter(slug=slug).first()
    if page is None:
        # Drafts, pages to come and unknown ones answer alike.
        raise Http404
    description = shortened(plain_text(page.body), _DESCRIPTION)
    context = {
        "page": page,
        "body": _text(page),
        "page_language": furniture_language(page.language),
        "facts": PageFacts(title=page.title, description=description, address=page.get_absolute_url()),
    }
    # Its furniture speaks the language of the page where the site has that language.
    with translation.override(context["page_language"]):
        response = render(request, "articles/site_page.html", context)
        response.headers["Content-Language"] = content_language(page.language)
    return response


def _text(page: SitePage) -> CleanHtml:
    # Cleaned when it was stored, by the field; a row that another tool wrote is cleaned here.
    return _in_outline(clean(page.body))


def _in_outline(text: CleanHtml) -> CleanHtml:
    """The text with headings that follow the page's own: from <h2> on, and none that leaves a level out.

    The editor begins with <h3>, because stories have their subsections above it.
    """
    levels = sorted({level for _slash, level in _HEADING.findall(text)})
    last = 1

    def in_order(tag: re.Match[str]) -> str:
        nonlocal last
        if not tag[1]:
            last = min(levels.index(tag[2]) + 2, last + 1)
        return f"<{tag[1]}h{last}"

    return CleanHtml(_HEADING.sub(in_order, text))
