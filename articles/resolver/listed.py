"""In which lists a story stands, now and later: what whoever takes it from readers has to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from articles.models import ListEdition


@dataclass(frozen=True)
class ListedIn:
    """An edition that names a story: a draft, one to come, or one that readers have."""

    edition: ListEdition
    is_current: bool

    @property
    def name(self) -> str:
        return self.edition.story_list.name


def lists_naming(story_id: int, at: datetime) -> list[ListedIn]:
    """The editions that are not over at `at` and name the story, by list; drafts among them. One query."""
    editions = ListEdition.objects.not_over(at).filter(revision__items__story=story_id)
    rows = editions.select_related("story_list").order_by("story_list__name", "starts_at", "pk")
    return [ListedIn(row, row.holds(at)) for row in rows]
