"""What is typed survives: a closed window, a server that cannot be reached, a login that ended, a double click."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, Route, expect

from articles.models import KeptForm, Story
from tests.browser.desk import ADD, Desk
from tests.builders import a_story

KEEP = "**/keep/"


@pytest.fixture
def story(cast) -> Story:
    return a_story("村口的报名点", by=cast.reporter, subsections=[("报名", "", "<p>甲</p>"), ("发车", "", "<p>乙</p>")])


@pytest.fixture
def desk(open_page, cast, story) -> Desk:
    return Desk(open_page(user=cast.reporter, locale="en-US")).open(story)


def wait_until_kept(page: Page) -> None:
    expect(page.locator("[data-kept]")).to_contain_text("Kept at", timeout=15_000)


def headline_is(page: Page, text: str) -> None:
    expect(page.locator("#id_headline")).to_have_value(text)


def test_text_survives_a_window_that_is_closed(desk, story):
    """Fields, the editor and a new row are back after the notice's button, once each; then they are saved as usual."""
    desk.page.fill("#id_headline", "写了一半")
    desk.write("开头第一句。")
    desk.add_subsection("新的一节", body="新写的正文。")
    wait_until_kept(desk.page)
    story.refresh_from_db()
    assert (story.headline, story.revisions.count()) == ("村口的报名点", 1)

    again = Desk(desk.page.context.new_page())
    desk.page.close(run_before_unload=False)
    again.open(story)
    notice = again.page.locator(".keeping-unsaved .keeping-notice")
    expect(notice).to_contain_text("unsaved text")
    notice.locator("a").click()
    again.page.wait_for_url("**?kept=*")
    again.wait_for_editors()

    headline_is(again.page, "写了一半")
    expect(again.frame().locator("body")).to_contain_text("开头第一句。")
    assert again.headings() == ["报名", "发车", "新的一节"]
    assert again.text_of(again.row("新的一节")) == "新写的正文。"
    expect(again.unsaved).to_be_visible()
    again.save()
    assert [row.heading for row in story.subsections.all()] == ["报名", "发车", "新的一节"]
    expect(again.page.locator(".keeping-unsaved li")).to_have_count(0)


def test_unsaved_text_is_thrown_away(desk, story):
    """Without leaving the form: what was typed in it since stays."""
    desk.page.fill("#id_headline", "不要了")
    wait_until_kept(desk.page)
    again = Desk(desk.page.context.new_page()).open(story)
    desk.page.close()
    again.page.fill("#id_headline", "正在写")
    again.page.locator(".keeping-unsaved button[name=drop]").click()
    expect(again.page.locator(".keeping-unsaved li")).to_have_count(0)
    headline_is(again.page, "正在写")
    wait_until_kept(again.page)
    assert [row.headline for row in KeptForm.objects.all()] == ["正在写"]


def test_text_survives_a_server_that_cannot_be_reached(desk, story, watch):
    """It is kept in the browser, said so, and offered when the story is opened again."""
    watch.allow("Failed to load resource", because="the server is cut off on purpose")
    desk.page.context.set_offline(True)
    desk.page.fill("#id_headline", "断网时写的")
    expect(desk.page.locator("[data-problem]")).to_contain_text("kept in this browser", timeout=15_000)
    # What a page sends while it closes outlives it, and with it this cutting off.
    desk.page.evaluate("() => { navigator.sendBeacon = () => false; }")
    desk.page.close()
    assert not KeptForm.objects.exists()

    desk.page.context.set_offline(False)
    again = Desk(desk.page.context.new_page()).open(story)
    notice = again.page.locator(".keeping-unsaved .keeping-notice")
    expect(notice).to_contain_text("the server has not got")
    notice.locator("[data-go-on]").click()
    again.page.wait_for_url("**?kept=*")
    headline_is(again.page, "断网时写的")
    again.wait_for_editors()
    again.save()
    assert (
        again.page.evaluate("() => Object.keys(localStorage).filter((name) => name.startsWith('newsroom-kept'))") == []
    )


def test_text_survives_an_error_answer(desk, story, watch):
    """A save that ends in an error page before anything was kept: the browser has the text when the story is opened."""
    watch.allow("Failed to load resource|answered with 502", because="the answer is made to fail")

    def fail(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=502, body="Bad gateway")
        else:
            route.fallback()

    address = f"**/story/{story.pk}/change/"
    desk.page.context.route(address, fail)
    desk.page.fill("#id_headline", "出错前写的")
    desk.button("_continue").click()
    expect(desk.page.locator("body")).to_have_text("Bad gateway")
    assert not KeptForm.objects.exists()
    desk.page.context.unroute(address)
    desk.open(story)
    desk.page.locator("[data-go-on]").click()
    desk.page.wait_for_url("**?kept=*")
    headline_is(desk.page, "出错前写的")


