"""Several lists changed at one moment: all of what was chosen, or none of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import moments, permissions
from articles.actions import publish_editions
from articles.admin.autocomplete import is_id
from articles.admin.lists.overview_holdings import Held, Holdings
from articles.admin.moment_field import MomentField
from articles.models import ListEdition, StoryList

# More drafts and planned editions than these are a mess that a page of them does not help against.
MOST = 200


class TogetherForm(forms.Form):
    """When all of them begin."""

    NOW, LATER = "now", "later"

    when = forms.ChoiceField(
        choices=[(NOW, gettext_lazy("now")), (LATER, gettext_lazy("at this moment"))],
        widget=forms.RadioSelect,
        initial=LATER,
        label=gettext_lazy("They begin"),
    )
    start = MomentField(gettext_lazy("Moment"))

    def clean(self) -> None:
        cleaned = super().clean()
        if cleaned.get("when") == self.LATER and "start" in cleaned and cleaned["start"] is None:
            self.add_error("start", _("Give a moment, or choose “now”."))

    @property
    def start_at(self) -> datetime | None:
        """The moment; None is now."""
        return self.cleaned_data["start"] if self.cleaned_data["when"] == self.LATER else None


@dataclass
class Candidate:
    """An edition that can be chosen. `held` is what it will show when it begins."""

    edition: ListEdition
    held: Held
    is_chosen: bool
    messages: list[str] = field(default_factory=list)


class ListTogether:
    """The part of the lists' desk that publishes several lists together."""

    def together_urls(self) -> list:
        return [path("together/", self.admin_site.admin_view(self.together_view), name="articles_storylist_together")]

    def together_view(self, request: HttpRequest) -> HttpResponse:
        """Drafts and planned editions to choose from; `_check` shows what they will hold, `_publish` publishes them.

        `edition` are the chosen ids; `seen_<id>` is the version of each that the person saw.
        """
        if not permissions.can_edit_some_lists(request.user):
            raise PermissionDenied
        posted = request.POST if request.method == "POST" else None
        form = TogetherForm(posted)
        found = _to_choose_from(request)
        chosen_ids = (posted or request.GET).getlist("edition")
        chosen = [row for row in found if str(row.pk) in chosen_ids]
        refused: dict[int | None, list[str]] = {}
        if posted is not None:
            refused = _refused_before(form, chosen, chosen_ids, posted)
            if not refused and form.is_valid() and "_publish" in posted:
                refused = self._publish(request, chosen, form.start_at, _seen(chosen, posted))
                if not refused:
                    return HttpResponseRedirect(reverse("admin:articles_storylist_changelist"))
        at = _shown_at(form, request.at) if posted is not None else None
        holdings = Holdings(found, request.at)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change several lists together"),
            "opts": self.opts,
            "form": form,
            "candidates": [
                Candidate(row, holdings.of(row, at if row in chosen else None), row in chosen, refused.get(row.pk, []))
                for row in found
            ],
            "refused": refused.get(None, []),
            "has_refusals": bool(refused),
            "is_checked": posted is not None and not refused and form.is_valid(),
        }
        return TemplateResponse(request, "admin/articles/storylist/together.html", context)

    def _publish(
        self, request: HttpRequest, chosen: Sequence[ListEdition], start: datetime | None, seen: dict[int, int]
    ) -> dict[int | None, list[str]]:
        """Publish `chosen`, and say so; or what was refused, by edition (None: it is about no single one)."""
        try:
            saved = publish_editions(editions=chosen, start=start, by=request.user, seen=seen)
        except ValidationError as error:
            alone = {row.pk: found for row in chosen if (found := _refused_alone(row, start, request.user, seen))}
            return alone or {None: list(error.messages)}
        count = len(saved)
        if start is None:
            said = ngettext("%(count)d list is changed.", "%(count)d lists are changed together.", count)
        else:
            said = ngettext("%(count)d list changes %(moment)s.", "%(count)d lists change together %(moment)s.", count)
        values = {"count": count, "moment": moments.in_words(start or request.at)}
        self.message_user(request, said % values, messages.SUCCESS)
        return {}


def _to_choose_from(request: HttpRequest) -> list[ListEdition]:
    """Drafts and planned editions of the lists this person may edit, by place and name; then by their begin."""
    not_begun = ListEdition.objects.filter(starts_at=None) | ListEdition.objects.filter(starts_at__gt=request.at)
    rows = not_begun.select_related(
        "revision__created_by", "story_list__section", "story_list__topic", "story_list__story"
    ).order_by("story_list__name", "starts_at", "pk")
    places = [place.value for place in StoryList.Place]
    # Asked of the database, or the lists of others would fill the page and leave no room for one's own.
    if limit := permissions.section_limit(request.user):
        rows = rows.filter(story_list__section__in=limit)
    may_edit = [row for row in rows[:MOST] if permissions.can_edit_list(request.user, row.story_list)]
    return sorted(may_edit, key=lambda row: places.index(row.story_list.place))


def _refused_before(
    form: TogetherForm, chosen: Sequence[ListEdition], chosen_ids: Sequence[str], posted: Any
) -> dict[int | None, list[str]]:
    """What is wrong before anything is tried: nothing chosen, chosen but gone, changed since it was seen."""
    refused: dict[int | None, list[str]] = {}
    if not chosen_ids:
        refused[None] = [_("Choose at least one edition.")]
    elif len(chosen) < len(set(chosen_ids)):
        words = _("Something that was chosen has begun, was cancelled meanwhile, or is not yours to change.")
        refused[None] = [words]
    seen = _seen(chosen, posted)
    for row in chosen:
        if row.pk not in seen:
            refused[row.pk] = [_("It is not known which version of this edition you saw. Look at it again.")]
        elif seen[row.pk] != row.revision.number:
            refused[row.pk] = [_("A colleague has changed this edition meanwhile. Look at it again.")]
    if form.errors:
        # They stand at their fields.
        refused.setdefault(None, [])
    return refused


def _seen(chosen: Sequence[ListEdition], posted: Any) -> dict[int, int]:
    """The number of the version that the person saw of each chosen edition; nothing for what the form does not say."""
    typed = {row.pk: posted.get(f"seen_{row.pk}", "") for row in chosen}
    return {pk: int(number) for pk, number in typed.items() if is_id(number)}


def _refused_alone(edition: ListEdition, start: datetime | None, by: Any, seen: dict[int, int]) -> list[str]:
    """What would be refused of this edition by itself; nothing is kept of trying."""
    try:
        with transaction.atomic():
            publish_editions(editions=[edition], start=start, by=by, seen=seen)
            transaction.set_rollback(True)
    except ValidationError as error:
        prefix = f"{edition.story_list.name}: "
        return [message.removeprefix(prefix) for message in error.messages]
    return []


def _shown_at(form: TogetherForm, now: datetime) -> datetime | None:
    """The moment at which what was chosen will begin; None where the form does not say."""
    if not form.is_valid():
        return None
    return max(form.start_at or now, now)
