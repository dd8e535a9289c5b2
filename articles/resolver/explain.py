"""Why readers see what they see in the lists of a page: each entry, and each item that is not shown.

`choose` has decided; here its reasons are put into words. Nothing here decides what is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from articles.fill_rules import fill_rule
from articles.lists import Hidden, Origin
from articles.models import ListEdition, Section
from articles.resolver.lists_of_page import ListOfPage, Scope
from articles.resolver.resolve import ShownEntry, ShownList, resolve
from articles.resolver.why_words import WhyFacts, brief, why_facts, why_in_words


@dataclass(frozen=True)
class ExplainedEntry:
    """An entry at its `position`, from 1, and why it stands there."""

    position: int
    entry: ShownEntry
    why: str


@dataclass(frozen=True)
class ExplainedHidden:
    """An item of the edition that is not shown, what it is called, and why."""

    hidden: Hidden
    headline: str
    why: str


@dataclass(frozen=True)
class ExplainedList:
    """A list of the page: its `edition` in force (with who made it), and every place and item of it with its reason."""

    shown: ShownList
    edition: ListEdition
    entries: list[ExplainedEntry]
    hidden: list[ExplainedHidden]
    rule: str
    facts: WhyFacts

    @property
    def row(self) -> ListOfPage:
        return self.shown.row

    @property
    def missing(self) -> int:
        """How many places stay free."""
        return self.row.content.length - len(self.entries)

    @property
    def from_edition(self) -> str:
        """Which edition it is, and until when."""
        names = {"start": brief(self.row.starts_at, self.facts.at)}
        if self.row.is_special:
            names["end"] = brief(self.row.ends_at, self.facts.at)
            return _("the special edition from %(start)s until %(end)s") % names
        if self.row.ends_at is not None:
            names["end"] = brief(self.row.ends_at, self.facts.at)
            return _("the edition from %(start)s until %(end)s") % names
        return _("the edition from %(start)s on") % names


def explain(
    places: Sequence[str] | str, scope: Scope, at: datetime, shown: Collection[int] = ()
) -> list[ExplainedList]:
    """What `resolve` answers to the same question, with the reasons, in the active language. At most seven queries.

    A sentence has no full stop and says times by the newsroom's clock; whoever shows it names the zone.
    """
    lists = resolve(places, scope, at, shown)
    if not lists:
        return []
    facts = why_facts([found.chosen for found in lists], at)
    editions = ListEdition.objects.select_related("created_by", "revision__created_by").in_bulk(
        [found.row.edition_id for found in lists]
    )
    sections = _sections(found.row for found in lists)
    return [_explained(found, editions[found.row.edition_id], sections, facts) for found in lists]


def _sections(rows: Collection[ListOfPage]) -> Mapping[int, Section]:
    wanted = {row.content.fill_section_id for row in rows} - {None}
    return Section.objects.in_bulk(wanted) if wanted else {}


def _explained(
    found: ShownList, edition: ListEdition, sections: Mapping[int, Section], facts: WhyFacts
) -> ExplainedList:
    rule = rule_in_words(found.row, sections)
    items = {item.key: item for item in found.row.content.items}
    entries = [
        ExplainedEntry(number, entry, _why_here(entry, number, items, rule, facts))
        for number, entry in enumerate(found.entries, start=1)
    ]
    hidden = [
        ExplainedHidden(hidden, facts.headline(hidden.item), why_in_words(hidden, facts))
        for hidden in found.chosen.hidden
    ]
    return ExplainedList(found, edition, entries, hidden, rule, facts)


def rule_in_words(row: ListOfPage, sections: Mapping[int, Section]) -> str:
    """The rule that fills a list, with the section it names; "" where nothing fills it."""
    rule, wanted = fill_rule(row.content.fill_rule), row.content.fill_section_id
    if rule.name == "nothing":
        return ""
    section = sections.get(wanted) if wanted is not None else None
    if section is not None:
        return _("%(rule)s (%(section)s)") % {"rule": rule.label, "section": section.name}
    return str(rule.label)


def _why_here(entry: ShownEntry, position: int, items: Mapping, rule: str, facts: WhyFacts) -> str:
    if entry.origin == Origin.FILLED:
        went_live = brief(entry.publication.first_live_at, facts.at)
        return _("filled by the rule “%(rule)s”; went live %(moment)s") % {"rule": rule, "moment": went_live}
    item = items[entry.item_key]
    if entry.origin == Origin.PLACED:
        why = _("placed by hand")
    elif item.pinned == position:
        why = _("pinned to position %(position)d") % {"position": position}
    else:
        why = _("pinned to position %(position)d; moved up, as there is nothing before it") % {"position": item.pinned}
    went_live = entry.publication.first_live_at if entry.publication else None
    end = item.end.moment(went_live)
    if end is not None:
        return _("%(why)s; until %(moment)s") % {"why": why, "moment": brief(end, facts.at)}
    return why
