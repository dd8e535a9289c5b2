"""A simple page of the site: about, contact, imprint."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def site_page(request: HttpRequest, slug: str) -> HttpResponse:
    raise Http404
