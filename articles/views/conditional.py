"""Answers to machines, which ask again and again: with validators, so that what has not changed is not sent again."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_etags, quote_etag

# HTTP dates are to the second: what changes twice within one would not be asked for again.
_SECOND = timedelta(seconds=1)


def conditional(
    request: HttpRequest, text: str, content_type: str, *, changed_at: datetime | None = None, noindex: bool = True
) -> HttpResponse:
    """The text, or 304 (412) where the conditions of the request say so (RFC 9110, section 13).

    `changed_at`: the last moment by `request.at` at which the text changed; None where only the text itself can tell.
    `noindex`: that it is no page to be found by searching. A compressed answer has the same tag, marked as weak, and
    whoever has it has the same text: so tags are the same without regard to that mark.
    """
    body = text.encode()
    response = HttpResponse(body, content_type=content_type)
    response.headers["ETag"] = etag = quote_etag(sha256(body).hexdigest()[:32])
    modified = None
    if changed_at is not None and request.at - changed_at >= _SECOND:
        modified = int(changed_at.timestamp())
        response.headers["Last-Modified"] = http_date(modified)
    if noindex:
        response.headers["X-Robots-Tag"] = "noindex"
    # On the 304 too, which is all that a cache hears of an answer that it has in two forms.
    patch_vary_headers(response, ["Accept-Encoding"])
    if has := request.META.get("HTTP_IF_MATCH"):
        request.META["HTTP_IF_MATCH"] = ", ".join(tag.removeprefix("W/") for tag in parse_etags(has))
    return get_conditional_response(request, etag=etag, last_modified=modified, response=response)
