"""Editorial notes on the desk: threads beside the story form, and on a page of their own.

The page works without scripts. With them `notes.js` fetches its threads alone (`FRAGMENT`) into a drawer of the form,
whose unsaved text is never touched.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from articles import actions, permissions
from articles.admin.autocomplete import is_id
from articles.html import storable
from articles.models import EditorialNote, Story

# What notes.js sends with its requests, to get the threads without the page around them.
FRAGMENT = ("X-Requested-With", "notes")
# So many of the newest notes of a story are shown, so many of its open threads counted, so many colleagues offered.
_NOTES, _COUNTED, _OFFERED, _LISTED = 500, 200, 8, 100


@dataclass
class Thread:
    """A note and the answers to it. `is_gone`: the subsection it is about is no longer in the story."""

    first: EditorialNote
    answers: list[EditorialNote] = field(default_factory=list)
    is_gone: bool = False


class StoryNotes:
    """The part of `StoryAdmin` that shows and takes editorial notes."""

    def notes_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path("<path:object_id>/notes/colleagues/", view(self.colleagues_view), name="articles_story_colleagues"),
            path("<path:object_id>/notes/", view(self.notes_view), name="articles_story_notes"),
        ]

    def notes_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The threads of a story. A POST writes a note (`text`, `thread`, `subsection`) or resolves one (`resolve`)."""
        story = self._story_of_notes(request, object_id)
        error = None
        if request.method == "POST":
            try:
                self._change_notes(request, story)
            except ValidationError as refused:
                error = refused
        is_fragment = request.headers.get(FRAGMENT[0]) == FRAGMENT[1]
        if request.method == "POST" and error is None and not is_fragment:
            return HttpResponseRedirect(reverse("admin:articles_story_notes", args=[story.pk]))
        template = "_notes.html" if is_fragment else "notes.html"
        context = {
            **({} if is_fragment else self.admin_site.each_context(request)),
            "title": _("Notes: %s") % story,
            "opts": self.opts,
            "object": story,
            "story": story,
            "errors": error.messages if error else [],
            "typed": _typed(request) if error else {},
            "may_note": permissions.can_note(request.user, story),
            "shown_at": request.at,
            **_threads(story),
        }
        if not is_fragment:
            context["colleagues"] = colleagues()[:_LISTED]
        status = 422 if error else 200
        return TemplateResponse(request, f"admin/articles/story/{template}", context, status=status)

    def colleagues_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Colleagues whose login or name begins with, or holds, `q`: those that a note on the story can mention."""
        self._story_of_notes(request, object_id)
        asked = storable(request.GET.get("q", ""))[:50].strip()
        found = colleagues()
        if asked:
            found = found.filter(
                Q(username__istartswith=asked) | Q(first_name__icontains=asked) | Q(last_name__icontains=asked)
            )
        people = [{"login": one.get_username(), "name": one.get_full_name()} for one in found[:_OFFERED]]
        return JsonResponse({"colleagues": people})

    def _story_of_notes(self, request: HttpRequest, object_id: str) -> Story:
        story = self.get_object(request, object_id) if is_id(object_id) else None
        if story is None or not permissions.can_see(request.user, story):
            raise PermissionDenied
        return story

    def _change_notes(self, request: HttpRequest, story: Story) -> None:
        if "resolve" in request.POST:
            actions.resolve_note(note=_note(story, request.POST["resolve"]), by=request.user, now=request.at)
            return
        thread = request.POST.get("thread", "")
        actions.write_note(
            story=story,
            by=request.user,
            text=request.POST.get("text", ""),
            thread=_note(story, thread) if thread else None,
            subsection_key=storable(request.POST.get("subsection", "")),
            now=request.at,
        )

    def _notes_of_form(self, story: Story | None) -> dict[str, Any]:
        """What the form says of the notes: how many threads are open, and at which subsections. One query."""
        if story is None or story.pk is None:
            return {}
        keys = story.notes.filter(thread=None, resolved_at=None).order_by().values_list("subsection_key", flat=True)
        marks = Counter(keys[:_COUNTED])
        return {"open_notes": marks.total(), "note_marks": {key: count for key, count in marks.items() if key}}


def colleagues() -> QuerySet:
    """Everybody who can be mentioned: who works here and may read stories, as `permissions.can_see` has it."""
    users = get_user_model().objects
    rights = (users.with_perm(f"articles.{right}").order_by() for right in ("view_story", "change_story"))
    readers = Q()
    for who in rights:
        readers |= Q(pk__in=who.values("pk"))
    return users.filter(readers, is_staff=True, is_active=True).order_by("username")


def _note(story: Story, posted: str) -> EditorialNote:
    note = story.notes.filter(pk=posted).first() if is_id(posted) else None
    if note is None:
        raise ValidationError(_("This note was deleted."))
    return note


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: storable(request.POST.get(name, "")) for name in ("text", "thread", "subsection")}


def _threads(story: Story) -> dict[str, Any]:
    """The threads of `story`, open and resolved, oldest first, and its subsections. Three queries."""
    newest = story.notes.select_related("resolved_by").prefetch_related("mentions").order_by("-at", "-id")[:_NOTES]
    subsections = list(story.subsections.only("story_id", "key", "heading"))
    keys = {row.key for row in subsections}
    threads: dict[int, Thread] = {}
    for note in reversed(newest):
        note.parts = _parts(note)
        if note.thread_id is None:
            threads[note.pk] = Thread(note, is_gone=bool(note.subsection_key) and note.subsection_key not in keys)
        elif note.thread_id in threads:
            threads[note.thread_id].answers.append(note)
    open_ = [thread for thread in threads.values() if thread.first.resolved_at is None]
    marks = Counter(thread.first.subsection_key for thread in open_ if thread.first.subsection_key)
    return {
        "threads": open_,
        "resolved": [thread for thread in threads.values() if thread.first.resolved_at is not None],
        "subsections": subsections,
        "note_marks": dict(marks),
    }


def _parts(note: EditorialNote) -> list[tuple[str, bool]]:
    """The text of a note in pieces, each with whether it mentions somebody who was told."""
    names = sorted((f"@{user.get_username()}" for user in note.mentions.all()), key=len, reverse=True)
    if not names:
        return [(note.text, False)]
    pieces = re.split("(" + "|".join(map(re.escape, names)) + ")", note.text)
    return [(piece, piece in names) for piece in pieces if piece]
