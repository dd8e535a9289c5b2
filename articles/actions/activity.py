"""Writing the audit trail. Every other action calls this in its own transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from articles.models import Activity, Story, StoryList
from articles.permissions import Operator


def log_activity(
    *,
    by: Any,
    verb: Activity.Verb,
    at: datetime,
    story: Story | None = None,
    story_list: StoryList | None = None,
    subject: str = "",
    **detail: Any,
) -> Activity:
    """Record that `by` (a user or an Operator) did `verb` at `at`; `detail` is kept as JSON."""
    return Activity.objects.create(
        at=at,
        user_id=by.pk,
        user_name=name_of(by),
        verb=verb,
        story=story,
        story_list=story_list,
        subject=subject or (story.headline if story else story_list.name if story_list else ""),
        detail=detail,
    )


def name_of(person: Any) -> str:
    """What a user or an Operator is called, also in records that outlive the login; "—" for nobody."""
    return (person.get_full_name() or person.get_username())[:150] if person else "—"


def author(by: Any) -> Any:
    """What a `…_by` column takes: the user, or None for an Operator."""
    return None if isinstance(by, Operator) else by
