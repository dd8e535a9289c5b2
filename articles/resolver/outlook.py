"""The lists of a page over a span of time: everything is read once, and every moment is answered in memory.

The timeline, the checks of lists and the jumps of the time machine are made of this; `choose` answers here as it does
for readers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import F, Q, Subquery, Value

from articles import timeline
from articles.fill_rules import Candidate, Pool
from articles.lists import Chosen, ItemContent, LiveStory, choose
from articles.models import ListEdition, Publication, SectionListing, TopicListing
from articles.resolver.lists_of_page import (
    MOST_CANDIDATES,
    ListOfPage,
    Scope,
    candidates_needed,
    fitting,
    narrowest,
    newest_in,
    of_edition,
    placed,
    pools_of,
)
from articles.story_order import StoryPlace

# Of what goes live under one pool in the span, and of what ends, so many are looked at.
MOST_CHANGING = 500


@dataclass(frozen=True, slots=True)
class StoryWindow:
    """A publication of a story: in [start, end) readers have it; `is_listed` where lists lead to it."""

    story_id: int
    publication_id: int
    start: datetime
    end: datetime | None
    went_live: datetime
    is_listed: bool
    headline: str = ""

    @property
    def place(self) -> StoryPlace:
        return StoryPlace(self.went_live, self.story_id)

    def holds(self, at: datetime) -> bool:
        return self.start <= at and (self.end is None or at < self.end)


@dataclass(frozen=True, slots=True)
class Change:
    """A moment at which the lists of the page show something else: what they show before, and from then on."""

    moment: datetime
    before: list[Chosen]
    after: list[Chosen]


@dataclass
class Outlook:
    """The lists that a page of `scope` shows in `places`, between `start` and `end`."""

    places: Sequence[str]
    scope: Scope
    start: datetime
    end: datetime
    shown: Collection[int] = ()
    editions: list[tuple[ListOfPage, timeline.Window]] = field(default_factory=list)
    windows: dict[int, list[StoryWindow]] = field(default_factory=dict)
    # Of each pool the publications in it: a story may move to another section with its next version.
    pools: dict[Pool, set[int]] = field(default_factory=dict)
    _answers: dict[datetime, list[Chosen]] = field(default_factory=dict, repr=False, compare=False)

    def lists_at(self, at: datetime) -> list[ListOfPage]:
        """The lists in force at `at`, in page order."""
        by_list: dict[int, list[ListOfPage]] = defaultdict(list)
        for row, window in self.editions:
            if window.holds(at):
                by_list[row.list_id].append(row)
        # A special counts while it lasts.
        counting = [max(rows, key=lambda row: row.is_special) for rows in by_list.values()]
        return narrowest(counting, self.places, self.scope)

    def live_at(self, at: datetime) -> dict[int, LiveStory]:
        """The stories that lists may lead to at `at`, of those that are looked at."""
        found = {}
        for story_id, windows in self.windows.items():
            for window in windows:
                if window.is_listed and window.holds(at):
                    found[story_id] = LiveStory(story_id, window.publication_id, window.went_live)
        return found

    def at(self, at: datetime) -> list[Chosen]:
        """What the lists show at `at`, as `resolve` does. Asked again, it is not chosen again."""
        if at not in self._answers:
            self._answers[at] = self._choose(at)
        return self._answers[at]

    def _choose(self, at: datetime) -> list[Chosen]:
        lists, live = self.lists_at(at), self.live_at(at)
        # As many as the page would look at: a rule that counts topics sees no more here than there.
        most = candidates_needed(lists, len(self.shown))
        newest = sorted(live.values(), key=lambda story: story.place, reverse=True)
        candidates = [
            Candidate(story.story_id, story.went_live, pool)
            for pool, pooled in self.pools.items()
            for story in [story for story in newest if story.publication_id in pooled][:most]
        ]
        return choose(
            placed(lists, candidates, self.scope, at),
            at=at,
            live=live,
            shown=self.shown,
            itself=self.scope.story_id,
        )

    @cached_property
    def moments(self) -> list[datetime]:
        """Every moment in (start, end] at which anything that concerns the page begins or ends, in order."""
        found = {moment for _row, window in self.editions for moment in (window.start, window.end)}
        for windows in self.windows.values():
            found |= {moment for window in windows for moment in (window.start, window.end)}
        for row, _window in self.editions:
            for item in row.content.items:
                found |= set(self.item_window(item))
        return sorted(moment for moment in found if moment is not None and self.start < moment <= self.end)

    def item_window(self, item: ItemContent) -> tuple[datetime | None, datetime | None]:
        """From when until when an item asks to be shown: its own window, as far as its story's going live tells it."""
        windows = self.windows.get(item.story_id, []) if item.story_id is not None else []
        went_live = windows[0].went_live if windows else None
        return timeline.followed(item.begin, item.end, went_live)

    def changes(self) -> Iterator[Change]:
        """Where the lists show something else than just before, in order."""
        before = self.at(self.start)
        for moment in self.moments:
            after = self.at(moment)
            if signature(before) != signature(after):
                yield Change(moment, before, after)
            before = after

    def lists_in_span(self) -> list[ListOfPage]:
        """Every list and edition of the span, in the order of the page and of time."""
        order = {str(place): number for number, place in enumerate(self.places)}
        rows = [row for row, _window in self.editions]
        return sorted(rows, key=lambda row: (order[row.place], row.content.order, row.list_id, row.starts_at))


