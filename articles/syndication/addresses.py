"""Addresses and ids in feeds: absolute, and ids that stay for ever."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import escape, unescape
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from articles.html import CleanHtml

# Rich text is serialised by one program, which quotes every attribute with " and escapes it inside.
_TAG = re.compile(r'<(?:a|img)(?: [^<>"=]+="[^"]*")+ ?/?>')
_ATTRIBUTE = re.compile(r'( [^<>"= ]+=")([^"]*)"')
_ADDRESSES = (' href="', ' src="')


def absolute(url: str, base: str = "") -> str:
    """`url` as a URI in full; what is relative begins at `base`, a path or an address of this site.

    An address that nobody can read stays as it is.
    """
    try:
        return iri_to_uri(urljoin(urljoin(f"{settings.SITE_URL}/", base), url))
    except ValueError:
        return iri_to_uri(url)


def with_absolute_links(html: CleanHtml, base: str) -> CleanHtml:
    """Rich text whose links and pictures work anywhere: relative ones begin at `base`, the address of its page."""

    def resolved(attribute: re.Match[str]) -> str:
        if attribute[1] not in _ADDRESSES:
            return attribute[0]
        return f'{attribute[1]}{escape(absolute(unescape(attribute[2]), base))}"'

    return CleanHtml(_TAG.sub(lambda tag: _ATTRIBUTE.sub(resolved, tag[0]), html))


def permanent_id(day: datetime, what: str) -> str:
    """A tag URI (RFC 4151): who names (the host of SITE_URL), a day on which that was theirs (UTC), and `what` it is.

    Neither headline nor address nor the name of the site is in it, so it outlives a change of each. The port is left
    out: RFC 4151 knows none.
    """
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    host = host if host.isascii() else host.encode("idna").decode()
    return f"tag:{host},{day.astimezone(UTC).date().isoformat()}:{quote(what, safe='/')}"


def story_id_uri(story_id: int, first_live_at: datetime) -> str:
    """The id of a story, in every feed and format: made of the day it first went live, and its number."""
    return permanent_id(first_live_at, f"story/{story_id}")
