"""From the desk to the reader, as people would do it: the promise of the first release in one test."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from articles.models import Contributor, Publication, Story
from tests.browser.desk import Desk, sign_in
from tests.builders import a_publication, a_section

HEADLINE = "三乡镇夜校开课 首晚来了二百人"
CHANGED = "三乡镇夜校开课 首周来了一千人"
NOTICE = "稿件中的人数有误，编辑部正在核实。"


def test_story_from_the_desk_to_the_reader(open_page, cast, watch):
    """A reporter writes, a chief editor publishes, schedules, cancels and withdraws, a reader sees just that."""
    watch.allow("status of 410", because="the withdrawn story answers with its notice and this status")
    section = a_section()
    related = a_publication("松岭县新开两趟务工专车", summary="车票由县里承担。")
    Contributor.objects.create(name="林晓禾", slug="lin-xiaohe")

    # The reporter writes.
    page = open_page()
    sign_in(page, cast.reporter)
    desk = Desk(page).open()
    expect(desk.button("_publish_now")).to_have_count(0)
    page.fill("#id_headline", HEADLINE)
    page.fill("#id_summary", "晚上七点半，教室里坐满了人。")
    desk.write("夜校设在镇中心小学，一周两晚。")
    desk.add_subsection("先学什么", figures="12门课 36名老师", body="报名最多的是电工和家政。")
    desk.add_subsection("谁来上课", figures="203人 平均41岁", body="年纪最大的学员六十八岁。")
    desk.choose(desk.add_row("bylines"), "-contributor", "林晓禾")
    desk.choose(desk.add_row("related_links"), "-related_story", "松岭县新开")
    desk.choose(page, "section", section.name)
    desk.save()
    story = Story.objects.get(headline=HEADLINE)

    # The preview opens beside the form and stores nothing.
    page.fill("#id_subtitle", "只在预览里的副题")
    with page.context.expect_page() as opened:
        desk.button("_preview").click()
    preview = opened.value
    expect(preview.locator(".preview-bar")).to_be_visible()
    expect(preview.locator("h1")).to_have_text(HEADLINE)
    expect(preview.locator(".subtitle")).to_have_text("只在预览里的副题")
    expect(preview.locator("h2 .figures")).to_have_text(["12门课 36名老师", "203人 平均41岁"])
    preview.close()
    story.refresh_from_db()
    assert story.subtitle == ""
    assert story.revisions.count() == 1
    assert not Publication.objects.filter(story=story).exists()

    # The chief editor publishes.
    chief = Desk(open_page())
    sign_in(chief.page, cast.chief_editor)
    chief.open(story)
    chief.press("_publish_now")
    expect(chief.page.locator(".status-now.is-live")).to_contain_text("1")
    address = chief.page.locator(".status-now + a").get_attribute("href")

    # The reader reads.
    reader = open_page()
    assert reader.goto(address).status == 200
    expect(reader.locator("h1")).to_have_text(HEADLINE)
    expect(reader.locator(".story > .summary")).to_have_text("晚上七点半，教室里坐满了人。")
    expect(reader.locator(".story > .story-text")).to_have_text("夜校设在镇中心小学，一周两晚。")
    expect(reader.locator("h2 .heading-line")).to_have_text(["先学什么", "谁来上课"])
    expect(reader.locator("h2 .figures")).to_have_text(["12门课 36名老师", "203人 平均41岁"])
    expect(reader.locator(".story-part .story-text")).to_have_text(
        ["报名最多的是电工和家政。", "年纪最大的学员六十八岁。"]
    )
    expect(reader.locator(".byline")).to_contain_text("林晓禾")
    expect(reader.locator(".related h3 a")).to_have_attribute("href", related.get_absolute_url())
    expect(reader.locator(".related p")).to_contain_text("车票由县里承担。")

    # A change is scheduled; until then readers see what they saw.
    tomorrow = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=1)
    chief.page.fill("#id_headline", CHANGED)
    chief.say_what_has_changed("update", "补充首周人数。")
    chief.press_in_panel("_publish_at", {"publish_at": f"{tomorrow:%Y-%m-%dT%H:%M}"})
    expect(chief.page.locator(".status-now.is-live")).to_contain_text("1")
    expect(chief.page.locator(".status-planned")).to_contain_text("2")
    expect(chief.page.locator(".status-planned time")).to_have_attribute(
        "datetime", f"{tomorrow:%Y-%m-%dT%H:%M}:00+08:00"
    )
    reader.reload()
    expect(reader.locator("h1")).to_have_text(HEADLINE)

    # It is called off.
    chief.press("_cancel")
    expect(chief.page.locator(".status-planned")).to_have_count(0)
    expect(chief.page.locator(".status-difference")).to_be_visible()
    expect(chief.page.locator("#id_headline")).to_have_value(CHANGED)

    # The story is withdrawn, and the notice stands where it was.
    chief.open_panel("_withdraw")
    chief.page.fill("#id_withdrawal_note", NOTICE)
    chief.press("_withdraw")
    expect(chief.page.locator(".status-now")).not_to_have_class("status-now is-live")
    assert reader.reload().status == 410
    expect(reader.locator("main")).to_contain_text(NOTICE)
    expect(reader.locator("body")).not_to_contain_text(HEADLINE)
    kinds = story.publications.order_by("live_from").values_list("kind", flat=True)
    assert list(kinds) == [Publication.Kind.PUBLISHED, Publication.Kind.WITHDRAWN]

    # The history tells who did what.
    chief.page.locator(".object-tools .historylink").click()
    people = chief.page.locator(".story-history table").first.locator("td:last-child")
    expect(people).to_have_text(["Tang", "Tang"])
    expect(chief.page.locator(".story-history")).to_contain_text(NOTICE)
