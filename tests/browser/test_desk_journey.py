"""The promise of the desk in one journey: reporter, editor and chief editor, each at a window, and a reader at another.

What is published is exactly what was approved; two people who write at once lose nothing; readers see each version when
its time has come.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import SignOff, Story
from tests.browser.desk import Desk, sign_in
from tests.builders import a_section

FIRST = "三乡镇夜校开课 首晚来了二百人"
CHOSEN = "三乡镇夜校开课 首晚来了二百零三人"
CORRECTED = "三乡镇夜校开课 首晚来了一百零三人"
MISSING = "人数是谁统计的？请补上来源。"
ANSWER = "镇里签到册，二百零三人，已补进正文。"
CORRECTION = "首晚到课人数应为一百零三人，此前误为二百零三人。"
NOTICE = "到课人数仍有出入，编辑部正在核实。"


@pytest.fixture
def people(open_page, cast, newsroom_server, settings) -> SimpleNamespace:
    """Everybody at a window of their own; this newsroom has one review."""
    settings.REVIEW_STAGES = "one"
    a_section()
    reporter = Desk(open_page())
    sign_in(reporter.page, cast.reporter)
    editor, chief = (Desk(open_page(user=user)) for user in (cast.editor, cast.chief_editor))
    return SimpleNamespace(reporter=reporter, editor=editor, chief=chief, reader=open_page())


@pytest.fixture
def hours_later(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lets time go on from a moment that many hours from now."""
    return lambda hours: monkeypatch.setattr("articles.clock.now", lambda: timezone.now() + timedelta(hours=hours))


def test_story_from_the_reporter_to_its_withdrawal(people, watch, hours_later):
    """Written, sent back, written by two at once, approved, published, corrected on time, restored, withdrawn."""
    watch.allow("status of 410", because="the withdrawn story answers with its notice and this status")
    story = is_written_and_sent_back(people)
    different_places_are_merged(people, story)
    the_same_place_is_chosen(people, story)
    address = is_approved_and_published(people, story)
    correction_is_approved_and_scheduled(people, story, address)
    hours_later(25)
    correction_is_read(people.reader)
    headline_is_restored(people.chief, story)
    people.reader.reload()
    expect(people.reader.locator("h1")).to_have_text(CORRECTED)
    is_withdrawn(people, story)


def is_written_and_sent_back(people: SimpleNamespace) -> Story:
    """The reporter submits, the editor sends back with a note, the reporter answers it and submits again."""
    reporter, editor = people.reporter.open(), people.editor
    expect(reporter.button("_publish_now")).to_have_count(0)
    reporter.page.fill("#id_headline", FIRST)
    reporter.page.fill("#id_summary", "晚上七点半，教室里坐满了人。")
    reporter.write("夜校设在镇中心小学，一周两晚。")
    reporter.add_subsection("先学什么", figures="12门课 36名老师", body="报名最多的是电工和家政。")
    reporter.add_subsection("谁来上课", figures="203人 平均41岁", body="年纪最大的学员六十八岁。")
    reporter.choose(reporter.page, "section", "要闻")
    reporter.press("_submit")
    story = Story.objects.get(headline=FIRST)
    assert story.review == Story.Review.SUBMITTED
    expect(reporter.button("_approve")).to_have_count(0)

    editor.open(story).press_in_panel("_send_back", {"review_note": MISSING})
    reporter.open(story)
    expect(reporter.page.locator(".status-review")).to_be_visible()
    reporter.answer_note(MISSING, ANSWER)
    reporter.write("镇里签到册记了二百零三人。")
    reporter.press("_submit")
    story.refresh_from_db()
    assert story.review == Story.Review.SUBMITTED
    return story


def different_places_are_merged(people: SimpleNamespace, story: Story) -> None:
    """The editor works on the figures, the reporter on the summary and another subsection: all of it is kept."""
    reporter, editor = people.reporter.open(story), people.editor.open(story)
    editor.row("谁来上课").locator("input[name$=-figures]").fill("203人 平均42岁")
    editor.save()
    reporter.page.fill("#id_summary", "晚上七点半，走廊里也站满了人。")
    reporter.row("先学什么").locator("input[name$=-heading]").fill("最想学什么")
    reporter.save()
    expect(reporter.page.locator(".messagelist .info")).to_contain_text("Zhao")
    expect(reporter.row("谁来上课").locator("input[name$=-figures]")).to_have_value("203人 平均42岁")
    expect(reporter.page.locator("#id_summary")).to_have_value("晚上七点半，走廊里也站满了人。")
    assert reporter.headings() == ["最想学什么", "谁来上课"]


