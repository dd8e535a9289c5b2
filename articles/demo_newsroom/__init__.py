"""The demo newsroom: sections, people, sources, stories and story lists of an invented regional daily, kept as TOML.

`read()` turns the files into frozen values. Times are given as hours before (or, for a planned story, after) the moment
the demo is loaded, or as a time of one of the next days, so that a fresh demo always has fresh news.
"""

from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from articles.demo_newsroom.lists import day_time, read_lists
from articles.demo_newsroom.site import read_site
from articles.demo_newsroom.tables import build, each, known, load, paragraphs_html, require
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

STATES = ("published", "scheduled", "corrected", "withdrawn", "retracted", "draft_changes", "draft")
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
    "retracted": ("hours_ago", "changed_hours_ago", "retraction_note"),
    "draft_changes": ("hours_ago", "draft"),
    "draft": (),
}


def read(folder: Traversable | None = None) -> DemoNewsroom:
    """Read `newsroom.toml`, `site.toml`, `lists.toml` and `stories/<section slug>.toml` in `folder` (or this package).

    Raises ValueError naming the file and the entry for an unknown or missing field, and for a reference (section,
    topic, contributor, source, related story) that leads nowhere.
    """
    folder = folder if folder is not None else files(__name__)
    name = "newsroom.toml"
    tables = load(folder / name)
    newsroom = DemoNewsroom(
        sections=each(DemoSection, tables, "section", "slug", name),
        topics=each(DemoTopic, tables, "topic", "slug", name),
        contributors=each(DemoContributor, tables, "contributor", "slug", name),
        sources=each(DemoSource, tables, "source", "slug", name),
        notices=each(DemoNotice, tables, "notice", "source", name),
        logins=each(DemoLogin, tables, "login", "username", name),
        stories=(),
    )
    if tables:
        raise ValueError(f"{name}: unknown table {min(tables)!r}")
    _check_newsroom(newsroom, name)
    stories = _read_stories(folder / "stories", newsroom)
    lists = read_lists(
        folder / "lists.toml",
        sections=_slugs(newsroom.sections),
        topics=_slugs(newsroom.topics),
        stories={story.key for story in stories},
    )
    site = read_site(folder / "site.toml")
    return DemoNewsroom(**(vars(newsroom) | {"stories": stories, "lists": lists, "site": site}))


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
        for table in load(folder / name).get("story", []):
            where = f"stories/{name}: story {table.get('key', '(no key)')!r}"
            story = _story(table, newsroom, where)
            require(story.section == section.slug, where, f"section {story.section!r} belongs in another file")
            require(story.key not in stories, where, "key is used twice")
            stories[story.key] = story
            where_is[story.key] = where
    require(not names, "stories", f"no section for {sorted(names)}")
    for story in stories.values():
        known((link.key for link in story.related if link.key), set(stories), where_is[story.key], "related story")
    return tuple(stories.values())


def _story(table: dict[str, Any], newsroom: DemoNewsroom, where: str) -> DemoStory:
    table = dict(table)
    table["byline"] = tuple(build(DemoByline, item, where) for item in table.get("byline", []))
    table["related"] = tuple(build(DemoRelatedLink, item, where) for item in table.get("related", []))
    table["subsections"] = tuple(
        build(DemoSubsection, {**item, "body": paragraphs_html(item.get("body", ""))}, where)
        for item in table.pop("subsection", [])
    )
    table["topics"] = tuple(table.get("topics", []))
    table["opening"] = paragraphs_html(table.get("opening", ""))
    for name in ("before", "draft"):
        changes = dict(table.get(name, {}))
        known(changes, set(CHANGEABLE), where, f"field in {name}")
        if "opening" in changes:
            changes["opening"] = paragraphs_html(changes["opening"])
        table[name] = MappingProxyType(changes)
    for name in ("goes_live", "ends"):
        if name in table:
            table[name] = day_time(table[name], where)
    slugs = {
        word: source.slug
        for source in newsroom.sources
        for word in (source.slug, source.name, source.name_english, *source.aliases)
        if word
    }
    known([table.get("source", "")], set(slugs), where, "source")
    table["source"] = slugs[table["source"]]
    story = build(DemoStory, table, where)
    _check_story(story, newsroom, where)
    return story


def _check_newsroom(newsroom: DemoNewsroom, where: str) -> None:
    top = {section.slug for section in newsroom.sections if not section.parent}
    known((section.parent for section in newsroom.sections if section.parent), top, where, "parent section")
    known((source.kind for source in newsroom.sources), set(SOURCE_KINDS), where, "kind of source")
    known((notice.source for notice in newsroom.notices), _slugs(newsroom.sources), where, "source of a notice")
    people = [login.contributor for login in newsroom.logins if login.contributor]
    known(people, _slugs(newsroom.contributors), where, "contributor")
    limits = (slug for login in newsroom.logins for slug in login.sections)
    known(limits, _slugs(newsroom.sections), where, "section")


def _check_story(story: DemoStory, newsroom: DemoNewsroom, where: str) -> None:
    known([story.section], _slugs(newsroom.sections), where, "section")
    known(story.topics, _slugs(newsroom.topics), where, "topic")
    known((line.who for line in story.byline), _slugs(newsroom.contributors), where, "contributor")
    known((line.role for line in story.byline), set(BYLINE_ROLES), where, "byline role")
    known([story.language], set(LANGUAGES), where, "language")
    known([story.state], set(STATES), where, "state")
    for link in story.related:
        require(bool(link.key) != bool(link.url), where, "a related link needs a key or a url, not both")
        require(bool(link.key or link.headline), where, f"the related link {link.url!r} needs a headline")
    require(story.ends is None or story.state == "published", where, f"state {story.state!r} has no ends")
    needed = NEEDED_BY_STATE[story.state]
    if story.goes_live is not None:
        require(story.state == "scheduled", where, f"state {story.state!r} has no goes_live")
        needed = ()
    for name in sorted({name for names in NEEDED_BY_STATE.values() for name in names}):
        given = getattr(story, name) not in (None, "", {})
        require(given == (name in needed), where, f"state {story.state!r} {'lacks' if not given else 'has no'} {name}")
    if story.hours_ago is not None and story.changed_hours_ago is not None:
        require(story.changed_hours_ago < story.hours_ago, where, "changed_hours_ago comes before the publication")


def _slugs(entries: Iterable[DemoSection | DemoTopic | DemoContributor | DemoSource]) -> set[str]:
    return {entry.slug for entry in entries}
