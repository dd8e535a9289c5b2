"""Where a story stands in review: as values for the table of moves, and in words for the status bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.models import Revision, SignOff, Story
from articles.templatetags.news import moment
from articles.workflow import Situation, Stage, next_stage, review_stages


@dataclass(frozen=True)
class ReviewStatus:
    """What the status bar says about review; `words` is empty where the newsroom has none."""

    situation: Situation
    words: SafeString | str = ""


def new_story() -> Situation:
    """Of a story that was not saved yet: it can be submitted with its first save."""
    return Situation(has_stages=bool(review_stages()))


def review_status(story: Story, latest: Revision | None, *, is_live: bool, was_public: bool = False) -> ReviewStatus:
    """Of the latest revision of `story`. At most one query, none without review."""
    stages = review_stages()
    sign_offs = list(latest.sign_offs.all()) if stages and latest else []
    waiting_for = next((stage for stage in stages if stage.key == story.waiting_for), None)
    situation = Situation(
        review=_stands(story, waiting_for, missing=next_stage(stages, {row.stage for row in sign_offs})),
        waiting_for=waiting_for,
        has_stages=bool(stages),
        is_live=is_live,
        was_public=was_public,
        edited_by=latest.created_by_id if latest else None,
        signed_by=frozenset(row.signed_by_id for row in sign_offs if row.signed_by_id),
    )
    return ReviewStatus(situation, _words(situation, latest, sign_offs) if stages and latest else "")


def _stands(story: Story, waiting_for: Stage | None, *, missing: Stage | None) -> str:
    """Where the story stands; where the newsroom has other stages since, it has to be submitted again."""
    is_outdated = waiting_for is None if story.review == Story.Review.SUBMITTED else missing is not None
    if is_outdated and story.review in {Story.Review.SUBMITTED, Story.Review.APPROVED}:
        return Story.Review.DRAFT
    return story.review


def _words(situation: Situation, latest: Revision, sign_offs: Sequence[SignOff]) -> SafeString:
    labels = {stage.key: stage.label for stage in review_stages()}
    signed = format_html_join(
        " ",
        _("{}: signed by {}, {}."),
        ((capfirst(labels.get(row.stage, row.stage)), row.signed_by_name, moment(row.signed_at)) for row in sign_offs),
    )
    match situation.review:
        case Story.Review.SUBMITTED:
            label = situation.waiting_for.label if situation.waiting_for else ""
            return format_html(_("Version {} waits for: {}. {}"), latest.number, label, signed)
        case Story.Review.APPROVED:
            return format_html(_("Version {} is approved. {}"), latest.number, signed)
        case Story.Review.SENT_BACK:
            return format_html("{}", _("Sent back to its author: the notes say why."))
    return format_html(_("Version {} has not been submitted for review."), latest.number)
