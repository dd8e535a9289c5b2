"""What the actions behind plain forms share: text as it can be stored, and a change that somebody else overtook."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from articles.html import storable
from articles.models import Activity
from articles.moments import in_words


def stored_text(value: Any) -> Any:
    """A text without what no database stores and without white space around it; anything else as it is."""
    return storable(value).strip() if isinstance(value, str) else value


def version_of(row: models.Model) -> str:
    """Which state of a stored `row` a form was opened at: the same text for the same values of all its columns."""
    # As text: a value that is still a choice of its field says the same as the one that was read.
    values = [str(getattr(row, field.attname)) for field in row._meta.concrete_fields]
    return hashlib.sha256(repr(values).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def refuse_overtaken(stored: models.Model, based_on: str | None, *, verb: str, **detail: Any) -> None:
    """Raise ValidationError (code `overtaken`) if `stored` is no longer as it was at `based_on`; None is any state.

    The message names who changed it, found in the trail by `verb` and `detail`, and says what to do.
    """
    if based_on is None or based_on == version_of(stored):
        return
    last = Activity.objects.filter(verb=verb, **detail).first()
    raise ValidationError(
        _(
            "%(name)s changed this at %(moment)s, while you had it open. Compare with the page as it is now in another "
            "window. If you save again, what you have here replaces it."
        )
        % {"name": last.user_name if last else "—", "moment": in_words(last.at) if last else "—"},
        code="overtaken",
    )
