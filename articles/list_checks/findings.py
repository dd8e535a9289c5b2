"""What a check of story lists is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from articles.list_checks.facts import PageFacts


class Level(StrEnum):
    """SERIOUS: readers get less than was meant, and it does not mend itself. WARNING: to be looked at. NOTE: said."""

    SERIOUS = "serious"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong in a list, from a moment on (`end` None: until somebody changes it).

    `message` is plain words without the name of the list, and lazy: said in the language of whoever reads it.
    """

    level: Level
    list_id: int
    start: datetime
    end: datetime | None
    message: Any
    edition_id: int | None = None
    item_key: str = ""


@dataclass(frozen=True)
class Check:
    """One rule: its name, the sentence it stands for, and the function that asks it about a page."""

    name: str
    says: Any
    function: Callable[[PageFacts], Iterable[Problem]]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A problem that the check named `check` found. `pages`: where, of a list that stands on more than one page.

    `path`: the address of the page, where it has one of its own.
    """

    check: str
    level: Level
    list_id: int
    list_name: str
    place: str
    section_id: int | None
    start: datetime
    end: datetime | None
    message: Any
    edition_id: int | None = None
    item_key: str = ""
    pages: tuple[str, ...] = ()
    path: str = ""

    @property
    def is_serious(self) -> bool:
        return self.level == Level.SERIOUS
