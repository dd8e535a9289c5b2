"""`resolve`: what the story lists of a page show at a moment, in three queries for all of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from articles.lists import Chosen, Entry, Origin, choose
from articles.models import Publication
from articles.resolver.lists_of_page import ListOfPage, Place, Scope, lists_at, live_and_candidates, placed

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

    @property
    def external(self) -> bool:
        return self.publication is None and not self.url.startswith("/")


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


def resolve(places: Sequence[str] | str, scope: Scope, at: datetime, shown: Collection[int] = ()) -> list[ShownList]:
    """What the lists in `places` (StoryList.Place, in page order) of a page of `scope` show at `at`.

    `shown`: ids of stories that stand on the page already, and are not repeated. At most three queries for all lists
    of the page, however many they are and whatever they hold. A list that shows nothing is among the answer, so that
    the desk can say so.
    """
    places = [places] if isinstance(places, str) else list(places)
    lists = lists_at(places, scope, at)
    if not lists:
        return []
    live, candidates = live_and_candidates(lists, scope, at, len(shown))
    chosen = choose(placed(lists, candidates, scope, at), at=at, live=live, shown=shown, itself=scope.story_id)
    wanted = {entry.publication_id for result in chosen for entry in result.entries} - {None}
    publications = Publication.objects.with_content().in_bulk(wanted) if wanted else {}
    return [
        ShownList(row, result, [_entry(entry, publications) for entry in result.entries])
        for row, result in zip(lists, chosen, strict=True)
    ]


def _entry(entry: Entry, publications: dict[int, Publication]) -> ShownEntry:
    item = entry.item
    if entry.publication_id is None:
        return ShownEntry(item.headline, item.teaser, item.url, entry.origin, item_key=item.key)
    publication = publications[entry.publication_id]
    content = publication.content
    return ShownEntry(
        headline=(item.headline if item else "") or content.list_headline,
        teaser=(item.teaser if item else "") or content.summary,
        url=publication.get_absolute_url(),
        origin=entry.origin,
        story_id=entry.story_id,
        publication=publication,
        item_key=item.key if item else "",
    )
