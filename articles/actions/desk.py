"""What everybody does with what is one's own on the desk: settings, and what one was told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from articles import clock
from articles.models import DeskProfile, Notification


@transaction.atomic
def save_preferences(*, by: Any, wants_digest: bool) -> DeskProfile:
    """Keep the settings of `by`. The sections somebody is limited to are not among them."""
    profile, _created = DeskProfile.objects.update_or_create(user=by, defaults={"wants_digest": wants_digest})
    return profile


@transaction.atomic
def mark_seen(*, by: Any, one: int | None = None, up_to: int | None = None, now: datetime | None = None) -> int:
    """Mark the notification of `by` with the id `one`, or all told up to the id `up_to`; returns how many were new."""
    mine = Notification.objects.filter(user=by, seen_at=None)
    mine = mine.filter(pk=one) if one is not None else mine.filter(pk__lte=up_to or 0)
    return mine.update(seen_at=now or clock.now())
