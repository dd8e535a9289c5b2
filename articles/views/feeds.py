"""Feeds: of the site, of everything stories are listed by, of story lists; and the page that shows which there are.

A feed is the same document for everybody, at every moment and in every script: its addresses are those of the site
itself, also where the time machine reads it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.chinese import reading_order
from articles.content import language_tag
from articles.models import (
    Contributor,
    ContributorListing,
    ListEdition,
    Section,
    Source,
    SourceListing,
    StoryList,
    Topic,
    TopicListing,
)
from articles.models.named import Named
from articles.models.publication import Listing
from articles.resolver import resolve_list
from articles.syndication import entries
from articles.syndication.addresses import absolute
from articles.syndication.data_mining import DataMining, data_mining_of_feed
from articles.syndication.entries import Found
from articles.syndication.entry import Feed
from articles.syndication.formats import FORMATS
from articles.views.conditional import conditional
from articles.views.furniture import site_identity, top_sections
from articles.views.page_facts import PageFacts
from articles.views.script import plain_prefix
from articles.views.time_machine import script_prefix

SUBJECTS: dict[str, type[Named]] = {"section": Section, "topic": Topic, "contributor": Contributor, "source": Source}
# So many of a kind are named on one page; each has its feeds on its own page as well.
MOST_NAMED = 200


@require_safe
def site_feed(request: HttpRequest, format: str) -> HttpResponse:
    with script_prefix("/"):
        feed = _feed(request, "", reverse("articles:front"), entries.of_site(request.at))
    return feed.answer(request, format)


@require_safe
def subject_feed(request: HttpRequest, subject: str, slug: str, format: str) -> HttpResponse:
    """The feed of a section, topic, contributor or source. Raises Http404 for what readers do not know at that moment:
    of all but a section the name alone would tell of a story that is not out yet.
    """
    row = get_object_or_404(SUBJECTS[subject], slug=slug)
    with script_prefix("/"):
        found = entries.of_subject(subject, row.pk, request.at)
        if not found.entries and subject != "section":
            raise Http404
        name = row.name_in(settings.LANGUAGE_CODE)
        feed = _feed(request, name, row.get_absolute_url(), found, getattr(row, "description", ""))
    return feed.answer(request, format)


@require_safe
def list_feed(request: HttpRequest, list_id: str, format: str) -> HttpResponse:
    """The feed of a story list. Raises Http404 for a list that readers have not, and for a number with zeros before it.

    What the list shows is asked for by itself: on its page it may leave out what stands there already.
    """
    if list_id != str(int(list_id)):
        raise Http404
    with script_prefix("/"):
        alone = resolve_list(int(list_id), request.at)
        if alone is None:
            raise Http404
        home = alone.page.get_absolute_url() if alone.page else reverse("articles:front")
        address = _address_of_list(alone.story_list.pk)
        found = entries.of_list(alone, request.at)
        feed = _feed(request, alone.shown.title, home, found, address=address, begun=alone.shown.row.starts_at)
    return feed.answer(request, format)


def _address_of_list(list_id: int) -> str:
    return reverse("articles:list_feed", args=[list_id, FORMATS[0].extension]).removesuffix(f".{FORMATS[0].extension}")


@dataclass(frozen=True)
class _Document:
    feed: Feed
    changed_at: datetime | None
    data_mining: DataMining

    def answer(self, request: HttpRequest, extension: str) -> HttpResponse:
        """The feed in the format whose addresses end so, or 304 where the reader has it already."""
        written = next(each for each in FORMATS if each.extension == extension)
        content_type = f"{written.mime_type}; charset=utf-8"
        response = conditional(request, written.write(self.feed), content_type, changed_at=self.changed_at)
        for name, value in self.data_mining.fields.items():
            response.headers[name] = value
        return response


def _feed(
    request: HttpRequest,
    name: str,
    home: str,
    found: Found,
    description: str = "",
    *,
    address: str = "",
    begun: datetime | None = None,
) -> _Document:
    """The feed of what is called `name` ("": the site) and has its page at `home`."""
    site = site_identity(request)
    site_name = site.name_in(settings.LANGUAGE_CODE)
    feed = Feed(
        title=f"{name} - {site_name}" if name else site_name,
        address=absolute(address or f"{home}feed"),
        home=absolute(home),
        language=language_tag(settings.LANGUAGE_CODE),
        publisher=site_name,
        publisher_url=absolute(reverse("articles:front")),
        entries=found.entries,
        description=description or ("" if name else site.tagline),
        begun=begun,
    )
    changed = [found.changed_at, site.updated_at if site.updated_at and site.updated_at <= request.at else None]
    known = [moment for moment in changed if moment]
    # What a list does not know of itself, the identity of the site does not know either.
    changed_at = max(known) if found.changed_at and known else None
    return _Document(feed, changed_at, data_mining_of_feed(found.notices, site))


# The page


@dataclass(frozen=True)
class NamedFeed:
    """A feed on the page of feeds; `address` is without the ending that names the format."""

    name: str
    address: str


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """Which feeds there are, of what readers know at `request.at`. As many queries as there are kinds of them."""
    site_name = site_identity(request).name_in(settings.LANGUAGE_CODE)
    sections = [row for top in top_sections(request) for row in (top, *top.children_list)]
    with script_prefix(plain_prefix(request)):
        front = reverse("articles:front")
        groups = [
            (_("The whole site"), [NamedFeed(site_name, f"{front}feed")]),
            (_("Sections"), [_named(row) for row in sections]),
            (_("Topics"), _known(Topic, TopicListing, request.at)),
            (_("Sources"), _known(Source, SourceListing, request.at)),
            (_("Lists on the front page, in sections and at stories"), _lists(request)),
            (_("Contributors"), _known(Contributor, ContributorListing, request.at)),
        ]
    address = reverse("articles:feeds")
    facts = PageFacts(title=_("Feeds"), address=address, feed=f"{reverse('articles:front')}feed")
    context = {"groups": [group for group in groups if group[1]], "formats": FORMATS, "facts": facts}
    return render(request, "articles/feeds.html", context)


def _known(model: type[Named], listing: type[Listing], at: datetime) -> list[NamedFeed]:
    """Those that have a page at `at`, by the pinyin of their names. One query, of a bounded number of names."""
    live = listing.objects.live(at).filter(**{model._meta.model_name: OuterRef("pk")})
    rows = model.objects.filter(Exists(live)).only("name", "name_english", "slug").order_by("name", "pk")
    return _sorted(map(_named, rows[:MOST_NAMED]))


def _named(row: Named) -> NamedFeed:
    return NamedFeed(row.name_in(settings.LANGUAGE_CODE), f"{row.get_absolute_url()}feed")


def _sorted(feeds: Iterable[NamedFeed]) -> list[NamedFeed]:
    return sorted(feeds, key=lambda feed: reading_order(feed.name))


def _lists(request: HttpRequest) -> list[NamedFeed]:
    """The story lists in force that stand on many pages, by place and by the title readers know. One query.

    Those of a single story are left out: they are as many as stories.
    """
    topic_is_known = Exists(TopicListing.objects.live(request.at).filter(topic=OuterRef("story_list__topic")))
    editions = (
        ListEdition.objects.holding(request.at)
        .filter(Q(story_list__topic=None) | topic_is_known, story_list__story=None)
        .select_related("story_list__section", "story_list__topic", "revision")
        .order_by("story_list", "kind")
    )
    # "special" comes before "standing", and counts while it lasts.
    in_force: dict[int, ListEdition] = {}
    for edition in editions[: 2 * MOST_NAMED]:
        in_force.setdefault(edition.story_list_id, edition)
    by_place: dict[str, list[NamedFeed]] = {place: [] for place in StoryList.Place.values}
    for pk, edition in in_force.items():
        by_place[edition.story_list.place].append(NamedFeed(_title(edition), _address_of_list(pk)))
    return list(chain.from_iterable(map(_sorted, by_place.values())))[:MOST_NAMED]


def _title(edition: ListEdition) -> str:
    """The list's title and where it stands, because a list is often called as a section is."""
    row: StoryList = edition.story_list
    scope = row.section or row.topic
    words = [edition.content.title]
    if scope is None or row.place != StoryList.Place.SECTION:
        words.append(row.get_place_display())
    if scope is not None:
        words.append(scope.name_in(settings.LANGUAGE_CODE))
    return " · ".join(words)
