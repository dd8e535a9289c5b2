"""Withdrawals and retractions: of what readers had by then, and in every feed in which they saw the story."""

from __future__ import annotations

from typing import Any

import pytest

from articles.actions import save_story
from articles.models import Contributor, FeedListing, Publication, Story, Topic
from articles.syndication import entries
from articles.syndication.entry import State
from tests.builders import OPERATOR, a_section, a_story, story_rows
from tests.publishing import assert_stored_chain_is_right, cancel, change, hour, move, publish, withdraw

pytestmark = pytest.mark.django_db


def a_topic(name: str) -> Topic:
    return Topic.objects.create(name=name, slug=name)


def saved_as(story: Story, headline: str, **values: Any) -> None:
    """The story says something else, under something else, from now on."""
    values.setdefault("section", a_section())
    rows = story_rows(headline, story=Story.objects.get(pk=story.pk), **values)
    save_story(rows=rows, by=OPERATOR, now=hour(0.5))


def states(subject: str, row: Any, number: float) -> list[State]:
    return [entry.state for entry in entries.of_subject(subject, row.pk, hour(number)).entries]


def test_withdrawal_keeps_nothing_of_a_version_that_was_called_off():
    """Readers never had it: its topic and its author stay unknown, and the story ends where it was seen."""
    old, secret = a_topic("old"), a_topic("secret")
    person = Contributor.objects.create(name="不可说", slug="hidden")
    story = a_story("一", topics=[old])
    first = publish(story)
    saved_as(story, "二", topics=[secret], bylines=[(person, "reporter")], noindex=True)
    Story.objects.update(slug="secret-address")
    planned = publish(story, 1, at=5)
    ending = withdraw(story, 2, at=10, note="撤")
    assert ending.revision == planned.revision
    cancel(planned, 3)
    ending.refresh_from_db()
    assert (ending.revision, ending.slug, ending.noindex) == (first.revision, first.slug, False)
    assert not FeedListing.objects.filter(topic=secret).exists()
    assert not FeedListing.objects.filter(contributor=person).exists()
    assert [states("topic", old, number) for number in (9, 11)] == [[State.LIVE], [State.WITHDRAWN]]
    assert_stored_chain_is_right(story)


def test_withdrawal_tells_of_a_version_planned_before_it_since():
    old, new = a_topic("old"), a_topic("new")
    story = a_story("一", topics=[old])
    publish(story)
    ending = withdraw(story, 2, at=10, note="撤")
    saved_as(story, "二", topics=[new])
    planned = publish(story, 3, at=5)
    ending.refresh_from_db()
    assert ending.revision == planned.revision
    assert [states("topic", new, number) for number in (4, 6, 11)] == [[], [State.LIVE], [State.WITHDRAWN]]
    assert [states("topic", old, number) for number in (4, 6, 11)] == [[State.LIVE], [], [State.WITHDRAWN]]
    assert_stored_chain_is_right(story)


def test_withdrawal_tells_of_what_was_published_at_once_before_it():
    story = a_story("一")
    publish(story)
    ending = withdraw(story, 2, at=10, note="撤")
    change(story, "二")
    second = publish(story, 3)
    ending.refresh_from_db()
    assert ending.revision == second.revision
    assert_stored_chain_is_right(story)


@pytest.mark.parametrize("kind", ["withdrawal", "retraction"])
def test_ending_reaches_every_feed_the_story_was_in(kind):
    """Where it was under before it was moved as well: whoever read it there is told."""
    before, after = a_section("甲", "a"), a_section("乙", "b")
    first, second = a_topic("first"), a_topic("second")
    story = a_story("一", section=before, topics=[first])
    publish(story)
    saved_as(story, "二", section=after, topics=[second])
    publish(story, 1)
    if kind == "withdrawal":
        withdraw(story, 2, note="撤")
    else:
        publish(story, 2, change="retraction", note="不实")
    state = State.WITHDRAWN if kind == "withdrawal" else State.RETRACTED
    for subject, row in (("section", before), ("section", after), ("topic", first), ("topic", second)):
        assert states(subject, row, 3) == [state]
    assert not Publication.objects.get(live_from=hour(2)).sectionlistings.exists()
    assert_stored_chain_is_right(story)


def test_planned_retraction_reaches_what_is_published_before_it_since():
    old, new = a_topic("old"), a_topic("new")
    story = a_story("一", topics=[old])
    publish(story)
    publish(story, 0, at=10, change="retraction", note="不实")
    saved_as(story, "二", topics=[new])
    planned = publish(story, 1, at=5)
    assert states("topic", new, 11) == [State.RETRACTED]
    cancel(planned, 2)
    assert states("topic", new, 11) == []
    assert states("topic", old, 11) == [State.RETRACTED]
    assert_stored_chain_is_right(story)


def test_withdrawal_that_has_begun_stays_as_it_was():
    """Also when the story comes back as something else and is withdrawn again."""
    old, new = a_topic("old"), a_topic("new")
    story = a_story("一", topics=[old])
    publish(story)
    ending = withdraw(story, 0, at=1, note="撤")
    stored = Publication.objects.filter(pk=ending.pk).values("revision", "slug", "noindex", "told_at")
    had = stored.get()
    saved_as(story, "二", topics=[new])
    publish(story, 2, change="update", note="新")
    withdraw(story, 3, at=5, note="又撤")
    assert stored.get() == had
    assert states("topic", new, 1) == []
    assert_stored_chain_is_right(story)


def test_story_that_is_moved_is_told_at_its_new_moment():
    """Its feeds know no other moment, whatever was planned first."""
    story = a_story("一")
    publish(story, at=5)
    move(story.publications.get(), 1, at=7)
    assert {row.told_at for row in FeedListing.objects.all()} == {hour(7)}
    assert_stored_chain_is_right(story)


def test_minor_change_is_told_anew_once_there_is_a_gap_before_it():
    """Whether a change is news follows from what comes before it, which may be called off or cut short."""
    story = a_story("一")
    publish(story)
    change(story, "二")
    second = publish(story, at=2)
    change(story, "三")
    third = publish(story, at=4)
    assert third.told_at == hour(0)
    move(second, 1, at=2, until=3)
    third.refresh_from_db()
    assert third.told_at == hour(4)
    assert_stored_chain_is_right(story)
    cancel(second, 1)
    third.refresh_from_db()
    assert third.told_at == hour(0)
    assert_stored_chain_is_right(story)
