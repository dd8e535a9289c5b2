"""When a public page changes next, when it changed last, and what then changes on it, in words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from articles.models import (
    ContributorListing,
    Publication,
    Section,
    SectionListing,
    SourceListing,
    TopicListing,
)
from articles.resolver.lists_of_page import STORY_PLACES, Place, Scope
from articles.resolver.outlook import outlook
from articles.resolver.page_parts import (
    CalendarPart,
    CorrectionsPart,
    ListsPart,
    NeighboursPart,
    NewestPart,
    NoticePart,
    Part,
    RelatedPart,
    SourceNoticePart,
    StoryPart,
    TurnOfMonthPart,
)

# How far to look: the nearest change is nearly always near, and what is far away costs more to find.
SPANS = (timedelta(days=1), timedelta(days=14), timedelta(days=90))
# So many moments of a span are looked at: a page where that many pass without a change hardly changes.
MOST_MOMENTS = 250

_LISTINGS = {
    "section": SectionListing,
    "topic": TopicListing,
    "contributor": ContributorListing,
    "source": SourceListing,
}


@dataclass(frozen=True, slots=True)
class PageOf:
    """Which page: `kind` is front, section, topic, contributor, source, story, corrections, or archive, archive_month
    and archive_day; `id` that of the thing whose page it is.

    `shown` is how many stories it lists by itself, newest first, beside its story lists. `between`: of which days the
    archive shows the stories, as the moments at which the first begins and the last ends.
    """

    kind: str
    id: int | None = None
    shown: int = 20
    between: tuple[datetime, datetime] | None = None


@dataclass(frozen=True, slots=True)
class PageChange:
    """A moment at which a page changes, and what changes, one sentence each, in the language that is active."""

    moment: datetime
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageChanges:
    """The last change before a moment, what changes at that very moment, and the next change after it, where known."""

    previous: PageChange | None = None
    here: PageChange | None = None
    next: PageChange | None = None


def changes_of_page(page: PageOf, at: datetime) -> PageChanges:
    """The changes of `page` around `at`, up to ninety days away. Its queries are bounded, whatever the page holds."""
    found = {"previous": None, "here": None, "next": None}
    for length in SPANS:
        past = _Span(at - length, _parts(page, at - length, at, at))
        found["here"] = found["here"] or past.first([at])
        earlier = [moment for moment in past.moments if moment < at]
        found["previous"] = past.first(reversed(earlier[-MOST_MOMENTS:]))
        if found["previous"] or len(earlier) > MOST_MOMENTS:
            break
    for length in SPANS:
        future = _Span(at, _parts(page, at, at + length, at))
        found["next"] = future.first(future.moments[:MOST_MOMENTS])
        if found["next"] or len(future.moments) > MOST_MOMENTS:
            break
    return PageChanges(**found)


class _Span:
    """The page from `start` on: its parts, and every moment at which one of them could change, in order."""

    def __init__(self, start: datetime, parts: list[Part]) -> None:
        self.start, self.parts = start, parts
        self.moments = sorted({moment for part in parts for moment in part.moments})

    def first(self, moments: Iterable[datetime]) -> PageChange | None:
        """The first of `moments` at which a part of the page changes."""
        for moment in moments:
            place = bisect_left(self.moments, moment)
            before = self.moments[place - 1] if place else self.start
            if words := [sentence for part in self.parts for sentence in part.told(before, moment)]:
                return PageChange(moment, tuple(dict.fromkeys(words)))
        return None


def _parts(page: PageOf, start: datetime, end: datetime, at: datetime) -> list[Part]:
    """What the page is made of between `start` and `end`; its story lists are those it has at `at`."""
    if page.kind == "story":
        return _parts_of_story(page.id, start, end, at)
    if page.kind == "front":
        seen = outlook([Place.FRONT], Scope(), start, end)
        if seen.editions:
            return [ListsPart(seen)]
        # A site without lists shows what is newest.
        return [NewestPart(Publication.objects.all(), None, page.shown, start, end)]
    if page.kind == "corrections":
        return [CorrectionsPart(page.shown, start, end)]
    if page.between:
        return _parts_of_archive(page, *page.between, start, end)
    listing = _LISTINGS[page.kind].objects.filter(**{page.kind: page.id})
    newest = NewestPart(Publication.objects.all(), listing, page.shown, start, end)
    if page.kind == "section":
        parent = Section.objects.filter(pk=page.id).values_list("parent_id", flat=True).first()
        return [ListsPart(outlook([Place.SECTION], Scope(page.id, parent), start, end)), newest]
    if page.kind == "source":
        return [newest, SourceNoticePart(page.id, start, end)]
    return [newest]


def _parts_of_archive(page: PageOf, first: datetime, last: datetime, start: datetime, end: datetime) -> list[Part]:
    if page.kind == "archive_day":
        of_the_day = Publication.objects.filter(first_live_at__gte=first, first_live_at__lt=last)
        return [NewestPart(of_the_day, None, page.shown, start, end)]
    calendar = CalendarPart(first, last, start, end)
    return [TurnOfMonthPart(first, last, start, end), calendar] if page.kind == "archive" else [calendar]


def _parts_of_story(story_id: int, start: datetime, end: datetime, at: datetime) -> list[Part]:
    story = StoryPart(story_id, start, end)
    versions = [row for row in story.versions if row.shows]
    if not versions:
        return [story]
    version = next((row for row in versions if row.holds(at)), versions[0])
    content, related = version.content, RelatedPart(story)
    section = content.section.id if content.section else None
    parent = Section.objects.filter(pk=section).values_list("parent_id", flat=True).first()
    scope = Scope(section, parent, tuple(dict.fromkeys(topic.id for topic in content.topics)), story_id)
    seen = outlook(STORY_PLACES, scope, start, end, shown=tuple(related.at(at)))
    parts = [story, NoticePart(story), related, ListsPart(seen, story.shows)]
    return [*parts, NeighboursPart(story, section)]
