"""Tells the newsroom's own cache in front of the site which pages changed, where there is one (PURGE_URL)."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urlsplit

from django.conf import settings

from articles.actions.boundary_effects.effect import Effect
from articles.actions.boundary_effects.public_addresses import addresses_of_story
from articles.models.boundary import Boundary

TIMEOUT = 5
# Caches answer these when the page was not there, which is what was asked for.
_NOT_CACHED = {404, 410, 412}


class PurgeFailed(Exception):
    """The cache answered that it did not forget a page."""


def purge_cache(boundary: Boundary, now: datetime) -> None:
    """One PURGE for each address that shows the story. Raises what `purge` raises."""
    purge(addresses_of_story(boundary.publication))


def purge(paths: Iterable[str]) -> None:
    """One PURGE for each page. Raises OSError or HTTPException when the cache does not answer, and PurgeFailed.

    Without a cache `paths` is not looked at.
    """
    if not settings.PURGE_URL:
        return
    cache = urlsplit(settings.PURGE_URL)
    host = {"Host": urlsplit(settings.SITE_URL).netloc}
    connection_class = HTTPSConnection if cache.scheme == "https" else HTTPConnection
    for path in paths:
        with closing(connection_class(cache.hostname, cache.port, timeout=TIMEOUT)) as connection:
            connection.request("PURGE", cache.path.rstrip("/") + path, headers=host)
            status = connection.getresponse().status
        if not 200 <= status < 300 and status not in _NOT_CACHED:
            raise PurgeFailed(f"The cache answered {status} for {path}.")


PURGE_CACHE = Effect("purge_cache", purge_cache, outside=True)
