"""What is asked of any page: that it fits its window, that its headings are in order, that axe-core finds no fault."""

from __future__ import annotations

from itertools import pairwise

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}


def assert_fits_its_window(page: Page) -> None:
    """Nothing makes the page scroll sideways; when something does, name it."""
    too_wide = page.evaluate(
        """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
          [...document.querySelectorAll("body *")]
            .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
            .map(element => `${element.tagName}.${element.className}`).slice(0, 8)"""
    )
    assert too_wide == [], f"{page.url} at {page.viewport_size}"


def assert_headings_in_order(page: Page) -> None:
    """One first heading, and no level left out on the way down."""
    levels = [
        int(level) for level in page.locator("h1,h2,h3,h4,h5,h6").evaluate_all("all => all.map(h => h.tagName[1])")
    ]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


def assert_accessible(page: Page) -> None:
    """axe-core finds nothing against WCAG 2.2 AA. The page needs `bypass_csp`: axe-core runs in it."""
    results = Axe().run(page, options=WCAG)
    faults = [
        f"{violation['id']}: {node['target']} {node['html'][:160]} {node.get('failureSummary', '')}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]
    assert not faults, "\n".join([page.url, *faults])


def style(element: Locator, name: str) -> str:
    """A computed style."""
    return element.evaluate("(element, name) => getComputedStyle(element)[name]", name)
