"""What a check is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from articles.content import StoryContent
    from articles.preflight.facts import Facts


class Level(StrEnum):
    """BLOCKING keeps a story from going live, unless somebody who may overrides it; WARNING is said and no more."""

    BLOCKING = "blocking"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, and where to mend it.

    `place` is a field of the story ("headline", "source"), "byline", a subsection's field ("subsection:<key>:body"; a
    subsection without a key yet is named by its place, "subsection:#2:body") or a related link counted from one
    ("related:3"). `message` is plain words, and may be lazy: it is said in the language of whoever reads it.
    """

    place: str
    message: Any


@dataclass(frozen=True)
class Check:
    """One rule: its name in settings, the sentence it stands for, the function that asks it, how bad a breach is."""

    name: str
    says: Any
    function: Callable[[StoryContent, Facts], Iterable[Problem]]
    level: Level


@dataclass(frozen=True)
class Finding:
    """A problem that the check named `check` found."""

    check: str
    level: Level
    place: str
    message: Any

    def to_json(self) -> dict[str, str]:
        """As JSON, the message in the language that is active."""
        return {"check": self.check, "level": self.level.value, "place": self.place, "message": str(self.message)}

    @classmethod
    def from_json(cls, stored: dict[str, str]) -> Finding:
        """The finding that `to_json` made."""
        return cls(stored["check"], Level(stored["level"]), stored["place"], stored["message"])
