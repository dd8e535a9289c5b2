"""Changing what is scheduled: another moment, or not at all. What has begun stays as it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles import clock, permissions
from articles.actions.activity import author, log_activity
from articles.actions.chain import as_it_appears, drop_what_follows_nothing, rewrite_chain, settled
from articles.actions.change import keeping_plans_explained
from articles.actions.listings import date_listings
from articles.actions.locking import lock_story
from articles.actions.preflight import as_errors, keep_findings, preflight, recheck_scheduled
from articles.actions.review import refuse_unapproved
from articles.models import Activity, Publication, Story
from articles.moments import in_words

# The end asked for stays as it is.
UNCHANGED: Any = object()


@transaction.atomic
def cancel_publication(*, publication: Publication, by: Any, now: datetime | None = None) -> None:
    """Call off something scheduled; what it would have ended goes on, and what it would have begun is called off too.

    Raises PermissionDenied and ValidationError (code `plan_unexplained` where another version has to be called off
    first).
    """
    story = lock_story(publication.story_id)
    now = settled(story, now or clock.now())
    stored = _planned(story, publication, by=by, now=now)
    with keeping_plans_explained(story):
        stored.delete()
        drop_what_follows_nothing(story, now)
        rewrite_chain(story, now)
    log_activity(
        by=by, verb=Activity.Verb.CANCELLED, at=now, story=story, kind=stored.kind, live_from=str(stored.live_from)
    )
    recheck_scheduled(now=now, story_ids={story.pk}, by=by)


@transaction.atomic
def reschedule_publication(
    *,
    publication: Publication,
    at: datetime,
    until: datetime | None = UNCHANGED,
    by: Any,
    now: datetime | None = None,
) -> Publication:
    """Move something scheduled to begin `at` another moment, and to end by `until` where that is given.

    The version stays the same, so that its approval holds; the checks are asked again for the new moment. A withdrawal
    or a retraction is not moved over another plan, nor another plan over it: the story would come back, or be gone,
    where nobody asked for it. Raises PermissionDenied, and ValidationError (keyed `reschedule_at`, or with the codes
    `preflight` and `plan_unexplained`).
    """
    story = lock_story(publication.story_id)
    now = settled(story, now or clock.now())
    stored = _planned(story, publication, by=by, now=now)
    until = stored.requested_until if until is UNCHANGED else until
    if (at, until) == (stored.live_from, stored.requested_until):
        return stored
    _refuse_unfit(story, stored, at, until, now)
    if stored.shows and not stored.override:
        # Once more: the newsroom may have asked for more reviews since.
        refuse_unapproved(stored.revision)
    found = preflight(stored.content, story_id=story.pk, at=at) if stored.shows else ()
    if not stored.override and (errors := as_errors(found)):
        raise ValidationError(errors)
    before = stored.live_from
    with keeping_plans_explained(story):
        stored.live_from, stored.live_until, stored.requested_until = at, until, until
        # Until the chain is rewritten; an address is never from after its story.
        stored.first_live_at, stored.told_at = min(stored.first_live_at, at), at
        stored.created_at, stored.created_by = now, author(by)
        stored.save()
        date_listings(stored)
        rewrite_chain(story, now)
    stored.refresh_from_db()
    keep_findings(stored, found)
    log_activity(
        by=by,
        verb=Activity.Verb.SCHEDULED,
        at=now,
        story=story,
        version=stored.revision.number,
        kind=stored.kind,
        moved_from=str(before),
        live_from=str(at),
    )
    recheck_scheduled(now=now, story_ids={story.pk}, by=by)
    return stored


def _planned(story: Story, publication: Publication, *, by: Any, now: datetime) -> Publication:
    """The publication as it is stored, still to come and this person's to change.

    Raises PermissionDenied and ValidationError.
    """
    stored = story.publications.select_related("revision").filter(pk=publication.pk).first()
    if stored is None:
        raise ValidationError(_("This was cancelled already."))
    may = permissions.can_publish if stored.shows else permissions.can_withdraw
    if not (may(by, story) and may(by, as_it_appears(story, stored.revision))):
        raise PermissionDenied(_("You may not change this plan."))
    if stored.live_from <= now:
        raise ValidationError(_("This has begun already. Withdraw the story instead."))
    return stored


def _refuse_unfit(story: Story, moved: Publication, at: datetime, until: datetime | None, now: datetime) -> None:
    """Raises ValidationError (keyed `reschedule_at`) for a moment that `moved` cannot be moved to."""
    if at <= now:
        raise _refusal(_("This moment has passed."))
    if until is not None and until <= at:
        raise _refusal(_("It is to come down %(moment)s, which is not after that.") % {"moment": in_words(until)})
    first, last = sorted((moved.live_from, at))
    between = list(story.publications.filter(live_from__gte=first, live_from__lte=last).exclude(pk=moved.pk))
    if any(row.live_from == at for row in between):
        raise _refusal(_("Something else is scheduled for that moment. Cancel it first."))
    ends_it = [row for row in (moved, *between) if not row.is_listed]
    if between and ends_it:
        raise _refusal(
            _("%(moment)s something else is scheduled that a withdrawal or retraction must not be moved over.")
            % {"moment": in_words(between[0].live_from)}
        )
    if not moved.shows and not _is_live_without(moved, at):
        raise _refusal(_("The story is not live at that moment, so it cannot be withdrawn."))


def _is_live_without(moved: Publication, at: datetime) -> bool:
    """Whether readers would have a text at `at` if `moved` were not there."""
    others = moved.story.publications.exclude(pk=moved.pk)
    before = others.filter(live_from__lt=at).order_by("live_from").last()
    return before is not None and before.shows and (before.requested_until is None or at < before.requested_until)


def _refusal(words: str) -> ValidationError:
    return ValidationError({"reschedule_at": words})
