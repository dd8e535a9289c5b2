"""Sitemaps for search engines."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    raise Http404


@require_safe
def sitemap_stories(request: HttpRequest, number: str) -> HttpResponse:
    raise Http404


@require_safe
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    raise Http404


@require_safe
def sitemap_news(request: HttpRequest) -> HttpResponse:
    raise Http404
