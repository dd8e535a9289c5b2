"""Public pages as readers meet them: every width, light and dark, with and without JavaScript, on paper."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from articles import clock
from articles.actions import withdraw_story
from articles.models import Contributor, CopyrightNotice, Publication, Source, Topic
from tests.browser.pages import assert_accessible, assert_fits_its_window, assert_headings_in_order, style
from tests.builders import OPERATOR, a_publication, a_section
from tests.story_lists import a_list, item

WIDE_TABLE = (
    "<table><caption>各县人数</caption><thead><tr>"
    + "".join(f'<th scope="col">{number}月</th>' for number in range(1, 13))
    + "</tr></thead><tbody><tr>"
    + "".join(f"<td>{number},024</td>" for number in range(10, 22))
    + "</tr></tbody></table>"
)
BODY = (
    "<p>岷<ruby>峨<rt>é</rt></ruby>山下的夜校，" + "一周两晚，来的人一晚比一晚多。" * 12 + "</p>"
    "<h3>名单</h3><ul><li>电工</li><li>家政</li></ul>"
    '<blockquote class="pullquote"><p>先算账，再出门。</p></blockquote>'
    '<p>报名<a href="https://example.org/a/very/long/address/without/any/break/in/it/' + "x" * 90 + '">网址</a>，'
    "https://example.org/" + "y" * 120 + "</p>" + WIDE_TABLE
)
PARTS = [("先学什么 再学什么", "12门课 36名老师", BODY), ("谁来上课", "203人 平均41岁", BODY), ("往后怎么办", "", BODY)]
WIDTHS = (320, 360, 1280, 1920)


@dataclass(frozen=True)
class Site:
    """Addresses of one page of each kind."""

    front: str
    section: str
    story: str
    english: str
    gone: str
    missing: str


@pytest.fixture
def site(transactional_db) -> Site:
    own = Source.objects.create(name="川西观察", slug="own", kind=Source.Kind.OWN)
    CopyrightNotice.objects.create(
        source=own, text="未经许可不得转载。", holder="川西观察报社", effective_from=clock.now().replace(year=2020)
    )
    lin = Contributor.objects.create(name="林晓禾", slug="lin-xiaohe", job_title="记者")
    zhao = Contributor.objects.create(name="赵文博", slug="zhao-wenbo")
    topic = Topic.objects.create(name="就业", slug="jobs")
    culture = a_section("文化", "culture", parent=a_section())
    now = clock.now()
    others = [a_publication(f"第{number}条消息 来自三乡镇", summary="一句话的摘要。", at=now) for number in range(4)]
    a_publication("老街的灯", section=culture, at=now)
    gone = a_publication("数字有误的稿件", at=now)
    withdraw_story(story=gone.story, by=OPERATOR, note="人数有误。", now=clock.now())
    english = a_publication(
        "A mountain county finds work for 29,000 of its poorest residents",
        kicker="Employment",
        language="en",
        subsections=[("Buses to the coast", "123 coaches and 3 flights", "<p>" + "They left at dawn. " * 40 + "</p>")],
        source=own,
        at=now,
    )
    story = a_publication(
        "三乡镇夜校开课 首晚来了二百人 走廊里也站满了前来报名的乡亲",
        kicker="夜校 公益 就业",
        subtitle="镇里、学校和企业一起出力",
        summary="晚上七点半，教室里坐满了人。" * 3,
        opening=BODY.replace("<h3>名单</h3>", ""),  # its heading would skip a level: the opening follows the h1
        subsections=PARTS,
        bylines=[(lin, "reporter"), (zhao, "responsible_editor")],
        related=[others[0].story, ("https://example.org/other/" + "z" * 80, "别处的消息")],
        topics=[topic],
        source=own,
        dateline="三乡",
        original_title="Night school opens",
        original_author="A. Writer",
        original_url="https://example.org/original/" + "w" * 80,
        at=now,
    )
    return Site(
        front="/",
        section="/section/news/",
        story=story.get_absolute_url(),
        english=english.get_absolute_url(),
        gone=gone.get_absolute_url(),
        missing="/2026/03/02/nothing-999999/",
    )


@pytest.fixture
def lists(site) -> None:
    """Lists of each kind in each place, in two languages, with an address of another site."""
    now = clock.now()
    english = a_publication(
        "Night school opens in the hills", summary="They came in hundreds. " * 3, language="en", at=now
    )
    rows = [
        a_publication(f"列表里的第{number}条消息 写得比较长 要换行才放得下", summary="一句话的摘要。" * 5, at=now)
        for number in range(6)
    ]
    address = item("https://example.org/" + "a" * 60, headline="别处的消息", teaser="外站的导语。")
    for place in ("front", "section", "below", "beside"):
        for display in ("cards", "teasers", "headlines"):
            name = f"{place} {display}"
            values = {"title": f"列表 {display}", "display": display, "place": place, "slot": display}
            a_list(*rows, english, address, name=name, may_repeat=True, now=now, **values)


def visit(page: Page, site: Site, kind: str) -> None:
    answer = page.goto(getattr(site, kind))
    assert answer.status == {"gone": 410, "missing": 404}.get(kind, 200)


KINDS = ("front", "section", "story", "english", "gone", "missing")


@pytest.mark.parametrize("dark", [False, True])
def test_page_fits_any_window(open_page, site, watch, dark):
    """No page of any kind scrolls sideways or reports a fault, and each has one first heading and levels in order."""
    watch.allow("status of 4(04|10)", because="two of the pages answer with this status on purpose")
    page = open_page(dark=dark)
    for kind in KINDS:
        visit(page, site, kind)
        assert_headings_in_order(page)
        background = style(page.locator("body"), "backgroundColor")
        assert (sum(map(int, background.removeprefix("rgb(").removesuffix(")").split(","))) < 384) is dark
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert_fits_its_window(page)


@pytest.mark.parametrize("dark", [False, True])
def test_page_is_accessible(open_page, site, watch, dark):
    """axe-core finds nothing against WCAG 2.2 AA, in light and in dark, on a phone."""
    watch.allow("status of 4(04|10)", because="two of the pages answer with this status on purpose")
    # axe-core runs in the page, and the page's own policy would not let it.
    page = open_page(width=375, dark=dark, bypass_csp=True)
    for kind in KINDS:
        visit(page, site, kind)
        assert_accessible(page)


@pytest.mark.parametrize("dark", [False, True])
def test_page_with_lists_fits_and_is_accessible(open_page, site, lists, dark):
    """Front, section and story with lists of each kind, on a phone and on a desk: WCAG 2.2 AA, nothing sideways."""
    page = open_page(dark=dark, bypass_csp=True)
    for kind in ("front", "section", "story", "english"):
        visit(page, site, kind)
        assert_headings_in_order(page)
        expect(page.locator(".list")).to_have_count({"story": 6, "english": 6}.get(kind, 3))
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert_fits_its_window(page)
            assert_accessible(page)


def test_lists_beside_a_story_stand_below_it_on_a_phone(open_page, site, lists):
    """From a thousand pixels on they have a column of their own, and never push the text about."""
    page = open_page(width=1000)
    visit(page, site, "story")

    def edges(selector: str) -> dict:
        return page.locator(selector).first.bounding_box()

    text, beside = edges(".story-text"), edges(".lists-beside")
    assert beside["x"] > text["x"] + text["width"]
    assert abs(beside["y"] - edges(".story > .summary")["y"]) < 2
    page.set_viewport_size({"width": 999, "height": 900})
    below, beside = edges(".lists-below"), edges(".lists-beside")
    assert beside["y"] > below["y"] + below["height"]
    assert beside["x"] == edges(".story-text")["x"]


def test_long_column_beside_a_short_story_leaves_its_parts_together(open_page, site, lists):
    """The page grows at its end: the text is as high as it is without the lists."""
    page = open_page(width=1280)
    visit(page, site, "english")
    footer, beside = page.locator(".story-footer"), page.locator(".lists-beside")
    place = footer.bounding_box()
    assert beside.bounding_box()["height"] > 1000
    beside.evaluate("column => column.remove()")
    assert footer.bounding_box() == place


def test_page_works_without_javascript(open_page, site):
    """Everything is read and followed without a script: front, section, story, its contents and related stories."""
    page = open_page(java_script_enabled=False)
    page.goto(site.front)
    page.get_by_role("navigation").first.get_by_role("link", name="要闻").click()
    page.get_by_role("link", name="三乡镇夜校开课").click()
    expect(page.locator("h1")).to_contain_text("三乡镇夜校开课")
    page.locator(".contents a").nth(2).click()
    expect(page.locator("#part-3")).to_be_in_viewport()
    page.locator(".related h3 a").first.click()
    expect(page.locator("h1")).to_contain_text("第0条消息")


def test_public_pages_need_no_script(open_page, site):
    """A story brings its tools for reading, no other page any; these and the styles come from the same address."""
    page = open_page()
    for kind in ("front", "section", "story"):
        visit(page, site, kind)
        scripts = page.locator("script:not([type='application/ld+json'])")
        expect(scripts).to_have_count(1 if kind == "story" else 0)
        origins = page.locator("link[rel=stylesheet], script[src]").evaluate_all(
            "all => all.map(one => new URL(one.href || one.src).origin)"
        )
        assert set(origins) == {page.evaluate("() => location.origin")}


def test_skip_link_leads_to_the_content(open_page, site):
    """The first Tab shows the link that skips the furniture; Enter goes to the content."""
    page = open_page()
    visit(page, site, "story")
    link = page.locator(".skip-link")
    expect(link).not_to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main#content")).to_be_focused()


def test_story_typography_follows_its_language(open_page, site):
    """Figures line up, Chinese paragraphs are indented by two characters, English ones are not; both say their lang."""
    page = open_page()
    visit(page, site, "story")
    figures = page.locator("h2 .figures").first
    assert "tabular-nums" in style(figures, "fontVariantNumeric")
    assert "tabular-nums" in style(page.locator("td").first, "fontVariantNumeric")
    paragraph = page.locator(".story-text > p").first
    size = float(style(paragraph, "fontSize").removesuffix("px"))
    assert style(paragraph, "textIndent") == f"{2 * size:g}px"
    assert style(paragraph, "lineBreak") == "strict"
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    visit(page, site, "english")
    assert style(page.locator(".story-text > p").first, "textIndent") == "0px"
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_story_table_scrolls_by_itself_on_a_phone(open_page, site):
    """A table wider than the screen scrolls in a box of its own, with the keyboard as well."""
    page = open_page(width=320)
    visit(page, site, "story")
    box = page.locator(".table-box").first
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.table-box').scrollLeft > 0")


def test_story_on_paper(open_page, site):
    """Printed, the furniture is gone, the text is there, in dark ink even from a dark screen, with its address."""
    page = open_page(dark=True)
    visit(page, site, "story")
    page.emulate_media(media="print")
    for hidden in (".sections", ".colophon", ".contents", ".related", ".skip-link"):
        expect(page.locator(hidden)).to_be_hidden()
    for shown in ("h1", ".byline", ".story-text >> nth=0", ".copyright", ".printed-address"):
        expect(page.locator(shown)).to_be_visible()
    assert style(page.locator("body"), "backgroundColor") == "rgb(255, 255, 255)"
    ink = style(page.locator(".story-text > p").first, "color")
    assert sum(map(int, ink.removeprefix("rgb(").removesuffix(")").split(","))) < 120


def test_withdrawn_story_shows_its_notice_only(open_page, site, watch):
    """The page of a withdrawn story says so and why, and nothing of its text."""
    watch.allow("status of 410", because="this is the status of a withdrawn story")
    page = open_page()
    visit(page, site, "gone")
    expect(page.locator("main")).to_contain_text("人数有误。")
    expect(page.locator("body")).not_to_contain_text("数字有误的稿件")
    assert Publication.objects.filter(kind=Publication.Kind.WITHDRAWN).count() == 1
