"""Rich text: what passes, what never does, and that a second cleaning changes nothing."""

from __future__ import annotations

import re
import subprocess
import sys
import time

import pytest
from django.template import engines
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles import html
from articles.html import (
    ALLOWED_ATTRIBUTES,
    ALLOWED_CLASSES,
    ALLOWED_TAGS,
    CleanHtml,
    clean,
    paragraphs,
    plain_text,
    storable,
)

# What the hypothesis tests build their texts of: markup that parsers treat in special ways, and characters that hurt.
TAGS = (
    "p h1 h2 pre blockquote ul ol li dl dt dd figure figcaption table caption colgroup col tbody tr td th br hr b i a "
    "img ruby rb rt rp span div aside details summary cite q time button form select option svg math mtext "
    "annotation-xml foreignObject desc mglyph title style script noscript template textarea iframe object plaintext "
    "center font nobr listing xmp frameset html body head input label fieldset rtc"
).split()
ATTRIBUTES = (
    "",
    " style='color:red'",
    " onclick=alert(1)",
    " ONERROR='alert(1)' src=x",
    " href='javascript:alert(1)'",
    " href='https://example.com/'",
    " title='</p><script>alert(1)</script>'",
    " id=top",
    " class='pullquote evil'",
    " lang=zh",
    " cite='javascript:x'",
    " encoding='text/html'",
)
PIECES = (
    *"a汉<>&\"'/=;#\x00\x01\x0b\x0c\x7f\x85\u2028\u200b\ufeff\ufffe\ud800\udfff\U0001f600",
    *(" ", "\n", "\n\n", "\r\n", "\r", "\n\u3000\n", "\u3000\u3000"),
    *"&nbsp; &#13; &#10; &#0; &#1; &#x7f; &lt; &lt;script&gt; &amp;lt;".split(),
    *"]]> <!-- --> --!> <![CDATA[ <? <!doctype".split(),
)
opening_tags = st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES))
closing_tags = st.builds("</{}>".format, st.sampled_from(TAGS))
html_ish = st.lists(opening_tags | closing_tags | st.sampled_from(PIECES), max_size=14).map("".join)
any_text = st.text(st.characters() | st.characters(categories=["Cs"]) | st.sampled_from("<>&\n\r\x00 \u3000"))

ELEMENT = re.compile(r"<([a-z0-9]+)((?:\s+[a-z]+(?:=\"[^\"]*\")?)*)>")
ATTRIBUTE = re.compile(r"([a-z]+)=\"([^\"]*)\"")


def assert_harmless(cleaned: str) -> None:
    """Everything that looks like markup is an allowed element with allowed attributes."""
    rest = ELEMENT.sub("", re.sub(r"</[a-z0-9]+>", "", cleaned))
    assert "<" not in rest, cleaned
    for name, attributes in ELEMENT.findall(cleaned):
        assert name in ALLOWED_TAGS
        allowed = ALLOWED_ATTRIBUTES["*"] | ALLOWED_ATTRIBUTES.get(name, set()) | {"class", "rel"}
        for attribute, value in ATTRIBUTE.findall(attributes):
            assert attribute in allowed
            if attribute == "class":
                assert set(value.split()) <= ALLOWED_CLASSES.get(name, set())
            if attribute in {"href", "src"}:
                assert re.match(r"(https?|mailto|tel):|[^:]*$|[^:]*[/?#]", value), value


@settings(max_examples=60)
@given(html_ish)
@example("<pre>\n\n\ntext</pre>")
@example("<p><button><p>x</p></button></p>")
@example("<p>a&#13;b&#1;c</p>")
@example("one <b>\n\ntwo</b>")
@example("<p dir=ltr>&nbsp;</p>")
def test_clean_twice_changes_nothing(text):
    """Whatever comes in, the second cleaning finds nothing left to do, so saving twice makes no second revision."""
    once = clean(text)
    assert clean(once) == once


@settings(max_examples=60)
@given(html_ish)
def test_clean_leaves_only_allowed_markup(text):
    """No element, attribute or address that is not on the list, and no character that cannot be stored."""
    cleaned = clean(text)
    assert_harmless(cleaned)
    assert storable(cleaned) == cleaned
    cleaned.encode()


@settings(max_examples=60)
@given(any_text)
def test_clean_of_any_text_is_idempotent_and_storable(text):
    """Random characters, NUL and lone surrogates among them, never raise and end as clean, storable text."""
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert storable(cleaned) == cleaned


@settings(max_examples=60)
@given(any_text)
def test_paragraphs_show_every_character_of_a_plain_text(text):
    """Plain text made HTML and read back is the same text: no `<` becomes a tag, no `&amp;` an `&`."""
    lines = [line.strip() for line in storable(text).splitlines()]
    # Invisible marks alone show nothing, so such a text is empty.
    if storable(text).strip("\u200b\ufeff \t\n\r\u3000"):
        assert plain_text(paragraphs(text)).split() == " ".join(lines).split()
    assert clean(paragraphs(text)) == paragraphs(text)


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


DROPPED = [
    '<iframe src="https://example.com/">x</iframe>',
    '<object data="x">x</object><embed src="x">',
    "<script>alert(1)</script>",
    "<style>p{}</style>",
    "<noscript><p>x</p></noscript>",
    "<template><img src=x onerror=alert(1)></template>",
    "<!-- note -->",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
]


