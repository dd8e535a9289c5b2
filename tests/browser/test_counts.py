"""Live character counts, the word about unsaved text, and the question before such text is left."""

from __future__ import annotations

import unicodedata

import pytest
from playwright.sync_api import Dialog, Locator, expect

from articles.actions import publish_story
from articles.chinese import count_characters
from articles.models import Contributor, Publication, Story
from tests.browser.desk import Desk
from tests.builders import MONDAY, a_section, a_story

TEXTS = (
    "",
    " ",
    "松岭县新开两趟务工专车",
    "第一句。第二句！第三句？",
    "他说：“走得出去，回得来。”",
    "等等……",
    "——完——",
    "《人民日报》、《光明日报》",
    "【快讯】（第2版）",
    "「直角」『引号』〈书名〉",
    "一、二；三：四。",
    "one two three",
    "don't and rock ’n’ roll",
    "e-mail, Wi-Fi, COVID-19",
    "3.5",
    "2,000",
    "1,234,567.89",
    "12:30",
    "2026/03/02",
    "50%",
    "-3℃",
    "GDP增长5.2%，高于预期",
    "2.4万个岗位，1066人上岗",
    "ＡＢＣ１２３",  # full-width letters and digits
    "全角空格\u3000在中间",
    "半角, 标点. 混用!",
    "😀笑脸👍🏽和旗🇨🇳",
    "👨‍👩‍👧家",
    "カタカナとひらがな",
    "한국어 문장",
    "ㄅㄆㄇ注音",
    "café",
    "cafe\u0301",  # decomposed: the accent is a character of its own
    "naïve Zürich",
    "Привет мир",
    "\U00020000\U0002a6d6生僻字",  # outside the basic plane
    "〇々〆ヶ",
    "snake_case_name",
    "https://example.org/a/b?c=1",
    "①②③ Ⅳ ½",
    "5²,3 ½:2",
    "a\nb\r\nc\td",
    "·•●※→",
    "\ufeff零宽\u200b字符",
    "x" * 500 + "长" * 500,
)


@pytest.fixture
def desk(open_page, cast) -> Desk:
    return Desk(open_page(user=cast.reporter)).open()


def count_beside(desk: Desk, field: str) -> Locator:
    return desk.page.locator(f"output[for={field}]")


def test_count_in_the_browser_equals_the_count_of_the_server(desk):
    """The rule in JavaScript and the rule in Python give one number for texts of every kind."""
    counted = desk.page.evaluate("texts => texts.map(newsroomCount)", list(TEXTS))
    assert dict(zip(TEXTS, counted, strict=True)) == {text: count_characters(text) for text in TEXTS}


def test_count_in_the_browser_equals_the_count_of_the_server_for_each_character(desk):
    """Both put every single character on the same side, also between two letters and between two digits."""
    characters = "".join(
        character
        for character in map(chr, range(0x30000))
        # Those this Python does not know yet may be letters to the browser; surrogates are half a character.
        if unicodedata.category(character) not in {"Cn", "Cs", "Co"}
    )
    counts = "".join(str(count_characters(f"{character} a{character}b 1{character}2")) for character in characters)
    differing = desk.page.evaluate(
        """([characters, counts]) => [...characters]
          .map((character, index) => [character, counts[index]])
          .filter(([it, server]) => String(newsroomCount(`${it} a${it}b 1${it}2`)) !== server)
          .map(([it, server]) => `U+${it.codePointAt(0).toString(16)} is not ${server} in the browser`)
          .slice(0, 20)""",
        [characters, counts],
    )
    assert len(counts) == len(characters)
    assert differing == []


def test_count_follows_what_is_typed(desk):
    """Each field's count follows its text, and more than advised is marked."""
    desk.page.fill("#id_headline", "三乡镇夜校开课")
    expect(count_beside(desk, "id_headline")).to_contain_text("7")
    desk.page.locator("#id_summary").press_sequentially("首晚来了二百人。")
    expect(count_beside(desk, "id_summary")).to_contain_text("8")
    desk.write("夜校设在镇中心小学。")
    expect(count_beside(desk, "id_opening")).to_contain_text("10")
    desk.page.keyboard.press("Backspace")
    expect(count_beside(desk, "id_opening")).to_contain_text("9")
    expect(count_beside(desk, "id_headline")).not_to_have_class("character-count is-long")
    desk.page.fill("#id_headline", "长" * 31)
    expect(count_beside(desk, "id_headline")).to_have_class("character-count is-long")


def said(desk: Desk, name: str, **values: int) -> str:
    """What the form says for `name`, in the language of the desk."""
    return desk.page.locator("#desk-words").get_attribute(f"data-{name}").format(**values)


