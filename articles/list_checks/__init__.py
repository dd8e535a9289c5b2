"""The checks of story lists, before something hurts: one function each, one visible tuple (`CHECKS`).

`run` takes `PageFacts`: what each page and its lists hold over a span of time; all values. To add a check: one function
that yields a Problem for each breach, one line in `checks.py`, a row in `docs/list-checks.md`, one test.
"""

from .checks import CHECKS, in_order, run
from .facts import Absence, EditionFacts, ListFacts, PageFacts, StoryFacts, Stretch, Version
from .findings import Check, Finding, Level, Problem

__all__ = [
    "CHECKS",
    "Absence",
    "Check",
    "EditionFacts",
    "Finding",
    "Level",
    "ListFacts",
    "PageFacts",
    "Problem",
    "StoryFacts",
    "Stretch",
    "Version",
    "in_order",
    "run",
]
