"""Findings of the checks of lists as the desk shows them: in words, with where to mend them and where to see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import permissions
from articles.admin.standing import Mark
from articles.list_checks import CHECKS, Finding, Level
from articles.models import StoryList
from articles.resolver.check_lists import GROUP, check_lists
from articles.views.time_machine import address_at

# What the desk's first page and the marks of the overview look at: one group of pages, so that their cost is bounded.
SOON = timedelta(hours=24)
_SAYS = {check.name: check.says for check in CHECKS}
# A style sheet tells marks by these.
_KINDS = {Level.SERIOUS: "serious", Level.WARNING: "changed", Level.NOTE: "draft"}


@dataclass(frozen=True)
class ProblemLine:
    """A finding. `address`: where to mend it; `seen_at`: the page at that moment, "" where it has no address."""

    finding: Finding
    address: str
    seen_at: str
    may_edit: bool

    @property
    def mark(self) -> Mark:
        words = {Level.SERIOUS: _("serious"), Level.WARNING: _("warning"), Level.NOTE: _("note")}
        return Mark(_KINDS[self.finding.level], words[self.finding.level])

    @property
    def rule(self) -> Any:
        """The sentence of the check, which the finding breaks."""
        return _SAYS[self.finding.check]

    @property
    def place(self) -> Any:
        return StoryList.Place(self.finding.place).label


def lines_of_findings(findings: Iterable[Finding], user: Any, at: datetime) -> list[ProblemLine]:
    """A line for each finding, as `user` may mend it."""
    return [
        ProblemLine(
            finding,
            address_of(finding),
            address_at(finding.path, max(finding.start, at)) if finding.path else "",
            # A finding knows the section of its list, which is all that the predicate asks.
            permissions.can_edit_list(user, finding),
        )
        for finding in findings
    ]


def address_of(finding: Finding) -> str:
    """Where a finding is mended: the edition, at the item; the list where no edition is to blame."""
    if finding.edition_id is None:
        return reverse("admin:articles_storylist_change", args=[finding.list_id])
    edition = reverse("admin:articles_storylist_edition", args=[finding.list_id, finding.edition_id])
    return f"{edition}#item-{finding.item_key}" if finding.item_key else edition


def soon(at: datetime) -> list[Finding]:
    """What will be wrong on the front page and the section fronts within a day; notes are left out."""
    places = (StoryList.Place.FRONT, StoryList.Place.SECTION)
    found = check_lists(at, at + SOON, places=places, most_pages=GROUP).findings
    return [finding for finding in found if finding.level != Level.NOTE]


def marks_of_lists(rows: Sequence[StoryList] | QuerySet[StoryList], at: datetime) -> dict[int, list[Mark]]:
    """For each of `rows` what is to be looked at within a day, counted; lists without anything are left out."""
    ids = [row.pk for row in rows]
    if not ids:
        return {}
    found = check_lists(at, at + SOON, list_ids=ids, most_pages=GROUP).findings
    by_list: dict[int, list[Finding]] = defaultdict(list)
    for finding in found:
        if finding.level != Level.NOTE:
            by_list[finding.list_id].append(finding)
    return {list_id: _counted(findings) for list_id, findings in by_list.items()}


def _counted(findings: Collection[Finding]) -> list[Mark]:
    serious = sum(finding.is_serious for finding in findings)
    marks = []
    if serious:
        marks.append(Mark("serious", ngettext("%d serious problem", "%d serious problems", serious) % serious))
    if others := len(findings) - serious:
        marks.append(Mark("warning", ngettext("%d warning", "%d warnings", others) % others))
    return marks
