"""The public pages that are no stories, as sitemaps name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, OuterRef, Subquery
from django.urls import reverse

from articles.models import (
    Contributor,
    ContributorListing,
    FeedListing,
    Section,
    SectionListing,
    SitePage,
    Source,
    SourceListing,
    Topic,
    TopicListing,
)
from articles.models.publication import Listing
from articles.models.sitemap_file import MOST_PER_FILE

# What stories are listed under, and what says so.
_SUBJECTS: tuple[tuple[type[Model], type[Listing]], ...] = (
    (Section, SectionListing),
    (Topic, TopicListing),
    (Source, SourceListing),
    (Contributor, ContributorListing),
)


@dataclass(frozen=True, slots=True)
class ListedPage:
    """`path` begins at the root of the site. `changed_at`: when it last changed, as far as readers know, or None."""

    path: str
    changed_at: datetime | None = None


def listed_pages(at: datetime) -> list[ListedPage]:
    """The overviews, the site's own pages, and what stories are listed under as far as it has one at `at`.

    Five queries. At most as many as a sitemap holds; of contributors, who come last, some would be missing.
    """
    own = list(_site_pages(at))
    under = [page for listed in _SUBJECTS for page in _subject_pages(*listed, at)]
    newest = newest_change(under)
    overviews = [
        ListedPage(reverse("articles:front"), newest),
        ListedPage(reverse("articles:archive"), newest),
        ListedPage(reverse("articles:corrections")),
    ]
    return [*overviews, *own, *under][:MOST_PER_FILE]


def newest_change(pages: Iterable[ListedPage]) -> datetime | None:
    """When the one of them changed that changed last."""
    return max((page.changed_at for page in pages if page.changed_at), default=None)


def _subject_pages(model: type[Model], listing: type[Listing], at: datetime) -> Iterator[ListedPage]:
    """Pages with a story on them: the name of one without would tell of a story that is not out yet. One query."""
    name = model._meta.model_name
    # The newest and not whether there is one: this is read off the index, however many stories there are.
    shown = listing.objects.live(at).filter(**{name: OuterRef("pk")}).out_by(at).newest_first()
    # By what began, endings among it: after a withdrawal the page is another one too.
    begun = FeedListing.objects.filter(**{name: OuterRef("pk")}, live_from__lte=at).latest_first()
    rows = model.objects.annotate(
        shown=Subquery(shown.values("publication")[:1]), changed_at=Subquery(begun.values("live_from")[:1])
    ).exclude(shown=None)
    for row in rows.only("slug").order_by("pk")[:MOST_PER_FILE]:
        yield ListedPage(row.get_absolute_url(), row.changed_at)


def _site_pages(at: datetime) -> Iterator[ListedPage]:
    for page in SitePage.objects.public(at).only("slug", "live_from", "updated_at"):
        edited = page.updated_at if page.updated_at and page.updated_at <= at else page.live_from
        yield ListedPage(page.get_absolute_url(), max(page.live_from, edited))
