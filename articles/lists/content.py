"""ListContent: the one value that holds everything a story list says, its items and how they are shown.

Frozen and free of the database, as StoryContent is. A ListRevision keeps it as JSON; a ListEdition says from when on
readers have it. How a list is shown belongs to it, so that the past shows it as it was.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import combinations
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from articles.fill_rules import FILL_RULES
from articles.html import storable
from articles.timeline import Edge

SCHEMA = 1
# A list that is longer is a page of its own.
LONGEST = 50
# Items that wait for their time may be more than are shown at once.
MOST_ITEMS = 200
MOST_MINUTES = 366 * 24 * 60
# What every calendar and both databases can show in every zone; nobody plans a list outside.
EARLIEST, LATEST = datetime(1900, 1, 2, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
# Browsers leave some of these out of an address and read on: what is behind them would be another site.
_IN_NO_ADDRESS = re.compile(r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]")
_WEB_ADDRESS = URLValidator(schemes=["http", "https"])


class UnknownSchemaError(ValueError):
    """The stored list has a schema number this version of the code does not know."""


class Display(StrEnum):
    """How the entries of a list look."""

    HEADLINES = "headlines"
    TEASERS = "teasers"
    CARDS = "cards"


@dataclass(frozen=True, kw_only=True)
class ItemContent:
    """A story (by id) or a URL in a list; an empty headline or teaser means: the story's own.

    `key` tells one item from the others through all versions of the list. `pinned` is its position, from 1; None
    floats. Its window begins at `starts_at` or `starts_after` minutes after its story went live, and ends likewise;
    with neither it follows the story. `written_over` is the story's headline when its own was typed.
    """

    key: str
    story_id: int | None = None
    url: str = ""
    headline: str = ""
    teaser: str = ""
    pinned: int | None = None
    starts_at: datetime | None = None
    starts_after: int | None = None
    ends_at: datetime | None = None
    ends_after: int | None = None
    written_over: str = ""

    def __post_init__(self) -> None:
        for name in ("key", "url", "headline", "teaser", "written_over"):
            object.__setattr__(self, name, storable(getattr(self, name)).strip())

    @property
    def begin(self) -> Edge:
        return _edge(self.starts_at, self.starts_after)

    @property
    def end(self) -> Edge:
        return _edge(self.ends_at, self.ends_after)

    @property
    def has_window(self) -> bool:
        """Whether it has a window of its own, and does not just follow its story."""
        return bool(self.begin or self.end)


def _edge(at: datetime | None, after: int | None) -> Edge:
    return Edge(at, None if after is None else timedelta(minutes=after))


@dataclass(frozen=True, kw_only=True)
class ListContent:
    """`title` stands over the list; `order` is its place among the lists of a page; `length` how many entries it shows.

    `fill_rule` (a name in FILL_RULES) closes the places that its items leave free; `fill_section_id` names a section
    for it, other than the page's. `may_repeat`: whether it shows stories that stand elsewhere on the page.
    """

    title: str
    order: int = 100
    length: int = 10
    display: str = Display.HEADLINES.value
    fill_rule: str = "nothing"
    fill_section_id: int | None = None
    may_repeat: bool = False
    items: tuple[ItemContent, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", storable(self.title).strip())

    def to_json(self) -> dict[str, Any]:
        """A JSON-serialisable dict with the schema number; `from_json` gives the same value back."""
        stored = {"schema": SCHEMA, **asdict(self)}
        stored["items"] = [
            {name: _utc_text(value) if isinstance(value, datetime) else value for name, value in item.items()}
            for item in stored["items"]
        ]
        return stored

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> ListContent:
        """The value of a stored revision. Raises UnknownSchemaError."""
        data = dict(stored)
        if (schema := data.pop("schema", None)) != SCHEMA:
            raise UnknownSchemaError(f"A list has schema {schema!r}; this version reads up to {SCHEMA}.")
        items = []
        for item in data["items"]:
            moments = {name: datetime.fromisoformat(item[name]) for name in ("starts_at", "ends_at") if item[name]}
            items.append(ItemContent(**{**item, **moments}))
        return cls(**{**data, "items": tuple(items)})

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of the canonical JSON: two contents are the same exactly when their digests are."""
        canonical = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    @property
    def story_ids(self) -> tuple[int, ...]:
        """The stories among the items, each once, in order."""
        return tuple(dict.fromkeys(item.story_id for item in self.items if item.story_id is not None))

    def with_items(self, items: Any) -> ListContent:
        """The same list with other items."""
        return replace(self, items=tuple(items))


def _utc_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


@dataclass(frozen=True)
class Problem:
    """What cannot be stored: at a field of the list, or at a field of the item `key`. `message` is lazy."""

    field: str
    message: Any
    key: str = ""


def problems(content: ListContent) -> list[Problem]:
    """Everything that keeps `content` from being stored, in the order of the form. Whether stories exist: actions."""
    found = list(_of_the_list(content))
    for item in content.items[:MOST_ITEMS]:
        found += [Problem(problem.field, problem.message, item.key) for problem in _of_item(item, content)]
    return found + list(_among_items(content.items[:MOST_ITEMS]))


