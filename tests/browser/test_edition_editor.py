"""The night editor puts a list together: found by typing, moved, written over, pinned, looked at, scheduled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from articles import clock, moments
from articles.actions import save_edition
from articles.actions.list_times import When
from articles.models import StoryList
from tests.browser.pages import assert_accessible, assert_fits_its_window, assert_headings_in_order
from tests.browser.test_rows import drag
from tests.builders import a_publication
from tests.story_lists import a_list, an_edition, item, list_content

HEADLINES = ["岷山州把岗位送上山", "雪笠山隧道双洞贯通", "一家医院变十八家"]


@pytest.fixture
def story_list(cast) -> StoryList:
    now = clock.now() - timedelta(hours=3)
    for headline in HEADLINES:
        a_publication(headline, at=now, summary=f"{headline}的导语")
    return a_list(a_publication("村里来了车", at=now), now=now, length=5)


def new_edition(story_list: StoryList) -> str:
    return reverse("admin:articles_storylist_edition_new", args=[story_list.pk])


class Editor:
    """The page of an edition, as somebody uses it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        page.goto(address)
        expect(self.seen.locator(".list-title")).to_be_visible()

    @property
    def search(self) -> Locator:
        return self.page.locator("#edition-search")

    @property
    def found(self) -> Locator:
        return self.page.locator("#edition-found [role=option]")

    @property
    def seen(self):
        """The list as readers will see it."""
        return self.page.frame_locator(".edition-seen iframe")

    def row(self, headline: str) -> Locator:
        return self.page.locator(".edition-row", has=self.page.locator(".edition-name", has_text=headline))

    def order(self) -> list[str]:
        """The rows from top to bottom, as they stand on the screen."""
        rows = self.page.locator(".edition-row").all()
        seen = [(row.bounding_box()["y"], row.locator(".edition-name").inner_text()) for row in rows]
        return [name for _, name in sorted(seen)]

    def add(self, typed: str, headline: str) -> None:
        self.search.fill(typed)
        expect(self.found.first).to_contain_text(headline)
        self.search.press("Enter")
        expect(self.row(headline)).to_be_visible()

    def save(self) -> None:
        self.page.locator(".edition-save button[type=submit]").click()
        self.page.wait_for_url("**/change/")
        expect(self.page.locator(".messagelist .success")).to_be_visible()


@pytest.fixture
def editor(open_page, cast, story_list) -> Editor:
    return Editor(open_page(user=cast.list_editor), new_edition(story_list))


def test_an_edition_is_put_together_by_typing_and_scheduled(editor, story_list):
    """Without a hand on the mouse until it is saved; the preview shows each change, and the list holds all of them."""
    page = editor.page
    editor.search.focus()
    editor.add("隧道", HEADLINES[1])
    expect(editor.search).to_be_focused()
    editor.add("医院", HEADLINES[2])
    expect(page.locator("#row-announcement")).to_contain_text(HEADLINES[2])
    expect(editor.seen.locator(".list-entries, .briefs")).to_contain_text(HEADLINES[2])
    headline = editor.row(HEADLINES[2]).locator("[name$=-headline]")
    headline.focus()
    page.keyboard.press("Alt+ArrowUp")
    assert editor.order() == ["村里来了车", HEADLINES[2], HEADLINES[1]]
    expect(headline).to_be_focused()
    page.keyboard.type("一家医院，十八个门")
    expect(editor.seen.locator("body")).to_contain_text("一家医院，十八个门")
    more = editor.row(HEADLINES[1]).locator(".edition-more")
    more.locator("summary").focus()
    page.keyboard.press("Enter")
    more.locator("[name$=-pinned]").fill("1")
    expect(editor.seen.locator("a").first).to_have_text(HEADLINES[1])
    expect(editor.row(HEADLINES[1]).locator("[data-result]")).to_contain_text("1")
    start = moments.local(clock.now() + timedelta(days=1)).replace(hour=8, minute=0)
    page.fill("#id_start", f"{start:%Y-%m-%dT%H:%M}")
    expect(page.locator("[data-happens]")).to_contain_text("08:00")
    editor.save()
    edition = story_list.editions.upcoming(clock.now()).get()
    assert f"{moments.local(edition.starts_at):%Y-%m-%d %H:%M}" == f"{start:%Y-%m-%d} 08:00"
    assert [(each.headline, each.pinned) for each in edition.content.items] == [
        ("", None),
        ("一家医院，十八个门", None),
        ("", 1),
    ]


