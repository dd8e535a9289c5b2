"""How every kind of page lies in its window: the narrowest and a wide one, without a jump, by keyboard, on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from articles import clock
from articles.models import SiteIdentity
from tests.browser.pages import assert_fits_its_window, style
from tests.builders import a_section
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


def edges(page: Page, selector: str) -> tuple[float, float]:
    """Where the first such element begins and ends, from left to right."""
    box = page.locator(selector).first.bounding_box()
    return box["x"], box["x"] + box["width"]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [320, 768, 834, 1024])
@pytest.mark.parametrize("name", ["川西观察", "川西山区观察日报"])
def test_masthead_of_the_front_page_has_room_for_its_tools(open_page, whole_site, name, width, dark):
    """The choice of characters keeps to one line beside any name; the search form, or the way to it, has its place."""
    SiteIdentity.objects.update(name=name)
    page = open_page(width=width, dark=dark)
    page.goto(whole_site["front"])
    heights = page.locator(".script-choice a").evaluate_all("all => all.map(a => a.getBoundingClientRect().height)")
    assert len(heights) == 2
    assert max(heights) < 36
    assert edges(page, ".site-name a")[1] <= edges(page, ".script-choice")[0]
    ways = page.locator(".masthead-tools .search-link:visible, .masthead-tools .search-form:visible")
    assert ways.count() == 1
    assert edges(page, ".masthead-tools :is(.search-link, .search-form button):visible")[1] <= width
    field = page.locator(".masthead-tools input:visible")
    assert not field.count() or field.bounding_box()["width"] >= 80


def test_characters_that_are_read_are_marked(open_page, whole_site):
    """As the section is: the mark is under the one that is read, and moves with the reader."""
    page = open_page()
    for kind, read in (("front", "简体"), ("front_in_traditional_script", "繁體")):
        page.goto(whole_site[kind])
        marked = [
            choice.inner_text()
            for choice in page.locator(".script-choice a").all()
            if style(choice, "boxShadow") != "none"
        ]
        assert marked == [read]


@pytest.mark.parametrize("width", [390, 1280])
def test_masthead_is_as_high_on_the_search_page(open_page, whole_site, width):
    """That page has its own form and the masthead none; nothing jumps on the way there."""
    page = open_page(width=width)
    heights = []
    for kind in ("section", "search"):
        page.goto(whole_site[kind])
        heights.append(page.locator(".masthead").bounding_box()["height"])
    assert heights[0] == heights[1]


def test_sections_out_of_sight_are_hinted_at(open_page, whole_site):
    """Where the row of sections scrolls its edge fades: after what is seen, then before it; where all fit, neither."""
    for slug in ("economy", "livelihood", "culture", "sports", "opinion", "schools"):
        a_section(f"{slug.title()} 新闻", slug)
    page = open_page(width=320)
    page.goto(whole_site["archive"])
    row = page.locator(".sections ul")

    def faded() -> list[str]:
        page.evaluate(PAINTED)
        return row.evaluate(
            "ul => ['--fade-before', '--fade-after'].map(name => getComputedStyle(ul).getPropertyValue(name))"
        )

    assert faded() == ["0px", "56px"]
    row.evaluate("ul => ul.scrollTo({left: ul.scrollWidth, behavior: 'instant'})")
    assert faded() == ["56px", "0px"]
    page.set_viewport_size({"width": 1280, "height": 900})
    assert faded() == ["0px", "0px"]


@pytest.mark.parametrize("width", [390, 1280])
def test_tools_stay_where_they_are_when_the_panel_for_sharing_opens(open_page, whole_site, width):
    page = open_page(width=width)
    page.goto(whole_site["story"])
    tools = page.locator(".share summary, .reading-tools [data-print], .text-sizes")
    expect(tools).to_have_count(3)
    before = [tool.bounding_box() for tool in tools.all()]
    page.locator(".share summary").click()
    expect(page.locator(".share-panel")).to_be_visible()
    assert [tool.bounding_box() for tool in tools.all()] == before
    assert page.locator(".share-panel").bounding_box()["y"] >= max(box["y"] + box["height"] for box in before)


@pytest.mark.parametrize("width", [1280, 1920])
def test_archive_ends_where_the_page_does(open_page, whole_site, width):
    page = open_page(width=width)
    page.goto(whole_site["archive_month"])
    assert edges(page, ".calendar")[1] == pytest.approx(edges(page, ".sections")[1], abs=1)


def test_lines_beside_each_other_stand_on_one_line(open_page, whole_site):
    """Names in a byline and their labels, lines at the foot with a link and without one."""
    page = open_page()
    page.goto(whole_site["story"])
    tops = """all => all.map(element => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return range.getClientRects()[0].top;
    })"""
    label = page.locator(".byline .facts > div:has(a)").first
    assert len(set(label.locator("dt, a").evaluate_all(tops))) == 1
    heights = page.locator(".footer-lines li").evaluate_all("all => all.map(li => li.getBoundingClientRect().height)")
    assert len(heights) == 2
    assert len(set(heights)) == 1


def test_retracted_story_says_so_above_its_headline(open_page, whole_site):
    """Before the headline is read, on paper too."""
    page = open_page()
    page.goto(whole_site["retracted"])
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        expect(page.locator(".retracted")).to_be_visible()
        assert page.locator(".retracted").bounding_box()["y"] < page.locator("h1").bounding_box()["y"]
