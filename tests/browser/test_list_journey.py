"""The promise of story lists: planned today for tomorrow at eight, seen in the time machine, and live on time.

The list editor at one window, a reader at another; between them the clock of the newsroom, which the test moves.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.actions import publish_story
from articles.models import ListEdition
from tests.builders import OPERATOR, a_publication, a_story
from tests.story_lists import a_list

# In Beijing a Monday afternoon, and eight o'clock the next morning.
TODAY = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
TOMORROW = datetime(2026, 3, 3, 0, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
PRESENT, COMING, OWN = "三乡镇夜校开课", "松岭县新开两趟务工专车", "务工专车明早首发"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`clock(moment)`: from now on it is that moment, for editors, readers and the ticker alike."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr("articles.clock.now", lambda: moment)

    set_to(TODAY)
    return set_to


def headlines(page: Page) -> list[str]:
    page.goto("/")
    return page.locator("main .headline").all_inner_texts()


def test_list_planned_for_tomorrow_is_live_on_time(open_page, cast, clock):
    """Nobody is awake at eight: story and list are there at once, not a second earlier, and the past stays."""
    present = a_publication(PRESENT, at=TODAY - timedelta(hours=2))
    coming = a_story(COMING, now=TODAY)
    publish_story(story=coming, by=OPERATOR, at=TOMORROW, now=TODAY)
    front = a_list(present, name="首页头条", title="头条", length=5, display="cards", now=TODAY - timedelta(hours=1))

    editor = open_page(user=cast.list_editor)
    editor.goto(f"/admin/articles/storylist/{front.pk}/change/")
    editor.locator(f"a[href*='/storylist/{front.pk}/edition/']").first.click()
    plan(editor)
    edition = ListEdition.objects.get(starts_at=TOMORROW)
    assert [item.story_id for item in edition.content.items] == [coming.pk, present.story_id]

    see_it_in_the_time_machine(editor)

    reader = open_page(width=390)
    clock(TOMORROW - SECOND)
    assert headlines(reader) == [PRESENT]
    clock(TOMORROW)
    assert headlines(reader) == [OWN, PRESENT]
    reader.get_by_role("link", name=OWN).click()
    expect(reader.locator("h1")).to_have_text(COMING)

    # What readers had yesterday is still what it was.
    editor.goto(f"/at/{TODAY:%Y-%m-%dT%H:%M:%S}Z/")
    expect(editor.locator("main .headline")).to_have_text([PRESENT])


def plan(page: Page) -> None:
    """A new edition: the story that is not out yet comes first, under a headline of its own, from tomorrow at eight."""
    page.fill("#edition-search", COMING[:3])
    expect(page.locator("#edition-found [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    row = page.locator(".edition-row:not(.is-blank)").filter(has_text=COMING)
    row.locator("input[name$=-headline]").fill(OWN)
    row.locator("input[name$=-headline]").press("Alt+ArrowUp")
    page.check("input[name=when][value=at]")
    page.fill("#id_start", "2026-03-03T08:00")
    # The preview is read at the moment for which it is planned, at which the story is live.
    expect(page.locator("#edition-seen iframe").content_frame.get_by_text(OWN)).to_be_visible()
    page.locator(".edition-save button[type=submit]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def see_it_in_the_time_machine(page: Page) -> None:
    """From now to the next change of the front page, which is tomorrow at eight, and back."""
    page.goto(f"/at/{TODAY:%Y-%m-%dT%H:%M:%S}Z/")
    expect(page.locator("main .headline")).to_have_text([PRESENT])
    page.locator(".time-machine-step.is-next").click()
    expect(page.locator(".time-machine-moment")).to_contain_text("08:00")
    expect(page.locator("main .headline")).to_have_text([OWN, PRESENT])
    page.locator(".time-machine-now").click()
    expect(page.locator("main .headline")).to_have_text([PRESENT])
