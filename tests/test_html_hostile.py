"""Rich text made to do harm: what never passes, however it is written, nested or long."""

from __future__ import annotations

import re
import subprocess
import sys
import time

import pytest

from articles.html import clean, paragraphs, plain_text
from tests.harmless_html import assert_harmless

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


def test_clean_survives_bytes_read_as_text():
    """A file that is not text, read as Latin-1, is cleaned like anything else."""
    noise = (bytes(range(256)) * 80).decode("latin-1")
    assert clean(clean(noise)) == clean(noise)
