"""The history of a story: its versions, what readers saw, who did what; comparing versions, and bringing them back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import actions, permissions
from articles.actions.restoring import content_of, part_names
from articles.admin.autocomplete import is_id
from articles.admin.moment_field import MomentField
from articles.comparison import compare
from articles.content import StoryContent
from articles.models import Publication, Revision, Story
from articles.templatetags.news import moment

VERSIONS_ON_A_PAGE = 100
# What the column holds on every database.
_LARGEST_NUMBER = 2**31 - 1


class MomentForm(forms.Form):
    """When somebody asks what readers saw."""

    at = MomentField(gettext_lazy("What did readers see at"))


class StoryHistory:
    """The part of `StoryAdmin` that shows the past and brings it back."""

    def history_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path("<path:object_id>/history/<int:number>/", view(self.version_view), name="articles_story_version"),
            path("<path:object_id>/compare/", view(self.compare_view), name="articles_story_compare"),
            path("<path:object_id>/restore/", view(self.restore_view), name="articles_story_restore"),
        ]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """Versions, newest first, a page at a time; what readers saw; who did what.

        `?at=` asks what readers saw at a moment: it leads to that version, or says why there was none.
        """
        story = self._story_to_look_at(request, object_id)
        if isinstance(story, HttpResponse):
            return story
        form = MomentForm(request.GET if request.GET.get("at") else None)
        answer = ""
        if form.is_valid():
            at = form.cleaned_data["at"]
            current = story.publications.current(at).select_related("revision").first()
            if current and current.kind != Publication.Kind.WITHDRAWN:
                address = _address("version", story, current.revision.number)
                return HttpResponseRedirect(f"{address}?{urlencode({'at': request.GET['at']})}")
            answer = _nothing_to_read(current, at, request.at)
        before = request.GET.get("before", "")
        is_first_page = not is_id(before)
        versions = story.revisions.select_related("created_by").defer("stored")
        if not is_first_page:
            versions = versions.filter(number__lt=min(int(before), _LARGEST_NUMBER))
        page = list(versions[: VERSIONS_ON_A_PAGE + 1])
        publications = story.publications.select_related("revision", "created_by").order_by("-live_from")
        context = {
            "title": _("History: %s") % story,
            "versions": page[:VERSIONS_ON_A_PAGE],
            "older_than": page[VERSIONS_ON_A_PAGE - 1].number if len(page) > VERSIONS_ON_A_PAGE else None,
            "is_first_page": is_first_page,
            "moment_form": form,
            "answer": answer,
            "publications": publications.defer("revision__stored") if is_first_page else [],
            "activities": story.activities.all()[:200] if is_first_page else [],
            **(extra_context or {}),
        }
        return self._page(request, story, "history", context)

    def version_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """One version in full, with the buttons that bring it back, or parts of it."""
        story = self._story_to_look_at(request, object_id)
        if isinstance(story, HttpResponse):
            return story
        (revision,) = self._versions(story, number)
        latest = _latest_number(story)
        form = MomentForm(request.GET if request.GET.get("at") else None)
        at = form.cleaned_data["at"] if form.is_valid() else None
        try:
            content = content_of(revision)
        except ValidationError as error:
            return self._back_to_history(request, story, error)
        context = {
            "title": _("Version %(number)d: %(story)s") % {"number": number, "story": story},
            "revision": revision,
            "content": content,
            # Shown as additions to nothing: the fields that say something.
            "fields": compare(StoryContent(headline="", language=""), content).changes,
            "may_restore": permissions.can_edit(request.user, story) and revision.number != latest,
            "kept_field": "slug" if story.has_publications else "",
            # Said only where it is true, whatever the address says.
            "read_at": at if at and story.publications.live(at).filter(revision=revision).exists() else None,
            "latest_number": latest,
        }
        return self._page(request, story, "version", context)

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The difference of two versions, the earlier one first. By default: of the last two."""
        story = self._story_to_look_at(request, object_id)
        if isinstance(story, HttpResponse):
            return story
        latest = _latest_number(story)
        later = _number(request.GET.get("new"), latest)
        numbers = sorted((_number(request.GET.get("old"), later - 1), later))
        if numbers[0] == numbers[1] or latest == 1:
            return self._back_to_history(request, story, ValidationError(_("Choose two different versions.")))
        old, new = self._versions(story, *numbers)
        try:
            comparison = compare(content_of(old), content_of(new))
        except ValidationError as error:
            return self._back_to_history(request, story, error)
        changed = {field.name for field in comparison.changes}
        context = {
            "title": _("Versions %(old)d and %(new)d: %(story)s")
            % {"old": old.number, "new": new.number, "story": story},
            "old": old,
            "new": new,
            "comparison": comparison,
            "unchanged": [field for field in comparison.fields if field.name not in changed],
            "latest_number": latest,
            "later_number": new.number + 1 if new.number < latest else None,
        }
        return self._page(request, story, "compare", context)

    def restore_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Bring back a version (`whole`) or parts of it (`part`), and say what came of it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        story = self._story_to_look_at(request, object_id)
        if isinstance(story, HttpResponse):
            return story
        (revision,) = self._versions(story, _number(request.POST.get("revision"), 0))
        parts = None if "whole" in request.POST else request.POST.getlist("part")
        based_on = request.POST.get("based_on", "")
        try:
            restored = actions.restore_version(
                story=story,
                revision=revision,
                parts=parts,
                by=request.user,
                based_on=int(based_on) if is_id(based_on) else None,
            )
        except ValidationError as error:
            return self._back_to_history(request, story, error)
        self._say_restored(request, revision, parts, restored)
        if parts is None or restored.revision.number == revision.number:
            return HttpResponseRedirect(reverse("admin:articles_story_change", args=[story.pk]))
        query = urlencode({"old": revision.number, "new": restored.revision.number})
        return HttpResponseRedirect(f"{_address('compare', story)}?{query}")

    def _say_restored(self, request: HttpRequest, revision: Revision, parts: list[str] | None, restored: Any) -> None:
        if not restored.is_new:
            self.message_user(request, _("The story says this already; nothing was changed."), messages.INFO)
        elif parts is None:
            said = _("Saved as version %(new)d: everything as in version %(old)d.")
            self.message_user(request, said % {"new": restored.revision.number, "old": revision.number})
        else:
            said = _("Saved as version %(new)d: %(parts)s as in version %(old)d.")
            names = _(", ").join(part_names(parts, revision.content))
            values = {"new": restored.revision.number, "old": revision.number, "parts": names}
            self.message_user(request, said % values, messages.SUCCESS)
        if restored.missing:
            said = _("Left out, because it exists no longer: %s") % _(", ").join(restored.missing)
            self.message_user(request, said, messages.WARNING)

    def _story_to_look_at(self, request: HttpRequest, object_id: str) -> Story | HttpResponse:
        """The story, or the way back to the list. Raises PermissionDenied."""
        story = self.get_object(request, object_id)
        if story is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not permissions.can_see(request.user, story):
            raise PermissionDenied
        return story

    def _versions(self, story: Story, *numbers: int) -> list[Revision]:
        """The versions of this story with these numbers, in their order. Raises Http404 when one is missing."""
        usable = [number for number in numbers if 0 < number <= _LARGEST_NUMBER]
        found = {row.number: row for row in story.revisions.filter(number__in=usable).select_related("created_by")}
        if set(found) != set(numbers):
            raise Http404
        return [found[number] for number in numbers]

    def _back_to_history(self, request: HttpRequest, story: Story, error: ValidationError) -> HttpResponse:
        self.message_user(request, " ".join(error.messages), messages.ERROR)
        return HttpResponseRedirect(_address("history", story))

    def _page(self, request: HttpRequest, story: Story, name: str, context: dict[str, Any]) -> HttpResponse:
        return TemplateResponse(
            request,
            f"admin/articles/story/{name}.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "object": story,
                "may_edit": permissions.can_edit(request.user, story),
                **context,
            },
        )


def _address(name: str, story: Story, *arguments: Any) -> str:
    return reverse(f"admin:articles_story_{name}", args=[story.pk, *arguments])


def _latest_number(story: Story) -> int:
    return story.revisions.values_list("number", flat=True).first() or 0


def _number(typed: str | None, default: int) -> int:
    """A number of a version as it came with the request; `default` where none came. Raises Http404."""
    if not typed:
        return default
    if not is_id(typed):
        raise Http404
    return int(typed)


def _nothing_to_read(current: Publication | None, at: datetime, now: datetime) -> str:
    """Why there was no version to read at `at`."""
    if current:
        if at > now:
            return format_html(_("At {}, as planned now, the story will be withdrawn."), moment(at))
        return format_html(
            _("At {} the story was withdrawn, since {}: readers saw the notice."), moment(at), moment(current.live_from)
        )
    if at > now:
        return format_html(_("At {}, as planned now, readers will not see this story."), moment(at))
    return format_html(_("At {} the story was not public: readers did not see it."), moment(at))
