"""What a search found, shown in its text: the passage around it, and the words marked as they are written there."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from .characters import HAN
from .folding import bigrams, to_simplified
from .truncation import ELLIPSIS, inside_word, matched_pairs, shortened

# So many characters before what was found tell what it is about; of a short passage, a third.
_LEAD = 24

_GRAPHEME = regex.compile(r"\X")
_LETTER = f"[^\\W{HAN}]"
_CLAUSE_END = frozenset("。！？；，：、!?;")
_WIDE_END = frozenset("。！？；，：、）》」』】")


@dataclass(frozen=True)
class Run:
    """A piece of a text; `is_hit` where it is a word that was looked for."""

    text: str
    is_hit: bool = False


def marked(text: str, words: Sequence[str]) -> list[Run]:
    """`text`, whole, in runs. `words` are folded as search tokens are (width, case, script) and found however the text
    writes them: Latin words whole, Chinese words anywhere. Words without a letter or digit are not looked for.
    """
    pattern = _pattern(tuple(words))
    if pattern is None or not text:
        return [Run(text)] if text else []
    folded, places = _folded(text)
    runs: list[Run] = []
    done = 0
    for hit in pattern.finditer(folded):
        start, end = places[hit.start()][0], places[hit.end() - 1][1]
        if start < done:
            continue  # two words in what is one character of the text
        if done < start:
            runs.append(Run(text[done:start]))
        runs.append(Run(text[start:end], is_hit=True))
        done = end
    return [*runs, Run(text[done:])] if done < len(text) else runs


def snippet(lines: Sequence[str], words: Sequence[str], limit: int) -> list[Run]:
    """The passage of a text, given as its lines, that says most about the `words` it was found by, in runs.

    It is at most `limit` characters long (ten or more) as readers count them: from the line with most of the words (the
    first of several; the first line of all if none has any) and from what follows it. It begins at a sentence or clause
    close before the first hit, and neither begins nor ends inside a pair of brackets or a Latin word if that can be
    helped; an ellipsis stands for what was left out. Plain text in and out: nothing is escaped.
    """
    lines = [line for line in (" ".join(line.split()) for line in lines) if line]
    if not lines:
        return []
    best, most = 0, 0
    wanted = len(_looked_for(tuple(words)))
    for place, line in enumerate(lines):
        count = _words_in(line, tuple(words))
        if count > most:
            best, most = place, count
        if most == wanted:
            break
    # What follows it matters as far as the passage may reach.
    text = _joined(lines[best : best + 1 + limit])[: len(lines[best]) + 4 * limit]
    start = _start(text, words, min(_LEAD, limit // 3)) if most else 0
    passage = ELLIPSIS + shortened(text[start:], limit - 1) if start else shortened(text, limit)
    if most and not any(run.is_hit for run in marked(passage, words)):
        # A pair of brackets around the hit was too long to stay whole.
        clusters = _GRAPHEME.findall(text[start:])
        passage = "".join([ELLIPSIS if start else "", *clusters[: limit - 2], ELLIPSIS])
    return marked(passage, words)


def _joined(lines: Sequence[str]) -> str:
    """One line after the other; a full-width mark at its end keeps a line apart from the next without a blank."""
    return "".join(line if line[-1] in _WIDE_END else f"{line} " for line in lines).strip()


def _words_in(line: str, words: tuple[str, ...]) -> int:
    folded = _folded(line)[0]
    return sum(found.search(folded) is not None for found in _looked_for(words))


def _start(text: str, words: Sequence[str], lead: int) -> int:
    """Where the passage begins: 0, or the best place among the `lead` characters before the first hit."""
    first, *_rest = marked(text, words)
    before = 0 if first.is_hit else len(first.text)
    clusters = _GRAPHEME.findall(text)
    offsets = [0]
    for cluster in clusters:
        offsets.append(offsets[-1] + len(cluster))
    hit = max(place for place, offset in enumerate(offsets) if offset <= before)
    if hit <= lead:
        return 0
    pairs = matched_pairs(clusters)
    best, best_rank = hit, -1
    for place in range(max(hit - lead, 1), hit + 1):
        if inside_word(clusters, place):
            continue
        is_outside = not any(start < place <= end for start, end in pairs.items())
        begins_clause = clusters[place - 1] in _CLAUSE_END
        rank = 2 * is_outside + begins_clause
        # The earliest of the best: the more is told.
        if rank > best_rank:
            best, best_rank = place, rank
    return offsets[best]


@functools.lru_cache(maxsize=64)
def _looked_for(words: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_whole(word)) for word in dict.fromkeys(words) if bigrams(word))


@functools.lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    found = sorted({word for word in words if bigrams(word)}, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(_whole, found))) if found else None


def _whole(word: str) -> str:
    before = f"(?<!{_LETTER})" if re.match(_LETTER, word) else ""
    after = f"(?!{_LETTER})" if re.match(_LETTER, word[-1]) else ""
    return f"{before}{re.escape(word)}{after}"


def _folded(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text folded, and for each character of that where in `text` what it was made from begins and ends."""
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    end = 0
    for cluster in _GRAPHEME.findall(text):
        start, end = end, end + len(cluster)
        piece = _caseless(cluster)
        pieces.append(piece)
        places += [(start, end)] * len(piece)
    caseless = "".join(pieces)
    simplified = to_simplified(caseless)
    # Of a few phrases the simplified form is longer or shorter; character by character it never is.
    return (simplified if len(simplified) == len(caseless) else caseless), places


@functools.lru_cache(maxsize=16_384)
def _caseless(cluster: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold())
