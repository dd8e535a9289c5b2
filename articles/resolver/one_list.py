"""`resolve_list`: what one story list shows by itself, whatever else stands on its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from articles.models import ListEdition, Publication, Section, StoryList, TopicListing
from articles.resolver.lists_of_page import Scope, of_edition
from articles.resolver.resolve import ShownList, shown_lists


@dataclass(frozen=True)
class ListAlone:
    """A list by itself: what it shows, its row, and the story whose list it is, as readers have it."""

    shown: ShownList
    story_list: StoryList
    story: Publication | None = None

    @property
    def page(self) -> StoryList | Section | Publication | None:
        """What has a page that the list stands on; None for one that stands on many, or on the front page."""
        return self.story or self.story_list.section or self.story_list.topic


def resolve_list(list_id: int, at: datetime) -> ListAlone | None:
    """What the list shows at `at`, in the scope of its own section, topic or story, without regard to other lists.

    None for a list without an edition in force, and for one whose story or topic readers do not know at `at`: its title
    could tell of what is not out. At most five queries.
    """
    editions = ListEdition.objects.holding(at).filter(story_list=list_id)
    found = list(editions.select_related("story_list__section", "story_list__topic", "revision").order_by())
    if not found:
        return None
    # What is special counts while it lasts.
    edition = max(found, key=lambda row: row.is_special)
    row = edition.story_list
    story = None
    if row.story_id is not None:
        story = Publication.objects.live(at).filter(story=row.story_id).with_content().first()
        if story is None:
            return None
    elif row.topic_id is not None and not TopicListing.objects.live(at).filter(topic=row.topic_id).exists():
        return None
    shown = shown_lists([of_edition(edition)], _scope(row, story), at)
    return ListAlone(shown[0], row, story)


def _scope(row: StoryList, story: Publication | None) -> Scope:
    """What the page of the list is about. One query, for the section above that of a story."""
    if story is not None:
        content = story.content
        section_id = content.section.id if content.section else None
        parent_id = Section.objects.filter(pk=section_id).values_list("parent_id", flat=True).first()
        return Scope(section_id, parent_id, tuple(dict.fromkeys(topic.id for topic in content.topics)), story.story_id)
    if row.section is not None:
        return Scope(row.section_id, row.section.parent_id)
    return Scope(topic_ids=(row.topic_id,) if row.topic_id is not None else ())
