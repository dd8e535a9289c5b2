"""Files with well-known names: robots.txt, security.txt, the reservation of text and data mining."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    raise Http404


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    raise Http404


@require_safe
def tdmrep_json(request: HttpRequest) -> HttpResponse:
    raise Http404
