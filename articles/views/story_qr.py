"""The address of a story as a QR code, for phones."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def story_qr(request: HttpRequest, year: str, month: str, day: str, slug: str, story_id: str) -> HttpResponse:
    raise Http404
