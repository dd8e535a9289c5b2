"""HTML of our own pages in pieces that, put together again, are the HTML: tags, text, and what is neither.

The pages are well-formed: attributes with a space in their value stand in quotes, and a "<" of the text is written as
a reference. It is enough to know where a tag begins and ends and which attributes it has (HTML, 13.1.2).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape, unescape

# Elements without content and without an end tag (HTML, 13.1.2).
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# Their content is no HTML and ends at their end tag only.
_RAW = frozenset({"script", "style"})

_BEGINNING = re.compile(r"<(?:/?[a-zA-Z]|[!?])")
# Possessive, so that a tag that never ends costs no more than its length.
_MARKUP = re.compile(
    r"""(?P<other><!--.*?-->|<![^>]*>|<\?[^>]*>)
      |<(?P<slash>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<rest>(?:[^>"']|"[^"]*+"|'[^']*+')*+)>""",
    re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s"'<>/=]++)(?P<equals>\s*+=\s*+)(?P<value>"[^"]*+"|'[^']*+'|[^\s"'=<>`]++)""", re.DOTALL
)


@dataclass
class Tag:
    """`source`: as it stands in the page; `attributes`: their values without quotes and references, names lower-case.

    An attribute without a value is not among them.
    """

    source: str
    name: str
    is_end: bool = False
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def is_void(self) -> bool:
        return self.name in VOID

    @property
    def opens(self) -> bool:
        # Drawings (SVG) close an element in its own tag; an HTML element does not.
        return not (self.is_end or self.is_void or self.source.endswith("/>"))

    def with_values(self, changed: Callable[[str, str], str]) -> str:
        """The tag with each value as `changed(name, value)` gives it; where nothing changes, as it stands."""

        def rewritten(found: re.Match[str]) -> str:
            value = self.attributes[found["name"].lower()]
            new = changed(found["name"].lower(), value)
            return found[0] if new == value else f'{found["name"]}="{escape(new)}"'

        start = len(self.name) + 1
        return self.source[:start] + _ATTRIBUTE.sub(rewritten, self.source[start:])


@dataclass(frozen=True)
class Text:
    """Characters between tags, with their references (`&amp;`) as they stand in the page."""

    source: str


@dataclass(frozen=True)
class Raw:
    """The content of a script or a style, a comment, the document type, a tag that never ends with all behind it."""

    source: str


def tokens(html: str) -> Iterator[Tag | Text | Raw]:
    """The pieces of a page, in order; together they are the page. Never raises."""
    place = 0
    while start := _BEGINNING.search(html, place):
        found = _MARKUP.match(html, start.start())
        if found is None:
            break  # a tag without an end
        if found.start() > place:
            yield Text(html[place : found.start()])
        place = found.end()
        if found["other"]:
            yield Raw(found["other"])
            continue
        tag = _tag(found)
        yield tag
        if tag.name in _RAW and tag.opens:
            end = re.compile(rf"</{tag.name}[\s/>]", re.IGNORECASE).search(html, place)
            stop = end.start() if end else len(html)
            if stop > place:
                yield Raw(html[place:stop])
            place = stop
    rest = start.start() if start else len(html)
    if place < rest:
        yield Text(html[place:rest])
    if rest < len(html):
        yield Raw(html[rest:])


def _tag(found: re.Match[str]) -> Tag:
    attributes: dict[str, str] = {}
    if "=" in found["rest"]:
        for attribute in _ATTRIBUTE.finditer(found["rest"]):
            # Of two with one name the first counts (HTML, 13.2.5.33).
            value = attribute["value"]
            attributes.setdefault(attribute["name"].lower(), unescape(value[1:-1] if value[0] in "\"'" else value))
    return Tag(found[0], found["name"].lower(), bool(found["slash"]), attributes)
