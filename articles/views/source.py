"""A source's page: all stories from it, newest first."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    raise Http404
