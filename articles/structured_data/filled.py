"""Leaving out what has nothing to say."""

from __future__ import annotations

from typing import Any


def filled(**fields: Any) -> dict[str, Any]:
    """The fields that say something: not None, no empty text, list or dict. False and 0 are said.

    `type_` and `id_` are written as "@type" and "@id".
    """
    names = {"type_": "@type", "id_": "@id"}
    return {names.get(name, name): value for name, value in fields.items() if value not in (None, "", [], (), {})}
