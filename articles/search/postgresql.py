"""PostgreSQL: a GIN index over the array of tokens. No extension, and no dependence on the server's locale."""

from collections.abc import Sequence

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, QuerySet, TextField, Value

from articles.search.index import Index


def create(index: Index) -> list[str]:
    """The statements that make the index."""
    return [
        f"CREATE INDEX {index.table}_tokens ON {index.table} "
        "USING gin (string_to_array(tokens, ' ')) WITH (fastupdate = off)"
    ]


def drop(index: Index) -> list[str]:
    return [f"DROP INDEX {index.table}_tokens"]


def repair(index: Index) -> list[str]:
    """The server keeps the index right by itself."""
    return []


def matching(entries: QuerySet, index: Index, tokens: Sequence[str]) -> QuerySet:
    """The entries that hold all `tokens`."""
    held = Func(F("tokens"), Value(" "), function="string_to_array", output_field=ArrayField(TextField()))
    return entries.alias(held=held).filter(held__contains=list(tokens))
