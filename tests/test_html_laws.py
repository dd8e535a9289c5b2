"""Laws of cleaning, whatever the text: only allowed markup is left, and a second cleaning changes nothing."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.html import clean, paragraphs, plain_text, storable
from tests.harmless_html import assert_harmless

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
