"""Rich text of a newsroom: what passes, how it is put in order, and what it says as plain text."""

from __future__ import annotations

import pytest
from django.template import engines

from articles import html
from articles.html import ALLOWED_TAGS, CleanHtml, clean, plain_text, storable

KEPT = [
    "<p>春<ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby></p>",
    '<table><caption>产量</caption><colgroup><col span="2"></colgroup><thead><tr><th scope="col">年</th></tr></thead>'
    '<tbody><tr><td colspan="2" rowspan="3">2026</td></tr></tbody></table>',
    '<figure class="align-left"><img src="/media/a.jpg" alt="图" width="10" height="20">'
    "<figcaption>说明</figcaption></figure>",
    '<blockquote class="pullquote"><p>引</p></blockquote>',
    '<aside class="infobox"><p>资料</p></aside>',
    "<h2>一</h2><h3>二</h3><h4>三</h4>",
    '<ol start="3" reversed="" type="a"><li>甲</li></ol>',
    '<p><time datetime="2026-03-02">3月2日</time> <abbr title="国内生产总值">GDP</abbr></p>',
    '<p lang="en" dir="ltr">text</p>',
    "<details><summary>更多</summary><p>文</p></details>",
    '<p><a href="https://example.com/" hreflang="en" rel="noopener noreferrer">链接</a></p>',
    '<p><a href="mailto:desk@example.com" rel="noopener noreferrer">写信</a></p>',
    '<p><a href="/2026/03/02/a-1/" rel="noopener noreferrer">本站</a></p>',
]


@pytest.mark.parametrize("text", KEPT)
def test_clean_keeps_what_news_text_needs(text):
    """Ruby, tables, figures, quotes, lists and links pass unchanged."""
    assert clean(text) == text


@pytest.mark.parametrize("tag", sorted(ALLOWED_TAGS))
def test_clean_keeps_each_allowed_tag(tag):
    """A tag on the list is not lost on the way; the parts of a table need their table."""
    wrapped = {"td": "table", "th": "table", "tr": "table", "col": "table", "colgroup": "table", "caption": "table"}
    wrapped |= {"thead": "table", "tbody": "table", "tfoot": "table"}
    outer = wrapped.get(tag, "div")
    assert f"<{tag}" in clean(f"<{outer}><{tag}>字</{tag}></{outer}>")


def test_clean_takes_line_ends_before_preformatted_text_away():
    """Each reading by a parser takes one, so none can stay; the text and its own line ends do."""
    assert clean("<pre>" + "\n" * 30 + "a\n\nb</pre>") == "<pre>a\n\nb</pre>"


@pytest.mark.parametrize(("tag", "names"), [("figure", "align-left full-width"), ("blockquote", "pullquote")])
def test_clean_keeps_listed_classes_only(tag, names):
    """Classes that the stylesheet has for editors; any other would dress text up as furniture of the page."""
    assert clean(f'<{tag} class="{names} site-header">字</{tag}>') == f'<{tag} class="{names}">字</{tag}>'


def test_clean_of_a_plain_textarea_makes_paragraphs():
    """Text without blocks is paragraphs between blank lines, with line breaks inside them; blank U+3000 lines too."""
    assert clean("一\r\n二\n\u3000\n三 <b>四</b>") == "<p>一<br>二</p>\n<p>三 <b>四</b></p>"


@pytest.mark.parametrize("block", ["p", "h2", "ul", "li", "dt", "dd", "div", "figcaption", "summary", "pre", "aside"])
def test_clean_wraps_no_block_in_a_paragraph(block):
    """Text that has blocks already stays as it is: a block inside <p> would leave empty paragraphs around it."""
    assert clean(f"<{block}>字</{block}>") == f"<{block}>字</{block}>"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<p></p>",
        "<p>&nbsp;</p>",
        "<p><br></p>",
        "<p>\u3000\u200b</p>",
        '<p dir="ltr"><strong><br></strong></p>',
        "<div><span lang='zh'>&nbsp;</span></div>",
        " \n\u3000\n ",
        "\x00\x01",
    ],
)
def test_clean_of_nothing_to_see_is_empty(text):
    """An empty paragraph left by an editor is no text, whatever tags it is made of."""
    assert clean(text) == ""


