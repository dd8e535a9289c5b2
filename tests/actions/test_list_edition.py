"""Editions follow one another; what readers have had stays; two who save the same one are merged or asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.actions import (
    Decision,
    ListConflictError,
    When,
    cancel_edition,
    end_edition,
    save_edition,
)
from articles.models import Activity, ListEdition, ListRevision, StoryList
from tests.builders import MONDAY, OPERATOR, a_publication
from tests.story_lists import a_list, an_edition, item, list_content

pytestmark = pytest.mark.django_db
HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)


def hour(number: float):
    return MONDAY + number * HOUR


@pytest.fixture
def stories():
    return [a_publication(f"稿{number}") for number in range(4)]


@pytest.fixture
def made(stories) -> StoryList:
    return a_list(stories[0], stories[1])


def current(story_list: StoryList, at) -> ListEdition:
    return story_list.editions.get(starts_at=max(row.starts_at for row in story_list.editions.holding(at)))


def save(edition: ListEdition, content, now, **values) -> ListEdition:
    return save_edition(story_list=edition.story_list, content=content, edition=edition, by=OPERATOR, now=now, **values)


def windows(story_list: StoryList) -> list[tuple]:
    """(begin, end) of all editions but drafts in hours, in order."""
    rows = story_list.editions.exclude(starts_at=None).order_by("starts_at")
    return [
        tuple(None if moment is None else (moment - MONDAY) / HOUR for moment in (row.starts_at, row.ends_at))
        for row in rows
    ]


def test_saving_what_readers_have_makes_the_next_edition(made, stories):
    """From now on; the one before keeps what it held, and ends there."""
    first = made.editions.get()
    second = save(first, list_content(stories[2]), hour(1), based_on=1)
    assert windows(made) == [(0, 1), (1, None)]
    first.refresh_from_db()
    assert first.content.story_ids == (stories[0].story_id, stories[1].story_id)
    assert second.content.story_ids == (stories[2].story_id,)


def test_saving_what_readers_have_unchanged_writes_nothing(made):
    """No edition, no version, nothing in the trail, whoever saved it last."""
    first = made.editions.get()
    before = Activity.objects.count()
    assert save(first, first.content, hour(1), based_on=1) == first
    assert save(first, first.content, hour(2), when=When(now=True)) == first
    assert (ListEdition.objects.count(), ListRevision.objects.count()) == (1, 1)
    assert Activity.objects.count() == before


def test_unchanged_headline_of_its_own_is_no_change(stories):
    """A form does not say what it was written over."""
    made = a_list(item(stories[0], headline="自拟"))
    first = made.editions.get()
    assert first.content.items[0].written_over == "稿0"
    typed = list_content(item(stories[0], headline="自拟"))
    assert save(first, typed, hour(1), based_on=1) == first


def test_second_of_two_editors_is_merged(made, stories):
    """Both opened version 1; the second knows nothing of the edition that the first one's save began."""
    first = made.editions.get()
    a, b = first.content.items
    save(first, first.content.with_items([a, b, item(stories[2])]), hour(1), based_on=1)
    saved = save(first, replace(first.content, length=5), hour(2), based_on=1)
    assert (saved.content.length, len(saved.content.items)) == (5, 3)
    assert windows(made) == [(0, 1), (1, 2), (2, None)]


def test_second_of_two_editors_is_asked_and_nothing_is_stored(made):
    """The contradiction is named; once it is decided, what was chosen is stored."""
    first = made.editions.get()
    save(first, replace(first.content, title="她的"), hour(1), based_on=1)
    mine = replace(first.content, title="我的")
    with pytest.raises(ListConflictError) as error:
        save(first, mine, hour(2), based_on=1)
    assert [(each.place, each.theirs, each.mine) for each in error.value.conflicts] == [("title", "她的", "我的")]
    assert error.value.latest.number == 2
    assert ListRevision.objects.count() == 2
    saved = save(first, mine, hour(2), based_on=1, decisions=[Decision(2, {"title": "mine"})])
    assert saved.content.title == "我的"


