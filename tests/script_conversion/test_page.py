"""A page in traditional characters: what of its HTML changes, and that its elements stay the same."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.html import clean
from articles.script_conversion import is_convertible, language_of, traditional_page
from articles.script_conversion.tokens import tokens

CHANGING = {"alt", "title", "aria-label", "placeholder", "label", "content", "lang"}
# Fragments as templates and the editor write them, with what could lead a reader of tags astray.
PARTS = st.sampled_from(
    [
        "发展",
        "头",
        "发",
        "以后 &amp; &lt;b&gt; ",
        "&#x27;里&quot;",
        " > ",
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        '<span lang="en">',
        '<span lang="zh-Hans">',
        '<div translate="no">',
        "</div>",
        "</span>",
        '<img alt="发 > &quot;展&quot;" src="/发.png">',
        "<br>",
        "<!-- 发 > -->",
        '<a href="/后/?q=发&amp;a=1" title="后面">',
        "</a>",
        "<code>",
        "</code>",
        "<script>if (a < b) '发</p>'</script>",
        '<input value="发" placeholder="发">',
        "<",
        '<a "',
    ]
)
PAGES = st.one_of(st.lists(PARTS, max_size=25).map("".join), st.text(max_size=60))


class Elements(HTMLParser):
    """The tags of a page with their attributes, as Python's own reader finds them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list) -> None:
        self.found.append((tag, [(name, None if name in CHANGING else value) for name, value in attributes]))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((f"/{tag}", []))


@pytest.mark.parametrize(
    ("html", "converted"),
    [
        ("<p>发展</p>", "<p>發展</p>"),
        # A phrase goes through tags inside a line, and ends with its paragraph.
        ("<p>头<b>发</b></p><p>发</p>", "<p>頭<b>髮</b></p><p>發</p>"),
        ('<img alt="后面 &gt; 里面" src="/后.png">', '<img alt="後面 &gt; 裡面" src="/后.png">'),
        ("<a title='发 > \"展\"' href='/发'>发</a>", "<a title=\"發 &gt; &quot;展&quot;\" href='/发'>發</a>"),
        ('<i aria-label="发" data-copied="发" data-x="发">', '<i aria-label="發" data-copied="發" data-x="发">'),
        ('<input value="发" placeholder="发">', '<input value="发" placeholder="發">'),
        ("<textarea>发</textarea><code>发</code>发", "<textarea>发</textarea><code>发</code>發"),
        ('<option value="发" label="发">发</option>', '<option value="发" label="發">發</option>'),
        ('<p lang="zh-Hans">发</p>', '<p lang="zh-Hant">發</p>'),
        ('<p lang="en">发<b lang="zh-CN">发</b>发</p>发', '<p lang="en">发<b lang="zh-Hant">發</b>发</p>發'),
        ('<p lang="zh-Hant" title="后">后</p>', '<p lang="zh-Hant" title="后">后</p>'),
        ('<a lang="zh-Hans" translate="no">简体</a>', '<a lang="zh-Hans" translate="no">简体</a>'),
        ("<p lang=en>发<br>发<img alt=发>发</p>发", "<p lang=en>发<br>发<img alt=发>发</p>發"),
        ("<ul><li lang=en>发<li>发</ul>发", "<ul><li lang=en>发<li>发</ul>發"),
        ("<script>'发</p>'</script><style>.发{}</style>发", "<script>'发</p>'</script><style>.发{}</style>發"),
        ("<!-- 发 --><!DOCTYPE html>发", "<!-- 发 --><!DOCTYPE html>發"),
        ("a &amp; b &#x27; &nbsp;", "a &amp; b &#x27; &nbsp;"),
        ("发 &lt;b&gt; &amp;amp;", "發 &lt;b&gt; &amp;amp;"),
        ('<meta name="description" content="发展">', '<meta name="description" content="發展">'),
        ('<meta property="og:title" content="发展">', '<meta property="og:title" content="發展">'),
        ('<meta property="og:url" content="https://a/发">', '<meta property="og:url" content="https://a/发">'),
        ('<meta property="og:image" content="/发.png">', '<meta property="og:image" content="/发.png">'),
        ('<meta property="og:locale" content="zh_CN">', '<meta property="og:locale" content="zh_TW">'),
        ('<meta name="robots" content="发">', '<meta name="robots" content="发">'),
    ],
)
def test_what_of_a_page_is_converted(html, converted):
    """Text and what is read out or shown; never addresses, typed values, code, other languages."""
    assert traditional_page(html) == converted


def test_term_is_escaped_where_it_stands():
    """What somebody typed in the admin is text, in a paragraph as in an attribute."""
    terms = {"发": '<script>"&', "amp": "x"}
    page = traditional_page('<p title="发">发 &amp;</p>', terms)
    assert page == '<p title="&lt;script&gt;&quot;&amp;">&lt;script&gt;"&amp; &amp;</p>'


def test_term_of_another_length_inside_a_phrase_stays_at_its_place():
    """Each part of the phrase is converted by itself, so that no character moves into another element."""
    assert traditional_page("<p>头<b>软件</b>后</p>", {"软件": "電腦軟體"}) == "<p>頭<b>電腦軟體</b>後</p>"


