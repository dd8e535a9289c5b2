"""Where a story stands, in a few words: what readers have, what is planned, and how far its review is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.models import Publication, Story
from articles.templatetags.news import moment_short
from articles.workflow import review_stages


@dataclass(frozen=True)
class Mark:
    """One word or two about a story; `kind` is what a style sheet tells it by."""

    kind: str
    words: Any


def standing(story: Story, publications: Iterable[Publication], latest_digest: str | None, at: datetime) -> list[Mark]:
    """The marks of `story` at `at`. `publications`: those that hold at `at` or come later, each with its revision."""
    publications = sorted(publications, key=lambda row: row.live_from)
    current = next((row for row in publications if row.holds(at)), None)
    planned = [row for row in publications if row.live_from > at]
    marks = [*_public(story, current, planned), *(_plan(row, at) for row in planned[:1])]
    if current and current.shows and current.requested_until and current.requested_until == current.live_until:
        marks.append(Mark("planned", format_html(_("comes down {}"), moment_short(current.live_until, at))))
    shown = [row for row in publications if row.shows]
    is_public = any(row.revision.digest == latest_digest for row in shown)
    if shown and not is_public:
        marks.append(Mark("changed", _("unpublished changes")))
    if not is_public:
        marks += _review(story)
    return marks or [Mark("draft", _("draft"))]


def _public(story: Story, current: Publication | None, planned: list[Publication]) -> list[Mark]:
    if current is None:
        return [Mark("gone", _("taken down"))] if story.has_publications and not planned else []
    if current.is_listed:
        return [Mark("live", _("live"))]
    return [Mark("gone", _("retracted") if current.shows else _("withdrawn"))]


def _plan(row: Publication, at: datetime) -> Mark:
    if row.is_listed:
        words = _("goes live {}")
    else:
        words = _("will be retracted {}") if row.shows else _("will be withdrawn {}")
    return Mark("planned", format_html(words, moment_short(row.live_from, at)))


def _review(story: Story) -> list[Mark]:
    if story.review == Story.Review.DRAFT:
        return []
    stage = next((stage for stage in review_stages() if stage.key == story.waiting_for), None)
    if stage and len(review_stages()) > 1:
        return [Mark(story.review, _("waiting: %s") % stage.label)]
    return [Mark(story.review, story.get_review_display())]
