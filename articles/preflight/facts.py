"""What the checks have to know beyond the text: values gathered by whoever asks, so that no check reads a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class StoryState(StrEnum):
    """What readers have of another story at the moment in question."""

    LIVE = "live"
    # Goes live later.
    SCHEDULED = "scheduled"
    # Its page is there and says what is wrong; no list and no teaser leads to it.
    RETRACTED = "retracted"
    # Was public and is no more: withdrawn, or its time is over.
    WITHDRAWN = "withdrawn"
    # Neither public before nor scheduled.
    NEVER = "never"


@dataclass(frozen=True, kw_only=True)
class OtherStory:
    id: int
    headline: str
    state: StoryState = StoryState.LIVE


@dataclass(frozen=True, kw_only=True)
class SourceTerms:
    """What the source allows. `kind` is own, agency or partner; both days belong to the time it may be used in."""

    name: str
    kind: str
    allowed_from: date | None = None
    allowed_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is so at `at`, the moment the story would go live.

    `day` is the newsroom's date of it. `source` is None when the story has none. `stories` holds the story of every
    related link, by id; one that is missing does not exist. `links` says of each address that `internal_links` found
    whether it leads readers to something. `same_text` is every other story that is live with the same headline and
    text.
    """

    at: datetime
    day: date
    story_id: int | None = None
    source: SourceTerms | None = None
    notice_in_force: bool = False
    stories: Mapping[int, OtherStory] = field(default_factory=dict)
    links: Mapping[str, bool] = field(default_factory=dict)
    same_text: tuple[OtherStory, ...] = ()
