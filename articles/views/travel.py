"""Where the time machine is set: a page and a moment are chosen, and a page at a moment is shared."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles import actions, moments, permissions, timeline
from articles.actions.shared_moment import SharedMoment
from articles.html import storable
from articles.views import time_machine


@require_safe
def travel(request: HttpRequest) -> HttpResponse:
    """To the page `path` at the moment `time`, typed in the newsroom's zone; a form where one of them is missing.

    Whoever may not travel is sent to the page as it is now.
    """
    path, query = _path_and_query(request.GET.get("path", "/"), request)
    if not time_machine.may_travel(request):
        response = HttpResponseRedirect(time_machine.plain_address(path, query) if path else "/")
    else:
        response = _set(request, path, query)
    patch_vary_headers(response, ["Cookie"])
    return time_machine.for_nobody_else(response, referrer="same-origin")


def _set(request: HttpRequest, path: str, query: str) -> HttpResponse:
    typed, refused = storable(request.GET.get("time", "")), {}
    with translation.override(translation.get_language_from_request(request)):
        if not path or not time_machine.is_travelled_to(time_machine.page_at(path)):
            refused["path"] = _("Give the address of a page that readers have, on this site.")
        try:
            moment = typed_moment(typed) if typed else None
        except ValidationError as error:
            refused["time"] = " ".join(error.messages)
        if not refused and typed:
            return HttpResponseRedirect(time_machine.address_at(time_machine.plain_address(path, query), moment))
        context = {
            "refused": refused,
            "typed": typed or f"{moments.local(request.at):%Y-%m-%dT%H:%M}",
            "path": storable(request.GET.get("path", "/")),
            "zone": moments.zone_name(request.at),
            "page_language": translation.get_language(),
        }
        return render(request, "articles/travel.html", context)


def typed_moment(typed: str) -> datetime:
    """The moment, in UTC, of a local time of the newsroom's zone. Of two readings it is the earlier.

    A time that clocks skip is read as that to which they jump: nobody wants to see nothing. Raises ValidationError.
    """
    try:
        local = parse_datetime(typed.strip())
    except ValueError:
        local = None
    if local is None or local.tzinfo is not None:
        raise ValidationError(_("Give a date and a time, such as 2026-03-02 09:00."))
    if not 1900 < local.year < 9000:
        raise ValidationError(_("Give a year between 1900 and 9000."))
    possible = timeline.local_moments(local, moments.zone())
    if not possible:
        possible = timeline.local_moments(timeline.first_after_gap(local, moments.zone()), moments.zone())
    return possible[0]


@require_POST
def share_moment(request: HttpRequest) -> HttpResponse:
    """Make a link to one page at one moment, and show it."""
    path, query = _path_and_query(request.POST.get("path", ""), request)
    moment = time_machine.moment_of_address(request.POST.get("moment", ""))
    if not (request.user.is_staff and permissions.can_share_moment(request.user)):
        raise PermissionDenied
    context: dict = {}
    status = 200
    with translation.override(translation.get_language_from_request(request)):
        context["page_language"] = translation.get_language()
        try:
            shared = _shared(request, path, query, moment)
        except ValidationError as error:
            context["refused"] = error.messages
        except PermissionDenied as error:
            context["refused"], status = [str(error)], 403
        else:
            address = time_machine.plain_address(shared.path)
            context |= {
                "shared": shared,
                "link": f"{settings.SITE_URL}{time_machine.PREFIX}{shared.signed}{address}",
                "page_url": time_machine.address_at(time_machine.plain_address(shared.path, query), moment),
            }
        response = render(request, "articles/moment_shared.html", context, status=status)
    patch_vary_headers(response, ["Cookie"])
    return time_machine.for_nobody_else(response, referrer="same-origin")


def _shared(request: HttpRequest, path: str, query: str, moment: datetime | None) -> SharedMoment:
    if moment is None or not path or not time_machine.is_travelled_to(time_machine.page_at(path)):
        raise ValidationError(_("There is no such page, or no such moment. Open the page again."))
    lifetime = request.POST.get("lifetime", "")
    # The page itself, not the redirect to it, which whoever has the link would follow to the page of today.
    path = time_machine.with_slash(path)
    return actions.share_moment(
        path=path, query=query, moment=moment, lifetime=lifetime, by=request.user, now=request.at
    )


def _path_and_query(address: str, request: HttpRequest) -> tuple[str, str]:
    """The path (not quoted) and query of an address on this site, of the time machine or not; "" for any other."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return "", ""
    if parts.netloc and parts.netloc not in (request.get_host(), urlsplit(settings.SITE_URL).netloc):
        return "", ""
    path = unquote(parts.path or "/")
    if inside := time_machine.address_parts(path):
        path = inside[1] or "/"
    return (path, parts.query) if path.startswith("/") and not path.startswith("//") else ("", "")
