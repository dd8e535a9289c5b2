"""What the demo's story lists are made of, and the moments they and some stories are planned for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from articles.lists import ItemContent


@dataclass(frozen=True)
class DayTime:
    """A time of day some days after the day on which the demo is loaded, by the newsroom's clock."""

    days: int
    time: time

    @classmethod
    def read(cls, text: str) -> DayTime:
        """From "1 08:00", which is tomorrow at eight. Raises ValueError."""
        days, _space, clock = text.partition(" ")
        return cls(int(days), time.fromisoformat(clock))

    def on(self, today: date, zone: ZoneInfo) -> datetime:
        """The moment, where `today` is the day on which the demo is loaded."""
        return datetime.combine(today + timedelta(days=self.days), self.time, zone)


@dataclass(frozen=True, kw_only=True)
class DemoItem:
    """A demo story (`key`) or a `url`; everything else is as in ItemContent."""

    key: str = ""
    url: str = ""
    headline: str = ""
    teaser: str = ""
    pinned: int | None = None
    starts_after: int | None = None
    ends_after: int | None = None

    def as_content(self, item_key: str, story_id: int | None) -> ItemContent:
        return ItemContent(
            key=item_key,
            story_id=story_id,
            url=self.url,
            headline=self.headline,
            teaser=self.teaser,
            pinned=self.pinned,
            starts_after=self.starts_after,
            ends_after=self.ends_after,
        )


@dataclass(frozen=True, kw_only=True)
class DemoEdition:
    """What a list holds: since `hours_ago`; from `starts` on, a special until `ends`; or, with neither, as a draft.

    `fill_section` is the slug of a section. What an edition does not say is as the list's first edition has it.
    """

    title: str
    items: tuple[DemoItem, ...] = ()
    order: int = 100
    length: int = 10
    display: str = "headlines"
    fill: str = "nothing"
    fill_section: str = ""
    may_repeat: bool = False
    hours_ago: float | None = None
    starts: DayTime | None = None
    ends: DayTime | None = None
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class DemoList:
    """`section` and `topic` are slugs: the list's scope. The first edition is the one the list is made with."""

    name: str
    place: str
    slot: str
    editions: tuple[DemoEdition, ...]
    section: str = ""
    topic: str = ""
