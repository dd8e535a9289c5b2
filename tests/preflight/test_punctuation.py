"""Punctuation in Chinese text: not doubled, full-width, in pairs."""

from __future__ import annotations

import pytest

from articles.content import RelatedLinkContent
from tests.preflight.complete import found, story, subsection


@pytest.mark.parametrize("text", ["好。，坏", "好，，坏", "好。。", "真好！！", "什么？？", "一、、二", "好，。"])
def test_doubled_punctuation_is_noticed(text):
    assert [place for place, _said in found("doubled", story(summary=text))] == ["summary"]


@pytest.mark.parametrize(
    "text", ["真的？！", "等等……好。", "江——河", "他说：“好。”", "好。\n，", "（好。）《好》、《坏》"]
)
def test_usual_runs_of_marks_are_not_doubled(text):
    assert found("doubled", story(summary=text)) == []


def test_finding_quotes_the_spot_and_names_the_place():
    content = story(subsections=(subsection(key="b2", body="清早他从松岭县客运站出发了，，晚上到成都。"),))
    assert found("doubled", content) == [
        ("subsection:b2:body", "Doubled punctuation: …岭县客运站出发了，，晚上到成都。")
    ]


def test_every_text_that_readers_see_is_read():
    content = story(
        kicker="，，",
        headline="题，，",
        subtitle="，，",
        short_headline="，，",
        summary="，，",
        opening="<p>，，</p>",
        subsections=(subsection(key="a", heading="，，", figures="，，", body="，，"),),
        related_links=(RelatedLinkContent(story_id=7, teaser="，，"),),
    )
    assert [place for place, _said in found("doubled", content)] == [
        *("kicker", "headline", "subtitle", "short_headline", "summary", "opening"),
        *("subsection:a:heading", "subsection:a:figures", "subsection:a:body", "related:1"),
    ]


@pytest.mark.parametrize("text", ["务工,专车", "你好!", '他说"好"', "成都(四川)", "到了.\n走了"])
def test_half_width_punctuation_beside_chinese_is_noticed(text):
    assert [place for place, _said in found("half_width", story(summary=text))] == ["summary"]


@pytest.mark.parametrize(
    "text",
    [
        "2,000人12:30到",
        "见https://example.org/a,b?c=1。",
        "他说OK, thanks。",
        "3.5万人",
        "比尔.盖茨",
        "iPhone 15 (Pro)",
    ],
)
def test_half_width_punctuation_of_numbers_addresses_and_english_stays(text):
    assert found("half_width", story(summary=text)) == []


def test_half_width_punctuation_is_counted_and_the_first_quoted():
    """A blank after a mark goes with it and must not shift what is counted."""
    assert found("half_width", story(summary="一早, 专车开了,到站了;下车。")) == [
        ("summary", "Half-width punctuation beside Chinese characters, 3 in all, first: 一早, 专车开了,到站…")
    ]


def test_english_story_may_name_a_chinese_word():
    text = 'The "春节" (春节) fair'
    assert found("half_width", story(summary=text, language="en")) == []
    assert found("half_width", story(summary=text, language="zh-hant")) != []


def test_code_keeps_its_own_punctuation():
    assert found("half_width", story(opening="<p>输入<code>打印,好</code>即可。</p>")) == []


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("“好", "“"),
        ("好”", "”"),
        ("《书", "《"),
        ("书》", "》"),
        ("（注", "（"),
        ("「引", "「"),
        ("《一“二》三”", "“"),
        ("“一\n二”", "“"),
        ("“好“", "“"),
        ("f(x", "("),
    ],
)
def test_mark_without_partner_is_noticed(text, mark):
    assert [said.split()[0] for _place, said in found("unbalanced", story(summary=text))] == [mark]


@pytest.mark.parametrize(
    "text",
    [
        "“他说‘好’。”",
        "《一“二”》（注）「引『中』」",
        "1）先做；2）后做",
        "一）先做",
        "（注)",
        "don’t",
        "“第一段。\n“第二段。”",
    ],
)
def test_pairs_numbering_and_long_quotations_are_balanced(text):
    """A quotation of several paragraphs opens in each and closes in the last."""
    assert found("unbalanced", story(summary=text)) == []
