"""An edition is sent only where it is taken: nothing that was typed goes with a login, a fault or a step back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles import clock
from articles.models import StoryList
from tests.builders import a_publication
from tests.story_lists import a_list


@pytest.fixture
def story_list(cast) -> StoryList:
    now = clock.now() - timedelta(hours=3)
    return a_list(a_publication("村里来了车", at=now), now=now, length=5)


@pytest.fixture
def editor(open_page, cast, story_list) -> Page:
    page = open_page(user=cast.list_editor, locale="en")
    page.goto(reverse("admin:articles_storylist_edition_new", args=[story_list.pk]))
    page.locator("details", has=page.locator("[name=title]")).evaluate("part => (part.open = true)")
    page.check("[name=when][value=now]")
    page.fill("[name=title]", "夜班头条")
    return page


def save(page: Page) -> None:
    page.locator(".edition-save button[type=submit]").click()


def test_login_that_ended_is_asked_for_over_the_form_and_then_it_is_saved(editor, story_list, watch):
    """Pressing save once is enough; what was typed stands behind the window all the time."""
    watch.allow("status of 40[13]", because="the login ended")
    Session.objects.all().delete()
    save(editor)
    dialog = editor.locator("dialog.login-again")
    expect(dialog).to_be_visible()
    dialog.locator("[data-later]").click()
    expect(editor.locator("[name=title]")).to_have_value("夜班头条")
    expect(editor.locator("[data-unsent]")).to_contain_text("Your login has ended.")
    save(editor)
    dialog.locator("[type=password]").fill("test-password")
    dialog.locator("[type=submit]").click()
    editor.wait_for_url("**/change/")
    assert story_list.editions.holding(clock.now()).get().content.title == "夜班头条"


def test_list_that_is_too_long_is_told_before_it_is_sent(editor, story_list):
    """However many are too many; here it is made to be none."""
    editor.evaluate("document.getElementById('keeping').dataset.most = 0")
    save(editor)
    expect(editor.locator("[data-unsent]")).to_contain_text("at most 0 items; here are 1")
    assert story_list.editions.count() == 1


def test_server_that_is_away_takes_nothing(editor, story_list, watch):
    watch.allow("ERR_INTERNET_DISCONNECTED", because="the connection is cut")
    editor.context.set_offline(True)
    save(editor)
    expect(editor.locator("[data-unsent]")).to_contain_text("The server cannot be reached.")
    editor.context.set_offline(False)
    save(editor)
    editor.wait_for_url("**/change/")
    assert story_list.editions.holding(clock.now()).get().content.title == "夜班头条"


def test_form_that_came_back_refused_is_not_left_without_a_question(editor):
    editor.fill("[name=title]", "")
    save(editor)
    expect(editor.locator("#edition-refused")).to_be_visible()
    asked = []
    editor.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    editor.locator("[name=length]").click()
    editor.locator(".edition-back").click()
    editor.wait_for_url("**/change/")
    assert asked == ["beforeunload"]
