"""The rich text editor: its language, its few buttons, what it refuses, and the plain field in its place."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from articles.actions import submit_story
from articles.models import Story
from articles.richtext import REMOVED_PLUGINS, TOOLBAR
from tests.browser.desk import Desk
from tests.builders import a_story

BUTTONS = sum(len(group) for group in TOOLBAR)

# Plugins that ask other hosts, or upload to them.
TALKING_TO_OTHERS = (
    "exportpdf scayt wsc iframe iframedialog autoembed embed uploadimage uploadwidget uploadfile".split()
)

HOSTILE = (
    '<p onclick="alert(1)" style="color:red">正文<img src="x" onerror="alert(2)"></p>'
    '<p><a href="javascript:alert(3)">链接</a><a href="JaVaScRiPt:alert(4)">再一个</a></p>'
    '<script>alert(5)</script><iframe src="https://example.org/"></iframe><svg onload="alert(6)"></svg>'
    '<form action="/x"><input name="y" autofocus onfocus="alert(7)"></form><p id="story_form">结尾</p>'
)


@pytest.mark.parametrize(("locale", "language", "bold"), [("zh-CN", "zh-cn", "加粗"), ("en-GB", "en", "Bold")])
def test_editor_speaks_the_language_of_the_user(open_page, cast, locale, language, bold):
    """The editor's language is the admin's."""
    desk = Desk(open_page(user=cast.reporter, locale=locale)).open()
    assert desk.page.evaluate("() => CKEDITOR.instances.id_opening.langCode") == language
    expect(desk.page.locator(".cke_button__bold").first).to_have_attribute("title", f"{bold} (Ctrl+B)")


def test_editor_offers_few_buttons_and_no_removed_plugin(open_page, cast):
    """The toolbar is the configured one, none of the removed plugins runs, and nothing talks to another host."""
    desk = Desk(open_page(user=cast.reporter)).open()
    expect(desk.page.locator("#cke_id_opening .cke_toolbox :is(.cke_button, .cke_combo)")).to_have_count(BUTTONS)
    running = desk.page.evaluate("() => Object.keys(CKEDITOR.instances.id_opening.plugins)")
    assert {"toolbar", "undo", "pastefromword"} <= set(running)
    assert not set(running) & {*REMOVED_PLUGINS, *TALKING_TO_OTHERS}


def test_editor_has_a_title_for_screen_readers_and_checks_spelling(open_page, cast):
    """Each editable area is called what its field is called, and the browser's own spell check is on."""
    story = a_story(by=cast.reporter, subsections=[("甲", "", "<p>一</p>")])
    desk = Desk(open_page(user=cast.reporter)).open(story)
    for field in ("id_opening", "id_subsections-0-body"):
        label = desk.page.locator(f"label[for={field}]").inner_text().rstrip(":：")
        frame = desk.page.locator(f".django-ckeditor-widget[data-field-id={field}] iframe")
        expect(frame).to_have_attribute("title", label)
        body = desk.frame(field).locator("body")
        expect(body).to_have_attribute("contenteditable", "true")
        assert body.evaluate("body => body.spellcheck") is True


def test_editor_wears_the_style_of_the_public_page(open_page, cast):
    """Inside the editor text looks as readers will see it: the same face, the same indent."""
    desk = Desk(open_page(user=cast.reporter)).open()
    desk.write("夜校设在镇中心小学。")
    paragraph = desk.frame().locator("p").first
    styles = "element => [getComputedStyle(element).fontFamily.includes('CJK'), getComputedStyle(element).textIndent]"
    from_css, indent = paragraph.evaluate(styles)
    assert from_css
    assert float(indent.removesuffix("px")) > 20


PASTE = """html => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "正文");
  const options = { clipboardData: data, bubbles: true, cancelable: true };
  CKEDITOR.instances.id_opening.editable().$.dispatchEvent(new ClipboardEvent("paste", options));
}"""


@pytest.mark.parametrize("way", ["set", "paste"])
def test_hostile_html_is_clean_after_saving(open_page, cast, way):
    """Whatever is pasted or set, no script runs in the form, and what is stored and shown again has passed the list."""
    desk = Desk(open_page(user=cast.reporter)).open()
    page = desk.page
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    page.fill("#id_headline", "粘贴的稿件")
    if way == "set":
        page.evaluate("html => CKEDITOR.instances.id_opening.setData(html)", HOSTILE)
    else:
        desk.frame().locator("body").click()
        page.evaluate(PASTE, HOSTILE)
    expect(desk.frame().locator("body")).to_contain_text("结尾")
    desk.save()
    stored = Story.objects.get().opening
    assert "正文" in stored
    assert "结尾" in stored
    for trace in ("alert", "script", "onclick", "onerror", "style", "iframe", "svg", "<form", "<input", " id="):
        assert trace not in stored.lower()
    assert "结尾" in desk.frame().locator("body").inner_text()


