"""`manage.py check_publications`: proves that what readers see follows from what was decided."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q

from articles import timeline
from articles.actions.chain import Standing, endings, standings
from articles.management.progress import progress_bar
from articles.models import Contributor, Publication, Section, Source, Story, Topic

# Stories read at a time: a bounded number of queries for each, and never the whole archive in memory.
CHUNK = 200


class Command(BaseCommand):
    help = (
        "Check for every story that was published or scheduled that its publications never overlap, that each ends and "
        "is listed as it follows from what was asked for, that its address has the right date, and that endings tell "
        "of what readers had. Changes nothing; prints one line per problem and exits with 1 if there is any."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        published = Exists(Publication.objects.filter(story=OuterRef("pk")))
        keys = list(
            Story.objects.filter(Q(has_publications=True) | published).order_by("pk").values_list("pk", flat=True)
        )
        places = Places()
        checked = found = 0
        with progress_bar(self.stderr, "stories") as progress:
            for start in range(0, len(keys), CHUNK):
                chunk = keys[start : start + CHUNK]
                for story in _read(chunk):
                    checked += len(story.publications.all())
                    if any(_problems(story, places)):
                        # Perhaps it was being changed just now; what a story says under its lock is final.
                        for problem in _problems_under_lock(story.pk):
                            found += 1
                            self.stdout.write(f"Story {story.pk}: {problem}")
                progress(start + len(chunk), len(keys))
        summary = f"{len(keys)} stories with {checked} publications checked"
        if found:
            raise CommandError(f"{summary}: {found} problems.")
        self.stdout.write(f"{summary}: everything is as decided.")


def _read(keys: Iterable[int]) -> list[Story]:
    """The stories with their publications, versions and listings, in a fixed number of queries."""
    publications = Publication.objects.order_by("live_from").with_content()
    listings = ("sectionlistings", "topiclistings", "contributorlistings", "sourcelistings", "feed_listings")
    return list(
        Story.objects.filter(pk__in=keys)
        .order_by("pk")
        .prefetch_related(Prefetch("publications", publications.prefetch_related(*listings)))
    )


def _problems_under_lock(key: int) -> list[str]:
    with transaction.atomic():
        Story.objects.select_for_update(no_key=True).filter(pk=key).first()
        return [problem for story in _read([key]) for problem in _problems(story, Places())]


def _problems(story: Story, places: Places) -> Iterator[str]:
    """One sentence for each thing that is not as it follows from what was asked for."""
    rows = list(story.publications.all())
    if story.has_publications != bool(rows):
        yield f"is marked as having {'no ' if rows else ''}publications, but has {len(rows)}."
    windows = [timeline.Window(row.pk, row.live_from, row.live_until) for row in rows]
    for first, second in timeline.overlaps(windows):
        yield f"publications {first.key} and {second.key} overlap from {_moment(second.start)}."
    expected, said = standings(rows), endings(rows)
    for row in rows:
        standing = expected[row.pk]
        if row.live_until != standing.live_until:
            yield f"publication {row.pk} ends {_moment(row.live_until)} instead of {_moment(standing.live_until)}."
        if row.first_live_at != standing.first_live_at:
            right = _moment(standing.first_live_at)
            yield f"publication {row.pk} says first live {_moment(row.first_live_at)} instead of {right}."
        if row.kind != standing.kind:
            yield f"publication {row.pk} is {row.kind} instead of {standing.kind}."
        if row.told_at != standing.told_at:
            right = _moment(standing.told_at)
            yield f"publication {row.pk} says readers were told {_moment(row.told_at)} instead of {right}."
        if row.is_retraction and standing.kind != Publication.Kind.CORRECTED:
            yield f"publication {row.pk} is a retraction of what was never public."
        ends = said.get(row.pk)
        if ends and not row.shows and not _follows(row, ends.last):
            yield f"publication {row.pk} withdraws another version than {ends.last.pk}, which readers have before it."
        yield from _listing_problems(row, places, standing, ends.seen if ends else (row,))


def _follows(row: Publication, last: Publication) -> bool:
    return (row.revision_id, row.slug, row.noindex) == (last.revision_id, last.slug, last.noindex)


def _listing_problems(
    row: Publication, places: Places, standing: Standing, seen: Collection[Publication]
) -> Iterator[str]:
    """`seen`: the publications by whose places readers know the story; an ending is in the feeds of all of them."""
    in_feeds = list(row.feed_listings.all())
    for noun, listings, belonging in (
        ("section", row.sectionlistings.all(), places.sections_of),
        ("topic", row.topiclistings.all(), places.topics_of),
        ("contributor", row.contributorlistings.all(), places.contributors_of),
        ("source", row.sourcelistings.all(), places.sources_of),
    ):
        listed = {getattr(entry, f"{noun}_id"): (entry.first_live_at, entry.story_id) for entry in listings}
        on_pages, place = belonging(row) if row.is_listed else set(), (standing.first_live_at, row.story_id)
        yield from _placed_wrongly(row, f"listed under {noun}", listed, on_pages, place)
        fed = {
            key: (entry.live_from, entry.told_at, entry.story_id)
            for entry in in_feeds
            if (key := getattr(entry, f"{noun}_id")) is not None
        }
        belongs = {key for each in seen for key in belonging(each)}
        told = (row.live_from, standing.told_at, row.story_id)
        yield from _placed_wrongly(row, f"in the feed of {noun}", fed, belongs, told)


def _placed_wrongly(
    row: Publication, where: str, found: dict[int, Any], belongs: set[int], place: Any
) -> Iterator[str]:
    for missing in sorted(belongs - found.keys()):
        yield f"publication {row.pk} is not {where} {missing}."
    for extra in sorted(found.keys() - belongs):
        yield f"publication {row.pk} is {where} {extra}, where it does not belong."
    for key in sorted(belongs & found.keys()):
        if found[key] != place:
            yield f"publication {row.pk} is {where} {key} by another moment or story than its own."


class Places:
    """Where publications belong, by what their versions say. Places that no longer exist list nothing."""

    def __init__(self) -> None:
        self._parents = dict(Section.objects.values_list("pk", "parent_id"))
        self._topics = set(Topic.objects.values_list("pk", flat=True))
        self._contributors = set(Contributor.objects.values_list("pk", flat=True))
        self._sources = set(Source.objects.values_list("pk", flat=True))

    def sections_of(self, row: Publication) -> set[int]:
        if row.content.section is None:
            return set()
        own = row.content.section.id
        return {own, self._parents.get(own)} & self._parents.keys()

    def topics_of(self, row: Publication) -> set[int]:
        return {topic.id for topic in row.content.topics} & self._topics

    def contributors_of(self, row: Publication) -> set[int]:
        return {credit.contributor_id for credit in row.content.byline} & self._contributors

    def sources_of(self, row: Publication) -> set[int]:
        return {row.content.source.id} & self._sources if row.content.source else set()


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S.%f} UTC" if moment else "never"