@pytest.mark.parametrize("text", DROPPED)
def test_clean_drops_what_is_not_text(text):
    """Frames, objects, scripts, styles, templates, comments and foreign content go with everything inside them."""
    assert clean(text) == ""


REFUSED_ATTRIBUTES = [
    "id='top'",
    "name='x'",
    "style='position:fixed'",
    "onclick='alert(1)'",
    "ONCLICK='alert(1)'",
    "onmouseover=alert(1)",
    "data-x='1'",
    "class='hidden'",
    "cite='javascript:alert(1)'",
    "cite='https://example.com/'",
    "contenteditable",
    "tabindex=1",
    "xlink:href='javascript:alert(1)'",
]


@pytest.mark.parametrize("attribute", REFUSED_ATTRIBUTES)
@pytest.mark.parametrize("tag", ["p", "blockquote", "q", "ins", "del"])
def test_clean_drops_attributes_that_are_not_listed(tag, attribute):
    """No id, style, handler, unknown class or cite is left on any element, and its text stays."""
    cleaned = clean(f"<{tag} {attribute}>字</{tag}>")
    assert "字" in cleaned
    assert re.sub(r' class=""', "", cleaned) in {f"<{tag}>字</{tag}>", f"<p><{tag}>字</{tag}></p>"}


JAVASCRIPT = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java&#9;script:alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;:alert(1)",
    "&#x6a;avascript:alert(1)",
    "\x01javascript:alert(1)",
    "&#1;javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml;base64,PHN2Zz4=",
    "file:///etc/passwd",
    "blob:https://example.com/1",
]


@pytest.mark.parametrize("address", JAVASCRIPT)
@pytest.mark.parametrize("element", ['<a href="{}">x</a>', '<img alt="x" src="{}">'])
def test_clean_drops_addresses_that_run_or_read(address, element):
    """Only http, https, mailto, tel and addresses of this site are left, however the scheme is spelled or encoded."""
    cleaned = clean(f"<p>{element.format(address)}</p>")
    assert "href" not in cleaned
    assert "src" not in cleaned
    assert "x" in cleaned


# Mutation XSS: harmless when read once, something else when a browser reads what was written.
MUTATIONS = [
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<svg><annotation-xml encoding='text/html'><img src=x onerror=alert(1)>",
    '<math><annotation-xml encoding="text/html"><style><img src=x onerror=alert(1)></style></annotation-xml></math>',
    '<p><svg><title><a id="</title><img src=1 onerror=alert(1)>"></a></title></svg>',
    '<xmp><p title="</xmp><img src=x onerror=alert(1)>"></xmp>',
    '<textarea><p title="</textarea><img src=x onerror=alert(1)>">',
    "<select><template><style><!--</style><img src=x onerror=alert(1)>--></template></select>",
    '<table><td><a href="x" title="&quot;><img src=x onerror=alert(1)>">y</a>',
    "<plaintext><img src=x onerror=alert(1)>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "&lt;img src=x onerror=alert(1)&gt;",
    "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
]


@pytest.mark.parametrize("text", MUTATIONS)
def test_clean_resists_mutation(text):
    """Nothing that runs comes out, and reading the result again finds nothing that was hidden."""
    cleaned = clean(text)
    assert_harmless(cleaned)
    assert clean(cleaned) == cleaned


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


@pytest.mark.parametrize(
    "blank",
    [
        "\u3000" * 100_000,
        "&nbsp;" * 100_000,
        "\n" * 100_000,
        "\n\u3000" * 100_000,
        "<p>&nbsp;</p>" * 30_000,
        "<p>" + "&nbsp;" * 100_000 + "</p>",
        "<p " + "a" * 100_000 + ">",
        "<" * 100_000,
    ],
    ids=["U+3000", "nbsp", "line ends", "blank lines", "empty paragraphs", "one long blank", "attribute", "brackets"],
)
@pytest.mark.parametrize("end", ["", "字"])
def test_clean_is_quick_on_long_blank_text(blank, end):
    """Time grows with the length: a hundred thousand blanks cost a second or two at most, and never minutes."""
    started = time.process_time()
    plain_text(clean(blank + end))
    paragraphs(blank + end)
    assert time.process_time() - started < 5


def test_clean_of_deep_nesting_leaves_the_process_alive():
    """A parser in native code that recursed would take the server with it; so this runs in a process of its own."""
    code = "from articles.html import clean; print(len(clean('<i>' * 20_000 + 'x' + '<div>' * 3_000 + 'y')) > 10)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == "True", done.stderr


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


def test_clean_survives_bytes_read_as_text():
    """A file that is not text, read as Latin-1, is cleaned like anything else."""
    noise = (bytes(range(256)) * 80).decode("latin-1")
    assert clean(clean(noise)) == clean(noise)


def test_clean_drops_empty_paragraphs_between_others() -> None:
    """Enter pressed twice leaves no indented empty line on the page; a paragraph with a picture stays."""
    typed = "<p>一</p>\n<p>&nbsp;</p>\n<p><br></p><p>\u3000</p>\n<p>二</p><p><img src='/a.jpg' alt='图'></p>"
    cleaned = clean(typed)
    assert cleaned == '<p>一</p>\n<p>二</p><p><img src="/a.jpg" alt="图"></p>'
    assert clean(cleaned) == cleaned
