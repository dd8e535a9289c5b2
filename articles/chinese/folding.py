"""Chinese made comparable: one script variant, one width, one case; the tokens of the search index."""

from __future__ import annotations

import re
import unicodedata

from .characters import HAN
from .script import converted

_RUN = re.compile(rf"(?P<han>[{HAN}]+)|(?P<word>[^\W_{HAN}]+)")
# What separates nothing to a reader: white space, zero-width characters, the byte order mark.
_INVISIBLE = re.compile("[\\s\u200b-\u200d\u2060\ufeff]+")


def to_simplified(text: str) -> str:
    """Traditional characters as simplified ones (OpenCC, t2s: characters and phrases, no change of vocabulary).

    Everything else stays, lone surrogates included. Never raises.
    """
    return converted(text, "t2s")


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
