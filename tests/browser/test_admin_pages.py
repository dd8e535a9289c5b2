"""The desk around the text: list and filter, language, theme, phone, errors, and what assistive technology meets."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from articles.models import Contributor, Story
from tests.browser.desk import ADD, Desk
from tests.browser.pages import assert_accessible, assert_fits_its_window, style
from tests.builders import MONDAY, a_publication, a_section, a_story

LIST = "/admin/articles/story/"
WIDTHS = (320, 375, 768, 1000, 1280)


def shown_headlines(page) -> list[str]:
    return page.locator("#result_list .field-headline_and_link a").all_inner_texts()


def test_story_list_filtered_by_days(open_page, cast):
    """The form beside the list shows the stories last changed between two days, in the newsroom's zone."""
    last_minute_of_sunday = MONDAY.replace(hour=15, minute=59) - timedelta(days=1)
    for headline, moment in (
        ("周六的稿件", MONDAY - timedelta(days=2)),
        ("周日最后一分钟的稿件", last_minute_of_sunday),
        ("周一的稿件", last_minute_of_sunday + timedelta(minutes=1)),
    ):
        a_story(headline, now=moment)
    page = open_page(user=cast.editor)
    page.goto(f"{LIST}?status=draft")
    assert len(shown_headlines(page)) == 3
    page.fill("[type=date][name=changed_from]", "2026-03-01")
    page.fill("[type=date][name=changed_until]", "2026-03-01")
    page.locator(".date-range button").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    assert shown_headlines(page) == ["周日最后一分钟的稿件"]
    expect(page.locator("[type=date][name=changed_from]")).to_have_value("2026-03-01")
    assert "status=draft" in page.url


def test_story_list_searched_by_two_characters(open_page, cast):
    """Two characters from anywhere in a text find its story."""
    a_story("第一条", opening="<p>报名点设在村口。</p>")
    a_story("第二条", opening="<p>车票由县里承担。</p>")
    page = open_page(user=cast.editor)
    page.goto(LIST)
    page.fill("#searchbar", "村口")
    page.keyboard.press("Enter")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    assert shown_headlines(page) == ["第一条"]


def test_language_is_switched_on_any_page_of_the_desk(open_page, cast):
    """The button is written in the language it leads to, stays on the page, and is remembered."""
    story = a_story(by=cast.reporter)
    desk = Desk(open_page(user=cast.reporter)).open(story)
    page = desk.page
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
    switch = page.locator(".language-form button")
    expect(switch).to_have_text("English")
    switch.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(switch).to_have_text("简体中文")
    assert page.url.endswith(f"/{story.pk}/change/")
    page.goto(LIST)
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_dark_theme_reaches_the_status_bar_and_the_editor_bars(open_page, cast):
    """Chosen by the system or by the button, dark is dark: no white bar is left on the form."""
    story = a_story(by=cast.reporter)
    light = Desk(open_page(user=cast.reporter)).open(story).page
    dark = Desk(open_page(user=cast.reporter, dark=True)).open(story).page
    for part in (".status-bar", "#content-start", ".status-buttons [name=_preview]"):
        assert style(light.locator(part), "backgroundColor") != style(dark.locator(part), "backgroundColor") or (
            style(dark.locator(part), "backgroundColor") == "rgba(0, 0, 0, 0)"
        )
    assert "invert" in style(dark.locator("#cke_id_opening .cke_top"), "filter")
    assert style(light.locator("#cke_id_opening .cke_top"), "filter") == "none"
    light.evaluate("() => { document.documentElement.dataset.theme = 'dark'; }")
    assert "invert" in style(light.locator("#cke_id_opening .cke_top"), "filter")


def test_desk_fits_any_window(open_page, cast):
    """Neither the list nor a full form scrolls sideways, with each panel of the status bar open in turn."""
    lin = Contributor.objects.create(name="林晓禾", slug="lin")
    related = a_publication("第一条消息 标题很长很长很长很长很长很长很长很长很长很长").story
    story = a_publication(
        "三乡镇夜校开课 首晚来了二百人 走廊里也站满了前来报名的乡亲",
        kicker="夜校",
        by=cast.chief_editor,
        subsections=[("甲", "1项", "<p>一</p>")],
        bylines=[(lin, "reporter")],
        related=[related, ("https://example.org/" + "x" * 90, "别处")],
    ).story
    page = open_page(user=cast.chief_editor)
    page.goto(LIST)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert_fits_its_window(page)
    Desk(page).open(story)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for panel in page.locator(".status-panel").all():
            panel.locator("summary").click()
            fields = panel.locator(".status-fields")
            expect(fields).to_be_visible()
            expect(page.locator(".status-panel[open]")).to_have_count(1)
            box = fields.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            assert_fits_its_window(page)


def test_status_bar_leaves_room_to_write(open_page, cast):
    """However much it says, only its buttons stay in view while the form is scrolled."""
    story = a_publication("三乡镇夜校开课", by=cast.chief_editor, opening="<p>夜校。</p>" * 60).story
    page = Desk(open_page(user=cast.chief_editor, width=1100, height=700)).open(story).page
    page.evaluate("() => scrollTo(0, 900)")
    expect(page.locator(".status-buttons [name=_continue]")).to_be_in_viewport()
    expect(page.locator(".status-now")).not_to_be_in_viewport()


