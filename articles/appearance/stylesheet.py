"""The stylesheet of the public pages: its parts in one file, so that a page asks for it once.

The parts are plain files in static/articles/site/, which a newsroom may put its own before (docs/theming.md). What the
admin chose stands at the end.
"""

from __future__ import annotations

import functools
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

# In this order; a later one wins.
PARTS = (
    "tokens",
    "base",
    "furniture",
    "masthead",
    "cards",
    "lists",
    "fronts",
    "story",
    "story_tools",
    "story_text",
    "pages",
    "search",
    "messages",
    "print",
    # Empty here: a newsroom's own rules (docs/theming.md).
    "own",
)

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_COLOUR = re.compile("#[0-9a-f]{6}")
_INDENT = re.compile(r"\n\s*")


@dataclass(frozen=True, kw_only=True)
class Look:
    """What the admin chose: colours such as "#a3191e", and whether paragraphs of Chinese text are indented."""

    accent: str
    accent_on_dark: str
    indents_paragraphs: bool = True

    @property
    def rules(self) -> str:
        gap, indent = ("0", "2em") if self.indents_paragraphs else ("1em", "0")
        return (
            f":root{{{_accent(self.accent)}--paragraph-indent:{indent};--paragraph-gap:{gap}}}\n"
            f"@media screen and (prefers-color-scheme:dark){{:root{{{_accent(self.accent_on_dark)}}}}}\n"
        )


@dataclass(frozen=True)
class Stylesheet:
    """`digest` tells one text from another, and stands in its address."""

    text: str
    digest: str


def stylesheet(look: Look) -> Stylesheet:
    """The stylesheet with `look`. Read from the files once, or while developing each time."""
    return _made(look) if settings.ON_OWN_MACHINE else _kept(look)


def _accent(colour: str) -> str:
    # What is no colour came past every check into the database; it may not become a rule.
    return f"--accent:{colour};" if _COLOUR.fullmatch(colour) else ""


def _made(look: Look) -> Stylesheet:
    parts = [Path(finders.find(f"articles/site/{name}.css")).read_text(encoding="utf-8") for name in PARTS]
    text = _INDENT.sub("\n", _COMMENT.sub("", "\n".join(parts))).strip() + "\n" + look.rules
    return Stylesheet(text, hashlib.sha256(text.encode()).hexdigest()[:12])


_kept = functools.lru_cache(maxsize=8)(_made)
