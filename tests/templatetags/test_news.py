"""What the public templates make of headlines."""

from __future__ import annotations

import pytest

from articles.chinese import Run
from articles.html import CleanHtml, clean
from articles.models import SitePage
from articles.templatetags.news import in_language, marked_phrases, phrases, tables_in_boxes, text_language


def test_phrases_are_told_apart_by_blanks_and_commas():
    """Each in an element of its own, the comma with what it ends; the text itself stays."""
    made = phrases("“院坝杯”今晚争冠，牛已牵到场边 票价：十元")
    assert made == (
        '<span class="phrase">“院坝杯”今晚争冠，</span><span class="phrase">牛已牵到场边</span> '
        '<span class="phrase">票价：</span><span class="phrase">十元</span>'
    )


@pytest.mark.parametrize("text", ["一句话", "“好，”他说", "Two words, in English", "2,345人", "什么？！", ""])
def test_text_of_one_phrase_is_left_alone(text):
    """So is English, whose lines end at any blank, and a comma before what may not begin a line."""
    assert phrases(text) == text


def test_phrases_are_escaped():
    assert phrases("甲 <b>") == '<span class="phrase">甲</span> <span class="phrase">&lt;b&gt;</span>'


def test_found_words_are_marked_inside_phrases_and_across_them():
    """The text stays what it was, and is escaped."""
    runs = [Run("山路", False), Run("通车 村", True), Run("民<来了", False)]
    assert marked_phrases(runs) == (
        '<span class="phrase">山路<mark>通车</mark></span> <span class="phrase"><mark>村</mark>民&lt;来了</span>'
    )
    assert marked_phrases([Run("通车", True), Run("了", False)]) == "<mark>通车</mark>了"


@pytest.mark.parametrize(
    ("cell", "is_number"),
    [("12,345", 1), (" 85.6% ", 1), ("−3", 1), ("满100元", 0), ("", 0), ("1<br>2", 0), ("<strong>12</strong>", 0)],
)
def test_cells_of_numbers_are_marked(cell, is_number):
    """Those of figures and signs only, whatever attributes they have; the text stays clean HTML."""
    made = tables_in_boxes(clean(f'<table><tbody><tr><td title="a > b">{cell}</td></tr></tbody></table>'))
    assert isinstance(made, CleanHtml)
    assert made.count('class="is-number">') == is_number
    assert clean(made) == clean(made.replace(' class="is-number"', ""))


def test_number_of_a_paragraph_is_no_cell():
    assert "is-number" not in tables_in_boxes(clean("<p>12</p><table><tbody><tr><td>甲</td></tr></tbody></table>"))


@pytest.mark.parametrize(
    ("site", "shown", "name", "language"),
    [
        ("zh-hans", "zh-hans", "今日要闻", ""),
        ("zh-hans", "zh-hans", "In English", ' lang="en"'),
        ("zh-hans", "en", "In English", ""),
        ("zh-hans", "en", "今日要闻", ' lang="zh-Hans"'),
        ("en", "en", "今日要闻", ' lang="zh-Hans"'),
        ("en", "zh-hans", "今日要闻", ""),
        ("zh-hans", "en", "2026", ""),
        ("en", "zh-hans", "2026", ""),
    ],
)
def test_text_that_the_desk_typed_is_marked_as_what_it_is(settings, site, shown, name, language):
    settings.LANGUAGE_CODE = site
    assert text_language({"page_language": shown}, name) == language


@pytest.mark.parametrize(
    ("text", "story", "language"),
    [("要聞", "zh-hant", ' lang="zh-Hant"'), ("要闻", "en", ""), ("All news", "zh-hant", ' lang="en"')],
)
def test_story_that_a_text_may_be_from_tells_which_chinese_it_is(settings, text, story, language):
    """And nothing else: the words may be an editor's own."""
    settings.LANGUAGE_CODE = "zh-hans"
    assert text_language({"page_language": "zh-hans"}, text, story) == language


def titles(language: str, *pages: tuple[str, str]) -> list[str]:
    """Which of the pages, each a language and a purpose, are shown on a page in `language`."""
    rows = [SitePage(language=of, purpose=purpose, title=f"{of} {purpose}".strip()) for of, purpose in pages]
    return [page.title for page in in_language(rows, language)]


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "en about"), ("zh-hans", "zh-hans about"), ("zh-hant", "zh-hans about")]
)
def test_of_twins_the_one_in_the_language_of_the_page_is_linked(settings, language, shown):
    """Else the one in the language of the site, and never two."""
    settings.LANGUAGE_CODE = "zh-hans"
    twins = [("en", "about"), ("zh-hans", "about")]
    assert titles(language, *twins) == [shown]
    assert titles(language, *reversed(twins)) == [shown]


def test_pages_without_a_twin_are_linked_in_every_language(settings):
    settings.LANGUAGE_CODE = "zh-hans"
    pages = [("en", "imprint"), ("zh-hans", ""), ("en", ""), ("zh-hans", "contact")]
    assert titles("zh-hans", *pages) == titles("en", *pages) == ["en imprint", "zh-hans", "en", "zh-hans contact"]
