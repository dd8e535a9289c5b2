"""An index over the tokens of texts: the piece that the desk's search and the readers' have in common.

A table has a column `tokens` (folded, separated by spaces) and a column `text` (folded); an index finds the rows that
hold given tokens. Each database has its own way to that, in a file of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import ModuleType

from django.db import connection
from django.db.models import QuerySet

from articles.chinese import bigrams, is_han
from articles.search import postgresql, sqlite
from articles.search.index import Index


def backend() -> ModuleType:
    """The file of the database in use."""
    return {"postgresql": postgresql, "sqlite": sqlite}[connection.vendor]


def tokens_to_ask(words: Iterable[str], *, beside_others: bool = False) -> list[str]:
    """The tokens that an entry must have to hold all `words`; none where nothing can be looked for.

    The index holds pairs: a single character is in it only where it has no neighbour, and is asked for only where
    there is nothing else; `beside_others` says that there is.
    """
    tokens = bigrams(" ".join(words))
    return [token for token in tokens if not is_han(token)] or ([] if beside_others else tokens)


def holding(entries: QuerySet, index: Index, tokens: Sequence[str], words: Iterable[str]) -> QuerySet:
    """The `entries` that hold all `tokens`, and each of `words` in one piece."""
    return in_one_piece(backend().matching(entries, index, tokens), tokens, words)


def in_one_piece(entries: QuerySet, tokens: Sequence[str], words: Iterable[str]) -> QuerySet:
    """Those of `entries`, which hold all `tokens`, that hold each of `words` as it stands."""
    for word in words:
        # Tokens say that all pairs occur; only the text says that they stand together. A word of one pair, or of
        # letters alone, is its own token, and most words are. An underscore separates tokens on SQLite.
        if (word not in tokens or "_" in word) and bigrams(word):
            entries = entries.filter(text__contains=word)
    return entries


def repair(index: Index) -> None:
    """Make the index anew from its table, where the database does not keep it right by itself."""
    with connection.cursor() as cursor:
        for statement in backend().repair(index):
            cursor.execute(statement)
