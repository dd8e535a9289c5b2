"""Which lists a page has at a moment, each with the edition that is in force, and which stories could fill them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from articles.fill_rules import About, Candidate, Pool, fill_rule
from articles.lists import ListContent, LiveStory, PlacedList
from articles.models import (
    ListEdition,
    Publication,
    SectionListing,
    StoryList,
    TopicListing,
)

Place = StoryList.Place

# The places of a story's page, in page order: what is chosen for the story comes before what stands on many pages.
STORY_PLACES = (Place.BELOW, Place.BESIDE)

# No page needs more candidates than this to fill its places, whatever its lists ask for.
MOST_CANDIDATES = 300


@dataclass(frozen=True, slots=True)
class Scope:
    """What a page is about, as far as lists ask: its story, the story's topics, its section and the one above."""

    section_id: int | None = None
    parent_section_id: int | None = None
    topic_ids: tuple[int, ...] = ()
    story_id: int | None = None

    def depth(self, row: ListOfPage) -> int:
        """How narrow the scope of `row` is on this page: the smaller, the narrower."""
        if row.story_id is not None:
            return 0
        if row.topic_id is not None:
            return 1 + self.topic_ids.index(row.topic_id)
        beyond = 1 + len(self.topic_ids)
        if row.section_id is not None:
            return beyond + (row.section_id != self.section_id)
        return beyond + 2


@dataclass(frozen=True, slots=True)
class ListOfPage:
    """A list that fits a page, with the edition in force: `edition_id`, when it began and ends, what it holds."""

    list_id: int
    name: str
    place: str
    slot: str
    section_id: int | None
    topic_id: int | None
    story_id: int | None
    edition_id: int
    is_special: bool
    starts_at: datetime
    ends_at: datetime | None
    content: ListContent


def fitting(places: Iterable[str], scope: Scope) -> QuerySet[StoryList]:
    """The lists that a page of `scope` could show in `places`."""
    sections = [pk for pk in (scope.section_id, scope.parent_section_id) if pk is not None]
    fits = Q(section=None, topic=None, story=None)
    if sections:
        fits |= Q(section__in=sections)
    if scope.topic_ids:
        fits |= Q(topic__in=scope.topic_ids)
    if scope.story_id is not None:
        fits |= Q(story=scope.story_id)
    return StoryList.objects.filter(fits, place__in=list(places))


def lists_at(places: Sequence[str], scope: Scope, at: datetime) -> list[ListOfPage]:
    """The lists a page shows at `at`, in page order, each slot by its narrowest list in force. One query."""
    editions = ListEdition.objects.filter(story_list=OuterRef("pk"), starts_at__lte=at).order_by()
    # Each is a step into an index: past editions are passed over, however many there are.
    special = editions.filter(kind=ListEdition.Kind.SPECIAL, ends_at__gt=at).order_by("ends_at")
    standing = editions.filter(kind=ListEdition.Kind.STANDING).order_by("-starts_at")
    in_force = fitting(places, scope).annotate(
        edition=Coalesce(Subquery(special.values("pk")[:1]), Subquery(standing.values("pk")[:1]))
    )
    rows = ListEdition.objects.filter(pk__in=in_force.order_by().values("edition"))
    found = [of_edition(row) for row in rows.select_related("story_list", "revision").order_by()]
    return narrowest([row for row in found if row.ends_at is None or row.ends_at > at], places, scope)


def of_edition(edition: ListEdition) -> ListOfPage:
    """An edition with its list, as a page takes it."""
    row = edition.story_list
    return ListOfPage(
        list_id=row.pk,
        name=row.name,
        place=row.place,
        slot=row.slot,
        section_id=row.section_id,
        topic_id=row.topic_id,
        story_id=row.story_id,
        edition_id=edition.pk,
        is_special=edition.is_special,
        starts_at=edition.starts_at,
        ends_at=edition.ends_at,
        content=edition.content,
    )


def narrowest(found: Iterable[ListOfPage], places: Sequence[str], scope: Scope) -> list[ListOfPage]:
    """Of the lists of one place and slot the narrowest, in page order."""
    order = {str(place): number for number, place in enumerate(places)}
    best: dict[tuple[str, str], ListOfPage] = {}
    for row in sorted(found, key=scope.depth):
        best.setdefault((row.place, row.slot), row)
    return sorted(best.values(), key=lambda row: (order[row.place], row.content.order, row.list_id))


def about(row: ListOfPage, scope: Scope, at: datetime) -> About:
    """What the fill rule of a list is told."""
    return About(at, row.content.fill_section_id or scope.section_id, scope.topic_ids)


def pools_of(lists: Sequence[ListOfPage], scope: Scope, at: datetime) -> list[Pool]:
    """Where the fill rules of `lists` look for stories, each pool once."""
    pools = (pool for row in lists for pool in fill_rule(row.content.fill_rule).pools(about(row, scope, at)))
    return list(dict.fromkeys(pools))


def candidates_needed(lists: Sequence[ListOfPage], shown: int) -> int:
    """How many stories of a pool are enough to fill every list, whatever the others take."""
    return min(sum(row.content.length for row in lists) + shown + 1, MOST_CANDIDATES)


def newest_in(pool: Pool, at: datetime) -> QuerySet:
    """Ids of the publications of a pool that are live at `at`, newest first."""
    if pool.kind == "site":
        return Publication.objects.listed(at).out_by(at).newest_first().values("pk")
    listing = {"section": SectionListing, "topic": TopicListing}[pool.kind]
    under = listing.objects.live(at).filter(**{f"{pool.kind}_id": pool.id})
    return under.out_by(at).newest_first().values("publication")


def live_and_candidates(
    lists: Sequence[ListOfPage], scope: Scope, at: datetime, shown: int
) -> tuple[dict[int, LiveStory], list[Candidate]]:
    """The stories that `lists` could show at `at`: those they name, and those their rules could add. One query."""
    named = {story_id for row in lists for story_id in row.content.story_ids}
    pools, most = pools_of(lists, scope, at), candidates_needed(lists, shown)
    columns = ("pool", "story_id", "pk", "first_live_at")
    publications = Publication.objects.order_by()
    parts = [
        publications.filter(pk__in=Subquery(newest_in(pool, at)[:most]))
        .annotate(pool=Value(number))
        .values_list(*columns)
        for number, pool in enumerate(pools)
    ]
    if named:
        live = publications.listed(at).filter(story__in=named).annotate(pool=Value(-1))
        parts.append(live.values_list(*columns))
    if not parts:
        return {}, []
    # Django 6 would put a union into the model's order again.
    rows = list(parts[0].union(*parts[1:], all=True).order_by() if len(parts) > 1 else parts[0])
    found = {story: LiveStory(story, publication, went_live) for _pool, story, publication, went_live in rows}
    return found, [Candidate(story, went_live, pools[pool]) for pool, story, _pk, went_live in rows if pool >= 0]


def placed(
    lists: Sequence[ListOfPage], candidates: Sequence[Candidate], scope: Scope, at: datetime
) -> list[PlacedList]:
    """The lists as `choose` takes them, each with its candidates in the order of its rule."""
    result = []
    for row in lists:
        rule, told = fill_rule(row.content.fill_rule), about(row, scope, at)
        pools = set(rule.pools(told))
        ranked = rule.rank([one for one in candidates if one.pool in pools], told) if pools else []
        result.append(PlacedList(row.list_id, row.content, ranked))
    return result
