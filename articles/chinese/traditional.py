"""Simplified text as traditional, with the words a newsroom writes in its own way."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from .script import converted

_convert = functools.partial(converted, configuration="s2tw")


@functools.lru_cache(maxsize=4)
def _words(terms: frozenset[str]) -> re.Pattern[str]:
    """Finds the terms, of several at one place the longest."""
    longest_first = sorted(terms, key=lambda term: (-len(term), term))
    # Most characters begin no term: only where one does are the terms tried.
    firsts = "".join(sorted({re.escape(term[0]) for term in terms}))
    return re.compile(f"(?=[{firsts}])({'|'.join(map(re.escape, longest_first))})")


def to_traditional(text: str, terms: Mapping[str, str] | None = None) -> str:
    """The same words in traditional characters, in the forms of Taiwan's standard (OpenCC, s2tw).

    No word becomes another: names, laws and quotations stay what they are (docs/decisions/0014-traditional-script.md).
    `terms`: what becomes something else than the dictionaries say, simplified to traditional, also itself; of several
    at one place the longest counts. Everything else stays, lone surrogates included. Never raises.
    """
    given = {simplified: traditional for simplified, traditional in (terms or {}).items() if simplified}
    if not given:
        return _convert(text)
    pieces = _words(frozenset(given)).split(text)
    # Every second piece is a term: re.split with a group keeps what it splits at.
    return "".join(given[piece] if index % 2 else _convert(piece) for index, piece in enumerate(pieces))
