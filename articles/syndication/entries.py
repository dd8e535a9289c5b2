"""Reading the entries of feeds as they are at a moment: of the site, of what stories are listed by, of a story list.

A feed tells what happened: the newest `MOST` publications that hold at the moment, corrections and withdrawals among
them, ordered by what readers were told of last. A story stands in it once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from django.conf import settings

from articles.content import language_tag
from articles.models import CopyrightNotice, FeedListing, ListEdition, Publication
from articles.resolver import ListAlone, ShownEntry
from articles.syndication.addresses import absolute, permanent_id
from articles.syndication.entry import Entry
from articles.syndication.rights import notice_of
from articles.syndication.story_entry import story_entry
from articles.syndication.told import is_told, last_told, told

MOST = 50


@dataclass(frozen=True)
class Found:
    """The entries of a feed, and the last moment at which they changed by something that has a date.

    What has none, the name of a section or the wording of a notice, shows in the text only. `changed_at` is never later
    than the moment of reading; None: it cannot be said.
    """

    entries: tuple[Entry, ...]
    changed_at: datetime | None


def of_site(at: datetime) -> Found:
    """What happened last on the whole site. At most five queries, however much there is."""
    rows = Publication.objects.current(at).with_content().order_by("-live_from", "-pk")
    return _found([*rows.filter(told())[:MOST], *rows.exclude(told())[:MOST]], at)


def of_subject(subject: str, row_id: int, at: datetime) -> Found:
    """What happened last under a section, topic, contributor or source (`subject`). At most five queries."""
    # The listing's own date is in its index: what is to come is passed over without looking at it.
    listings = FeedListing.objects.current(at).filter(live_from__lte=at, **{f"{subject}_id": row_id})
    rows = listings.select_related("publication__revision").latest_first()
    is_news = told("publication__")
    found = [*rows.filter(is_news)[:MOST], *rows.exclude(is_news)[:MOST]]
    return _found([row.publication for row in found], at)


def of_list(alone: ListAlone, at: datetime) -> Found:
    """What a story list shows, in its order, with its own headlines and teasers. At most four queries."""
    publications = [entry.publication for entry in alone.shown.entries if entry.publication]
    notices = _notices(publications, at)
    last = _last_told(publications, at)
    stories = {row.pk: _entry(row, last[row.pk], notices) for row in publications}
    entries = tuple(
        _as_listed(shown, stories[shown.publication.pk]) if shown.publication else _address(shown, alone)
        for shown in alone.shown.entries
    )
    changed = _list_changed_at(alone, at)
    if changed is not None:
        changed = max([changed, *_changes(publications, notices, at)])
    return Found(entries, changed)


def _found(rows: Sequence[Publication], at: datetime) -> Found:
    """Those of `rows` that readers were told of last. The others are minor changes of what is long known: however many
    there were, they put nothing out of the feed.
    """
    last = _last_told(rows, at)
    newest = sorted(rows, key=lambda row: last[row.pk].live_from, reverse=True)[:MOST]
    notices = _notices(newest, at)
    entries = [_entry(row, last[row.pk], notices) for row in newest]
    return Found(tuple(entries), max(_changes(newest, notices, at), default=None))


def _notices(publications: Sequence[Publication], at: datetime) -> list[CopyrightNotice]:
    """Every notice in force by `at` of the sources of `publications`. One query, none where there is no source."""
    sources = {row.content.source.id for row in publications if row.shows and row.content.source}
    if not sources:
        return []
    return list(CopyrightNotice.objects.filter(source__in=sources, effective_from__lte=at).order_by("effective_from"))


def _entry(publication: Publication, last: Publication, notices: Sequence[CopyrightNotice]) -> Entry:
    source = publication.content.source
    return story_entry(publication, last, notice_of(notices, source.id if source else None, publication.live_from))


def _last_told(publications: Sequence[Publication], at: datetime) -> dict[int, Publication]:
    """What readers were told of last, by the key of the publication. One query, where a minor change is current."""
    last = {row.pk: row for row in publications if is_told(row)}
    quiet = {row.story_id: row.pk for row in publications if not is_told(row)}
    if quiet:
        columns = ("story_id", "kind", "change", "note", "live_from", "live_until", "first_live_at")
        so_far = Publication.objects.filter(story__in=quiet, live_from__lte=at).only(*columns)
        for story_id, history in groupby(so_far.order_by("story", "live_from"), key=lambda row: row.story_id):
            last[quiet[story_id]] = last_told(list(history))
    return last


def _changes(publications: Sequence[Publication], notices: Sequence[CopyrightNotice], at: datetime) -> list[datetime]:
    """The moments at which feeds changed last. One query.

    What has ended is in the feed no more, so its end is looked for among all stories: an index knows the newest.
    """
    endings = (
        Publication.objects.filter(live_until__lte=at).order_by("-live_until").values_list("live_until", flat=True)
    )
    return [
        *(row.live_from for row in publications),
        *(notice.effective_from for notice in notices),
        *endings[:1],
    ]


# Story lists


def _as_listed(shown: ShownEntry, story: Entry) -> Entry:
    """The story under the headline and the teaser of the list; its teaser only where a summary may go out."""
    teaser = shown.teaser if story.amount != CopyrightNotice.Feeds.HEADLINE else ""
    return replace(story, title=shown.full_headline, summary=teaser)


def _address(shown: ShownEntry, alone: ListAlone) -> Entry:
    """An address in a list, which may lead to another site. It is dated by its own begin, or by that of the edition."""
    row = alone.shown.row
    starts_at = next((item.starts_at for item in row.content.items if item.key == shown.item_key), None)
    moment = starts_at or row.starts_at
    return Entry(
        id=permanent_id(alone.story_list.created_at, f"list/{row.list_id}/{shown.item_key}"),
        url=absolute(shown.url),
        title=shown.headline,
        summary=shown.teaser,
        published=moment,
        updated=moment,
        language=language_tag(settings.LANGUAGE_CODE),
    )


def _list_changed_at(alone: ListAlone, at: datetime) -> datetime | None:
    """When the list itself changed last: an edition, or the window of an item, began or ended. One query.

    None where a window follows its story: when that ended cannot be said of a story that is shown no more.
    """
    row = alone.shown.row
    items = row.content.items
    if any(item.starts_after is not None or item.ends_after is not None for item in items):
        return None
    edges = [moment for item in items for moment in (item.starts_at, item.ends_at) if moment and moment <= at]
    over = ListEdition.objects.filter(story_list=row.list_id, ends_at__lte=at).order_by("-ends_at")
    return max([row.starts_at, *edges, *over.values_list("ends_at", flat=True)[:1]])
