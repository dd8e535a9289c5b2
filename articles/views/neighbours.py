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
    place = publication.place
    rows = SectionListing.objects.live(at).filter(section=section.id).newest_first()
    older, newer = rows.older_than(place), rows.newer_than(place).filter(first_live_at__lte=at).reverse()
    found = (
        Publication.objects.filter(
            Q(pk=Subquery(older.values("publication")[:1])) | Q(pk=Subquery(newer.values("publication")[:1]))
        )
        .annotate(
            headline=F("revision__stored__headline"),
            short_headline=F("revision__stored__short_headline"),
            language=F("revision__stored__language"),
        )
        .order_by()
    )
    beside = {row.place > place: _neighbour(row) for row in found}
    return Neighbours(beside.get(False), beside.get(True))


def _neighbour(row: Publication) -> Neighbour:
    return Neighbour(row.short_headline or row.headline, row.language, row.get_absolute_url())
