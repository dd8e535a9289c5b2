"""The stories before and after one in its section: how to read on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, Subquery

from articles.models import Publication, SectionListing


@dataclass(frozen=True)
class Neighbour:
    """A story beside another: what lists call it, in which language, and where it is."""

    headline: str
    language: str
    url: str


@dataclass(frozen=True)
class Neighbours:
    """`previous` went live before the story, `next` after it; None at either end of the section."""

    previous: Neighbour | None = None
    next: Neighbour | None = None

    def __bool__(self) -> bool:
        return bool(self.previous or self.next)


def neighbours_of(publication: Publication, at: datetime) -> Neighbours:
    """The stories beside a live one in its section, in the order of the section's page, as lists lead to them at `at`.

    One query, two looks into one index; none for a story without a section.
    """
    section = publication.content.section
    if section is None:
        return Neighbours()
    moment, same = publication.first_live_at, Q(first_live_at=publication.first_live_at)
    rows = SectionListing.objects.live(at).filter(section=section.id).exclude(publication__story=publication.story_id)
    older = rows.filter(Q(first_live_at__lt=moment) | (same & Q(publication__lt=publication.pk)))
    newer = rows.filter(Q(first_live_at__gt=moment) | (same & Q(publication__gt=publication.pk)))
    # One plain bound beside the two cases, so that the database starts reading there.
    older = older.filter(first_live_at__lte=moment).newest_first()
    newer = newer.filter(first_live_at__gte=moment, first_live_at__lte=at).newest_first().reverse()
    found = (
        Publication.objects.filter(
            Q(pk=Subquery(older.values("publication")[:1])) | Q(pk=Subquery(newer.values("publication")[:1]))
        )
        .annotate(
            headline=F("revision__stored__headline"),
            short_headline=F("revision__stored__short_headline"),
            language=F("revision__stored__language"),
        )
        .order_by("first_live_at", "pk")
    )
    place = (moment, publication.pk)
    beside = {(row.first_live_at, row.pk) > place: _neighbour(row) for row in found}
    return Neighbours(beside.get(False), beside.get(True))


def _neighbour(row: Publication) -> Neighbour:
    return Neighbour(row.short_headline or row.headline, row.language, row.get_absolute_url())
