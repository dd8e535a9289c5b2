"""Stories for tests, made the way the desk makes them: through the actions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from articles.actions import publish_story, save_story
from articles.models import Byline, Publication, RelatedLink, Section, Story, StoryRows, Subsection
from articles.permissions import Operator

# A Monday morning in Beijing: 2026-03-02 09:00.
MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

OPERATOR = Operator("test")


def a_section(name: str = "要闻", slug: str = "news", **values: Any) -> Section:
    return Section.objects.get_or_create(slug=slug, defaults={"name": name, **values})[0]


def story_rows(
    headline: str = "松岭县新开两趟务工专车",
    *,
    subsections: list[tuple[str, str, str]] | None = None,
    bylines: list[tuple[Any, str]] | None = None,
    related: list[Any] | None = None,
    topics: list[Any] | None = None,
    story: Story | None = None,
    **values: Any,
) -> StoryRows:
    """Rows of a new story, or new rows for `story`.

    Subsections are (heading, figures, body), bylines (contributor, role), related either a Story or (URL, headline).
    """
    values.setdefault("section", None if story else a_section())
    story = story or Story()
    story.headline = headline
    for name, value in values.items():
        setattr(story, name, value)
    links = [
        RelatedLink(related_story=target)
        if isinstance(target, Story)
        else RelatedLink(url=target[0], headline=target[1])
        for target in related or []
    ]
    return StoryRows(
        story,
        [Subsection(heading=heading, figures=figures, body=body) for heading, figures, body in subsections or []],
        [Byline(contributor=person, role=role) for person, role in bylines or []],
        links,
        topics or [],
    )


def a_story(
    headline: str = "松岭县新开两趟务工专车", *, by: Any = OPERATOR, now: datetime = MONDAY, **values: Any
) -> Story:
    """A saved story."""
    rows = story_rows(headline, **values)
    save_story(rows=rows, by=by, now=now)
    return rows.story


def a_publication(
    headline: str = "松岭县新开两趟务工专车",
    *,
    at: datetime = MONDAY,
    by: Any = OPERATOR,
    note: str = "",
    **values: Any,
) -> Publication:
    """The publication of a new story, live from `at`."""
    return publish_story(story=a_story(headline, now=at, **values), by=by, note=note, now=at)
