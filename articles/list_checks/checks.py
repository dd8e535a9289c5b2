"""The checks of story lists, in the order they are told of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from articles.list_checks import editions, items, shown
from articles.list_checks.facts import ListFacts, PageFacts
from articles.list_checks.findings import Check, Finding, Level, Problem

CHECKS: tuple[Check, ...] = (
    Check("overlap", _("No two editions of a list run at the same time."), editions.editions_never_overlap),
    Check("gap", _("Every list has an edition in force."), editions.list_is_always_in_force),
    Check("empty", _("Every list shows something."), shown.list_shows_something),
    Check("underfill", _("Every list shows as many entries as it has places."), shown.list_is_full),
    Check("late", _("Items begin when their stories are live."), items.items_begin_with_their_stories),
    Check("dead", _("No item is over, and no story of an item is gone."), items.no_item_is_dead),
    Check("duplicate", _("No story is an item of two lists of a page."), shown.no_story_is_in_two_lists),
    Check("self_link", _("No list at a story leads to that story."), items.no_list_links_to_its_own_page),
    Check("stale", _("Some story of every list is new."), shown.list_is_fresh),
    Check("drift", _("Headlines of a list’s own fit what the story is called."), items.own_headlines_have_not_drifted),
    Check("broken_link", _("Addresses on this site lead to something."), items.links_lead_somewhere),
)
_ORDER = {check.name: number for number, check in enumerate(CHECKS)}
_LEVELS = {level: number for number, level in enumerate(Level)}


def run(pages: Iterable[PageFacts]) -> list[Finding]:
    """What the checks find on `pages`, by moment, then the worse first.

    The same found on several pages is told once, with the names of the pages.
    """
    return in_order(
        _finding(check, problem, page)
        for page in pages
        for check in CHECKS
        for problem in check.function(page)
        # What an edition brings later is for a later look.
        if problem.start < page.end
    )


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by moment, then the worse first; the same of several pages as one."""
    found: dict[tuple, Finding] = {}
    for one in findings:
        _add(found, one)
    return sorted(
        found.values(),
        key=lambda one: (one.start, _LEVELS[one.level], _ORDER[one.check], one.list_name, one.item_key),
    )


def _finding(check: Check, problem: Problem, page: PageFacts) -> Finding:
    row = page.lists[problem.list_id]
    return Finding(
        check=check.name,
        list_name=row.name,
        place=row.place,
        section_id=row.section_id,
        pages=tuple(_pages(row, page)),
        path=page.path,
        **vars(problem),
    )


def _pages(row: ListFacts, page: PageFacts) -> Iterator[str]:
    """The page, where the list alone does not say it."""
    if page.name and row.place != "front" and (row.section_id, row.topic_id, row.story_id) == (None, None, None):
        yield page.name


def _add(found: dict[tuple, Finding], one: Finding) -> None:
    key = (one.check, one.list_id, one.edition_id, one.item_key, one.start, one.end)
    if key in found:
        pages = dict.fromkeys([*found[key].pages, *one.pages])
        worse = min(found[key], one, key=lambda each: _LEVELS[each.level])
        one = replace(worse, pages=tuple(pages))
    found[key] = one
