"""A login that ended takes no text along: the form is carried through the login and comes back."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from articles.models import KeptForm, Story
from tests.builders import MONDAY, a_story
from tests.page import form_values, inline_code, page
from tests.story_form import FORM_TYPE, StoryForm, desk, urlencoded

PASSWORD = "test-password"
LOGIN = "/admin/articles/story/login-again/"


@pytest.fixture(autouse=True)
def monday_morning(reading_at):
    reading_at(MONDAY + timedelta(hours=1))


@pytest.fixture
def story(cast) -> Story:
    return a_story("存着的机密标题", by=cast.reporter, subsections=[("机密小节", "", "<p>机密</p>")])


@pytest.fixture
def reporter(cast):
    return desk(cast.reporter)


def log_in_on(response, client, user, password=PASSWORD):
    """Fill in the login page and post it."""
    form = page(response).one("form", id="login-form")
    values = {**form_values(form), "username": user.get_username(), "password": password}
    return client.post(form.attributes["action"], urlencoded(values), content_type=FORM_TYPE)


def is_logged_in(client: Client, user) -> bool:
    return get_user(client) == user


def test_form_sent_without_a_login_comes_back_after_it(reporter, story, cast):
    """With everything typed, rows included; it is not saved until it is sent again."""
    form = StoryForm.edit(reporter, story).fill(headline="登录过期前写的", opening="<p>“引号”&amp;</p>")
    form.add("subsections", heading="新节", body="<p>新</p>")
    reporter.logout()

    asked = form.press("_publish_now")
    assert asked.status_code == 200
    assert not inline_code(page(asked))
    answer = log_in_on(asked, reporter, cast.reporter)

    assert answer.status_code == 302
    back = StoryForm.of(reporter, form.url, reporter.get(answer.url))
    assert back.values["opening"] == ["<p>“引号”&amp;</p>"]
    assert back.values["based_on"] == ["1"]
    assert back.rows("subsections") == 2
    story.refresh_from_db()
    assert (story.headline, story.publications.count()) == ("存着的机密标题", 0)
    back.saved()
    assert [row.heading for row in story.subsections.all()] == ["机密小节", "新节"]


def test_text_of_somebody_who_may_write_no_more_is_handed_back(reporter, story, cast):
    """It cannot be kept for them, so they get it as text to copy."""
    form = StoryForm.edit(reporter, story).fill(opening="<p>三小时的工作</p>")
    reporter.logout()
    cast.reporter.groups.clear()
    answer = log_in_on(form.press(), reporter, cast.reporter)
    assert answer.status_code == 200
    assert "<p>三小时的工作</p>" in {area.text for area in page(answer).all("textarea")}


def test_new_story_sent_without_a_login_comes_back_after_it(reporter, cast):
    form = StoryForm.new(reporter).fill(headline="还没有存")
    reporter.logout()
    answer = log_in_on(form.press(), reporter, cast.reporter)
    StoryForm.of(reporter, form.url, reporter.get(answer.url)).saved()
    assert Story.objects.get().headline == "还没有存"


def test_login_page_shows_nothing_that_is_stored(client, story, cast):
    """Whoever posts to the address of a story without a login sees what was posted, and nothing else."""
    address = reverse("admin:articles_story_change", args=[story.pk])
    response = client.post(address, {"headline": "我写的", "form_user": cast.reporter.pk})
    text = response.content.decode()
    carried = page(response).one("input", name="carried").attributes["value"]
    assert "我写的" in json.loads(carried)[0][0]
    assert "机密" not in text
    assert cast.reporter.first_name not in text
    assert not page(response).one("input", name="username").attributes.get("value")
    assert "no-store" in response["Cache-Control"]


def test_wrong_password_asks_again_with_the_text(reporter, story, cast):
    form = StoryForm.edit(reporter, story).fill(headline="不能丢")
    reporter.logout()
    again = log_in_on(form.press(), reporter, cast.reporter, password="wrong")
    assert not is_logged_in(reporter, cast.reporter)
    assert "correct" in page(again).one("p", "errornote").text
    log_in_on(again, reporter, cast.reporter)
    assert KeptForm.objects.get().headline == "不能丢"


def test_somebody_else_does_not_take_the_form_over(reporter, story, cast):
    form = StoryForm.edit(reporter, story)
    reporter.logout()
    answer = log_in_on(form.press(), reporter, cast.editor)
    assert answer.status_code == 200
    assert "Somebody else opened this form" in answer.content.decode()
    assert not is_logged_in(reporter, cast.editor)


def test_story_that_may_not_be_changed_any_more_becomes_a_new_text(reporter, story, cast):
    """The right to it ended with the login: the text is kept all the same."""
    form = StoryForm.edit(reporter, story).fill(headline="我的话")
    Story.objects.update(created_by=cast.editor)
    reporter.logout()
    answer = log_in_on(form.press(), reporter, cast.reporter)
    assert answer.url.startswith(reverse("admin:articles_story_add"))
    assert KeptForm.objects.get().story is None


@pytest.mark.parametrize("carried", ["", "x", "[]", "[[1],[2]]", '[[["a",1]],[]]', "{}", "[" * 100_000])
def test_carried_nonsense_is_an_empty_text(client, cast, carried):
    values = {"username": "lin", "password": "test-password", "carried": carried, "story": "9" * 30}
    assert client.post(LOGIN, values).status_code == 302


def test_too_long_a_text_is_told_and_not_cut(client, story, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 30_000
    address = reverse("admin:articles_story_change", args=[story.pk])
    response = client.post(address, urlencoded({"headline": "长" * 3000}), content_type=FORM_TYPE)
    assert response.status_code == 413
    assert page(response).one("p", "errornote").text
    assert not page(response).all("form", id="login-form")


# For the script


def test_script_logs_the_person_of_the_form_in_again(client, cast):
    """And gets a token for the form, because a login makes the old one worthless."""
    values = {"username": "lin", "password": "test-password", "form_user": cast.reporter.pk}
    response = client.post(LOGIN, values)
    assert response.json()["state"] == "here"
    assert len(response.json()["csrf"]) == 64
    assert is_logged_in(client, cast.reporter)


@pytest.mark.parametrize(
    ("username", "password", "owner"),
    [
        ("lin", "wrong", "reporter"),
        ("zhao", "test-password", "reporter"),
        ("lin", "test-password", None),
        ("lin\x00", "x", "reporter"),
        ("", "", "reporter"),
    ],
)
def test_script_is_refused_in_words(client, cast, username, password, owner):
    values = {"username": username, "password": password, "form_user": getattr(cast, owner).pk if owner else ""}
    response = client.post(LOGIN, values)
    assert response.status_code == 403
    assert response.json()["problem"]
    assert not is_logged_in(client, cast.reporter)


def test_person_who_does_not_work_here_is_not_let_in(client, cast, django_user_model):
    reader = django_user_model.objects.create_user("reader", password="test-password")
    values = {"username": "reader", "password": "test-password", "form_user": reader.pk}
    assert client.post(LOGIN, values).status_code == 403
    assert not is_logged_in(client, reader)


def test_token_is_given_to_whoever_asks_from_here(db):
    """A form whose token is worthless gets another one; the login itself needs one, too."""
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(LOGIN, {"username": "lin"}).status_code == 403
    token = strict.get(LOGIN).json()["csrf"]
    assert strict.post(LOGIN, {"username": "lin", "csrfmiddlewaretoken": token}).json()["problem"]
