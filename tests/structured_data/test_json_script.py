"""JSON in a script element: whatever it holds, the element ends where the page ends it, and says what was put in."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from articles.structured_data import json_script
from tests.page import parsed

HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "--></ScRiPt >",
    "]]>",
    "\u2028alert(1)\u2029",
    "&lt;/script&gt; &amp;",
    '"\\"\'\\u003c',
    "\x00\x1f\x7f",
    "\ud800 lone \udfff",
    "👨‍👩‍👧‍👦",
)

texts = st.one_of(
    st.text(),
    st.sampled_from(HOSTILE),
    st.text(alphabet="<>/!-&scriptSCRIPT\"'\\\u2028\u2029\ud800\x00 \n"),
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(texts, parts, max_size=4),
    max_leaves=12,
)


def document(value: object) -> str:
    return f'<head><script type="application/ld+json">{json_script(value)}</script></head><body><p>after</p></body>'


@given(values)
def test_element_says_what_was_put_in(value):
    """Read by a parser that knows script elements; what follows the element is still there, and no other script."""
    found = parsed(document(value))
    assert json.loads(found.one("script")._raw()) == value
    assert found.one("p").text == "after"


@given(values)
def test_another_parser_finds_the_same(value):
    """libxml2, which parses unlike the standard library, and ends at other places where it is allowed to."""
    [script] = html.fromstring(document(value)).xpath("//script")
    assert json.loads(script.text) == value


@given(values)
def test_no_character_that_ends_anything_is_left(value):
    written = str(json_script(value))
    assert not set("<>&\u2028\u2029") & set(written)
    # A page is sent in UTF-8, which has no lone surrogates.
    written.encode()


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_text_comes_back_as_it_was(value):
    assert json.loads(json_script({value: [value]})) == {value: [value]}


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_json_is_refused(value):
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_script({"wordCount": value})
