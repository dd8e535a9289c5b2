"""The checks, in the order they are told of."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from articles.content import StoryContent
from articles.preflight import completeness, links, numbers, punctuation, rights
from articles.preflight.facts import Facts
from articles.preflight.findings import Check, Finding, Level

_BLOCKING, _WARNING = Level.BLOCKING, Level.WARNING

CHECKS: tuple[Check, ...] = (
    Check("headline", _("There is a headline."), completeness.headline_is_given, _BLOCKING),
    Check("summary", _("There is a summary."), completeness.summary_is_given, _BLOCKING),
    Check("section", _("A section is chosen."), completeness.section_is_chosen, _BLOCKING),
    Check("text", _("There is text."), completeness.text_is_there, _BLOCKING),
    Check(
        "subsections", _("Every subsection has a heading and text."), completeness.subsections_are_complete, _BLOCKING
    ),
    Check("source", _("There is a source."), rights.source_is_given, _BLOCKING),
    Check(
        "reprint",
        _("A reprint names original title, author and address, and its responsible editor."),
        rights.reprint_is_attributed,
        _BLOCKING,
    ),
    Check("licence", _("The source may be used on that day."), rights.source_is_licensed, _BLOCKING),
    Check("notice", _("A copyright notice of the source is in force."), rights.notice_is_in_force, _BLOCKING),
    Check("links", _("Links to this site lead readers to something."), links.links_are_alive, _BLOCKING),
    Check(
        "related",
        _("Related stories are other stories, and were not withdrawn."),
        links.related_stories_are_public,
        _BLOCKING,
    ),
    Check("duplicate", _("No other live story is identical."), links.story_is_no_duplicate, _BLOCKING),
    Check("headline_length", _("The headlines are not too long."), completeness.headline_fits, _WARNING),
    Check("summary_length", _("The summary is not too long."), completeness.summary_fits, _WARNING),
    Check("related_live", _("Related stories are live by then."), links.related_stories_are_live, _WARNING),
    Check("numbers", _("The text says the numbers of headlines and figures lines."), numbers.numbers_agree, _WARNING),
    Check("doubled", _("No punctuation is doubled."), punctuation.punctuation_is_not_doubled, _WARNING),
    Check(
        "half_width",
        _("Punctuation beside Chinese characters is full-width."),
        punctuation.punctuation_is_full_width,
        _WARNING,
    ),
    Check("unbalanced", _("Quotes and brackets are in pairs."), punctuation.punctuation_is_balanced, _WARNING),
)


def run(
    content: StoryContent,
    facts: Facts,
    *,
    off: Collection[str] = frozenset(),
    warn_only: Collection[str] = frozenset(),
) -> tuple[Finding, ...]:
    """What the checks find in `content`, blocking first, then in the order of CHECKS.

    Checks named in `off` are not asked; those named in `warn_only` never block. Unknown names mean nothing.
    """
    found = [
        Finding(check.name, Level.WARNING if check.name in warn_only else check.level, problem.place, problem.message)
        for check in CHECKS
        if check.name not in off
        for problem in check.function(content, facts)
    ]
    return tuple(sorted(found, key=lambda finding: finding.level != Level.BLOCKING))
