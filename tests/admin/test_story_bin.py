"""The bin at the desk: asked before, undone with one button, emptied by administrators."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from articles.actions import bin_story, withdraw_story
from articles.models import Story
from tests.builders import MONDAY, OPERATOR, a_publication, a_story
from tests.page import page
from tests.story_form import StoryForm, desk
from tests.story_lists import a_list


@pytest.fixture(autouse=True)
def monday_morning(reading_at):
    reading_at(MONDAY + timedelta(hours=1))


def url(name: str, story: Story | None = None) -> str:
    return reverse(f"admin:articles_story_{name}", args=[story.pk] if story else [])


def test_story_is_put_into_the_bin_and_taken_out_again(cast):
    """The confirmation says what happens; the list no longer shows it, its form says where it is."""
    story = a_story("旧稿", by=cast.reporter)
    reporter = desk(cast.reporter)
    assert "can be taken out again" in reporter.get(url("delete", story)).content.decode()
    reporter.post(url("delete", story))
    assert "旧稿" not in page(reporter.get(url("changelist"))).one(id="changelist-form").text
    assert "旧稿" in reporter.get(url("changelist"), {"status": "bin"}).content.decode()
    form = page(reporter.get(url("change", story))).one("form", id="story_form")
    assert "In the bin since" in form.text
    assert form.one("button", formaction=url("take_out", story)).text == "Take out of the bin"
    assert not page(desk(cast.editor).get(url("change", story))).all("button", formaction=url("take_out", story))
    reporter.post(url("take_out", story))
    assert StoryForm.edit(reporter, story).values["headline"] == ["旧稿"]


@pytest.mark.parametrize(("name", "method"), [("delete", "post"), ("take_out", "post"), ("take_out", "get")])
def test_others_neither_bin_nor_take_out(cast, name, method):
    story = a_story("旧稿", by=cast.reporter)
    if name == "take_out":
        bin_story(story=story, by=OPERATOR)
    answer = getattr(desk(cast.other_reporter), method)(url(name, story))
    assert answer.status_code in {403, 405}
    assert Story.objects.on_the_desk().exists() == (name == "delete")


def test_save_of_a_story_that_went_into_the_bin_hands_the_text_back(cast):
    story = a_story("旧稿", by=cast.reporter)
    form = StoryForm.edit(desk(cast.reporter), story).fill(opening="<p>三小时的工作</p>")
    bin_story(story=story, by=cast.chief_editor)
    back = form.refused()
    assert "bin" in back.messages
    assert back.values["opening"] == ["<p>三小时的工作</p>"]


def test_administrator_empties_the_bin(cast):
    """Its page says what goes and what stays; a GET deletes nothing."""
    draft, public = a_story("草稿"), a_publication("发过的").story
    withdraw_story(story=public, by=OPERATOR, note="x")
    for story in (draft, public):
        bin_story(story=story, by=OPERATOR, now=MONDAY + timedelta(hours=2))
    administrator = desk(cast.administrator)
    text = administrator.get(url("bin")).content.decode()
    assert "草稿" in text
    assert "stays: readers have seen it" in text
    assert Story.objects.count() == 2
    assert "1 story was deleted for ever" in administrator.post(url("bin"), follow=True).content.decode()
    assert Story.objects.get() == public


@pytest.mark.parametrize("who", ["reporter", "chief_editor", "outsider"])
def test_bin_page_is_for_administrators(cast, who):
    bin_story(story=a_story("秘密标题"), by=OPERATOR)
    for method in ("get", "post"):
        answer = getattr(desk(getattr(cast, who)), method)(url("bin"))
        assert answer.status_code == 403
        assert "秘密标题" not in answer.content.decode()
    assert Story.objects.exists()


def test_binned_story_is_offered_nowhere(cast):
    """No autocomplete and no search of the list finds it."""
    story = a_story("专车旧稿")
    bin_story(story=story, by=OPERATOR)
    editor = desk(cast.editor)
    chooser = f"{reverse('admin:autocomplete')}?app_label=articles&model_name=relatedlink&field_name=related_story"
    for term in ("", "专车"):
        assert editor.get(f"{chooser}&term={term}").json()["results"] == []
    assert "专车旧稿" not in page(editor.get(url("changelist"), {"q": "专车"})).one(id="changelist-form").text


def test_bin_with_a_story_that_a_list_names_is_not_emptied(cast):
    """The administrator is told which story and which list; nothing is deleted."""
    story = a_story("要上榜", by=cast.reporter)
    a_list(story, name="明日头条")
    for each in (story, a_story("无关", by=cast.reporter)):
        bin_story(story=each, by=OPERATOR, now=MONDAY)
    answer = desk(cast.administrator).post(url("bin"), follow=True).content.decode()
    assert "要上榜" in answer
    assert "明日头条" in answer
    assert Story.objects.count() == 2
