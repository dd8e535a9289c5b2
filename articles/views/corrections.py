"""What the newsroom corrected, newest first."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    raise Http404
