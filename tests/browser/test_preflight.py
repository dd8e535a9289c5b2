"""The panel "Before publishing" in a browser: it follows what is typed, and leads to the field."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.desk import Desk
from tests.browser.pages import assert_accessible
from tests.preflight_desk import a_sound_story

READY = "The checks found nothing to mend."


@pytest.fixture(autouse=True)
def checks_are_on(newsroom_server, settings):
    settings.PREFLIGHT_OFF = []


def opened(open_page, user, story, **options) -> Desk:
    return Desk(open_page(user=user, locale="en-GB", bypass_csp=True, **options)).open(story)


def found(desk: Desk) -> Locator:
    return desk.page.locator(".preflight-findings a")


def summary(desk: Desk) -> Locator:
    return desk.page.locator("[data-preflight-summary]")


def test_findings_follow_what_is_typed(open_page, cast):
    """A plain field, an editor and an autocomplete list; what changes is said to screen readers."""
    desk = opened(open_page, cast.reporter, a_sound_story(by=cast.reporter))
    expect(summary(desk)).to_have_text(READY)
    said = desk.page.locator("[data-preflight-said]")
    expect(said).to_have_text("")
    desk.page.fill("#id_summary", "")
    expect(found(desk)).to_have_text(["The summary is missing."])
    expect(said).to_have_text("1 point keeps the story from going live.")
    desk.write("好。。")
    expect(found(desk)).to_have_count(2)
    desk.page.fill("#id_summary", "摘要")
    desk.page.locator(".field-source .select2-selection__clear").click()
    desk.page.keyboard.press("Escape")
    expect(found(desk).first).to_have_text("The source is missing.")
    assert_accessible(desk.page)


def test_unchanged_form_is_asked_about_once(open_page, cast):
    """Clicking about costs one request, not one for each click."""
    desk = opened(open_page, cast.reporter, a_sound_story(by=cast.reporter))
    asked = []
    desk.page.on("request", lambda request: asked.append(request.url) if "/preflight/" in request.url else None)
    for field in ("#id_headline", "#id_kicker"):
        with desk.page.expect_response("**/preflight/") if not asked else nullcontext():
            desk.page.click(field)
        desk.page.wait_for_timeout(2000)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("message", "focused"),
    [
        ("The summary is missing.", "#id_summary"),
        ("This is a reprint: the original author is missing.", "#id_original_author"),
        ("This is a reprint: the responsible editor is missing.", "#bylines-group .add-row a"),
        ("Subsection 1 has no heading.", "#id_subsections-0-heading"),
    ],
)
def test_finding_leads_to_its_field(open_page, cast, message, focused):
    """By keyboard, into folded parts of the form and new rows as well."""
    desk = opened(open_page, cast.reporter, a_sound_story(by=cast.reporter, original_title="原题"))
    desk.add_subsection("", figures="数据")
    desk.page.fill("#id_summary", "")
    link = desk.page.get_by_role("link", name=message, exact=True)
    link.focus()
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator(focused)).to_be_focused()
    expect(desk.page.locator(focused)).to_be_in_viewport()


def test_finding_leads_into_an_editor(open_page, cast):
    desk = opened(open_page, cast.reporter, a_sound_story(by=cast.reporter))
    desk.write("好。。")
    found(desk).click()
    desk.page.keyboard.type("改")
    expect(desk.frame().locator("body")).to_contain_text("改")


def test_finding_leads_to_an_autocomplete_list(open_page, cast):
    desk = opened(open_page, cast.reporter, a_sound_story(by=cast.reporter))
    desk.page.locator(".field-source .select2-selection__clear").click()
    desk.page.keyboard.press("Escape")
    found(desk).first.click()
    expect(desk.page.locator(".field-source .select2-selection")).to_be_focused()


def test_checks_that_cannot_be_asked_are_said_so(open_page, cast, watch):
    """The session expired, or the server is away: the list stays, and the form goes on."""
    watch.allow("403", because="the answer is refused on purpose")
    desk = opened(open_page, cast.reporter, a_sound_story(by=cast.reporter))
    desk.page.route("**/preflight/", lambda route: route.fulfill(status=403))
    desk.page.fill("#id_summary", "")
    expect(summary(desk)).to_contain_text("could not be asked")
    desk.page.unroute("**/preflight/")
    desk.page.fill("#id_summary", "摘要，，")
    expect(found(desk)).to_have_count(1)


def test_panel_reads_well_on_a_telephone_in_the_dark(open_page, cast):
    desk = opened(open_page, cast.reporter, a_sound_story(by=cast.reporter, kicker="，，"), width=375, dark=True)
    assert_accessible(desk.page)
