"""Pages of stories, newest first, by keyset: each page starts after a story, so no page costs more than the first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from articles.models import Publication
from articles.models.publication import Listing

PER_PAGE = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Page:
    """One page of publications; `older_url` leads to the next, "" on the last."""

    stories: list[Publication]
    older_url: str
    is_first_page: bool


def read_page(request: HttpRequest, listing: type[Listing], *, without: Collection[int] = (), **under: object) -> Page:
    """The page of `listing` that `?before=` asks for, as readers see it at `request.at`. Costs one query.

    `without`: ids of stories that the page shows already, and does not repeat.

    Raises Http404 when `before` is no place in a list.
    """
    at = request.at
    rows = listing.objects.live(at).filter(**under).select_related("publication__revision").newest_first()
    newest = at
    if before := request.GET.get("before"):
        moment, publication_id = _place(before)
        rows = rows.filter(Q(first_live_at__lt=moment) | Q(first_live_at=moment, publication__lt=publication_id))
        newest = min(at, moment)
    # One bound and no second, so that the database cannot start reading at the wrong one.
    rows = rows.filter(first_live_at__lte=newest)
    # Left out after reading: the database would leave its index for that.
    found = (row.publication for row in rows[: PER_PAGE + 1 + len(without)])
    publications = [row for row in found if row.story_id not in without][: PER_PAGE + 1]
    older_url = ""
    if len(publications) > PER_PAGE:
        publications = publications[:PER_PAGE]
        older_url = f"?before={place_of(publications[-1])}"
    return Page(publications, older_url, is_first_page=not before)


def place_of(publication: Publication) -> str:
    """The place of a publication in any list: microseconds since 1970, and the id that decides between equals."""
    return f"{(publication.first_live_at - _EPOCH) // timedelta(microseconds=1)}-{publication.pk}"


def _place(text: str) -> tuple[datetime, int]:
    microseconds, _dash, publication_id = text.partition("-")
    # Eighteen digits hold any date and any id; longer ones would only overflow.
    if not (text.isascii() and microseconds.isdigit() and publication_id.isdigit() and len(text) <= 37):
        raise Http404(_("There is no such page in this list."))
    try:
        return _EPOCH + timedelta(microseconds=int(microseconds)), min(int(publication_id), 2**63 - 1)
    except OverflowError:
        raise Http404(_("There is no such page in this list.")) from None
