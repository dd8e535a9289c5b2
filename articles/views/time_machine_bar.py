"""The bar above a page that is read at another moment: which moment, and where the page changes before and after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from articles import moments, timeline
from articles.actions.shared_moment import Lifetime, may_share
from articles.models import Contributor, Source, Topic
from articles.resolver.page_changes import PageChange, PageOf, changes_of_page
from articles.views import time_machine
from articles.views.archive_days import span_shown
from articles.views.front import PER_SECTION
from articles.views.furniture import all_sections
from articles.views.listing import PER_PAGE

# More sentences about one change than these are counted only.
_MOST_WORDS = 3


@dataclass(frozen=True)
class Jump:
    """The way to a change of the page."""

    url: str
    moment: datetime
    words: tuple[str, ...]
    more: int


def bar(travel: time_machine.Travel) -> SafeString:
    """The bar as HTML: for staff in their language, for whoever has a link in the site's."""
    request = travel.request
    language = settings.LANGUAGE_CODE if travel.shared else translation.get_language_from_request(request)
    with translation.override(language):
        context = {
            "travel": travel,
            "distance": _distance(travel.moment, travel.now),
            "bar_language": language,
            **({} if travel.shared else _for_staff(travel)),
        }
        return render_to_string("articles/_time_machine.html", context, request)


def page_of(request: HttpRequest) -> PageOf | None:
    """Which page a request asks for, as far as it changes by itself; None for any other. At most one query."""
    match = request.resolver_match
    if match is None or request.GET.get("before"):
        return None
    slug = match.kwargs.get("slug")
    match match.url_name:
        case "front":
            return PageOf("front", shown=PER_SECTION)
        case "section":
            section = next((row for row in all_sections(request) if row.slug == slug), None)
            return section and PageOf("section", section.pk, PER_PAGE)
        case "topic" | "contributor" | "source":
            model = {"topic": Topic, "contributor": Contributor, "source": Source}[match.url_name]
            found = model.objects.filter(slug=slug).values_list("pk", flat=True).first()
            return found and PageOf(match.url_name, found, PER_PAGE)
        case "archive" | "archive_month" | "archive_day":
            between = span_shown(request.at, **match.kwargs)
            return between and PageOf(match.url_name, shown=PER_PAGE, between=between)
        case "corrections":
            return PageOf("corrections", shown=PER_PAGE)
        case "story" | "version":
            return PageOf("story", int(match.kwargs["story_id"]))
    return None


def _for_staff(travel: time_machine.Travel) -> dict:
    request, at = travel.request, travel.moment
    page = page_of(request)
    changes = changes_of_page(page, at) if page else None
    local = moments.local(at)
    with time_machine.script_prefix(travel.base):
        addresses = {name: reverse(f"articles:{name}") for name in time_machine.OWN_ADDRESSES}
    return {
        "knows_changes": changes is not None,
        "previous": _jump(travel, changes and changes.previous),
        "here": _jump(travel, changes and changes.here),
        "next": _jump(travel, changes and changes.next),
        "typed": f"{local:%Y-%m-%dT%H:%M}",
        "other_reading": _other_reading(travel),
        "addresses": addresses,
        "moment_in_address": time_machine.moment_in_address(at),
        "lifetimes": Lifetime.choices if _is_shareable(travel) else (),
    }


def _is_shareable(travel: time_machine.Travel) -> bool:
    """Whether a link to the page would be made: nobody fills a form to be refused."""
    return travel.moment > travel.now and may_share(travel.request.user, travel.path, travel.moment, travel.now)


def _jump(travel: time_machine.Travel, change: PageChange | None) -> Jump | None:
    if change is None:
        return None
    url = time_machine.address_at(travel.plain_url, change.moment)
    return Jump(url, change.moment, change.words[:_MOST_WORDS], max(0, len(change.words) - _MOST_WORDS))


def _other_reading(travel: time_machine.Travel) -> Jump | None:
    """Where clocks show this time twice that day, the way to the other time."""
    local = moments.local(travel.moment)
    for moment in timeline.local_moments(local.replace(tzinfo=None, fold=0), moments.zone()):
        if moment != travel.moment:
            return Jump(time_machine.address_at(travel.plain_url, moment), moment, (), 0)
    return None


def _distance(moment: datetime, now: datetime) -> str:
    """How far a moment is from now, in words."""
    if abs(moment - now).total_seconds() < 60:
        return _("now")
    if moment > now:
        return _("%(time)s from now") % {"time": timesince(now, moment, depth=2)}
    return _("%(time)s ago") % {"time": timesince(moment, now, depth=2)}
