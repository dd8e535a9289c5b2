"""Publishing, scheduling and withdrawing. With `schedule.py` the only writers of a story's chain of publications.

Each locks the story row, changes what was asked for, and rewrites the chain that follows from it (`chain.py`). What has
begun is never changed or deleted.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from articles import clock, permissions
from articles.actions.activity import log_activity
from articles.actions.chain import add_publication, as_it_appears, free_moment, settled
from articles.actions.change import fit_change, fit_note, keeping_plans_explained, last_version
from articles.actions.locking import lock_story
from articles.actions.notifying import chief_editors, tell
from articles.actions.preflight import as_errors, blocking, keep_findings, preflight, recheck_scheduled
from articles.actions.review import refuse_unapproved
from articles.html import storable
from articles.models import Activity, Publication, Revision, Story
from articles.preflight import Finding


@transaction.atomic
def publish_story(
    *,
    story: Story,
    by: Any,
    at: datetime | None = None,
    until: datetime | None = None,
    change: str = "",
    note: str = "",
    revision: Revision | None = None,
    override: str = "",
    now: datetime | None = None,
) -> Publication:
    """Make a revision (the latest, unless another is given) live from `at` (now, unless later) until `until`.

    Exactly this revision must have been approved at every stage of review, and no check of preflight may block it at
    that moment. `override` is the reason for an emergency, in which that does not hold. What differs from the last
    version that readers have had needs a `change`, and a `note` that tells them; a note alone is a correction. A
    retraction calls off every version scheduled for later, as a withdrawal does. Publishing again what is live already
    changes nothing and returns what is live.

    Raises PermissionDenied, and ValidationError (keyed `publish_at`, `publish_until`, `change`, `note`, `override` or
    `section`, or with the codes `not_approved`, `preflight` and `plan_unexplained`).
    """
    story = lock_story(story.pk)
    now = settled(story, now or clock.now())
    if not permissions.can_publish(by, story):
        raise PermissionDenied(_("You may not publish this story."))
    note = fit_note(note)
    at_once = at is None or at == now
    start = now = free_moment(story, now) if at_once else now
    start = start if at_once else at
    _refuse_unfit_moments(start, until, now)
    revision = _fit_revision(story, revision, by=by)
    live = _replaced(story, start, by=by)
    if at_once and live and _asks_for(live, revision, until=until, change=change, note=note):
        return live
    change = fit_change(change, note, revision, before=last_version(story, start))
    found = preflight(revision.content, story_id=story.pk, at=start)
    override = _emergency(story, revision, found, override, by=by)
    with keeping_plans_explained(story):
        _make_room(story, start, change, by=by)
        publication = add_publication(
            story,
            revision,
            kind=Publication.Kind.PUBLISHED,
            start=start,
            until=until,
            change=change,
            note=note,
            override=override,
            by=by,
            now=now,
        )
    _keep_checks(publication, found, by=by, now=now)
    verb = Activity.Verb.PUBLISHED if at_once else Activity.Verb.SCHEDULED
    detail = {"version": revision.number, "kind": publication.kind, "change": change, "live_from": str(start)}
    log_activity(by=by, verb=verb, at=now, story=story, **detail)
    recheck_scheduled(now=now, story_ids={story.pk}, by=by)
    return publication


@transaction.atomic
def withdraw_story(
    *, story: Story, by: Any, at: datetime | None = None, note: str = "", now: datetime | None = None
) -> Publication:
    """Take the story from readers from `at` (now, unless later) on; its page then shows `note`.

    Everything scheduled for later is cancelled, because it would bring the story back. Raises PermissionDenied, and
    ValidationError (keyed `withdraw_at` or `note`).
    """
    story = lock_story(story.pk)
    now = settled(story, now or clock.now())
    if not permissions.can_withdraw(by, story):
        raise PermissionDenied(_("You may not withdraw this story."))
    note = fit_note(note)
    if at is not None and at < now:
        raise ValidationError({"withdraw_at": _("This moment has passed.")})
    at_once = at is None or at == now
    start = free_moment(story, now) if at_once else at
    before = story.publications.live(start - timedelta(microseconds=1)).first()
    if before is None or not story.publications.live(start).exists():
        # Also what would only begin then: a withdrawal tells readers of a story, so there must have been one for them.
        raise ValidationError({"withdraw_at": _("The story is not live at that moment, so it cannot be withdrawn.")})
    # Nothing among these has begun: see `free_moment`.
    called_off = story.publications.filter(live_from__gte=start)
    ended = [before, *called_off.with_content()]
    if not all(permissions.can_withdraw(by, as_it_appears(story, row.revision)) for row in ended):
        raise PermissionDenied(_("You may not withdraw this story."))
    called_off.delete()
    publication = add_publication(
        story,
        before.revision,
        kind=Publication.Kind.WITHDRAWN,
        start=start,
        until=None,
        note=note,
        by=by,
        now=start if at_once else now,
        first_live_at=before.first_live_at,
        slug=before.slug,
    )
    log_activity(by=by, verb=Activity.Verb.WITHDRAWN, at=now, story=story, live_from=str(start), note=note)
    recheck_scheduled(now=now, story_ids={story.pk}, by=by)
    return publication


def _replaced(story: Story, start: datetime, *, by: Any) -> Publication | None:
    """What readers have when `start` comes; in another section it would be gone from there. Raises PermissionDenied."""
    live = story.publications.live(start).with_content().first()
    if live and not permissions.can_publish(by, as_it_appears(story, live.revision)):
        raise PermissionDenied(_("You may not publish this story."))
    return live


def _make_room(story: Story, start: datetime, change: str, *, by: Any) -> None:
    """Call off what is scheduled for the same moment, and what would bring a retracted text back. Nothing has begun."""
    replaced = story.publications.filter(live_from=start)
    if replaced.filter(kind=Publication.Kind.WITHDRAWN).exists() and not permissions.can_withdraw(by, story):
        raise PermissionDenied(_("You may not cancel this."))
    called_off = Q(live_from=start)
    if change == Publication.Change.RETRACTION:
        called_off |= Q(live_from__gt=start) & ~Q(kind=Publication.Kind.WITHDRAWN)
    for row in story.publications.filter(called_off).with_content():
        if not permissions.can_publish(by, as_it_appears(story, row.revision)):
            raise PermissionDenied(_("You may not cancel this."))
    story.publications.filter(called_off).delete()


def _fit_revision(story: Story, revision: Revision | None, *, by: Any) -> Revision:
    """The revision to be published, the latest where none is given. Raises ValidationError and PermissionDenied."""
    revision = revision or story.revisions.first()
    if revision is None or revision.story_id != story.pk:
        raise ValidationError(_("Save the story before publishing it."))
    if revision.content.section is None:
        raise ValidationError({"section": _("Choose a section before publishing.")})
    if not permissions.can_publish(by, as_it_appears(story, revision)):
        raise PermissionDenied(_("You may not publish this story."))
    return revision


def _emergency(story: Story, revision: Revision, found: Collection[Finding], reason: str, *, by: Any) -> str:
    """The reason as it is stored; "" when nothing stands against publishing.

    Raises ValidationError, and PermissionDenied for a reason by somebody who may not publish in an emergency.
    """
    reason = _fit_reason(reason)
    errors = as_errors(found)
    try:
        refuse_unapproved(revision)
    except ValidationError as error:
        errors = [*error.error_list, *errors]
    if not errors:
        return ""
    if not reason:
        raise ValidationError(errors)
    if not permissions.can_override(by, story):
        raise PermissionDenied(_("You may not publish against review and checks."))
    return reason


def _keep_checks(publication: Publication, found: Collection[Finding], *, by: Any, now: datetime) -> None:
    """Keep what the checks found, and leave in the trail why it is published all the same."""
    keep_findings(publication, found)
    if publication.override:
        log_activity(
            by=by,
            verb=Activity.Verb.OVERRODE,
            at=now,
            story=publication.story,
            version=publication.revision.number,
            reason=publication.override,
            findings=[finding.to_json() for finding in blocking(found)],
        )
        editors = chief_editors(publication.story)
        tell(users=editors, kind="emergency", story=publication.story, at=now, key=f"emergency:{publication.pk}", by=by)


def _fit_reason(reason: str) -> str:
    try:
        return Publication._meta.get_field("override").clean(storable(reason).strip(), None)
    except ValidationError as error:
        raise ValidationError({"override": error.messages}) from error


def _asks_for(live: Publication, revision: Revision, *, until: datetime | None, change: str, note: str) -> bool:
    """Whether publishing this now would only say again what is live."""
    if live.revision.digest != revision.digest or live.requested_until != until or note not in ("", live.note):
        return False
    # The first publication is a change of nothing, whatever was asked for.
    is_first = live.live_from == live.first_live_at
    return is_first or change in ("", Publication.Change.MINOR, live.change)


def _refuse_unfit_moments(start: datetime, until: datetime | None, now: datetime) -> None:
    if start < now:
        raise ValidationError({"publish_at": _("This moment has passed.")})
    if until is not None and until <= start:
        raise ValidationError({"publish_until": _("The end must be after the beginning.")})