def signature(chosen: Iterable[Chosen]) -> list:
    """What tells two answers apart for readers: which lists, how they look, and which versions and texts they show."""
    return [
        (
            result.key,
            result.content.title,
            result.content.display,
            [
                (entry.publication_id, entry.item and (entry.item.headline, entry.item.teaser, entry.item.url))
                for entry in result.entries
            ],
        )
        for result in chosen
    ]


def outlook(
    places: Sequence[str] | str, scope: Scope, start: datetime, end: datetime, shown: Collection[int] = ()
) -> Outlook:
    """The outlook of a page from `start` until `end`. At most three queries, however many pools its lists fill from.

    Raises ValueError where the span ends before it begins.
    """
    if end <= start:
        raise ValueError("The span ends before it begins.")
    places = [places] if isinstance(places, str) else list(places)
    found = Outlook(places, scope, start, end, shown)
    found.editions = _editions(places, scope, start, end)
    lists = [row for row, _window in found.editions]
    most = min(candidates_needed(lists, len(shown)), MOST_CANDIDATES)
    stories: set[int] = {story_id for row in lists for story_id in row.content.story_ids}
    for pool, story_id, publication_id in in_pools(pools_of(lists, scope, start), start, end, most):
        found.pools.setdefault(pool, set()).add(publication_id)
        stories.add(story_id)
    found.windows = story_windows(stories, start, end)
    return found


def _editions(
    places: Sequence[str], scope: Scope, start: datetime, end: datetime
) -> list[tuple[ListOfPage, timeline.Window]]:
    # What begins at the very end is in force at the end.
    editions = ListEdition.objects.during(start, end + timeline.TICK).filter(story_list__in=fitting(places, scope))
    return [
        (of_edition(row), timeline.Window(row.pk, row.starts_at, row.ends_at))
        for row in editions.select_related("story_list", "revision").order_by("starts_at", "pk")
    ]


def in_pools(pools: Sequence[Pool], start: datetime, end: datetime, most: int) -> Iterator[tuple[Pool, int, int]]:
    """(pool, story, publication) of what may fill a list between `start` and `end`. One query.

    The newest of those that are live all the time, and whatever begins or ends in it: at each moment the newest are
    among them.
    """
    publications = Publication.objects.order_by()
    parts = []
    for number, pool in enumerate(pools):
        through = "" if pool.kind == "site" else "publication__"
        stays = Q(**{f"{through}live_until": None}) | Q(**{f"{through}live_until__gt": end})
        coming = Publication.objects.filter(live_from__gt=start, live_from__lte=end).order_by("live_from")
        going = Publication.objects.filter(live_from__lte=start, live_until__gt=start, live_until__lte=end)
        changing = [coming, going.order_by("live_until")]
        if pool.kind != "site":
            listing = {"section": SectionListing, "topic": TopicListing}[pool.kind]
            listed = listing.objects.filter(**{f"{pool.kind}_id": pool.id}).values("publication")
            changing = [rows.filter(pk__in=listed) for rows in changing]
        changing = [rows.values("pk")[:MOST_CHANGING] for rows in changing]
        for wanted in (newest_in(pool, start).filter(stays)[:most], *changing):
            rows = publications.filter(pk__in=Subquery(wanted)).annotate(pool=Value(number))
            parts.append(rows.values_list("pool", "story_id", "pk"))
    for number, story_id, publication_id in parts[0].union(*parts[1:], all=True).order_by() if parts else ():
        yield pools[number], story_id, publication_id


def story_windows(
    stories: Collection[int], start: datetime, end: datetime, only: Q | None = None
) -> dict[int, list[StoryWindow]]:
    """What readers have of each story from `start` until `end`, and what is planned after it, in order. One query.

    `only`: which publications are looked at, if not all.
    """
    if not stories:
        return {}
    lasting = Q(live_until=None) | Q(live_until__gt=start)
    rows = Publication.objects.filter(lasting, only or Q(), story__in=list(stories)).order_by("story", "live_from")
    found: dict[int, list[StoryWindow]] = defaultdict(list)
    for row in rows.annotate(
        headline=F("revision__stored__headline"), short=F("revision__stored__short_headline")
    ).defer("findings"):
        found[row.story_id].append(
            StoryWindow(
                story_id=row.story_id,
                publication_id=row.pk,
                start=row.live_from,
                end=row.live_until,
                went_live=row.first_live_at,
                is_listed=row.is_listed,
                headline=row.short or row.headline,
            )
        )
    return dict(found)
