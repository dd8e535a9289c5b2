"""Whether everything is there that readers expect, at the length that lists and pages have room for."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from articles.chinese import count_characters
from articles.content import StoryContent, is_english
from articles.html import plain_text
from articles.preflight.facts import Facts
from articles.preflight.findings import Problem
from articles.preflight.places import subsections

# An editor is advised to stay within so many characters (字), or in English words: a word of English is as wide as some
# three characters. The column's own length is the limit.
ADVISED_CHARACTERS = {"headline": 30, "short_headline": 14, "summary": 120}
ADVISED_WORDS = {"headline": 12, "short_headline": 6, "summary": 40}

_TOO_MANY_CHARACTERS = {
    "headline": _("The headline has {characters} characters; at most {advised} are advised."),
    "short_headline": _("The short headline has {characters} characters; at most {advised} are advised."),
    "summary": _("The summary has {characters} characters; at most {advised} are advised."),
}
_TOO_MANY_WORDS = {
    "headline": _("The headline has {words} words; at most {advised} are advised."),
    "short_headline": _("The short headline has {words} words; at most {advised} are advised."),
    "summary": _("The summary has {words} words; at most {advised} are advised."),
}


def headline_is_given(content: StoryContent, facts: Facts) -> Iterator[Problem]:
    if not content.headline:
        yield Problem("headline", _("The headline is missing."))


def headline_fits(content: StoryContent, facts: Facts) -> Iterator[Problem]:
    yield from _too_long(content, "headline")
    yield from _too_long(content, "short_headline")


def summary_is_given(content: StoryContent, facts: Facts) -> Iterator[Problem]:
    if not content.summary:
        yield Problem("summary", _("The summary is missing."))


def summary_fits(content: StoryContent, facts: Facts) -> Iterator[Problem]:
    yield from _too_long(content, "summary")


def _too_long(content: StoryContent, place: str) -> Iterator[Problem]:
    in_words = is_english(content.language)
    advised = (ADVISED_WORDS if in_words else ADVISED_CHARACTERS)[place]
    # Of an English text these are its words.
    count = count_characters(getattr(content, place))
    if count > advised:
        said = (_TOO_MANY_WORDS if in_words else _TOO_MANY_CHARACTERS)[place]
        yield Problem(place, format_lazy(said, characters=count, words=count, advised=advised))


def section_is_chosen(content: StoryContent, facts: Facts) -> Iterator[Problem]:
    if content.section is None:
        yield Problem("section", _("No section is chosen."))


def text_is_there(content: StoryContent, facts: Facts) -> Iterator[Problem]:
    """A story of headings alone has no text either."""
    if not any(plain_text(text) for text in (content.opening, *(part.body for part in content.subsections))):
        yield Problem("opening", _("The story has no text."))


def subsections_are_complete(content: StoryContent, facts: Facts) -> Iterator[Problem]:
    for number, (place, part) in enumerate(subsections(content), start=1):
        if not part.heading:
            yield Problem(f"{place}:heading", format_lazy(_("Subsection {number} has no heading."), number=number))
        if not part.body:
            yield Problem(f"{place}:body", format_lazy(_("Subsection {number} has no text."), number=number))
