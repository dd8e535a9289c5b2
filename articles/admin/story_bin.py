"""Deleting stories: into the bin, out of it, and for ever."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from articles import actions
from articles.admin.story_refusal import Refused
from articles.models import Story


class StoryBin:
    """The part of `StoryAdmin` that deletes."""

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except Refused as refused:
            self.message_user(request, " ".join(refused.error.messages), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:articles_story_change", args=[object_id]))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple:
        """Where links stand in the way, the stories that hold them are named."""
        to_delete, model_count, perms_needed, protected = super().get_deleted_objects(objs, request)
        if protected:
            linking = Story.objects.filter(related_links__related_story__in=objs).distinct()
            address = "admin:articles_story_change"
            protected = [format_html('<a href="{}">{}</a>', reverse(address, args=[row.pk]), row) for row in linking]
        return to_delete, model_count, perms_needed, protected

    def delete_model(self, request: HttpRequest, obj: Story) -> None:
        try:
            actions.bin_story(story=obj, by=request.user)
        except ValidationError as error:
            raise Refused(error) from error

    def log_deletions(self, request: HttpRequest, queryset: QuerySet) -> None: ...
