"""PostgreSQL: a GIN index over the array of tokens. No extension, and no dependence on the server's locale."""

from collections.abc import Sequence

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, QuerySet, TextField, Value

CREATE = (
    "CREATE INDEX articles_searchentry_tokens ON articles_searchentry "
    "USING gin (string_to_array(tokens, ' ')) WITH (fastupdate = off)"
)
DROP = "DROP INDEX articles_searchentry_tokens"
# The server keeps the index right by itself.
REPAIR: list[str] = []


def matching(entries: QuerySet, tokens: Sequence[str]) -> QuerySet:
    """The entries that hold all `tokens`."""
    held = Func(F("tokens"), Value(" "), function="string_to_array", output_field=ArrayField(TextField()))
    return entries.alias(held=held).filter(held__contains=list(tokens))
