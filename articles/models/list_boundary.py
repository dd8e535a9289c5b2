"""The moments at which editions of story lists begin and end: which come, and which the ticker has still to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from articles.models.boundary import BoundaryEffect
from articles.models.list_edition import ListEdition
from articles.models.story_list import StoryList

# A page that changed longer ago is in no cache any more, and what is older need not be looked through.
REMEMBERED = timedelta(days=31)

Edge = BoundaryEffect.Edge


@dataclass(frozen=True, slots=True)
class ListBoundary:
    """The moment at which an edition begins, or at which it ends as asked for."""

    moment: datetime
    edge: BoundaryEffect.Edge
    edition: ListEdition


def next_list_boundaries(now: datetime, limit: int = 10) -> list[ListBoundary]:
    """What begins or ends after `now`, soonest first, each edition with its list. Two queries.

    That a standing edition ends because the next one begins is not told twice.
    """
    editions = ListEdition.objects.select_related("story_list")
    begins = editions.filter(starts_at__gt=now).order_by("starts_at", "pk")
    ends = editions.filter(ends_at__gt=now, ends_at=F("requested_end")).order_by("ends_at", "pk")
    found = [ListBoundary(row.ends_at, Edge.END, row) for row in ends[:limit]]
    found += [ListBoundary(row.starts_at, Edge.BEGIN, row) for row in begins[:limit]]
    return sorted(found, key=lambda boundary: boundary.moment)[:limit]


def changed_lists(now: datetime) -> list[StoryList]:
    """The lists of which an edition began or ended by `now`, and is not marked done. One query."""
    return list(StoryList.objects.filter(pk__in=_due(now).values("story_list")).order_by("pk"))


def mark_list_done(story_list: StoryList, *, until: datetime, now: datetime) -> None:
    """Mark what began or ended in the list by `until` as done at `now`. Two queries."""
    editions = ListEdition.objects.filter(story_list=story_list)
    editions.filter(_due_edge("starts_at", "begin_done_at", until)).update(begin_done_at=now)
    editions.filter(_due_edge("ends_at", "end_done_at", until)).update(end_done_at=now)


def _due(now: datetime) -> QuerySet[ListEdition]:
    return ListEdition.objects.filter(
        _due_edge("starts_at", "begin_done_at", now) | _due_edge("ends_at", "end_done_at", now)
    )


def _due_edge(moment: str, done: str, now: datetime) -> Q:
    return Q(**{f"{moment}__gt": now - REMEMBERED, f"{moment}__lte": now, done: None})
