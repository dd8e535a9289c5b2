"""Feeds as feed readers take them: asked for like a reader's app asks, parsed without complaint, in every format."""

from __future__ import annotations

import json
from typing import Any

import feedparser
from django.test import Client
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
EXTENSIONS = ("rss", "atom", "json")


def answer(address: str, **headers: str) -> Any:
    """The answer to a reader's app that is nobody; 200, unless the feed is not there."""
    return Client(headers=headers or None).get(address)


def body(address: str) -> str:
    response = answer(address)
    assert response.status_code == 200, address
    return response.content.decode()


def parsed(document: str | bytes, mime_type: str) -> Any:
    """An XML feed as feedparser reads it. Fails for what is not well-formed, or makes feedparser complain."""
    data = document.encode() if isinstance(document, str) else document
    etree.fromstring(data)
    # Sanitising would take out what must not be there in the first place.
    feed = feedparser.parse(data, response_headers={"content-type": f"{mime_type}; charset=utf-8"}, sanitize_html=False)
    assert not feed.bozo, feed.bozo_exception
    return feed


def rss(document: str) -> Any:
    feed = parsed(document, "application/rss+xml")
    assert feed.version == "rss20"
    return feed


def atom(document: str) -> Any:
    feed = parsed(document, "application/atom+xml")
    assert feed.version == "atom10"
    return feed


def json_feed(document: str) -> dict[str, Any]:
    """A JSON feed, held against what version 1.1 demands."""
    feed = json.loads(document)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    ids = [item["id"] for item in feed["items"]]
    assert all(isinstance(each, str) and each for each in ids)
    assert len(set(ids)) == len(ids)
    for item in feed["items"]:
        assert ("content_html" in item) != ("content_text" in item)
        assert all(author.get("name") for author in item.get("authors", []))
        assert all(isinstance(tag, str) for tag in item.get("tags", []))
        assert all(value not in ("", None, [], {}) for value in item.values())
    return feed


def items(address: str = "/feed") -> list[dict[str, Any]]:
    """The items of the JSON feed at an address without its ending."""
    return json_feed(body(f"{address}.json"))["items"]


def tombstones(document: str) -> list[Any]:
    return list(etree.fromstring(document.encode()).iter(TOMBSTONE))
