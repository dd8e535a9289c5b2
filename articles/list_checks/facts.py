"""What the checks have to know: values gathered by whoever asks, so that no check reads a database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from articles.lists import Chosen, ItemContent, ListContent


class Absence(StrEnum):
    """Why lists do not lead to a story at a moment."""

    COMING = "coming"
    DRAFT = "draft"
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"
    TAKEN_DOWN = "taken_down"
    BINNED = "binned"
    DELETED = "deleted"


# What no waiting mends.
GONE = frozenset(Absence) - {Absence.COMING, Absence.DRAFT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What readers have of a story in [start, end). `is_listed`: lists lead to it; a withdrawal does not `show`."""

    start: datetime
    end: datetime | None
    went_live: datetime
    headline: str
    is_listed: bool = True
    shows: bool = True
    is_correction: bool = False

    def holds(self, at: datetime) -> bool:
        return self.start <= at and (self.end is None or at < self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFacts:
    """A story: its headline on the desk, and what readers have of it from the begin of the span on, in order."""

    id: int
    headline: str
    versions: tuple[Version, ...] = ()
    was_public: bool = False
    is_binned: bool = False

    def version_at(self, at: datetime) -> Version | None:
        return next((version for version in self.versions if version.holds(at)), None)

    def listed_from(self, at: datetime) -> datetime | None:
        """From when on, at `at` or later, lists lead to it; None: never."""
        later = (max(at, row.start) for row in self.versions if row.is_listed and (row.end is None or row.end > at))
        return next(later, None)

    def listed_until(self, at: datetime) -> datetime | None:
        """Until when lists lead to it without a pause, of a story that they lead to at `at`; None: open."""
        until = at
        for row in self.versions:
            if row.is_listed and row.holds(until):
                if row.end is None:
                    return None
                until = row.end
        return until

    @property
    def went_live(self) -> datetime | None:
        return self.versions[0].went_live if self.versions else None

    def absence(self, at: datetime) -> Absence:
        """Why lists do not lead to it at `at`."""
        if self.is_binned:
            return Absence.BINNED
        if self.listed_from(at) is not None:
            return Absence.COMING
        if version := self.version_at(at):
            return Absence.RETRACTED if version.shows else Absence.WITHDRAWN
        if self.was_public or any(row.start <= at for row in self.versions):
            return Absence.TAKEN_DOWN
        return Absence.DRAFT


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionFacts:
    """An edition that is in force at some time of the span."""

    id: int
    start: datetime
    end: datetime | None
    content: ListContent
    is_special: bool = False


@dataclass(frozen=True, kw_only=True)
class ListFacts:
    """A list with its editions of the span. `ended_at`: when its last one ended, where that was not long before it."""

    id: int
    name: str
    place: str
    slot: str = "main"
    section_id: int | None = None
    topic_id: int | None = None
    story_id: int | None = None
    editions: tuple[EditionFacts, ...] = ()
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start` until `end` the lists of a page show `chosen`, of the editions `editions` by list."""

    start: datetime
    end: datetime
    chosen: tuple[Chosen, ...]
    editions: Mapping[int, int]


@dataclass(frozen=True, kw_only=True)
class PageFacts:
    """A page between `start` and `end`.

    `own` are the lists that are looked through here; `lists` holds all that stand on the page, by id. `unjudged` are
    those of which this page cannot say whether they are full: what fills them differs from page to page. `links` says
    of each address of an item that leads to this site whether it leads to something, `linked_stories` to which story.
    """

    name: str
    start: datetime
    end: datetime
    own: tuple[ListFacts, ...]
    lists: Mapping[int, ListFacts]
    stories: Mapping[int, StoryFacts] = field(default_factory=dict)
    stretches: tuple[Stretch, ...] = ()
    unjudged: frozenset[int] = frozenset()
    links: Mapping[str, bool] = field(default_factory=dict)
    linked_stories: Mapping[str, int] = field(default_factory=dict)
    stale_after: timedelta | None = None
    path: str = ""

    def items(self) -> Iterator[tuple[ListFacts, EditionFacts, ItemContent, datetime]]:
        """Each item of the lists looked through, with its edition and from when on that counts in the span."""
        for row in self.own:
            for edition in row.editions:
                for item in edition.content.items:
                    yield row, edition, item, max(edition.start, self.start)

    def name_of(self, item: ItemContent) -> str:
        """What an item is called: its own headline, or that of its story."""
        story = self.stories.get(item.story_id) if item.story_id is not None else None
        return item.headline or (story.headline if story else "") or item.url or "—"
