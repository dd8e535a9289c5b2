"""The versions of a story list: who changed what, and bringing one back as a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles import moments, permissions
from articles.actions import ListError, When, save_edition
from articles.admin.autocomplete import is_id
from articles.admin.lists.list_page_moves import address_of_draft
from articles.admin.lists.overview_holdings import Holdings, problems_in_words
from articles.lists import ListContent
from articles.lists.differences import differences
from articles.models import ListEdition, ListRevision, Section, StoryList

VERSIONS_ON_A_PAGE = 25
# What the column holds on every database.
_LARGEST_NUMBER = 2**31 - 1


@dataclass
class VersionLine:
    """A version, what it has otherwise than the one before, and the editions that hold it."""

    revision: ListRevision
    changes: list[str]
    editions: list[ListEdition]


class ListHistory:
    """The part of the lists' desk that shows the versions of one list."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """Versions, newest first, a page at a time (`before` is a number); a POST brings one back (`restore`)."""
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not permissions.can_see_lists(request.user):
            raise PermissionDenied
        if request.method == "POST":
            return self._restore(request, row)
        before = request.GET.get("before", "")
        before = min(int(before), _LARGEST_NUMBER) if is_id(before) else None
        revisions = row.revisions.select_related("created_by")
        if before is not None:
            revisions = revisions.filter(number__lt=before)
        # One more than are shown: the last of them is compared with it.
        found = list(revisions[: VERSIONS_ON_A_PAGE + 1])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Versions: %s") % row,
            "opts": self.opts,
            "object": row,
            "lines": _lines(found, request.at),
            "older_than": found[VERSIONS_ON_A_PAGE - 1].number if len(found) > VERSIONS_ON_A_PAGE else None,
            "is_first_page": before is None,
            "may_edit": permissions.can_edit_list(request.user, row),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/articles/storylist/history.html", context)

    def _restore(self, request: HttpRequest, row: StoryList) -> HttpResponse:
        number = request.POST.get("restore", "")
        number = int(number) if is_id(number) else 0
        revision = row.revisions.filter(number=number).first() if 0 < number <= _LARGEST_NUMBER else None
        if revision is None:
            raise Http404
        comment = _("As in version %d.") % number
        try:
            # One begins to write a draft; readers see nothing of it yet.
            edition = save_edition(
                story_list=row, content=revision.content, by=request.user, when=When(), comment=comment
            )
        except ListError as error:
            holdings = Holdings([revision], request.at)
            for words in problems_in_words(error, revision.content, holdings):
                self.message_user(request, words, messages.ERROR)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        else:
            self.message_user(request, _("Version %d is a draft now; readers see nothing of it yet.") % number)
            return HttpResponseRedirect(address_of_draft(edition))
        return HttpResponseRedirect(request.get_full_path())


def _lines(revisions: Sequence[ListRevision], at: datetime) -> list[VersionLine]:
    """The lines of all `revisions` (newest first) but the one beyond the page. Four queries at most."""
    shown = revisions[:VERSIONS_ON_A_PAGE]
    holdings = Holdings(revisions, at)
    editions: dict[int, list[ListEdition]] = {}
    for edition in ListEdition.objects.filter(revision__in=shown).order_by("starts_at"):
        editions.setdefault(edition.revision_id, []).append(edition)
    sections = _section_names(revisions)
    before: list[ListContent | None] = [*(row.content for row in revisions[1:]), None]
    return [
        VersionLine(
            row,
            differences(
                earlier,
                row.content,
                named=holdings.name,
                moment=lambda moment: moments.in_brief(moment, at),
                section_name=lambda pk: sections.get(pk, str(pk)),
            ),
            editions.get(row.pk, []),
        )
        for row, earlier in zip(shown, before, strict=False)
    ]


def _section_names(revisions: Sequence[ListRevision]) -> dict[Any, str]:
    wanted = {row.content.fill_section_id for row in revisions} - {None}
    return dict(Section.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
