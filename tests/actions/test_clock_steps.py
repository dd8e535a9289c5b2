"""A clock that is set back: what has begun stays begun, and nothing breaks."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from articles.models import Publication
from tests.builders import a_story
from tests.publishing import (
    TICK,
    assert_stored_chain_is_right,
    cancel,
    change,
    hour,
    move,
    publish,
    seen,
    windows,
    withdraw,
)

pytestmark = pytest.mark.django_db

# The clock goes back from 1 to five minutes before.
BACK = 1 - 5 / 60


def test_publishing_after_the_clock_went_back_follows_what_was_published():
    """The second version begins right after the first, and the first is kept."""
    story = a_story("一")
    first = publish(story, 1)
    change(story, "二")
    second = publish(story, BACK, change="correction", note="更正")
    assert (second.live_from, second.kind) == (first.live_from + TICK, "corrected")
    assert story.publications.filter(pk=first.pk).exists()
    assert seen(story, 1.01) == "二"
    assert_stored_chain_is_right(story)


def test_publishing_the_same_after_the_clock_went_back_is_once():
    story = a_story()
    assert publish(story, 1) == publish(story, BACK)


def test_withdrawing_after_the_clock_went_back_keeps_what_was_public():
    story = a_story("一")
    first = publish(story, 1)
    assert withdraw(story, BACK).live_from == first.live_from + TICK
    assert seen(story, 1.01) is None
    assert story.publications.count() == 2


@pytest.mark.parametrize("act", [cancel, lambda row, now: move(row, now, at=9)])
def test_what_has_begun_is_no_plan_after_the_clock_went_back(act):
    """Published at once, or scheduled and seen by the ticker: readers have read it."""
    story = a_story()
    begun = [publish(story, 1)]
    planned = publish(story, 2, at=5, note="更正")
    Publication.objects.filter(pk=planned.pk).update(begin_done_at=hour(5))
    for row, now in ((begun[0], BACK), (planned, 5 - 5 / 60)):
        with pytest.raises(ValidationError):
            act(row, now)
    assert windows(story) == [("published", 1, 5), ("corrected", 5, None)]


@pytest.mark.parametrize("act", [publish, withdraw, lambda story, now: cancel(story.publications.last(), now)])
def test_clock_that_must_be_wrong_is_named(act):
    """A machine that woke up in another year calls nothing off, and says why."""
    story = a_story()
    publish(story)
    publish(story, 2, at=5, note="更正")
    before = windows(story)
    with pytest.raises(ValidationError) as refused:
        act(story, -24 * 365)
    assert refused.value.code == "clock"
    assert windows(story) == before