def test_login_that_ended_is_renewed_in_place(desk, story, cast, watch):
    """The form asks for the password over itself; then it goes on, and saving works with the token of the new login."""
    watch.allow("status of 40[13]", because="the login ended, and a wrong password is tried")
    page = desk.page
    page.fill("#id_headline", "登录过期后写的")
    Session.objects.all().delete()
    dialog = page.locator("dialog.login-again")
    expect(dialog).to_be_visible(timeout=25_000)
    expect(dialog.locator("[autocomplete=username]")).to_have_value("lin")
    dialog.locator("[type=password]").fill("wrong")
    dialog.locator("[type=submit]").click()
    expect(dialog.locator(".errornote")).to_be_visible()
    dialog.locator("[type=password]").fill("test-password")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    headline_is(page, "登录过期后写的")
    wait_until_kept(page)
    desk.save()
    story.refresh_from_db()
    assert story.headline == "登录过期后写的"
    assert story.revisions.first().created_by == cast.reporter


def test_button_pressed_without_a_login_does_its_work_after_it(desk, story, watch):
    """The text can be gone on with meanwhile; the button asks for the password again and then saves."""
    watch.allow("status of 401", because="the login ended")
    page = desk.page
    page.fill("#id_headline", "先写着")
    Session.objects.all().delete()
    dialog = page.locator("dialog.login-again")
    expect(dialog).to_be_visible(timeout=25_000)
    dialog.locator("[data-later]").click()
    page.fill("#id_headline", "接着写完")
    desk.button("_continue").click()
    dialog.locator("[type=password]").fill("test-password")
    dialog.locator("[type=submit]").click()
    expect(page.locator(".messagelist .success")).to_have_count(1)
    story.refresh_from_db()
    assert story.headline == "接着写完"


def test_form_sent_after_the_login_ended_comes_back(open_page, cast, story):
    """Before the form has noticed: the server's login page carries the text."""
    page = open_page(user=cast.reporter, locale="en-US")
    # From before the form is there: what it asks stays unanswered, so that it cannot notice before it is sent.
    page.context.route(KEEP, lambda route: None)
    desk = Desk(page).open(story)
    page.fill("#id_headline", "发送时已过期")
    Session.objects.all().delete()
    desk.button("_continue").click()
    page.fill("#id_username", "lin")
    page.fill("#id_password", "test-password")
    page.context.unroute(KEEP)
    page.click("#login-form [type=submit]")
    page.wait_for_url("**?kept=*")
    desk.wait_for_editors()
    headline_is(page, "发送时已过期")
    desk.save()


def test_double_click_saves_a_new_story_once(open_page, cast):
    """The second click is swallowed here, and would make no second story there."""
    desk = Desk(open_page(user=cast.reporter)).open()
    desk.page.fill("#id_headline", "双击的稿子")
    desk.button("_continue").dblclick()
    desk.page.wait_for_url("**/change/")
    assert Story.objects.count() == 1


def test_colleagues_see_each_other(desk, open_page, cast, story):
    """Who came, where the cursor is, and that somebody left; one's own second window is called so."""
    people = desk.page.locator(".keeping-people")
    colleague = Desk(open_page(user=cast.editor, locale="en-US")).open(story)
    colleague.row("发车").locator("input[name$=-heading]").click()
    expect(people).to_contain_text("Zhao opened this story", timeout=25_000)
    expect(colleague.page.locator(".keeping-people")).to_contain_text("Lin opened this story", timeout=25_000)
    expect(people).to_contain_text("subsection 2 (发车)", timeout=25_000)
    colleague.page.goto("about:blank")
    expect(people).to_have_text("", timeout=25_000)
    second = Desk(desk.page.context.new_page()).open(story)
    expect(second.page.locator(".keeping-people")).to_contain_text("another window", timeout=25_000)


def test_form_that_nobody_touched_keeps_nothing(desk):
    """Opening a story is no reason to offer it as unsaved text."""
    with desk.page.expect_response(KEEP, timeout=25_000):
        pass
    assert not KeptForm.objects.exists()
    desk.page.goto(ADD)
    assert not KeptForm.objects.exists()
