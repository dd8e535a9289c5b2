"""SQLite: a full-text index (FTS5) over the tokens, kept in step by triggers.

A migration that alters `SearchEntry` makes SQLite rebuild that table and lose its triggers: run DROP before and CREATE
after it.
"""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

_INSERT = "INSERT INTO articles_search(rowid, tokens) VALUES (new.story_id, new.tokens)"
_DELETE = "INSERT INTO articles_search(articles_search, rowid, tokens) VALUES ('delete', old.story_id, old.tokens)"
CREATE = [
    # detail=none: whether a token occurs is enough, because `find` checks the text itself. ascii: tokens are folded and
    # separated by spaces already, and the tables of unicode61 are older than Python's, so it would split some of them.
    "CREATE VIRTUAL TABLE articles_search USING fts5("
    "tokens, content='articles_searchentry', content_rowid='story_id', detail=none, "
    'tokenize="ascii")',
    f"CREATE TRIGGER articles_search_insert AFTER INSERT ON articles_searchentry BEGIN {_INSERT}; END",
    f"CREATE TRIGGER articles_search_delete AFTER DELETE ON articles_searchentry BEGIN {_DELETE}; END",
    f"CREATE TRIGGER articles_search_update AFTER UPDATE ON articles_searchentry BEGIN {_DELETE}; {_INSERT}; END",
]
DROP = [
    "DROP TRIGGER articles_search_insert",
    "DROP TRIGGER articles_search_delete",
    "DROP TRIGGER articles_search_update",
    "DROP TABLE articles_search",
]
# What the full-text table holds is made anew from the rows it stands for, in case a trigger ever missed one.
REPAIR = ["INSERT INTO articles_search(articles_search) VALUES ('rebuild')"]


def matching(entries: QuerySet, tokens: Sequence[str]) -> QuerySet:
    """The entries that hold all `tokens`."""
    quoted = " ".join('"' + token.replace('"', '""') + '"' for token in tokens)
    found = RawSQL("SELECT rowid FROM articles_search WHERE articles_search MATCH %s", [quoted])
    return entries.filter(story_id__in=found)