def test_rows_are_dragged_taken_out_and_put_back(editor, story_list):
    """What is taken out stays on the page until it is saved."""
    editor.add("隧道", HEADLINES[1])
    editor.add("岗位", HEADLINES[0])
    drag(editor.page, editor.row(HEADLINES[0]).locator(".row-handle"), editor.row("村里来了车"), below=False)
    assert editor.order() == [HEADLINES[0], "村里来了车", HEADLINES[1]]
    box = editor.row("村里来了车").locator(".delete input")
    box.check()
    expect(editor.seen.locator("body")).not_to_contain_text("村里来了车")
    box.uncheck()
    expect(editor.seen.locator("body")).to_contain_text("村里来了车")
    editor.row(HEADLINES[1]).locator(".delete input").check()
    editor.page.check("[name=when][value=now]")
    editor.save()
    stored = story_list.editions.holding(clock.now()).get().content
    assert len(stored.items) == 2


def test_the_search_is_complete_by_keyboard(editor):
    """Arrows go round, Escape closes and then clears, and what is not found is said."""
    editor.search.press("ArrowDown")
    expect(editor.found.first).to_be_visible()
    expect(editor.search).to_have_attribute("aria-expanded", "true")
    count = editor.found.count()
    for _ in range(count + 1):
        editor.search.press("ArrowDown")
    expect(editor.found.first).to_have_attribute("aria-selected", "true")
    editor.search.press("ArrowUp")
    expect(editor.found.last).to_have_attribute("aria-selected", "true")
    editor.search.press("Escape")
    expect(editor.found.first).to_be_hidden()
    editor.search.fill("没有这样的稿件")
    expect(editor.page.locator("[data-search-says]")).not_to_be_empty()
    editor.search.press("Escape")
    expect(editor.search).to_have_value("")
    assert editor.page.locator(".edition-row").count() == 1


def test_a_story_that_is_not_out_yet_says_when_it_will_be(editor, story_list, cast):
    """In its row, and under the preview; at the later moment it is there."""
    from articles.actions import publish_story
    from tests.builders import OPERATOR, a_story

    start = clock.now() + timedelta(days=1)
    publish_story(story=a_story("明早的头条", now=clock.now()), by=OPERATOR, at=start)
    editor.add("明早", "明早的头条")
    row = editor.row("明早的头条")
    expect(row.locator("[data-result]")).to_have_class("edition-result is-hidden")
    expect(editor.page.locator(".edition-hidden")).to_contain_text("明早的头条")
    local = moments.local(start + timedelta(minutes=1))
    editor.page.fill("#id_start", f"{local:%Y-%m-%dT%H:%M}")
    expect(editor.seen.locator("body")).to_contain_text("明早的头条")


def test_a_contradiction_is_chosen_on_the_form_itself(open_page, cast, story_list):
    """Both sides stand over the form; all that was typed is still in it."""
    edition = an_edition(
        story_list,
        item("/1", key="k1", headline="一"),
        now=clock.now(),
        when=When(start=clock.now() + timedelta(days=1)),
    )
    address = reverse("admin:articles_storylist_edition", args=[story_list.pk, edition.pk])
    editor = Editor(open_page(user=cast.list_editor, bypass_csp=True), address)
    headline = editor.page.locator(".edition-row [name$=-headline]")
    headline.fill("我的")
    save_edition(
        story_list=story_list,
        content=list_content(item("/1", key="k1", headline="她的")),
        by=cast.editor,
        edition=edition,
    )
    editor.page.locator(".edition-save button[type=submit]").click()
    panel = editor.page.locator("#edition-conflicts")
    expect(panel).to_be_focused()
    expect(panel).to_contain_text("她的")
    expect(headline).to_have_value("我的")
    assert_accessible(editor.page)
    panel.locator("input[value=theirs]").check()
    editor.save()
    edition.refresh_from_db()
    assert edition.content.items[0].headline == "她的"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_is_usable_at_every_width(open_page, cast, story_list, width, dark):
    """On a phone as at the desk: it fits, axe-core finds nothing, and the fields of a row can be reached."""
    page = open_page(user=cast.list_editor, width=width, dark=dark, bypass_csp=True)
    editor = Editor(page, new_edition(story_list))
    editor.add("隧道", HEADLINES[1])
    more = editor.row(HEADLINES[1]).locator(".edition-more")
    more.locator("summary").click()
    more.locator("select").first.select_option("at")
    expect(more.locator("[type=datetime-local]").first).to_be_visible()
    page.locator(".edition-looks summary").click()
    expect(page.locator("#id_title")).to_be_visible()
    assert_fits_its_window(page)
    assert_headings_in_order(page)
    assert_accessible(page)


def test_without_scripts_the_form_is_complete(open_page, cast, story_list):
    """Numbers are typed into blank rows."""
    page = open_page(user=cast.list_editor, java_script_enabled=False)
    page.goto(new_edition(story_list))
    blank = page.locator(".edition-row.is-blank").first
    blank.locator("[name$=-url]").fill("/ziliao/")
    blank.locator("[name$=-headline]").fill("资料")
    page.check("[name=when][value=now]")
    page.locator(".edition-save button[type=submit]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    stored = story_list.editions.holding(clock.now()).get().content
    assert [each.headline for each in stored.items] == ["", "资料"]
