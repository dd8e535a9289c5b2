"""StoryRows: the working copy of one story, all its rows together, and the StoryContent they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.content import Credit, Reference, RelatedLinkContent, StoryContent, SubsectionContent
from articles.html import clean
from articles.models.byline import Byline
from articles.models.contributor import Contributor
from articles.models.related_link import RelatedLink
from articles.models.section import Section
from articles.models.source import Source
from articles.models.story import Story
from articles.models.subsection import Subsection, new_key
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

    @classmethod
    def from_content(cls, story: Story, content: StoryContent) -> tuple[StoryRows, tuple[str, ...]]:
        """`content` as rows of `story`, and the names of what it refers to that no longer exists and is left out.

        Subsections that the story has already keep their rows; the address of a story that was public stays. At most
        seven queries. `story` is changed in memory.
        """
        missing: list[str] = []
        for name in _PLAIN:
            setattr(story, name, getattr(content, name))
        if not story.has_publications and content.slug:
            story.slug = content.slug
        people = Contributor.objects.in_bulk([credit.contributor_id for credit in content.byline])
        topics = Topic.objects.in_bulk([topic.id for topic in content.topics])
        linked = [link.story_id for link in content.related_links if link.story_id]
        targets = set(Story.objects.on_the_desk().filter(pk__in=linked).values_list("pk", flat=True)) if linked else ()
        known = dict(story.subsections.values_list("key", "pk")) if story.pk else {}
        for name, model in (("section", Section), ("source", Source)):
            wanted = getattr(content, name)
            row = model.objects.filter(pk=wanted.id).first() if wanted else None
            setattr(story, name, row)
            missing += [wanted.name] if wanted and row is None else []
        missing += [credit.name for credit in content.byline if credit.contributor_id not in people]
        missing += [topic.name for topic in content.topics if topic.id not in topics]
        kept = [link for link in content.related_links if link.story_id is None or link.story_id in targets]
        missing += [link.headline or str(link.story_id) for link in content.related_links if link not in kept]
        rows = cls(
            story,
            [
                Subsection(
                    pk=known.get(part.key), key=part.key, heading=part.heading, figures=part.figures, body=part.body
                )
                for part in content.subsections
            ],
            [
                Byline(contributor=people[credit.contributor_id], role=credit.role)
                for credit in content.byline
                if credit.contributor_id in people
            ],
            [
                RelatedLink(related_story_id=link.story_id, url=link.url, headline=link.headline, teaser=link.teaser)
                for link in kept
            ],
            list(topics.values()),
        )
        return rows, tuple(missing)

    def give_keys(self) -> None:
        """Give subsections without a key that of the stored one they stand for, by text or heading; else a new one."""
        unclaimed = {row.key: row for row in self.story.subsections.all()} if self.story.pk else {}
        seen: set[str] = set()
        for row in self.subsections:
            if row.key in seen:
                row.key = ""
            seen.add(row.key)
            unclaimed.pop(row.key, None)
        for same in (_whole, _heading):
            for row in self.subsections:
                if row.key:
                    continue
                found = next((key for key, stored in unclaimed.items() if same(stored) == same(row)), "")
                if found:
                    row.key, row.pk = found, unclaimed.pop(found).pk
        for row in self.subsections:
            row.key = row.key or new_key()

    def content(self) -> StoryContent:
        """What the rows say, cleaned; sections, people and the like by the names they have in the story's language."""
        story = self.story
        return StoryContent(
            headline=story.headline,
            slug=story.slug,
            kicker=story.kicker,
            subtitle=story.subtitle,
            short_headline=story.short_headline,
            summary=story.summary,
            opening=story.opening,
            subsections=tuple(
                SubsectionContent(key=row.key, heading=row.heading, figures=row.figures, body=row.body)
                for row in self.subsections
            ),
            byline=tuple(
                Credit(
                    contributor_id=row.contributor_id,
                    name=row.contributor.name_in(story.language),
                    slug=row.contributor.slug,
                    role=row.role,
                )
                for row in self.bylines
            ),
            section=_reference(story.section, story.language),
            topics=tuple(
                _reference(topic, story.language) for topic in sorted(self.topics, key=lambda topic: topic.pk)
            ),
            source=_reference(story.source, story.language),
            original_url=story.original_url,
            original_title=story.original_title,
            original_author=story.original_author,
            related_links=tuple(
                RelatedLinkContent(story_id=row.related_story_id, url=row.url, headline=row.headline, teaser=row.teaser)
                for row in self.related_links
            ),
            language=story.language,
            dateline=story.dateline,
            digital_source_type=story.digital_source_type,
            noindex=story.noindex,
            noarchive=story.noarchive,
        )


# The fields that a content and a story row have under one name, references and the address apart.
_PLAIN = (
    "headline kicker subtitle short_headline summary opening language dateline "
    "original_url original_title original_author digital_source_type noindex noarchive"
).split()


def _whole(row: Subsection) -> tuple[str, ...]:
    return row.heading, row.figures, clean(row.body)


def _heading(row: Subsection) -> tuple[str, ...]:
    return (row.heading,)


def _reference(row, language: str):
    return None if row is None else Reference(id=row.pk, name=row.name_in(language), slug=row.slug)
