"""Atom (RFC 4287), with licences (RFC 4946) and tombstones (RFC 6721).

A withdrawn story is told twice: as an entry under its id that says so and nothing else, for readers that know Atom, and
as at:deleted-entry, for those that know that a story can be gone.
"""

from __future__ import annotations

from io import StringIO
from typing import Any

from django.utils.feedgenerator import Atom1Feed

from articles.syndication.entry import NOTHING_YET, Entry, Feed, Original, State
from articles.syndication.formats.feed_format import FeedFormat
from articles.syndication.xml_text import w3c_datetime

_HTML = {"type": "html"}


class _Atom(Atom1Feed):
    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:at": "http://purl.org/atompub/tombstones/1.0"}

    def add_root_elements(self, handler: Any) -> None:
        feed: Feed = self.feed["feed"]
        address = self.feed["feed_url"]
        handler.addQuickElement("title", feed.title)
        handler.addQuickElement("link", None, {"rel": "alternate", "type": "text/html", "href": feed.home})
        handler.addQuickElement("link", None, {"rel": "self", "type": ATOM.mime_type, "href": address})
        handler.addQuickElement("id", address)
        # Django would put in the time of the request for a feed without entries.
        handler.addQuickElement("updated", w3c_datetime(feed.updated or NOTHING_YET))
        if feed.description:
            handler.addQuickElement("subtitle", feed.description)
        # Entries that name no author are by the newsroom (RFC 4287, 4.2.1).
        _add_person(handler, feed.publisher, feed.publisher_url)

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["entry"].language}

    def write_items(self, handler: Any) -> None:
        for item in self.items:
            if item["entry"].state == State.WITHDRAWN:
                _add_tombstone(handler, item["entry"])
        super().write_items(handler)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        entry: Entry = item["entry"]
        handler.addQuickElement("title", entry.title)
        handler.addQuickElement("link", None, {"rel": "alternate", "type": "text/html", "href": entry.url})
        handler.addQuickElement("id", entry.id)
        handler.addQuickElement("published", w3c_datetime(entry.published))
        handler.addQuickElement("updated", w3c_datetime(entry.updated))
        for author in entry.authors:
            _add_person(handler, author.name, author.url)
        for category in entry.categories:
            handler.addQuickElement("category", None, {"term": category})
        if entry.described:
            handler.addQuickElement("summary", entry.described)
        if entry.html is not None:
            handler.addQuickElement("content", entry.html, _HTML)
        if entry.rights and entry.rights.text:
            handler.addQuickElement("rights", entry.rights.text)
        if entry.rights and entry.rights.licence_url:
            handler.addQuickElement("link", None, {"rel": "license", "href": entry.rights.licence_url})
        if entry.original:
            _add_original(handler, entry.original)


def _add_person(handler: Any, name: str, url: str) -> None:
    handler.startElement("author", {})
    handler.addQuickElement("name", name)
    if url:
        handler.addQuickElement("uri", url)
    handler.endElement("author")


def _add_original(handler: Any, original: Original) -> None:
    """Where a reprint was first: its address, and what was there (RFC 4287, 4.2.11)."""
    link = {"href": original.url, **({"title": original.title} if original.title else {})}
    if original.url:
        handler.addQuickElement("link", None, {"rel": "via", **link})
    handler.startElement("source", {})
    if original.url:
        handler.addQuickElement("id", original.url)
        handler.addQuickElement("link", None, {"rel": "alternate", **link})
    handler.addQuickElement("title", original.source or original.title or original.author)
    if original.author:
        _add_person(handler, original.author, "")
    handler.endElement("source")


def _add_tombstone(handler: Any, entry: Entry) -> None:
    handler.startElement("at:deleted-entry", {"ref": entry.id, "when": w3c_datetime(entry.updated)})
    if entry.summary:
        handler.addQuickElement("at:comment", entry.summary, {"xml:lang": entry.language})
    handler.endElement("at:deleted-entry")


def _write(feed: Feed) -> str:
    address = f"{feed.address}.{ATOM.extension}"
    language = feed.language
    writer = _Atom(title=feed.title, link=feed.home, description="", language=language, feed_url=address, feed=feed)
    for entry in feed.entries:
        writer.add_item(title=entry.title, link=entry.url, description="", entry=entry)
    document = StringIO()
    writer.write(document, "utf-8")
    return document.getvalue()


ATOM = FeedFormat("atom", "Atom", "application/atom+xml", _write)
