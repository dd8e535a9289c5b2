"""What editions hold and will show, in the words of the desk: everything is read once, for any number of editions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from articles import moments
from articles.actions.list_content import ListError
from articles.fill_rules import fill_rule
from articles.lists import Chosen, Hidden, ItemContent, ListContent, LiveStory, Origin, PlacedList, Why, choose
from articles.models import ListEdition, Story
from articles.resolver.outlook import StoryWindow, story_windows


@dataclass(frozen=True)
class HeldItem:
    """An item as the desk reads it. `why` says why readers do not see it; "" when they do."""

    headline: str
    story_id: int | None = None
    url: str = ""
    why: str = ""
    is_pinned: bool = False


@dataclass(frozen=True)
class Held:
    """What an edition shows at a moment by itself (`shown`), what of it waits or is over, and the free places."""

    content: ListContent
    at: datetime
    shown: list[HeldItem]
    hidden: list[HeldItem]

    @property
    def first(self) -> list[HeldItem]:
        return self.shown[:3]

    @property
    def more(self) -> int:
        """How many it shows beyond the first."""
        return max(len(self.shown) - 3, 0)

    @property
    def free(self) -> int:
        """How many places are left to the fill rule."""
        return max(self.content.length - len(self.shown), 0)

    @property
    def is_filled(self) -> bool:
        return self.free > 0 and self.content.fill_rule != "nothing"

    @property
    def rule(self) -> Any:
        """What the free places are filled with."""
        return fill_rule(self.content.fill_rule).label


class Holdings:
    """Answers for all of `editions`, read at `at`. Two queries."""

    def __init__(self, editions: Iterable[ListEdition], at: datetime) -> None:
        self.at = at
        ids = {story_id for edition in editions for story_id in edition.content.story_ids}
        self.windows = story_windows(ids, at, at)
        stories = Story.objects.filter(pk__in=ids).values_list("pk", "short_headline", "headline") if ids else ()
        self.headlines = {pk: short or headline for pk, short, headline in stories}

    def of(self, edition: ListEdition, at: datetime | None = None) -> Held:
        """What the edition shows at `at`; without it now, or when it begins if that is later."""
        begins = edition.starts_at
        return self.held(edition.content, at or (max(begins, self.at) if begins else self.at))

    def held(self, content: ListContent, at: datetime) -> Held:
        """What a list of this content shows at `at`, as far as its own items say."""
        chosen = choose([PlacedList(0, content)], at=at, live=self._live_at(at))[0]
        shown = [self._item(entry.item, is_pinned=entry.origin == Origin.PINNED) for entry in chosen.entries]
        hidden = [self._item(one.item, why=self.why(one, at)) for one in chosen.hidden]
        return Held(content, at, shown, hidden)

    def plain(self, content: ListContent, at: datetime) -> Held:
        """Its items as they stand, for an edition that is over: what readers saw then is for the time machine."""
        return Held(content, at, [self._item(item, is_pinned=item.pinned is not None) for item in content.items], [])

    def hidden(self, chosen: Chosen, at: datetime) -> list[HeldItem]:
        """What of a list on a page is not shown, each with its reason."""
        return [self._item(one.item, why=self.why(one, at)) for one in chosen.hidden]

    def name(self, item: ItemContent) -> str:
        """What an item is called: its own headline, that of its story, or its address."""
        return item.headline or self._headline(item.story_id) or item.url

    def why(self, hidden: Hidden, at: datetime) -> str:
        """Why an item is not shown, in a few words."""
        moment = moments.in_brief(hidden.moment, self.at) if hidden.moment else ""
        if hidden.why == Why.NOT_LIVE:
            return self._when_live(hidden.item.story_id, at)
        return {
            Why.NOT_YET: _("from %s") % moment,
            Why.ENDED: _("ended %s") % moment,
            Why.ITSELF: _("is the story of the page"),
            Why.ON_PAGE: _("is on the page already"),
            Why.DUPLICATE: _("is in another list of the page"),
            Why.NO_ROOM: _("no room"),
        }[hidden.why]

    def _live_at(self, at: datetime) -> dict[int, LiveStory]:
        return {
            story_id: LiveStory(story_id, window.publication_id, window.went_live)
            for story_id, windows in self.windows.items()
            for window in windows
            if window.is_listed and window.holds(at)
        }

    def _item(self, item: ItemContent, *, why: str = "", is_pinned: bool = False) -> HeldItem:
        return HeldItem(self.name(item), item.story_id, item.url, why, is_pinned)

    def _headline(self, story_id: int | None) -> str:
        listed = list(self._listed(story_id))
        current = next((window for window in listed if window.holds(self.at)), None) or next(iter(listed), None)
        return current.headline if current else self.headlines.get(story_id, "")

    def _listed(self, story_id: int | None) -> Iterator[StoryWindow]:
        return (window for window in self.windows.get(story_id, ()) if window.is_listed)

    def _when_live(self, story_id: int | None, at: datetime) -> str:
        coming = next((window.start for window in self._listed(story_id) if window.start > at), None)
        if coming:
            return _("goes live %s") % moments.in_brief(coming, self.at)
        return _("not planned to go live") if story_id in self.headlines else _("the story was deleted")


def problems_in_words(error: ListError, content: ListContent, holdings: Holdings) -> list[str]:
    """What keeps a list from being stored, each with the name of the item it is about."""
    items = {item.key: item for item in content.items}
    return [
        f"{holdings.name(items[problem.key])}: {problem.message}" if problem.key in items else str(problem.message)
        for problem in error.problems
    ]
