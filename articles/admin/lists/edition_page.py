"""The page on which an edition of a list is edited, and the preview beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import permissions
from articles.actions import ListConflictError, save_edition
from articles.actions.activity import name_of
from articles.actions.list_times import TimesChangedError
from articles.admin.autocomplete import is_id
from articles.admin.lists.edition_conflict import ShownConflict, shown_conflicts
from articles.admin.lists.edition_form import AT, EditionForm
from articles.admin.lists.edition_handed_back import handing_back
from articles.admin.lists.edition_preview import preview
from articles.admin.lists.edition_rows import ItemRow
from articles.admin.lists.edition_saved import say_what_was_saved
from articles.admin.lists.edition_stories import named_stories
from articles.admin.lists.edition_times import is_over, moment_shown, what_happens, what_it_is
from articles.admin.lists.problems import say_what_was_found
from articles.lists import ListContent
from articles.lists.content import MOST_ITEMS
from articles.models import ListEdition, ListRevision, Section, StoryList
from articles.moments import zone_name


@dataclass
class _Edited:
    """What one request is about. `edition` is None for a new one; `editions`: those of the list that are not over."""

    request: HttpRequest
    story_list: StoryList
    editions: list[ListEdition]
    edition: ListEdition | None = None
    form: EditionForm | None = None
    conflicts: list[ShownConflict] = field(default_factory=list)
    latest: ListRevision | None = None
    status: int = 200

    @property
    def at(self) -> datetime:
        return self.request.at

    @property
    def is_over(self) -> bool:
        return self.edition is not None and is_over(self.edition, self.at)

    @property
    def address(self) -> str:
        """Where the form is sent. What is over is never changed: what was made of it is a new edition."""
        if self.edition is None or (self.is_over and self.request.method == "GET"):
            return reverse("admin:articles_storylist_edition_new", args=[self.story_list.pk])
        return self.request.path


class ListEditions:
    """The part of the lists' desk that edits editions."""

    def edition_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path(
                "<int:list_id>/edition/", handing_back(view(self.edition_view)), name="articles_storylist_edition_new"
            ),
            path(
                "<int:list_id>/edition/preview/",
                view(self.edition_preview_view),
                name="articles_storylist_edition_preview",
            ),
            path(
                "<int:list_id>/edition/<int:edition_id>/",
                handing_back(view(self.edition_view)),
                name="articles_storylist_edition",
            ),
        ]

    def edition_view(self, request: HttpRequest, list_id: int, edition_id: int | None = None) -> HttpResponse:
        """The form of an edition, or of a new one, which begins as what readers have (`?from=`: as that edition)."""
        edited = _edited(request, list_id, edition_id)
        if request.method == "POST":
            return self._save(edited, was_cancelled=edition_id is not None and edited.edition is None)
        if edition_id is not None and edited.edition is None:
            messages.error(request, _("This edition was cancelled."))
            return HttpResponseRedirect(_address_of(edited.story_list))
        edited.form = _first_form(edited)
        return self._page(edited)

    def edition_preview_view(self, request: HttpRequest, list_id: int) -> HttpResponse:
        """What the posted form would show, as a fragment: the list, what becomes of each row, what saving does."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        edited = _edited(request, list_id, None)
        form = edited.form = EditionForm.posted(request.POST)
        form.read()
        at = request.at
        seen_at = moment_shown(form.when, at)
        seen = preview(form, edited.story_list, seen_at)
        edition_id = request.POST.get("edition", "")
        edition = next((row for row in edited.editions if str(row.pk) == edition_id), None)
        happens = _happens(edited, edition)
        # The page is read at that moment: its dates too.
        request.at = seen_at
        context = {
            "preview": seen,
            "happens": happens,
            "public": seen.as_readers_see_it(request),
            "is_now": seen_at == at,
            "zone": zone_name(seen_at),
        }
        response = render(request, "admin/articles/storylist/_edition_preview.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _save(self, edited: _Edited, *, was_cancelled: bool) -> HttpResponse:
        request = edited.request
        form = edited.form = EditionForm.posted(request.POST)
        is_valid = form.read()
        if was_cancelled:
            form.general.append(_("This edition was cancelled meanwhile. Save it as a new one."))
            form.typed["based_on"] = _base_of_new(edited)
        elif not permissions.can_edit_list(request.user, edited.story_list):
            form.general.append(_("You may not change this list."))
            edited.status = 403
        elif is_valid and not _says_its_base(edited, form):
            form.general.append(
                _(
                    "This form does not say which version of the list it was opened at, so that the work of a colleague"
                    " might be lost. Nothing is saved. Open it again in another window and copy what you typed."
                )
            )
        elif is_valid:
            try:
                saved = _stored(edited, form)
            except ListConflictError as error:
                edited.latest = error.latest
                edited.conflicts = shown_conflicts(error, form.choices, edited.at)
            except PermissionDenied as error:
                form.general.append(str(error))
                edited.status = 403
            except ValidationError as error:
                form.refuse_all(error)
                if isinstance(error, TimesChangedError):
                    form.stand_on(error.times)
                if getattr(error, "code", "") == "cancelled":
                    edited.edition = None
                    form.typed["based_on"] = _base_of_new(edited)
            else:
                say_what_was_saved(request, form, saved)
                say_what_was_found(request, saved)
                return HttpResponseRedirect(_address_of(edited.story_list))
        return self._page(edited)

    def _page(self, edited: _Edited) -> HttpResponse:
        request, form, story_list = edited.request, edited.form, edited.story_list
        if form.when is None:
            form.peek()
        _name(edited, form.rows.rows)
        title = _("Edition of “%s”") if edited.edition else _("New edition of “%s”")
        context = {
            **self.admin_site.each_context(request),
            "title": title % story_list.name,
            "opts": self.opts,
            "story_list": story_list,
            "edition": edited.edition,
            "standing": what_it_is(edited.edition, edited.at),
            "form": form,
            "new_row": ItemRow(0),
            "conflicts": edited.conflicts,
            "latest": edited.latest,
            "latest_by": name_of(edited.latest.created_by) if edited.latest else "",
            "happens": _happens(edited, edited.edition),
            "sections": [("", _("of the page")), *((str(row.pk), row.name) for row in Section.objects.all())],
            "address": edited.address,
            "list_address": _address_of(story_list),
            "can_change": permissions.can_edit_list(request.user, story_list) or edited.status == 403,
            "most": MOST_ITEMS,
            "csrf_cookie": settings.CSRF_COOKIE_NAME,
            "zone": zone_name(),
            "errors": _count_in_words(form),
        }
        return TemplateResponse(request, "admin/articles/storylist/edition.html", context, status=edited.status)


def _edited(request: HttpRequest, list_id: int, edition_id: int | None) -> _Edited:
    """Raises PermissionDenied for whoever may not see lists, and Http404 where there is no such list."""
    if not permissions.can_see_lists(request.user):
        raise PermissionDenied
    rows = StoryList.objects.select_related("section", "story__section")
    story_list = rows.filter(pk=list_id).first() if is_id(list_id) else None
    if story_list is None:
        raise Http404
    editions = list(story_list.editions.not_over(request.at).order_by("starts_at", "pk"))
    edited = _Edited(request, story_list, editions)
    if edition_id is not None and is_id(edition_id):
        edited.edition = story_list.editions.select_related("revision").filter(pk=edition_id).first()
    return edited


def _first_form(edited: _Edited) -> EditionForm:
    """The form before anybody has typed."""
    at = edited.at
    if edited.edition is not None and not edited.is_over:
        return EditionForm.of(edited.edition.content, edition=edited.edition, at=at)
    source = edited.edition or _source(edited)
    content = source.content if source else ListContent(title=edited.story_list.name)
    form = EditionForm.of(content, edition=None, at=at)
    form.typed["based_on"] = _base_of_new(edited)
    form.offer_start(edited.request.GET.get("start", ""))
    return form


def _source(edited: _Edited) -> ListEdition | None:
    """What a new edition begins as: the edition `from` names, or else the standing one that readers have."""
    asked = edited.request.GET.get("from", "")
    rows = edited.story_list.editions.select_related("revision")
    if is_id(asked) and (found := rows.filter(pk=asked).first()):
        return found
    return _begun_last(edited)


def _begun_last(edited: _Edited) -> ListEdition | None:
    """The standing edition that readers have, or had last."""
    begun = edited.story_list.editions.filter(starts_at__lte=edited.at, kind=ListEdition.Kind.STANDING)
    return begun.select_related("revision").order_by("-starts_at").first()


def _base_of_new(edited: _Edited) -> str:
    """The version that a new edition may take the place of, whatever it is filled with; "" for none."""
    replaced = _begun_last(edited)
    return str(replaced.revision.number) if replaced else ""


def _says_its_base(edited: _Edited, form: EditionForm) -> bool:
    """Whether it is known what a colleague has saved since the form was opened, where it may take its place."""
    if edited.edition is not None:
        return form.based_on is not None and form.times_before is not None
    return form.based_on is not None or not form.when.replaces_at(edited.at) or _begun_last(edited) is None


def _stored(edited: _Edited, form: EditionForm) -> ListEdition:
    return save_edition(
        story_list=edited.story_list,
        content=form.content,
        by=edited.request.user,
        when=form.when,
        edition=edited.edition,
        based_on=form.based_on,
        times_before=form.times_before if edited.edition else None,
        decisions=form.decisions,
        comment=form.typed["comment"],
        now=edited.at,
    )


def _name(edited: _Edited, rows: Sequence[ItemRow]) -> None:
    """Give each row the story it leads to. Two queries."""
    stories = named_stories({row.story_id for row in rows} - {None}, edited.at)
    before = edited.edition.content.items if edited.edition else ()
    written_over = {item.key: item.written_over for item in before}
    for row in rows:
        row.named = stories.get(row.story_id) if row.story_id is not None else None
        row.written_over = row.written_over or written_over.get(row.key, "")


def _happens(edited: _Edited, edition: ListEdition | None) -> SafeString | str:
    """What saving the form as it is now will do, in words."""
    form = edited.form
    if form.typed["when"] == AT and form.when.start is None:
        return _("Give the moment at which the edition begins.")
    return what_happens(form.when, edited.editions, edited.at, edition=edition)


def _count_in_words(form: EditionForm) -> str:
    """How many mistakes there are, over the form; "" for none."""
    count = sum(map(len, form.errors.values())) + sum(len(e) for row in form.rows.kept for e in row.errors.values())
    words = ngettext(
        "Nothing is saved yet: correct the mistake below. All that you typed is kept.",
        "Nothing is saved yet: correct the %(count)d mistakes below. All that you typed is kept.",
        count,
    )
    return words % {"count": count} if count else ""


def _address_of(story_list: StoryList) -> str:
    return reverse("admin:articles_storylist_change", args=[story_list.pk])
