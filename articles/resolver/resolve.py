"""`resolve`: what the story lists of a page show at a moment, in three queries for all of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from articles.lists import Chosen, Entry, ItemContent, Origin, choose
from articles.models import Publication
from articles.resolver.lists_of_page import (
    ListOfPage,
    Place,
    Scope,
    lists_at,
    live_and_candidates,
    narrowest,
    placed,
)

__all__ = ["Place", "Scope", "ShownEntry", "ShownList", "resolve"]


@dataclass(frozen=True)
class ShownEntry:
    """An entry as readers see it. `publication` is None for an address, which may lead to another site."""

    headline: str
    teaser: str
    url: str
    origin: Origin
    story_id: int | None = None
    publication: Publication | None = None
    item_key: str = ""
    has_own_headline: bool = False

    @classmethod
    def of(
        cls, publication: Publication, origin: Origin = Origin.FILLED, item: ItemContent | None = None
    ) -> ShownEntry:
        """An entry that leads to `publication`; `item` may give it a headline and a teaser of its own."""
        content = publication.content
        return cls(
            headline=(item.headline if item else "") or content.list_headline,
            teaser=(item.teaser if item else "") or content.summary,
            url=publication.get_absolute_url(),
            origin=origin,
            story_id=publication.story_id,
            publication=publication,
            item_key=item.key if item else "",
            has_own_headline=bool(item and item.headline),
        )

    @property
    def external(self) -> bool:
        return self.publication is None and not self.url.startswith("/")

    @property
    def full_headline(self) -> str:
        """The headline where there is room: the story's long one, unless the list has its own."""
        return self.headline if self.has_own_headline else self.publication.content.headline


@dataclass(frozen=True)
class ShownList:
    """A list as readers see it, with what stands behind it."""

    row: ListOfPage
    chosen: Chosen
    entries: list[ShownEntry]

    @property
    def title(self) -> str:
        return self.row.content.title

    @property
    def display(self) -> str:
        return self.row.content.display

    @property
    def place(self) -> str:
        return self.row.place

    @property
    def slot(self) -> str:
        return self.row.slot

    @property
    def story_ids(self) -> list[int]:
        return self.chosen.story_ids


def resolve(
    places: Sequence[str] | str,
    scope: Scope,
    at: datetime,
    shown: Collection[int] = (),
    instead: ListOfPage | None = None,
) -> list[ShownList]:
    """What the lists in `places` (StoryList.Place, in page order) of a page of `scope` show at `at`.

    `shown`: ids of stories that stand on the page already, and are not repeated. At most three queries for all lists
    of the page, however many they are and whatever they hold. A list that shows nothing is among the answer, so that
    the desk can say so. `instead` is an edition that is not stored yet, in the place of what its list has then.
    """
    places = [places] if isinstance(places, str) else list(places)
    lists = lists_at(places, scope, at)
    if instead is not None:
        others = [row for row in lists if row.list_id != instead.list_id]
        lists = narrowest([*others, instead], places, scope)
    return shown_lists(lists, scope, at, shown)


def shown_lists(
    lists: Sequence[ListOfPage], scope: Scope, at: datetime, shown: Collection[int] = ()
) -> list[ShownList]:
    """What `lists`, with their editions in force, show at `at` on a page of `scope`. At most two queries."""
    if not lists:
        return []
    live, candidates = live_and_candidates(lists, scope, at, len(shown))
    chosen = choose(placed(lists, candidates, scope, at), at=at, live=live, shown=shown, itself=scope.story_id)
    wanted = {entry.publication_id for result in chosen for entry in result.entries} - {None}
    # Without the order of publications, for which the database would read through all stories.
    publications = Publication.objects.with_content().order_by().in_bulk(wanted) if wanted else {}
    return [
        # What was planned for a moment to come may have been cancelled between two queries.
        ShownList(
            row,
            result,
            [_entry(each, publications) for each in result.entries if each.publication_id in {None, *publications}],
        )
        for row, result in zip(lists, chosen, strict=True)
    ]


def _entry(entry: Entry, publications: dict[int, Publication]) -> ShownEntry:
    item = entry.item
    if entry.publication_id is None:
        return ShownEntry(item.headline, item.teaser, item.url, entry.origin, item_key=item.key, has_own_headline=True)
    return ShownEntry.of(publications[entry.publication_id], entry.origin, item)
