"""Deleting stories: into the bin, out of it, and for ever."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from articles import actions, permissions
from articles.admin.story_in_lists import in_lists, left_behind
from articles.models import Story

# How many stories of the bin its page names; emptying it takes all.
SHOWN = 200


class StoryBin:
    """The part of `StoryAdmin` that deletes."""

    def bin_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path("bin/", view(self.bin_view), name="articles_story_bin"),
            path("<path:object_id>/take-out/", view(self.take_out_view), name="articles_story_take_out"),
        ]

    @method_decorator(csrf_protect)
    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """Asks whether the story should go into the bin; a POST puts it there."""
        story = self.get_object(request, object_id)
        if story is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not permissions.can_delete(request.user, story) or story.binned_at is not None:
            raise PermissionDenied
        if request.method != "POST":
            context = {**self.admin_site.each_context(request), "title": _("Delete this story?"), "opts": self.opts}
            context |= {"object": story, "in_lists": in_lists(story, request.user, request.at)}
            return TemplateResponse(request, "admin/articles/story/bin_confirmation.html", context)
        try:
            actions.bin_story(story=story, by=request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return self._to_form(story)
        self.message_user(request, _("“%s” is in the bin. It can be taken out again.") % story, messages.SUCCESS)
        if words := left_behind(in_lists(story, request.user, request.at)):
            self.message_user(request, words, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:articles_story_changelist"))

    @method_decorator([csrf_protect, require_POST])
    def take_out_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Puts a story of the bin back on the desk."""
        story = self.get_object(request, object_id)
        if story is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        try:
            actions.take_out_of_bin(story=story, by=request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        else:
            self.message_user(request, _("Taken out of the bin."), messages.SUCCESS)
        return self._to_form(story)

    @method_decorator(csrf_protect)
    def bin_view(self, request: HttpRequest) -> HttpResponse:
        """What is in the bin; a POST deletes for ever what was never public."""
        if not permissions.can_empty_bin(request.user):
            raise PermissionDenied
        if request.method == "POST":
            try:
                count = actions.empty_bin(by=request.user)
            except ValidationError as error:
                for message in error.messages:
                    self.message_user(request, message, messages.ERROR)
            else:
                said = ngettext("%d story was deleted for ever.", "%d stories were deleted for ever.", count) % count
                self.message_user(request, said, messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:articles_story_bin"))
        stories = Story.objects.exclude(binned_at=None).select_related("binned_by").order_by("-binned_at")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Bin"),
            "opts": self.opts,
            "stories": stories[:SHOWN],
            "doomed": stories.filter(has_publications=False).count(),
        }
        return TemplateResponse(request, "admin/articles/story/bin.html", context)

    def _to_form(self, story: Story) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:articles_story_change", args=[story.pk]))