def data_in(value: object) -> object:
    html = f'<script type="application/ld+json">{json.dumps(value)}</script>'
    converted = traditional_page(html)
    return json.loads(converted.removeprefix('<script type="application/ld+json">').removesuffix("</script>"))


def test_structured_data_is_converted_field_by_field():
    """Words are; types, codes and addresses are not; what is in another language stays as it is."""
    told = {
        "@context": "https://schema.org",
        "@type": "发",
        "@id": "发",
        "headline": "发展",
        "inLanguage": "zh-Hans",
        "url": "/发/",
        "sameAs": ["发"],
        "image": ["https://a.example/发.png"],
        "author": [{"@type": "Person", "name": "后面"}],
        "wordCount": 7,
        "isAccessibleForFree": True,
        "isBasedOn": {"inLanguage": "en", "name": "发"},
        "dateline": None,
    }
    assert data_in(told) == {
        **told,
        "headline": "發展",
        "inLanguage": "zh-Hant",
        "author": [{"@type": "Person", "name": "後面"}],
    }


@pytest.mark.parametrize("text", ["发", "{", "[" * 100_000, "NaN", '{"a": NaN}'])
def test_what_is_no_structured_data_stays(text):
    html = f'<script type="application/ld+json">{text}</script>'
    assert traditional_page(html) == html


def test_every_node_of_a_graph_is_converted():
    """Pages tell all they tell in one."""
    told = {"@graph": [{"@type": "发", "@id": "发", "name": "发展"}, {"@type": "发", "inLanguage": "en", "name": "发"}]}
    assert data_in(told) == {"@graph": [{**told["@graph"][0], "name": "發展"}, told["@graph"][1]]}


def test_structured_data_cannot_leave_its_element():
    """A term that would end the script is written as an escape."""
    page = traditional_page('<script type="application/ld+json">["发"]</script>', {"发": "</script><b>"})
    assert page.count("</script>") == 1
    assert json.loads(page.split(">", 1)[1].split("</script>")[0]) == ["</script><b>"]


@pytest.mark.parametrize(
    ("address", "converted"),
    [
        ("mailto:?subject=%E5%8F%91&amp;body=%E5%8F%91", "mailto:?subject=%E7%99%BC&amp;body=%E5%8F%91"),
        ("mailto:?subject=plain%20words", "mailto:?subject=plain%20words"),
        ("mailto:a@example.org?subject=%E5%8F%91", "mailto:a@example.org?subject=%E5%8F%91"),
        ("mailto:?subject=%FF", "mailto:?subject=%FF"),
        ("/?subject=%E5%8F%91", "/?subject=%E5%8F%91"),
    ],
)
def test_subject_of_a_mail_to_anybody_is_converted(address, converted):
    """It is what the reader passes on; a mail to somebody, and every other address, stays."""
    assert traditional_page(f'<a href="{address}">a</a>') == f'<a href="{converted}">a</a>'


@given(PAGES)
def test_pieces_of_any_page_are_the_page(html):
    """Nothing is lost on the way, whatever stands in it."""
    assert "".join(token.source for token in tokens(html)) == html


@given(PAGES)
def test_any_page_keeps_its_elements(html):
    """The text cleaned as the editor's is: same tags, same order, same attributes but those with words in them."""
    cleaned = str(clean(html))
    assert Elements(traditional_page(cleaned)).found == Elements(cleaned).found


@given(PAGES)
def test_any_page_converts_without_error_and_only_once(html):
    """A whole page says afterwards that it is traditional, and is left alone then."""
    whole = f'<html lang="zh-Hans">{html}'
    converted = traditional_page(whole)
    assert language_of(converted) == "zh-Hant"
    assert language_of(traditional_page(converted)) == "zh-Hant"


@given(st.lists(PARTS.filter(lambda part: "<" not in part[1:] and part not in ("<", '<a "')), max_size=25).map("".join))
def test_page_without_chinese_stays_to_the_letter(html):
    """References, quotes and blanks of tags are as the template wrote them."""
    ascii_only = "".join(character for character in html if character.isascii())
    assert traditional_page(ascii_only).replace("zh-Hant", "zh-Hans") == ascii_only


@pytest.mark.parametrize("part", ['<a "', "<a '", "<a b=", "<!--", "<", "</", '<a b="', "&#", "<p>", "<p></b>"])
def test_page_made_to_be_slow_is_not(part):
    """A hundred thousand beginnings of tags that never end."""
    assert traditional_page(part * 20_000) == part * 20_000


@pytest.mark.parametrize(
    ("tag", "convertible"),
    [
        *((tag, True) for tag in ("zh", "zh-Hans", "zh-CN", "zh-SG", "zh-hans-cn")),
        *((tag, False) for tag in ("zh-Hant", "zh-TW", "zh-hk", "zh-Hant-MO", "en", "")),
    ],
)
def test_languages_that_are_converted(tag, convertible):
    assert is_convertible(tag) is convertible


def test_language_of_a_page():
    """Of the root element, and none of a fragment."""
    assert language_of('<!DOCTYPE html>\n<html class="a" lang="en"><p lang="zh">') == "en"
    assert language_of("<html>") == ""
    assert language_of('<p lang="zh">') == ""