def test_english_is_counted_in_words(desk):
    """With limits of its own, from the moment the language is chosen and until another one is."""
    desk.page.fill("#id_headline", "one two three four five six seven eight nine ten eleven twelve more")
    desk.write("Three little words.")
    headline, body = count_beside(desk, "id_headline"), desk.page.locator("[data-body-count]")
    expect(headline).to_have_text(said(desk, "characters-of", count=13, advised=30))
    expect(headline).not_to_have_class("character-count is-long")
    desk.page.select_option("#id_language", "en")
    expect(headline).to_have_text(said(desk, "words-of", count=13, advised=12))
    expect(headline).to_have_class("character-count is-long")
    expect(count_beside(desk, "id_opening")).to_have_text(said(desk, "words", count=3))
    expect(body).to_have_text(said(desk, "body-words", count=3))
    desk.page.select_option("#id_language", "zh-hans")
    expect(headline).to_have_text(said(desk, "characters-of", count=13, advised=30))
    expect(body).to_have_text(said(desk, "body", count=3))


def test_count_of_the_text_equals_what_readers_are_told(open_page, cast):
    """The sum on the status bar is the number that stands on the story page: headings and figures count as well."""
    body = "<p>夜校<ruby>设<rt>shè</rt></ruby>在镇中心小学。</p><ul><li>电工</li><li>HVAC 3.5</li></ul>"
    table = "<table><tbody><tr><td>12</td><td>34</td></tr></tbody></table>"
    story = a_story(
        by=cast.reporter, opening="<p>开头。</p>", subsections=[("先学什么", "12门课", body), ("谁来", "", table)]
    )
    desk = Desk(open_page(user=cast.reporter)).open(story)
    expect(desk.page.locator("[data-body-count]")).to_contain_text(f"{story.revisions.get().content.characters}")


@pytest.mark.parametrize("change", ["headline", "editor", "autocomplete", "new row", "moved row"])
def test_unsaved_word_after_a_change(open_page, cast, change):
    """Every kind of change shows the word about unsaved text, and saving takes it away; opening alone shows nothing."""
    lin = Contributor.objects.create(name="林晓禾", slug="lin")
    a_section("民生", "life")
    parts = [("甲", "", "<p>一</p>"), ("乙", "", "<p>二</p>")]
    story = a_story(by=cast.reporter, subsections=parts, bylines=[(lin, "reporter")])
    desk = Desk(open_page(user=cast.reporter)).open(story)
    desk.page.evaluate("() => new Promise(done => django.jQuery(() => requestIdleCallback(done)))")
    expect(desk.unsaved).to_be_hidden()
    match change:
        case "headline":
            desk.page.locator("#id_headline").press("a")
        case "editor":
            desk.write("夜校")
        case "autocomplete":
            desk.choose(desk.page, "section", "民生")
        case "new row":
            desk.add_row()
        case "moved row":
            desk.row("甲").locator(".row-down").click()
    expect(desk.unsaved).to_be_visible()
    if change == "new row":
        desk.rows().last.locator("input[name$=-heading]").fill("丙")
    desk.save()
    expect(desk.unsaved).to_be_hidden()


def test_unsaved_word_when_saving_was_refused(desk):
    """What came back with an error is not saved, and the form says so."""
    desk.page.fill("#id_summary", "没有标题的稿件")
    desk.press("_continue")
    expect(desk.page.locator(".errornote")).to_be_visible()
    expect(desk.unsaved).to_be_visible()
    assert not Story.objects.exists()


def test_leaving_unsaved_text_asks_first(desk):
    """With unsaved text the browser asks before it leaves; staying keeps the text, and saving asks nothing."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    desk.page.on("dialog", stay)
    desk.page.locator("#id_headline").press_sequentially("夜校")
    with desk.page.expect_event("dialog"):
        desk.page.evaluate("() => setTimeout(() => location.assign('/admin/'))")
    assert asked == ["beforeunload"]
    expect(desk.page.locator("#id_headline")).to_have_value("夜校")
    desk.save()
    desk.page.goto("/admin/")
    assert asked == ["beforeunload"]


def test_preview_of_unsaved_text_leaves_the_question_in_place(desk):
    """A preview goes to a new window; the form behind it still asks before its text is left."""
    desk.page.locator("#id_headline").press_sequentially("夜校")
    with desk.page.context.expect_page() as preview:
        desk.button("_preview").click()
    expect(preview.value.locator("h1")).to_have_text("夜校")
    asked: list[str] = []
    desk.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    with desk.page.expect_event("dialog"):
        desk.page.evaluate("() => setTimeout(() => location.assign('/admin/'))")
    assert asked == ["beforeunload"]


def test_enter_in_a_field_saves_and_cancels_nothing(open_page, cast):
    """Enter saves. What is scheduled stays scheduled, although its Cancel button is the first one on the page."""
    story = a_story(by=cast.chief_editor)
    publish_story(story=story, by=cast.chief_editor, at=MONDAY.replace(year=2900), now=MONDAY)
    desk = Desk(open_page(user=cast.chief_editor)).open(story)
    desk.page.evaluate("() => { window.isTheOldPage = true; }")
    desk.page.locator("#id_headline").fill("按下回车")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_function("() => !window.isTheOldPage && document.readyState === 'complete'")
    expect(desk.page.locator(".messagelist .success")).to_have_count(1)
    expect(desk.page.locator("[name=_cancel]")).to_have_count(1)
    story.refresh_from_db()
    assert story.headline == "按下回车"
    assert Publication.objects.filter(story=story).count() == 1
