"""Asks the checks again for what depends on a story that readers now see, or see no more."""

from __future__ import annotations

from datetime import datetime

from articles.actions.boundary_effects.effect import Effect
from articles.actions.preflight import recheck_scheduled, recheck_warned
from articles.models.boundary import Boundary


def recheck(boundary: Boundary, now: datetime) -> None:
    story_id = boundary.publication.story_id
    recheck_scheduled(now=now, story_ids={story_id})
    recheck_warned(now=now, story_id=story_id)


RECHECK = Effect("recheck", recheck)
