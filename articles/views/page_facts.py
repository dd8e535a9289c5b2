"""PageFacts: what machines, and the path above the page, are told of a page. Public views pass `facts`."""

from __future__ import annotations

from dataclasses import dataclass

from articles.chinese import is_chinese
from articles.content import is_english


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


def readable_in(language: str, text: str) -> str:
    """A text that exists in one language, for machines that read a page in `language`: "" if it is Chinese on English.

    A machine that is told nothing takes what readers see, which is better than a line they cannot read.
    """
    return "" if is_english(language) and is_chinese(text) else text
