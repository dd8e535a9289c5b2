"""Which names on a story page lead to a page: of the people of the byline, the topics and the source."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Model, OuterRef, QuerySet, Value

from articles.content import StoryContent
from articles.models import (
    Contributor,
    ContributorListing,
    Publication,
    Source,
    SourceListing,
    Topic,
    TopicListing,
)
from articles.models.publication import Listing


@dataclass(frozen=True)
class NameLinks:
    """Ids of those that have a page. Other names are said, and lead nowhere."""

    contributors: Collection[int]
    topics: Collection[int]
    sources: Collection[int]


def name_links(content: StoryContent, publication: Publication | None, at: datetime) -> NameLinks:
    """Those of `content` that lists at `at` hold a story of, because only those have a page then.

    No query for a version that lists lead to, which is on all of these pages itself. One for any other: a retraction,
    an earlier version, the preview of what is not public.
    """
    wanted = NameLinks(
        contributors={credit.contributor_id for credit in content.byline},
        topics={topic.id for topic in content.topics},
        # The oldest versions do not know the address of their source.
        sources={content.source.id} if content.source and content.source.slug else set(),
    )
    if publication is not None and publication.is_listed and publication.holds(at):
        return wanted
    parts = [
        _with_a_page("contributors", Contributor, ContributorListing, wanted.contributors, at),
        _with_a_page("topics", Topic, TopicListing, wanted.topics, at),
        _with_a_page("sources", Source, SourceListing, wanted.sources, at),
    ]
    found: dict[str, set[int]] = {"contributors": set(), "topics": set(), "sources": set()}
    for kind, key in parts[0].union(*parts[1:], all=True).order_by():
        found[kind].add(key)
    return NameLinks(**found)


def _with_a_page(
    kind: str, model: type[Model], listing: type[Listing], wanted: Collection[int], at: datetime
) -> QuerySet:
    """Pairs of `kind` and the id of each of `wanted` that has a story in lists at `at`."""
    key = model._meta.model_name
    listed = listing.objects.live(at).filter(first_live_at__lte=at, **{str(key): OuterRef("pk")})
    return model._default_manager.filter(Exists(listed), pk__in=wanted).order_by().values_list(Value(kind), "pk")
