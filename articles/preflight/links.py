"""Whether what the story leads to is there for readers, and whether the story is there already."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from articles.content import StoryContent
from articles.preflight.facts import Facts, StoryState
from articles.preflight.findings import Problem
from articles.preflight.places import rich_texts

# Of clean HTML only: every attribute is in double quotes, and holds none itself.
_ANCHOR = re.compile(r'<a\b((?:[^">]|"[^"]*")*+)>')
_HREF = re.compile(r'(?:^|\s)href="([^"]*)"')
_LONGEST_SHOWN = 60


def _addresses(content: StoryContent) -> Iterator[tuple[str, str]]:
    """Every address the story leads to as (place, address as typed)."""
    for place, html in rich_texts(content):
        for anchor in _ANCHOR.finditer(html):
            if found := _HREF.search(anchor[1]):
                yield place, unescape(found[1]).strip()
    for number, link in enumerate(content.related_links, start=1):
        if link.url:
            yield f"related:{number}", link.url


def site_path(address: str, site_url: str) -> str | None:
    """The path on this site that `address` leads to; None when it leads elsewhere, or to a place on its own page.

    An address without a host, such as one typed without its scheme (example.org/page), leads to this site.
    """
    try:
        site, target = urlsplit(site_url), urlsplit(urljoin(f"{site_url.rstrip('/')}/", address))
        elsewhere = target.scheme not in {"http", "https"} or (
            (target.hostname, target.port) != (site.hostname, site.port)
        )
    except ValueError:
        return None  # no address at all: a bracket or a port that is none
    if elsewhere or not address or address.startswith("#"):
        return None
    return target.path or "/"


def internal_links(content: StoryContent, site_url: str) -> tuple[str, ...]:
    """The addresses in the rich texts and related links that lead to this site, as typed, each once, in order.

    `site_path` says where on the site each leads.
    """
    typed = dict.fromkeys(address for _place, address in _addresses(content))
    return tuple(address for address in typed if site_path(address, site_url) is not None)


def links_are_alive(content: StoryContent, facts: Facts) -> Iterator[Problem]:
    for place, address in dict.fromkeys(_addresses(content)):
        if not facts.links.get(address, True):
            words = _("The link to {address} leads readers to nothing at that time.")
            yield Problem(place, format_lazy(words, address=_short(address)))


def related_stories_are_public(content: StoryContent, facts: Facts) -> Iterator[Problem]:
    """What can never become right by waiting: the story itself, and what was retracted or withdrawn."""
    for number, link in enumerate(content.related_links, start=1):
        if link.story_id is None:
            continue
        other = facts.stories.get(link.story_id)
        if link.story_id == facts.story_id:
            yield Problem(f"related:{number}", _("The story is related to itself."))
        elif other is None:
            yield Problem(f"related:{number}", _("The related story no longer exists."))
        elif other.state == StoryState.RETRACTED:
            words = _("The related story “{headline}” is retracted at that time; readers do not see the link.")
            yield Problem(f"related:{number}", format_lazy(words, headline=other.headline))
        elif other.state == StoryState.WITHDRAWN:
            words = _("The related story “{headline}” is no longer public at that time.")
            yield Problem(f"related:{number}", format_lazy(words, headline=other.headline))


def related_stories_are_live(content: StoryContent, facts: Facts) -> Iterator[Problem]:
    for number, link in enumerate(content.related_links, start=1):
        other = facts.stories.get(link.story_id) if link.story_id != facts.story_id else None
        if other is None:
            continue
        if other.state == StoryState.SCHEDULED:
            words = _("The related story “{headline}” goes live later; until then readers do not see the link.")
            yield Problem(f"related:{number}", format_lazy(words, headline=other.headline))
        elif other.state == StoryState.NEVER:
            words = _("The related story “{headline}” is not public; readers do not see the link.")
            yield Problem(f"related:{number}", format_lazy(words, headline=other.headline))


def story_is_no_duplicate(content: StoryContent, facts: Facts) -> Iterator[Problem]:
    for other in facts.same_text:
        words = _("Story {id}, “{headline}”, is live with the same headline and text.")
        yield Problem("headline", format_lazy(words, id=other.id, headline=other.headline))


def _short(address: str) -> str:
    return address if len(address) <= _LONGEST_SHOWN else f"{address[:_LONGEST_SHOWN]}…"
