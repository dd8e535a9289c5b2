"""The story form keeps what is typed, brings it back, and is saved once however often it is sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from articles.actions import keep_form, save_story, see_in_story
from articles.models import KeptForm, Presence, Story
from tests.builders import MONDAY, a_story, story_rows
from tests.story_form import FORM_TYPE, StoryForm, desk, urlencoded

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def monday_morning(reading_at):
    """2026-03-02 10:00 in Beijing."""
    reading_at(MONDAY + HOUR)


@pytest.fixture
def story(cast) -> Story:
    return a_story("原来的标题", by=cast.reporter, subsections=[("报名", "", "<p>甲</p>"), ("发车", "", "<p>乙</p>")])


@pytest.fixture
def reporter(cast):
    return desk(cast.reporter)


def keep_address(story: Story | None) -> str:
    return reverse("admin:articles_story_keep", args=[story.pk]) if story else reverse("admin:articles_story_keep_new")


def ping(form: StoryForm, story: Story | None = None, **values):
    """What the script of the form posts: all of it, as serial 1 unless it says otherwise."""
    posted = {**form.values, "form_serial": "1", **values}
    return form.client.post(keep_address(story), urlencoded(posted), content_type=FORM_TYPE)


def come_back(client, story: Story | None = None) -> StoryForm:
    """Open the form and go on with the only text that it offers."""
    opened = StoryForm.edit(client, story) if story else StoryForm.new(client)
    [link] = [a.attributes["href"] for a in opened.document.all("a") if "?kept=" in a.attributes.get("href", "")]
    response = client.get(f"{opened.url}{link}")
    return StoryForm.of(client, opened.url, response)


# Keeping and coming back


def test_typed_text_comes_back_after_a_crash(reporter, story):
    """Fields, changed rows and new ones come back once each; nothing of it is saved until it is saved."""
    form = StoryForm.edit(reporter, story).fill(headline="写了一半", summary="长" * 3000)
    form.row("subsections", 1, body="<p>改过</p>").add("subsections", heading="新的一节", body="<p>丙</p>")
    answer = ping(form, story).json()
    assert answer["state"] == "here"
    assert "10:00:00 (Beijing time)" in answer["kept"]
    story.refresh_from_db()
    assert (story.headline, story.revisions.count()) == ("原来的标题", 1)

    back = come_back(reporter, story)

    same = {name: held for name, held in form.values.items() if name not in ABOUT}
    assert {name: back.values.get(name) for name in same} == same
    assert back.rows("subsections") == 3
    assert back.errors == {}
    assert back.values["based_on"] == ["1"]
    back.fill(summary="短").saved()
    assert [row.heading for row in story.subsections.all()] == ["报名", "发车", "新的一节"]
    assert not KeptForm.objects.unsaved(story.created_by, story).exists()


ABOUT = {"csrfmiddlewaretoken", "form_key", "form_from"}


def test_new_story_comes_back_too(reporter, cast):
    """Also what could not be saved as it is; the notice names it by its headline."""
    form = StoryForm.new(reporter).fill(headline="还没有存过", original_url="not an address")
    ping(form)
    assert "还没有存过" in StoryForm.new(reporter).document.one(css_class="keeping-unsaved").text
    back = come_back(reporter)
    assert back.values["headline"] == ["还没有存过"]
    assert back.values["original_url"] == ["not an address"]
    back.fill(original_url="").saved()
    assert Story.objects.get().headline == "还没有存过"
    assert StoryForm.new(reporter).document.one(css_class="keeping-unsaved").text == ""


def test_notice_says_when_and_on_which_version(reporter, story, cast, reading_at):
    """And that somebody saved since."""
    ping(StoryForm.edit(reporter, story).fill(headline="我的"), story)
    notice = StoryForm.edit(reporter, story).document.one(css_class="keeping-unsaved").text
    assert "unsaved text from 10:00 (Beijing time). It goes on from version 1, the latest one." in notice
    save_story(rows=story_rows("赵编的", story=Story.objects.get(pk=story.pk)), by=cast.editor, now=MONDAY + HOUR)
    reading_at(MONDAY + 30 * HOUR)
    notice = StoryForm.edit(reporter, story).document.one(css_class="keeping-unsaved").text
    assert "from 2 March 2026, 10:00 (Beijing time)" in notice
    assert "since then Zhao saved version 2" in notice


def test_several_unsaved_texts_are_listed_and_one_is_thrown_away(reporter, story):
    first, second = (StoryForm.edit(reporter, story).fill(headline=name) for name in ("甲稿", "乙稿"))
    ping(first, story)
    ping(second, story)
    drop = StoryForm.edit(reporter, story).document.all("button", name="drop")
    assert len(drop) == 2
    response = reporter.post(drop[0].attributes["formaction"], {"drop": drop[0].attributes["value"]})
    assert response.status_code == 302
    assert [row.key for row in KeptForm.objects.all()] == [drop[1].attributes["value"]]


def test_saving_removes_what_was_kept_and_nothing_kept_too_late_comes_back(reporter, story):
    form = StoryForm.edit(reporter, story).fill(headline="存了")
    ping(form, story)
    form.saved()
    assert ping(form, story, form_serial="7").json()["state"] == "saved"
    assert StoryForm.edit(reporter, story).document.one(css_class="keeping-unsaved").text == ""


def test_refused_save_leaves_the_kept_text(reporter, story):
    """The form that comes back goes on counting, so that what is typed next is kept again."""
    form = StoryForm.edit(reporter, story).fill(headline="")
    ping(form, story, form_serial="12")
    back = form.refused()
    assert back.document.one(id="keeping").attributes["data-serial"] == "12"
    assert back.values["form_key"] == form.values["form_key"]
    assert KeptForm.objects.unsaved(story.created_by, story).exists()


def test_kept_text_is_ones_own(story, cast, reporter):
    """Nobody else reads it or throws it away, also with its key."""
    form = StoryForm.edit(reporter, story).fill(headline="机密半稿")
    ping(form, story)
    editor, key = desk(cast.chief_editor), form.values["form_key"][0]
    opened = editor.get(reverse("admin:articles_story_change", args=[story.pk]), {"kept": key}, follow=True)
    assert "机密半稿" not in opened.content.decode()
    assert "not there any more" in opened.content.decode()
    assert editor.post(reverse("admin:articles_story_drop_kept"), {"drop": key}).status_code == 404
    assert KeptForm.objects.count() == 1


@pytest.mark.parametrize("kept", ["", "x", "\x00", "长", "a" * 40, "' OR 1=1"])
def test_address_of_no_kept_text_leads_to_the_form(reporter, story, kept):
    url = reverse("admin:articles_story_change", args=[story.pk])
    assert reporter.get(url, {"kept": kept}).status_code == 302


def test_kept_form_with_nonsense_still_comes_back(reporter, story, cast, monkeypatch):
    """Whatever was posted under the names of the form."""
    # Django stops at twice this number of rows, and printing 2,000 of them takes ten seconds.
    monkeypatch.setattr("django.forms.formsets.DEFAULT_MAX_NUM", 20)
    fields = [("headline", "好"), ("subsections-TOTAL_FORMS", "9" * 30), ("section", "x"), ("topics", "\x00")]
    keep_form(user=cast.reporter, story=story, key="odd", fields=fields, now=MONDAY)
    url = reverse("admin:articles_story_change", args=[story.pk])
    response = reporter.get(url, {"kept": "odd"})
    assert response.status_code == 200
    assert "好" in response.content.decode()


# Who may ping, and bad input


@pytest.mark.parametrize(("person", "status"), [("reporter", 200), ("editor", 200), ("outsider", 403)])
def test_ping_is_for_those_who_may_see_the_story(story, cast, person, status):
    user = getattr(cast, person)
    response = desk(user).post(keep_address(story), {"form_key": "k", "form_user": user.pk})
    assert response.status_code == status
    assert response["Content-Type"] == "application/json"


def test_ping_without_a_login_is_told_so(client, story):
    """In JSON, and not by the login page."""
    response = client.post(keep_address(story), {"form_key": "k", "form_serial": "1", "headline": "x"})
    assert (response.status_code, response.json()) == (401, {"state": "logged_out"})
    assert not KeptForm.objects.exists()


def test_ping_of_somebody_elses_form_keeps_nothing(story, cast, reporter):
    """On a machine where another person has logged in meanwhile."""
    form = StoryForm.edit(reporter, story)
    response = desk(cast.editor).post(keep_address(story), urlencoded({**form.values, "form_serial": "1"}), FORM_TYPE)
    assert (response.status_code, response.json()["state"]) == (403, "other_user")
    assert not KeptForm.objects.exists()


def test_reader_of_a_story_is_present_and_keeps_nothing(story, cast):
    other = desk(cast.other_reporter)
    values = {"form_key": "k", "form_user": cast.other_reporter.pk, "form_serial": "1", "headline": "偷改"}
    assert "may not change" in other.post(keep_address(story), values).json()["problem"]
    assert Presence.objects.get().user == cast.other_reporter
    assert not KeptForm.objects.exists()


def test_ping_needs_a_token(story, cast):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.reporter)
    assert strict.post(keep_address(story), {"form_key": "k", "form_user": cast.reporter.pk}).status_code == 403


@pytest.mark.parametrize("object_id", ["0", "9" * 30, "x", "%00", "1;2"])
def test_ping_about_no_story_is_about_a_new_one(reporter, cast, object_id):
    """What was deleted is still typed on: the text is kept, and the page says what saving would do."""
    address = reverse("admin:articles_story_keep", args=["ID"]).replace("ID", object_id)
    answer = reporter.post(
        address, {"form_key": "k", "form_user": cast.reporter.pk, "form_serial": "1", "headline": "留下"}
    ).json()
    assert "becomes a new story" in answer["problem"]
    assert KeptForm.objects.get().story is None


@pytest.mark.parametrize(
    "values",
    [
        {"form_serial": "-1"},
        {"form_serial": "9" * 30},
        {"based_on": "9" * 18},
        {"based_on": "\x00"},
        {"form_place": "<script>" * 99},
        {"held": ",".join(["\x00", "'", "a" * 99, "k"] * 99)},
        {"headline": b"\xff\x00"},
        {"headline": "长" * 1_000_000},
        {"story": "x", "_to_field": "password"},
    ],
)
def test_ping_with_nonsense_is_answered(reporter, story, values):
    form = StoryForm.edit(reporter, story)
    form.values |= values
    response = ping(form, story, form_serial=values.get("form_serial", "1"))
    assert response.status_code == 200
    assert come_back_status(reporter, story) == 200


def come_back_status(client, story) -> int:
    kept = KeptForm.objects.filter(story=story).first()
    url = reverse("admin:articles_story_change", args=[story.pk])
    return client.get(url, {"kept": kept.key}).status_code if kept else 200


# Who else is here


def test_form_says_who_has_the_story_open_and_where(story, cast, reporter, reading_at):
    """At opening and at every ping, by name, with the subsection by its number and heading."""
    key = story.subsections.last().key
    see_in_story(user=cast.editor, story=story, form_key="z", now=MONDAY + HOUR - 3 * MINUTE)
    Presence.objects.update(seen_at=MONDAY + HOUR, place=f"subsection:{key}:body")
    form = StoryForm.edit(reporter, story)
    words = "Zhao opened this story 3 minutes ago, is in subsection 2 (发车)."
    assert form.document.one(css_class="keeping-people").text == words
    assert [person["words"] for person in ping(form, story).json()["people"]] == [words]
    reading_at(MONDAY + HOUR + MINUTE)
    assert StoryForm.edit(reporter, story).document.one(css_class="keeping-people").text == ""


def test_ones_own_second_window_is_called_so(story, reporter, cast):
    first, second = StoryForm.edit(reporter, story), StoryForm.edit(reporter, story)
    assert ping(first, story, form_place="headline").json()["people"] == []
    [told] = ping(second, story).json()["people"]
    assert told["words"] == "You have this story open in another window too, opened just now."
    assert Presence.objects.get(form_key=first.values["form_key"][0]).place == "headline"
    ping(first, story, leave="1")
    assert ping(second, story).json()["people"] == []


def test_ping_tells_of_a_newer_version(story, reporter, cast):
    form = StoryForm.edit(reporter, story)
    save_story(rows=story_rows("赵编的", story=Story.objects.get(pk=story.pk)), by=cast.editor, now=MONDAY + HOUR)
    assert "Zhao saved version 2 just now" in ping(form, story).json()["newer"]
