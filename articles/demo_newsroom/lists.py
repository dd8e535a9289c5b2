"""The demo's story lists, as lists.toml has them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from importlib.resources.abc import Traversable
from typing import Any

from articles.demo_newsroom.list_values import DayTime, DemoEdition, DemoItem, DemoList
from articles.demo_newsroom.tables import build, known, load, require

PLACES = ("front", "section", "beside", "below")
_OF_AN_EDITION = {entry.name for entry in fields(DemoEdition)}


def read_lists(
    path: Traversable, *, sections: Collection[str], topics: Collection[str], stories: Collection[str]
) -> tuple[DemoList, ...]:
    """The lists of `path`, which name sections and topics by slug and stories by key. Raises ValueError."""
    lists = []
    for table in load(path).get("list", []):
        where = f"{path.name}: list {table.get('name', '(no name)')!r}"
        row = _list(table, where)
        known([row.place], set(PLACES), where, "place")
        known([row.section] if row.section else [], set(sections), where, "section")
        known([row.topic] if row.topic else [], set(topics), where, "topic")
        for edition in row.editions:
            known([edition.fill_section] if edition.fill_section else [], set(sections), where, "section")
            known((item.key for item in edition.items if item.key), set(stories), where, "story")
        require(row.name not in {other.name for other in lists}, where, "name is used twice")
        lists.append(row)
    return tuple(lists)


def day_time(text: str, where: str) -> DayTime:
    """A moment as the files write it. Raises ValueError."""
    try:
        return DayTime.read(text)
    except (ValueError, TypeError, AttributeError) as error:
        raise ValueError(f"{where}: {text!r} is no day and time such as '1 08:00'") from error


def _list(table: dict[str, Any], where: str) -> DemoList:
    first = {name: value for name, value in table.items() if name in _OF_AN_EDITION}
    rest = {name: value for name, value in table.items() if name not in {*first, "edition"}}
    looks = {name: value for name, value in first.items() if name not in ("items", "hours_ago", "comment")}
    editions = [_edition(first, where)]
    editions += [_edition({**looks, **later}, where) for later in table.get("edition", [])]
    require(editions[0].hours_ago is not None, where, "a list is made some hours ago")
    return build(DemoList, {**rest, "editions": editions}, where)


def _edition(table: dict[str, Any], where: str) -> DemoEdition:
    values = dict(table)
    values["items"] = tuple(_item(entry, where) for entry in table.get("items", []))
    for name in ("starts", "ends"):
        if name in values:
            values[name] = day_time(values[name], where)
    edition = build(DemoEdition, values, where)
    require(edition.hours_ago is None or edition.starts is None, where, "an edition has hours_ago or starts, not both")
    require(edition.ends is None or edition.starts is not None, where, "what ends is planned with starts")
    return edition


def _item(entry: str | dict[str, Any], where: str) -> DemoItem:
    item = DemoItem(key=entry) if isinstance(entry, str) else build(DemoItem, entry, where)
    require(bool(item.key) != bool(item.url), where, "an item is a story or a url, not both")
    return item
