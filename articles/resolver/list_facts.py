"""What the checks of story lists have to know about some pages over a span of time: read once for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from django.db.models import F, Max, Q

from articles import timeline
from articles.fill_rules import Pool
from articles.list_checks import EditionFacts, ListFacts, PageFacts, StoryFacts, Stretch, Version
from articles.models import ListEdition, Publication, Story, StoryList
from articles.models.preflight_facts import internal_pages
from articles.resolver.list_pages import Page, lists_on
from articles.resolver.lists_of_page import MOST_CANDIDATES, ListOfPage, of_edition, pools_of
from articles.resolver.outlook import Outlook, StoryWindow, in_pools

# A list that ended longer ago, with nothing planned, was given up.
GIVEN_UP_AFTER = timedelta(days=7)
# So many stories of a pool more than are shown, for those that go.
_SPARE = 20
_MOST_IDS = 10_000

Edition = tuple[ListOfPage, timeline.Window]
Rows = list[Edition]
# What readers have of each story, in order, each with the id of its publication.
Versions = dict[int, list[tuple[int, Version]]]


def gather(pages: Sequence[Page], start: datetime, end: datetime, stale_after: timedelta | None) -> list[PageFacts]:
    """The facts of `pages` from `start` until `end`. At most eleven queries, however many pages and lists they are."""
    editions = _editions(pages, start, end)
    here = {page: [each for each in editions if page.fits(each[0])] for page in pages}
    lists = _lists(pages, editions, start)
    pools = {page: pools_of([row for row, _window in here[page]], page.scope, start) for page in pages}
    every_pool = list(dict.fromkeys(pool for found in pools.values() for pool in found))
    most = max((_needed(rows) for rows in here.values()), default=0)
    members: dict[Pool, set[int]] = {pool: set() for pool in every_pool}
    named = {pk for row, _window in editions for pk in row.content.story_ids}
    wanted = set(named)
    for pool, story_id, publication_id in in_pools(every_pool, start, end, most):
        members[pool].add(publication_id)
        wanted.add(story_id)
    versions = _versions(wanted, start)
    stories = _stories(named | versions.keys(), versions)
    links, linked = internal_pages(_addresses(editions), start)
    result = []
    for page in pages:
        outlook = _outlook(page, here[page], {pool: members[pool] for pool in pools[page]}, versions, start, end)
        result.append(
            PageFacts(
                name=page.name,
                path=page.path,
                start=start,
                end=end,
                own=tuple(lists[row.pk] for row in page.own),
                lists=lists,
                stories=stories,
                stretches=tuple(_stretches(outlook)),
                unjudged=frozenset(row.list_id for row, _window in here[page] if not page.can_judge(row)),
                links=links,
                linked_stories=linked,
                stale_after=stale_after,
            )
        )
    return result


def _editions(pages: Sequence[Page], start: datetime, end: datetime) -> Rows:
    rows = ListEdition.objects.during(start, end).filter(story_list__in=lists_on(pages))
    rows = rows.select_related("story_list", "revision").order_by("starts_at", "pk")
    return [(of_edition(row), timeline.Window(row.pk, row.starts_at, row.ends_at)) for row in rows]


def _lists(pages: Sequence[Page], editions: Rows, start: datetime) -> dict[int, ListFacts]:
    """The lists by id. One query, for when those ended that have nothing in force at `start`."""
    found: dict[int, list[Edition]] = defaultdict(list)
    for row, window in editions:
        found[row.list_id].append((row, window))
    own = {row.pk: row for page in pages for row in page.own}
    open_at_start = {row.list_id for row, window in editions if window.holds(start)}
    lately = ListEdition.objects.filter(ends_at__gt=start - GIVEN_UP_AFTER, ends_at__lte=start)
    lately = lately.filter(story_list__in=own.keys() - open_at_start).order_by().values_list("story_list")
    ended = dict(lately.annotate(last=Max("ends_at")))
    result = {pk: _list_facts(pk, row, found[pk], ended.get(pk)) for pk, row in own.items()}
    for pk, rows in found.items():
        if pk not in result:
            result[pk] = _list_facts(pk, rows[0][0], rows, None)
    return result


def _list_facts(pk: int, row: StoryList | ListOfPage, editions: Rows, ended_at: datetime | None) -> ListFacts:
    return ListFacts(
        id=pk,
        name=row.name,
        place=row.place,
        slot=row.slot,
        section_id=row.section_id,
        topic_id=row.topic_id,
        story_id=row.story_id,
        editions=tuple(
            EditionFacts(
                id=window.key, start=window.start, end=window.end, content=each.content, is_special=each.is_special
            )
            for each, window in editions
        ),
        ended_at=ended_at,
    )


def _needed(editions: Rows) -> int:
    """How many stories of a pool are enough to fill all lists of a page at any moment."""
    longest: dict[int, int] = defaultdict(int)
    for row, _window in editions:
        longest[row.list_id] = max(longest[row.list_id], row.content.length)
    return min(sum(longest.values()) + _SPARE, MOST_CANDIDATES)


def _versions(stories: Collection[int], start: datetime) -> Versions:
    """What readers have of each story from `start` on. One query."""
    lasting = Q(live_until=None) | Q(live_until__gt=start)
    texts = {"headline": F("revision__stored__headline"), "short": F("revision__stored__short_headline")}
    found: Versions = defaultdict(list)
    for some in _portions(stories):
        rows = Publication.objects.filter(lasting, story__in=some).order_by("story", "live_from")
        for row in rows.annotate(**texts).defer("findings"):
            found[row.story_id].append((row.pk, _version(row)))
    return dict(found)


def _version(row: Publication) -> Version:
    return Version(
        start=row.live_from,
        end=row.live_until,
        went_live=row.first_live_at,
        headline=row.short or row.headline,
        is_listed=row.is_listed,
        shows=row.shows,
        is_correction=row.change == Publication.Change.CORRECTION,
    )


def _stories(ids: Collection[int], versions: Versions) -> dict[int, StoryFacts]:
    """The stories by id; one that was deleted is missing. One query."""
    columns = ("pk", "headline", "short_headline", "has_publications", "binned_at")
    return {
        pk: StoryFacts(
            id=pk,
            headline=short or headline,
            versions=tuple(version for _pk, version in versions.get(pk, ())),
            was_public=has_publications,
            is_binned=binned_at is not None,
        )
        for some in _portions(ids)
        for pk, headline, short, has_publications, binned_at in Story.objects.filter(pk__in=some).values_list(*columns)
    }


def _portions(ids: Collection[int]) -> Iterator[list[int]]:
    """Ids in portions that databases take in one query; nearly always one."""
    everything = sorted(ids)
    for first in range(0, len(everything), _MOST_IDS):
        yield everything[first : first + _MOST_IDS]


def _addresses(editions: Rows) -> list[str]:
    return list(dict.fromkeys(item.url for row, _window in editions for item in row.content.items if item.url))


def _outlook(
    page: Page, editions: Rows, pools: dict[Pool, set[int]], versions: Versions, start: datetime, end: datetime
) -> Outlook:
    named = {pk for row, _window in editions for pk in row.content.story_ids}
    pooled = set().union(*pools.values())
    windows = {
        pk: [
            StoryWindow(pk, publication, version.start, version.end, version.went_live, version.is_listed)
            for publication, version in found
        ]
        for pk, found in versions.items()
        if pk in named or any(publication in pooled for publication, _version in found)
    }
    return Outlook(page.places, page.scope, start, end, page.shown, editions, windows, pools)


def _stretches(outlook: Outlook) -> Iterable[Stretch]:
    moments = [outlook.start, *_moments(outlook), outlook.end]
    for start, end in pairwise(moments):
        editions = {row.list_id: row.edition_id for row in outlook.lists_at(start)}
        yield Stretch(start, end, tuple(outlook.at(start)), editions)


def _moments(outlook: Outlook) -> list[datetime]:
    """The moments inside the span at which the page may change: of an edition's stories only those it is in force at.

    `outlook.moments` has all of them, for all stories, also while nothing on the page depends on them.
    """
    found: set[datetime] = set()
    of_pools = set().union(*outlook.pools.values())
    for row, window in outlook.editions:
        own = {window.start, window.end}
        for item in row.content.items:
            own |= set(outlook.item_window(item))
        for pk in row.content.story_ids:
            own |= _edges(outlook.windows.get(pk, ()))
        found |= {moment for moment in own if moment is not None and window.start <= moment <= (window.end or moment)}
    for windows in outlook.windows.values():
        if any(window.publication_id in of_pools for window in windows):
            found |= _edges(windows)
    return sorted(moment for moment in found if outlook.start < moment < outlook.end)


def _edges(windows: Iterable[StoryWindow]) -> set[datetime]:
    return {moment for window in windows for moment in (window.start, window.end) if moment is not None}
