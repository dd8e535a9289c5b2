"""The stories of one sitemap file: a range of story ids, so that no file ever holds more than the protocol allows."""

from __future__ import annotations

from django.db.models import F, IntegerField, Q
from django.db.models.functions import Cast

# Sitemaps protocol 0.9 (sitemaps.org): a file holds at most so many addresses. A story has one.
MOST_PER_FILE = 50_000


def file_of(story_id: int) -> int:
    """The number of the file that a story is in, for ever: 0 for the first."""
    return story_id // MOST_PER_FILE


def file_number() -> Cast:
    """The same for publications, in the database."""
    return Cast(F("story") / MOST_PER_FILE, IntegerField())


def in_file(number: int) -> Q:
    """That a publication is of a story of the file."""
    return Q(story__gte=number * MOST_PER_FILE, story__lt=(number + 1) * MOST_PER_FILE)
