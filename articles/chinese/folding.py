"""Chinese made comparable: one script variant, one width, one case; the tokens of the search index."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable

from .characters import HAN

_SURROGATES = re.compile("([\ud800-\udfff]+)")
_RUN = re.compile(rf"(?P<han>[{HAN}]+)|(?P<word>[^\W_{HAN}]+)")
# What separates nothing to a reader: white space, zero-width characters, the byte order mark.
_INVISIBLE = re.compile("[\\s\u200b-\u200d\u2060\ufeff]+")


@functools.cache
def _converter() -> Callable[[str], str]:
    # Loading the dictionaries costs some 20 ms, so it happens once and only where it is needed.
    import opencc

    return opencc.OpenCC("t2s").convert


def to_simplified(text: str) -> str:
    """Traditional characters as simplified ones (OpenCC, t2s: characters and phrases, no change of vocabulary).

    Everything else stays, lone surrogates included, which OpenCC itself refuses. Never raises.
    """
    if text.isascii():
        return text
    convert = _converter()
    pieces = _SURROGATES.split(text)
    # Every second piece is a run of surrogates: re.split with a group keeps what it splits at.
    return "".join(piece if index % 2 else convert(piece) for index, piece in enumerate(pieces))


def _fold(text: str) -> str:
    # Casefolding can leave a text that is no longer composed, hence the second NFKC.
    return to_simplified(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()))


def comparison_key(name: str) -> str:
    """A name of a source, or a headline, for comparing only: NFKC, casefolded, simplified, without white space.

    "新 華社" and "新华社" have the same key. The key of the key is the key. Never raises.
    """
    # Folded twice: a blank may have kept an accent from its letter, which is composed once the blank is gone.
    return _INVISIBLE.sub("", _fold(_INVISIBLE.sub("", _fold(name))))


def bigrams(text: str) -> list[str]:
    """Search tokens of a plain text: each once, in order of first appearance.

    A run of Han characters gives its overlapping pairs, and a lone Han character itself; letters and digits of other
    scripts give whole words. All are NFKC, casefolded and simplified, so that query and text meet whatever their width,
    case or script variant. Never raises; no letters, no tokens.
    """
    tokens: dict[str, None] = {}
    for run in _RUN.finditer(_fold(text)):
        found = run.group()
        if run.lastgroup == "han" and len(found) > 1:
            tokens.update((found[start : start + 2], None) for start in range(len(found) - 1))
        else:
            tokens[found] = None
    return list(tokens)
