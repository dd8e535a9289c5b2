"""Asks the checks again for what is scheduled and depends on a story that readers now see, or see no more."""

from __future__ import annotations

from datetime import datetime

from articles.actions.boundary_effects.effect import Effect
from articles.actions.preflight import recheck_scheduled
from articles.models.boundary import Boundary


def recheck(boundary: Boundary, now: datetime) -> None:
    recheck_scheduled(now=now, story_ids={boundary.publication.story_id})


RECHECK = Effect("recheck", recheck)
