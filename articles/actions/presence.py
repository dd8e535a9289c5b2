"""Who has which story open right now. It is no activity: nothing of it stays."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from articles import clock, permissions
from articles.models import Presence, Story

# A window that said nothing for so long is closed, or its machine is.
GONE_AFTER = timedelta(seconds=30)
FORGOTTEN_AFTER = timedelta(days=1)
_PLACE = re.compile(r"[a-z0-9_:-]{0,60}")


@transaction.atomic
def see_in_story(*, user: Any, story: Story, form_key: str, place: str = "", now: datetime | None = None) -> Presence:
    """Record that `user` has `story` open in the form `form_key`, with the cursor at `place`.

    A place is "headline" or "subsection:<key>:body"; anything else that is no place is nowhere. Raises
    PermissionDenied.
    """
    now = now or clock.now()
    if not permissions.can_see(user, story):
        raise PermissionDenied
    place = place if _PLACE.fullmatch(place) else ""
    presence, made = Presence.objects.get_or_create(
        user=user, form_key=form_key, defaults={"story": story, "opened_at": now, "seen_at": now, "place": place}
    )
    if not made:
        if presence.story_id != story.pk or presence.seen_at < now - GONE_AFTER:
            presence.opened_at = now
        presence.story, presence.seen_at, presence.place = story, now, place
        # Another request of this window may have ended it meanwhile.
        Presence.objects.filter(pk=presence.pk).update(
            story=story, seen_at=now, place=place, opened_at=presence.opened_at
        )
    return presence


def leave_story(*, user: Any, form_key: str) -> None:
    """Record that the form `form_key` of `user` was closed."""
    Presence.objects.filter(user=user, form_key=form_key).delete()


def forget_old_presences(now: datetime | None = None) -> int:
    """Remove what nobody needs: windows that were last seen a day ago; how many."""
    now = now or clock.now()
    return Presence.objects.filter(seen_at__lt=now - FORGOTTEN_AFTER).delete()[0]
