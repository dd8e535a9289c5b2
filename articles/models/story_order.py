"""Querysets of what stands in the order of stories; see `articles.story_order`."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Func, Value
from django.db.models.lookups import GreaterThan, LessThan

from articles.story_order import NEWEST_FIRST, StoryPlace


class _Place(Func):
    """Two columns, or two values, that are compared as one: databases enter an index with both."""

    template = "(%(expressions)s)"
    output_field = models.BooleanField()


class StoryOrderQuerySet(models.QuerySet):
    """Rows with the columns, or annotations, `first_live_at` and `story_id`."""

    def newest_first(self) -> Self:
        """In the order of stories, which is that of their index."""
        return self.order_by(*NEWEST_FIRST)

    def older_than(self, place: StoryPlace) -> Self:
        """What stands behind a place."""
        return self.filter(LessThan(_columns(), _values(place)))

    def newer_than(self, place: StoryPlace) -> Self:
        """What stands before a place."""
        return self.filter(GreaterThan(_columns(), _values(place)))

    def out_by(self, at: datetime, *, behind: StoryPlace | None = None, until: datetime | None = None) -> Self:
        """What first went live by `at`, and where they are given, stands behind a place, and went live before `until`.

        One bound and no second, so that the database cannot start reading at the wrong one.
        """
        # No story has the id 0: behind that place is what went live before the moment.
        bounds = [behind, until and StoryPlace(until, 0)]
        place = min(filter(None, bounds), default=None)
        return self.filter(first_live_at__lte=at) if place is None or place.went_live > at else self.older_than(place)


def story_of_publication() -> models.ForeignKey:
    """The story of a row's publication, kept with the row because an index orders by it.

    Neither looked for by itself nor checked again: the publication's own column, which never changes, holds the story.
    """
    return models.ForeignKey("Story", models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)


def _columns() -> _Place:
    return _Place(F("first_live_at"), F("story_id"))


def _values(place: StoryPlace) -> _Place:
    moment = Value(place.went_live, output_field=models.DateTimeField())
    return _Place(moment, Value(place.story_id, output_field=models.BigIntegerField()))
