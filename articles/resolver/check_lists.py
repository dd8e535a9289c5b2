"""Checking story lists over a span of time, before it hurts: pages read in groups, findings merged."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from articles import list_checks
from articles.list_checks import Finding, PageFacts
from articles.models import ListEdition
from articles.resolver.list_facts import gather
from articles.resolver.list_pages import pages_of

# So many pages are read at a time: a bounded number of queries for them, and never the whole site in memory.
GROUP = 20
# How far an edition without an end is looked ahead.
AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Report:
    """What was found, and how many pages were looked at, of how many."""

    findings: list[Finding]
    looked_at: int
    pages: int

    @property
    def is_cut(self) -> bool:
        return self.looked_at < self.pages


def check_lists(
    start: datetime,
    end: datetime,
    *,
    places: Collection[str] | None = None,
    list_ids: Collection[int] | None = None,
    most_pages: int | None = None,
    progress: Callable[[int, int], None] = lambda done, everything: None,
) -> Report:
    """What the checks find in the lists in `places` (None: all), or of `list_ids`, between `start` and `end`.

    `most_pages` bounds the work: the front page and the section fronts come first. At most eleven queries for each
    GROUP of pages, and five to find them. Raises ValueError where the span ends before it begins.
    """
    if end <= start:
        raise ValueError("The span ends before it begins.")
    every_page = pages_of(places, list_ids)
    pages = every_page[:most_pages]
    facts: list[PageFacts] = []
    findings: list[Finding] = []
    for first in range(0, len(pages), GROUP):
        facts = gather(pages[first : first + GROUP], start, end, stale_after())
        findings += list_checks.run(facts)
        progress(min(first + GROUP, len(pages)), len(pages))
    if len(pages) > GROUP:
        findings = list_checks.in_order(findings)
    if list_ids is not None:
        # The other lists of the page are somebody else's.
        findings = [finding for finding in findings if finding.list_id in list_ids]
    return Report(findings, len(pages), len(every_page))


def warnings_for(edition: ListEdition, now: datetime) -> list[Finding]:
    """What the checks find in `edition` while it is in force, from `now` on: to be said once it is saved.

    A draft has no moment yet: nothing is found in it.
    """
    if edition.is_draft or (edition.ends_at is not None and edition.ends_at <= now):
        return []
    start = max(now, edition.starts_at)
    end = min(edition.ends_at or start + AHEAD, start + AHEAD)
    found = check_lists(start, end, list_ids={edition.story_list_id}).findings
    return [finding for finding in found if finding.edition_id in (None, edition.pk)]


def stale_after() -> timedelta | None:
    """After which time a list without a new story is stale; None: never."""
    return timedelta(days=settings.LIST_STALE_AFTER) if settings.LIST_STALE_AFTER > 0 else None
