"""The formats of feeds: one file each + the one tuple FORMATS, in the order they are offered."""

from __future__ import annotations

from articles.syndication.formats.atom import ATOM
from articles.syndication.formats.feed_format import FeedFormat
from articles.syndication.formats.json_feed import JSON_FEED
from articles.syndication.formats.rss import RSS

FORMATS: tuple[FeedFormat, ...] = (RSS, ATOM, JSON_FEED)

__all__ = ["FORMATS", "FeedFormat"]