def test_decision_about_another_version_decides_nothing(made):
    """A third one saved in between: what was chosen against the second text says nothing about the third."""
    first = made.editions.get()
    save(first, replace(first.content, title="她的"), hour(1), based_on=1)
    save(current(made, hour(2)), replace(first.content, title="第三人的"), hour(2), based_on=2)
    with pytest.raises(ListConflictError) as error:
        save(
            first, replace(first.content, title="我的"), hour(3), based_on=1, decisions=[Decision(2, {"title": "mine"})]
        )
    assert error.value.latest.number == 3


def test_two_editors_of_a_planned_edition_are_merged_in_its_place(made, stories):
    """It has not begun: it is changed, not followed."""
    planned = an_edition(made, stories[0], stories[1], when=When(start=hour(5)), now=hour(1))
    base = planned.revision.number
    save(planned, replace(planned.content, length=3), hour(2), based_on=base)
    saved = save(planned, replace(planned.content, title="新题"), hour(3), based_on=base)
    assert (saved.pk, saved.content.length, saved.content.title) == (planned.pk, 3, "新题")
    assert windows(made) == [(0, 5), (5, None)]


def test_edition_that_began_while_it_was_edited_is_followed(made, stories):
    """Saved at 08:01 what was opened at 07:59: what readers have had for a minute stays."""
    planned = an_edition(made, stories[2], when=When(start=hour(5)), now=hour(1))
    saved = save(planned, replace(planned.content, title="新题"), hour(6), based_on=planned.revision.number)
    assert saved.pk != planned.pk
    assert windows(made) == [(0, 5), (5, 6), (6, None)]
    with pytest.raises(ValidationError) as error:
        save(planned, planned.content, hour(6), when=When(start=hour(5)))
    assert "start" in error.value.message_dict


def test_version_of_another_list_is_no_base(made, stories):
    """A crafted number is refused in words."""
    with pytest.raises(ValidationError):
        save(made.editions.get(), list_content(stories[2]), hour(1), based_on=7)
    assert windows(made) == [(0, None)]


def test_edition_cancelled_meanwhile_is_not_saved_by_chance(made, stories):
    planned = an_edition(made, stories[2], when=When(start=hour(5)), now=hour(1))
    cancel_edition(edition=planned, by=OPERATOR, now=hour(2))
    with pytest.raises(ValidationError) as error:
        save(planned, planned.content, hour(3))
    assert error.value.code == "cancelled"


def test_scheduling_the_next_ends_the_one_before_and_cancelling_gives_it_back(made, stories):
    """In whatever order they are planned."""
    late = an_edition(made, stories[1], when=When(start=hour(9)), now=hour(1))
    an_edition(made, stories[2], when=When(start=hour(5)), now=hour(1))
    assert windows(made) == [(0, 5), (5, 9), (9, None)]
    cancel_edition(edition=late, by=OPERATOR, now=hour(2))
    assert windows(made) == [(0, 5), (5, None)]
    assert late.revision in made.revisions.all()


def test_end_that_was_asked_for_leaves_a_gap_until_the_next_begins(made, stories):
    """And is cut where the next begins before it."""
    an_edition(made, stories[1], when=When(start=hour(2), end=hour(4)), now=hour(1))
    an_edition(made, stories[2], when=When(start=hour(6)), now=hour(1))
    moved = an_edition(made, stories[3], when=When(start=hour(3)), now=hour(1))
    assert windows(made) == [(0, 2), (2, 3), (3, 6), (6, None)]
    cancel_edition(edition=moved, by=OPERATOR, now=hour(1))
    assert windows(made) == [(0, 2), (2, 4), (6, None)]


def test_special_replaced_while_it_runs_gives_way_to_the_next(made, stories):
    """At once, and within the same minute; the standing one is not touched, and readers' past is not changed."""
    when = When(start=hour(2), end=hour(6), special=True)
    special = an_edition(made, stories[2], when=when, now=hour(1))
    second = save(special, list_content(stories[3]), hour(3), based_on=special.revision.number)
    third = save(second, list_content(stories[2]), hour(3), based_on=second.revision.number)
    assert windows(made)[0] == (0, None)
    rows = made.editions.filter(kind="special").order_by("starts_at")
    assert [(row.starts_at, row.ends_at) for row in rows] == [
        (hour(2), hour(3)),
        (hour(3), hour(3) + TICK),
        (hour(3) + TICK, hour(6)),
    ]
    assert third.requested_end == hour(6)


