"""A whole page: which of its text is converted, by the language it is in."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import quote, unquote

from articles.chinese import to_traditional

from .data_block import traditional_json
from .languages import TRADITIONAL, TRADITIONAL_LOCALE, is_convertible
from .quotation import with_corner_brackets
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
# Neither do these end a paragraph: a quotation goes on behind them.
_IN_PARAGRAPHS = _INLINE | frozenset("br button code img input kbd label path rb rp rt ruby samp svg use".split())


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

    Quotation marks become corner brackets (`with_corner_brackets`). Converted are the text, the attributes that are
    read out or shown, the words in <meta> and in JSON-LD, and the subject of a mail that passes the page on; not
    addresses, values of forms, code, what is marked `translate="no"`, nor what is in another language (`lang`).
    `lang="zh-Hans"` becomes `lang="zh-Hant"`. `language`: of what stands in no element with a `lang`. `terms`: see
    `to_traditional`; they are plain text, and are escaped where they are put into the page. Never raises.
    """
    # As they are found where the quotation marks have changed.
    terms = {**(terms or {}), **{with_corner_brackets(term): form for term, form in (terms or {}).items()}}
    return _Page(functools.partial(to_traditional, terms=terms), is_convertible(language)).read(html)


@dataclass
class _Page:
    convert: functools.partial[str]
    converts_first: bool
    pieces: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    open_names: Counter[str] = field(default_factory=Counter)
    # Where in `pieces` the text stands that is converted as one, and the phrases before it in the same paragraph.
    phrase: list[int] = field(default_factory=list)
    paragraph: list[list[int]] = field(default_factory=list)

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
        self._end_paragraph()
        return "".join(self.pieces)

    def _raw(self, source: str, script: str) -> str:
        if script.strip().lower() == "application/ld+json" and self.converts:
            return traditional_json(source, self._words)
        return source

    def _tag(self, tag: Tag) -> None:
        if tag.name not in _IN_PARAGRAPHS:
            self._end_paragraph()
        elif tag.name not in _INLINE:
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
            return self._words(value)
        if name == "href":
            return _SUBJECT.sub(self._subject, value)
        if name == "content" and tag.name == "meta":
            about = tag.attributes.get("property", "") or tag.attributes.get("name", "")
            if about.lower() == "og:locale":
                return TRADITIONAL_LOCALE
            if _META.fullmatch(about) and not _ADDRESS.fullmatch(value):
                return self._words(value)
        return value

    def _words(self, text: str) -> str:
        """Words that stand by themselves."""
        return self.convert(with_corner_brackets(text))

    def _subject(self, found: re.Match[str]) -> str:
        subject = unquote(found[0])
        converted = self._words(subject)
        return found[0] if converted == subject else quote(converted, safe="")

    def _end_phrase(self) -> None:
        if self.phrase:
            self.paragraph.append(self.phrase)
            self.phrase = []

    def _end_paragraph(self) -> None:
        """Convert what was read since the last tag that ends a paragraph, and put it back in its places.

        Quotation marks are looked at in the whole paragraph, because words in another language end a phrase
        and may stand in quotation marks; characters are converted phrase by phrase.
        """
        self._end_phrase()
        phrases, self.paragraph = self.paragraph, []
        sources = {place: unescape(self.pieces[place]) for phrase in phrases for place in phrase}
        whole = with_corner_brackets("".join(sources.values()))
        marked = dict(zip(sources, _divided(whole, sources.values()), strict=True))
        for phrase in phrases:
            for place, part in zip(phrase, self._converted([marked[place] for place in phrase]), strict=True):
                if part != sources[place]:
                    self.pieces[place] = escape(part, quote=False)

    def _converted(self, parts: list[str]) -> Iterable[str]:
        """The parts of one phrase, converted as one text."""
        whole = "".join(parts)
        converted = self.convert(whole)
        if len(converted) == len(whole):
            return _divided(converted, parts)
        # A term of another length: nothing says which part has become longer.
        return map(self.convert, parts)


def _divided(text: str, parts: Iterable[str]) -> Iterator[str]:
    """The text in parts as long as `parts`."""
    start = 0
    for part in parts:
        yield text[start : start + len(part)]
        start += len(part)
