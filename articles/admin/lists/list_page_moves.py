"""What the buttons on the page of a list do: copy what was, end, cancel, rename."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import moments, timeline
from articles.actions import When, cancel_edition, copy_edition, end_edition, rename_story_list
from articles.admin.autocomplete import is_id
from articles.admin.moment_field import MomentField
from articles.html import storable
from articles.models import ListEdition, StoryList

LIST, COPY, END = "list", "copy", "end"
# What the evening had, before the night changed it.
_EVENING = time(18)


class CopyForm(forms.Form):
    """As it was when; and whether readers get it at once."""

    shown_at = MomentField(gettext_lazy("As it was at"))

    def clean_shown_at(self) -> datetime:
        moment = self.cleaned_data["shown_at"]
        if moment is None:
            raise ValidationError(_("Give a moment."))
        return moment


class EndForm(forms.Form):
    """When an edition ends; without a moment at once."""

    end = MomentField(gettext_lazy("Ends at"))

    def __init__(self, edition_id: int, data: Any = None, **kwargs: Any) -> None:
        # There may be two on a page: a special, and the standing edition under it.
        super().__init__(data, auto_id=f"id_%s_{edition_id}", **kwargs)
        self.edition_id = edition_id


class NameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100, strip=True)

    def clean_name(self) -> str:
        return storable(self.cleaned_data["name"]).strip()


class Moves:
    """The moves of one list: each answers with the way on, or with the forms of the page and what was refused."""

    def forms_of(self, row: StoryList, at: datetime) -> dict[str, Any]:
        """The forms as the page opens: yesterday evening, and the name it has."""
        yesterday = moments.local(at).date() - timedelta(days=1)
        evening = datetime.combine(yesterday, _EVENING)
        evening = evening if timeline.local_moments(evening, moments.zone()) else evening + timedelta(hours=2)
        return {
            COPY: CopyForm(initial={"shown_at": evening}),
            LIST: NameForm(initial={"name": row.name}),
        }

    def end_form(self, edition: ListEdition) -> EndForm:
        return EndForm(edition.pk)

    def answer_to_move(self, request: HttpRequest, row: StoryList) -> HttpResponse | dict[str, Any]:
        """Make the move whose button was pressed. Raises Http404 where none was."""
        for button, move in _MOVES.items():
            if button in request.POST:
                forms_of_page = self.forms_of(row, request.at)
                return move(self, request, row, forms_of_page) or forms_of_page
        raise Http404

    def _copy(self, request: HttpRequest, row: StoryList, page: dict[str, Any]) -> HttpResponse | None:
        form = page[COPY] = CopyForm(request.POST)
        if not form.is_valid():
            return None
        at_once = request.POST.get("_copy") == "now"
        shown_at = form.cleaned_data["shown_at"]
        try:
            edition = copy_edition(
                story_list=row, shown_at=shown_at, by=request.user, when=When(now=True) if at_once else When()
            )
        except ValidationError as error:
            form.add_error("shown_at", error.messages)
            return None
        values = {"moment": moments.in_words(shown_at)}
        if at_once:
            self._say(request, _("Readers have it again as it was %(moment)s.") % values)
            return self._to_page(row)
        self._say(request, _("A draft holds it as it was %(moment)s. Readers see nothing of it yet.") % values)
        return HttpResponseRedirect(address_of_draft(edition))

    def _end(self, request: HttpRequest, row: StoryList, page: dict[str, Any]) -> HttpResponse | None:
        edition = _edition(row, request.POST.get("edition", ""))
        form = page[END] = EndForm(edition.pk, request.POST)
        if not form.is_valid():
            return None
        try:
            ended = end_edition(edition=edition, by=request.user, end=form.cleaned_data["end"])
        except ValidationError as error:
            form.add_error("end", error.messages)
            return None
        self._say(request, _("The edition ends %s.") % moments.in_words(ended.ends_at))
        return self._to_page(row)

    def _cancel(self, request: HttpRequest, row: StoryList, page: dict[str, Any]) -> HttpResponse:
        edition = _edition(row, request.POST.get("edition", ""))
        try:
            cancel_edition(edition=edition, by=request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        else:
            said = _("The edition is cancelled. What it held is still among the versions of the list.")
            self._say(request, said)
        return self._to_page(row)

    def _rename(self, request: HttpRequest, row: StoryList, page: dict[str, Any]) -> HttpResponse | None:
        form = page[LIST] = NameForm(request.POST)
        if not form.is_valid():
            return None
        name = form.cleaned_data["name"]
        if StoryList.objects.filter(name=name).exclude(pk=row.pk).exists():
            form.add_error("name", _("Another list has this name."))
            return None
        try:
            rename_story_list(story_list=row, name=name, by=request.user)
        except ValidationError as error:
            form.add_error("name", error.messages)
            return None
        self._say(request, _("The list is called “%s” now.") % name)
        return self._to_page(row)

    def _say(self, request: HttpRequest, words: str) -> None:
        self.message_user(request, words, messages.SUCCESS)

    def _to_page(self, row: StoryList) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:articles_storylist_change", args=[row.pk]))


def address_of_draft(edition: ListEdition) -> str:
    """Where a draft is worked on."""
    return reverse("admin:articles_storylist_edition", args=[edition.story_list_id, edition.pk])


def _edition(row: StoryList, typed: str) -> ListEdition:
    """The edition of this list with that id. Raises Http404."""
    edition = row.editions.filter(pk=typed).first() if is_id(typed) else None
    if edition is None:
        raise Http404
    return edition


# The buttons, by name. What each may do is for the actions to say, which raise PermissionDenied.
_MOVES: dict[str, Callable[..., HttpResponse | None]] = {
    "_copy": Moves._copy,
    "_end": Moves._end,
    "_cancel": Moves._cancel,
    "_rename": Moves._rename,
}
