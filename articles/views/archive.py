"""The archive: the stories of a day, and a calendar that leads to the days."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def archive(request: HttpRequest, year: str = "", month: str = "") -> HttpResponse:
    raise Http404


@require_safe
def archive_day(request: HttpRequest, year: str, month: str, day: str) -> HttpResponse:
    raise Http404
