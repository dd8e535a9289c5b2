"""What a format is: how its files end, what they are served as, and how a feed is written in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from articles.syndication.entry import Feed


@dataclass(frozen=True, slots=True)
class FeedFormat:
    """`extension` ends the address; `name` is what people call it; `mime_type` as registered, or as the format asks.

    `write(feed)` gives the document as text, the same text for the same feed.
    """

    extension: str
    name: str
    mime_type: str
    write: Callable[[Feed], str]
