"""The chain of publications of one story: adding to it, and writing what follows from everything asked for.

Only the actions that publish, withdraw, cancel and reschedule call this, holding the lock on the story's row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from articles import timeline
from articles.actions.activity import author
from articles.content import StoryContent
from articles.models import (
    Contributor,
    ContributorListing,
    FeedListing,
    Publication,
    Revision,
    Section,
    SectionListing,
    Source,
    SourceListing,
    Story,
    Topic,
    TopicListing,
)
from articles.moments import in_words
from articles.search import published

# So far back a clock that is set right may go. Further back, it is wrong itself.
CLOCK_STEP = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Standing:
    """What follows for one publication from all that was asked for."""

    live_until: datetime | None
    first_live_at: datetime
    kind: Publication.Kind


def standings(publications: Iterable[Publication]) -> dict[int, Standing]:
    """What follows for each publication of one story, by key: its end, when the story first went live, its kind.

    A kind of change that is shown makes a correction where the story was public before. Raises timeline.ChainError.
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
            is_told = Publication.Change(row.change).is_shown and row.live_from > first
            kind = Publication.Kind.CORRECTED if is_told else Publication.Kind.PUBLISHED
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
            date_listings(row)
    if story.has_publications != bool(publications):
        story.has_publications = bool(publications)
        story.save(update_fields=["has_publications"])


def date_listings(publication: Publication) -> None:
    """Put a publication where it belongs in the lists, feeds and search that it is in already."""
    for listing in (SectionListing, TopicListing, ContributorListing, SourceListing):
        listing.objects.filter(publication=publication).update(first_live_at=publication.first_live_at)
    FeedListing.objects.filter(publication=publication).update(live_from=publication.live_from)
    published.date_publication(publication)


def settled(story: Story, now: datetime) -> datetime:
    """`now`, but never before what is known to have happened to the story: the clock may have been set back since.

    Otherwise what readers have read would count as a plan again, and could be called off. Raises ValidationError (code
    `clock`) where the clock must be wrong.
    """
    known = story.publications.aggregate(decided=Max("created_at"), begun=Max("begin_done_at"))
    latest = max([now, *(moment for moment in known.values() if moment)])
    if latest - now > CLOCK_STEP:
        raise ValidationError(
            _("The clock of the server shows %(now)s, but this story was changed at %(latest)s. Have the clock set."),
            code="clock",
            params={"now": in_words(now), "latest": in_words(latest)},
        )
    return latest


def as_it_appears(story: Story, revision: Revision) -> Story:
    """`story` as the predicates of rights take it where `revision` appears, wherever the working copy was moved since.

    Otherwise somebody limited to sections could move a story of their own, and then do there what is not theirs to do.
    """
    section = revision.content.section
    return Story(pk=story.pk, created_by_id=story.created_by_id, section_id=section.id if section else None)


def free_moment(story: Story, now: datetime) -> datetime:
    """`now`, or the first moment after it at which nothing of the story begins: what has begun is not replaced."""
    while story.publications.filter(live_from=now).exists():
        now += timedelta(microseconds=1)
    return now


def drop_what_follows_nothing(story: Story, now: datetime) -> None:
    """Call off withdrawals and retractions with nothing public before them: they would tell of what nobody read."""
    ending = Q(kind=Publication.Kind.WITHDRAWN) | Q(change=Publication.Change.RETRACTION)
    endings = story.publications.filter(ending, live_from__gt=now)
    first = story.publications.exclude(ending).order_by("live_from").first()
    (endings.filter(live_from__lt=first.live_from) if first else endings).delete()


def add_publication(
    story: Story,
    revision: Revision,
    *,
    kind: Publication.Kind,
    start: datetime,
    until: datetime | None,
    note: str,
    change: str = "",
    by: Any,
    now: datetime,
    override: str = "",
    first_live_at: datetime | None = None,
    slug: str = "",
) -> Publication:
    """Store a publication, list it, let readers find it, and rewrite the chain."""
    publication = Publication.objects.create(
        story=story,
        revision=revision,
        kind=kind,
        live_from=start,
        live_until=until,
        requested_until=until,
        first_live_at=first_live_at or start,
        slug=slug or story.slug,
        noindex=revision.content.noindex,
        change=change,
        note=note,
        override=override,
        created_at=now,
        created_by=author(by),
    )
    _list(publication)
    published.add_publication(publication)
    rewrite_chain(story)
    publication.refresh_from_db()
    return publication


def _list(publication: Publication) -> None:
    """Put the publication under its section and the section's parent, its topics, its people and its source.

    What ends a story stands in the feeds of all these, and on none of their pages.
    """
    subjects = _subjects(publication.content)
    if publication.is_listed:
        for listing, name in _LISTINGS:
            listing.objects.bulk_create(
                listing(publication=publication, first_live_at=publication.first_live_at, **{name: row})
                for row in subjects[name]
            )
    FeedListing.objects.bulk_create(
        FeedListing(publication=publication, live_from=publication.live_from, **{name: row})
        for name, rows in subjects.items()
        for row in rows
    )


_LISTINGS = (
    (SectionListing, "section"),
    (TopicListing, "topic"),
    (ContributorListing, "contributor"),
    (SourceListing, "source"),
)


def _subjects(content: StoryContent) -> dict[str, QuerySet | tuple]:
    """What a version is listed under, as far as it still exists. An imported text may say no section."""
    section = content.section.id if content.section else None
    return {
        "section": Section.objects.filter(Q(pk=section) | Q(children=section)).distinct() if section else (),
        "topic": Topic.objects.filter(pk__in=[topic.id for topic in content.topics]),
        "contributor": Contributor.objects.filter(pk__in=[credit.contributor_id for credit in content.byline]),
        "source": Source.objects.filter(pk=content.source.id) if content.source else (),
    }
