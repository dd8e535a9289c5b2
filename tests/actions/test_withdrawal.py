"""Withdrawing: what takes a story from readers, and what brings it back."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from articles.models import Activity, Publication
from tests.builders import a_story
from tests.publishing import (
    TICK,
    a_planned_week,
    assert_stored_chain_is_right,
    cancel,
    change,
    hour,
    last_activity,
    publish,
    seen,
    windows,
    withdraw,
)

pytestmark = pytest.mark.django_db


def test_withdrawing_takes_the_story_from_readers():
    """From now on its page holds the note and nothing of the text."""
    story = a_story("一")
    publish(story)
    publication = withdraw(story, 3, note="事实有误")
    assert [seen(story, moment) for moment in (2.99, 3, 99)] == ["一", None, None]
    current = Publication.objects.current(hour(5)).get(story=story)
    assert current == publication
    assert (current.kind, current.note, current.slug) == ("withdrawn", "事实有误", story.slug)
    assert last_activity(story) == Activity.Verb.WITHDRAWN
    assert_stored_chain_is_right(story)


def test_withdrawing_cancels_everything_later():
    """Otherwise a scheduled change would bring the story back."""
    story, _planned = a_planned_week()
    withdraw(story, 1)
    assert windows(story) == [("published", 0, 1), ("withdrawn", 1, None)]
    assert_stored_chain_is_right(story)


def test_withdrawing_later_leaves_what_comes_before():
    """A planned withdrawal keeps what is planned until then, and can be called off."""
    story, _planned = a_planned_week()
    withdrawal = withdraw(story, 1, at=4.5)
    assert [seen(story, moment) for moment in (2, 4, 4.5, 9)] == ["二", "三", None, None]
    cancel(withdrawal, 2)
    assert [seen(story, moment) for moment in (4.5, 5)] == ["三", None]
    assert_stored_chain_is_right(story)


def test_withdrawing_in_the_moment_of_a_change_takes_its_place():
    """At the start of what was to follow: the story ends with what was live until then."""
    story, _planned = a_planned_week()
    withdraw(story, 1, at=2)
    assert windows(story) == [("published", 0, 2), ("withdrawn", 2, None)]
    assert_stored_chain_is_right(story)


def test_withdrawing_what_went_live_this_very_moment():
    """Published by mistake and withdrawn in the same moment: it was public for a tick, and may come back later."""
    story = a_story("一")
    first = publish(story, 1)
    withdrawal = withdraw(story, 1)
    assert withdrawal.live_from == first.live_from + TICK
    assert [seen(story, moment) for moment in (1.001, 2)] == [None, None]
    publish(story, 5)
    assert seen(story, 5) == "一"


@pytest.mark.parametrize("at", [None, 3])
def test_withdrawing_what_is_not_live_is_refused(at):
    """Neither a draft, nor something to come, nor something withdrawn can be taken from readers."""
    story = a_story()
    for prepare in (lambda: None, lambda: publish(story, at=9), lambda: (publish(story), withdraw(story, 1))):
        prepare()
        before = windows(story)
        with pytest.raises(ValidationError) as refused:
            withdraw(story, 2, at=at)
        assert set(refused.value.message_dict) == {"withdraw_at"}
        assert windows(story) == before


def test_withdrawing_what_was_never_public_is_refused():
    """A withdrawal in the moment a story was to go live would tell readers of a story they were never to know of."""
    story = a_story()
    publish(story, at=5)
    with pytest.raises(ValidationError) as refused:
        withdraw(story, 1, at=5)
    assert set(refused.value.message_dict) == {"withdraw_at"}
    assert windows(story) == [("published", 5, None)]


def test_withdrawing_in_the_past_is_refused():
    """The past was read already."""
    story = a_story()
    publish(story)
    with pytest.raises(ValidationError) as refused:
        withdraw(story, 2, at=1)
    assert set(refused.value.message_dict) == {"withdraw_at"}


def test_withdrawing_with_too_long_a_note_is_refused():
    """The note has room for 500 characters on either database."""
    story = a_story()
    publish(story)
    with pytest.raises(ValidationError) as refused:
        withdraw(story, 1, note="长" * 501)
    assert set(refused.value.message_dict) == {"note"}
    assert seen(story, 1)


def test_cancelling_the_publication_calls_its_withdrawal_off():
    """A page that says "withdrawn" under a story that never was public would betray it; a later plan stays."""
    story = a_story("一")
    first = publish(story, at=5)
    withdraw(story, at=6)
    later = publish(story, at=8)
    cancel(first, 1)
    assert windows(story) == [("published", 8, None)]
    later.refresh_from_db()
    assert later.first_live_at == hour(8)
    assert_stored_chain_is_right(story)


def test_cancelling_a_publication_keeps_the_withdrawal_of_what_was_public():
    """A withdrawal planned for a story that is public stays when a change in between is called off."""
    story = a_story("一")
    publish(story)
    middle = publish(story, at=5, note="更正")
    withdraw(story, at=8)
    cancel(middle, 1)
    assert windows(story) == [("published", 0, 8), ("withdrawn", 8, None)]


def test_correction_of_what_was_called_off_is_no_correction():
    """When nothing was public before it, the page corrects nothing."""
    story = a_story("一")
    first = publish(story, at=5)
    change(story, "二")
    second = publish(story, at=8, note="更正")
    assert second.kind == Publication.Kind.CORRECTED
    cancel(first, 1)
    second.refresh_from_db()
    assert second.kind == Publication.Kind.PUBLISHED
