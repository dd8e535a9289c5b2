"""The search indexes there are, as migrations and backends need to know them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Index:
    """`table` has the texts and their tokens under the key `key`; `name` is the full-text table of SQLite over it."""

    name: str
    table: str
    key: str


WORKING_COPIES = Index("articles_search", "articles_searchentry", "story_id")
PUBLICATIONS = Index("articles_published", "articles_publicationtext", "publication_id")