def test_specials_that_touch_are_planned_and_those_that_overlap_are_refused(made, stories):
    """The message names the other one, whichever begins first; and nothing is stored."""
    an_edition(made, stories[2], when=When(start=hour(4), end=hour(6), special=True), now=hour(1))
    an_edition(made, stories[3], when=When(start=hour(6), end=hour(7), special=True), now=hour(1))
    an_edition(made, stories[3], when=When(start=hour(2), end=hour(4), special=True), now=hour(1))
    for start, end, other in ((2.5, 3, "11:00"), (6.5, 9, "15:00"), (1.5, 9, "11:00"), (4, 5, "13:00")):
        with pytest.raises(ValidationError) as error:
            an_edition(made, stories[1], when=When(start=hour(start), end=hour(end), special=True), now=hour(1))
        assert list(error.value.message_dict) == ["start"]
        if start != 4:
            assert other in error.value.messages[0]
    assert made.editions.filter(kind="special").count() == 3


def test_two_editions_cannot_begin_at_one_moment(made, stories):
    """Told at the field, not by the database; a special may begin with a standing one."""
    an_edition(made, stories[1], when=When(start=hour(5)), now=hour(1))
    with pytest.raises(ValidationError) as error:
        an_edition(made, stories[2], when=When(start=hour(5)), now=hour(1))
    assert list(error.value.message_dict) == ["start"]
    an_edition(made, stories[2], when=When(start=hour(5), end=hour(6), special=True), now=hour(1))


def test_ended_edition_leaves_its_place(made, stories):
    """A special before its time gives way to the standing one; a standing one leaves the list empty."""
    special = an_edition(made, stories[2], when=When(start=hour(2), end=hour(6), special=True), now=hour(1))
    end_edition(edition=special, by=OPERATOR, now=hour(3))
    assert windows(made) == [(0, None), (2, 3)]
    end_edition(edition=made.editions.get(kind="standing"), by=OPERATOR, now=hour(4), end=hour(5))
    assert windows(made) == [(0, 5), (2, 3)]


def test_special_is_not_prolonged_over_the_next(made, stories):
    """Told at the end, which is what was typed."""
    special = an_edition(made, stories[2], when=When(start=hour(2), end=hour(4), special=True), now=hour(1))
    an_edition(made, stories[3], when=When(start=hour(5), end=hour(6), special=True), now=hour(1))
    end_edition(edition=special, by=OPERATOR, now=hour(3), end=hour(5))
    with pytest.raises(ValidationError) as error:
        end_edition(edition=special, by=OPERATOR, now=hour(3), end=hour(5) + TICK)
    assert list(error.value.message_dict) == ["end"]
    assert ListEdition.objects.get(pk=special.pk).ends_at == hour(5)


@pytest.mark.parametrize("end", [hour(2), hour(-1)])
def test_edition_does_not_end_in_the_past(made, end):
    with pytest.raises(ValidationError) as error:
        end_edition(edition=made.editions.get(), by=OPERATOR, now=hour(3), end=end)
    assert list(error.value.message_dict) == ["end"]


def test_edition_that_is_planned_or_over_has_no_end_to_move(made, stories):
    planned = an_edition(made, stories[1], when=When(start=hour(5)), now=hour(1))
    for edition, now in ((planned, hour(2)), (made.editions.first(), hour(6))):
        with pytest.raises(ValidationError) as error:
            end_edition(edition=edition, by=OPERATOR, now=now, end=hour(8))
        assert list(error.value.message_dict) == ["end"]


def test_begun_edition_is_not_cancelled(made):
    with pytest.raises(ValidationError):
        cancel_edition(edition=made.editions.get(), by=OPERATOR, now=hour(1))
    assert windows(made) == [(0, None)]


@pytest.mark.parametrize("who", ["reporter", "photo_editor", "administrator", "outsider"])
def test_lists_are_changed_by_their_editors_only(cast, made, stories, who):
    by, first = getattr(cast, who), made.editions.get()
    planned = an_edition(made, stories[1], when=When(start=hour(5)), now=hour(1))
    for act in (
        lambda: save_edition(story_list=made, content=list_content(stories[2]), by=by, now=hour(1)),
        lambda: cancel_edition(edition=planned, by=by, now=hour(1)),
        lambda: end_edition(edition=first, by=by, now=hour(1)),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert windows(made) == [(0, 5), (5, None)]
