"""RSS 2.0 (rssboard.org/rss-specification), with the modules that news readers know.

content:encoded holds the text; dc:creator the authors, because RSS itself would want mail addresses; dc:rights the
notice; dc:language the language of a story; atom:updated the date of its last change, which RSS has no word for. The
guid is the permanent id, and no address.
"""

from __future__ import annotations

from io import StringIO
from typing import Any
from xml.sax.saxutils import XMLGenerator

from django.utils.feedgenerator import Rss201rev2Feed, rfc2822_date
from django.utils.html import escape, linebreaks

from articles.syndication.entry import Entry, Feed
from articles.syndication.formats.feed_format import FeedFormat
from articles.syndication.xml_text import w3c_datetime


class _Rss(Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_root_elements(self, handler: Any) -> None:
        feed: Feed = self.feed["feed"]
        handler.addQuickElement("title", feed.title)
        handler.addQuickElement("link", feed.home)
        handler.addQuickElement("description", feed.description or feed.title)
        own = {"rel": "self", "type": RSS.mime_type, "href": self.feed["feed_url"]}
        handler.addQuickElement("atom:link", None, own)
        handler.addQuickElement("language", feed.language)
        handler.addQuickElement("dc:publisher", feed.publisher)
        # Django would put in the time of the request for a feed without entries.
        if feed.updated:
            handler.addQuickElement("lastBuildDate", rfc2822_date(feed.updated))

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        entry: Entry = item["entry"]
        handler.addQuickElement("title", entry.title)
        handler.addQuickElement("link", entry.url)
        # HTML, by the specification.
        if entry.described:
            handler.addQuickElement("description", _as_html(entry.described))
        if entry.html is not None:
            handler.addQuickElement("content:encoded", entry.html)
        for author in entry.authors:
            handler.addQuickElement("dc:creator", author.name)
        handler.addQuickElement("pubDate", rfc2822_date(entry.published))
        handler.addQuickElement("atom:updated", w3c_datetime(entry.updated))
        handler.addQuickElement("guid", entry.id, {"isPermaLink": "false"})
        handler.addQuickElement("dc:language", entry.language)
        for category in entry.categories:
            handler.addQuickElement("category", category)
        _add_rights(handler, entry)
        if entry.original and entry.original.url:
            name = entry.original.source or entry.original.title or entry.original.author
            handler.addQuickElement("source", name, {"url": entry.original.url})


def _add_rights(handler: XMLGenerator, entry: Entry) -> None:
    if not entry.rights:
        return
    if entry.rights.text:
        handler.addQuickElement("dc:rights", entry.rights.text)
    if entry.rights.licence_url:
        # RFC 4946
        handler.addQuickElement("atom:link", None, {"rel": "license", "href": entry.rights.licence_url})


def _as_html(text: str) -> str:
    return linebreaks(escape(text)) if "\n" in text else escape(text)


def _write(feed: Feed) -> str:
    address = f"{feed.address}.{RSS.extension}"
    writer = _Rss(title=feed.title, link=feed.home, description="", feed_url=address, feed=feed)
    for entry in feed.entries:
        writer.add_item(title=entry.title, link=entry.url, description="", entry=entry)
    document = StringIO()
    writer.write(document, "utf-8")
    return document.getvalue()


RSS = FeedFormat("rss", "RSS", "application/rss+xml", _write)
