"""Finding stories by their words. Callers know `find`, `add`, `remove` and `rebuild`; each database has its own file.

This is the search of the desk, over working copies. That of readers is `published.py`, over publications.

The index holds two-character tokens of Chinese text and whole Latin words, so that a word of two characters (most
Chinese words) is found exactly and without reading the archive. Pairs of the initials of the headlines stand among
them, so that slx finds 松岭县 as fast.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import QuerySet

from articles.chinese import bigrams, initial_pairs, initials, initials_pattern, typed_initials
from articles.content import StoryContent
from articles.models import SearchEntry, Story, StoryRows
from articles.search.index import WORKING_COPIES
from articles.search.names import names_of_the_newsroom
from articles.search.token_index import holding, repair, tokens_to_ask
from articles.search.words import text_of, words_of

# Enough for anybody to look through; more only costs time.
LIMIT = 1000

# Stands before a pair of initials among the tokens; no word of a text has it, and both databases take it as a letter.
_INITIALS_MARK = "¶"


def find(query: str, *, limit: int = LIMIT) -> QuerySet:
    """Ids of the newest stories whose working copy holds every word of `query`, newest first, at most `limit`.

    Lazy: a list of ids when read, a subquery when another query takes it.

    Words are separated by spaces; Chinese words match anywhere, in either script; Latin words match whole. One Chinese
    character is looked for anywhere when there are other words, and by itself only where it stands alone. A query
    without a letter, digit or character finds nothing.
    """
    return _found(words_of(query), [], limit)


def find_typed(query: str, *, limit: int) -> list[int]:
    """Ids of the newest stories for what somebody is typing, newest first, at most `limit`. Two queries at most.

    What `find` finds, and the stories whose headline has the Latin words of the query as initials: "slx 专车" is
    松岭县 beside 专车. Initials match anywhere in a headline, in any common reading of its characters.
    """
    words = words_of(query)
    typed = [letters for word in words if (letters := typed_initials(word))]
    found = set(_found(words, [], limit))
    if typed:
        found |= set(_found([word for word in words if not typed_initials(word)], typed, limit))
    return sorted(found, reverse=True)[:limit]


def _found(words: list[str], typed: list[str], limit: int) -> QuerySet:
    """The stories that hold all `words`, and all that is `typed` as initials."""
    tokens = tokens_to_ask(words, beside_others=bool(typed))
    tokens += [_INITIALS_MARK + pair for pair in initial_pairs(f",{','.join(letters)}," for letters in typed)]
    if not tokens:
        return SearchEntry.objects.none().values_list("story_id", flat=True)
    entries = holding(SearchEntry.objects.all(), WORKING_COPIES, tokens, words)
    for letters in typed:
        entries = entries.filter(initials__regex=initials_pattern(letters))
    return entries.order_by("-story_id").values_list("story_id", flat=True)[:limit]


def add(story: Story, content: StoryContent) -> None:
    """Index the story, or index it anew."""
    text = "\n".join([text_of(content), *names_of_the_newsroom(content)])
    headlines = list(filter(None, map(initials, (content.headline, content.short_headline))))
    tokens = [*bigrams(text), *(_INITIALS_MARK + pair for pair in initial_pairs(headlines))]
    stored = {"text": text, "tokens": " ".join(tokens), "initials": "\n".join(headlines)}
    SearchEntry.objects.update_or_create(story=story, defaults=stored)


def remove(story: Story) -> None:
    """Take the story out of the index, as when it goes into the bin. Deleting a story does so by itself."""
    SearchEntry.objects.filter(story=story).delete()


def rebuild(progress: Callable[[int, int], None] = lambda done, everything: None) -> int:
    """Index every story anew; returns how many. `progress` is told after each story how many of how many are done."""
    repair(WORKING_COPIES)
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
