"""The parts of a story with the place each is mended at, and the plain words to quote them by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.content import StoryContent, SubsectionContent
from articles.html import plain_text

_EXCERPT = 8
# What is shown as typed follows the rules of its own language.
_CODE = re.compile(r"<(pre|code|kbd|samp)\b[^<>]*>.*?</\1>", re.DOTALL)


def subsections(content: StoryContent) -> Iterator[tuple[str, SubsectionContent]]:
    """Each subsection with its place: "subsection:<key>", or "subsection:#<number>" while it has no key."""
    for number, part in enumerate(content.subsections, start=1):
        yield f"subsection:{part.key or f'#{number}'}", part


def rich_texts(content: StoryContent) -> Iterator[tuple[str, str]]:
    """Every rich text as (place, clean HTML)."""
    yield "opening", content.opening
    for place, part in subsections(content):
        yield f"{place}:body", part.body


def plain_texts(content: StoryContent) -> Iterator[tuple[str, str]]:
    """Every text readers see as (place, plain text), one line per paragraph, without what is typed as code."""
    for name in ("kicker", "headline", "subtitle", "short_headline", "summary"):
        yield name, getattr(content, name)
    yield "opening", plain_text(_CODE.sub("", content.opening))
    for place, part in subsections(content):
        yield f"{place}:heading", part.heading
        yield f"{place}:figures", part.figures
        yield f"{place}:body", plain_text(_CODE.sub("", part.body))
    for number, link in enumerate(content.related_links, start=1):
        yield f"related:{number}", f"{link.headline}\n{link.teaser}"


def excerpt(text: str, start: int, end: int) -> str:
    """`text` from `start` to `end` with a few characters around it, to find it by; an ellipsis where more follows."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    first, last = max(line_start, start - _EXCERPT), min(line_end, end + _EXCERPT)
    return f"{'…' if first > line_start else ''}{text[first:last]}{'…' if last < line_end else ''}"
