"""Whether the site works, as JSON for programs that watch it. Says nothing of any story."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import Error as DatabaseFailure
from django.db import connection, transaction
from django.http import HttpRequest, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles import permissions
from articles.models.boundary import TickerStatus, next_boundaries, ticker_status
from articles.models.list_boundary import next_list_boundaries

NEXT = 10


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """503 when the database does not answer; otherwise 200, "degraded" when the ticker is late."""
    try:
        # A failed query must not leave a broken transaction to whatever comes after it.
        with transaction.atomic():
            answer, status = _answer(request), 200
    except DatabaseFailure:
        connection.close()
        answer, status = {"status": "degraded", "database": "unavailable", "ticker": None}, 503
    response = JsonResponse(answer, status=status)
    patch_vary_headers(response, ["Cookie", "Authorization"])
    return response


def _answer(request: HttpRequest) -> dict[str, Any]:
    ticker = ticker_status(request.at)
    answer = {"status": "ok" if ticker.is_well else "degraded", "database": "ok", "ticker": _ticker(ticker)}
    if _may_see_plans(request):
        coming = [*next_boundaries(request.at, limit=NEXT), *next_list_boundaries(request.at, limit=NEXT)]
        coming.sort(key=lambda boundary: boundary.moment)
        answer["next"] = [{"moment": row.moment.isoformat(), "edge": str(row.edge)} for row in coming[:NEXT]]
    return answer


def _ticker(ticker: TickerStatus) -> dict[str, Any]:
    finished = ticker.last_finished
    return {
        "last_finished": finished.isoformat() if finished else None,
        "late": ticker.late,
        "overdue": ticker.overdue,
    }


def _may_see_plans(request: HttpRequest) -> bool:
    """What is planned, and when, is for people who may read the desk, and for programs that have the token."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if settings.HEALTH_TOKEN and scheme.lower() == "bearer":
        return constant_time_compare(token.strip(), settings.HEALTH_TOKEN)
    return request.user.is_staff and permissions.can_see(request.user, None)
