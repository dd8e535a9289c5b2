"""Preview links: letting somebody without a login read one version of a story for a while."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from articles import clock, permissions
from articles.actions.activity import log_activity
from articles.actions.locking import lock_story
from articles.html import storable
from articles.models import Activity, PreviewLink, Revision
from articles.models.preview_link import new_token
from articles.permissions import Operator

_LENGTH = PreviewLink._meta.get_field("meant_for").max_length


@transaction.atomic
def make_preview_link(
    *, revision: Revision, by: Any, lifetime: str, meant_for: str = "", now: datetime | None = None
) -> PreviewLink:
    """A link to this version and no other, for one of `PreviewLink.Lifetime`, to whom it is `meant_for`.

    Raises PermissionDenied, and ValidationError (keyed `lifetime` or `meant_for`).
    """
    now = now or clock.now()
    story = lock_story(revision.story_id)
    # A link lives as long as the right of whoever made it, so that has to be somebody with a login.
    if isinstance(by, Operator) or not permissions.can_share_preview(by, story):
        raise PermissionDenied(_("You may not share a preview of this story."))
    if lifetime not in PreviewLink.Lifetime.values:
        raise ValidationError({"lifetime": _("Choose how long the link is to work.")})
    meant_for = " ".join(storable(meant_for).split())
    if len(meant_for) > _LENGTH:
        raise ValidationError({"meant_for": _("A name has at most %d characters.") % _LENGTH})
    link = PreviewLink.objects.create(
        revision=revision,
        token=new_token(),
        meant_for=meant_for,
        created_at=now,
        created_by=by,
        expires_at=now + PreviewLink.Lifetime(lifetime).length,
    )
    log_activity(
        by=by,
        verb=Activity.Verb.MADE_PREVIEW_LINK,
        at=now,
        story=story,
        link=link.pk,
        version=revision.number,
        meant_for=meant_for,
        expires_at=str(link.expires_at),
    )
    return link


@transaction.atomic
def revoke_preview_link(*, link: PreviewLink, by: Any, now: datetime | None = None) -> PreviewLink:
    """Let the link open nothing any more; whoever may share a story may revoke any link to it. Raises PermissionDenied.

    What has ended or was revoked already stays as it is.
    """
    now = now or clock.now()
    story = lock_story(link.revision.story_id)
    if not permissions.can_share_preview(by, story):
        raise PermissionDenied(_("You may not revoke this link."))
    link.refresh_from_db(fields=["revoked_at", "expires_at"])
    if not link.is_current(now):
        return link
    link.revoked_at = now
    link.save(update_fields=["revoked_at"])
    log_activity(
        by=by,
        verb=Activity.Verb.REVOKED_PREVIEW_LINK,
        at=now,
        story=story,
        link=link.pk,
        version=link.revision.number,
        meant_for=link.meant_for,
    )
    return link


@transaction.atomic
def record_opening(*, link: PreviewLink, now: datetime | None = None) -> None:
    """Count that somebody opened the link. Asks for no right and writes no activity: the link is the right."""
    PreviewLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1, last_opened_at=now or clock.now())
