"""The history of a story: its versions, what readers saw, and who did what."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles import permissions


class StoryHistory:
    """The part of `StoryAdmin` that shows the past."""

    def history_urls(self) -> list:
        return []

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """Versions and activities of the story, newest first."""
        story = self.get_object(request, object_id)
        if story is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not permissions.can_see(request.user, story):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % story,
            "opts": self.opts,
            "object": story,
            "revisions": story.revisions.select_related("created_by").defer("stored")[:100],
            "activities": story.activities.all()[:200],
            "publications": story.publications.select_related("revision", "created_by").order_by("-live_from"),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/articles/story/history.html", context)
