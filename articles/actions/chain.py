"""The chain of publications of one story: adding to it, and writing what follows from everything asked for.

Only the actions that publish, withdraw, cancel and reschedule call this, holding the lock on the story's row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from articles import timeline
from articles.actions.activity import author
from articles.actions.listings import date_listings, list_ending, list_publication
from articles.models import Publication, Revision, Story
from articles.moments import in_words
from articles.search import published

# So far back a clock that is set right may go. Further back, it is wrong itself.
CLOCK_STEP = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Standing:
    """What follows for one publication from all that was asked for.

    `told_at`: the moment at which readers were last told of the story, while this one holds.
    """

    live_until: datetime | None
    first_live_at: datetime
    kind: Publication.Kind
    told_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """What an ending tells of: the version that readers had before it, for a withdrawal; and where they may have seen
    the story, as the versions that were shown before it and its own.
    """

    last: Publication
    seen: tuple[Publication, ...]


def standings(publications: Iterable[Publication]) -> dict[int, Standing]:
    """What follows for each publication of one story, by key: its end, when the story first went live, its kind, when
    it was last told of.

    A kind of change that is shown makes a correction where the story was public before. A minor change is told to
    nobody, as Atom has it: not each change is one the publisher considers significant (RFC 4287, 4.2.15). But a story
    that comes back, after a withdrawal or after its time was over, is told in any case: whoever has been told that it
    is gone has to be told that it is not. Raises timeline.ChainError.
    """
    rows = {row.pk: row for row in publications}
    windows = timeline.chain(timeline.Asked(row.pk, row.live_from, row.requested_until) for row in rows.values())
    first_shown = min((row.live_from for row in rows.values() if row.shows), default=None)
    found: dict[int, Standing] = {}
    before, told_at = None, None
    for window in windows:
        row, kind = rows[window.key], Publication.Kind.WITHDRAWN
        # Withdrawn in the very moment it went live, a story may come back: until then, that was its first.
        first = min(first_shown or row.live_from, row.live_from)
        if row.shows:
            is_told = Publication.Change(row.change).is_shown and row.live_from > first
            kind = Publication.Kind.CORRECTED if is_told else Publication.Kind.PUBLISHED
        goes_on = before is not None and rows[before.key].shows and before.end == window.start
        if kind != Publication.Kind.PUBLISHED or row.live_from == first or not goes_on or told_at is None:
            told_at = row.live_from
        found[row.pk] = Standing(window.end, first, kind, told_at)
        before = window
    return found


def endings(publications: Iterable[Publication]) -> dict[int, Said]:
    """What each withdrawal and retraction of one story tells of, by key. What follows nothing public is left out."""
    found = {}
    shown: list[Publication] = []
    for row in sorted(publications, key=lambda row: row.live_from):
        if row.shows:
            shown.append(row)
        if shown and not row.is_listed:
            found[row.pk] = Said(shown[-1], tuple(shown))
    return found


def rewrite_chain(story: Story, now: datetime) -> None:
    """Write what follows from everything asked for.

    The caller holds the lock on the story's row. The past does not change, because nothing asked for in the past does.
    """
    publications = {row.pk: row for row in story.publications.order_by("live_from")}
    for key, standing in standings(publications.values()).items():
        row = publications[key]
        moved = (row.first_live_at, row.told_at) != (standing.first_live_at, standing.told_at)
        if not moved and (row.live_until, row.kind) == (standing.live_until, standing.kind):
            continue
        row.live_until, row.first_live_at, row.kind = standing.live_until, standing.first_live_at, standing.kind
        row.told_at = standing.told_at
        row.save(update_fields=["live_until", "first_live_at", "kind", "told_at"])
        if moved:
            date_listings(row)
    _rewrite_endings(publications, now)
    if story.has_publications != bool(publications):
        story.has_publications = bool(publications)
        story.save(update_fields=["has_publications"])


def _rewrite_endings(publications: dict[int, Publication], now: datetime) -> None:
    """Let what ends the story from `now` on tell of what readers have had then, and of nothing else.

    A version that was called off was never theirs, and one that was planned since is.
    """
    said = {key: what for key, what in endings(publications.values()).items() if publications[key].live_from >= now}
    revisions = Revision.objects.in_bulk({row.revision_id for what in said.values() for row in what.seen})
    for key, what in said.items():
        row, last = publications[key], what.last
        follows = (last.revision_id, last.slug, last.noindex)
        if not row.shows and (row.revision_id, row.slug, row.noindex) != follows:
            row.revision_id, row.slug, row.noindex = follows
            row.save(update_fields=["revision", "slug", "noindex"])
        list_ending(row, [revisions[seen.revision_id].content for seen in what.seen])


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
        # Until the chain is rewritten.
        told_at=start,
        slug=slug or story.slug,
        noindex=revision.content.noindex,
        change=change,
        note=note,
        override=override,
        created_at=now,
        created_by=author(by),
    )
    list_publication(publication)
    published.add_publication(publication)
    rewrite_chain(story, now)
    publication.refresh_from_db()
    return publication
