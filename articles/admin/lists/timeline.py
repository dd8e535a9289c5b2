"""The timeline of story lists: what the lists of a page hold and show, over a day or two weeks, to be seen at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from articles import moments, permissions
from articles.admin.lists.timeline_geometry import DAY, HOUR, SPANS, Span, hour_of
from articles.admin.lists.timeline_page import PLACES, STORIES, Page, choices, page_of, thing_of
from articles.admin.lists.timeline_picture import Picture, picture
from articles.admin.moment_field import MomentField, TypedMoment
from articles.html import storable
from articles.models import Section, Story, StoryList
from articles.resolver import Place
from articles.resolver.outlook import Outlook, outlook
from articles.resolver.page_parts import ListsPart
from articles.views.time_machine import address_at

# So many moments are told in words; a shorter span tells the rest.
MOST_LINES = 150
LOCAL = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True)
class Line:
    """A moment at which the page changes, what changes, and the page in the time machine at that moment."""

    moment: datetime
    words: list[str]
    address: str = ""
    is_past: bool = False


class TimelineOfLists:
    """The part of the lists' desk that shows their timeline."""

    def timeline_urls(self) -> list:
        return [path("timeline/", self.admin_site.admin_view(self.timeline_view), name="articles_storylist_timeline")]

    def timeline_view(self, request: HttpRequest) -> HttpResponse:
        """`?place=`, `?scope=` ("section-3"), `?from=` (local time), `?span=` (24h, 3d, 14d), `?items=all`.

        What cannot be read is replaced by what is nearest, and a message says so.
        """
        if not permissions.can_see_lists(request.user):
            raise PermissionDenied
        at = request.at
        asked = Asked.of(request)
        page, span = asked.page, asked.span
        lists = list(StoryList.objects.select_related("section", "topic", "story").order_by("pk"))
        seen = outlook(page.places, page.scope, span.start, span.end, page.shown)
        here = _in_page_order([row for row in lists if page.fits(row)], seen)
        headlines, every_item = _headlines(seen), asked.every_item
        drawn = picture(seen, here, span, at, headlines=headlines, can_judge=page.can_judge, every_item=every_item)
        lines, lines_cut = _lines(seen, drawn, page.path if permissions.can_travel(request.user) else "", at)
        editable = {row.pk for row in here if permissions.can_edit_list(request.user, row)}
        context = {
            **self.admin_site.each_context(request),
            "title": _("Timeline of story lists"),
            "opts": self.opts,
            "page": page,
            "picture": drawn,
            "lines": lines,
            "lines_cut": lines_cut,
            "asked": asked,
            "links": asked.links(at),
            "places": [(place, _place_name(place), place == page.place) for place in PLACES],
            "choices": choices(page, _sections(), lists),
            "editable": editable,
            "may_make": permissions.can_make_lists(request.user),
        }
        return TemplateResponse(request, "admin/articles/storylist/timeline.html", context)


def _place_name(place: str) -> str:
    return {Place.FRONT: _("Front page"), Place.SECTION: _("Section fronts")}.get(place, _("Stories"))


def _sections() -> list[Section]:
    return list(Section.objects.select_related("parent").order_by("parent__position", "position", "pk"))


