"""Finding stories by their words. Callers know `find`, `add`, `remove` and `rebuild`; each database has its own file.

The index holds two-character tokens of Chinese text and whole Latin words, so that a word of two characters (most
Chinese words) is found exactly and without reading the archive.
"""

from __future__ import annotations

import unicodedata

from django.db import connection
from django.db.models import QuerySet

from articles.chinese import bigrams, to_simplified
from articles.content import StoryContent
from articles.models import SearchEntry, Story, StoryRows
from articles.search import postgresql, sqlite

BACKENDS = {"postgresql": postgresql.matching, "sqlite": sqlite.matching}

# Enough for anybody to look through; more only costs time.
LIMIT = 1000


def find(query: str, *, limit: int = LIMIT) -> QuerySet:
    """Ids of the newest stories whose working copy holds every word of `query`, newest first, at most `limit`.

    Lazy: a list of ids when read, a subquery when another query takes it.

    Words are separated by spaces; Chinese words match anywhere, in either script; Latin words match whole. A query
    without a letter, digit or character finds nothing.
    """
    words = folded(query).split()
    tokens = bigrams(" ".join(words))
    if not tokens:
        return SearchEntry.objects.none().values_list("story_id", flat=True)
    entries = BACKENDS[connection.vendor](SearchEntry.objects.all(), tokens)
    for word in words:
        # Tokens say that all pairs occur; only the text says that they stand together.
        if bigrams(word):
            entries = entries.filter(text__contains=word)
    return entries.order_by("-story_id").values_list("story_id", flat=True)[:limit]


def add(story: Story, content: StoryContent) -> None:
    """Index the story, or index it anew."""
    people = " ".join(credit.name for credit in content.byline)
    named = [content.headline, content.kicker, content.subtitle, content.short_headline, content.summary, people]
    text = folded("\n".join([*named, content.source.name if content.source else "", content.body_text]))
    SearchEntry.objects.update_or_create(story=story, defaults={"text": text, "tokens": " ".join(bigrams(text))})


def remove(story: Story) -> None:
    """Take the story out of the index. Deleting a story does so by itself."""
    SearchEntry.objects.filter(story=story).delete()


def rebuild() -> int:
    """Index every story anew; returns how many."""
    count = 0
    for story in Story.objects.select_related("section", "source").iterator(chunk_size=200):
        add(story, StoryRows.stored(story).content())
        count += 1
    return count


def folded(text: str) -> str:
    """Text as the index compares it: compatibility forms, case and script folded; line ends kept."""
    return to_simplified(unicodedata.normalize("NFKC", text)).lower()
