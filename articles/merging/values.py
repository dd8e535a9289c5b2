"""What a merge says: the content, where the two sides disagree, and what came from the other side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from articles.content import StoryContent
from articles.html import CleanHtml

# Fields that hold one of a few codes, or what only the form can check; nobody writes a text of their own there.
_CODES = frozenset({"language", "slug", "digital_source_type"})


@dataclass(frozen=True)
class OwnText:
    """A text written in place of both; for rich text any HTML, which is cleaned."""

    text: str


Choice = Literal["mine", "theirs", "both"] | OwnText


@dataclass(frozen=True)
class Conflict:
    """A place both sides changed, differently.

    `base`, `theirs` and `mine` are values of the content: a text, a Reference, a part such as SubsectionContent, for
    an order the tuple of all parts; None where there is nothing (deleted, or not there yet).
    """

    place: str
    base: Any
    theirs: Any
    mine: Any

    @property
    def is_rich_text(self) -> bool:
        return isinstance(self.mine, CleanHtml) and isinstance(self.theirs, CleanHtml)

    @property
    def options(self) -> tuple[str, ...]:
        """What may be chosen here; "own" stands for an OwnText."""
        if self.is_rich_text:
            return ("mine", "theirs", "both", "own")
        if isinstance(self.mine, str) and isinstance(self.theirs, str) and self.place not in _CODES:
            return ("mine", "theirs", "own")
        return ("mine", "theirs")


@dataclass(frozen=True)
class Merged:
    """A merged content. `taken` names the places where it holds what the other side changed, without a conflict."""

    content: StoryContent
    conflicts: tuple[Conflict, ...] = ()
    taken: tuple[str, ...] = ()
