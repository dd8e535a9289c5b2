"""Publishing, scheduling, withdrawing and cancelling: the only writers of a story's chain of publications.

Each locks the story row, changes what was asked for, and rewrites the chain that follows from it (`chain.py`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles import clock, permissions
from articles.actions.activity import log_activity
from articles.actions.chain import add_publication, drop_withdrawals_of_nothing, rewrite_chain
from articles.actions.locking import lock_story
from articles.actions.review import refuse_unapproved
from articles.html import storable
from articles.models import Activity, Publication, Revision, Story


@transaction.atomic
def publish_story(
    *,
    story: Story,
    by: Any,
    at: datetime | None = None,
    until: datetime | None = None,
    note: str = "",
    revision: Revision | None = None,
    override: str = "",
    now: datetime | None = None,
) -> Publication:
    """Make a revision (the latest, unless another is given) live from `at` (now, unless later) until `until`.

    Exactly this revision must have been approved at every stage of review. `override` is the reason for an emergency,
    in which that does not hold. With a `note` for readers, the next publication of a story that was public is a
    correction. Publishing again what is live already changes nothing and returns what is live. Raises PermissionDenied, and ValidationError (keyed
    `publish_at`, `publish_until`, `note` or `section`) when the moment or the story is not fit for it.
    """
    now = now or clock.now()
    story = lock_story(story.pk)
    if not permissions.can_publish(by, story):
        raise PermissionDenied(_("You may not publish this story."))
    note = _fit_note(note)
    start = at or now
    _refuse_unfit_moments(start, until, now)
    revision = _fit_revision(story, revision, by=by)
    live = story.publications.live(start).with_content().first()
    if at is None and live and _asks_for(live, revision, until=until, note=note):
        return live
    override = _emergency(story, revision, override, by=by)
    replaced = story.publications.filter(live_from=start)
    if replaced.filter(kind=Publication.Kind.WITHDRAWN).exists() and not permissions.can_withdraw(by, story):
        raise PermissionDenied(_("You may not cancel this."))
    replaced.delete()
    publication = add_publication(
        story,
        revision,
        kind=Publication.Kind.PUBLISHED,
        start=start,
        until=until,
        note=note,
        override=override,
        by=by,
        now=now,
    )
    if override:
        log_activity(by=by, verb=Activity.Verb.OVERRODE, at=now, story=story, version=revision.number, reason=override)
    verb = Activity.Verb.SCHEDULED if start > now else Activity.Verb.PUBLISHED
    log_activity(
        by=by, verb=verb, at=now, story=story, version=revision.number, kind=publication.kind, live_from=str(start)
    )
    return publication


@transaction.atomic
def withdraw_story(
    *, story: Story, by: Any, at: datetime | None = None, note: str = "", now: datetime | None = None
) -> Publication:
    """Take the story from readers from `at` (now, unless later) on; its page then shows `note`.

    Everything scheduled for later is cancelled, because it would bring the story back. Raises PermissionDenied, and
    ValidationError (keyed `withdraw_at` or `note`).
    """
    now = now or clock.now()
    story = lock_story(story.pk)
    if not permissions.can_withdraw(by, story):
        raise PermissionDenied(_("You may not withdraw this story."))
    note = _fit_note(note)
    start = at or now
    if start < now:
        raise ValidationError({"withdraw_at": _("This moment has passed.")})
    live = story.publications.live(start).first()
    if live is None or (start > now and live.live_from == start == live.first_live_at):
        # Also what would only begin then: a withdrawal tells readers of a story, so there must have been one for them.
        raise ValidationError({"withdraw_at": _("The story is not live at that moment, so it cannot be withdrawn.")})
    story.publications.filter(live_from__gte=start, live_from__gt=live.live_from).delete()
    if live.live_from == start:
        # Live for no time at all: the withdrawal takes its place.
        live.delete()
    publication = add_publication(
        story,
        live.revision,
        kind=Publication.Kind.WITHDRAWN,
        start=start,
        until=None,
        note=note,
        by=by,
        now=now,
        first_live_at=live.first_live_at,
        slug=live.slug,
    )
    log_activity(by=by, verb=Activity.Verb.WITHDRAWN, at=now, story=story, live_from=str(start), note=note)
    return publication


@transaction.atomic
def cancel_publication(*, publication: Publication, by: Any, now: datetime | None = None) -> None:
    """Call off something scheduled; what it would have ended goes on, and what it would have begun is called off too.

    Raises PermissionDenied and ValidationError.
    """
    now = now or clock.now()
    story = lock_story(publication.story_id)
    stored = story.publications.filter(pk=publication.pk).first()
    if stored is None:
        raise ValidationError(_("This was cancelled already."))
    withdrawal = stored.kind == Publication.Kind.WITHDRAWN
    if not (permissions.can_withdraw(by, story) if withdrawal else permissions.can_publish(by, story)):
        raise PermissionDenied(_("You may not cancel this."))
    if stored.live_from <= now:
        raise ValidationError(_("This has begun already. Withdraw the story instead."))
    stored.delete()
    drop_withdrawals_of_nothing(story, now)
    rewrite_chain(story)
    log_activity(
        by=by, verb=Activity.Verb.CANCELLED, at=now, story=story, kind=stored.kind, live_from=str(stored.live_from)
    )


def _fit_revision(story: Story, revision: Revision | None, *, by: Any) -> Revision:
    """The revision to be published, the latest where none is given. Raises ValidationError and PermissionDenied."""
    revision = revision or story.revisions.first()
    if revision is None or revision.story_id != story.pk:
        raise ValidationError(_("Save the story before publishing it."))
    if revision.content.section is None:
        raise ValidationError({"section": _("Choose a section before publishing.")})
    # Where it will appear counts, not where the working copy has been moved to since.
    appears = Story(pk=story.pk, created_by_id=story.created_by_id, section_id=revision.content.section.id)
    if not permissions.can_publish(by, appears):
        raise PermissionDenied(_("You may not publish this story."))
    return revision


def _fit_note(note: str) -> str:
    """The note as it can be stored. Raises ValidationError (keyed `note`) when it is too long."""
    try:
        return Publication._meta.get_field("note").clean(storable(note).strip(), None)
    except ValidationError as error:
        raise ValidationError({"note": error.messages}) from error


def _emergency(story: Story, revision: Revision, reason: str, *, by: Any) -> str:
    """The reason as it is stored; "" when nothing stands against publishing.

    Raises ValidationError, and PermissionDenied for a reason by somebody who may not publish in an emergency.
    """
    reason = _fit_reason(reason)
    try:
        refuse_unapproved(revision)
    except ValidationError:
        if not reason:
            raise
        if not permissions.can_override(by, story):
            raise PermissionDenied(_("You may not publish against review.")) from None
        return reason
    return ""


def _fit_reason(reason: str) -> str:
    try:
        return Publication._meta.get_field("override").clean(storable(reason).strip(), None)
    except ValidationError as error:
        raise ValidationError({"override": error.messages}) from error


def _asks_for(live: Publication, revision: Revision, *, until: datetime | None, note: str) -> bool:
    """Whether publishing this now would only say again what is live."""
    same_text = live.revision.digest == revision.digest
    return same_text and live.requested_until == until and note in ("", live.note)


def _refuse_unfit_moments(start: datetime, until: datetime | None, now: datetime) -> None:
    if start < now:
        raise ValidationError({"publish_at": _("This moment has passed.")})
    if until is not None and until <= start:
        raise ValidationError({"publish_until": _("The end must be after the beginning.")})
