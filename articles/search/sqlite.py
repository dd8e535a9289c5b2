"""SQLite: a full-text index (FTS5) over the tokens, kept in step by triggers.

A migration that alters a table with an index makes SQLite rebuild that table and lose its triggers: run `drop` before
and `create` after it.
"""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from articles.search.index import Index


def create(index: Index) -> list[str]:
    """The statements that make the index of an empty table; `repair` fills it from one that is not."""
    insert = f"INSERT INTO {index.name}(rowid, tokens) VALUES (new.{index.key}, new.tokens)"  # noqa: S608 - known names
    delete = f"INSERT INTO {index.name}({index.name}, rowid, tokens) VALUES ('delete', old.{index.key}, old.tokens)"  # noqa: S608
    return [
        # detail=none: whether a token occurs is enough, because the text itself is looked at. ascii: tokens are folded
        # and separated by spaces already, and the tables of unicode61 are older than Python's, so it would split some.
        f"CREATE VIRTUAL TABLE {index.name} USING fts5("
        f"tokens, content='{index.table}', content_rowid='{index.key}', detail=none, "
        'tokenize="ascii")',
        f"CREATE TRIGGER {index.name}_insert AFTER INSERT ON {index.table} BEGIN {insert}; END",
        f"CREATE TRIGGER {index.name}_delete AFTER DELETE ON {index.table} BEGIN {delete}; END",
        f"CREATE TRIGGER {index.name}_update AFTER UPDATE ON {index.table} BEGIN {delete}; {insert}; END",
    ]


def drop(index: Index) -> list[str]:
    triggers = [f"DROP TRIGGER {index.name}_{event}" for event in ("insert", "delete", "update")]
    return [*triggers, f"DROP TABLE {index.name}"]


def repair(index: Index) -> list[str]:
    """What the full-text table holds is made anew from the rows it stands for, in case a trigger ever missed one."""
    return [f"INSERT INTO {index.name}({index.name}) VALUES ('rebuild')"]  # noqa: S608 - known names


def matching(entries: QuerySet, index: Index, tokens: Sequence[str]) -> QuerySet:
    """The entries that hold all `tokens`."""
    quoted = " ".join('"' + token.replace('"', '""') + '"' for token in tokens)
    found = RawSQL(f"SELECT rowid FROM {index.name} WHERE {index.name} MATCH %s", [quoted])  # noqa: S608, S611 - known names
    return entries.filter(pk__in=found)
