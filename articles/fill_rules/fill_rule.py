"""What a fill rule is: which stories it looks among, and in which order it takes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles.story_order import StoryPlace


@dataclass(frozen=True, slots=True)
class About:
    """What a page is about, and when it is read. `section_id` is the one the list names, or else the page's."""

    at: datetime
    section_id: int | None = None
    topic_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Pool:
    """Live stories to look among, newest first: of the whole site, or under one section or topic."""

    kind: str  # "site", "section" or "topic"
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A live story of a pool, and when it first went live."""

    story_id: int
    went_live: datetime
    pool: Pool

    @property
    def place(self) -> StoryPlace:
        return StoryPlace(self.went_live, self.story_id)


@dataclass(frozen=True, slots=True)
class FillRule:
    """`name` is kept in the database and never changes; `label` is for the form, and lazy.

    `pools(about)` says where to look. `rank(candidates, about)` gives the ids of their stories, best first, each once.
    """

    name: str
    label: Any
    pools: Callable[[About], tuple[Pool, ...]]
    rank: Callable[[Sequence[Candidate], About], list[int]]


def newest_first(candidates: Sequence[Candidate], about: About) -> list[int]:
    """The stories in the order in which readers meet them."""
    ordered = sorted(candidates, key=lambda one: one.place, reverse=True)
    return list(dict.fromkeys(one.story_id for one in ordered))
