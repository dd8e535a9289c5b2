"""Why a story list shows what it shows at a moment, and why a story is not in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import moments, permissions, search
from articles.admin.autocomplete import is_id
from articles.admin.lists.timeline import moment_text
from articles.admin.lists.timeline_page import Page, page_of, thing_of
from articles.admin.moment_field import MomentField
from articles.html import storable
from articles.models import Section, Story, StoryList
from articles.resolver import Place
from articles.resolver.explain import ExplainedList, explain
from articles.resolver.explain_story import StoryAnswer, why_story
from articles.resolver.why_words import StoryFacts, brief, story_facts
from articles.views.time_machine import address_at

MOST_FOUND = 10


class MomentForm(forms.Form):
    """The moment that is asked about."""

    at = MomentField(gettext_lazy("At"))


@dataclass(frozen=True)
class Asked:
    """A story that somebody asks about: `typed`, the stories that it could be, and the answer about the one it is."""

    typed: str = ""
    found: list[StoryFacts] = field(default_factory=list)
    answer: StoryAnswer | None = None
    story_id: int | None = None

    @property
    def is_in_vain(self) -> bool:
        return bool(self.typed) and not self.found and self.answer is None


class ListReasons:
    """The part of the lists' desk that explains a list."""

    def explain_urls(self) -> list:
        view = self.admin_site.admin_view(self.explain_view)
        return [path("<int:list_id>/explain/", view, name="articles_storylist_explain")]

    def explain_view(self, request: HttpRequest, list_id: int) -> HttpResponse:
        """`?at=` (local time; default: now), `?on=` ("section-3", "story-7": whose page), `?story=` (an id, or words).

        What cannot be read is answered with a message at its field, and with what it is now.
        """
        if not permissions.can_see_lists(request.user):
            raise PermissionDenied
        row = StoryList.objects.select_related("section", "topic", "story__section").filter(pk=list_id).first()
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(list_id))
        form = MomentForm(request.GET if request.GET.get("at") else None)
        at = form.cleaned_data["at"] if form.is_bound and form.is_valid() else None
        at = at or request.at
        if not form.is_bound:
            form = MomentForm(initial={"at": moments.local(at).replace(tzinfo=None)})
        page = _page(request, row, at)
        lists = explain(page.places, page.scope, at, page.shown)
        explained = next((found for found in lists if found.row.list_id == row.pk), None)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Why is it like this: %s") % row,
            "opts": self.opts,
            "object": row,
            "form": form,
            "at": at,
            "is_now": at == request.at,
            "page": page,
            "sections": _sections(row, page),
            "explained": explained,
            "instead": _instead(row, lists, at) if explained is None else "",
            "asked": _asked(storable(request.GET.get("story", "")).strip()[:100], explained, lists, page),
            "kept": _kept(page, at, request.at),
            "address": address_at(page.path, at) if page.path and permissions.can_travel(request.user) else "",
            "timeline": f"{reverse('admin:articles_storylist_timeline')}?{_timeline_of(row, page, at)}",
            "may_edit": permissions.can_edit_list(request.user, row),
        }
        return TemplateResponse(request, "admin/articles/storylist/explain.html", context)


def _page(request: HttpRequest, row: StoryList, at: datetime) -> Page:
    """The page on which the list is looked at: that of its scope, or the one that `?on=` asks for."""
    place = Place.BELOW if row.place == Place.BESIDE else row.place
    thing: Any = row.scope
    if key := request.GET.get("on", ""):
        wanted = thing_of(key, place) if place != Place.FRONT else None
        page = page_of(place, wanted, at) if wanted is not None else None
        if page is not None and page.fits(row):
            return page
        messages.warning(request, _("The list does not stand on that page. This is where it stands."))
    return page_of(place, thing, at)


def _sections(row: StoryList, page: Page) -> list[tuple[str, str, bool]]:
    """The sections on whose pages a list of all sections can be looked at, as choices."""
    if row.scope is not None or row.place == Place.FRONT:
        return []
    rows: list[Any] = list(Section.objects.order_by("position", "pk"))
    if isinstance(page.thing, Story):
        rows.insert(0, page.thing)
    keys = [(f"{one._meta.model_name}-{one.pk}", str(one)) for one in rows]
    return [(key, name, key == page.key) for key, name in keys]


def _instead(row: StoryList, lists: list[ExplainedList], at: datetime) -> str:
    """Why a page does not show the list at all at `at`. At most two queries."""
    if row.editions.holding(at).exists():
        other = next((one for one in lists if (one.row.place, one.row.slot) == (row.place, row.slot)), None)
        if other is not None:
            words = _("On this page “%(list)s” stands in its place: it has a narrower scope, and the same slot.")
            return words % {"list": other.row.name}
    coming = row.editions.upcoming(at).first()
    if coming is None:
        return _("No edition of it is in force then, and none is planned after it.")
    return _("No edition of it is in force then. The next one begins %s.") % brief(coming.starts_at, at)


def _asked(typed: str, explained: ExplainedList | None, lists: list[ExplainedList], page: Page) -> Asked:
    """The answer about the story that `typed` names, by its id or by words that only one story has."""
    if not typed or explained is None:
        return Asked(typed if explained is not None else "")
    at = explained.facts.at
    if is_id(typed):
        answer = why_story(int(typed), explained, lists, page.scope, page.shown)
        if answer is not None:
            return Asked(typed, answer=answer, story_id=int(typed))
    ids = search.find_typed(typed, limit=MOST_FOUND)
    if len(ids) == 1:
        answer = why_story(ids[0], explained, lists, page.scope, page.shown)
        return Asked(typed, answer=answer, story_id=ids[0])
    facts = story_facts(ids, at)
    return Asked(typed, found=[facts[pk] for pk in ids if pk in facts])


def _kept(page: Page, at: datetime, now: datetime) -> str:
    """The moment and the page, for addresses that ask about a story."""
    values = {"at": moment_text(at) if at != now else "", "on": page.key}
    return urlencode({name: value for name, value in values.items() if value})


def _timeline_of(row: StoryList, page: Page, at: datetime) -> str:
    values = {"place": page.place, "scope": page.key, "from": moment_text(at)}
    return urlencode({name: value for name, value in values.items() if value})
