"""The stylesheet of the public pages, at an address that changes with it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.views.furniture import stylesheet_of

# A year: what is at the address never changes.
FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def stylesheet(request: HttpRequest, digest: str) -> HttpResponse:
    """The stylesheet as it is now. Under another digest than its own nobody may keep it."""
    found = stylesheet_of(request)
    response = HttpResponse(found.text, content_type="text/css; charset=utf-8")
    if digest == found.digest:
        response.headers["Cache-Control"] = FOR_EVER
    return response
