"""Every public address there is, by the routes of the site: a route without a value here fails the tests that ask."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any
from urllib.parse import quote

from django.urls import reverse

from articles.models import Publication, StoryList
from articles.models.feed_listing import FEED_FORMATS
from articles.script_conversion.addresses import PREFIX
from tests.permission_matrix.rules import routes

# What surrounds the stories of the tests: see `places` in tests/public_canary.py.
SUBJECTS = {"section": "news", "topic": "chunyun", "contributor": "lin-yi", "source": "xinhua"}
WORD = "貔貅"
# A word of the headline beside the canary: a page of results repeats what was looked for.
QUERIES = {"articles:search": f"?q={quote('标题')}"}


def route_names() -> list[str]:
    return sorted(name for name, _pattern in routes() if name.startswith("articles:"))


def public_addresses(story: dict[str, Any], story_list: StoryList) -> list[tuple[str, str]]:
    """(name of the route, path with its query) of each route with everything it can be asked for, in both scripts."""
    values = _values(story, story_list)
    groups = {
        name: set(pattern.pattern.converters) | set(pattern.pattern.regex.groupindex) for name, pattern in routes()
    }
    plain = [
        (name, reverse(name, kwargs=arguments) + QUERIES.get(name, ""))
        for name in route_names()
        for arguments in (values[name] if groups[name] else [{}])
    ]
    return [*plain, *((name, PREFIX.rstrip("/") + path) for name, path in plain)]


def address_of(publication: Publication | None, story_id: int, slug: str) -> dict[str, Any]:
    """The parts of the address a story has, or would have."""
    year, month, day = publication.get_absolute_url().split("/")[1:4] if publication else ("2026", "03", "02")
    return {"year": year, "month": month, "day": day, "slug": slug, "story_id": story_id}


def _values(story: dict[str, Any], story_list: StoryList) -> dict[str, list[dict[str, Any]]]:
    month = {"year": story["year"], "month": story["month"]}
    subject = {f"articles:{name}": [{"slug": slug}] for name, slug in SUBJECTS.items()}
    return {
        **subject,
        "articles:archive_month": [month],
        "articles:archive_day": [{**month, "day": story["day"]}],
        "articles:site_page": [{"slug": "about"}],
        "articles:site_feed": [{"format": each} for each in FEED_FORMATS],
        "articles:subject_feed": list(_subject_feeds()),
        "articles:list_feed": [{"list_id": story_list.pk, "format": each} for each in FEED_FORMATS],
        "articles:sitemap_stories": [{"number": 0}],
        "articles:stylesheet": [{"digest": "0" * 12}],
        "articles:logo": [{"appearance": "light", "digest": "0" * 12}],
        "articles:preview": [{"signed": "none"}],
        "articles:story": [story],
        "articles:story_qr": [story],
        "articles:version": [{**story, "number": 1}, {**story, "number": 2}],
    }


def _subject_feeds() -> Iterator[dict[str, str]]:
    for (subject, slug), each in product(SUBJECTS.items(), FEED_FORMATS):
        yield {"subject": subject, "slug": slug, "format": each}
