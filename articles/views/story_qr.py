"""The address of a story as a QR code, for phones."""

from __future__ import annotations

from io import BytesIO

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from articles.models import Publication
from articles.views.conditional import conditional
from articles.views.story import current_of, gone, so_far
from articles.views.time_machine import script_prefix

# Modules of white around the code: the standard (ISO/IEC 18004) asks for four, and readers need them on dark pages.
QUIET_ZONE = 4


@require_safe
def story_qr(request: HttpRequest, year: str, month: str, day: str, slug: str, story_id: str) -> HttpResponse:
    """The code of a story that readers have at `request.at`; where there is no page of it, the answer of the page."""
    current = current_of(so_far(request, story_id), request.at)
    if current is None or not current.shows:
        return gone(request, current)
    address = current.get_absolute_url()
    if request.path != f"{address}qr.svg":
        return HttpResponsePermanentRedirect(f"{address}qr.svg")
    picture = qr_code(settings.SITE_URL + _public_address(request, current), current.content.headline)
    return conditional(request, picture, "image/svg+xml")


def _public_address(request: HttpRequest, current: Publication) -> str:
    """Where readers have the story, also when the code is looked at in the time machine."""
    if travel := getattr(request, "travel", None):
        with script_prefix(travel.base):
            return current.get_absolute_url()
    return current.get_absolute_url()


def qr_code(address: str, title: str) -> str:
    """An SVG, black on white, of any size: it has no width of its own, and neither script nor style.

    Error correction of level M (15 %), as printed codes have it.
    """
    written = BytesIO()
    segno.make_qr(address, error="m", boost_error=False).save(
        written,
        kind="svg",
        title=title,
        border=QUIET_ZONE,
        dark="#000",
        light="#fff",
        xmldecl=False,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        nl=False,
    )
    return written.getvalue().decode()
