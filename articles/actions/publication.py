"""Publishing, scheduling, withdrawing and cancelling: the only writers of a story's chain of publications.

Each locks the story row, changes what was asked for, and rewrites the chain that follows from it (`timeline.chain`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from articles import clock, permissions, timeline
from articles.actions.activity import author, log_activity
from articles.html import storable
from articles.models import (
    Activity,
    Contributor,
    ContributorListing,
    Publication,
    Revision,
    Section,
    SectionListing,
    Story,
    Topic,
    TopicListing,
)


@transaction.atomic
def publish_story(
    *,
    story: Story,
    by: Any,
    at: datetime | None = None,
    until: datetime | None = None,
    note: str = "",
    revision: Revision | None = None,
    now: datetime | None = None,
) -> Publication:
    """Make a revision (the latest, unless another is given) live from `at` (now, unless later) until `until`.

    With a `note` for readers, the next publication of a story that was public is a correction. Publishing again what
    is live already changes nothing and returns what is live. Raises PermissionDenied, and ValidationError (keyed
    `publish_at`, `publish_until`, `note` or `section`) when the moment or the story is not fit for it.
    """
    now = now or clock.now()
    story = _locked(story.pk)
    if not permissions.can_publish(by, story):
        raise PermissionDenied(_("You may not publish this story."))
    note = _fit_note(note)
    start = at or now
    _refuse_unfit_moments(start, until, now)
    revision = revision or story.revisions.first()
    if revision is None or revision.story_id != story.pk:
        raise ValidationError(_("Save the story before publishing it."))
    if revision.content.section is None:
        raise ValidationError({"section": _("Choose a section before publishing.")})
    live = story.publications.live(start).with_content().first()
    if at is None and live and _asks_for(live, revision, until=until, note=note):
        return live
    replaced = story.publications.filter(live_from=start)
    if replaced.filter(kind=Publication.Kind.WITHDRAWN).exists() and not permissions.can_withdraw(by, story):
        raise PermissionDenied(_("You may not cancel this."))
    replaced.delete()
    publication = _add(
        story,
        revision,
        kind=Publication.Kind.PUBLISHED,
        start=start,
        until=until,
        note=note,
        by=by,
        now=now,
    )
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
    story = _locked(story.pk)
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
    publication = _add(
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
    story = _locked(publication.story_id)
    stored = story.publications.filter(pk=publication.pk).first()
    if stored is None:
        raise ValidationError(_("This was cancelled already."))
    withdrawal = stored.kind == Publication.Kind.WITHDRAWN
    if not (permissions.can_withdraw(by, story) if withdrawal else permissions.can_publish(by, story)):
        raise PermissionDenied(_("You may not cancel this."))
    if stored.live_from <= now:
        raise ValidationError(_("This has begun already. Withdraw the story instead."))
    stored.delete()
    _drop_withdrawals_of_nothing(story, now)
    rewrite_chain(story)
    log_activity(
        by=by, verb=Activity.Verb.CANCELLED, at=now, story=story, kind=stored.kind, live_from=str(stored.live_from)
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """What follows for one publication from all that was asked for."""

    live_until: datetime | None
    first_live_at: datetime
    kind: Publication.Kind


def standings(publications: Iterable[Publication]) -> dict[int, Standing]:
    """What follows for each publication of one story, by key: its end, when the story first went live, its kind.

    A note to readers makes a correction where the story was public before. Raises timeline.ChainError.
    """
    rows = {row.pk: row for row in publications}
    windows = timeline.chain(timeline.Asked(row.pk, row.live_from, row.requested_until) for row in rows.values())
    first_shown = min((row.live_from for row in rows.values() if row.shows), default=None)
    found = {}
    for window in windows:
        row, kind = rows[window.key], Publication.Kind.WITHDRAWN
        # Withdrawn in the very moment it went live, a story may come back: until then, that was its first.
        first = min(first_shown or row.live_from, row.live_from)
        if row.shows:
            kind = Publication.Kind.CORRECTED if row.note and row.live_from > first else Publication.Kind.PUBLISHED
        found[row.pk] = Standing(window.end, first, kind)
    return found


def rewrite_chain(story: Story) -> None:
    """Write what follows from everything asked for.

    The caller holds the lock on the story's row. The past does not change, because nothing asked for in the past does.
    """
    publications = {row.pk: row for row in story.publications.order_by("live_from")}
    for key, standing in standings(publications.values()).items():
        row = publications[key]
        moved = row.first_live_at != standing.first_live_at
        if not moved and (row.live_until, row.kind) == (standing.live_until, standing.kind):
            continue
        row.live_until, row.first_live_at, row.kind = standing.live_until, standing.first_live_at, standing.kind
        row.save(update_fields=["live_until", "first_live_at", "kind"])
        if moved:
            for listing in (SectionListing, TopicListing, ContributorListing):
                listing.objects.filter(publication=row).update(first_live_at=row.first_live_at)
    if story.has_publications != bool(publications):
        story.has_publications = bool(publications)
        story.save(update_fields=["has_publications"])


def _locked(story_id: int) -> Story:
    # Without its key, so that stories which link to this one can be saved meanwhile.
    return Story.objects.select_for_update(no_key=True).get(pk=story_id)


def _drop_withdrawals_of_nothing(story: Story, now: datetime) -> None:
    """Call off withdrawals with nothing public before them: their page would tell of a story nobody could read."""
    withdrawals = story.publications.filter(kind=Publication.Kind.WITHDRAWN, live_from__gt=now)
    first = story.publications.exclude(kind=Publication.Kind.WITHDRAWN).order_by("live_from").first()
    (withdrawals.filter(live_from__lt=first.live_from) if first else withdrawals).delete()


def _fit_note(note: str) -> str:
    """The note as it can be stored. Raises ValidationError (keyed `note`) when it is too long."""
    try:
        return Publication._meta.get_field("note").clean(storable(note).strip(), None)
    except ValidationError as error:
        raise ValidationError({"note": error.messages}) from error


def _asks_for(live: Publication, revision: Revision, *, until: datetime | None, note: str) -> bool:
    """Whether publishing this now would only say again what is live."""
    same_text = live.revision.digest == revision.digest
    return same_text and live.requested_until == until and note in ("", live.note)


def _refuse_unfit_moments(start: datetime, until: datetime | None, now: datetime) -> None:
    if start < now:
        raise ValidationError({"publish_at": _("This moment has passed.")})
    if until is not None and until <= start:
        raise ValidationError({"publish_until": _("The end must be after the beginning.")})


def _add(
    story: Story,
    revision: Revision,
    *,
    kind: Publication.Kind,
    start: datetime,
    until: datetime | None,
    note: str,
    by: Any,
    now: datetime,
    first_live_at: datetime | None = None,
    slug: str = "",
) -> Publication:
    publication = Publication.objects.create(
        story=story,
        revision=revision,
        kind=kind,
        live_from=start,
        live_until=until,
        requested_until=until,
        first_live_at=first_live_at or start,
        slug=slug or story.slug,
        note=note,
        created_at=now,
        created_by=author(by),
    )
    if publication.shows:
        _list(publication)
    rewrite_chain(story)
    publication.refresh_from_db()
    return publication


def _list(publication: Publication) -> None:
    """Put the publication under its section and the section's parent, its topics and its people."""
    content = publication.content
    common = {"publication": publication, "first_live_at": publication.first_live_at}
    sections = Section.objects.filter(Q(pk=content.section.id) | Q(children=content.section.id)).distinct()
    SectionListing.objects.bulk_create(SectionListing(section=row, **common) for row in sections)
    topics = Topic.objects.filter(pk__in=[topic.id for topic in content.topics])
    TopicListing.objects.bulk_create(TopicListing(topic=row, **common) for row in topics)
    people = Contributor.objects.filter(pk__in=[credit.contributor_id for credit in content.byline])
    ContributorListing.objects.bulk_create(ContributorListing(contributor=row, **common) for row in people)
