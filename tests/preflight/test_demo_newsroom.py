"""The demo newsroom's stories, as every check sees them: what a newsroom would publish raises no alarm."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from articles.content import Credit, Reference, RelatedLinkContent, StoryContent, SubsectionContent
from articles.demo_newsroom import DemoStory, read
from articles.preflight import Facts, OtherStory, SourceTerms
from tests.preflight.complete import facts, findings

DEMO = read()
IDS = {story.key: number for number, story in enumerate(DEMO.stories, start=1)}
SOURCES = {source.slug: source for source in DEMO.sources}


def content_of(story: DemoStory, changes: Mapping[str, str]) -> StoryContent:
    names = "kicker headline subtitle short_headline summary opening dateline language".split()
    names += "original_url original_title original_author".split()
    return StoryContent(
        **{name: changes.get(name, getattr(story, name)) for name in names},
        subsections=tuple(
            SubsectionContent(heading=part.heading, figures=part.figures, body=part.body) for part in story.subsections
        ),
        byline=tuple(Credit(contributor_id=1, name=line.who, slug=line.who, role=line.role) for line in story.byline),
        section=Reference(id=1, name=story.section, slug=story.section),
        source=Reference(id=1, name=story.source, slug=story.source),
        related_links=tuple(
            RelatedLinkContent(story_id=IDS.get(link.key), url=link.url, headline=link.headline, teaser=link.teaser)
            for link in story.related
        ),
    )


def facts_of(story: DemoStory) -> Facts:
    source = SOURCES[story.source]
    return facts(
        story_id=IDS[story.key],
        source=SourceTerms(name=source.name, kind=source.kind),
        stories={number: OtherStory(id=number, headline=key) for key, number in IDS.items()},
    )


@pytest.mark.parametrize("story", DEMO.stories, ids=lambda story: story.key)
def test_demo_story_raises_no_alarm(story):
    """Neither a blocking finding nor a warning, as it is, as it was before a correction, and as its draft would be."""
    for changes in ({}, story.before, story.draft):
        found = findings(content_of(story, changes), facts_of(story))
        assert [(row.check, row.place, str(row.message)) for row in found] == []
