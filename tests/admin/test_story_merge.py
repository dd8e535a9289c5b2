"""Two people at one form: what is merged is told, what contradicts is chosen, and nothing that was typed is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.actions import bin_story, publish_story, submit_story
from articles.models import Story, StoryRows
from tests.builders import MONDAY, OPERATOR, a_story
from tests.conflict_page import CHOSEN, asked, colleague_saves, conflict_page, merge_form, places, stored
from tests.page import inline_code, page
from tests.story_form import StoryForm, desk

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def monday_morning(reading_at):
    """Everything happens an hour after `MONDAY`."""
    reading_at(MONDAY + HOUR)


@pytest.fixture
def editor(cast):
    return desk(cast.chief_editor)


@pytest.fixture
def story(db) -> Story:
    return a_story("标题", summary="摘要", subsections=[("一", "", "<p>甲</p>"), ("二", "", "<p>乙</p>")])


def test_changes_in_different_places_are_both_saved_and_told(editor, story, cast):
    """One save, one new version with both, and a message that says what came from whom."""
    form = StoryForm.edit(editor, story).fill(subtitle="我补的副题")
    rows = StoryRows.stored(story)
    rows.subsections[1].body = "<p>她改</p>"
    colleague_saves(story, by=cast.editor, summary="她的摘要", subsections=rows.subsections)

    saved = form.saved()

    assert (stored(story).summary, stored(story).subtitle) == ("她的摘要", "我补的副题")
    assert story.subsections.get(heading="二").body == "<p>她改</p>"
    assert "Zhao saved version 2 meanwhile" in saved.messages
    assert "summary" in saved.messages
    assert "“二”" in saved.messages
    assert "version 3" in saved.messages


def test_what_contradicts_is_shown_side_by_side(editor, story, cast):
    """Both texts stand in full with what differs marked, and the one before; nothing is stored yet."""
    form = StoryForm.edit(editor, story).fill(headline="我们的新标题", kicker="我的眉题")
    colleague_saves(story, by=cast.editor, headline="她们的新标题")

    shown = asked(form)

    assert places(shown) == ["Headline"]
    theirs, mine = merge_form(shown.response).all("section")
    assert "Zhao" in theirs.text
    assert theirs.one(css_class="merge-text").text == "她们的新标题"
    assert mine.one(css_class="merge-text").text == "我们的新标题"
    assert [mark.text for mark in theirs.all("mark")] == ["她"]
    assert [mark.text for mark in mine.all("mark")] == ["我"]
    assert "标题" in merge_form(shown.response).one("details").text
    assert inline_code(page(shown.response)) == []
    assert stored(story).headline == "她们的新标题"
    assert story.revisions.count() == 2


@pytest.mark.parametrize(("chosen", "expected"), [("mine", "我的标题"), ("theirs", "她的标题"), ("own", "第三个标题")])
def test_choosing_saves_all_that_was_typed(editor, story, chosen, expected):
    """The choice, and every other field of the form that was carried along."""
    form = StoryForm.edit(editor, story).fill(headline="我的标题", opening="<p>我的开头</p>")
    form.add("subsections", heading="三", body="<p>我加</p>").delete("subsections", 0)
    colleague_saves(story, headline="她的标题", summary="她的摘要")

    asked(form).fill(**{CHOSEN: chosen, "_own:headline": "第三个标题"}).saved("_merge")

    merged = stored(story)
    assert (merged.headline, merged.summary, merged.opening) == (expected, "她的摘要", "<p>我的开头</p>")
    assert [row.heading for row in story.subsections.all()] == ["二", "三"]


def test_both_texts_can_be_kept(editor, story):
    """Of a text of paragraphs; a headline cannot be two."""
    form = StoryForm.edit(editor, story).fill(opening="<p>我的开头</p>", headline="我的标题")
    colleague_saves(story, opening="<p>她的开头</p>", headline="她的标题")
    shown = asked(form)
    radios = merge_form(shown.response).all("input", type="radio")
    offered = {(radio.attributes["name"], radio.attributes["value"]) for radio in radios}
    assert ("_choice:opening", "both") in offered
    assert (CHOSEN, "both") not in offered
    shown.fill(**{CHOSEN: "mine", "_choice:opening": "both"}).saved("_merge")
    assert stored(story).opening == "<p>她的开头</p>\n<p>我的开头</p>"


def test_without_a_choice_the_page_asks_again(editor, story):
    """What was chosen and written so far is still there."""
    form = StoryForm.edit(editor, story).fill(headline="我的标题", summary="我的摘要")
    colleague_saves(story, headline="她的标题", summary="她的摘要")
    shown = asked(form).fill(**{CHOSEN: "own", "_own:headline": "第三个标题"})
    again = conflict_page(shown, shown.press("_merge"))
    assert places(again) == ["Headline", "Summary"]
    assert (again.values[CHOSEN], again.values["_own:headline"]) == (["own"], ["第三个标题"])
    assert story.revisions.count() == 2
    again.fill(**{"_choice:summary": "mine"}).saved("_merge")
    assert (stored(story).headline, stored(story).summary) == ("第三个标题", "我的摘要")


def test_back_to_the_form_keeps_everything(editor, story):
    """The form as it was typed, new rows and panels included; saving asks again, with the choices filled in."""
    form = StoryForm.edit(editor, story).fill(headline="我的标题", publish_at="2026-03-05T08:00")
    form.add("subsections", heading="三", body="<p>我加</p>").row("subsections", 0, body="<p>我改</p>")
    colleague_saves(story, headline="她的标题")
    shown = asked(form, "_publish_at").fill(**{CHOSEN: "own", "_own:headline": "第三个标题"})

    back = StoryForm.of(editor, form.url, shown.press("_back_to_form"))

    for name, held in form.values.items():
        if name != "csrfmiddlewaretoken":
            assert back.values[name] == held, name
    assert "Nothing is saved yet" in back.messages
    assert story.revisions.count() == 2
    again = asked(back.fill(headline="我又改的标题"))
    assert (again.values[CHOSEN], again.values["_own:headline"]) == (["own"], ["第三个标题"])
    assert "我又改的标题" in merge_form(again.response).text


def test_a_third_person_who_saves_meanwhile_is_merged_too(editor, story):
    """Only what is new is asked; what was decided stays decided."""
    form = StoryForm.edit(editor, story).fill(headline="我的标题", summary="我的摘要")
    colleague_saves(story, headline="她的标题")
    shown = asked(form).fill(**{CHOSEN: "mine"})
    colleague_saves(story, summary="他的摘要", kicker="他的眉题")
    again = conflict_page(shown, shown.press("_merge"))
    assert places(again) == ["Summary"]
    again.fill(**{"_choice:summary": "theirs"}).saved("_merge")
    merged = stored(story)
    assert (merged.headline, merged.summary, merged.kicker) == ("我的标题", "他的摘要", "他的眉题")


@pytest.mark.parametrize("button", ["_publish_now", "_publish_at"])
def test_nothing_merged_is_published_unseen(editor, story, button):
    """The press saves and says why it did no more; what was typed beside the button stands in the next form."""
    form = StoryForm.edit(editor, story).fill(
        kicker="我的", publish_at="2026-03-05T08:00", publish_until="2026-03-06T08:00"
    )
    colleague_saves(story, summary="她的摘要")

    saved = form.saved(button)

    assert (stored(story).summary, stored(story).kicker) == ("她的摘要", "我的")
    assert not story.publications.exists()
    assert "Nothing was published" in saved.messages
    assert "Scheduled" not in saved.messages
    assert [saved.values[name] for name in ("publish_at", "publish_until")] == [
        ["2026-03-05T08:00"],
        ["2026-03-06T08:00"],
    ]
    assert StoryForm.edit(editor, story).values["publish_at"] == [""]
    saved.saved(button)
    assert story.publications.get().revision.number == 3


def test_a_double_click_does_not_claim_what_was_held_back(editor, story):
    """The same post again is answered again, and not as if it had been published."""
    form = StoryForm.edit(editor, story).fill(kicker="我的")
    colleague_saves(story, summary="她的摘要")
    form.press("_publish_now")
    assert "readers see this version now" not in form.saved("_publish_now").messages
    assert not story.publications.exists()


def test_an_old_form_publishes_nothing_it_does_not_show(editor, story):
    """Nothing was typed, so nothing is saved either: the version she saved is looked at first."""
    form = StoryForm.edit(editor, story)
    colleague_saves(story, summary="她的摘要")
    saved = form.saved("_publish_now")
    assert "Nothing was published" in saved.messages
    assert story.revisions.count() == 2
    assert not story.publications.exists()


def test_choices_made_for_publishing_publish_nothing(editor, story):
    """Not even then: the other places were merged, and nobody has seen the whole."""
    form = StoryForm.edit(editor, story).fill(headline="我的标题")
    colleague_saves(story, headline="她的标题", summary="她的摘要")
    saved = asked(form, "_publish_now").fill(**{CHOSEN: "mine"}).saved("_merge")
    assert "Nothing was published" in saved.messages
    assert not story.publications.exists()


def test_a_merge_is_approved_by_whoever_has_read_it(cast, settings, story):
    """Approving a form that a colleague overtook approves nothing."""
    settings.REVIEW_STAGES = "one"
    submit_story(story=story, by=OPERATOR)
    form = StoryForm.edit(desk(cast.chief_editor), story)
    colleague_saves(story, by=cast.editor, summary="她的摘要")
    assert "Nothing was published or approved" in form.saved("_approve").messages
    assert not stored(story).revisions.first().sign_offs.exists()


def test_withdrawing_works_from_an_overtaken_form(editor, story):
    """It puts nothing unseen before readers, and may be urgent."""
    publish_story(story=story, by=OPERATOR, now=MONDAY)
    form = StoryForm.edit(editor, story).fill(withdrawal_note="撤稿。")
    colleague_saves(story, summary="她的摘要")
    assert "withdrawal is recorded" in form.saved("_withdraw").messages
    assert stored(story).publications.order_by("-live_from").first().kind == "withdrawn"


def test_a_row_deleted_meanwhile_is_asked_for_when_it_was_edited(editor, story):
    """Her deletion beside my text; kept, it is the same subsection as before."""
    key = story.subsections.get(heading="一").key
    form = StoryForm.edit(editor, story).row("subsections", 0, body="<p>三小时的工作</p>")
    colleague_saves(story, subsections=StoryRows.stored(story).subsections[1:])
    shown = asked(form)
    assert places(shown) == ["Subsection “一”"]
    assert "deleted" in merge_form(shown.response).all("section")[0].text
    shown.fill(**{f"_choice:subsection:{key}": "mine"}).saved("_merge")
    assert [(row.key == key, row.body) for row in story.subsections.all()] == [
        (True, "<p>三小时的工作</p>"),
        (False, "<p>乙</p>"),
    ]


def test_a_row_deleted_meanwhile_that_nobody_edited_stays_deleted(editor, story):
    """An open form does not bring back what a colleague deleted."""
    form = StoryForm.edit(editor, story).fill(kicker="我的")
    colleague_saves(story, subsections=StoryRows.stored(story).subsections[1:])
    assert "subsection “一” (deleted)" in form.saved().messages
    assert [row.heading for row in story.subsections.all()] == ["二"]


def test_a_form_that_came_back_for_another_reason_still_asks(editor, story):
    """A mistake of its own, mended, does not make the form know of the other save."""
    form = StoryForm.edit(editor, story).fill(headline="")
    colleague_saves(story, headline="她的标题")
    assert places(asked(form.refused().fill(headline="我的标题"))) == ["Headline"]


def test_an_own_text_that_is_too_long_comes_back_with_the_reason(editor, story):
    """Nothing written on the page of conflicts is lost by a mistake there."""
    form = StoryForm.edit(editor, story).fill(headline="我的标题")
    colleague_saves(story, headline="她的标题")
    shown = asked(form).fill(**{CHOSEN: "own", "_own:headline": "长" * 500})
    again = conflict_page(shown, shown.press("_merge"))
    assert "500" in again.errors[""]
    assert again.values["_own:headline"] == ["长" * 500]


def test_a_story_put_into_the_bin_meanwhile_keeps_the_text_in_the_form(editor, story):
    """Choosing helps no more; the form comes back with what was typed."""
    form = StoryForm.edit(editor, story).fill(headline="我的标题")
    colleague_saves(story, headline="她的标题")
    shown = asked(form).fill(**{CHOSEN: "mine"})
    bin_story(story=story, by=OPERATOR)
    back = StoryForm.of(editor, form.url, shown.press("_merge"))
    assert back.values["headline"] == ["我的标题"]
