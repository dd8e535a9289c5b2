"""The checks a story must pass before it goes live: one function each, one visible tuple (`CHECKS`).

`run` takes a StoryContent and the `Facts` about the world around it at the moment it would go live; both are values.
To add a check: one function that yields a Problem for each breach, one line in `checks.py`, one test.
"""

from .checks import CHECKS, run
from .completeness import ADVISED_CHARACTERS, ADVISED_WORDS
from .facts import Facts, OtherStory, SourceTerms, StoryState
from .findings import Check, Finding, Level, Problem
from .links import internal_links, site_path

BLOCKING = Level.BLOCKING
WARNING = Level.WARNING

__all__ = [
    "ADVISED_CHARACTERS",
    "ADVISED_WORDS",
    "BLOCKING",
    "CHECKS",
    "WARNING",
    "Check",
    "Facts",
    "Finding",
    "Level",
    "OtherStory",
    "Problem",
    "SourceTerms",
    "StoryState",
    "internal_links",
    "run",
    "site_path",
]
