"""The rows of the edition form: an item of a list as text in fields, from what is stored and from what was posted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.actions import new_item_key
from articles.admin.autocomplete import is_id
from articles.admin.lists.edition_fields import moment_input, posted_moment, read_moment, typed_moment, whole_number
from articles.admin.moment_field import TypedMoment
from articles.html import storable
from articles.lists import ItemContent, Problem

WITH_STORY, AT, AFTER = "story", "at", "after"
BLANK_ROWS = 3
LONGEST_KEY = 100
_NAME = re.compile(r"item-(\d{1,6})-[a-z_]+\Z")
# Where the message about a field of an item stands in its row.
_FIELDS = {"starts_at": "begin", "starts_after": "begin", "ends_at": "end", "ends_after": "end"}


@dataclass
class ItemRow:
    """One row, all of it as typed. `number` is in the names of its fields; `place` its order among the rows."""

    number: int
    key: str = ""
    story: str = ""
    url: str = ""
    headline: str = ""
    teaser: str = ""
    pinned: str = ""
    begin: str = WITH_STORY
    begin_at: TypedMoment = field(default_factory=lambda: TypedMoment(""))
    begin_after: str = ""
    begin_unit: str = "minutes"
    end: str = WITH_STORY
    end_at: TypedMoment = field(default_factory=lambda: TypedMoment(""))
    end_after: str = ""
    end_unit: str = "minutes"
    order: str = ""
    delete: str = ""
    errors: dict[str, list[Any]] = field(default_factory=dict)
    # The story it leads to, and what that was called when the headline was typed over it: for those who look at it.
    named: Any = None
    written_over: str = ""

    @classmethod
    def of(cls, item: ItemContent, number: int) -> ItemRow:
        """The row of a stored item."""
        row = cls(
            number,
            key=item.key,
            story=str(item.story_id or ""),
            url=item.url,
            headline=item.headline,
            teaser=item.teaser,
            pinned=str(item.pinned or ""),
            order=str(number),
            written_over=item.written_over,
        )
        for side, at, after in (
            ("begin", item.starts_at, item.starts_after),
            ("end", item.ends_at, item.ends_after),
        ):
            if at is not None:
                setattr(row, side, AT)
                setattr(row, f"{side}_at", typed_moment(at))
            elif after is not None:
                hours = after % 60 == 0 and after > 0
                setattr(row, side, AFTER)
                setattr(row, f"{side}_after", str(after // 60 if hours else after))
                setattr(row, f"{side}_unit", "hours" if hours else "minutes")
        return row

    @classmethod
    def posted(cls, post: Mapping[str, Any], number: int) -> ItemRow:
        """The row as it was posted."""
        row = cls(number)
        for name in _TYPED:
            value = storable(post.get(f"item-{number}-{name}", getattr(row, name))).strip()
            setattr(row, name, value)
        for side in ("begin", "end"):
            setattr(row, f"{side}_at", posted_moment(post, f"item-{number}-{side}_at"))
        if not row.is_blank and (not row.key or len(row.key) > LONGEST_KEY):
            row.key = new_item_key()
        return row

    @property
    def prefix(self) -> str:
        return f"item-{self.number}"

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed into a row that was offered empty."""
        leads = (self.key, self.story, self.url, self.headline, self.teaser)
        return not any((*leads, self.pinned, self.begin_at, self.begin_after, self.end_at, self.end_after))

    @property
    def story_id(self) -> int | None:
        """The id of its story, where what was typed can be one."""
        return int(self.story) if is_id(self.story) else None

    @property
    def is_gone(self) -> bool:
        return bool(self.delete)

    @property
    def as_posted(self) -> list[tuple[str, str]]:
        """All that was typed, by the names of the fields, but for the box that takes it out and what is so anyway."""
        names = (*_TYPED, "begin_at", "end_at")
        values = [(name, getattr(self, name)) for name in names if name != "delete"]
        which = [(f"{side}_at_which", getattr(getattr(self, f"{side}_at"), "which", "")) for side in ("begin", "end")]
        return [(name, value) for name, value in [*values, *which] if value and value != getattr(ItemRow, name, "")]

    @property
    def sides(self) -> list[Side]:
        """Its begin and its end, as the form shows them."""
        return [Side(self, "begin"), Side(self, "end")]

    def read(self) -> tuple[ItemContent, list[Problem]]:
        """The item, and what of the row could not be read: it is left out of the item."""
        found: list[Problem] = []

        def read(name: str, reader: Any, value: str) -> Any:
            try:
                return reader(value)
            except ValidationError as error:
                found.extend(Problem(name, message, self.key) for message in error.messages)
                return None

        def window(side: str, name: str) -> dict[str, Any]:
            return self._window(side, name, read, found)

        if self.story and self.story_id is None:
            found.append(Problem("story", _("The number of a story has digits only."), self.key))
        item = ItemContent(
            key=self.key,
            story_id=self.story_id,
            url=self.url,
            headline=self.headline,
            teaser=self.teaser,
            pinned=read("pinned", whole_number, self.pinned),
            **window("begin", "starts"),
            **window("end", "ends"),
        )
        return item, found

    def _window(self, side: str, name: str, read: Any, found: list[Problem]) -> dict[str, Any]:
        kind, at, after = getattr(self, side), getattr(self, f"{side}_at"), getattr(self, f"{side}_after")
        if kind not in (AT, AFTER):
            # Typed without choosing what it is, as happens without scripts.
            kind = AT if at else AFTER if after else WITH_STORY
        before = len(found)
        if kind == AT:
            moment = read(f"{name}_at", read_moment, at)
            if moment is None and len(found) == before:
                found.append(Problem(f"{name}_at", _("Give the moment."), self.key))
            return {f"{name}_at": moment}
        if kind == AFTER:
            number = read(f"{name}_after", whole_number, after)
            if number is None and len(found) == before:
                found.append(Problem(f"{name}_after", _("Give the time after the story goes live."), self.key))
            per = 60 if getattr(self, f"{side}_unit") == "hours" else 1
            return {f"{name}_after": None if number is None else number * per}
        return {}

    def refuse(self, problem: Problem) -> None:
        """Put a message at its field."""
        self.errors.setdefault(_FIELDS.get(problem.field, problem.field), []).append(problem.message)

    @property
    def has_window(self) -> bool:
        return (self.begin, self.end) != (WITH_STORY, WITH_STORY)

    @property
    def has_drifted(self) -> bool:
        """Whether its story has another headline since its own one was typed."""
        return bool(self.headline and self.written_over and self.named and self.named.headline != self.written_over)

    @property
    def name(self) -> str:
        """What the row is called."""
        return self.headline or (self.named.headline if self.named else self.url or self.story)


