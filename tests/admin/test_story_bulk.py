"""Several stories of the list at once: each is asked for by itself, and the record names who pressed the button."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from articles.actions import approve_story, bin_story, publish_story, submit_story
from articles.models import Activity, DeskProfile, Publication, Story
from tests.builders import MONDAY, OPERATOR, a_section, a_story
from tests.page import page
from tests.story_form import desk

LIST = "admin:articles_story_changelist"


@pytest.fixture(autouse=True)
def monday_morning(reading_at):
    reading_at(MONDAY + timedelta(hours=1))


def press(user, action: str, *stories: Story, **parameters: str):
    """Tick the stories and start the action; the page that follows."""
    posted = {"action": action, "_selected_action": [story.pk for story in stories]}
    return desk(user).post(reverse(LIST, query=parameters), posted, follow=True)


def offered(user, **parameters: str) -> set[str]:
    found = page(desk(user).get(reverse(LIST), parameters)).all("select", name="action")
    return {option.attributes["value"] for select in found for option in select.all("option")} - {""}


def test_list_offers_what_its_user_may_do(cast, settings):
    settings.REVIEW_STAGES = "one"
    bin_story(story=a_story("旧稿"), by=OPERATOR)
    a_story("新稿")
    assert offered(cast.reporter) == {"submit", "bin"}
    assert offered(cast.chief_editor) == {"submit", "publish", "bin"}
    assert offered(cast.photo_editor) == set()
    assert offered(cast.chief_editor, status="bin") == {"take_out"}


def test_approved_stories_are_published_and_others_refused_by_name(cast, settings):
    settings.REVIEW_STAGES = "one"
    stories = [a_story(name, by=cast.reporter, section=a_section()) for name in ("甲稿", "乙稿")]
    submit_story(story=stories[0], by=cast.reporter)
    approve_story(story=stories[0], by=cast.editor)
    answer = press(cast.chief_editor, "publish", *stories)
    assert Publication.objects.get().story == stories[0]
    assert "“乙稿”: Version 1 is not approved yet" in answer.content.decode()
    assert Activity.objects.get(verb=Activity.Verb.PUBLISHED).user == cast.chief_editor


def test_stories_of_others_are_not_submitted_in_bulk(cast, settings):
    settings.REVIEW_STAGES = "one"
    own, other = a_story("甲稿", by=cast.reporter), a_story("乙稿", by=cast.other_reporter)
    press(cast.reporter, "submit", own, other)
    assert list(Story.objects.order_by("pk").values_list("review", flat=True)) == ["submitted", "draft"]


def test_section_limit_holds_in_bulk(cast):
    DeskProfile.objects.create(user=cast.chief_editor).sections.add(a_section("体育", "sports"))
    politics = a_story(section=a_section())
    press(cast.chief_editor, "publish", politics)
    press(cast.chief_editor, "bin", politics)
    assert not Publication.objects.exists()
    assert Story.objects.on_the_desk().exists()


@pytest.mark.parametrize("who", ["reporter", "editor", "photo_editor", "administrator"])
@pytest.mark.parametrize("action", ["publish", "delete_selected", "nonsense"])
def test_action_that_is_not_offered_does_nothing(cast, who, action):
    story = a_story(by=cast.reporter)
    press(getattr(cast, who), action, story)
    assert Story.objects.on_the_desk().get() == story
    assert not Publication.objects.exists()


def test_stories_go_into_the_bin_and_come_back(cast):
    drafts = [a_story(name, by=cast.reporter) for name in ("甲稿", "乙稿")]
    live = a_story("丙稿")
    publish_story(story=live, by=OPERATOR)
    answer = press(cast.chief_editor, "bin", *drafts, live)
    assert list(Story.objects.on_the_desk()) == [live]
    assert "“丙稿”: This story is live or scheduled." in answer.content.decode()
    press(cast.chief_editor, "take_out", *drafts, status="bin")
    assert Story.objects.on_the_desk().count() == 3


@pytest.mark.parametrize("posted", ["\x00", "abc", "9" * 40])
def test_what_cannot_be_an_id_is_left_out(cast, posted):
    """The stories beside it are still acted on; alone it chooses nothing."""
    story = a_story(by=cast.reporter)
    chosen = {"action": "bin", "_selected_action": [posted, story.pk]}
    answer = desk(cast.reporter).post(reverse(LIST), chosen)
    assert answer.status_code == 302
    assert Story.objects.get().binned_at is not None
    assert desk(cast.reporter).post(reverse(LIST), {"action": "bin", "_selected_action": posted}).status_code == 302
