"""Moving what is planned in a real browser, an hour that clocks show twice among them."""

from __future__ import annotations

from playwright.sync_api import expect

from articles import clock
from articles.actions import publish_story
from articles.models import Publication
from tests.browser.desk import Desk, sign_in
from tests.builders import a_publication
from tests.publishing import change


def test_plan_is_moved_into_the_hour_that_clocks_show_twice(open_page, cast, settings):
    """At its own line, by keyboard; the form asks which of the two is meant, and keeps what was typed."""
    settings.TIME_ZONE = "Europe/Berlin"
    now = clock.now()
    story = a_publication("夜校开课", at=now).story
    change(story, "夜校改期")
    plans = [
        publish_story(story=story, by=cast.chief_editor, at=now.replace(year=year), change="update", note=note)
        for year, note in ((2097, "补充了时间"), (2098, "补充了地点"))
    ]
    page = open_page()
    sign_in(page, cast.chief_editor)
    desk = Desk(page).open(story)
    page.fill("#id_summary", "没有存的摘要")
    line = page.locator(".status-reschedule").nth(1)
    line.locator("summary").focus()
    page.keyboard.press("Enter")
    line.locator("[name=reschedule_at]").fill("2099-10-25T02:30")

    desk.press_at(line.locator("[name=_reschedule]"))

    line = page.locator(".status-reschedule").nth(1)
    expect(line.locator(".errorlist")).to_be_visible()
    expect(page.locator("#id_summary")).to_have_value("没有存的摘要")
    line.get_by_role("radio").nth(1).check()
    desk.press_at(line.locator("[name=_reschedule]"))
    expect(page.locator(".messagelist .success")).to_have_count(1)
    assert Publication.objects.get(pk=plans[1].pk).live_from.isoformat() == "2099-10-25T01:30:00+00:00"
    assert Publication.objects.get(pk=plans[0].pk).live_from == plans[0].live_from
