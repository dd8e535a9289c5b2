"""One page of every kind in Chromium: nothing axe-core finds, nothing sideways, no other host, and light to load."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Response

from articles import clock
from tests.browser.pages import assert_accessible, assert_fits_its_window, assert_headings_in_order
from tests.whole_site import ANSWERS, a_whole_site

SCREENSHOTS = Path(__file__).parent.parent.parent / "var" / "screenshots"

# What a story page may weigh without pictures, compressed, and in how many requests.
HEAVIEST = 30_000
MOST_REQUESTS = 4


@pytest.fixture
def whole_site(transactional_db, settings, watch) -> dict[str, str]:
    settings.EARLIER_VERSIONS = True
    watch.allow("status of 4(04|10)", because="some kinds of page answer with this status on purpose")
    return a_whole_site(clock.now())


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_kind_of_page_is_accessible(open_page, whole_site, theme, width):
    """WCAG 2.2 AA, headings in order, no scrolling sideways; pictures of all of them are kept in var/screenshots."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    # axe-core runs in the page, and the page's own policy would not let it.
    page = open_page(width=width, dark=theme == "dark", bypass_csp=True)
    for kind, address in whole_site.items():
        assert page.goto(address).status == ANSWERS.get(kind, 200), kind
        assert_headings_in_order(page)
        assert_fits_its_window(page)
        assert_accessible(page)
        page.screenshot(path=SCREENSHOTS / f"{kind}-{theme}-{width}.png", full_page=True)


def answers(page: Page, address: str) -> list[Response]:
    """Everything the page asks for until nothing more comes."""
    found: list[Response] = []
    page.on("response", lambda one: found.append(one))
    page.goto(address, wait_until="networkidle")
    return found


def test_story_page_is_light(open_page, whole_site, newsroom_server):
    """At most 30 kB compressed in at most four requests, all of them to the site itself."""
    found = answers(open_page(), whole_site["story"])
    weights = {urlsplit(one.url).path: len(gzip.compress(one.body(), mtime=0)) for one in found}
    assert len(found) <= MOST_REQUESTS, weights
    assert sum(weights.values()) <= HEAVIEST, weights
    assert {urlsplit(one.url).netloc for one in found} == {urlsplit(newsroom_server.url).netloc}


def test_public_answers_come_compressed(open_page, whole_site):
    """The site itself compresses its pages and its stylesheet, whatever stands in front of it."""
    for one in answers(open_page(), whole_site["story"]):
        kind = one.headers["content-type"].partition(";")[0]
        if kind in {"text/html", "text/css"}:
            assert one.headers.get("content-encoding") == "gzip", one.url
