"""Rich text: cleaning to one allow-list, and the plain text of it.

The editor in the browser is never the boundary. Whatever it sends becomes `CleanHtml` here before it is stored, and
templates print `CleanHtml` (only) without escaping. Cleaning is idempotent: `clean(clean(x)) == clean(x)`.
"""

from __future__ import annotations

import re
from html import escape, unescape

import nh3

_TEXT_BLOCKS = "p h2 h3 h4 blockquote pre ul ol li dl dt dd figure figcaption table caption thead tbody tfoot tr th td"
_TEXT_RUNS = "br hr strong em b i u s sub sup small mark abbr dfn q cite code a img colgroup col ruby rt rp rb bdi bdo"
_TEXT_EXTRAS = "time span div aside ins del kbd samp var wbr details summary"
ALLOWED_TAGS = frozenset(f"{_TEXT_BLOCKS} {_TEXT_RUNS} {_TEXT_EXTRAS}".split())

# The content goes with the tag: text inside these was never meant to be read.
DROPPED_WITH_CONTENT = frozenset("script style noscript template xmp textarea title iframe object".split())

# No `id` (it would clobber page anchors), no `style`, no `on…`; `cite` is left out because its address is not checked.
ALLOWED_ATTRIBUTES = {
    "*": {"lang", "dir", "title"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "ol": {"start", "reversed", "type"},
    "time": {"datetime"},
    "col": {"span"},
    "colgroup": {"span"},
}
ALLOWED_CLASSES = {
    "figure": {"align-left", "align-right", "full-width"},
    "blockquote": {"pullquote"},
    "aside": {"infobox"},
}

_cleaner = nh3.Cleaner(
    tags=set(ALLOWED_TAGS),
    clean_content_tags=set(DROPPED_WITH_CONTENT),
    attributes=ALLOWED_ATTRIBUTES,
    allowed_classes=ALLOWED_CLASSES,
    url_schemes={"http", "https", "mailto", "tel"},
    strip_comments=True,
    link_rel="noopener noreferrer",
)
_text_cleaner = nh3.Cleaner(tags=set(), clean_content_tags=set(DROPPED_WITH_CONTENT) | {"rt", "rp"})

# C0 controls but tab and line ends, DEL, and lone surrogates: no database stores all of them, no reader sees them.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BLOCKS = "p|h[2-4]|blockquote|pre|ul|ol|li|dl|dt|dd|figure|figcaption|table|caption|tr|hr|div|aside|details|summary"
_BLOCK_START = re.compile(rf"<(?:{_BLOCKS})\b")
_BLOCK_EDGE = re.compile(rf"</?(?:{_BLOCKS}|br)\b")
_CELL_START = re.compile(r"<t[dh]\b")
# Parsers take the first line end after <pre> for the author's indentation, so it would go with the next cleaning.
_PRE_START = re.compile(r"(<pre\b[^<>]*>)\n+")
# What an editor leaves where somebody pressed Enter twice: on the page it would be an indented empty line.
_EMPTY_PARAGRAPH = re.compile(r"<p>(?:&nbsp;|<br>|\s)*+</p>\s*")
_BLANK = re.compile(
    r"(?:</?(?:p|div|br|span|a|b|strong|i|em|u|s|sub|sup|small|mark)(?: [^<>]*)?>|&nbsp;|[\s\u200b\ufeff])*+"
)
_LINE_END = re.compile(r"\r\n?")
_PARAGRAPH_BREAK = re.compile(r"\n[ \t\u3000]*\n\s*")

# Two rounds settle what people and programs write; text built to need more is not worth its markup.
_ROUNDS = 8


class CleanHtml(str):
    """Text that has passed `clean`. Django prints it unescaped (through `__html__`)."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def storable(text: str) -> str:
    """`text` without the characters no database can store: NUL, other control characters, lone surrogates."""
    return _UNSTORABLE.sub("", text)


def clean(text: str) -> CleanHtml:
    """Rich text from anywhere, as allow-listed HTML.

    Text without any block element (a plain textarea, say) is taken as paragraphs separated by blank lines. A text that
    shows nothing, such as an editor's empty paragraph, becomes "".
    """
    cleaned = _settled(text)
    if cleaned and not _BLOCK_START.search(cleaned):
        # Once more, because a run such as <b> may have been open across a blank line.
        cleaned = _settled(_wrapped(cleaned))
    return CleanHtml("" if _BLANK.fullmatch(cleaned) else cleaned)


def _settled(text: str) -> str:
    """`text` cleaned until cleaning changes nothing: a tag taken away can leave what a parser nests anew."""
    for _round in range(_ROUNDS):
        # Character references can hold what was taken out before, and line ends of other systems.
        cleaned = _LINE_END.sub("\n", storable(_cleaner.clean(storable(text))))
        cleaned = _EMPTY_PARAGRAPH.sub("", _PRE_START.sub(r"\1", cleaned)).strip()
        if cleaned == text:
            return cleaned
        text = cleaned
    return escape(plain_text(text), quote=False)


def paragraphs(text: str) -> CleanHtml:
    """Plain text as HTML: every character shown as it is, blank lines separating paragraphs."""
    return clean(_wrapped(escape(storable(text), quote=False)))


def _wrapped(inline_html: str) -> str:
    """Blocks between blank lines as <p>, single line ends as <br>."""
    blocks = (block.strip(" \t\r\n\u3000") for block in _PARAGRAPH_BREAK.split(_LINE_END.sub("\n", inline_html)))
    return "\n".join(f"<p>{block.replace(chr(10), '<br>')}</p>" for block in blocks if block)


def plain_text(html: str) -> str:
    """The readable text of HTML: one line per block, entities resolved, ruby annotations left out."""
    spaced = _CELL_START.sub(lambda match: " " + match.group(), html)
    with_line_ends = _BLOCK_EDGE.sub(lambda match: "\n" + match.group(), spaced)
    text = unescape(_text_cleaner.clean(with_line_ends))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
