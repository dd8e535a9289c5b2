"""Quotation marks in traditional characters: which become corner brackets, and that nothing else does."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.script_conversion import traditional_page
from articles.script_conversion.quotation import with_corner_brackets

CORNERS = {"“": "「", "”": "」", "‘": "『", "’": "』"}
TEXTS = st.text(alphabet="“”‘’中，…—「』aZ9 \n'\"é", max_size=40)


@pytest.mark.parametrize(
    ("text", "converted"),
    [
        ("他说：“好。”", "他说：「好。」"),
        ("“他说‘好’，就走了。”", "「他说『好』，就走了。」"),
        ("“甲“乙”丙”", "「甲「乙」丙」"),
        ("“‘甲’”“乙”", "「『甲』」「乙」"),
        # English words in a pair of a Chinese sentence, and apostrophes in them.
        ("他说“I don’t know”。", "他说「I don’t know」。"),
        ("O’Brien 说‘rock’很好", "O’Brien 说『rock』很好"),
        ("‘abc’中文", "『abc』中文"),
        ("1990’s 的‘老’歌", "1990’s 的『老』歌"),
        # Without the other half: a paragraph that goes on quoting, an excerpt, inches, a decade.
        ("“第一段还没完。", "「第一段还没完。"),
        ("……停水七小时”，请储水", "……停水七小时」，请储水"),
        ("还没完……”", "还没完……」"),
        ("27” 的屏幕", "27” 的屏幕"),
        ("’90s 的歌", "’90s 的歌"),
        ("“甲‘乙”丙’", "「甲『乙」丙』"),
        ("“a‘b”中", "「a‘b」中"),
        ("”中“", "”中“"),
        # No Chinese at all.
        ("“Yes,” he said. ‘No.’", "“Yes,” he said. ‘No.’"),
        ("“”", "“”"),
        # What is there already, and marks of other kinds.
        ("「中」\"中\" '中'", "「中」\"中\" '中'"),
    ],
)
def test_marks_that_change(text, converted):
    assert with_corner_brackets(text) == converted


@given(TEXTS)
def test_nothing_but_quotation_marks_changes(text):
    """One character for one, each mark into its own corner."""
    converted = with_corner_brackets(text)
    assert len(converted) == len(text)
    assert all(after in (before, CORNERS.get(before)) for before, after in zip(text, converted, strict=True))


@pytest.mark.parametrize("mark", ["“", "”", "‘", "’", "“‘", "“”", "“‘”"])
def test_text_made_to_be_slow_is_not(mark):
    text = "中" + mark * 50_000
    assert len(with_corner_brackets(text)) == len(text)


@pytest.mark.parametrize(
    ("html", "converted"),
    [
        ("<p>“<em>强调</em>”</p>", "<p>「<em>強調</em>」</p>"),
        ("<p>他说：“<b>头</b>发。<a>‘好’</a>”</p>", "<p>他說：「<b>頭</b>髮。<a>『好』</a>」</p>"),
        # Words in another language between the marks stay, with their own.
        (
            '<p>题为“<span lang="en">The “View”</span>”的书</p>',
            '<p>題為「<span lang="en">The “View”</span>」的書</p>',
        ),
        ("<p>“第一行<br>第二行”</p>", "<p>「第一行<br>第二行」</p>"),
        ("<p>“<ruby>动<rt>dòng</rt></ruby>词”</p>", "<p>「<ruby>動<rt>dòng</rt></ruby>詞」</p>"),
        # Each paragraph by itself: the mark that opens it is a half in either.
        ("<p>“甲。</p><p>“乙。”</p>", "<p>「甲。</p><p>「乙。」</p>"),
        ("<p>27”</p><p>“中”</p>", "<p>27”</p><p>「中」</p>"),
        ("<p>&ldquo;好&#8221; &amp; 好</p>", "<p>「好」 &amp; 好</p>"),
        # What does not change.
        ('<p lang="en">“中” don’t</p>', '<p lang="en">“中” don’t</p>'),
        ('<p lang="zh-Hant">“後”</p>', '<p lang="zh-Hant">“後”</p>'),
        ('<p translate="no">“中”</p><code>“中”</code>', '<p translate="no">“中”</p><code>“中”</code>'),
        ('<a href="/?q=“中”" title="“中”">a</a>', '<a href="/?q=“中”" title="「中」">a</a>'),
        ('<input value="“中”" placeholder="“中”">', '<input value="“中”" placeholder="「中」">'),
        ('<meta name="description" content="“中”">', '<meta name="description" content="「中」">'),
        ('<meta property="og:url" content="/“中”">', '<meta property="og:url" content="/“中”">'),
        (
            '<a href="mailto:?subject=%E2%80%9C%E4%B8%AD%E2%80%9D">a</a>',
            '<a href="mailto:?subject=%E3%80%8C%E4%B8%AD%E3%80%8D">a</a>',
        ),
    ],
)
def test_marks_of_a_page(html, converted):
    """Text through tags, and what is read out; neither addresses nor typed values nor other languages."""
    assert traditional_page(html) == converted


def test_marks_of_structured_data():
    told = {"headline": "“中”", "url": "/“中”", "isBasedOn": {"inLanguage": "en", "name": "“中”"}}
    page = traditional_page(f'<script type="application/ld+json">{json.dumps(told)}</script>')
    assert json.loads(page.split(">", 1)[1].removesuffix("</script>")) == {**told, "headline": "「中」"}


def test_terms_are_found_with_their_marks_and_written_as_somebody_typed_them():
    assert traditional_page("<p>“院坝杯”“软件”</p>", {"“院坝杯”": "“院壩盃”", "软件": "電腦軟體"}) == (
        "<p>“院壩盃”「電腦軟體」</p>"
    )


@given(st.lists(st.sampled_from(["“", "”", "‘", "’", "中", "a", "<em>", "</em>", "<br>", "，"]), max_size=25))
def test_marks_are_paired_through_tags_as_without_them(parts):
    """Where a tag stands in a line says nothing about what is quoted."""
    plain = "".join(part for part in parts if not part.startswith("<"))
    converted = traditional_page("".join(parts))
    for tag in ("<em>", "</em>", "<br>"):
        converted = converted.replace(tag, "")
    assert converted == with_corner_brackets(plain)
