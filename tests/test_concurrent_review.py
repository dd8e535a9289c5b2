"""Saving, approving and publishing at the same moment: whatever comes first, nothing unapproved goes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command

from articles.actions import approve_story, publish_story, save_story, send_back_story, submit_story
from articles.models import Activity, Publication, SignOff, Story, StoryRows
from tests.builders import MONDAY, a_section, a_story
from tests.test_concurrency import NullStream, together

__all__ = ["together"]

pytestmark = pytest.mark.django_db(transaction=True)

HOUR = timedelta(hours=1)
ROUNDS = 6


def refused_or_done(act: Callable[..., Any], **values: Any) -> Callable[[], bool]:
    def run() -> bool:
        try:
            act(now=MONDAY + HOUR, **values)
        except (ValidationError, PermissionDenied):
            return False
        return True

    return run


def edit(story: Story, by: Any, headline: str) -> Callable[..., None]:
    def save(now: Any) -> None:
        rows = StoryRows.stored(Story.objects.get(pk=story.pk))
        rows.story.headline = headline
        save_story(rows=rows, by=by, now=now)

    return save


def test_edit_never_slips_into_an_approval(cast, together, settings):
    """Author and editor, eight presses at once, several times: what goes out carries the sign-off of its own text."""
    settings.REVIEW_STAGES = "one"
    stories = [a_story(f"稿件{turn}", by=cast.reporter, section=a_section()) for turn in range(ROUNDS)]
    for story in stories:
        submit_story(story=story, by=cast.reporter, now=MONDAY)
    for turn, story in enumerate(stories):
        together(
            [
                refused_or_done(edit(story, cast.reporter, f"改{turn}")),
                refused_or_done(edit(story, cast.editor, f"编{turn}")),
                refused_or_done(approve_story, story=story, by=cast.editor),
                refused_or_done(approve_story, story=story, by=cast.second_editor),
                refused_or_done(send_back_story, story=story, by=cast.second_editor, note="不行"),
                refused_or_done(publish_story, story=story, by=cast.chief_editor),
                refused_or_done(publish_story, story=story, by=cast.chief_editor, at=MONDAY + 5 * HOUR),
                refused_or_done(publish_story, story=story, by=cast.chief_editor),
            ]
        )
    [state] = together([state_of_reviews])
    assert state == {"unsigned": [], "signed their own": 0, "signed another text": 0}
    together([lambda: call_command("check_publications", stdout=NullStream(), stderr=NullStream())])


def state_of_reviews() -> dict[str, Any]:
    """What must never be: something unsigned that goes out, or a sign-off that is worth nothing."""
    signed = set(SignOff.objects.values_list("revision_id", flat=True))
    sign_offs = SignOff.objects.select_related("revision")
    return {
        "unsigned": [row.pk for row in Publication.objects.all() if row.revision_id not in signed],
        "signed their own": sum(row.signed_by_id == row.revision.created_by_id for row in sign_offs),
        "signed another text": sum(row.digest != row.revision.digest for row in sign_offs),
    }


def test_fifty_people_saving_one_story_lose_nothing(cast, together, settings):
    """Each in a thread of their own, each a version of their own, numbered without a gap."""
    story = a_story("稿件", by=cast.reporter, section=a_section())
    assert all(together([refused_or_done(edit(story, cast.editor, f"第{number}人")) for number in range(50)]))

    def stored() -> tuple[list[int], set[str], int]:
        revisions = story.revisions.order_by("number")
        headlines = {revision.content.headline for revision in revisions}
        saved = Activity.objects.filter(story=story, verb=Activity.Verb.SAVED).count()
        return [revision.number for revision in revisions], headlines, saved

    [(numbers, headlines, saved)] = together([stored])
    assert numbers == list(range(1, 52))
    assert headlines == {"稿件", *(f"第{number}人" for number in range(50))}
    assert saved == 50
