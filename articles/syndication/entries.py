"""Reading the entries of feeds as they are at a moment: of the site, of what stories are listed by, of a story list.

A feed tells what happened: the newest `MOST` publications that hold at the moment, corrections and withdrawals among
them, ordered by what readers were told of last. A story stands in it once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from articles.content import language_tag
from articles.models import CopyrightNotice, FeedListing, ListEdition, Publication
from articles.resolver import ListAlone, ShownEntry
from articles.syndication.addresses import absolute, permanent_id
from articles.syndication.entry import Entry
from articles.syndication.rights import notice_of
from articles.syndication.story_entry import story_entry

MOST = 50


@dataclass(frozen=True)
class Found:
    """The entries of a feed, the last moment at which they changed by something that has a date, and the copyright
    notices that count for them.

    What has no date, such as the name of a section, shows in the text only. `changed_at` is never later than the moment
    of reading; None: it cannot be said, as where one of the stories has a source, whose notices may be dated back.
    """

    entries: tuple[Entry, ...]
    changed_at: datetime | None
    notices: tuple[CopyrightNotice, ...] = ()


def of_site(at: datetime) -> Found:
    """What happened last on the whole site. At most five queries, however much there is."""
    # What is to be told yet is passed over in the index, without looking at it.
    rows = Publication.objects.current(at).filter(told_at__lte=at).with_content().last_told_first()
    return _found(rows[:MOST], at)


def of_subject(subject: str, row_id: int, at: datetime) -> Found:
    """What happened last under a section, topic, contributor or source (`subject`). At most five queries."""
    listings = FeedListing.objects.current(at).filter(told_at__lte=at, **{f"{subject}_id": row_id})
    rows = listings.select_related("publication__revision").last_told_first()
    return _found([row.publication for row in rows[:MOST]], at)


def of_list(alone: ListAlone, at: datetime) -> Found:
    """What a story list shows, in its order, with its own headlines and teasers. At most four queries."""
    publications = [entry.publication for entry in alone.shown.entries if entry.publication]
    stories = _read(publications, at)
    entries = tuple(
        _as_listed(shown, stories[shown.publication.pk].entry) if shown.publication else _address(shown, alone)
        for shown in alone.shown.entries
    )
    changed, of_stories = _list_changed_at(alone, at), _changed_at(publications, at)
    dated = changed is not None and (of_stories is not None or not publications)
    return Found(entries, max(filter(None, (changed, of_stories))) if dated else None, _all_notices(stories))


@dataclass(frozen=True)
class _Read:
    entry: Entry
    notice: CopyrightNotice | None


def _found(rows: Iterable[Publication], at: datetime) -> Found:
    newest = list(rows)
    read = _read(newest, at)
    return Found(tuple(each.entry for each in read.values()), _changed_at(newest, at), _all_notices(read))


def _read(publications: Sequence[Publication], at: datetime) -> dict[int, _Read]:
    """The entries of publications, with the notice that counts for each, by key and in the same order. Two queries."""
    told, notices = _told(publications), _notices(publications, at)
    found = {}
    for row in publications:
        source = row.content.source if row.shows else None
        notice = notice_of(notices, source.id if source else None, row.live_from)
        found[row.pk] = _Read(story_entry(row, told[row.pk], notice), notice)
    return found


def _all_notices(read: dict[int, _Read]) -> tuple[CopyrightNotice, ...]:
    return tuple(each.notice for each in read.values() if each.notice)


def _notices(publications: Sequence[Publication], at: datetime) -> list[CopyrightNotice]:
    """Every notice in force by `at` of the sources of `publications`. One query, none where there is no source."""
    sources = {row.content.source.id for row in publications if _has_source(row)}
    if not sources:
        return []
    return list(CopyrightNotice.objects.filter(source__in=sources, effective_from__lte=at).order_by("effective_from"))


def _has_source(publication: Publication) -> bool:
    return publication.shows and publication.content.source is not None


def _told(publications: Sequence[Publication]) -> dict[int, Publication]:
    """What readers were told of last, by the key of the publication. One query, where a minor change is current."""
    quiet = [row for row in publications if row.told_at != row.live_from]
    told: dict[tuple[int, datetime], Publication] = {}
    if quiet:
        columns = ("story_id", "kind", "change", "note", "live_from")
        asked = {"story__in": {row.story_id for row in quiet}, "live_from__in": {row.told_at for row in quiet}}
        rows = Publication.objects.filter(**asked).only(*columns).order_by()
        told = {(row.story_id, row.live_from): row for row in rows}
    return {row.pk: told.get((row.story_id, row.told_at), row) for row in publications}


def _changed_at(publications: Sequence[Publication], at: datetime) -> datetime | None:
    """When entries last changed, one query; None where that cannot be said, because one of them has a source.

    A copyright notice may be saved today and count since last week, which makes what goes out less without a moment at
    which it did. What has ended is in the feed no more, so its end is looked for among all stories: an index knows the
    newest.
    """
    if any(_has_source(row) for row in publications):
        return None
    over = Publication.objects.filter(live_until__lte=at).order_by("-live_until").values_list("live_until", flat=True)
    return max([*(row.live_from for row in publications), *over[:1]], default=None)


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
