"""Several plans for one story, and what becomes of them when one is called off or moved."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from articles.models import Activity, Publication, Story
from tests.builders import a_story
from tests.publishing import (
    a_planned_week,
    assert_stored_chain_is_right,
    cancel,
    change,
    hour,
    last_activity,
    move,
    publish,
    seen,
    windows,
    withdraw,
)

pytestmark = pytest.mark.django_db


def test_several_scheduled_take_turns():
    """Each until the next or its own end."""
    story, _planned = a_planned_week()
    assert windows(story) == [("published", 0, 2), ("published", 2, 4), ("published", 4, 5), ("published", 8, None)]
    assert [seen(story, moment) for moment in (1, 2, 4, 5, 7.9, 8)] == ["一", "二", "三", None, None, "四"]
    assert_stored_chain_is_right(story)


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (1, ["一", "一", "三", None, "四"]),
        (2, ["一", "二", "二", "二", "四"]),
        (3, ["一", "二", "三", None, None]),
    ],
)
def test_cancelling_one_leaves_the_others_right(index, expected):
    """What it would have ended goes on, and the rest stays as asked for."""
    story, planned = a_planned_week()
    cancel(planned[index], 1)
    assert [seen(story, moment) for moment in (1, 3, 4.5, 7, 9)] == expected
    assert_stored_chain_is_right(story)


def test_cancelling_gives_an_earlier_end_back():
    """An end asked for, and cut short by a later publication, holds again when that one is cancelled."""
    story = a_story("一")
    publish(story, until=6)
    planned = publish(story, at=3)
    cancel(planned, 1)
    assert windows(story) == [("published", 0, 6)]


def test_publishing_at_the_moment_of_another_replaces_it():
    """The later decision holds; there are never two."""
    story, planned = a_planned_week()
    change(story, "新")
    publish(story, 1, at=4)
    assert [seen(story, moment) for moment in (3, 4, 5, 8)] == ["二", "新", "新", "四"]
    assert not Publication.objects.filter(pk=planned[2].pk).exists()
    assert_stored_chain_is_right(story)


def test_publishing_now_leaves_what_is_scheduled():
    """A correction now does not call off tomorrow."""
    story, _planned = a_planned_week()
    change(story, "改")
    publish(story, 1)
    assert [seen(story, moment) for moment in (0, 1, 2)] == ["一", "改", "二"]


def test_cancelling_the_only_scheduled_publication_leaves_a_draft():
    """The story is a draft again, and may be deleted."""
    story = a_story()
    cancel(publish(story, at=5), 1)
    assert windows(story) == []
    assert not Story.objects.get().has_publications
    assert last_activity(story) == Activity.Verb.CANCELLED


def test_cancelling_the_first_moves_the_address_to_the_next():
    """When what was to be first is called off, the story first goes live with the next; its lists follow."""
    story = a_story("一")
    first, second = publish(story, at=5), publish(story, at=48)
    assert second.first_live_at == hour(5)
    cancel(first, 1)
    second.refresh_from_db()
    assert second.first_live_at == hour(48)
    assert second.sectionlistings.get().first_live_at == hour(48)
    assert_stored_chain_is_right(story)


def test_publishing_earlier_moves_the_address_back():
    """A story scheduled for Friday and published today has today's address on Friday too."""
    story = a_story("一")
    later = publish(story, at=48)
    publish(story, 1)
    later.refresh_from_db()
    assert later.first_live_at == hour(1)
    assert_stored_chain_is_right(story)


@pytest.mark.parametrize("what", ["publication", "withdrawal"])
@pytest.mark.parametrize("late", [0, 1])
def test_cancelling_what_has_begun_is_refused(what, late):
    """From the moment it is live on: readers have seen it."""
    story = a_story()
    publish(story)
    change(story, "二")
    planned = publish(story, at=5) if what == "publication" else withdraw(story, at=5)
    with pytest.raises(ValidationError):
        cancel(planned, 5 + late)
    assert Publication.objects.filter(pk=planned.pk).exists()


def test_cancelling_twice_is_refused():
    """The second of two editors is told that it is done."""
    story = a_story()
    planned = publish(story, at=5)
    stale = Publication.objects.get(pk=planned.pk)
    cancel(planned, 1)
    with pytest.raises(ValidationError):
        cancel(stale, 1)
    assert story.activities.filter(verb=Activity.Verb.CANCELLED).count() == 1


# Moving


