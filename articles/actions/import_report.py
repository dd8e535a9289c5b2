"""What came of an import: each story and the list of headlines, as values and as the report that is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse

from articles.import_formats.values import Damage
from articles.models import Story, StoryList


@dataclass(frozen=True)
class ImportedStory:
    """One story of a file: what became of it (`created`, `updated` or `skipped`), and why where that is not plain."""

    story: Story
    outcome: str
    reason: str
    damages: tuple[Damage, ...]

    def report(self, *, with_id: bool = True) -> dict[str, Any]:
        """The story as a JSON-serialisable dict; without id and address where the import was only tried."""
        return {
            "id": self.story.pk if with_id else None,
            "url": _address(self.story) if with_id else None,
            "headline": self.story.headline,
            "subsections": self.story.subsections.count(),
            "related_links": self.story.related_links.count(),
            "damaged": [
                {"line": place.line, "column": place.column, "text": place.text, "why": place.why}
                for place in self.damages
            ],
            "outcome": self.outcome,
            "reason": self.reason,
        }


@dataclass(frozen=True)
class ImportedList:
    """What became of the headlines of a page: `items` is how many the list holds, `drafts` how many stories are new."""

    story_list: StoryList | None
    outcome: str
    reason: str = ""
    items: int = 0
    drafts: int = 0
    version: int | None = None

    def report(self, *, with_id: bool = True) -> dict[str, Any]:
        """The list as a JSON-serialisable dict; without id where the import was only tried."""
        return {
            "id": self.story_list.pk if self.story_list and with_id else None,
            "name": self.story_list.name if self.story_list else "",
            "version": self.version,
            "items": self.items,
            "drafts": self.drafts,
            "outcome": self.outcome,
            "reason": self.reason,
        }


@dataclass(frozen=True)
class ImportOutcome:
    """What came of one file. `stories` holds the page's own story first; `story_list` is None without headlines."""

    stories: list[dict[str, Any]] = field(default_factory=list)
    headlines: list[str] = field(default_factory=list)
    repairs: dict[str, int] = field(default_factory=dict)
    notice: str = ""
    story_list: dict[str, Any] | None = None

    def count(self, outcome: str) -> int:
        return sum(story["outcome"] == outcome for story in self.stories)

    @property
    def changed_nothing(self) -> bool:
        unchanged = self.story_list is None or self.story_list["outcome"] == "skipped"
        return unchanged and self.count("skipped") == len(self.stories)


def _address(story: Story) -> str:
    """Where the story is: its public page, or its form while it has none."""
    publication = story.publications.order_by("-live_from").first()
    path = publication.get_absolute_url() if publication else reverse("admin:articles_story_change", args=[story.pk])
    return settings.SITE_URL + path
