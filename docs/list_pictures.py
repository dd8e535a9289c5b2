"""What stands in the window when a picture of story lists or of the time machine is taken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page

Colleague = Callable[[str], Page]

ZONE = ZoneInfo("Asia/Shanghai")
LEAD = "首页头条"


def edition(page: Page, colleague: Colleague) -> None:
    """What readers have of the front page's lead, opened for the next edition."""
    list_page(page, colleague)
    follow(page, page.locator("a[href*='/edition/']:not([href$='/edition/'])").first)
    page.locator("#edition-seen").wait_for()
    page.wait_for_load_state("networkidle")


def list_page(page: Page, colleague: Colleague) -> None:
    overview(page, colleague)
    follow(page, page.get_by_role("link", name=LEAD, exact=True).first)


def overview(page: Page, colleague: Colleague) -> None:
    page.goto("/admin/articles/storylist/")


def timeline(page: Page, colleague: Colleague) -> None:
    """Three days, in which a special comes, three mornings are planned, and a list runs short."""
    page.goto("/admin/articles/storylist/timeline/")
    follow(page, page.locator("a[href*='3d']").first)


def problems(page: Page, colleague: Colleague) -> None:
    page.goto("/admin/articles/storylist/problems/")


def time_machine(page: Page, colleague: Colleague) -> None:
    """The front page of tomorrow at eight, with the bar that says what changes there."""
    tomorrow = datetime.now(ZONE).date() + timedelta(days=1)
    moment = datetime.combine(tomorrow, time(8), ZONE).astimezone(ZoneInfo("UTC"))
    page.goto(f"/at/{moment:%Y-%m-%dT%H:%M:%S}Z/")


def follow(page: Page, link: Locator) -> None:
    with page.expect_navigation():
        link.click()