_NOT_TYPED = {"number", "errors", "named", "written_over", "begin_at", "end_at"}
_TYPED = tuple(each.name for each in fields(ItemRow) if each.name not in _NOT_TYPED)


@dataclass(frozen=True)
class Side:
    """The begin or the end of an item's window, for the template."""

    row: ItemRow
    name: str

    @property
    def kind(self) -> str:
        return getattr(self.row, self.name)

    @property
    def after(self) -> str:
        return getattr(self.row, f"{self.name}_after")

    @property
    def unit(self) -> str:
        return getattr(self.row, f"{self.name}_unit")

    @property
    def label(self) -> Any:
        return _("Begins") if self.name == "begin" else _("Ends")

    @property
    def with_story(self) -> Any:
        return _("when the story goes live") if self.name == "begin" else _("with the story")

    @property
    def errors(self) -> list[Any]:
        return self.row.errors.get(self.name, [])

    @property
    def errors_id(self) -> str:
        return f"{self.row.prefix}-{self.name}-errors"

    @property
    def moment_input(self) -> SafeString:
        label = _("Begins at") if self.name == "begin" else _("Ends at")
        described = self.errors_id if self.errors else ""
        name = f"{self.row.prefix}-{self.name}_at"
        return moment_input(name, getattr(self.row, f"{self.name}_at"), label=label, described_by=described)


@dataclass
class ItemRows:
    """All rows of a form, in their order."""

    rows: list[ItemRow]

    @classmethod
    def of(cls, items: Iterable[ItemContent]) -> ItemRows:
        return cls([ItemRow.of(item, number) for number, item in enumerate(items, start=1)])

    @classmethod
    def posted(cls, post: Mapping[str, Any]) -> ItemRows:
        """The rows that were posted, in the order of their numbers; those that were left blank are no rows."""
        numbers = sorted({int(match[1]) for name in post if (match := _NAME.match(name))})
        found = [row for number in numbers if not (row := ItemRow.posted(post, number)).is_blank]
        places = {}
        for index, row in enumerate(found):
            try:
                place = whole_number(row.order)
            except ValidationError as error:
                place = None
                row.errors["order"] = list(error.messages)
            places[row.number] = (place is None, place or 0, index)
        return cls(sorted(found, key=lambda row: places[row.number]))

    @cached_property
    def by_key(self) -> dict[str, ItemRow]:
        return {row.key: row for row in self.rows}

    @property
    def kept(self) -> list[ItemRow]:
        return [row for row in self.rows if not row.is_gone]

    @property
    def story_ids(self) -> set[int]:
        return {row.story_id for row in self.rows if row.story_id is not None}

    def blank(self) -> list[ItemRow]:
        """Rows to type into where there are no scripts."""
        after = max((row.number for row in self.rows), default=0) + 1
        return [ItemRow(number) for number in range(after, after + BLANK_ROWS)]

    def read(self) -> Iterator[tuple[ItemRow, ItemContent, list[Problem]]]:
        """Each row that stays, as an item, with what of it could not be read."""
        for row in self.kept:
            yield row, *row.read()