def _of_the_list(content: ListContent) -> Iterator[Problem]:
    if not content.title:
        yield Problem("title", _("Give the list a title; it stands over it."))
    if len(content.title) > 100:
        yield Problem("title", _("A title has at most 100 characters."))
    if not 1 <= content.length <= LONGEST:
        yield Problem("length", format_lazy(_("A list shows between 1 and {most} entries."), most=LONGEST))
    if not 0 <= content.order <= 9999:
        yield Problem("order", _("The place on the page is a number from 0 to 9999."))
    if content.display not in list(Display):
        yield Problem("display", _("Choose one of the ways to show the list."))
    if content.fill_rule not in {rule.name for rule in FILL_RULES}:
        yield Problem("fill_rule", _("Choose one of the ways to fill free places."))
    if content.fill_section_id is not None and not can_be_id(content.fill_section_id):
        yield Problem("fill_section", _("There is no such section any more."))
    if len(content.items) > MOST_ITEMS:
        words = _("A list holds at most {most} items; here are {count}.")
        yield Problem("items", format_lazy(words, most=MOST_ITEMS, count=len(content.items)))
    if len({item.key for item in content.items}) < len(content.items) or not all(i.key for i in content.items):
        yield Problem("items", _("Two rows of the list have the same key. Open the list again."))


def _of_item(item: ItemContent, content: ListContent) -> Iterator[Problem]:
    if (item.story_id is None) == (not item.url):
        yield Problem("story", _("Give a story or an address, not both."))
    if item.story_id is not None and not can_be_id(item.story_id):
        yield Problem("story", _("There is no such story."))
    if item.url and not item.headline:
        yield Problem("headline", _("A link to an address needs a headline."))
    if item.url and not _is_address(item.url):
        yield Problem("url", _("An address begins with https:// or http://."))
    elif _IN_NO_ADDRESS.search(item.url):
        yield Problem("url", _("An address has no spaces and no invisible characters in it."))
    for name, most in (("url", 500), ("headline", 200), ("teaser", 300)):
        if len(getattr(item, name)) > most:
            yield Problem(name, format_lazy(_("At most {most} characters."), most=most))
    if item.pinned is not None and not 1 <= item.pinned <= content.length:
        words = _("The list has {length} places; position {position} is none of them.")
        yield Problem("pinned", format_lazy(words, length=content.length, position=item.pinned))
    yield from _of_window(item)


def can_be_id(number: int) -> bool:
    """Whether a database can be asked for this id at all."""
    return 0 < number < 2**63


def _is_address(url: str) -> bool:
    """Whether it leads to a page: of this site ("/…"), or of another one in full."""
    if url.startswith("/"):
        # Browsers take two of them, however they lean, for the beginning of another site.
        return not re.match(r"/[/\\]", url)
    try:
        _WEB_ADDRESS(url)
    except ValidationError:
        return False
    return True


def _of_window(item: ItemContent) -> Iterator[Problem]:
    for side, at, after in (("starts", item.starts_at, item.starts_after), ("ends", item.ends_at, item.ends_after)):
        if at is not None and after is not None:
            yield Problem(f"{side}_at", _("Give a moment, or a time after the story goes live, not both."))
        if at is not None and not EARLIEST <= at < LATEST:
            yield Problem(f"{side}_at", _("Give a moment between the years 1900 and 9000."))
        if after is not None and not 0 <= after <= MOST_MINUTES:
            yield Problem(f"{side}_after", _("Give a time between 0 minutes and a year."))
        if after is not None and item.story_id is None:
            yield Problem(f"{side}_after", _("An address never goes live. Give a moment."))
    same_kind = [(item.starts_at, item.ends_at, "ends_at"), (item.starts_after, item.ends_after, "ends_after")]
    for start, end, field in same_kind:
        if start is not None and end is not None and end <= start:
            yield Problem(field, _("The window ends before it begins."))


def _among_items(items: tuple[ItemContent, ...]) -> Iterator[Problem]:
    """What two items cannot both do: be the same story at one time, or be pinned to one position."""
    told = set()
    for first, second in combinations(items, 2):
        if are_apart(first, second) or second.key in told:
            continue
        if first.story_id is not None and first.story_id == second.story_id:
            told.add(second.key)
            yield Problem(
                "story", _("This story is in the list already. Give the two windows that do not overlap."), second.key
            )
        elif first.url and first.url == second.url:
            told.add(second.key)
            yield Problem(
                "url", _("This address is in the list already. Give the two windows that do not overlap."), second.key
            )
        elif first.pinned is not None and first.pinned == second.pinned:
            told.add(second.key)
            words = _("Another item is pinned to position {position} at the same time.")
            yield Problem("pinned", format_lazy(words, position=first.pinned), second.key)


def are_apart(first: ItemContent, second: ItemContent) -> bool:
    """Whether the windows of two items never overlap, as far as their fixed moments say."""
    pairs = ((first.ends_at, second.starts_at), (second.ends_at, first.starts_at))
    if any(end is not None and start is not None and end <= start for end, start in pairs):
        return True
    if first.story_id is None or first.story_id != second.story_id:
        return False
    after = ((first.ends_after, second.starts_after), (second.ends_after, first.starts_after))
    return any(end is not None and start is not None and end <= start for end, start in after)
