"""Feeds: of the site, of everything stories are listed by, of story lists; and the page that shows which there are."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    raise Http404


@require_safe
def site_feed(request: HttpRequest, format: str) -> HttpResponse:
    raise Http404


@require_safe
def subject_feed(request: HttpRequest, subject: str, slug: str, format: str) -> HttpResponse:
    raise Http404


@require_safe
def list_feed(request: HttpRequest, list_id: str, format: str) -> HttpResponse:
    raise Http404