def the_same_place_is_chosen(people: SimpleNamespace, story: Story) -> None:
    """Both write the headline: the reporter sees both texts, keeps the editor's, and loses nothing typed elsewhere."""
    reporter, editor = people.reporter.open(story), people.editor.open(story)
    editor.page.fill("#id_headline", CHOSEN)
    editor.save()
    reporter.page.fill("#id_headline", "夜校开课首晚 走廊里也站满了人")
    reporter.page.fill("#id_subtitle", "电工和家政最受欢迎")
    conflict = reporter.save_into_conflict()
    assert conflict.sides("headline") == [CHOSEN, "夜校开课首晚 走廊里也站满了人"]
    conflict.choose("headline", "theirs")
    conflict.save()
    expect(reporter.page.locator("#id_headline")).to_have_value(CHOSEN)
    expect(reporter.page.locator("#id_subtitle")).to_have_value("电工和家政最受欢迎")


def is_approved_and_published(people: SimpleNamespace, story: Story) -> str:
    """Somebody else approves than who wrote last; readers see exactly that text. Gives the address of the page."""
    editor, chief, reader = people.editor.open(story), people.chief, people.reader
    editor.press("_approve")
    story.refresh_from_db()
    assert story.review == Story.Review.APPROVED
    chief.open(story).press("_publish_now")
    published = story.publications.get()
    assert published.revision.digest == SignOff.objects.get(revision=published.revision).digest
    address = published.get_absolute_url()
    assert reader.goto(address).status == 200
    expect(reader.locator("h1")).to_have_text(CHOSEN)
    expect(reader.locator(".subtitle")).to_have_text("电工和家政最受欢迎")
    expect(reader.locator(".story > .summary")).to_have_text("晚上七点半，走廊里也站满了人。")
    expect(reader.locator(".story > .story-text")).to_have_text(
        "夜校设在镇中心小学，一周两晚。镇里签到册记了二百零三人。"
    )
    expect(reader.locator("h2 .heading-line")).to_have_text(["最想学什么", "谁来上课"])
    expect(reader.locator("h2 .figures")).to_have_text(["12门课 36名老师", "203人 平均42岁"])
    expect(reader.locator(".corrections")).to_have_count(0)
    return address


def correction_is_approved_and_scheduled(people: SimpleNamespace, story: Story, address: str) -> None:
    """The reporter corrects, the editor approves, the chief editor sets the time; until then nothing changes."""
    reporter, editor, chief, reader = people.reporter.open(story), people.editor, people.chief, people.reader
    reporter.page.fill("#id_headline", CORRECTED)
    reporter.save()
    reporter.press("_submit")
    editor.open(story).press("_approve")
    tomorrow = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=1)
    chief.open(story).say_what_has_changed("correction", CORRECTION)
    chief.press_in_panel("_publish_at", {"publish_at": f"{tomorrow:%Y-%m-%dT%H:%M}"})
    expect(chief.page.locator(".status-planned time")).to_have_attribute(
        "datetime", f"{tomorrow:%Y-%m-%dT%H:%M}:00+08:00"
    )
    reader.goto(address)
    expect(reader.locator("h1")).to_have_text(CHOSEN)
    expect(reader.locator("body")).not_to_contain_text(CORRECTION)


def correction_is_read(reader: Page) -> None:
    assert reader.reload().status == 200
    expect(reader.locator("h1")).to_have_text(CORRECTED)
    expect(reader.locator(".top-notice")).to_contain_text(CORRECTION)


def headline_is_restored(chief: Desk, story: Story) -> None:
    """Two versions are compared, and one field of the older one becomes a new version that readers do not see."""
    page = chief.page
    chief.open(story)
    page.locator(".object-tools .historylink").click()
    before = story.revisions.count()
    page.locator("[type=radio][name=old][value='1']").check()
    page.locator(f"[type=radio][name=new][value='{before}']").check()
    page.locator("form:has([type=radio][name=old]) [type=submit]").click()
    headline = page.locator("#field-headline")
    expect(headline.locator(".compared-text:visible ins").first).to_be_visible()
    expect(page.locator(f".breadcrumbs a[href$='/{story.pk}/change/']")).to_have_text(CORRECTED)
    headline.locator("[name=part][value=headline]").click()
    expect(page.locator(".messagelist .success")).to_have_count(1)
    assert story.revisions.count() == before + 1
    story.refresh_from_db()
    assert (story.headline, story.subtitle) == (FIRST, "电工和家政最受欢迎")
    assert story.review != Story.Review.APPROVED


def is_withdrawn(people: SimpleNamespace, story: Story) -> None:
    """The notice stands where the story was."""
    people.chief.open(story).press_in_panel("_withdraw", {"withdrawal_note": NOTICE})
    assert people.reader.reload().status == 410
    expect(people.reader.locator("main")).to_contain_text(NOTICE)
    expect(people.reader.locator("body")).not_to_contain_text(CORRECTED)
    kinds = story.publications.order_by("live_from").values_list("kind", "change")
    assert list(kinds) == [("published", ""), ("corrected", "correction"), ("withdrawn", "")]