def test_text_pasted_from_word_becomes_plain_markup(open_page, cast):
    """Of a page from Word the words, emphasis and lists stay; its styles and its own tags go."""
    word = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>'
        '<meta name="Generator" content="Microsoft Word 15"><style>p.MsoNormal{mso:no}</style></head><body>'
        "<p class=MsoNormal style='mso-margin-top-alt:auto'>"
        "<b><span lang=ZH-CN style='font-family:宋体'>先算账</span></b>，再出门。<o:p></o:p></p></body></html>"
    )
    desk = Desk(open_page(user=cast.reporter)).open()
    desk.page.fill("#id_headline", "来自文档")
    desk.frame().locator("body").click()
    desk.page.evaluate(PASTE, word)
    expect(desk.frame().locator("strong")).to_have_text("先算账")
    desk.save()
    assert Story.objects.get().opening in {
        "<p><strong>先算账</strong>，再出门。</p>",
        '<p><strong><span lang="ZH-CN">先算账</span></strong>，再出门。</p>',
    }


def test_editor_dialogs_make_a_link_and_a_table(open_page, cast):
    """The dialogs behind the buttons open under the page's policy and do their work."""
    desk = Desk(open_page(user=cast.reporter)).open()
    page = desk.page
    page.fill("#id_headline", "链接和表格")
    desk.write("报名网址")
    page.keyboard.press("Control+A")
    page.locator("#cke_id_opening .cke_button__link").click()
    dialog = page.locator(".cke_dialog:visible")
    dialog.locator("input[type=text]:visible").last.fill("example.org/signup")
    dialog.locator(".cke_dialog_ui_button_ok").click()
    expect(desk.frame().locator("a")).to_have_text("报名网址")
    desk.frame().locator("body").click()
    page.keyboard.press("Control+End")
    page.locator("#cke_id_opening .cke_button__table").click()
    page.locator(".cke_dialog:visible .cke_dialog_ui_button_ok").click()
    expect(desk.frame().locator("td").first).to_be_attached()
    desk.save()
    stored = Story.objects.get().opening
    assert '<a href="https://example.org/signup" rel="noopener noreferrer">报名网址</a>' in stored
    assert stored.count("<td") == 6


def test_markup_of_other_tools_survives_the_editor(open_page, cast):
    """Ruby, tables with spans, figures and pull quotes come out of the editor as they went in."""
    opening = (
        "<p>岷<ruby>峨<rt>é</rt></ruby>山</p>"
        '<blockquote class="pullquote"><p>先算账，再出门。</p></blockquote>'
        '<figure class="align-left"><img src="/static/articles/favicon.svg" alt="标志">'
        "<figcaption>图</figcaption></figure>"
        '<table><tbody><tr><th scope="row">县</th><td colspan="2">12</td></tr></tbody></table>'
    )
    story = a_story(by=cast.reporter, opening=opening)
    desk = Desk(open_page(user=cast.reporter)).open(story)
    desk.page.fill("#id_subtitle", "副题")
    desk.save()
    story.refresh_from_db()
    for part in ("<ruby>峨<rt>é</rt></ruby>", 'class="pullquote"', 'class="align-left"', "figcaption", 'colspan="2"'):
        assert part in story.opening
    assert 'scope="row"' in story.opening


def test_plain_editor_takes_html_and_plain_paragraphs(open_page, cast, settings):
    """With RICH_TEXT_EDITOR=plain the same text is typed into a textarea; no CKEditor is loaded, counts work."""
    settings.RICH_TEXT_EDITOR = "plain"
    desk = Desk(open_page(user=cast.reporter)).open()
    page = desk.page
    assert page.evaluate("() => typeof CKEDITOR") == "undefined"
    page.fill("#id_headline", "不用编辑器")
    page.fill("#id_opening", "第一段。\n\n第二段有<b>粗体</b>。")
    expect(page.locator("output[for=id_opening]")).to_contain_text("11")
    row = desk.add_row()
    row.locator("input[name$=-heading]").fill("甲")
    row.locator("textarea").fill("一句话。")
    desk.save()
    story = Story.objects.get()
    assert story.opening == "<p>第一段。</p>\n<p>第二段有<b>粗体</b>。</p>"
    assert story.subsections.get().body == "<p>一句话。</p>"


def test_text_that_nobody_touched_stays_as_it_is(open_page, cast, settings):
    """The editor writes HTML in its own way: that is no version, and no reason against approving what one reads."""
    settings.REVIEW_STAGES = "one"
    table = "<table><tbody><tr><td>一</td></tr></tbody></table>"
    subsections = [("甲", "", f"<ul><li>一</li></ul>{table}"), ("乙", "", "<p>一</p>\n<p>二</p>")]
    story = a_story(by=cast.reporter, opening="<p>一</p><p>二</p>", subsections=subsections)
    submit_story(story=story, by=cast.reporter)
    desk = Desk(open_page(user=cast.editor)).open(story)
    desk.press("_approve")
    assert (story.revisions.count(), Story.objects.get().review) == (1, Story.Review.APPROVED)

    desk.write("三", "id_subsections-1-body")
    desk.save()
    opening, bodies = Story.objects.get().opening, [row.body for row in story.subsections.all()]
    assert (opening, bodies[0]) == ("<p>一</p><p>二</p>", subsections[0][2])
    assert bodies[1].endswith("二三</p>")