def test_moving_keeps_the_version_and_its_end():
    """The same revision at another moment; who moved it has decided it."""
    story, planned = a_planned_week()
    moved = move(planned[2], 1, at=4.5)
    assert (moved.pk, moved.revision, moved.requested_until) == (planned[2].pk, planned[2].revision, hour(5))
    assert [seen(story, moment) for moment in (4, 4.5, 5, 8)] == ["二", "三", None, "四"]
    assert moved.created_at == hour(1)
    assert story.activities.order_by("-id").first().detail["moved_from"] == str(hour(4))
    assert_stored_chain_is_right(story)


def test_moving_past_others_leaves_them_right():
    """What stands between goes on until the next begins."""
    story, planned = a_planned_week()
    move(planned[1], 1, at=9)
    assert [seen(story, moment) for moment in (1, 3, 4, 5, 8, 9)] == ["一", "一", "三", None, "四", "二"]
    move(planned[3], 1, at=1.5)
    assert [seen(story, moment) for moment in (1, 1.5, 4, 8, 9)] == ["一", "四", "三", None, "二"]
    assert_stored_chain_is_right(story)


def test_moving_the_end_too():
    story, planned = a_planned_week()
    move(planned[2], 1, at=4, until=7)
    assert [seen(story, moment) for moment in (6, 7)] == ["三", None]
    move(planned[2], 1, at=4, until=None)
    assert [seen(story, moment) for moment in (7, 8)] == ["三", "四"]
    assert_stored_chain_is_right(story)


def test_moving_the_first_moves_the_address():
    """Earlier or later: the date in the address is that of the first publication."""
    story = a_story()
    first = publish(story, at=30)
    for at in (3, 60):
        assert move(first, 1, at=at).first_live_at == hour(at)
        assert first.sectionlistings.get().first_live_at == hour(at)


def test_moving_to_where_it_is_changes_nothing():
    story, planned = a_planned_week()
    before = story.activities.count()
    assert move(planned[2], 1, at=4) == planned[2]
    assert story.activities.count() == before


@pytest.mark.parametrize("at", [0.5, 1, 8, 5])
def test_moving_to_an_unfit_moment_is_refused(at):
    """The past, the present, where something else begins, and not before its own end."""
    story, planned = a_planned_week()
    before = windows(story)
    with pytest.raises(ValidationError) as refused:
        move(planned[2], 1, at=at)
    assert set(refused.value.message_dict) == {"reschedule_at"}
    assert windows(story) == before


def test_moving_what_has_begun_or_was_cancelled_is_refused():
    story, planned = a_planned_week()
    before = windows(story)
    for publication, now in ((planned[0], 0), (planned[1], 2), (planned[1], 3)):
        with pytest.raises(ValidationError):
            move(publication, now, at=20)
    assert windows(story) == before
    stale = Publication.objects.get(pk=planned[3].pk)
    cancel(planned[3], 1)
    with pytest.raises(ValidationError):
        move(stale, 1, at=20)


def test_moving_a_withdrawal():
    """Later or earlier, as long as there is something to withdraw."""
    story = a_story("一")
    publish(story, until=20)
    withdrawal = withdraw(story, at=5)
    for at in (9, 3):
        assert move(withdrawal, 1, at=at).live_from == hour(at)
        assert [seen(story, at - 0.1), seen(story, at)] == ["一", None]
    with pytest.raises(ValidationError):
        move(withdrawal, 1, at=20)
    assert_stored_chain_is_right(story)


def test_nothing_is_moved_over_a_withdrawal():
    """Neither a withdrawal over a version, which would then bring the story back, nor the other way round."""
    story = a_story("一")
    publish(story)
    change(story, "二")
    version, withdrawal = publish(story, at=5), withdraw(story, at=8)
    for publication, at in ((withdrawal, 4), (version, 9)):
        with pytest.raises(ValidationError) as refused:
            move(publication, 1, at=at)
        assert set(refused.value.message_dict) == {"reschedule_at"}
    assert windows(story) == [("published", 0, 5), ("published", 5, 8), ("withdrawn", 8, None)]


def test_moving_a_first_version_behind_its_correction_is_refused():
    """It would then change the corrected text back without a word."""
    story = a_story("一")
    first = publish(story, at=5)
    change(story, "二")
    publish(story, at=8, note="更正")
    with pytest.raises(ValidationError) as refused:
        move(first, 1, at=9)
    assert refused.value.code == "plan_unexplained"
    assert windows(story) == [("published", 5, 8), ("corrected", 8, None)]
