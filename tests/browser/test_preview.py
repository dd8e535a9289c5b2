"""The preview beside the story form, and sharing it: what is typed is shown, nothing typed is lost or stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from articles.models import PreviewLink, Story
from tests.browser.desk import Desk
from tests.browser.pages import assert_accessible, assert_fits_its_window
from tests.builders import a_story


class Pane:
    """The pane of one story form."""

    def __init__(self, desk: Desk) -> None:
        self.page = desk.page
        self.toggle = self.page.locator("[data-preview-toggle]")
        self.element = self.page.locator("#preview-pane")
        self.frames = self.element.locator("iframe")

    def open(self) -> Pane:
        self.toggle.click()
        expect(self.shown.locator("body")).to_be_visible()
        return self

    @property
    def shown(self) -> FrameLocator:
        return self.page.frame_locator("#preview-pane iframe:not(.is-coming)")

    def width(self, name: str) -> Locator:
        return self.element.get_by_role("button", name=name)

    def inner_width(self) -> int:
        return self.frames.first.evaluate("frame => frame.contentWindow.innerWidth")

    def scroll(self) -> float:
        return self.frames.first.evaluate("frame => frame.contentWindow.scrollY")


@pytest.fixture
def beside(open_page: Callable[..., Page], cast: Any) -> Callable[..., tuple[Desk, Pane]]:
    """Opens the form of a story with the pane beside it."""

    def opened(story: Story | None = None, **options: Any) -> tuple[Desk, Pane]:
        desk = Desk(open_page(user=cast.reporter, locale="en-GB", **options)).open(story)
        return desk, Pane(desk).open()

    return opened


def test_pane_follows_what_is_typed(beside, cast):
    """Fields, the editor and moved rows are shown a moment later; nothing is stored, and Back leaves the form."""
    story = a_story(by=cast.reporter, subsections=[("甲", "", "<p>一</p>"), ("乙", "", "<p>二</p>")])
    desk, pane = beside(story)
    history = desk.page.evaluate("() => history.length")
    desk.page.fill("#id_headline", "正在写的标题")
    expect(pane.shown.locator("h1")).to_have_text("正在写的标题")
    desk.write("夜校设在镇中心小学。")
    expect(pane.shown.locator(".story-text").first).to_contain_text("夜校设在镇中心小学。")
    desk.row("乙").locator(".row-up").click()
    expect(pane.shown.locator(".heading-line")).to_have_text(["乙", "甲"])
    expect(pane.frames).to_have_count(1)
    assert desk.page.evaluate("() => history.length") == history
    expect(desk.unsaved).to_be_visible()
    story.refresh_from_db()
    assert story.headline == "松岭县新开两趟务工专车"


def test_new_story_has_a_preview_and_says_what_is_missing(beside):
    """Without a headline the pane says so in words and leaves the form alone; with one it shows the page."""
    desk, pane = beside()
    expect(pane.shown.locator(".preview-missing dt")).to_have_text(["Headline"])
    expect(desk.page.locator(".errornote, .errorlist")).to_have_count(0)
    desk.page.fill("#id_headline", "新稿")
    expect(pane.shown.locator("h1")).to_have_text("新稿")
    desk.page.fill("#id_headline", "")
    expect(pane.shown.locator(".preview-missing")).to_be_visible()
    expect(pane.shown.locator("article")).to_have_count(0)
    assert not Story.objects.exists()


def test_pane_shows_phone_and_desktop_widths(beside, cast):
    """The page is laid out for 390 or 1200 pixels, and scaled down to the pane; the form remembers which."""
    story = a_story(by=cast.reporter, opening="<p>夜校。</p>" * 80)
    desk, pane = beside(story, width=1440)
    assert pane.inner_width() == 390
    pane.width("Desktop").click()
    expect(pane.width("Desktop")).to_have_attribute("aria-pressed", "true")
    assert pane.inner_width() == 1200
    frame, box = pane.frames.first.bounding_box(), pane.element.bounding_box()
    assert box["x"] <= frame["x"]
    assert frame["x"] + frame["width"] <= box["x"] + box["width"]
    desk.page.reload()
    desk.wait_for_editors()
    expect(pane.shown.locator("h1")).to_be_visible()
    assert pane.inner_width() == 1200


def test_pane_keeps_its_place_on_the_page(beside, cast):
    """A refreshed page stands where the reader of the pane had scrolled to."""
    story = a_story(by=cast.reporter, opening="<p>夜校设在镇中心小学。</p>" * 80)
    desk, pane = beside(story)
    pane.frames.first.evaluate("frame => frame.contentWindow.scrollTo(0, 700)")
    desk.page.fill("#id_headline", "换个标题")
    expect(pane.shown.locator("h1")).to_have_text("换个标题")
    assert pane.scroll() == 700


def test_pane_opens_and_closes_by_keyboard(beside, cast):
    """Enter opens it, Escape closes it from the pane and from the page in it, and the focus returns to its button."""
    story = a_story(by=cast.reporter)
    desk, pane = beside(story)
    pane.width("Phone").focus()
    desk.page.keyboard.press("Escape")
    expect(pane.element).to_be_hidden()
    expect(pane.toggle).to_be_focused()
    expect(pane.toggle).to_have_attribute("aria-expanded", "false")
    desk.page.keyboard.press("Enter")
    pane.shown.locator(".site-name a").first.focus()
    desk.page.keyboard.press("Escape")
    expect(pane.element).to_be_hidden()
    desk.page.reload()
    desk.wait_for_editors()
    expect(pane.element).to_be_hidden()


def test_pane_says_when_the_session_has_ended(beside, cast, watch, settings):
    """The login page never stands in the frame; the pane says what is wrong, and the text stays in the form."""
    watch.allow("Refused to display|frame-ancestors|Framing '", because="the login page may not stand in a frame")
    desk, pane = beside(a_story(by=cast.reporter))
    desk.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    desk.page.fill("#id_headline", "没有丢的标题")
    expect(pane.element.locator(".preview-says")).to_contain_text("logged in")
    expect(desk.page.locator("#id_headline")).to_have_value("没有丢的标题")


@pytest.mark.parametrize("width", [1440, 800])
def test_pane_fits_and_is_accessible(beside, cast, width):
    """Beside the form or below it, at no width does the page scroll sideways."""
    desk, pane = beside(a_story(by=cast.reporter), width=width, bypass_csp=True)
    assert_fits_its_window(desk.page)
    pane.width("Desktop").click()
    assert_fits_its_window(desk.page)
    assert_accessible(desk.page)


def test_link_is_made_copied_and_revoked_without_leaving_the_form(open_page, cast, watch):
    """The dialog makes a link that a stranger can open; what was typed in the form stays, and is not in the link."""
    watch.allow("status of 404", because="a revoked link is no page")
    story = a_story("存过的标题", by=cast.reporter)
    desk = Desk(open_page(user=cast.reporter, locale="en-GB", permissions=["clipboard-read", "clipboard-write"])).open(
        story
    )
    desk.page.fill("#id_headline", "没有存的标题")
    desk.page.get_by_role("link", name="Share a preview…").click()
    dialog = desk.page.locator("dialog.preview-dialog")
    expect(dialog.locator("[data-form-is-unsaved]")).to_be_visible()
    dialog.get_by_label("For whom").fill("王局长")
    dialog.get_by_label("7 days").check()
    dialog.get_by_role("button", name="Make a link").click()
    address = dialog.locator(".preview-address input")
    expect(address).to_be_focused()
    dialog.get_by_role("button", name="Copy").click()
    expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
    copied = desk.page.evaluate("() => navigator.clipboard.readText()")
    assert copied == address.input_value()
    path = copied[copied.index("/preview/") :]
    stranger = open_page()
    stranger.goto(path)
    expect(stranger.locator("h1")).to_have_text("存过的标题")
    expect(stranger.locator(".preview-bar")).to_contain_text("王局长")
    dialog.get_by_role("button", name="Revoke").click()
    expect(dialog.locator(".preview-link-list")).to_contain_text("Opened 1 time,")
    expect(address).to_have_count(0)
    stranger.reload()
    expect(stranger.locator("h1")).not_to_have_text("存过的标题")
    desk.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(desk.page.locator("#id_headline")).to_have_value("没有存的标题")
    assert PreviewLink.objects.get().revoked_at is not None
