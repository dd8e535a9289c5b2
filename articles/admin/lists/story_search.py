"""Finding a story by typing, for whoever puts together a list: as JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import path
from django.utils.translation import gettext as _

from articles import moments, permissions, search
from articles.admin.autocomplete import is_id
from articles.html import storable
from articles.models import Publication, Story
from articles.models.publication import in_window

# As many as somebody looks through before typing more.
MOST = 20


class StorySearch:
    """The part of the lists' desk that finds stories."""

    def story_search_urls(self) -> list:
        return [path("stories/", self.admin_site.admin_view(self.stories_view), name="articles_storylist_stories")]

    def stories_view(self, request: HttpRequest) -> HttpResponse:
        """The stories that `q` finds (words, initials of the headline, an id); the newest live and planned without it.

        {"stories": [{"id", "headline", "state", "live_from", "section"}]}: at most MOST, newest first. `state` is a
        word for people, with the moment; `live_from` is ISO 8601 in UTC, or null where none is planned.
        """
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        if not permissions.can_see_lists(request.user) or not permissions.can_see(request.user, None):
            raise PermissionDenied
        typed = storable(request.GET.get("q", "")).strip()
        ids = _typed(typed) if typed else _newest(request.at)
        return JsonResponse({"stories": stories_as_json(ids, request.at)})


def stories_as_json(ids: Sequence[int], at: datetime) -> list[dict[str, Any]]:
    """What is told of each of these stories at `at`, in their order, without those in the bin. Two queries at most."""
    if not ids:
        return []
    stories = Story.objects.on_the_desk().select_related("section").filter(pk__in=ids)
    rows = stories.only("headline", "short_headline", "has_publications", "section__name").in_bulk()
    publications = defaultdict(list)
    known = Publication.objects.filter(Q(live_from__gt=at) | in_window(at), story__in=list(rows)).order_by("live_from")
    for row in known.values_list(
        "story_id",
        "kind",
        "live_from",
        "first_live_at",
        "revision__stored__headline",
        "revision__stored__short_headline",
    ):
        publications[row[0]].append(row[1:])
    return [_as_json(rows[pk], publications[pk], at) for pk in dict.fromkeys(ids) if pk in rows]


def _as_json(story: Story, publications: list[tuple], at: datetime) -> dict[str, Any]:
    """`publications`: the current one and those to come, in order."""
    headline, state, live_from = story.short_headline or story.headline, _("draft"), None
    current = next((row for row in publications if row[1] <= at), None)
    planned = next((row for row in publications if row[1] > at and row[0] != Publication.Kind.WITHDRAWN), None)
    if current and current[0] != Publication.Kind.WITHDRAWN:
        live_from = current[2]
        # What readers have; the working copy may say something else by now.
        headline = current[4] or current[3]
        state = _("live since %s") % moments.in_brief(live_from, at)
    elif planned:
        live_from = planned[1]
        state = _("goes live %s") % moments.in_brief(live_from, at)
    elif current:
        state = _("withdrawn %s") % moments.in_brief(current[1], at)
    elif story.has_publications:
        state = _("taken down")
    return {
        "id": story.pk,
        "headline": headline,
        "state": state,
        "live_from": live_from and live_from.astimezone(UTC).isoformat(),
        "section": story.section.name if story.section else "",
    }


def _typed(typed: str) -> list[int]:
    found = search.find_typed(typed, limit=MOST)
    if not is_id(typed):
        return found
    # A number is an id first of all; a word of a text as well.
    return [int(typed), *(pk for pk in found if pk != int(typed))][:MOST]


def _newest(at: datetime) -> list[int]:
    """The stories that come next, and those that went live last: the newest first. Two queries."""
    coming = Publication.objects.upcoming(at).filter(first_live_at__gt=at).exclude(kind=Publication.Kind.WITHDRAWN)
    live = Publication.objects.listed(at).out_by(at).newest_first()
    soon = list(coming.values_list("story_id", flat=True)[: MOST // 2])
    return list(dict.fromkeys([*reversed(soon), *live.values_list("story_id", flat=True)[:MOST]]))[:MOST]
