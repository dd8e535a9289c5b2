"""Who has a story open: seen, gone, forgotten, and nothing of it in the trail."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from articles.actions import forget_old_presences, leave_story, see_in_story
from articles.models import Activity, Presence
from tests.builders import MONDAY, a_story

SECOND = timedelta(seconds=1)


def see(user, story, key="k", place="", now=MONDAY):
    return see_in_story(user=user, story=story, form_key=key, place=place, now=now)


def test_window_is_one_row_however_often_it_is_seen(cast):
    """It was opened when it was first seen; the place is the last one."""
    story = a_story()
    see(cast.editor, story, place="headline")
    see(cast.editor, story, place="subsection:ab12:body", now=MONDAY + 10 * SECOND)
    row = Presence.objects.get()
    assert (row.opened_at, row.seen_at) == (MONDAY, MONDAY + 10 * SECOND)
    assert row.place == "subsection:ab12:body"
    assert not Activity.objects.exclude(verb="created").exists()


def test_window_that_was_silent_is_gone_and_then_opened_anew(cast):
    """A machine that slept did not have the story open all night."""
    story = a_story()
    see(cast.editor, story)
    assert Presence.objects.since(MONDAY).exists()
    assert not Presence.objects.since(MONDAY + SECOND).exists()
    assert see(cast.editor, story, now=MONDAY + 31 * SECOND).opened_at == MONDAY + 31 * SECOND


def test_leaving_ends_ones_own_window_only(cast):
    story = a_story()
    see(cast.editor, story)
    see(cast.editor, story, key="second")
    see(cast.reporter, story)
    leave_story(user=cast.editor, form_key="k")
    assert [(row.user, row.form_key) for row in Presence.objects.order_by("user")] == [
        (cast.reporter, "k"),
        (cast.editor, "second"),
    ]


def test_who_may_not_see_a_story_is_not_seen_at_it(cast):
    with pytest.raises(PermissionDenied):
        see(cast.outsider, a_story())


@pytest.mark.parametrize("place", ["x" * 61, "<b>", "headline\x00", "小节"])
def test_place_that_is_none_is_nowhere(cast, place):
    assert see(cast.editor, a_story(), place=place).place == ""


def test_presences_are_forgotten_after_a_day(cast):
    see(cast.editor, a_story())
    assert forget_old_presences(MONDAY + timedelta(hours=23)) == 0
    assert forget_old_presences(MONDAY + timedelta(hours=25)) == 1
