"""A newsroom whose checks are on: a story to which none objects, and what a test needs to spoil it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from articles.models import CopyrightNotice, Publication, Source, Story
from tests.builders import MONDAY, a_story

DAY = timedelta(days=1)


def a_source(name: str = "川西观察", slug: str = "chuanxi", kind: str = "own", **values: Any) -> Source:
    """A source with a notice in force since the day before MONDAY."""
    source = Source.objects.create(name=name, name_key=name, slug=slug, kind=kind, **values)
    CopyrightNotice.objects.create(source=source, text="版权所有", effective_from=MONDAY - DAY)
    return source


def a_sound_story(headline: str = "松岭县新开两趟务工专车", *, source: Source | None = None, **values: Any) -> Story:
    """A saved story that passes every check."""
    values = {"summary": "直达成都。", "opening": f"<p>{headline}，清晨六点发车。</p>", **values}
    return a_story(headline, source=source or Source.objects.first() or a_source(), **values)


def link_to(story: Story) -> str:
    """Rich text that leads to the page of `story`."""
    return f'<p>清晨发车，<a href="/2026/03/02/{story.slug}-{story.pk}/">前情</a>在此。</p>'


def found(publication: Publication) -> list[tuple[str, str]]:
    """What is kept about a publication: (check, level)."""
    publication.refresh_from_db()
    return [(row["check"], row["level"]) for row in publication.findings or ()]
