"""The desk of story lists in a real browser: all lists, one list, a new one, and several changed together."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from articles import clock
from articles.actions import publish_story
from articles.actions.list_times import DRAFT, When
from articles.models import ListEdition, StoryList
from tests.browser.pages import assert_accessible, assert_fits_its_window, assert_headings_in_order
from tests.builders import OPERATOR, a_publication, a_story
from tests.story_lists import a_list, an_edition, item

HOUR = timedelta(hours=1)
LISTS = "/admin/articles/storylist/"


@pytest.fixture
def lists(cast) -> list[StoryList]:
    """Two lists with something of everything: a special, a plan, drafts, a past, a story that waits."""
    now = clock.now()
    live = a_publication("松岭县新开两趟务工专车", at=now - 5 * HOUR)
    waiting = a_story("桥头镇修路", now=now - 5 * HOUR)
    publish_story(story=waiting, by=OPERATOR, at=now + 5 * HOUR, now=now - 4 * HOUR)
    made = {"now": now - 4 * HOUR, "by": cast.chief_editor}
    front = a_list(live, waiting, fill_rule="latest", length=5, **made)
    beside = a_list(item("/old", headline="旧的要闻"), name="稿件旁", place="beside", **made)
    later = {"now": now - 3 * HOUR, "by": cast.list_editor}
    an_edition(front, live, item("/x", headline="台风专页"), title="头条", **later)
    an_edition(front, live, when=When(now=True, special=True, end=now + HOUR), **later)
    an_edition(front, waiting, when=When(start=now + 24 * HOUR), **later)
    for row in (front, beside):
        an_edition(row, item("/new", headline=f"{row} 新的"), when=DRAFT, **later)
    return [front, beside]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_of_lists_fit_and_are_accessible(open_page, cast, lists, width, dark):
    """On a phone and at the desk, by day and by night; opened panels among it."""
    page = open_page(width=width, dark=dark, user=cast.chief_editor, bypass_csp=True)
    pages = ["", "add/", "together/", f"{lists[0].pk}/change/", f"{lists[0].pk}/history/"]
    for path in pages:
        page.goto(LISTS + path)
        if path == "add/":
            # Its autocomplete boxes get their names once they are made.
            expect(page.locator("#id_fill_section_label")).to_be_attached()
        for panel in page.locator("details.list-confirm > summary").all():
            panel.click()
        assert_fits_its_window(page)
        assert_headings_in_order(page)
        assert_accessible(page)


def test_lists_are_changed_together(open_page, cast, lists):
    """Chosen, looked at, published: nothing before the last button, and everything by it."""
    page = open_page(user=cast.list_editor, locale="en")
    page.goto(LISTS)
    page.get_by_role("link", name="Change several together").click()
    for name in ("首页头条 新的", "稿件旁 新的"):
        page.locator(".together-line", has_text=name).get_by_role("checkbox").check()
    expect(page.locator("[data-chosen]")).to_have_text("chosen: 2")
    page.get_by_role("button", name="Let them begin together").click()
    expect(page.locator(".errornote")).to_be_visible()
    expect(page.locator("[name=edition]:checked")).to_have_count(2)
    assert ListEdition.objects.drafts().count() == 2

    page.get_by_role("radio", name="now").check()
    page.get_by_role("button", name="Show what they will hold").click()
    expect(page.locator(".together-line", has_text="稿件旁").locator("ol.held li")).to_have_text("稿件旁 新的")
    assert ListEdition.objects.drafts().count() == 2

    page.get_by_role("button", name="Let them begin together").click()
    expect(page.locator(".messagelist .success")).to_have_count(1)
    expect(page.locator(".list-line", has_text="稿件旁").locator(".line-now")).to_contain_text("稿件旁 新的")
    assert not ListEdition.objects.drafts().exists()


def test_special_is_ended_by_keyboard(open_page, cast, lists):
    """The button asks first, and says what comes after."""
    page = open_page(user=cast.list_editor, locale="en")
    page.goto(f"{LISTS}{lists[0].pk}/change/")
    special = page.locator(".edition-line.is-special")
    special.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(special).to_contain_text("After it the standing edition counts again.")
    special.get_by_role("button", name="End this edition").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_have_count(1)
    expect(page.locator("[aria-labelledby=list-current] .edition-line")).to_have_count(1)


def test_new_list_begins_with_what_its_place_mostly_has(open_page, cast):
    """Choosing another place changes what nobody has touched, and hides the scopes that it does not take."""
    page = open_page(user=cast.chief_editor, locale="en")
    page.goto(f"{LISTS}add/")
    expect(page.locator("[data-field=story]")).to_be_hidden()
    page.fill("#id_length", "8")
    page.select_option("#id_place", "below")
    expect(page.locator("#id_slot")).to_have_value("related")
    expect(page.locator("#id_length")).to_have_value("8")
    expect(page.locator("#id_fill_rule")).to_have_value("more_like_this")
    expect(page.locator("[data-field=story]")).to_be_visible()
    page.fill("#id_name", "稿件下方")
    page.fill("#id_title", "相关稿件")
    page.get_by_role("button", name="Make the list").click()
    expect(page.locator(".messagelist .success")).to_have_count(1)
    assert StoryList.objects.get().place == "below"