@dataclass(frozen=True)
class Asked:
    """What the address asks for, as far as it makes sense."""

    page: Page
    span: Span
    every_item: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        """Tells the reader, as a message, what could not be read."""
        asked = request.GET
        place = asked.get("place", "") or Place.FRONT
        place = STORIES if place == Place.BESIDE else place
        if place not in PLACES:
            messages.warning(request, _("There is no such place. This is the front page."))
            place = Place.FRONT
        thing, key = None, asked.get("scope", "")
        if place != Place.FRONT and key:
            thing = thing_of(key, place)
            if thing is None:
                messages.warning(request, _("That section, topic or story is no more. This is what all pages show."))
        kind = next((kind for kind in SPANS if kind.key == asked.get("span")), DAY)
        # An hour back, so that what has just happened is seen.
        moment = hour_of(request.at) - HOUR if kind is DAY else request.at
        typed = storable(asked.get("from", "")).strip()[:40]
        if typed:
            try:
                moment = MomentField(label="").clean(_first_of_two(typed)) or moment
            except ValidationError as error:
                words = _("“%(typed)s” is no moment to begin with: %(why)s") % {
                    "typed": typed,
                    "why": " ".join(error.messages),
                }
                messages.warning(request, words)
        span = Span.around(kind, moment)
        return cls(page_of(place, thing, request.at), span, asked.get("items") == "all")

    @property
    def typed_start(self) -> str:
        """The begin of the span as the field of the form has it."""
        return moments.local(self.span.start).strftime(LOCAL)

    def address(self, moment: datetime | None = None, **other: str) -> str:
        """The same timeline, beginning with the hour or day of `moment`; `other` changes parts of the address."""
        values = {
            "place": self.page.place,
            "scope": self.page.key,
            "span": self.span.kind.key,
            "from": moment_text(moment or self.span.start),
            "items": "all" if self.every_item else "",
            **other,
        }
        return "?" + urlencode({name: value for name, value in values.items() if value})

    def links(self, at: datetime) -> dict[str, Any]:
        """Where the buttons and keys lead: in time, and to other spans. A span that holds now keeps now in it."""
        span = self.span
        anchor = at if span.holds(at) else span.start
        found = {
            "earlier": self.address(span.earlier),
            "later": self.address(span.later),
            "now": self.address(**{"from": ""}),
            "every_item": self.address(items="" if self.every_item else "all"),
            "spans": [
                (kind, self.address(_begin(kind, anchor, at), span=kind.key), kind is span.kind) for kind in SPANS
            ],
        }
        for name, kind in (("shorter", span.shorter), ("longer", span.longer)):
            found[name] = self.address(_begin(kind, anchor, at), span=kind.key) if kind else ""
        return found


def _first_of_two(typed: str) -> TypedMoment:
    """A time that clocks show twice is the first of the two here: from there on the second is in the picture too."""
    value = TypedMoment(typed)
    value.which = "0"
    return value


def _begin(kind: Any, anchor: datetime, at: datetime) -> datetime:
    return anchor - HOUR if kind is DAY and anchor == at else anchor


def moment_text(moment: datetime) -> str:
    """A moment for an address: local time, with its offset from UTC, so that an hour shown twice is not asked about."""
    return moments.local(moment).isoformat(timespec="minutes")


def _in_page_order(lists: Iterable[StoryList], seen: Outlook) -> list[StoryList]:
    """As they stand on the page; those without an edition in the span last."""
    order: dict[int, int] = {}
    for row in seen.lists_in_span():
        order.setdefault(row.list_id, len(order))
    return sorted(lists, key=lambda row: (order.get(row.pk, len(order)), row.pk))


def _headlines(seen: Outlook) -> dict[int, str]:
    """What the stories are called that are in a list and are not public in the span. One query, or none."""
    named = {pk for row, _window in seen.editions for pk in row.content.story_ids} - set(seen.windows)
    rows = Story.objects.filter(pk__in=named).values_list("pk", "short_headline", "headline") if named else ()
    return {pk: short or headline for pk, short, headline in rows}


def _lines(seen: Outlook, drawn: Picture, public: str, at: datetime) -> tuple[list[Line], bool]:
    """What changes on the page and when, in words; and whether more changes than is told."""
    part, found = ListsPart(seen), []
    for before, moment in pairwise([seen.start, *seen.moments]):
        if moment >= seen.end or (drawn.cut_at is not None and moment > drawn.cut_at):
            break
        if words := part.told(before, moment):
            if len(found) == MOST_LINES:
                return found, True
            found.append(Line(moment, words, address_at(public, moment) if public else "", moment <= at))
    return found, drawn.cut_at is not None
