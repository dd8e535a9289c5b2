"""Preview on the desk: the page a story would make, before readers see it; in a new tab, or beside the form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from articles import permissions
from articles.admin.story_refusal import Preview
from articles.models import Story, StoryRows
from articles.views.preview import desk_preview
from newsroom.csp import CSP, csp_override


class StoryPreview:
    """The part of `StoryAdmin` that previews."""

    def preview_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path("preview/pane/", view(self.preview_pane_view), name="articles_story_preview_new_pane"),
            path("<path:object_id>/preview/pane/", view(self.preview_pane_view), name="articles_story_preview_pane"),
            path("<path:object_id>/preview/", view(self.preview_view), name="articles_story_preview"),
        ]

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page the stored working copy would make."""
        story = self.get_object(request, object_id)
        if story is None or not permissions.can_preview(request.user, story):
            raise PermissionDenied
        return self._preview_page(request, StoryRows.stored(story))

    def preview_pane_view(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        """What the pane beside the form shows: the only answer that may stand in a frame, of this site.

        The page of the posted form, or what it lacks; of the stored working copy when nothing is posted.
        """
        policy = {**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF]}
        view = self._posted_preview if request.method == "POST" else self.preview_view
        return xframe_options_sameorigin(csp_override(policy)(view))(request, object_id)

    def _posted_preview(self, request: HttpRequest, object_id: str | None) -> HttpResponse:
        # Whatever else was posted: this address previews and does nothing else.
        request.POST = request.POST.copy()
        request.POST["_preview"] = "1"
        if object_id is not None and self.get_object(request, object_id) is None:
            # Deleted by somebody else while the form was open: what was typed can still be looked at.
            object_id = None
        try:
            form_page = super().changeform_view(request, object_id)
        except Preview as preview:
            return preview.response
        return self._missing_page(request, getattr(form_page, "context_data", None))

    def _missing_page(self, request: HttpRequest, form_context: dict[str, Any] | None) -> HttpResponse:
        """What keeps the form of `form_context` from making a page; None where the story went away meanwhile."""
        missing = []
        if form_context is not None:
            missing = list(_missing(form_context["adminform"].form, form_context["inline_admin_formsets"]))
        context = {"missing": missing, "page_language": get_language()}
        response = render(request, "admin/articles/story/preview_missing.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _preview_page(self, request: HttpRequest, rows: StoryRows, asked: dict[str, Any] | None = None) -> HttpResponse:
        """`asked` is what the panels of the status bar say: when to publish, what readers are told of the change."""
        asked = asked or {}
        return desk_preview(
            request,
            rows.content(),
            story=rows.story,
            at=asked.get("publish_at"),
            change=asked.get("change", ""),
            note=asked.get("correction_note", ""),
        )

    def _preview_addresses(self, request: HttpRequest, story: Story | None) -> dict[str, str]:
        """Where the form finds the pane and the links; "" for links that the user may not make."""
        if story is None:
            return {"pane_url": reverse("admin:articles_story_preview_new_pane"), "preview_links_url": ""}
        may_share = permissions.can_share_preview(request.user, story)
        return {
            "pane_url": reverse("admin:articles_story_preview_pane", args=[story.pk]),
            "preview_links_url": reverse("admin:articles_story_preview_links", args=[story.pk]) if may_share else "",
        }


def _missing(form: BaseForm, inlines: Any) -> Iterator[tuple[str, list[str]]]:
    """What keeps a form from making a page: (place in words, messages), in the order of the form."""
    yield from _missing_in(form, "")
    for inline in inlines:
        formset = inline.formset
        name = capfirst(inline.opts.verbose_name)
        if messages := list(formset.non_form_errors()):
            yield str(capfirst(inline.opts.verbose_name_plural)), messages
        for number, row in enumerate(formset.forms, start=1):
            if not (formset.can_delete and formset._should_delete_form(row)):
                place = row["place"].value() if "place" in row.fields else ""
                yield from _missing_in(row, f"{name} {place or number}")


def _missing_in(form: BaseForm, row: str) -> Iterator[tuple[str, list[str]]]:
    for name, errors in form.errors.items():
        label = str(capfirst(form.fields[name].label or name)) if name in form.fields else ""
        words = [row, label] if label and row else [row or label]
        # Translators: between a row of the form and the field in it.
        yield _(", ").join(words), list(errors)
