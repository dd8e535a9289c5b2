"""A newcomer gives the site its name, colours, logo and footer: measured while they type, and seen by readers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from articles.actions import save_site_identity, save_site_page
from articles.models import FooterLine, SiteIdentity, SitePage
from tests.appearance.pictures import lettering, picture
from tests.browser.pages import assert_accessible, assert_fits_its_window, assert_headings_in_order, style
from tests.builders import MONDAY, OPERATOR

FORM = "/admin/articles/siteidentity/"


def logo(name: str = "logo.png", size: tuple[int, int] = (640, 160)) -> dict:
    return {"name": name, "mimeType": "image/png", "buffer": picture(size)}


def preview(page: Page, number: int) -> Locator:
    return page.locator(".masthead-preview").nth(number)


def an_identity(**fields) -> SiteIdentity:
    lines = [FooterLine(text="京ICP备1号", url="https://beian.miit.gov.cn/"), FooterLine(text="许可证 1")]
    return save_site_identity(
        identity=SiteIdentity(pk=1, name="松岭日报", publisher="松岭日报社", **fields),
        footer_lines=lines,
        logos={"light": picture(), "dark": picture((200, 50))},
        by=OPERATOR,
        now=MONDAY,
    )


def test_colour_is_measured_while_it_is_typed(open_page, cast):
    """And drawn; the picker and the text follow each other."""
    page = open_page(user=cast.chief_editor, locale="en")
    page.goto(FORM)
    said, drawn = preview(page, 0).locator(".preview-contrast"), preview(page, 0).locator("rect.preview-accent")
    page.fill("#id_accent", "f0a0a0")
    expect(said).to_contain_text("Contrast 1.8 : 1")
    expect(drawn).to_have_attribute("fill", "#f0a0a0")
    expect(page.locator("#id_accent + input[type=color]")).to_have_value("#f0a0a0")
    page.fill("#id_accent", "nonsense")
    expect(drawn).to_have_attribute("fill", "#f0a0a0")
    page.locator("#id_accent + input[type=color]").fill("#0a5c8a")
    expect(page.locator("#id_accent")).to_have_value("#0a5c8a")
    expect(said).to_contain_text("Contrast 6.3 : 1")


@pytest.mark.parametrize("colour", ["#a3191e", "#767676", "#6b6b6b", "#0a5c8a", "#8a6d00"])
def test_page_measures_as_the_server_does(open_page, cast, colour):
    """Word for word, so that nothing is refused that the page called readable."""
    page = open_page(user=cast.chief_editor, locale="en")
    page.goto(FORM)
    page.fill("#id_accent", colour)
    live = preview(page, 0).locator(".preview-contrast").inner_text()
    page.click("[name=_save]")
    page.wait_for_load_state()
    assert preview(page, 0).locator(".preview-contrast").inner_text() == live
    assert (page.locator(".field-accent .errorlist").count() == 0) == ("can be read" in live)


def test_logo_is_shown_before_it_is_sent(open_page, cast):
    """On both papers, until there is another one for the dark; then readers have it without anything moving."""
    page = open_page(user=cast.chief_editor, locale="en")
    page.goto(FORM)
    page.fill("#id_name", "松岭日报")
    expect(preview(page, 0).locator(".preview-name")).to_have_text("松岭日报")
    page.set_input_files("#id_logo_light", logo())
    for number in (0, 1):
        expect(preview(page, number).locator(".preview-logo")).to_have_attribute("visibility", "visible")
    page.click("[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("Contrast of the colours")
    page.goto("/")
    shown = page.locator(".masthead .site-logo img")
    assert shown.evaluate("image => image.naturalWidth") == 640
    box = shown.bounding_box()
    assert box["width"] / box["height"] == pytest.approx(4, rel=0.03)
    assert shown.get_attribute("alt")


def test_logo_that_would_be_lost_is_told_before_it_is_sent(open_page, cast):
    """Dark letters on dark paper; readers then see them on a ground, until there is a logo for the dark."""
    page = open_page(user=cast.chief_editor, locale="en", dark=True)
    page.goto(FORM)
    page.set_input_files("#id_logo_light", {**logo(), "buffer": lettering((10, 10, 10))})
    expect(preview(page, 1).locator(".preview-unseen")).to_contain_text("too dark for dark paper")
    expect(preview(page, 1).locator(".preview-ground")).to_have_attribute("visibility", "visible")
    expect(preview(page, 0).locator(".preview-unseen")).to_be_empty()
    page.click("[name=_save]")
    expect(page.locator(".messagelist .warning")).to_contain_text("too dark for dark paper")
    page.goto("/")
    assert style(page.locator(".masthead .site-logo img"), "backgroundColor") == "rgb(231, 228, 221)"
    page.goto(FORM)
    page.set_input_files("#id_logo_dark", {**logo(), "buffer": lettering((250, 250, 250))})
    expect(preview(page, 1).locator(".preview-ground")).to_have_attribute("visibility", "hidden")
    expect(preview(page, 1).locator(".preview-unseen")).to_be_empty()


def test_lines_are_added_and_ordered_by_keyboard(open_page, cast):
    page = open_page(user=cast.chief_editor, locale="en")
    page.goto(FORM)
    add = page.locator("#footer_lines-group .add-row a")
    for text in ("第一", "第二"):
        add.focus()
        page.keyboard.press("Enter")
        page.keyboard.type(text)
    page.keyboard.press("Alt+ArrowUp")
    page.click("[name=_save]")
    page.wait_for_load_state()
    assert list(SiteIdentity.objects.get().footer_lines.values_list("text", flat=True)) == ["第二", "第一"]


def test_form_works_without_script(open_page, cast):
    an_identity()
    page = open_page(user=cast.chief_editor, locale="en", java_script_enabled=False)
    page.goto(FORM)
    page.fill("#id_name", "无脚本报")
    page.fill("#id_accent", "0A5C8A")
    page.fill("#id_footer_lines-0-place", "9")
    page.click("[name=_save]")
    expect(preview(page, 0).locator("rect.preview-accent")).to_have_attribute("fill", "#0a5c8a")
    identity = SiteIdentity.objects.get()
    assert identity.name == "无脚本报"
    assert [line.text for line in identity.footer_lines.all()] == ["许可证 1", "京ICP备1号"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_forms_and_pages_are_accessible(open_page, cast, width, dark):
    """The form, its history, and a simple page with everything at its foot."""
    an_identity(accent="#0a5c8a", accent_on_dark="#7cc4ff")
    body = "<p>我们是谁，<a href='https://example.org/'>在哪里</a>。</p><h3>编辑部</h3><p>" + "正文" * 200 + "</p>"
    row = SitePage(title="关于我们", body=body, purpose="about", live_from=MONDAY)
    row = save_site_page(page=row, by=OPERATOR, now=MONDAY)
    page = open_page(width=width, dark=dark, user=cast.chief_editor, bypass_csp=True)
    for path in (f"{FORM}1/change/", f"{FORM}1/history/", f"/admin/articles/sitepage/{row.pk}/history/"):
        page.goto(path)
        assert_accessible(page)
    page.goto(row.get_absolute_url())
    assert_accessible(page)
    assert_fits_its_window(page)
    assert_headings_in_order(page)
    colour = "rgb(124, 196, 255)" if dark else "rgb(10, 92, 138)"
    accent = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent')")
    assert accent.strip() == ("#7cc4ff" if dark else "#0a5c8a")
    assert colour in {
        style(page.locator(".story-text a"), name) for name in ("color", "textDecorationColor", "borderBottomColor")
    }
