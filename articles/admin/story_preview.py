"""Preview on the desk: the page a story would make, before readers see it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path

from articles import permissions
from articles.models import StoryRows
from articles.views.story import render_story


class StoryPreview:
    """The part of `StoryAdmin` that previews."""

    def preview_urls(self) -> list:
        view = self.admin_site.admin_view
        return [path("<path:object_id>/preview/", view(self.preview_view), name="articles_story_preview")]

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The page the stored working copy would make."""
        story = self.get_object(request, object_id)
        if story is None or not permissions.can_preview(request.user, story):
            raise PermissionDenied
        return self._preview_page(request, StoryRows.stored(story))

    def _preview_page(self, request: HttpRequest, rows: StoryRows) -> HttpResponse:
        response = render_story(request, rows.content())
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response
