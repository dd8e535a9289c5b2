"""The time machine in a browser: jumping over a change by the button, on a desk and on a phone, and sharing it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from articles.actions import publish_story
from articles.views.time_machine import address_at
from tests.browser.pages import assert_accessible, assert_fits_its_window
from tests.builders import MONDAY, OPERATOR, a_publication, a_story
from tests.story_lists import a_list

HOUR = timedelta(hours=1)


@pytest.fixture
def front(cast, reading_at):
    """A front page whose list gets a story at 14:00 by the newsroom's clock; it is 10:00."""
    reading_at(MONDAY + HOUR)
    lead = a_publication("岷山州把岗位送上山")
    story = a_story("雪笠山隧道双洞贯通，全长十一公里，明年国庆通车")
    coming = publish_story(story=story, by=OPERATOR, at=MONDAY + 5 * HOUR, now=MONDAY)
    a_list(lead, coming.story, title="今日头条", display="teasers", now=MONDAY)
    return coming


def test_staff_jump_over_a_change_and_see_the_page_change(open_page, cast, front, watch):
    """From the desk to the front page at a moment, by the buttons over the change and back, and to the story."""
    watch.allow("404", because="a minute before it goes live there is no such page")
    page = open_page(user=cast.editor, bypass_csp=True)
    page.goto("/admin/")
    page.fill("#desk-time-machine", "2026-03-02T12:00")
    page.locator(".desk-time-machine button").click()
    bar = page.locator(".time-machine")
    expect(bar.locator(".time-machine-moment")).to_contain_text("12:00")
    main = page.locator("main")
    expect(main).not_to_contain_text("雪笠山")
    forward = bar.locator("a[rel=next]")
    expect(forward).to_contain_text("14:00")
    expect(forward).to_contain_text("雪笠山隧道双洞贯通")
    # By keyboard.
    forward.focus()
    page.keyboard.press("Enter")
    expect(bar.locator(".time-machine-moment")).to_contain_text("14:00")
    expect(main).to_contain_text("雪笠山")
    assert_accessible(page)
    main.get_by_role("link", name="雪笠山").first.click()
    expect(page.locator("main h1")).to_contain_text("雪笠山")
    assert page.url.endswith(address_at(front.get_absolute_url(), MONDAY + 5 * HOUR))
    page.fill("#time-machine-time", "2026-03-02T13:59")
    page.locator(".time-machine-form button").click()
    expect(page.locator("main h1")).not_to_contain_text("雪笠山")
    expect(bar.locator("a[rel=next]")).to_contain_text("14:00")
    page.goto(address_at("/", MONDAY + 6 * HOUR))
    bar.locator(".time-machine-now").click()
    expect(page.locator(".time-machine")).to_have_count(0)
    expect(page.locator("main")).not_to_contain_text("雪笠山")


@pytest.mark.parametrize("dark", [False, True])
def test_bar_fits_a_phone(open_page, cast, front, dark):
    """All of it at 390 px, in daylight and at night, for axe too."""
    page = open_page(width=390, dark=dark, user=cast.editor, bypass_csp=True)
    for moment in (MONDAY + 2 * HOUR, MONDAY + 5 * HOUR):
        page.goto(address_at("/", moment))
        page.locator(".time-machine-share summary").click()
        assert_fits_its_window(page)
        assert_accessible(page)
        for button in page.locator(".time-machine").locator("a, button, summary").all():
            assert button.bounding_box()["height"] >= 24
    page.goto("/at/?time=2026-03-02T12:00&path=/admin/")
    assert_fits_its_window(page)
    assert_accessible(page)


def test_page_is_shared_and_opened_without_a_login(open_page, cast, front):
    """The link that the bar makes, copied by its button, in another browser."""
    page = open_page(user=cast.editor, permissions=["clipboard-read", "clipboard-write"])
    page.goto(address_at("/", MONDAY + 5 * HOUR))
    page.locator("[data-copy-address]").click()
    expect(page.locator("[data-copy-address]")).to_contain_text(
        page.locator("[data-copy-address]").get_attribute("data-copied")
    )
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.locator(".time-machine-share summary").click()
    page.locator(".time-machine-share button").click()
    page.locator("[data-copy-from]").click()
    link = page.evaluate("navigator.clipboard.readText()")
    visitor = open_page(width=390, bypass_csp=True)
    visitor.goto(link[link.index("/at/") :])
    expect(visitor.locator("main")).to_contain_text("雪笠山")
    expect(visitor.locator(".time-machine")).to_contain_text("14:00")
    assert_fits_its_window(visitor)
    assert_accessible(visitor)
    visitor.locator("header .site-name a").click()
    expect(visitor.locator("main")).not_to_contain_text("雪笠山")


def test_bar_works_without_scripts(open_page, cast, front):
    """Jumping, typing a moment and sharing are links and forms."""
    page = open_page(user=cast.editor, java_script_enabled=False)
    page.goto(address_at("/", MONDAY + 2 * HOUR))
    page.locator(".time-machine a[rel=next]").click()
    expect(page.locator("main")).to_contain_text("雪笠山")
    expect(page.locator("[data-copy-address]")).to_be_hidden()
    page.locator(".time-machine-share summary").click()
    page.locator(".time-machine-share button").click()
    assert "/at/" in page.locator("#id_link").input_value()
