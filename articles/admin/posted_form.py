"""A story form as it was posted: what was typed, and what the form says about itself."""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from hashlib import sha256

from django.http import QueryDict

from articles.admin.autocomplete import is_id
from articles.html import storable

_KEY = re.compile(r"[A-Za-z0-9_-]{1,32}")
# What the form says about itself, and not what somebody typed.
_ABOUT_THE_FORM = frozenset(
    "csrfmiddlewaretoken based_on form_key form_from form_user form_serial form_place held leave".split()
)


def new_form_key() -> str:
    """A key for a form that is opened now."""
    return secrets.token_urlsafe(16)


@dataclass(frozen=True)
class PostedForm:
    """`key` and `replaces` are "" where the form has none. Read from anything that was posted, it never fails."""

    key: str
    # The key of the kept form this one goes on with.
    replaces: str
    # The id of the user the form was opened by, as text.
    user: str
    serial: int
    based_on: int | None
    # [name, value] pairs; no buttons, whose names begin with _, and no blank rows.
    fields: list[list[str]]
    # The same for the same text and button.
    digest: str

    @classmethod
    def read(cls, post: QueryDict) -> PostedForm:
        pairs = [[name, value] for name, values in post.lists() for value in values]
        said = [pair for pair in pairs if pair[0] != "csrfmiddlewaretoken"]
        return cls(
            key=form_key(post.get("form_key", "")),
            replaces=form_key(post.get("form_from", "")),
            user=storable(post.get("form_user", "")),
            serial=_number(post.get("form_serial", "")) or 0,
            based_on=_version(post.get("based_on", "")),
            fields=[pair for pair in pairs if _is_typed(pair[0])],
            digest=sha256(json.dumps(said).encode()).hexdigest(),
        )


def post_of(fields: list[list[str]], **about: str) -> QueryDict:
    """The fields as the browser would post them, with what the form says about itself."""
    post = QueryDict(mutable=True)
    for name, value in fields:
        post.appendlist(name, value)
    for name, value in about.items():
        post[name] = value
    post._mutable = False
    return post


def _is_typed(name: str) -> bool:
    return name not in _ABOUT_THE_FORM and not name.startswith("_") and "__prefix__" not in name


def form_key(text: str) -> str:
    """`text` if it can be the key of a form, else ""."""
    return text if _KEY.fullmatch(text) else ""


def _number(text: str) -> int | None:
    return int(text) if is_id(text) else None


def _version(text: str) -> int | None:
    number = _number(text)
    # No story has more versions than the column holds.
    return number if number is not None and number < 2**31 else None
