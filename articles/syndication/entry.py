"""Entry and Feed: what goes out in feeds, as values that every format writes.

Text is plain and addresses are absolute, unless a field says otherwise; moments are aware. Whatever is put into one of
these values, an XML document can hold it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum

from articles.html import CleanHtml
from articles.syndication.xml_text import sayable

# Atom wants a date of every feed: that of one in which nothing has happened yet. The clock would tell nothing.
NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)


class State(StrEnum):
    """What a story is to readers. A story that was taken down is in no feed."""

    LIVE = "live"
    RETRACTED = "retracted"
    WITHDRAWN = "withdrawn"


class _Sayable:
    """A value without the characters that XML forbids, in any of its texts."""

    def __post_init__(self) -> None:
        for field in fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if isinstance(value, tuple):
                object.__setattr__(self, field.name, tuple(sayable(v) if type(v) is str else v for v in value))
            elif isinstance(value, str) and not isinstance(value, StrEnum):
                object.__setattr__(self, field.name, type(value)(sayable(value)))


@dataclass(frozen=True, kw_only=True)
class Person(_Sayable):
    """Somebody who wrote or translated it; `url` is the page of a contributor, "" for somebody from elsewhere."""

    name: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Rights(_Sayable):
    """The copyright notice that applies; every field may be ""."""

    notice: str = ""
    holder: str = ""
    licence_url: str = ""
    usage_terms: str = ""
    licensing_url: str = ""

    @property
    def text(self) -> str:
        """Notice, holder and terms in one text, each said once."""
        parts = [self.notice.strip()]
        parts += [more for more in (self.holder, self.usage_terms) if more and more not in self.notice]
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, kw_only=True)
class Original(_Sayable):
    """Where a reprint was first: its title, address and author there (each may be ""), and the name of the source."""

    source: str = ""
    title: str = ""
    url: str = ""
    author: str = ""


@dataclass(frozen=True, kw_only=True)
class Change(_Sayable):
    """The last change that readers are told of. `kind` is a value of Publication.Change, `label` what it is called."""

    kind: str
    label: str
    note: str
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class Entry(_Sayable):
    """A story, or an address in a story list, as it goes out.

    `id`: permanent (addresses.py). `html`: the text as far as it may go out, with absolute addresses; None where it may
    not. `summary`: "" where even that may not. `published`: when the story first went live. `updated`: when that
    happened which readers are told of last; a minor change does not move it. `language`: a BCP 47 tag. `source`: what
    it comes from, by name. `amount`: how much of the story goes out, a value of CopyrightNotice.Feeds. `made_by`: the
    label for what a machine wrote, "" for people; `digital_source_type`: IPTC's code for it.
    """

    id: str
    url: str
    title: str
    published: datetime
    updated: datetime
    language: str
    summary: str = ""
    html: CleanHtml | None = None
    authors: tuple[Person, ...] = ()
    rights: Rights | None = None
    original: Original | None = None
    source: str = ""
    categories: tuple[str, ...] = ()
    state: State = State.LIVE
    change: Change | None = None
    digital_source_type: str = ""
    made_by: str = ""
    amount: str = "summary"

    @property
    def described(self) -> str:
        """The summary, and a line each for the last change and for what a machine wrote."""
        change = f"{self.change.label}: {self.change.note}" if self.change else ""
        return "\n".join(part for part in (self.summary, change, self.made_by) if part)


@dataclass(frozen=True, kw_only=True)
class Feed(_Sayable):
    """A feed. `address`: its own, without the ending that names the format; `home`: the page it belongs to.

    `begun`: when the feed became what it is otherwise than by its entries: the edition of a story list.
    """

    title: str
    address: str
    home: str
    language: str
    publisher: str
    publisher_url: str
    entries: tuple[Entry, ...]
    description: str = ""
    begun: datetime | None = None

    @property
    def updated(self) -> datetime | None:
        """The date of its newest entry: nothing in it tells of what is to come. None where nothing has happened yet."""
        moments = [entry.updated for entry in self.entries]
        return max([*moments, self.begun] if self.begun else moments, default=None)
