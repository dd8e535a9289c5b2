"""Who is told what about a story, and who is not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.actions import approve_story, publish_story, send_back_story, submit_story, write_note
from articles.actions.notifying import tell
from articles.models import DeskProfile, Notification
from tests.builders import MONDAY, a_section, a_story

HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_reviews(settings):
    settings.REVIEW_STAGES = "three"


@pytest.fixture
def story(cast):
    return a_story(by=cast.reporter)


def told() -> list[tuple[str, str]]:
    """(who, what), in the order of names, since the last time it was asked."""
    rows = Notification.objects.filter(seen_at=None).order_by("user__username", "kind")
    found = list(rows.values_list("user__username", "kind"))
    Notification.objects.update(seen_at=MONDAY)
    return found


def test_mention_in_a_note_tells_the_colleague_and_the_author(cast, story):
    """Each once: whoever is mentioned on their own story is told of the mention only."""
    write_note(story=story, by=cast.editor, text="@he 看看", now=MONDAY)
    assert told() == [("he", "mentioned"), ("lin", "noted")]
    write_note(story=story, by=cast.editor, text="@lin 看看", now=MONDAY)
    assert told() == [("lin", "mentioned")]


def test_nobody_is_told_what_they_did_themselves(cast, story):
    """A note on one's own story that mentions oneself is silent."""
    write_note(story=story, by=cast.reporter, text="@lin 记得补数字", now=MONDAY)
    assert told() == []


def test_answer_tells_who_began_the_thread(cast, story):
    """Besides the author."""
    thread = write_note(story=story, by=cast.editor, text="数字?", now=MONDAY)
    told()
    write_note(story=story, by=cast.reporter, text="补了", thread=thread, now=MONDAY)
    assert told() == [("zhao", "noted")]


def test_submitted_story_tells_who_may_review_it_at_that_stage(cast, story):
    """Not the author, not who may only write, not administrators."""
    submit_story(story=story, by=cast.reporter, now=MONDAY)
    assert told() == [("tang", "submitted"), ("zhao", "submitted"), ("zhou", "submitted")]


def test_superuser_outside_the_desk_is_not_told(cast, story, django_user_model):
    """Whoever may do everything reviews where it is needed, and gets no mail of every story."""
    django_user_model.objects.create_superuser("root", password="test-password")
    submit_story(story=story, by=cast.reporter, now=MONDAY)
    assert "root" not in dict(told())


def test_submitted_story_tells_nobody_whose_sections_it_is_not(cast, story):
    """An editor of sports hears of sports; a story without a section is everybody's."""
    profile = DeskProfile.objects.create(user=cast.editor)
    profile.sections.add(a_section("体育", "sports"))
    submit_story(story=story, by=cast.reporter, now=MONDAY)
    assert told() == [("tang", "submitted"), ("zhou", "submitted")]
    submit_story(story=a_story(section=None, by=cast.reporter), by=cast.reporter, now=MONDAY)
    assert ("zhao", "submitted") in told()


def test_each_stage_tells_the_author_and_the_next_reviewers(cast, story):
    """Only those who may decide at the next stage."""
    submit_story(story=story, by=cast.reporter, now=MONDAY)
    approve_story(story=story, by=cast.editor, now=MONDAY)
    told()
    approve_story(story=story, by=cast.second_editor, now=MONDAY + HOUR)
    assert told() == [("lin", "approved"), ("tang", "submitted")]
    approve_story(story=story, by=cast.chief_editor, now=MONDAY + HOUR)
    assert told() == [("lin", "approved")]


def test_sent_back_story_tells_the_author_once(cast, story):
    """Of the story, and not of the note besides; whom the note mentions is told."""
    submit_story(story=story, by=cast.reporter, now=MONDAY)
    told()
    send_back_story(story=story, by=cast.editor, note="@he 核对数字", now=MONDAY)
    assert told() == [("he", "mentioned"), ("lin", "sent_back")]


def test_story_submitted_again_is_told_again(cast, story):
    """Sent back and submitted unchanged, it waits anew."""
    for hours in (0, 1):
        submit_story(story=story, by=cast.reporter, now=MONDAY + hours * HOUR)
        assert ("zhao", "submitted") in told()
        send_back_story(story=story, by=cast.editor, note="再看", now=MONDAY + hours * HOUR)


def test_emergency_tells_the_chief_editors(cast, story, django_user_model):
    """All but the one who did it."""
    colleague = django_user_model.objects.create_user("yang", password="test-password", is_staff=True)
    colleague.groups.set(cast.chief_editor.groups.all())
    publish_story(story=story, by=cast.chief_editor, override="地震", now=MONDAY)
    assert told() == [("yang", "emergency")]


def test_telling_the_same_twice_tells_once(cast, story):
    """The key decides."""
    for _ in range(2):
        tell(users=[cast.editor, cast.editor, None], kind="noted", story=story, at=MONDAY, key="k", by=cast.reporter)
    tell(users=[cast.editor], kind="noted", story=story, at=MONDAY, key="other", by=cast.reporter)
    assert told() == [("zhao", "noted")] * 2


def test_people_who_may_not_read_the_desk_are_not_told(cast, story):
    """No role, no login to the admin, or gone: nothing is kept for them."""
    cast.editor.is_staff = False
    cast.second_editor.is_active = False
    users = [cast.outsider, cast.editor, cast.second_editor]
    tell(users=users, kind="noted", story=story, at=MONDAY, key="k")
    assert told() == []
