"""StoryRows: the working copy of one story, all its rows together, and the StoryContent they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.content import Credit, Reference, RelatedLinkContent, StoryContent, SubsectionContent
from articles.models.byline import Byline
from articles.models.related_link import RelatedLink
from articles.models.story import Story
from articles.models.subsection import Subsection
from articles.models.topic import Topic


@dataclass
class StoryRows:
    """A story with the rows that belong to it, each list in its order. Rows may be unsaved."""

    story: Story
    subsections: Sequence[Subsection] = field(default_factory=list)
    bylines: Sequence[Byline] = field(default_factory=list)
    related_links: Sequence[RelatedLink] = field(default_factory=list)
    topics: Sequence[Topic] = field(default_factory=list)

    @classmethod
    def stored(cls, story: Story) -> StoryRows:
        """The rows as they are in the database."""
        return cls(
            story=story,
            subsections=list(story.subsections.all()),
            bylines=list(story.bylines.select_related("contributor")),
            related_links=list(story.related_links.all()),
            topics=list(story.topics.all()),
        )

    def content(self) -> StoryContent:
        """What the rows say, cleaned."""
        story = self.story
        return StoryContent(
            headline=story.headline,
            kicker=story.kicker,
            subtitle=story.subtitle,
            short_headline=story.short_headline,
            summary=story.summary,
            opening=story.opening,
            subsections=tuple(
                SubsectionContent(heading=row.heading, figures=row.figures, body=row.body) for row in self.subsections
            ),
            byline=tuple(
                Credit(
                    contributor_id=row.contributor_id,
                    name=row.contributor.name,
                    slug=row.contributor.slug,
                    role=row.role,
                )
                for row in self.bylines
            ),
            section=_reference(story.section),
            topics=tuple(_reference(topic) for topic in sorted(self.topics, key=lambda topic: topic.pk)),
            source=_reference(story.source),
            original_url=story.original_url,
            original_title=story.original_title,
            original_author=story.original_author,
            related_links=tuple(
                RelatedLinkContent(story_id=row.related_story_id, url=row.url, headline=row.headline, teaser=row.teaser)
                for row in self.related_links
            ),
            language=story.language,
            dateline=story.dateline,
        )


def _reference(row):
    return None if row is None else Reference(id=row.pk, name=row.name, slug=row.slug)
