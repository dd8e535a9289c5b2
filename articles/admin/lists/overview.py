"""All story lists by their place: what each holds now, what comes next, and the ways to work on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from articles import permissions
from articles.admin.bounded_paginator import BoundedPaginator
from articles.admin.lists.overview_holdings import Held, Holdings
from articles.admin.lists.problem_lines import marks_of_lists
from articles.html import storable
from articles.models import ListEdition, StoryList

LISTS_ON_A_PAGE = 100
# Of what is planned for the lists of a page, the soonest: enough for the next of each, and bounded.
_MOST_PLANNED = 500

_PLACES = list(StoryList.Place)


@dataclass
class ListLine:
    """One list of the overview. `current` is what readers have: a special while it lasts, or the standing edition."""

    row: StoryList
    may_edit: bool
    standing: ListEdition | None = None
    special: ListEdition | None = None
    planned: list[ListEdition] = field(default_factory=list)
    drafts: int = 0
    now: Held | None = None
    coming: Held | None = None
    marks: Sequence[Any] = ()

    @property
    def current(self) -> ListEdition | None:
        return self.special or self.standing

    @property
    def next(self) -> ListEdition | None:
        return self.planned[0] if self.planned else None

    @property
    def timeline(self) -> str:
        return timeline_of(self.row)

    @property
    def order(self) -> tuple:
        """Its place on its page: those without one come last, and lists of all pages before those of one."""
        scope = self.row.scope
        return (scope is not None, str(scope or ""), self.now.content.order if self.now else 10_000, self.row.pk)


def timeline_place(row: StoryList) -> str:
    """The place as the timeline calls it, where lists beside and below a story stand on one page."""
    return StoryList.Place.BELOW if row.place == StoryList.Place.BESIDE else row.place


def timeline_of(row: StoryList) -> str:
    """The timeline of the page that shows the list."""
    scope = row.scope
    values = {"place": timeline_place(row), "scope": f"{scope._meta.model_name}-{scope.pk}" if scope else ""}
    query = urlencode({name: value for name, value in values.items() if value})
    return f"{reverse('admin:articles_storylist_timeline')}?{query}"


def marks_of(rows: Sequence[StoryList], at: datetime) -> dict[int, Sequence[Any]]:
    """What is to be looked at, by list: marks with `kind` ("serious" or "warning") and `words`.

    The one place where the checks of lists come into the overview.
    """
    return marks_of_lists(rows, at)


class ListOverview:
    """The part of the lists' desk that shows all of them."""

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The lists whose name or scope holds `q`, by place in page order, so many on a page (`p`)."""
        if not permissions.can_see_lists(request.user):
            raise PermissionDenied
        typed = storable(request.GET.get("q", "")).strip()[:100]
        page = BoundedPaginator(_lists(typed), LISTS_ON_A_PAGE).get_page(request.GET.get("p"))
        lines = lines_of(page.object_list, request)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Story lists"),
            "opts": self.opts,
            "groups": _by_place(lines),
            "page": page,
            "typed": typed,
            "may_make": permissions.can_make_lists(request.user),
            "may_edit_some": permissions.can_edit_some_lists(request.user),
            "may_read_stories": permissions.can_see(request.user, None),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/articles/storylist/overview.html", context)


def _lists(typed: str) -> QuerySet[StoryList]:
    """In the order of places; lists of all pages of a place before those of one section, topic or story."""
    place = Case(*(When(place=place, then=Value(number)) for number, place in enumerate(_PLACES)))
    rows = StoryList.objects.select_related("section", "topic", "story")
    if typed:
        within = ("name", "section__name", "topic__name", "story__headline")
        rows = rows.filter(Q(*((f"{one}__icontains", typed) for one in within), _connector=Q.OR))
    return rows.order_by(
        place, F("story").asc(nulls_first=True), F("topic").asc(nulls_first=True), "section__position", "name", "pk"
    )


def lines_of(rows: Page | Sequence[StoryList], request: HttpRequest) -> list[ListLine]:
    """The lines of these lists at `request.at`. Five queries, however many lists and past editions there are."""
    at = request.at
    lines = {row.pk: ListLine(row, permissions.can_edit_list(request.user, row)) for row in rows}
    editions = ListEdition.objects.filter(story_list__in=lines)
    for edition in editions.holding(at).select_related("revision").order_by():
        setattr(lines[edition.story_list_id], edition.kind, edition)
    for edition in editions.upcoming(at).select_related("revision")[:_MOST_PLANNED]:
        lines[edition.story_list_id].planned.append(edition)
    drafts = Counter(editions.drafts().order_by().values_list("story_list", flat=True)[:_MOST_PLANNED])
    named = [edition for line in lines.values() for edition in (line.current, line.next) if edition]
    holdings = Holdings(named, at)
    marks = marks_of([line.row for line in lines.values()], at)
    for pk, line in lines.items():
        line.drafts, line.marks = drafts[pk], marks.get(pk, ())
        line.now = holdings.of(line.current) if line.current else None
        line.coming = holdings.of(line.next) if line.next else None
    return list(lines.values())


def _by_place(lines: Sequence[ListLine]) -> list[tuple[StoryList.Place, list[ListLine]]]:
    groups = defaultdict(list)
    for line in lines:
        groups[line.row.place].append(line)
    return [(place, sorted(groups[place], key=lambda line: line.order)) for place in _PLACES if groups[place]]
