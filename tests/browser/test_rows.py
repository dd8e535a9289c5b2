"""Rows of the story form: added, moved in every way there is, deleted, and stored in the order they were left in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from articles.models import Contributor, Story
from tests.browser.desk import Desk
from tests.builders import a_story

TEXTS = {"甲": "第一段：报名点设在村口。", "乙": "第二段：车票由县里承担。", "丙": "第三段：厂里派人来接。"}
PARTS = [(heading, "", f"<p>{body}</p>") for heading, body in TEXTS.items()]


@pytest.fixture
def story(cast) -> Story:
    return a_story("村口的报名点", by=cast.reporter, subsections=PARTS)


@pytest.fixture
def desk(open_page, cast, story) -> Desk:
    return Desk(open_page(user=cast.reporter)).open(story)


def assert_texts_are_with_their_headings(desk: Desk) -> None:
    for heading in desk.headings():
        assert desk.text_of(desk.row(heading)) == TEXTS[heading]


def assert_stored(desk: Desk, story: Story, headings: str) -> None:
    """Save, and find the subsections in this order: stored, and on the form that comes back."""
    desk.save()
    stored = [(row.heading, row.body) for row in story.subsections.order_by("position")]
    assert stored == [(heading, f"<p>{TEXTS[heading]}</p>") for heading in headings]
    assert desk.headings() == list(headings)


def drag(page: Page, handle: Locator, target: Locator, *, below: bool) -> None:
    """Press on the handle, pull it past the middle of `target` wherever that has gone to, and let go."""
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 + 6)
    over = target.bounding_box()
    page.mouse.move(box["x"] + 4, over["y"] + over["height"] * (0.9 if below else 0.1), steps=6)
    page.mouse.up()


def test_subsections_moved_by_buttons_are_stored_in_that_order(desk, story):
    """↓ and ↑ move a row, tell a screen reader where it is now, and keep the focus; the text stays in its editor."""
    announcement = desk.page.locator("#row-announcement")
    down = desk.row("甲").locator(".row-down")
    down.click()
    assert desk.headings() == ["乙", "甲", "丙"]
    expect(announcement).to_contain_text("2")
    expect(down).to_be_focused()
    down.click()
    assert desk.headings() == ["乙", "丙", "甲"]
    expect(down).to_be_disabled()
    expect(desk.row("甲").locator(".row-up")).to_be_focused()
    desk.row("丙").locator(".row-up").click()
    assert desk.headings() == ["丙", "乙", "甲"]
    assert_texts_are_with_their_headings(desk)
    assert_stored(desk, story, "丙乙甲")


def test_subsections_moved_by_keys_are_stored_in_that_order(desk, story):
    """Alt and an arrow key move the row the cursor is in, from a field and from the editor, and the cursor stays."""
    field = desk.row("甲").locator("input[name$=-figures]")
    field.click()
    desk.page.keyboard.press("Alt+ArrowDown")
    assert desk.headings() == ["乙", "甲", "丙"]
    expect(field).to_be_focused()
    desk.row("丙").frame_locator(".django-ckeditor-widget iframe").locator("body").click()
    desk.page.keyboard.press("Alt+ArrowUp")
    desk.page.keyboard.press("Alt+ArrowUp")
    desk.page.keyboard.press("Alt+ArrowUp")
    assert desk.headings() == ["丙", "乙", "甲"]
    assert_texts_are_with_their_headings(desk)
    assert_stored(desk, story, "丙乙甲")


def test_subsections_dragged_are_stored_in_that_order(desk, story):
    """The handle drags a row past others; while it does, rows show their headings only, and afterwards everything."""
    page = desk.page
    drag(page, desk.row("丙").locator(".row-handle"), desk.row("甲"), below=False)
    expect(page.locator(".is-sorting")).to_have_count(0)
    assert desk.headings() == ["丙", "甲", "乙"]
    drag(page, desk.row("丙").locator(".row-handle"), desk.row("甲"), below=True)
    assert desk.headings() == ["甲", "丙", "乙"]
    expect(desk.row("丙").locator(".cke")).to_be_visible()
    assert_texts_are_with_their_headings(desk)
    assert_stored(desk, story, "甲丙乙")


def test_row_handle_pressed_without_a_pull_moves_nothing(desk):
    """A click on the handle is no drag."""
    desk.row("乙").locator(".row-handle").click()
    assert desk.headings() == ["甲", "乙", "丙"]
    expect(desk.unsaved).to_be_hidden()


def test_subsections_added_and_moved_before_the_first_save(open_page, cast):
    """New rows take their text with them, wherever they are moved before the story was ever saved."""
    desk = Desk(open_page(user=cast.reporter)).open()
    desk.page.fill("#id_headline", "夜校开课")
    for heading, body in TEXTS.items():
        desk.add_subsection(heading, body=body)
    desk.row("丙").locator(".row-up").click()
    desk.row("甲").locator(".row-down").click()
    desk.row("甲").locator(".row-down").click()
    assert_texts_are_with_their_headings(desk)
    desk.save()
    assert_stored(desk, Story.objects.get(), "丙乙甲")


def test_subsection_added_and_removed_leaves_the_others_alone(desk, story):
    """Removing an unsaved row keeps text, count and editor of the rows around it, also when another one is added."""
    TEXTS_OF_NEW = {"丁": "第四段。", "戊": "第五段：稍长一点。"}
    for heading, body in TEXTS_OF_NEW.items():
        desk.add_subsection(heading, body=body)
    desk.row("丁").locator(".inline-deletelink").click()
    expect(desk.rows()).to_have_count(4)
    expect(desk.page.locator("#subsections-group .add-row a")).to_be_focused()
    assert desk.text_of(desk.row("戊")) == TEXTS_OF_NEW["戊"]
    desk.add_subsection("己", body="第六段。")
    assert desk.text_of(desk.row("戊")) == TEXTS_OF_NEW["戊"]
    expect(desk.row("戊").locator(".character-count")).to_have_count(1)
    expect(desk.row("戊").locator(".character-count")).to_contain_text("9")
    expect(desk.row("己").locator(".character-count")).to_contain_text("4")
    desk.save()
    stored = [(row.heading, row.body) for row in story.subsections.order_by("position")]
    assert stored[3:] == [("戊", f"<p>{TEXTS_OF_NEW['戊']}</p>"), ("己", "<p>第六段。</p>")]


def test_subsection_saved_and_ticked_for_deletion_is_deleted(desk, story):
    """A saved row goes when it is ticked and the form saved; its neighbours keep their text, wherever they moved."""
    desk.row("丙").locator(".row-up").click()
    desk.row("乙").locator("input[name$=-DELETE]").check()
    assert_stored(desk, story, "甲丙")


def test_subsection_written_with_the_keyboard_only(open_page, cast):
    """Enter adds a row and puts the cursor in it; Tab leads through heading, figures and editor; Enter moves it."""
    desk = Desk(open_page(user=cast.reporter)).open()
    page, keyboard = desk.page, desk.page.keyboard
    page.locator("#id_headline").focus()
    keyboard.type("只用键盘")
    page.locator("#subsections-group .add-row a").focus()
    for heading in "甲乙":
        keyboard.press("Enter")
        desk.wait_for_editors()
        keyboard.type(heading)
        keyboard.press("Tab")
        keyboard.type("3项")
        keyboard.press("Tab")
        # The editor's toolbar is one stop (or none), then comes the text.
        page.wait_for_function("() => document.activeElement.closest('.django-ckeditor-widget')")
        keyboard.type(TEXTS[heading])
        page.locator("#subsections-group .add-row a").focus()
    desk.row("乙").locator("input[name$=-heading]").focus()
    keyboard.press("Shift+Tab")
    keyboard.press("Shift+Tab")
    expect(desk.row("乙").locator(".row-up")).to_be_focused()
    keyboard.press("Enter")
    assert desk.headings() == ["乙", "甲"]
    desk.save()
    assert_stored(desk, Story.objects.get(), "乙甲")


def test_bylines_moved_by_keys_keep_their_people(open_page, cast):
    """Alt and an arrow key move a byline although they would open the menus in it; people stay with their roles."""
    lin, sun = (
        Contributor.objects.create(name=name, slug=slug) for name, slug in (("林晓禾", "lin"), ("孙致远", "sun"))
    )
    story = a_story(by=cast.reporter, bylines=[(lin, "reporter"), (sun, "photographer")])
    desk = Desk(open_page(user=cast.reporter)).open(story)
    first = desk.rows("bylines").first
    first.locator(".select2-selection").focus()
    desk.page.keyboard.press("Alt+ArrowDown")
    expect(desk.page.locator(".select2-dropdown")).to_have_count(0)
    first.locator("select[name$=-role]").focus()
    expect(first.locator(".row-down")).to_be_disabled()
    desk.save()
    stored = story.bylines.order_by("position").values_list("contributor__name", "role")
    assert list(stored) == [("孙致远", "photographer"), ("林晓禾", "reporter")]


def test_subsections_moved_by_touch_on_a_phone(open_page, cast, story):
    """On a phone the buttons are tapped and the handle is dragged with a finger."""
    page = open_page(width=375, height=1400, user=cast.reporter, has_touch=True, is_mobile=True)
    desk = Desk(page).open(story)
    desk.row("乙").locator(".row-up").tap()
    assert desk.headings() == ["乙", "甲", "丙"]
    handle = desk.row("丙").locator(".row-handle")
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x_, "y": y_} for x_, y_ in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    touch("touchStart", (x, y))
    touch("touchMove", (x, y - 8))
    expect(page.locator(".is-sorting")).to_have_count(1)
    target = desk.row("乙").bounding_box()["y"] + 2
    for step in range(1, 6):
        touch("touchMove", (x, y + (target - y) * step / 5))
    touch("touchEnd")
    expect(page.locator(".is-sorting")).to_have_count(0)
    assert desk.headings() == ["丙", "乙", "甲"]
    assert_texts_are_with_their_headings(desk)
    assert_stored(desk, story, "丙乙甲")
