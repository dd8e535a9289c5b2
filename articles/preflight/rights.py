"""Whether the newsroom may publish the story, and says what it owes to whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from articles.content import StoryContent
from articles.preflight.facts import Facts
from articles.preflight.findings import Problem

OWN = "own"
RESPONSIBLE_EDITOR = "responsible_editor"

_ORIGINAL = (
    ("original_title", _("This is a reprint: the original title is missing.")),
    ("original_author", _("This is a reprint: the original author is missing.")),
    ("original_url", _("This is a reprint: the original address is missing.")),
)


def source_is_given(content: StoryContent, facts: Facts) -> Iterator[Problem]:
    if content.source is None:
        yield Problem("source", _("The source is missing."))


def reprint_is_attributed(content: StoryContent, facts: Facts) -> Iterator[Problem]:
    """A story of another source is a reprint, and so is one that names an original."""
    if not content.is_reprint and (facts.source is None or facts.source.kind == OWN):
        return
    for place, words in _ORIGINAL:
        if not getattr(content, place):
            yield Problem(place, words)
    if not content.credits(RESPONSIBLE_EDITOR):
        yield Problem("byline", _("This is a reprint: the responsible editor is missing."))


def source_is_licensed(content: StoryContent, facts: Facts) -> Iterator[Problem]:
    terms = facts.source
    if terms is None:
        return
    if terms.allowed_from and facts.day < terms.allowed_from:
        words = _("{source} may be used from {first} on; the story would go live on {day}.")
        yield Problem("source", format_lazy(words, source=terms.name, first=terms.allowed_from, day=facts.day))
    if terms.allowed_until and facts.day > terms.allowed_until:
        words = _("{source} may be used until {last}; the story would go live on {day}.")
        yield Problem("source", format_lazy(words, source=terms.name, last=terms.allowed_until, day=facts.day))


def notice_is_in_force(content: StoryContent, facts: Facts) -> Iterator[Problem]:
    if facts.source is not None and not facts.notice_in_force:
        words = _("No copyright notice of {source} is in force on {day}.")
        yield Problem("source", format_lazy(words, source=facts.source.name, day=facts.day))
