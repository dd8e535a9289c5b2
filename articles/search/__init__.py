"""Finding stories by their words. Callers know `find`, `add`, `remove` and `rebuild`; each database has its own file.

The index holds two-character tokens of Chinese text and whole Latin words, so that a word of two characters (most
Chinese words) is found exactly and without reading the archive.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import QuerySet

from articles.chinese import bigrams, is_han, to_simplified
from articles.content import StoryContent
from articles.html import storable
from articles.models import SearchEntry, Story, StoryRows
from articles.search import postgresql, sqlite

BACKENDS = {"postgresql": postgresql, "sqlite": sqlite}

# Enough for anybody to look through; more only costs time.
LIMIT = 1000

# Characters of a query that count: longer than any headline, and below what databases take as one condition.
LONGEST_QUERY = 200


def find(query: str, *, limit: int = LIMIT) -> QuerySet:
    """Ids of the newest stories whose working copy holds every word of `query`, newest first, at most `limit`.

    Lazy: a list of ids when read, a subquery when another query takes it.

    Words are separated by spaces; Chinese words match anywhere, in either script; Latin words match whole. One Chinese
    character is looked for anywhere when there are other words, and by itself only where it stands alone. A query
    without a letter, digit or character finds nothing.
    """
    words = folded(storable(query)[:LONGEST_QUERY]).split()
    tokens = bigrams(" ".join(words))
    if not tokens:
        return SearchEntry.objects.none().values_list("story_id", flat=True)
    # The index holds pairs: a single character is in it only where it has no neighbour.
    indexed = [token for token in tokens if not is_han(token)] or tokens
    entries = BACKENDS[connection.vendor].matching(SearchEntry.objects.all(), indexed)
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
    """Take the story out of the index, as when it goes into the bin. Deleting a story does so by itself."""
    SearchEntry.objects.filter(story=story).delete()


def rebuild(progress: Callable[[int, int], None] = lambda done, everything: None) -> int:
    """Index every story anew; returns how many. `progress` is told after each story how many of how many are done."""
    with connection.cursor() as cursor:
        for statement in BACKENDS[connection.vendor].REPAIR:
            cursor.execute(statement)
    SearchEntry.objects.exclude(story__binned_at=None).delete()
    keys = list(Story.objects.on_the_desk().order_by("pk").values_list("pk", flat=True))
    for done, key in enumerate(keys, start=1):
        # Locked, so that what is saved meanwhile is not overwritten with what was read here before.
        with transaction.atomic():
            story = Story.objects.select_for_update(no_key=True).filter(pk=key).first()
            if story is not None and story.binned_at is None:
                add(story, StoryRows.stored(story).content())
        progress(done, len(keys))
    return len(keys)


def folded(text: str) -> str:
    """Text as the index compares it: compatibility forms, case and script folded as in its tokens; line ends kept."""
    # Folding case can leave a text that is no longer composed, hence twice.
    caseless = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return to_simplified(caseless)
