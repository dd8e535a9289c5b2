"""StoryContent: the one value that holds everything a story says.

Frozen and free of the database. Rows become a StoryContent on every save (`models/story_rows.py`); a revision keeps it
as JSON; pages, previews and everything that goes out take a StoryContent and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property
from typing import Any

from articles.chinese import count_characters, reading_minutes
from articles.html import CleanHtml, clean, plain_text, storable

SCHEMA = 3


def _with_keys_and_address(data: dict[str, Any]) -> dict[str, Any]:
    """Schema 1 knew subsections by their place only, and kept the address beside the content."""
    parts = [{"key": str(place), **part} for place, part in enumerate(data["subsections"], start=1)]
    return {**data, "schema": 2, "subsections": parts, "slug": ""}


def _with_machines_told(data: dict[str, Any]) -> dict[str, Any]:
    """Schema 2 did not say what search engines are asked for, nor whether a machine wrote the story."""
    return {**data, "schema": 3, "digital_source_type": "", "noindex": False, "noarchive": False}


# From the schema number in the key to the next one. Old revisions are never rewritten; they are upgraded when read.
UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {
    1: _with_keys_and_address,
    2: _with_machines_told,
}


def language_tag(code: str) -> str:
    """A language code of Django as a BCP 47 tag: "zh-hans" is "zh-Hans", "pt-br" is "pt-BR"."""
    language, *subtags = code.split("-")
    return "-".join([language, *(tag.title() if len(tag) == 4 else tag.upper() for tag in subtags)])


def is_english(code: str) -> bool:
    """Whether a language code of Django is English, of whatever country."""
    return code.partition("-")[0] == "en"


class UnknownSchemaError(ValueError):
    """The stored content has a schema number this version of the code does not know."""


def _tidy(value: object) -> None:
    """Make the fields of a frozen part storable: plain text without control characters, rich text cleaned."""
    for field in fields(value):  # type: ignore[arg-type]
        content = getattr(value, field.name)
        if field.type == "CleanHtml" and not isinstance(content, CleanHtml):
            object.__setattr__(value, field.name, clean(content))
        elif field.type == "str":
            object.__setattr__(value, field.name, storable(content).strip())


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A section, topic or source as it was called, in the language of the story, when the story was saved."""

    id: int
    name: str
    slug: str


@dataclass(frozen=True, kw_only=True)
class Credit:
    """A person, by the name they have in the language of the story, and what they did for it.

    `role` is a value of `BylineRole`.
    """

    contributor_id: int
    name: str
    slug: str
    role: str


@dataclass(frozen=True, kw_only=True)
class SubsectionContent:
    """An ordered part of a story. `figures` is the second line of a two-line subhead.

    `key` tells one subsection of a story from the others through all its versions, wherever it is moved.
    """

    key: str = ""
    heading: str
    figures: str = ""
    body: CleanHtml = CleanHtml("")

    def __post_init__(self) -> None:
        _tidy(self)


@dataclass(frozen=True, kw_only=True)
class RelatedLinkContent:
    """A story (by id) or a URL shown with this story; an empty headline or teaser means: the target's own."""

    story_id: int | None = None
    url: str = ""
    headline: str = ""
    teaser: str = ""

    def __post_init__(self) -> None:
        _tidy(self)


@dataclass(frozen=True, kw_only=True)
class StoryContent:
    """Everything a story says. Rich text fields are cleaned on the way in; ids refer to rows that may have changed."""

    headline: str
    slug: str = ""
    kicker: str = ""
    subtitle: str = ""
    short_headline: str = ""
    summary: str = ""
    opening: CleanHtml = CleanHtml("")
    subsections: tuple[SubsectionContent, ...] = ()
    byline: tuple[Credit, ...] = ()
    section: Reference | None = None
    topics: tuple[Reference, ...] = ()
    source: Reference | None = None
    original_url: str = ""
    original_title: str = ""
    original_author: str = ""
    related_links: tuple[RelatedLinkContent, ...] = ()
    language: str = "zh-hans"
    dateline: str = ""
    # A code of IPTC's Digital Source Type; "" where people wrote it.
    digital_source_type: str = ""
    # What search engines are asked: to leave the story out, and to keep no copy of it.
    noindex: bool = False
    noarchive: bool = False

    def __post_init__(self) -> None:
        _tidy(self)

    def to_json(self) -> dict[str, Any]:
        """A JSON-serialisable dict with the schema number; `from_json` gives the same value back."""
        return {"schema": SCHEMA, **asdict(self)}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> StoryContent:
        """The value of a stored revision, upgraded to the present schema. Raises UnknownSchemaError."""
        data = dict(stored)
        while (schema := data.pop("schema", None)) != SCHEMA:
            if schema not in UPGRADES:
                raise UnknownSchemaError(f"Story content has schema {schema!r}; this version reads up to {SCHEMA}.")
            data = UPGRADES[schema]({"schema": schema, **data})
        # Rich text in a revision was cleaned before it was stored: cleaning it on every read would cost more than
        # the rest of the page.
        return cls(
            **{
                **data,
                "opening": CleanHtml(data["opening"]),
                "subsections": tuple(
                    SubsectionContent(**{**part, "body": CleanHtml(part["body"])}) for part in data["subsections"]
                ),
                "byline": tuple(Credit(**credit) for credit in data["byline"]),
                "section": Reference(**data["section"]) if data["section"] else None,
                "topics": tuple(Reference(**topic) for topic in data["topics"]),
                "source": Reference(**data["source"]) if data["source"] else None,
                "related_links": tuple(RelatedLinkContent(**link) for link in data["related_links"]),
            }
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of the canonical JSON: two contents are the same exactly when their digests are."""
        canonical = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    @cached_property
    def text_digest(self) -> str:
        """SHA-256 (hex) of headline and text alone: two stories that read the same have the same one."""
        return hashlib.sha256(f"{self.headline}\n{self.body_text}".encode()).hexdigest()

    @property
    def without_names(self) -> StoryContent:
        """The same without what sections, topics, people and sources are called: their ids remain."""
        unnamed = [replace(row, name="") if row else None for row in (self.section, self.source)]
        return replace(
            self,
            section=unnamed[0],
            source=unnamed[1],
            topics=tuple(replace(topic, name="") for topic in self.topics),
            byline=tuple(replace(credit, name="") for credit in self.byline),
        )

    @property
    def list_headline(self) -> str:
        """The headline for lists: the short one where there is one."""
        return self.short_headline or self.headline

    @property
    def is_reprint(self) -> bool:
        return bool(self.original_url or self.original_title or self.original_author)

    @cached_property
    def body_text(self) -> str:
        """The readable text of opening and subsections, headings included, one line per block."""
        parts = [plain_text(self.opening)]
        for part in self.subsections:
            parts += [part.heading, part.figures, plain_text(part.body)]
        return "\n".join(part for part in parts if part)

    @property
    def characters(self) -> int:
        """Length of the body in characters (字)."""
        return count_characters(self.body_text)

    @property
    def reading_minutes(self) -> int:
        return reading_minutes(self.body_text)

    def credits(self, role: str) -> tuple[Credit, ...]:
        """The people who had `role`, in byline order."""
        return tuple(credit for credit in self.byline if credit.role == role)
