"""Addresses of one page in both scripts: the traditional one is the plain one with a prefix."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import ResolverMatch
from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.http import escape_leading_slashes

# What `request.script` is on a page in traditional characters, and the first part of its address.
SCRIPT = "zh-hant"
PREFIX = f"/{SCRIPT}/"

# Pages of text for readers have two scripts. What programs read has one address and one text: see the decision.
_WITH_SCRIPTS = frozenset(
    f"articles:{name}"
    for name in (
        "front section topic contributor source archive archive_month archive_day corrections search site_page feeds "
        "story story_qr version"
    ).split()
)


class BothScripts(NamedTuple):
    """The addresses of one page, from the root of the site."""

    plain: str
    traditional: str


def has_scripts(match: ResolverMatch | None) -> bool:
    """Whether a page can be read in traditional characters; so can the answer that there is no such page (None)."""
    return match is None or match.view_name in _WITH_SCRIPTS


def inside(path_info: str) -> str | None:
    """The path of the page behind the prefix: "" for the bare prefix without its slash; None for any other address."""
    if path_info == PREFIX.rstrip("/"):
        return ""
    return path_info[len(PREFIX) - 1 :] if path_info.startswith(PREFIX) else None


def both_scripts(address: str, prefix: str, is_traditional: bool) -> BothScripts:
    """The page at `address`, which was made with the script prefix `prefix`, in both scripts.

    `is_traditional`: whether `prefix` is one of pages in traditional characters.
    """
    base = prefix.removesuffix(PREFIX[1:]) if is_traditional else prefix
    rest = address.removeprefix(prefix if address.startswith(prefix) else base)
    return BothScripts(f"{base}{rest}", f"{base}{PREFIX[1:]}{rest}")


def quoted(path: str, query: str = "") -> str:
    """A path that is not quoted yet, as an address on this site whatever it begins with."""
    address = escape_leading_slashes(escape_uri_path(path or "/"))
    return f"{address}?{iri_to_uri(query)}" if query else address
