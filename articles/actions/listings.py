"""Where a publication is listed: on the pages of its section, topics, people and source, and in their feeds.

Pages list what a version says by itself. An ending, a withdrawal or a retraction, stands in the feed of everything the
story was ever under, because whoever read it there has to be told; on a page it stands nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q

from articles.content import StoryContent
from articles.models import (
    Contributor,
    ContributorListing,
    FeedListing,
    Publication,
    Section,
    SectionListing,
    Source,
    SourceListing,
    Topic,
    TopicListing,
)
from articles.search import published

# What a publication is under: ("section", 3), ("topic", 8) …
Subjects = set[tuple[str, int]]

_LISTINGS = {
    "section": SectionListing,
    "topic": TopicListing,
    "contributor": ContributorListing,
    "source": SourceListing,
}


def list_publication(publication: Publication) -> None:
    """Put a new publication under its section and the section's parent, its topics, its people and its source.

    An ending gets its places in feeds by `list_ending`, which knows the chain.
    """
    if not publication.is_listed:
        return
    subjects = _subjects([publication.content])
    for name, listing in _LISTINGS.items():
        listing.objects.bulk_create(
            listing(
                publication=publication,
                first_live_at=publication.first_live_at,
                story_id=publication.story_id,
                **{f"{name}_id": key},
            )
            for kind, key in sorted(subjects)
            if kind == name
        )
    _feed(publication, subjects)


def list_ending(publication: Publication, contents: Iterable[StoryContent]) -> None:
    """Put an ending into the feeds of what `contents` are under, and out of all others.

    They are the versions that readers have had before it, and its own where it shows one.
    """
    belongs = _subjects(contents)
    found = {}
    for row in FeedListing.objects.filter(publication=publication):
        found.update({(name, key): row.pk for name in _LISTINGS if (key := getattr(row, f"{name}_id")) is not None})
    extra = [pk for subject, pk in found.items() if subject not in belongs]
    if extra:
        FeedListing.objects.filter(pk__in=extra).delete()
    _feed(publication, belongs - found.keys())


def date_listings(publication: Publication) -> None:
    """Put a publication where it belongs in the lists, feeds and search that it is in already."""
    for listing in _LISTINGS.values():
        listing.objects.filter(publication=publication).update(first_live_at=publication.first_live_at)
    FeedListing.objects.filter(publication=publication).update(
        live_from=publication.live_from, told_at=publication.told_at
    )
    published.date_publication(publication)


def _feed(publication: Publication, subjects: Collection[tuple[str, int]]) -> None:
    FeedListing.objects.bulk_create(
        FeedListing(
            publication=publication,
            live_from=publication.live_from,
            told_at=publication.told_at,
            story_id=publication.story_id,
            **{f"{name}_id": key},
        )
        for name, key in sorted(subjects)
    )


def _subjects(contents: Iterable[StoryContent]) -> Subjects:
    """What versions are under, as far as it still exists. An imported text may say no section. Four queries."""
    contents = list(contents)
    sections = {content.section.id for content in contents if content.section}
    rows = {
        "section": Section.objects.filter(Q(pk__in=sections) | Q(children__in=sections)),
        "topic": Topic.objects.filter(pk__in={topic.id for content in contents for topic in content.topics}),
        "contributor": Contributor.objects.filter(
            pk__in={credit.contributor_id for content in contents for credit in content.byline}
        ),
        "source": Source.objects.filter(pk__in={content.source.id for content in contents if content.source}),
    }
    return {(name, key) for name, found in rows.items() for key in found.order_by().values_list("pk", flat=True)}
