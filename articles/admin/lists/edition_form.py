"""What the edition form says: from a stored edition, and from whatever was posted; read into a ListContent and a When.

Nothing is lost on the way: each field keeps what was typed, and what cannot be read gets its message there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.actions import Decision
from articles.actions.list_times import When, times_of
from articles.admin.autocomplete import is_id
from articles.admin.lists.edition_fields import (
    TIMES_BEFORE,
    hidden_times,
    is_as_shown,
    moment_input,
    posted_moment,
    read_hidden_times,
    read_moment,
    typed_moment,
    whole_number,
)
from articles.admin.lists.edition_rows import ItemRow, ItemRows
from articles.admin.moment_field import TypedMoment
from articles.fill_rules import FILL_RULES
from articles.html import storable
from articles.lists import ItemContent, ListContent, Problem, problems
from articles.lists.content import MOST_ITEMS
from articles.lists.differences import DISPLAY_LABELS
from articles.models import ListEdition

DRAFT, NOW, AT, SPECIAL = "draft", "now", "at", "special"
TIMES = {
    DRAFT: _("Keep as a draft"),
    NOW: _("Now"),
    AT: _("At a moment"),
    SPECIAL: _("As a special, for a while"),
}
CHOICE = "choice:"
_LIST_FIELDS = ("title", "order", "length", "display", "fill_rule", "fill_section", "may_repeat")
_PLAIN_FIELDS = (*_LIST_FIELDS, "when", "based_on", *TIMES_BEFORE, "decided_for", "comment")


@dataclass
class EditionForm:
    """All fields as typed; `errors` by field of the list, those of items at their rows; `general` beside none."""

    typed: dict[str, str]
    rows: ItemRows
    start: TypedMoment = field(default_factory=lambda: TypedMoment(""))
    end: TypedMoment = field(default_factory=lambda: TypedMoment(""))
    choices: dict[str, str] = field(default_factory=dict)
    # Set by `read`.
    content: ListContent | None = None
    when: When | None = None
    errors: dict[str, list[Any]] = field(default_factory=dict)
    general: list[Any] = field(default_factory=list)

    @classmethod
    def of(cls, content: ListContent, *, edition: ListEdition | None, at: datetime) -> EditionForm:
        """The form of `content`, at the times of `edition`; of what is new, at a moment to be given."""
        typed = {
            "title": content.title,
            "order": str(content.order),
            "length": str(content.length),
            "display": content.display,
            "fill_rule": content.fill_rule,
            "fill_section": str(content.fill_section_id or ""),
            "may_repeat": "1" if content.may_repeat else "",
            "when": _when_of(edition, at),
            "based_on": str(edition.revision.number) if edition else "",
        }
        form = cls({name: typed.get(name, "") for name in _PLAIN_FIELDS}, ItemRows.of(content.items))
        if edition is not None and not edition.is_draft:
            form.start = typed_moment(None if edition.has_begun(at) else edition.starts_at)
            form.end = typed_moment(edition.requested_end)
        if edition is not None:
            form.stand_on(times_of(edition))
        return form

    @classmethod
    def posted(cls, post: Mapping[str, Any]) -> EditionForm:
        """The form as it was posted."""
        typed = {name: storable(post.get(name, "")).strip() for name in _PLAIN_FIELDS}
        form = cls(typed, ItemRows.posted(post), posted_moment(post, "start"), posted_moment(post, "end"))
        form.choices = {
            storable(name).removeprefix(CHOICE): value
            for name, value in post.items()
            if name.startswith(CHOICE) and value in {"mine", "theirs"}
        }
        return form

    def stand_on(self, times: When) -> None:
        """Let `times` be those that the form was opened with; what was typed stays."""
        self.typed |= hidden_times(times)

    # -- what it says -------------------------------------------------------------------------------------------------

    def read(self) -> bool:
        """Set `content` and `when`, and tell at each field what keeps it from being stored; whether nothing does.

        What cannot be read stands for the usual, so that the rest can be looked at.
        """
        self.content, self.when = self._content(), self._when()
        for problem in problems(self.content):
            # While nobody knows how many places there are, no position is wrong.
            if problem.field != "pinned" or "length" not in self.errors:
                self.refuse(problem)
        return self.is_valid

    def peek(self) -> None:
        """Set `when` without telling anything: nobody has typed yet."""
        self.when = self._when()
        self.errors = {}

    def offer_start(self, text: str) -> None:
        """Begin with a moment that whoever links to the form proposes (ISO 8601), if it is one."""
        try:
            proposed = read_moment(storable(text).strip())
        except ValidationError:
            return
        self.start = typed_moment(proposed)

    def _content(self) -> ListContent:
        items: list[ItemContent] = []
        for row, item, found in self.rows.read():
            items.append(item)
            for problem in found:
                row.refuse(problem)
        section = self.typed["fill_section"]
        if section and not is_id(section):
            self.refuse(Problem("fill_section", _("Choose one of the sections.")))
        values = {name: self._number(name) for name in ("order", "length")}
        return ListContent(
            title=self.typed["title"],
            display=self.typed["display"],
            fill_rule=self.typed["fill_rule"],
            fill_section_id=int(section) if is_id(section) else None,
            may_repeat=bool(self.typed["may_repeat"]),
            items=tuple(items),
            **{name: value for name, value in values.items() if value is not None},
        )

    def _when(self) -> When:
        start, end = self._moment("start", self.start), self._moment("end", self.end)
        match self.typed["when"]:
            case "draft":
                return When()
            case "now":
                return When(now=True, end=end)
            case "special":
                if not self.end:
                    self.refuse(Problem("end", _("A special needs an end; after it the standing list counts again.")))
                return When(start=start, end=end, special=True, now=start is None)
            case "at":
                if not self.start:
                    self.refuse(Problem("start", _("Give the moment at which the edition begins.")))
                return When(start=start, end=end)
        self.refuse(Problem("when", _("Choose when the edition is to begin.")))
        return When()

    @property
    def is_valid(self) -> bool:
        return not self.errors and not self.general and not any(row.errors for row in self.rows.kept)

    @property
    def based_on(self) -> int | None:
        return int(self.typed["based_on"]) if is_id(self.typed["based_on"]) else None

    @property
    def times_before(self) -> When | None:
        """The times of the edition when the form was opened; None where it does not say."""
        return read_hidden_times(self.typed)

    @property
    def decisions(self) -> list[Decision]:
        """What was chosen where two changed one place, with the version it was chosen about."""
        about = self.typed["decided_for"]
        return [Decision(int(about), self.choices)] if is_id(about) else []

    def _number(self, name: str) -> int | None:
        try:
            number = whole_number(self.typed[name])
        except ValidationError as error:
            self.refuse(Problem(name, error.messages[0]))
            return None
        if number is None:
            self.refuse(Problem(name, _("Give a whole number.")))
        return number

    def _moment(self, name: str, typed: TypedMoment) -> datetime | None:
        used = {NOW: {"end"}, AT: {"start", "end"}, SPECIAL: {"start", "end"}}.get(self.typed["when"], set())
        if name not in used:
            return None
        before = getattr(self.times_before, name, None)
        if before is not None and is_as_shown(typed, before):
            # A field shows no more of it.
            return before
        try:
            return read_moment(typed)
        except ValidationError as error:
            for message in error.messages:
                self.refuse(Problem(name, message))
            return None

    # -- what is told about it ----------------------------------------------------------------------------------------

    def refuse(self, problem: Problem) -> None:
        """Put a message at its field, of the list or of an item."""
        row = self.rows.by_key.get(problem.key) if problem.key else None
        if row is not None:
            row.refuse(problem)
        elif problem.key:
            self.general.append(problem.message)
        else:
            self.errors.setdefault(problem.field, []).append(problem.message)

    def refuse_all(self, error: ValidationError) -> None:
        """What an action refused: at its field where it names one of the form."""
        for found in getattr(error, "problems", ()):
            self.refuse(found)
        if getattr(error, "problems", None):
            return
        if hasattr(error, "error_dict"):
            for name, messages in error.message_dict.items():
                for message in messages:
                    self.refuse(Problem(name, message)) if name in ("start", "end") else self.general.append(message)
        else:
            self.general += error.messages

    @property
    def start_input(self) -> SafeString:
        return self._moment_input("start", self.start, _("Begins"))

    @property
    def end_input(self) -> SafeString:
        return self._moment_input("end", self.end, _("Ends"))

    def _moment_input(self, name: str, typed: TypedMoment, label: Any) -> SafeString:
        return moment_input(name, typed, label=label, described_by=f"{name}-errors" if name in self.errors else "")

    @property
    def shown_rows(self) -> list[ItemRow]:
        """The rows that the form shows with all their fields; more than a list holds are `other_rows`."""
        return self.rows.rows[:MOST_ITEMS]

    @property
    def other_rows(self) -> list[ItemRow]:
        return self.rows.rows[MOST_ITEMS:]

    @property
    def times(self) -> Iterable[tuple[str, Any]]:
        return TIMES.items()

    @property
    def displays(self) -> Iterable[tuple[str, Any]]:
        return DISPLAY_LABELS.items()

    @property
    def fill_rules(self) -> Iterable[tuple[str, Any]]:
        return [(rule.name, rule.label) for rule in FILL_RULES]

    @property
    def about_all_items(self) -> list[Any]:
        """What is wrong with the items as a whole."""
        return self.errors.get("items", [])

    @property
    def is_about_looks(self) -> bool:
        """Whether something is wrong with how the list shows, so that its fields must be open."""
        return any(name in self.errors for name in _LIST_FIELDS)


def _when_of(edition: ListEdition | None, at: datetime) -> str:
    """Which of the times the form of an edition offers first. Readers have it: the next one begins now."""
    if edition is None:
        return AT
    if edition.is_draft:
        return DRAFT
    if edition.is_special:
        return SPECIAL
    return NOW if edition.has_begun(at) else AT