@pytest.mark.parametrize(
    "text", ["<hr>", '<p><img src="/a.jpg" alt=""></p>', "<p>0</p>", "<table><tr><td></td></tr></table>"]
)
def test_clean_keeps_what_shows_without_letters(text):
    """A picture, a rule, a table and a zero are something to see."""
    assert clean(text) != ""


def test_clean_settles_for_text_where_markup_never_does(monkeypatch):
    """Markup that changes with every reading is given up for its text, which does not."""
    monkeypatch.setattr(html, "_ROUNDS", 1)
    assert clean("<p>a<script>x</script></p>\n\n<p>b</p>") == "<p>a<br>b</p>"


def test_clean_drops_empty_paragraphs_between_others() -> None:
    """Enter pressed twice leaves no indented empty line on the page; a paragraph with a picture stays."""
    typed = "<p>一</p>\n<p>&nbsp;</p>\n<p><br></p><p>\u3000</p>\n<p>二</p><p><img src='/a.jpg' alt='图'></p>"
    cleaned = clean(typed)
    assert cleaned == '<p>一</p>\n<p>二</p><p><img src="/a.jpg" alt="图"></p>'
    assert clean(cleaned) == cleaned


# Plain text


def test_plain_text_has_one_line_per_block():
    """Blocks end lines, cells are apart, entities are characters, nothing runs together."""
    text = "<h2>一</h2><p>二<br>三 &lt;四&gt;</p><ul><li>五<ul><li>六</li></ul></li></ul><div>七<p>八</p>九</div>十"
    assert plain_text(text).split("\n") == ["一", "二", "三 <四>", "五", "六", "七", "八", "九", "十"]
    assert plain_text("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>") == "1 2\n3"


def test_plain_text_leaves_ruby_annotations_out():
    """Pronunciation over a character is not part of the word: 汉字, not 汉hàn字zì."""
    ruby = "<p><ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby><ruby><rb>字</rb><rt>zì</rt></ruby>好</p>"
    assert plain_text(ruby) == "汉字好"


def test_plain_text_of_an_escaped_entity_is_not_resolved_twice():
    """What a writer shows as &lt; is &lt; and no bracket."""
    assert plain_text("<p>&amp;lt;b&amp;gt;</p>") == "&lt;b&gt;"


def test_storable_removes_what_databases_refuse_and_keeps_the_rest():
    """NUL, controls and lone surrogates go; tab, line ends, full-width blanks and emoji stay."""
    assert storable("a\x00b\x1f\x7f\ud83d\t\r\n\u3000😀") == "ab\t\r\n\u3000😀"


# In templates


def render(value: object) -> str:
    return engines["django"].from_string("{{ value }}").render({"value": value})


def test_clean_html_is_printed_unescaped_in_a_template():
    """A template prints CleanHtml as HTML without being told to."""
    assert render(clean("<p>a &amp; b</p>")) == "<p>a &amp; b</p>"


def test_plain_str_is_escaped_in_a_template():
    """The same text as a plain str is shown, not run."""
    assert render("<p>a</p>") == "&lt;p&gt;a&lt;/p&gt;"


@pytest.mark.parametrize(
    "change",
    [str.upper, lambda text: text + "<script>", lambda text: text[3:], lambda text: "<script>" + text, str],
    ids=["upper", "added", "cut", "added before", "str"],
)
def test_clean_html_that_was_changed_is_a_plain_str(change):
    """Adding to clean text, or cutting it, makes text that templates escape again."""
    changed = change(CleanHtml("<p>x</p>"))
    assert not isinstance(changed, CleanHtml)
    assert "&lt;" in render(changed)
