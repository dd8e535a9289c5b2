"""Saving in tests: by the hour after `MONDAY`, and what another request reads of it then."""

from __future__ import annotations

from datetime import timedelta

from articles.actions import save_story
from articles.models import Revision, Story, StoryRows
from tests.builders import MONDAY, OPERATOR

HOUR = timedelta(hours=1)


def read_again(story: Story) -> StoryRows:
    """The story as another request would read it."""
    return StoryRows.stored(Story.objects.get(pk=story.pk))


def save(rows: StoryRows, *, by: object = OPERATOR, hours: int = 1) -> Revision:
    return save_story(rows=rows, by=by, now=MONDAY + hours * HOUR)


def headings(story: Story) -> list[tuple[int, str]]:
    return list(story.subsections.values_list("position", "heading"))
