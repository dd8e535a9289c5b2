"""Sharing, copying, printing and the size of the text, in a real browser, with and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.builders import a_publication

NATIVE_SHARE = "navigator.share = (what) => { window.shared = what; return Promise.resolve(); };"
NO_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } });"
PRINTS = "window.printed = 0; window.print = () => { window.printed += 1; };"


@pytest.fixture
def address(newsroom_server, settings) -> str:
    settings.SITE_URL = newsroom_server.url
    settings.LANGUAGE_CODE = "en"
    return a_publication(
        "松岭县新开两趟务工专车", opening="<p>三月二日，专车开出。</p>" * 30, language="en"
    ).get_absolute_url()


def codes_asked_for(page: Page) -> list[str]:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "qr.svg" in request.url else None)
    return asked


def font_size(page: Page) -> float:
    return float(
        page.locator(".story-text p").first.evaluate("element => getComputedStyle(element).fontSize").removesuffix("px")
    )


def test_code_is_fetched_when_it_is_looked_at(open_page, address, newsroom_server):
    """Not before: it costs readers who do not share nothing. Opened by the keyboard, it is drawn."""
    page = open_page()
    asked = codes_asked_for(page)
    page.goto(address, wait_until="networkidle")
    assert asked == []
    page.locator("details.share summary").focus()
    with page.expect_response("**/qr.svg"):
        page.keyboard.press("Enter")
    picture = page.locator("details.share img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert asked == [f"{newsroom_server.url}{address}qr.svg"]


def test_address_is_copied_and_said(open_page, address, newsroom_server):
    """By the button, from the keyboard; what happened is said to screen readers as well."""
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(address)
    page.locator("details.share summary").click()
    page.get_by_role("button", name="Copy address").focus()
    page.keyboard.press("Enter")
    expect(page.locator("details.share [role=status]")).to_have_text("The address is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == newsroom_server.url + address


@pytest.mark.parametrize(
    ("works", "words"), [("true", "The address is copied."), ("false", "copy it with the keyboard")]
)
def test_refused_clipboard_leaves_the_address_marked(open_page, address, newsroom_server, works, words):
    """On a page sent by http there is no clipboard: the older way, and at last the reader's own hands."""
    page = open_page()
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));")
    page.add_init_script(f"document.execCommand = () => {works};")
    page.goto(address)
    page.locator("details.share summary").click()
    page.get_by_role("button", name="Copy address").click()
    expect(page.locator("details.share [role=status]")).to_contain_text(words)
    marked = "field => field.value.slice(field.selectionStart, field.selectionEnd)"
    assert page.locator("#share-address").evaluate(marked) == newsroom_server.url + address


def test_browser_that_can_share_is_asked_to(open_page, address, newsroom_server):
    page = open_page(width=390)
    page.add_init_script(NATIVE_SHARE)
    page.goto(address)
    page.locator("details.share summary").click()
    page.get_by_role("button", name="Share with an app").click()
    assert page.evaluate("window.shared") == {
        "title": "松岭县新开两趟务工专车",
        "url": newsroom_server.url + address,
    }


def test_browser_that_cannot_share_has_no_button_for_it(open_page, address):
    page = open_page()
    page.add_init_script("navigator.share = undefined;")
    page.goto(address)
    page.locator("details.share summary").click()
    expect(page.get_by_role("button", name="Copy address")).to_be_visible()
    expect(page.get_by_role("button", name="Share with an app")).to_have_count(0)


def test_escape_closes_the_panel_and_goes_back_to_where_it_was_opened(open_page, address):
    page = open_page()
    page.goto(address)
    page.locator("details.share summary").click()
    page.locator("#share-address").focus()
    page.keyboard.press("Escape")
    expect(page.locator("details.share")).not_to_have_attribute("open", "")
    expect(page.locator("details.share summary")).to_be_focused()


def test_print_button_prints(open_page, address):
    page = open_page()
    page.add_init_script(PRINTS)
    page.goto(address)
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") == 1


def test_text_grows_and_stays_so(open_page, address):
    """On the next page too, and smaller again when asked; the button says which size it is."""
    page = open_page()
    page.goto(address)
    normal = font_size(page)
    page.get_by_role("button", name="Large", exact=True).click()
    large = font_size(page)
    page.get_by_role("button", name="Larger", exact=True).press("Enter")
    assert normal < large < font_size(page)
    page.reload()
    assert font_size(page) > large
    expect(page.get_by_role("button", name="Larger", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Normal", exact=True)).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="Normal", exact=True).click()
    assert font_size(page) == normal
    assert page.evaluate("localStorage.length") == 0


def test_browser_that_keeps_nothing_still_changes_the_size(open_page, address):
    """A refused store is no error on the page."""
    page = open_page()
    page.add_init_script(NO_STORAGE)
    page.goto(address)
    normal = font_size(page)
    page.get_by_role("button", name="Large", exact=True).click()
    assert font_size(page) > normal


def test_nonsense_in_the_store_is_the_normal_size(open_page, address):
    page = open_page()
    page.goto(address)
    normal = font_size(page)
    page.evaluate("localStorage.setItem('text-size', 'x\"]{}')")
    page.reload()
    assert font_size(page) == normal
    expect(page.get_by_role("button", name="Normal", exact=True)).to_have_attribute("aria-pressed", "true")


def test_without_javascript_the_address_is_there_and_no_dead_button(open_page, address, newsroom_server):
    """The panel opens, the mail link works, the code is drawn."""
    page = open_page(java_script_enabled=False)
    page.goto(address)
    expect(page.locator(".reading-tools button:visible")).to_have_count(0)
    page.locator("details.share summary").click()
    expect(page.locator("#share-address")).to_have_value(newsroom_server.url + address)
    expect(page.locator("details.share img")).to_be_visible()
    expect(page.get_by_role("link", name="Send by mail")).to_be_visible()
    expect(page.locator(".reading-tools button:visible")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_tools_fit_the_window(open_page, address, width):
    """Open or closed, in the largest size; each can be hit by a finger (WCAG 2.2, 2.5.8: 24 pixels)."""
    page = open_page(width=width)
    page.goto(address)
    page.get_by_role("button", name="Larger", exact=True).click()
    page.locator("details.share summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for target in page.locator(".reading-tools :is(button, summary, a, input):visible").all():
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= 24
