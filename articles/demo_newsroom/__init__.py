"""The demo newsroom: sections, people, sources and stories of an invented regional daily, kept as TOML.

`read()` turns the files into frozen values. Times are given as hours before (or, for a planned story, after) the moment
the demo is loaded, so that a fresh demo always has fresh news.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import MISSING, fields
from html import escape
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, TypeVar

from articles.demo_newsroom.values import (
    DemoByline,
    DemoContributor,
    DemoLogin,
    DemoNewsroom,
    DemoNotice,
    DemoRelatedLink,
    DemoSection,
    DemoSource,
    DemoStory,
    DemoSubsection,
    DemoTopic,
)

Entry = TypeVar("Entry", bound=Any)

STATES = ("published", "scheduled", "corrected", "withdrawn", "draft_changes", "draft")
BYLINE_ROLES = ("reporter", "responsible_editor", "photographer", "translator", "correspondent")
SOURCE_KINDS = ("own", "agency", "partner")
LANGUAGES = ("zh-hans", "en")

# What `before` (a corrected story) and `draft` (unpublished changes) may override.
CHANGEABLE = ("kicker", "headline", "subtitle", "short_headline", "summary", "opening", "dateline")

# The fields a state needs; they are refused in every other state, where they would be ignored in silence.
NEEDED_BY_STATE: dict[str, tuple[str, ...]] = {
    "published": ("hours_ago",),
    "scheduled": ("hours_ahead",),
    "corrected": ("hours_ago", "changed_hours_ago", "correction_note", "before"),
    "withdrawn": ("hours_ago", "changed_hours_ago", "withdrawal_note"),
    "draft_changes": ("hours_ago", "draft"),
    "draft": (),
}


def paragraphs_html(text: str) -> str:
    """Return the HTML of plain paragraphs separated by blank lines; a block that starts with "<" is HTML already."""
    blocks = [block.strip() for block in text.strip().split("\n\n")]
    return "\n".join(
        block if block.startswith("<") else f"<p>{escape(block, quote=False)}</p>" for block in blocks if block
    )


def read(folder: Traversable | None = None) -> DemoNewsroom:
    """Read `newsroom.toml` and `stories/<section slug>.toml` in `folder` (default: this package).

    Raises ValueError naming the file and the entry for an unknown or missing field, and for a reference (section,
    topic, contributor, source, related story) that leads nowhere.
    """
    folder = folder if folder is not None else files(__name__)
    name = "newsroom.toml"
    tables = _load(folder / name)
    newsroom = DemoNewsroom(
        sections=_each(DemoSection, tables, "section", "slug", name),
        topics=_each(DemoTopic, tables, "topic", "slug", name),
        contributors=_each(DemoContributor, tables, "contributor", "slug", name),
        sources=_each(DemoSource, tables, "source", "slug", name),
        notices=_each(DemoNotice, tables, "notice", "source", name),
        logins=_each(DemoLogin, tables, "login", "username", name),
        stories=(),
    )
    if tables:
        raise ValueError(f"{name}: unknown table {min(tables)!r}")
    _check_newsroom(newsroom, name)
    return DemoNewsroom(**(vars(newsroom) | {"stories": _read_stories(folder / "stories", newsroom)}))


def _read_stories(folder: Traversable, newsroom: DemoNewsroom) -> tuple[DemoStory, ...]:
    """Return the stories in the order of the sections, then of the file."""
    names = {entry.name for entry in folder.iterdir() if entry.name.endswith(".toml")}
    stories: dict[str, DemoStory] = {}
    where_is: dict[str, str] = {}
    for section in newsroom.sections:
        name = f"{section.slug}.toml"
        if name not in names:
            continue
        names.remove(name)
        for table in _load(folder / name).get("story", []):
            where = f"stories/{name}: story {table.get('key', '(no key)')!r}"
            story = _story(table, newsroom, where)
            _require(story.section == section.slug, where, f"section {story.section!r} belongs in another file")
            _require(story.key not in stories, where, "key is used twice")
            stories[story.key] = story
            where_is[story.key] = where
    _require(not names, "stories", f"no section for {sorted(names)}")
    for story in stories.values():
        _known((link.key for link in story.related if link.key), set(stories), where_is[story.key], "related story")
    return tuple(stories.values())


def _story(table: dict[str, Any], newsroom: DemoNewsroom, where: str) -> DemoStory:
    table = dict(table)
    table["byline"] = tuple(_build(DemoByline, item, where) for item in table.get("byline", []))
    table["related"] = tuple(_build(DemoRelatedLink, item, where) for item in table.get("related", []))
    table["subsections"] = tuple(
        _build(DemoSubsection, {**item, "body": paragraphs_html(item.get("body", ""))}, where)
        for item in table.pop("subsection", [])
    )
    table["topics"] = tuple(table.get("topics", []))
    table["opening"] = paragraphs_html(table.get("opening", ""))
    for name in ("before", "draft"):
        changes = dict(table.get(name, {}))
        _known(changes, set(CHANGEABLE), where, f"field in {name}")
        if "opening" in changes:
            changes["opening"] = paragraphs_html(changes["opening"])
        table[name] = MappingProxyType(changes)
    slugs = {word: source.slug for source in newsroom.sources for word in (source.slug, source.name, *source.aliases)}
    _known([table.get("source", "")], set(slugs), where, "source")
    table["source"] = slugs[table["source"]]
    story = _build(DemoStory, table, where)
    _check_story(story, newsroom, where)
    return story


def _check_newsroom(newsroom: DemoNewsroom, where: str) -> None:
    top = {section.slug for section in newsroom.sections if not section.parent}
    _known((section.parent for section in newsroom.sections if section.parent), top, where, "parent section")
    _known((source.kind for source in newsroom.sources), set(SOURCE_KINDS), where, "kind of source")
    _known((notice.source for notice in newsroom.notices), _slugs(newsroom.sources), where, "source of a notice")
    people = [login.contributor for login in newsroom.logins if login.contributor]
    _known(people, _slugs(newsroom.contributors), where, "contributor")
    limits = (slug for login in newsroom.logins for slug in login.sections)
    _known(limits, _slugs(newsroom.sections), where, "section")


def _check_story(story: DemoStory, newsroom: DemoNewsroom, where: str) -> None:
    _known([story.section], _slugs(newsroom.sections), where, "section")
    _known(story.topics, _slugs(newsroom.topics), where, "topic")
    _known((line.who for line in story.byline), _slugs(newsroom.contributors), where, "contributor")
    _known((line.role for line in story.byline), set(BYLINE_ROLES), where, "byline role")
    _known([story.language], set(LANGUAGES), where, "language")
    _known([story.state], set(STATES), where, "state")
    for link in story.related:
        _require(bool(link.key) != bool(link.url), where, "a related link needs a key or a url, not both")
        _require(bool(link.key or link.headline), where, f"the related link {link.url!r} needs a headline")
    needed = NEEDED_BY_STATE[story.state]
    for name in sorted({name for names in NEEDED_BY_STATE.values() for name in names}):
        given = getattr(story, name) not in (None, "", {})
        _require(given == (name in needed), where, f"state {story.state!r} {'lacks' if not given else 'has no'} {name}")
    if story.hours_ago is not None and story.changed_hours_ago is not None:
        _require(story.changed_hours_ago < story.hours_ago, where, "changed_hours_ago comes before the publication")


def _load(path: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name}: {error}") from error


def _each(kind: type[Entry], tables: dict[str, Any], table: str, key: str, where: str) -> tuple[Entry, ...]:
    items = tables.pop(table, [])
    keys = [item.get(key) for item in items]
    _require(len(set(keys)) == len(keys), where, f"a {table} has the same {key} as another")
    return tuple(_build(kind, item, f"{where}: {table} {item.get(key)!r}") for item in items)


def _build(kind: type[Entry], table: dict[str, Any], where: str) -> Entry:
    """Return the dataclass made of the table; a misspelt field is an error, not a value that gets lost."""
    known = {entry.name: entry for entry in fields(kind)}
    _known(table, set(known), where, "field")
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
    for name, entry in known.items():
        required = entry.default is MISSING and entry.default_factory is MISSING
        _require(not required or values.get(name) not in (None, "", ()), where, f"no {name}")
        _require(entry.type is not str or isinstance(values.get(name, ""), str), where, f"{name} is not text")
    return kind(**values)


def _slugs(entries: Iterable[DemoSection | DemoTopic | DemoContributor | DemoSource]) -> set[str]:
    return {entry.slug for entry in entries}


def _known(words: Iterable[str], known: set[str], where: str, what: str) -> None:
    for word in words:
        _require(word in known, where, f"unknown {what} {word!r}")


def _require(condition: bool, where: str, what: str) -> None:
    if not condition:
        raise ValueError(f"{where}: {what}")
