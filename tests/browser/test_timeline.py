"""The timeline of story lists by keyboard, mouse and phone, and the page of reasons."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from articles.actions import When, publish_story
from tests.browser.pages import assert_accessible, assert_fits_its_window
from tests.builders import MONDAY, OPERATOR, a_publication, a_story
from tests.story_lists import a_list, an_edition, item

HOUR = timedelta(hours=1)
TIMELINE = "/admin/articles/storylist/timeline/"


@pytest.fixture
def planned(cast, reading_at):
    """A list with two standing editions, a special, an item that comes and one that goes; on Monday at nine."""
    reading_at(MONDAY)
    coming = a_story("明早八点的稿件，标题相当长相当长相当长相当长")
    publish_story(story=coming, by=OPERATOR, at=MONDAY + 6 * HOUR, now=MONDAY)
    story = a_publication("头条稿件")
    made = a_list(coming, item(story, ends_at=MONDAY + 8 * HOUR), length=4)
    an_edition(made, story, when=When(start=MONDAY + 12 * HOUR), length=1)
    an_edition(made, story, when=When(start=MONDAY + 2 * HOUR, end=MONDAY + 4 * HOUR, special=True), title="特别版")
    return made


def begin(page) -> str:
    return page.locator("#timeline-from").input_value()


def test_arrow_keys_move_in_time_and_signs_change_the_span(open_page, cast, planned):
    """Focus stays on the picture, and the browser's way back leads back."""
    page = open_page(user=cast.list_editor)
    page.goto(TIMELINE)
    assert begin(page) == "2026-03-02T08:00"
    page.locator("[data-timeline]").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#timeline-from")).to_have_value("2026-03-02T20:00")
    expect(page.locator("[data-timeline]")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#timeline-from")).to_have_value("2026-03-02T08:00")
    page.keyboard.press("+")
    expect(page.locator(".timeline-spans [aria-current]")).to_have_count(1)
    expect(page.locator("#timeline-from")).to_have_value("2026-03-02T00:00")
    assert "span=3d" in page.url
    page.keyboard.press("-")
    expect(page.locator("#timeline-from")).to_have_value("2026-03-02T08:00")
    page.go_back()
    expect(page.locator("#timeline-from")).to_have_value("2026-03-02T00:00")


def test_keys_are_left_to_fields(open_page, cast, planned):
    """Whoever types a date does not travel."""
    page = open_page(user=cast.list_editor)
    page.goto(TIMELINE)
    page.locator("#timeline-from").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    assert page.url.endswith(TIMELINE)


def test_edition_is_chosen_and_opened_by_keyboard(open_page, cast, planned):
    page = open_page(user=cast.list_editor)
    page.goto(TIMELINE)
    page.locator("[data-timeline]").focus()
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.activeElement.getAttribute('href')")
    assert f"/admin/articles/storylist/{planned.pk}/edition/" in chosen
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{chosen}")


def test_band_that_is_clicked_opens_its_edition(open_page, cast, planned):
    special = planned.editions.get(kind="special")
    page = open_page(user=cast.list_editor)
    page.goto(TIMELINE)
    page.locator(".timeline-band.is-special").click()
    page.wait_for_url(f"**/admin/articles/storylist/{planned.pk}/edition/{special.pk}/")


def test_free_hour_that_is_clicked_begins_an_edition(open_page, cast, planned):
    page = open_page(user=cast.list_editor)
    page.goto(TIMELINE)
    page.locator(".timeline-free").last.click()
    page.wait_for_url(f"**/admin/articles/storylist/{planned.pk}/edition/?start=2026-03-03T07*")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("address", [f"{TIMELINE}?items=all", f"{TIMELINE}?span=14d", "explain"])
def test_pages_are_accessible(open_page, cast, planned, dark, address):
    if address == "explain":
        address = f"/admin/articles/storylist/{planned.pk}/explain/?story=头条"
    page = open_page(user=cast.list_editor, dark=dark, bypass_csp=True)
    page.goto(address)
    assert_accessible(page)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("address", [f"{TIMELINE}?items=all", f"{TIMELINE}?span=14d", "explain"])
def test_pages_fit_their_window(open_page, cast, planned, width, address):
    """No page scrolls sideways; on a phone the words come before the picture."""
    if address == "explain":
        address = f"/admin/articles/storylist/{planned.pk}/explain/"
    page = open_page(user=cast.list_editor, width=width)
    page.goto(address)
    assert_fits_its_window(page)
    if "timeline" in address:
        words, picture = (page.locator(name).bounding_box()["y"] for name in (".timeline-words", ".timeline-picture"))
        assert (words < picture) == (width == 390)
