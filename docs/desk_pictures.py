"""What stands in the window when a picture of docs/images is taken, and what colleagues did before, in their windows.

A picture needs no other one to be taken before it, and none spoils what another one shows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

Colleague = Callable[[str], Page]

DRAFT = "旧书市集"
CHANGED = "云溪老街的长者食堂"
CORRECTED = "云溪发放1200万元消费券"
SCHEDULED = "今年首批168名务工人员"


# -- What readers see --


def front(page: Page, colleague: Colleague) -> None:
    page.goto("/")


def story(page: Page, colleague: Colleague) -> None:
    """The front page's leading story, which has everything a story can have."""
    page.goto("/")
    page.goto(page.locator(".card-lead .headline a").get_attribute("href"))


def story_on_paper(page: Page, colleague: Colleague) -> None:
    """A sheet of A4 at 96 pixels to the inch, as the printer's style has it."""
    story(page, colleague)
    page.emulate_media(media="print")
    # The margin that @page gives to paper, and a window does not have.
    page.evaluate("() => { document.body.style.padding = '2cm'; }")


def correction(page: Page, colleague: Colleague) -> None:
    page.goto("/section/economy/")
    page.goto(page.get_by_role("link", name="云溪发放消费券").first.get_attribute("href"))


# -- The desk --


def desk(page: Page, colleague: Colleague) -> None:
    """What happened while the demo was made is seen already; two stories have just come in."""
    page.goto("/admin/")
    page.locator("#desk-told ~ form [name=up_to]").click()
    submit(colleague("reporter"), DRAFT, CHANGED)
    page.goto("/admin/")


def site_identity(page: Page, colleague: Colleague) -> None:
    page.goto("/admin/articles/siteidentity/")


def story_list(page: Page, colleague: Colleague) -> None:
    page.goto("/admin/articles/story/")


def story_form(page: Page, colleague: Colleague) -> None:
    """The working copy of the leading story."""
    story(page, colleague)
    number = page.url.rstrip("/").rpartition("-")[2]
    page.goto(f"/admin/articles/story/{number}/change/")
    wait_for_editors(page)


def preview(page: Page, colleague: Colleague) -> None:
    story_form(page, colleague)
    page.locator("[data-preview-toggle]").click()
    shown = page.frame_locator("#preview-pane iframe:not(.is-coming)")
    page.fill("#id_kicker", "就业服务进村入户")
    shown.locator(".kicker", has_text="就业服务进村入户").wait_for()
    page.evaluate("() => scrollTo(0, 0)")


def preflight(page: Page, colleague: Colleague) -> None:
    """A draft with faults that are easily made."""
    open_story(page, DRAFT)
    with page.expect_response("**/preflight/"):
        page.fill("#id_summary", "")
    page.locator(".preflight-blocking").first.wait_for()
    with page.expect_response("**/preflight/"):
        page.fill("#id_kicker", "“文庙街,书香")
    page.locator(".preflight-warning").first.wait_for()
    page.locator("#id_kicker").blur()
    page.locator(".preflight").evaluate("panel => scrollTo(0, panel.getBoundingClientRect().top - 90)")


def review(page: Page, colleague: Colleague) -> None:
    """What an editor sees of a story that waits, about to send it back."""
    submit(colleague("reporter"), CHANGED)
    open_story(page, CHANGED)
    page.locator(".status-panel:has([name=_send_back]) summary").click()
    page.fill("#id_review_note", "第三节的人数请注明来源。")


def merge(page: Page, colleague: Colleague) -> None:
    """Reporter and editor have changed the headline and the summary of one draft."""
    open_story(page, DRAFT)
    editor = colleague("editor")
    open_story(editor, DRAFT)
    editor.fill("#id_headline", "旧书市集下月重返文庙街 面向个人征集摊位")
    editor.fill("#id_subtitle", "每个摊位不收租金")
    editor.fill("#id_summary", "市集连开三天，摊位八十个，不收租金。")
    press(editor, "_continue")
    page.fill("#id_headline", "旧书市集下月回到文庙街 八十个摊位等您来")
    page.fill("#id_summary", "市集连开两天，摊位一百个，读者可以带书来换书。")
    page.locator(".status-bar .status-buttons [name=_continue]").click()
    page.locator("#merge_form input[value=theirs]").first.check()
    page.locator("#merge_form input[value=own]").last.check()


def compare(page: Page, colleague: Colleague) -> None:
    """What a correction changed."""
    open_story(page, CORRECTED)
    page.locator(".object-tools .historylink").click()
    page.locator("form:has([name=old][type=radio]) [type=submit]").click()
    page.locator(".compared-versions").wait_for()


def schedule(page: Page, colleague: Colleague) -> None:
    """A live story whose next version is approved and goes live tomorrow morning."""
    reporter, editor = colleague("reporter"), colleague("editor")
    open_story(reporter, SCHEDULED)
    reporter.fill("#id_headline", f"{reporter.input_value('#id_headline')} 首日全部上岗")
    press(reporter, "_continue")
    press(reporter, "_submit")
    open_story(editor, SCHEDULED)
    press(editor, "_approve")
    for window in (reporter, editor):
        window.goto("/admin/")
    open_story(page, SCHEDULED)
    page.locator(".status-panel:has([name=change]) summary").click()
    page.select_option("#id_change", "update")
    page.fill("#id_correction_note", "补充首日上岗情况。")
    page.locator(".status-panel:has([name=_publish_at]) summary").click()
    tomorrow = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=1)
    page.fill("#id_publish_at", f"{tomorrow:%Y-%m-%d}T07:30")
    press(page, "_publish_at")
    open_story(page, SCHEDULED)


# -- What the visits do --


def submit(reporter: Page, *headlines: str) -> None:
    """Let the stories wait for review, if they do not yet."""
    for headline in headlines:
        open_story(reporter, headline)
        if reporter.locator("[name=_submit]").count():
            press(reporter, "_submit")


def open_story(page: Page, headline: str) -> None:
    page.goto(f"/admin/articles/story/?q={headline}")
    page.locator("#result_list tbody a", has_text=headline).first.click()
    wait_for_editors(page)


def press(page: Page, name: str) -> None:
    """Press a button of the form, in its open panel if it has one."""
    page.evaluate("() => { window.isTheOldPage = true; }")
    page.locator(f".status-buttons [name={name}]").click()
    page.wait_for_function("() => !window.isTheOldPage && document.readyState === 'complete'")
    wait_for_editors(page)


def wait_for_editors(page: Page) -> None:
    page.wait_for_function(
        "() => window.CKEDITOR && Object.values(CKEDITOR.instances).length"
        " && Object.values(CKEDITOR.instances).every(editor => editor.status === 'ready')"
        " && [...document.querySelectorAll('iframe')].every(frame => frame.contentDocument.fonts.status === 'loaded')"
    )
