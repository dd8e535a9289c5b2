"""PageFacts: what machines, and the path above the page, are told of a page. Public views pass `facts`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Crumb:
    """One step of the path from the front page: a section, the archive. The page itself is not among them."""

    name: str
    url: str


@dataclass(frozen=True)
class Listed:
    """One entry of a page that lists stories, in its order."""

    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class PageFacts:
    """Text is plain; addresses begin at the root of the site, as `reverse` and `get_absolute_url` give them.

    `address`: where the page is, with what of the query makes it another page; "" for one that search engines are not
    to know. `feed`: the address of the feed nearest to the page, without the ending that names the format; `feed_name`:
    of what it is the feed, "" where that is the page itself.
    """

    title: str
    description: str = ""
    address: str = ""
    crumbs: tuple[Crumb, ...] = ()
    listed: tuple[Listed, ...] = ()
    feed: str = ""
    feed_name: str = ""
    noindex: bool = False
