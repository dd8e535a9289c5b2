"""JSON Feed 1.1 (jsonfeed.org/version/1.1). What it has no word for stands under `_newsroom`.

`_newsroom` of an item: `state` (live, retracted, withdrawn), `feeds` (how much goes out: full, summary, headline),
`rights`, `source`, `original` (of a reprint), `change` (the last that readers were told of), `digital_source_type`
(IPTC). What has nothing to say is left out.
"""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

from django.utils.feedgenerator import SyndicationFeed

from articles.syndication.entry import Change, Entry, Feed, Original, Person, Rights
from articles.syndication.formats.feed_format import FeedFormat
from articles.syndication.xml_text import w3c_datetime

_ABOUT = "https://jsonfeed.org/version/1.1"


class _JsonFeed(SyndicationFeed):
    """The same for JSON as Django's classes are for XML: a feed with items, written to a file."""

    def write(self, outfile: Any, encoding: str) -> None:
        feed: Feed = self.feed["feed"]
        document = _filled(
            version=_ABOUT,
            title=feed.title,
            home_page_url=feed.home,
            feed_url=self.feed["feed_url"],
            description=feed.description,
            language=feed.language,
            authors=[{"name": feed.publisher, "url": feed.publisher_url}],
        )
        document["items"] = [_item(item["entry"]) for item in self.items]
        json.dump(document, outfile, ensure_ascii=False, indent=1)


def _item(entry: Entry) -> dict[str, Any]:
    item = _filled(
        id=entry.id,
        url=entry.url,
        external_url=entry.original.url if entry.original else "",
        title=entry.title,
        content_html=entry.html or "",
        # One of the two has to be there.
        content_text="" if entry.html else entry.described or entry.title,
        summary=entry.summary,
        date_published=w3c_datetime(entry.published),
        date_modified=w3c_datetime(entry.updated),
        authors=[_person(author) for author in entry.authors],
        tags=list(entry.categories),
        language=entry.language,
    )
    item["_newsroom"] = _filled(
        state=str(entry.state),
        feeds=str(entry.amount),
        rights=_rights(entry.rights),
        source=entry.source,
        original=_original(entry.original),
        change=_change(entry.change),
        digital_source_type=entry.digital_source_type,
    )
    return item


def _person(person: Person) -> dict[str, str]:
    return _filled(name=person.name, url=person.url)


def _rights(rights: Rights | None) -> dict[str, str]:
    if rights is None:
        return {}
    return _filled(
        notice=rights.notice,
        holder=rights.holder,
        licence_url=rights.licence_url,
        usage_terms=rights.usage_terms,
        licensing_url=rights.licensing_url,
    )


def _original(original: Original | None) -> dict[str, str]:
    if original is None:
        return {}
    return _filled(title=original.title, author=original.author, url=original.url)


def _change(change: Change | None) -> dict[str, str]:
    if change is None:
        return {}
    return {"kind": str(change.kind), "note": change.note, "date": w3c_datetime(change.made_at)}


def _filled(**fields: Any) -> dict[str, Any]:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value}


def _write(feed: Feed) -> str:
    address = f"{feed.address}.{JSON_FEED.extension}"
    writer = _JsonFeed(title=feed.title, link=feed.home, description="", feed_url=address, feed=feed)
    for entry in feed.entries:
        writer.add_item(title=entry.title, link=entry.url, description="", entry=entry)
    document = StringIO()
    writer.write(document, "utf-8")
    return document.getvalue()


JSON_FEED = FeedFormat("json", "JSON Feed", "application/feed+json", _write)
