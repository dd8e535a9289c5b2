"""Editorial notes in the drawer of the story form, which never touches what is typed in the form."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from articles.actions import write_note
from articles.models import Story
from tests.browser.desk import Desk
from tests.builders import a_story


@pytest.fixture
def story(cast) -> Story:
    return a_story("村口的报名点", by=cast.reporter, subsections=[("甲", "", "<p>一</p>"), ("乙", "", "<p>二</p>")])


def open_drawer(page: Page) -> None:
    page.locator("[data-notes-open]").click()
    expect(page.locator("#notes-drawer [data-notes]")).to_be_visible()


def test_note_is_written_beside_unsaved_text(open_page, cast, story):
    """From the mark of a subsection, with a colleague picked by keyboard; the form keeps what was typed into it."""
    page = open_page(user=cast.editor)
    desk = Desk(page).open(story)
    expect(desk.unsaved).to_be_hidden()
    page.fill("#id_headline", "还没保存的标题")
    desk.row("乙").locator(".note-mark").click()
    text = page.locator("#note-text")
    expect(text).to_be_focused()
    page.keyboard.type("数字核过吗？@ta")
    expect(page.locator("#note-colleagues [aria-selected=true]")).to_have_text("Tang @tang")
    page.keyboard.press("Enter")
    page.keyboard.type("请看")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".note-mention")).to_have_text("@tang")
    expect(page.locator("[data-notes-count]").first).to_have_text("1")
    expect(desk.row("乙").locator(".note-mark.has-notes")).to_be_visible()
    expect(desk.row("甲").locator(".note-mark.has-notes")).to_have_count(0)
    expect(page.locator("#id_headline")).to_have_value("还没保存的标题")
    note = story.notes.get()
    assert (note.subsection_heading, note.text, list(note.mentions.all())) == (
        "乙",
        "数字核过吗？@tang 请看",
        [cast.chief_editor],
    )


def test_answer_resolves_nothing_of_what_is_typed_elsewhere(open_page, cast, story):
    """Sending one note keeps the half-written others; resolving keeps them all."""
    for text in ("第一问", "第二问"):
        write_note(story=story, by=cast.editor, text=text)
    page = open_page(user=cast.reporter)
    Desk(page).open(story)
    open_drawer(page)
    first, second = page.locator(".note-thread").nth(0), page.locator(".note-thread").nth(1)
    second.locator("textarea").fill("写了一半")
    first.locator("textarea").fill("答第一问")
    first.locator("button:not([name])").click()
    expect(first.locator(".note-text").last).to_have_text("答第一问")
    expect(second.locator("textarea")).to_have_value("写了一半")
    first.locator("button[name=resolve]").click()
    expect(page.locator("[data-notes-count]").first).to_have_text("1")
    expect(page.locator(".notes-resolved")).to_be_visible()
    expect(page.locator(".note-thread").first.locator("textarea")).to_have_value("写了一半")


def test_unsent_note_survives_a_failure_and_a_reload(open_page, cast, story, watch):
    """The server cannot be reached; then the page is opened again. The drawer comes back with the text."""
    watch.allow("Failed to load resource", because="the connection is cut on purpose")
    page = open_page(user=cast.reporter)
    Desk(page).open(story)
    open_drawer(page)
    page.locator("#note-text").fill("很重要的话")
    page.route("**/notes/", lambda route: route.abort())
    page.locator(".note-form.is-new button").click()
    expect(page.locator("[data-notes-failed]")).to_be_visible()
    expect(page.locator("#note-text")).to_have_value("很重要的话")
    page.unroute("**/notes/")
    page.reload()
    expect(page.locator("#note-text")).to_have_value("很重要的话")
    page.locator(".note-form.is-new button").click()
    expect(page.locator(".note-text")).to_have_text("很重要的话")
    assert story.notes.get().text == "很重要的话"


def test_markup_in_a_note_is_text_in_the_drawer(open_page, cast, story):
    """The watch over the page would see a script run or an image asked for."""
    write_note(story=story, by=cast.editor, text="<img src=/nowhere onerror=alert(1)><script>alert(1)</script>")
    page = open_page(user=cast.reporter)
    Desk(page).open(story)
    open_drawer(page)
    expect(page.locator(".note-text")).to_contain_text("<img src=/nowhere")
    expect(page.locator(".note-text img, .note-text script")).to_have_count(0)


def test_drawer_and_desk_fit_a_phone(open_page, cast, story):
    """Nothing is wider than the screen."""
    page = open_page(user=cast.reporter, width=375)
    for address in ("/admin/", f"/admin/articles/story/{story.pk}/change/#notes", "/admin/preferences/"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    page.goto(f"/admin/articles/story/{story.pk}/notes/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
