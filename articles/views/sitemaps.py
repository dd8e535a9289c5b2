"""Sitemaps for search engines, as things are at `request.at`. Their addresses are those of the site itself, always."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.syndication import sitemap
from articles.syndication.listed_pages import listed_pages
from articles.syndication.sitemap import Sitemap
from articles.views.conditional import conditional
from articles.views.furniture import site_identity
from articles.views.time_machine import script_prefix


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    with script_prefix("/"):
        return _answer(request, sitemap.index(request.at, listed_pages(request.at)))


@require_safe
def sitemap_stories(request: HttpRequest, number: str) -> HttpResponse:
    """File `number`. Raises Http404 for one without a story, and for a number written in another way."""
    if number != str(int(number)):
        raise Http404
    with script_prefix("/"):
        found = sitemap.stories(int(number), request.at)
    if found is None:
        raise Http404
    return _answer(request, found)


@require_safe
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    with script_prefix("/"):
        return _answer(request, sitemap.of_pages(listed_pages(request.at)))


@require_safe
def sitemap_news(request: HttpRequest) -> HttpResponse:
    with script_prefix("/"):
        return _answer(request, sitemap.news(request.at, site_identity(request)))


def _answer(request: HttpRequest, found: Sitemap) -> HttpResponse:
    return conditional(request, found.text, "application/xml; charset=utf-8", changed_at=found.changed_at)
