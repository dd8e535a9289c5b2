"""How every kind of page lies in its window: the narrowest and a wide one, without a jump, by keyboard, on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from articles import clock
from tests.browser.pages import assert_fits_its_window, style
from tests.whole_site import ANSWERS, a_whole_site

# Collected from the first paint on; what follows a touch of the reader's is none.
WATCH_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    if (!entry.hadRecentInput)
      window.shifts.push([entry.value, ...entry.sources.map(({node}) => node?.className || node?.nodeName)].join(" "));
}).observe({type: "layout-shift", buffered: true});
"""
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"


@pytest.fixture
def whole_site(transactional_db, settings, watch) -> dict[str, str]:
    settings.EARLIER_VERSIONS = True
    watch.allow("status of 4(04|10)", because="some kinds of page answer with this status on purpose")
    return a_whole_site(clock.now())


@pytest.mark.parametrize("width", [320, 1920])
def test_every_kind_of_page_fits_the_narrowest_and_a_wide_window(open_page, whole_site, width):
    """Nothing scrolls sideways at 320 pixels, which is also 1280 at a zoom of 400 %, nor at 1920."""
    page = open_page(width=width)
    for kind, address in whole_site.items():
        assert page.goto(address).status == ANSWERS.get(kind, 200), kind
        assert_fits_its_window(page)


@pytest.mark.parametrize("width", [390, 1280])
def test_no_kind_of_page_shifts_while_it_loads(open_page, whole_site, width):
    """The layout shift is 0, with what a script shows later and with a size of text that was chosen before."""
    page = open_page(width=width)
    page.context.add_init_script(WATCH_SHIFTS)
    page.context.add_init_script('localStorage.setItem("text-size", "larger")')
    for kind, address in whole_site.items():
        page.goto(address)
        page.evaluate(PAINTED)
        assert page.evaluate("() => window.shifts") == [], kind


def test_a_wide_window_is_used(open_page, whole_site):
    """At 1920 pixels the front page and the stories of a section stand side by side, to both edges of the masthead."""
    page = open_page(width=1920)
    page.goto(whole_site["front"])
    lead, beside = page.locator(".card-lead").bounding_box(), page.locator(".list").first.bounding_box()
    assert beside["y"] == lead["y"]
    assert beside["x"] > lead["x"] + lead["width"]
    page.goto(whole_site["section"])
    tops = page.locator(".story-list .card").evaluate_all("all => all.map(card => card.getBoundingClientRect().top)")
    assert len(set(tops)) <= len(tops) // 2


def test_news_have_their_order_by_size(open_page, whole_site):
    """Lead, second and brief differ in size, and the lead comes first."""
    page = open_page()
    page.goto(whole_site["front"])
    sizes = [
        float(style(page.locator(selector).first, "fontSize").removesuffix("px"))
        for selector in (".card-lead .headline", ".card-feature .headline", ".card-brief .headline")
    ]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 2 * sizes[1]
    assert sizes[1] > sizes[2]


@pytest.mark.parametrize("kind", ["front", "story", "search_found"])
def test_focus_is_seen_and_inside_the_window(open_page, whole_site, kind):
    """Each Tab moves to something with an outline, in the window and not behind a bar."""
    page = open_page(width=390)
    page.goto(whole_site[kind])
    for _ in range(40):
        page.keyboard.press("Tab")
        focus = page.locator(":focus")
        if not focus.count() or focus.evaluate("element => element === document.body"):
            break
        assert style(focus, "outlineStyle") != "none", focus.evaluate("element => element.outerHTML")
        expect(focus).to_be_in_viewport()


def current_section(page: Page) -> list[str]:
    return page.locator(".sections [aria-current]").all_inner_texts()


def test_section_of_a_page_is_marked(open_page, whole_site):
    """On its own page, on that of a section within it and on that of a story; on a phone it is in view."""
    page = open_page(width=320)
    for kind in ("section", "child_section", "story"):
        page.goto(whole_site[kind])
        assert current_section(page) == ["要闻"], kind
        expect(page.locator(".sections [aria-current]")).to_be_in_viewport()
    page.goto(whole_site["archive"])
    assert current_section(page) == []


PRINTED_AWAY = (
    ".skip-link, .masthead-tools, .sections, .breadcrumbs, .colophon, .contents, .reading-tools, .permalink, .topics,"
    " .neighbours, .related, .lists, form, button"
)


@pytest.mark.parametrize("kind", ["story", "corrected", "english"])
def test_paper_has_the_story_and_its_rights_and_no_furniture(open_page, whole_site, kind):
    """The name of the site, the story, what was corrected, the notice and the address; nothing to press."""
    page = open_page(dark=True)
    page.goto(whole_site[kind])
    assert page.locator(PRINTED_AWAY).count() > 5
    page.emulate_media(media="print")
    for element in page.locator(PRINTED_AWAY).all():
        expect(element).to_be_hidden()
    for shown in (".site-name >> nth=0", "h1", ".byline", ".story-text >> nth=0", ".copyright"):
        expect(page.locator(shown)).to_be_visible()
    expect(page.locator(".printed-address")).to_contain_text(whole_site[kind])
    expect(page.locator(".corrections")).to_be_visible() if kind == "corrected" else None
    assert style(page.locator("body"), "backgroundColor") == "rgb(255, 255, 255)"


def test_correction_is_printed_once_and_no_larger_than_the_text(open_page, whole_site):
    """The list of changes stands for the notice above the text, which says the same."""
    page = open_page()
    page.goto(whole_site["corrected"])
    expect(page.locator(".top-notice")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".top-notice")).to_be_hidden()
    assert style(page.locator(".corrections"), "fontSize") == style(page.locator(".story-text").first, "fontSize")


def test_section_and_headline_of_a_story_are_seen_once_above_the_text(open_page, whole_site):
    """The path has the section and not the headline; on paper, which has no path, the section stands above it."""
    page = open_page()
    page.goto(whole_site["story"])
    headline = page.locator(".breadcrumbs [aria-current]").bounding_box()
    assert max(headline["width"], headline["height"]) <= 1
    expect(page.locator(".story-header .eyebrow")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".story-header .eyebrow")).to_be_visible()


def test_forced_colours_keep_what_is_marked(open_page, whole_site):
    """Where the system chooses the colours, the current section still differs from the others."""
    page = open_page()
    page.emulate_media(forced_colors="active")
    edges = []
    for kind in ("section", "archive"):
        page.goto(whole_site[kind])
        edges.append(style(page.locator(".sections a").first, "borderBottomStyle"))
    assert edges == ["solid", "none"]
