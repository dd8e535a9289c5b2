"""A whole page: which of its text is converted, by the language it is in."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import quote, unquote

from articles.chinese import to_traditional

from .data_block import traditional_json
from .languages import TRADITIONAL, TRADITIONAL_LOCALE, is_convertible
from .tokens import Raw, Tag, Text, tokens

# What browsers show or say of an attribute, and the words that scripts of the page say later. `content` counts only for
# the words in a <meta>.
_WORDS = frozenset(
    "alt title aria-label aria-description aria-roledescription aria-valuetext placeholder label "
    "data-copied data-failed data-title".split()
)
_META = re.compile(
    r"(?:description|author|keywords|application-name|(?:og|twitter|article):(?!url$|locale).*)", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:[a-z]+:)?//\S*|/\S*|(?:mailto|tel|tag|urn|data):\S*", re.IGNORECASE)
# A mail to whomever the reader chooses: its subject is what is passed on (RFC 6068).
_SUBJECT = re.compile(r"(?<=^mailto:\?subject=)[^&]*")
# Typed by readers, or read by programs.
_LEFT_ALONE = frozenset("code kbd samp textarea".split())
# They interrupt no phrase: 头<b>发</b> is hair.
_INLINE = frozenset("a abbr b bdi bdo cite del dfn em font i ins mark q s small span strong sub sup time u wbr".split())


@dataclass
class _Open:
    """An element that is open. `converts`: whether its text does; `name` of its tag."""

    name: str
    converts: bool


def language_of(html: str) -> str:
    """The language a page says it is in; "" where it says nothing."""
    for token in tokens(html[:2000]):
        if isinstance(token, Tag) and token.name == "html":
            return token.attributes.get("lang", "")
    return ""


def traditional_page(html: str, terms: Mapping[str, str] | None = None, language: str = "zh-Hans") -> str:
    """The page, or a part of one, in traditional characters: the same tags in the same order.

    Converted are the text, the attributes that are read out or shown, the words in <meta> and in JSON-LD, and the
    subject of a mail that passes the page on; not addresses, values of forms, code, what is marked `translate="no"`,
    nor what is in another language (`lang`).
    `lang="zh-Hans"` becomes `lang="zh-Hant"`. `language`: of what stands in no element with a `lang`. `terms`: see
    `to_traditional`; they are plain text, and are escaped where they are put into the page. Never raises.
    """
    return _Page(functools.partial(to_traditional, terms=terms or {}), is_convertible(language)).read(html)


@dataclass
class _Page:
    convert: functools.partial[str]
    converts_first: bool
    pieces: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    open_names: Counter[str] = field(default_factory=Counter)
    # Where in `pieces` the text stands that is converted as one.
    phrase: list[int] = field(default_factory=list)

    @property
    def converts(self) -> bool:
        return self.open[-1].converts if self.open else self.converts_first

    def read(self, html: str) -> str:
        script = ""
        for token in tokens(html):
            if isinstance(token, Text):
                if self.converts:
                    self.phrase.append(len(self.pieces))
                self.pieces.append(token.source)
            elif isinstance(token, Raw):
                self.pieces.append(self._raw(token.source, script))
            else:
                script = token.attributes.get("type", "") if token.name == "script" and not token.is_end else ""
                self._tag(token)
        self._end_phrase()
        return "".join(self.pieces)

    def _raw(self, source: str, script: str) -> str:
        if script.strip().lower() == "application/ld+json" and self.converts:
            return traditional_json(source, self.convert)
        return source

    def _tag(self, tag: Tag) -> None:
        if tag.name not in _INLINE:
            self._end_phrase()
        if tag.is_end:
            self._close(tag.name)
            self.pieces.append(tag.source)
            return
        own = tag.attributes.get("lang")
        fixed = tag.attributes.get("translate", "").lower() == "no"
        converts = self.converts if own is None else is_convertible(own)
        converts = converts and not fixed
        changed = functools.partial(self._value, tag, converts, own is not None and converts)
        self.pieces.append(tag.with_values(changed) if tag.attributes else tag.source)
        if tag.opens:
            if not converts:
                self._end_phrase()
            self.open_names[tag.name] += 1
            self.open.append(_Open(tag.name, converts and tag.name not in _LEFT_ALONE))

    def _close(self, name: str) -> None:
        """The end of the innermost open element of that name, and of those in it that need no end tag."""
        if not self.open_names[name]:
            return
        while (closed := self.open.pop()).name != name:
            self.open_names[closed.name] -= 1
        self.open_names[name] -= 1

    def _value(self, tag: Tag, converts: bool, names_language: bool, name: str, value: str) -> str:
        if name == "lang" and names_language:
            return TRADITIONAL
        if not converts:
            return value
        if name in _WORDS:
            return self.convert(value)
        if name == "href":
            return _SUBJECT.sub(self._subject, value)
        if name == "content" and tag.name == "meta":
            about = tag.attributes.get("property", "") or tag.attributes.get("name", "")
            if about.lower() == "og:locale":
                return TRADITIONAL_LOCALE
            if _META.fullmatch(about) and not _ADDRESS.fullmatch(value):
                return self.convert(value)
        return value

    def _subject(self, found: re.Match[str]) -> str:
        subject = unquote(found[0])
        converted = self.convert(subject)
        return found[0] if converted == subject else quote(converted, safe="")

    def _end_phrase(self) -> None:
        """Convert what was read since the last tag that ends a phrase, as one text, and put it back in its places."""
        places, self.phrase = self.phrase, []
        sources = [unescape(self.pieces[place]) for place in places]
        whole = "".join(sources)
        converted = self.convert(whole)
        if converted == whole:
            return
        if len(converted) == len(whole):
            start, parts = 0, []
            for source in sources:
                parts.append(converted[start : start + len(source)])
                start += len(source)
        else:
            # A term of another length: nothing says which part has become longer.
            parts = [self.convert(source) for source in sources]
        for place, source, part in zip(places, sources, parts, strict=True):
            if part != source:
                self.pieces[place] = escape(part, quote=False)
