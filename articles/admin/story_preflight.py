"""Preflight on the story form: what stands against publishing, when the form opens and as one types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import permissions
from articles.actions.preflight import checks_are_off, preflight
from articles.admin.autocomplete import is_id
from articles.admin.posted_story import StoryOnForm, story_as_posted
from articles.admin.story_form import StoryForm
from articles.content import StoryContent
from articles.models import Story
from articles.preflight import BLOCKING, Finding


@dataclass(frozen=True)
class PlacedFinding:
    """A finding, and the id of the element on the page at which it can be mended."""

    finding: Finding
    anchor: str

    @property
    def blocks(self) -> bool:
        return self.finding.level == BLOCKING


@dataclass(frozen=True)
class PreflightPanel:
    """What the panel "Before publishing" shows: findings about the form if it were published at `moment`."""

    found: tuple[PlacedFinding, ...]
    moment: datetime
    url: str

    @cached_property
    def summary(self) -> str:
        blocking = sum(row.blocks for row in self.found)
        warnings = len(self.found) - blocking
        parts = []
        if blocking:
            words = ngettext(
                "%(count)d point keeps the story from going live.",
                "%(count)d points keep the story from going live.",
                blocking,
            )
            parts.append(words % {"count": blocking})
        if warnings:
            parts.append(ngettext("%(count)d warning.", "%(count)d warnings.", warnings) % {"count": warnings})
        return " ".join(parts) or _("The checks found nothing to mend.")


class StoryPreflight:
    """The part of `StoryAdmin` that checks before publishing. It never keeps anybody from saving."""

    @property
    def media(self) -> forms.Media:
        own = forms.Media(js=["articles/admin/preflight.js"], css={"all": ["articles/admin/preflight.css"]})
        return super().media + own

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.preflight_view)
        return [
            path("preflight/", view, name="articles_story_preflight_new"),
            path("<path:object_id>/preflight/", view, name="articles_story_preflight"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        story = kwargs.get("obj")
        if self.has_change_permission(request, story) and not checks_are_off():
            context["preflight"] = self._preflight_panel(request, story)
        return super().render_change_form(request, context, *args, **kwargs)

    def preflight_view(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        """The findings about a posted, unsaved form, as the list that the panel shows."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if object_id is not None and not is_id(object_id):
            raise Http404
        # A story that was deleted meanwhile would become a new one.
        story = self.get_object(request, object_id) if object_id is not None else None
        if not (permissions.can_edit(request.user, story) if story else permissions.can_write(request.user)):
            raise PermissionDenied
        panel = self._preflight_panel(request, story)
        return render(request, "admin/articles/story/_preflight_findings.html", {"preflight": panel})

    def _preflight_panel(self, request: HttpRequest, story: Story | None) -> PreflightPanel:
        story_id = story.pk if story else None
        on_form = _on_form(request, story)
        moment = _moment(request)
        found = preflight(on_form.content, story_id=story_id, at=moment)
        address = "admin:articles_story_preflight" if story_id else "admin:articles_story_preflight_new"
        return PreflightPanel(
            found=tuple(PlacedFinding(finding, on_form.anchor(finding.place)) for finding in found),
            moment=moment,
            url=reverse(address, args=[story_id] if story_id else []),
        )


def _on_form(request: HttpRequest, story: Story | None) -> StoryOnForm:
    """The story as it stands on the page: as typed where the form was posted, otherwise as saved last."""
    if request.method == "POST":
        keys = dict(story.subsections.values_list("pk", "key")) if story and story.pk else {}
        return story_as_posted(request.POST, keys)
    latest = story.revisions.first() if story and story.pk else None
    return StoryOnForm.saved(latest.content if latest else StoryContent(headline=""))


def _moment(request: HttpRequest) -> datetime:
    """When the story would go live: at the moment typed into the form, unless that is none or has passed."""
    field = StoryForm.base_fields["publish_at"]
    try:
        typed = field.clean(field.widget.value_from_datadict(request.POST, {}, "publish_at"))
    except ValidationError:
        typed = None
    return max(typed, request.at) if typed else request.at
