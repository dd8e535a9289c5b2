"""Reading the demo newsroom's tables: TOML in, frozen values out; a mistake names its file and entry."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import MISSING, fields
from html import escape
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

Entry = TypeVar("Entry", bound=Any)


def load(path: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name}: {error}") from error


def each(kind: type[Entry], tables: dict[str, Any], table: str, key: str, where: str) -> tuple[Entry, ...]:
    items = tables.pop(table, [])
    keys = [item.get(key) for item in items]
    require(len(set(keys)) == len(keys), where, f"a {table} has the same {key} as another")
    return tuple(build(kind, item, f"{where}: {table} {item.get(key)!r}") for item in items)


def build(kind: type[Entry], table: dict[str, Any], where: str) -> Entry:
    """The dataclass made of the table; a misspelt field is an error, not a value that gets lost."""
    entries = {entry.name: entry for entry in fields(kind)}
    known(table, set(entries), where, "field")
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
    for name, entry in entries.items():
        required = entry.default is MISSING and entry.default_factory is MISSING
        require(not required or values.get(name) not in (None, "", ()), where, f"no {name}")
        require(entry.type is not str or isinstance(values.get(name, ""), str), where, f"{name} is not text")
    return kind(**values)


def paragraphs_html(text: str) -> str:
    """Return the HTML of plain paragraphs separated by blank lines; a block that starts with "<" is HTML already."""
    blocks = [block.strip() for block in text.strip().split("\n\n")]
    return "\n".join(
        block if block.startswith("<") else f"<p>{escape(block, quote=False)}</p>" for block in blocks if block
    )


def known(words: Iterable[str], those: set[str], where: str, what: str) -> None:
    for word in words:
        require(word in those, where, f"unknown {what} {word!r}")


def require(condition: bool, where: str, what: str) -> None:
    if not condition:
        raise ValueError(f"{where}: {what}")
