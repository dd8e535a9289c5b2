"""A story to which no check objects, and the facts it is checked with; a test spoils one thing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.utils import translation

from articles.content import Credit, Reference, RelatedLinkContent, StoryContent, SubsectionContent
from articles.html import clean
from articles.preflight import Facts, Finding, OtherStory, SourceTerms, StoryState, run

EDITOR = Credit(contributor_id=1, name="赵文博", slug="zhao-wenbo", role="responsible_editor")
OWN_SOURCE = SourceTerms(name="川西观察", kind="own")
AGENCY = SourceTerms(name="岷江通讯社", kind="agency")


def subsection(
    heading: str = "专班护送", figures: str = "", body: str = "车到站了。", key: str = "a1"
) -> SubsectionContent:
    return SubsectionContent(key=key, heading=heading, figures=figures, body=clean(body))


def story(**values: Any) -> StoryContent:
    """A complete story, but for `values`."""
    values = {
        "headline": "松岭县新开两趟务工专车",
        "summary": "松岭县新开两趟务工专车，直达成都。",
        "opening": "<p>清晨六点，专车从松岭县客运站出发。</p>",
        "subsections": (subsection(),),
        "byline": (EDITOR,),
        "section": Reference(id=1, name="要闻", slug="news"),
        "source": Reference(id=1, name="川西观察", slug="chuanxi-guancha"),
        "related_links": (RelatedLinkContent(story_id=7),),
        **values,
    }
    return StoryContent(**values)


def facts(**values: Any) -> Facts:
    """Facts in which everything is in order."""
    values = {
        "at": datetime(2026, 3, 2, 1, 0, tzinfo=UTC),
        "day": date(2026, 3, 2),
        "story_id": 1,
        "source": OWN_SOURCE,
        "notice_in_force": True,
        "stories": {7: OtherStory(id=7, headline="旧闻", state=StoryState.LIVE)},
        **values,
    }
    return Facts(**values)


def findings(content: StoryContent, known: Facts | None = None, **options: Any) -> tuple[Finding, ...]:
    return run(content, known or facts(), **options)


def found(check: str, content: StoryContent, known: Facts | None = None) -> list[tuple[str, str]]:
    """What the check named `check` finds, as (place, message in English)."""
    with translation.override("en"):
        return [(row.place, str(row.message)) for row in findings(content, known) if row.check == check]
