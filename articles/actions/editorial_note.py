"""Editorial notes: what colleagues tell each other about a story. Mentioning one tells them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles import clock, permissions
from articles.actions.activity import author, log_activity, name_of
from articles.actions.locking import lock_story
from articles.actions.notifying import tell
from articles.html import storable
from articles.models import Activity, EditorialNote, Story

_LENGTH = EditorialNote._meta.get_field("text").max_length
# What may be a user name after an @ that does not belong to a mail address. Chinese goes on without a space.
_MENTION = re.compile(r"(?<![A-Za-z0-9_.+-])@([\w.+-]+)")
_LONGEST_NAME = 60


@transaction.atomic
def write_note(
    *,
    story: Story,
    by: Any,
    text: str,
    thread: EditorialNote | None = None,
    subsection_key: str = "",
    tell_author: bool = True,
    now: datetime | None = None,
) -> EditorialNote:
    """Add a note to the story, or an answer to `thread`; `@username` mentions a colleague who may read the story.

    An answer to a resolved thread opens it again. With `tell_author` off, the author hears of it from
    the caller. Raises PermissionDenied, and ValidationError (keyed `text`).
    """
    now = now or clock.now()
    story = lock_story(story.pk)
    if not permissions.can_note(by, story):
        raise PermissionDenied(_("You may not write notes on this story."))
    text = storable(text).strip()
    if not text:
        raise ValidationError({"text": _("Write something first.")})
    if len(text) > _LENGTH:
        raise ValidationError({"text": _("A note has at most %d characters.") % _LENGTH})
    if thread is not None:
        thread = story.notes.filter(pk=thread.thread_id or thread.pk).first()
    about = story.subsections.filter(key=subsection_key).first() if subsection_key and thread is None else None
    note = EditorialNote.objects.create(
        story=story,
        thread=thread,
        subsection_key=about.key if about else "",
        subsection_heading=about.heading if about else "",
        text=text,
        at=now,
        author=author(by),
        author_name=name_of(by),
    )
    if thread is not None and thread.resolved_at is not None:
        thread.resolved_at = thread.resolved_by = None
        thread.save(update_fields=["resolved_at", "resolved_by"])
    colleagues = mentioned(text, story)
    note.mentions.set(colleagues)
    # Whoever is mentioned is told that, and not once more that there is a note.
    key = f"note:{note.pk}"
    tell(users=colleagues, kind="mentioned", story=story, at=now, key=key, by=by)
    concerned = [story.created_by if tell_author else None, thread.author if thread else None]
    tell(users=concerned, kind="noted", story=story, at=now, key=key, by=by)
    log_activity(by=by, verb=Activity.Verb.NOTED, at=now, story=story, note=note.pk)
    return note


@transaction.atomic
def resolve_note(*, note: EditorialNote, by: Any, now: datetime | None = None) -> EditorialNote:
    """Mark the thread of `note` as settled. Raises PermissionDenied, and ValidationError when it is gone."""
    now = now or clock.now()
    story = lock_story(note.story_id)
    if not permissions.can_note(by, story):
        raise PermissionDenied(_("You may not resolve notes on this story."))
    thread = story.notes.filter(pk=note.thread_id or note.pk).first()
    if thread is None:
        raise ValidationError(_("This note was deleted."))
    if thread.resolved_at is None:
        thread.resolved_at, thread.resolved_by = now, author(by)
        thread.save(update_fields=["resolved_at", "resolved_by"])
        log_activity(by=by, verb=Activity.Verb.RESOLVED, at=now, story=story, note=thread.pk)
    return thread


def mentioned(text: str, story: Story) -> list[Any]:
    """The colleagues that `text` mentions and who may read `story`."""
    written = [match[:_LONGEST_NAME] for match in _MENTION.findall(text)]
    beginnings = {match[:length] for match in written for length in range(1, len(match) + 1)}
    users = get_user_model().objects.filter(username__in=beginnings, is_active=True, is_staff=True) if written else []
    known = {user.username: user for user in users}
    # Of several names that a text begins with, the longest is meant.
    longest = [max((name for name in known if match.startswith(name)), key=len, default="") for match in written]
    return [known[name] for name in dict.fromkeys(longest) if name and permissions.can_see(known[name], story)]
