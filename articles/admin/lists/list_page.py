"""The page of one story list: what it holds now, what comes, what was, and who made it so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from articles import permissions
from articles.admin.autocomplete import is_id
from articles.admin.lists.list_page_moves import COPY, END, LIST, Moves
from articles.admin.lists.overview import timeline_of, timeline_place
from articles.admin.lists.overview_holdings import Held, HeldItem, Holdings
from articles.admin.lists.timeline_page import Page, page_of
from articles.fill_rules import Pool
from articles.models import ListEdition, Publication, StoryList
from articles.resolver import ShownList, resolve
from articles.resolver.lists_of_page import newest_in
from articles.views.time_machine import address_at

Place = StoryList.Place
PAST_ON_A_PAGE = 20
# More planned editions and drafts than these nobody overlooks; the timeline shows the rest.
MOST_COMING = 100


@dataclass
class EditionLine:
    """An edition with what it holds; `seen_at`: its begin in the time machine, "" where there is no page to see."""

    row: ListEdition
    held: Held
    is_current: bool = False
    seen_at: str = ""
    end_form: Any = None


@dataclass
class ShownNow:
    """What readers see of the list now: `entries` as on the page, `hidden` what of it they do not see."""

    entries: list[Any]
    hidden: list[HeldItem]
    display: str = ""


class ListPage(Moves):
    """The part of the lists' desk that shows one list. A POST makes a move; see `list_page_moves`."""

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        row = self._list_to_look_at(request, object_id)
        if isinstance(row, HttpResponse):
            return row
        answer = self.answer_to_move(request, row) if request.method == "POST" else None
        if isinstance(answer, HttpResponse):
            return answer
        forms = answer or self.forms_of(row, request.at)
        context = {
            **self.admin_site.each_context(request),
            "title": str(row),
            "opts": self.opts,
            "object": row,
            "may_edit": permissions.can_edit_list(request.user, row),
            "may_rename": permissions.can_make_list(request.user, row),
            "may_travel": permissions.can_travel(request.user),
            "copy_form": forms[COPY],
            "name_form": forms[LIST],
            "timeline": timeline_of(row),
            **self._editions(request, row, forms.get(END)),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/articles/storylist/list_page.html", context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[StoryList]:
        return super().get_queryset(request).select_related("section", "topic", "story")

    def _list_to_look_at(self, request: HttpRequest, object_id: str) -> StoryList | HttpResponse:
        """The list, or the way back to all of them. Raises PermissionDenied."""
        if not permissions.can_see_lists(request.user):
            raise PermissionDenied
        row = self.get_object(request, object_id)
        return row or self._get_obj_does_not_exist_redirect(request, self.opts, object_id)

    def _editions(self, request: HttpRequest, row: StoryList, refused: Any) -> dict[str, Any]:
        """What the page says of the editions of a list. `refused`: the form of an end that was refused, if one was."""
        at = request.at
        editions = row.editions.select_related("revision__created_by", "created_by")
        current = sorted(editions.holding(at), key=lambda one: not one.is_special)
        coming = list(editions.upcoming(at)[:MOST_COMING])
        drafts = list(editions.drafts().order_by("-pk")[:MOST_COMING])
        before = request.GET.get("before", "")
        past = list(_past(editions, at, before)[: PAST_ON_A_PAGE + 1])
        holdings = Holdings([*current, *coming, *drafts, *past[:PAST_ON_A_PAGE]], at)
        page = page_of(timeline_place(row), row.scope, at)
        path = public_path(row, page, at) if permissions.can_travel(request.user) else ""

        def line(one: ListEdition) -> EditionLine:
            seen_at = address_at(path, one.starts_at) if path and one.starts_at else ""
            is_over = one.ends_at is not None and one.ends_at <= at
            held = holdings.plain(one.content, one.starts_at) if is_over else holdings.of(one)
            found = EditionLine(one, held, one.holds(at), seen_at)
            if found.is_current:
                found.end_form = refused if refused and refused.edition_id == one.pk else self.end_form(one)
            return found

        return {
            "now": shown_now(row, page, at, holdings),
            "current": [line(one) for one in current],
            "coming": [line(one) for one in coming],
            "drafts": [line(one) for one in drafts],
            "past": [line(one) for one in past[:PAST_ON_A_PAGE]],
            "older_than": past[PAST_ON_A_PAGE - 1].pk if len(past) > PAST_ON_A_PAGE else None,
            "is_first_page": not is_id(before),
        }


def _past(editions: QuerySet[ListEdition], at: datetime, before: str) -> QuerySet[ListEdition]:
    """The editions that are over, newest first; only those before the edition whose id is `before`, if it is one."""
    found = editions.filter(starts_at__lte=at, ends_at__lte=at).order_by("-starts_at", "-pk")
    last = editions.filter(pk=before).first() if is_id(before) else None
    if last is None or last.starts_at is None:
        return found
    return found.filter(Q(starts_at__lt=last.starts_at) | Q(starts_at=last.starts_at, pk__lt=last.pk))


def shown_now(row: StoryList, page: Page, at: datetime, holdings: Holdings) -> ShownNow | None:
    """What readers see of the list at `at`, on a page of its scope; None when no edition is in force. Three queries."""
    found = {shown.chosen.key: shown for shown in resolve(page.places, page.scope, at, page.shown)}
    shown: ShownList | None = found.get(row.pk)
    if shown is None:
        return None
    return ShownNow(shown.entries, holdings.hidden(shown.chosen, at), shown.display)


def public_path(row: StoryList, page: Page, at: datetime) -> str:
    """The path of a public page that shows the list, for the time machine; "" where there is none.

    A list of many pages is shown on that of the newest story. One query, where one page is not known already.
    """
    if page.path or row.story_id is not None:
        return page.path
    pool = Pool("topic", row.topic_id) if row.topic_id else Pool("section", row.section_id)
    newest = newest_in(pool if pool.id else Pool("site"), at)[:1]
    publication = Publication.objects.filter(pk__in=newest).select_related("story__section").order_by().first()
    if publication is None:
        return ""
    if row.place == Place.SECTION:
        section = publication.story.section
        return section.get_absolute_url() if section else ""
    return publication.get_absolute_url()
