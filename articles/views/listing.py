"""Pages of stories, newest first, by keyset: each page starts after a story, so no page costs more than the first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from articles.models import Publication
from articles.models.publication import Listing, PublicationQuerySet
from articles.story_order import StoryPlace

PER_PAGE = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Page:
    """One page of publications; `older_url` leads to the next, "" on the last; `query` leads here, "" on the first."""

    stories: list[Publication]
    older_url: str
    is_first_page: bool
    query: str = ""


def read_page(request: HttpRequest, listing: type[Listing], *, without: Collection[int] = (), **under: object) -> Page:
    """The page of `listing` that `?before=` asks for, as readers see it at `request.at`. Costs one query.

    `without`: ids of stories that the page shows already, and does not repeat.

    Raises Http404 when `before` is no place in a list.
    """
    rows = listing.objects.live(request.at).filter(**under).select_related("publication__revision")
    rows = rows.out_by(request.at, behind=asked_story(request)).newest_first()
    # Left out after reading: the database would leave its index for that.
    found = (row.publication for row in rows[: PER_PAGE + 1 + len(without)])
    return _page(request, [row for row in found if row.story_id not in without])


def read_publications(request: HttpRequest, publications: PublicationQuerySet, until: datetime) -> Page:
    """The same of any publications that readers have at `request.at`, as far as they first went live before `until`."""
    rows = publications.with_content().out_by(request.at, behind=asked_story(request), until=until).newest_first()
    return _page(request, list(rows[: PER_PAGE + 1]))


def _page(request: HttpRequest, publications: list[Publication]) -> Page:
    """`publications`: those of the page, and one more where there is another page."""
    older_url = ""
    if len(publications) > PER_PAGE:
        publications = publications[:PER_PAGE]
        older_url = f"?before={place_of(publications[-1])}"
    return Page(publications, older_url, is_first_page=not request.GET.get("before"), query=place_query(request))


def asked_place(request: HttpRequest) -> tuple[datetime, int] | None:
    """The place that `?before=` names: a moment, and the id that decides between equals. None without one.

    Raises Http404 when it is no place in a list.
    """
    before = request.GET.get("before")
    return _place(before) if before else None


def asked_story(request: HttpRequest) -> StoryPlace | None:
    """The same of a list in the order of stories."""
    asked = asked_place(request)
    return asked and StoryPlace(*asked)


def place_query(request: HttpRequest) -> str:
    """The query that makes a page of a list another page, in one spelling; "" on the first."""
    asked = asked_place(request)
    return f"?before={place(*asked)}" if asked else ""


def place(moment: datetime, pk: int) -> str:
    """How addresses name a place in a list: microseconds since 1970, and the id that decides between equals."""
    return f"{(moment - _EPOCH) // timedelta(microseconds=1)}-{pk}"


def place_of(publication: Publication) -> str:
    """The place of a publication's story in the order of stories: a correction does not move it."""
    return place(*publication.place)


def _place(text: str) -> tuple[datetime, int]:
    microseconds, _dash, pk = text.partition("-")
    # Eighteen digits hold any date and any id; longer ones would only overflow.
    if not (text.isascii() and microseconds.isdigit() and pk.isdigit() and len(text) <= 37):
        raise Http404(_("There is no such page in this list."))
    try:
        return _EPOCH + timedelta(microseconds=int(microseconds)), min(int(pk), 2**63 - 1)
    except OverflowError:
        raise Http404(_("There is no such page in this list.")) from None