def test_past_moment_is_refused_at_its_field_and_nothing_is_lost(open_page, cast):
    """Publishing at a past time: the panel is open, the error stands at the field, all text is there; then it works."""
    section = a_section()
    desk = Desk(open_page(user=cast.chief_editor)).open()
    page = desk.page
    page.fill("#id_headline", "明早见报")
    desk.write("夜校开课。")
    desk.add_subsection("甲", figures="1项", body="小节的正文。")
    desk.choose(page, "section", section.name)
    desk.open_panel("_publish_at")
    page.fill("#id_publish_at", "2020-01-01T08:00")
    desk.press("_publish_at")

    expect(page.locator(".panel-field.errors:has(#id_publish_at) .errorlist")).to_be_visible()
    expect(page.locator("#id_publish_at")).to_have_value("2020-01-01T08:00")
    expect(page.locator("#id_headline")).to_have_value("明早见报")
    expect(desk.frame().locator("body")).to_have_text("夜校开课。")
    assert desk.headings() == ["甲"]
    assert desk.text_of(desk.row("甲")) == "小节的正文。"
    assert not Story.objects.exists()

    tomorrow = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=1)
    page.fill("#id_publish_at", f"{tomorrow:%Y-%m-%dT%H:%M}")
    # Enter in a panel does what the panel is for.
    page.locator("#id_publish_at").press("Enter")
    expect(page.locator(".status-planned")).to_have_count(1)
    publication = Story.objects.get().publications.get()
    assert f"{publication.live_from:%H:%M}" == f"{tomorrow.astimezone(ZoneInfo('UTC')):%H:%M}"


def test_second_save_keeps_everything_and_makes_no_revision(open_page, cast):
    """Saving again without a change stores the same, once; saving a change after that stores the change."""
    lin = Contributor.objects.create(name="林晓禾", slug="lin")
    desk = Desk(open_page(user=cast.reporter)).open()
    desk.page.fill("#id_headline", "存两次")
    desk.add_subsection("甲", body="正文。")
    desk.choose(desk.add_row("bylines"), "-contributor", lin.name)
    desk.save()
    desk.save()
    story = Story.objects.get()
    assert story.revisions.count() == 1
    assert (story.subsections.count(), story.bylines.count()) == (1, 1)
    desk.write("再加一句。")
    desk.save()
    assert story.revisions.count() == 2
    assert story.bylines.get().contributor == lin


def test_story_of_somebody_else_is_shown_without_fields_to_change(open_page, cast):
    """A reporter reads a colleague's story on the desk: no field, no row tools, nothing to send, no script fault."""
    story = a_story(by=cast.other_reporter, subsections=[("甲", "1项", "<p>小节的正文。</p>")])
    page = Desk(open_page(user=cast.reporter)).open(story).page
    expect(page.locator(".readonly").filter(has_text="小节的正文。")).to_have_count(1)
    expect(page.locator(".status-now")).to_be_visible()
    expect(page.locator("#story_form :is(input:not([type=hidden]), textarea, select, [type=submit])")).to_have_count(0)


@pytest.mark.parametrize("dark", [False, True])
def test_desk_is_accessible(open_page, cast, dark):
    """axe-core finds nothing against WCAG 2.2 AA on login, list and form."""
    lin = Contributor.objects.create(name="林晓禾", slug="lin")
    story = a_publication(
        "三乡镇夜校开课", by=cast.chief_editor, subsections=[("甲", "1项", "<p>一</p>")], bylines=[(lin, "reporter")]
    ).story
    a_story("草稿", kicker="引题")
    page = open_page(dark=dark, bypass_csp=True)
    page.goto("/admin/login/")
    assert_accessible(page)
    desk = Desk(open_page(dark=dark, bypass_csp=True, user=cast.chief_editor))
    desk.page.goto(LIST)
    assert_accessible(desk.page)
    for shown in (story, None):
        desk.open(shown)
        assert_accessible(desk.page)
    desk.open_panel("_publish_at")
    assert_accessible(desk.page)


def test_new_story_form_opens_for_whoever_may_write_only(open_page, cast, watch):
    """Somebody without a role is refused the form, politely."""
    watch.allow("status of 403", because="this is the answer to somebody who may not write")
    page = open_page(user=cast.outsider)
    assert page.goto(ADD).status == 403
    expect(page.locator("h1").first).to_be_visible()


def test_autocomplete_fields_are_called_by_their_labels(open_page, cast):
    """Assistive technology hears the label of an autocomplete field and what is chosen, also after a row is removed."""
    lin = Contributor.objects.create(name="林晓禾", slug="lin")
    story = a_story(by=cast.reporter)
    desk = Desk(open_page(user=cast.reporter)).open(story)
    label = desk.page.locator("label[for=id_section]").inner_text()
    expect(desk.page.get_by_role("combobox", name=re.compile(f"{label}.*{story.section.name}"))).to_have_count(1)
    label = desk.add_row("bylines").locator("label[for$=-contributor]").inner_text()
    desk.choose(desk.add_row("bylines"), "-contributor", lin.name)
    expect(desk.page.get_by_role("combobox", name=label)).to_have_count(2)
    desk.rows("bylines").first.locator(".inline-deletelink").click()
    expect(desk.rows("bylines")).to_have_count(1)
    expect(desk.page.get_by_role("combobox", name=re.compile(f"{label}.*{lin.name}"))).to_have_count(1)
