"""Tells the people of a story that it went live, was retracted, came down or was withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from articles.actions.boundary_effects.effect import Effect
from articles.actions.notifying import tell
from articles.models import BoundaryEffect, Contributor, Publication
from articles.models.boundary import Boundary


def notify(boundary: Boundary, now: datetime) -> None:
    """One notification for each: who wrote it, those in the byline who have a login, and who decided it."""
    publication = boundary.publication
    content = publication.content
    people = Contributor.objects.filter(pk__in={credit.contributor_id for credit in content.byline})
    people = people.exclude(user=None).select_related("user")
    tell(
        users=[publication.story.created_by, *(person.user for person in people), publication.created_by],
        kind=_kind(boundary),
        story=publication.story,
        headline=content.headline,
        at=boundary.moment,
        key=f"{boundary.edge}:{publication.pk}",
        by=_actor(boundary),
    )


def _kind(boundary: Boundary) -> str:
    publication = boundary.publication
    if boundary.edge == BoundaryEffect.Edge.END:
        return "came_down"
    if publication.kind == Publication.Kind.WITHDRAWN:
        return "withdrawn"
    if publication.is_retraction:
        return "retracted"
    return "went_live" if publication.live_from == publication.first_live_at else "new_version_live"


def _actor(boundary: Boundary) -> Any:
    """Who made it happen just now, and need not be told; None for what was scheduled."""
    publication = boundary.publication
    return publication.created_by if boundary.moment <= publication.created_at else None


NOTIFY = Effect("notify", notify)
