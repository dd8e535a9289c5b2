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
from .truncation import CHINESE_ELLIPSIS, inside_word, matched_pairs, shortened

# What stands before the first hit tells what it is about: one in so many characters of the passage.
_LEAD = 3

_GRAPHEME = regex.compile(r"\X")
_LETTER = f"[^\\W{HAN}]"
_CLAUSE_END = frozenset("。！？；，：、!?;")
_LATIN_CLAUSE_END = frozenset(".!?;:,")
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


def snippet(
    parts: Sequence[Sequence[str]], words: Sequence[str], limit: int, ellipsis: str = CHINESE_ELLIPSIS
) -> list[Run]:
    """The passage of a text that says most about the `words` it was found by, in runs.

    `parts`: each a part of the text that is read in one go, as its lines: a summary, a heading, the paragraphs under
    one. The passage is of one of them: from the line with most of the words (the first of several; the first line of
    all if none has any) and from what follows it there. It is at most `limit` characters long (ten or more) as readers
    count them. It begins at a sentence or clause close before the first hit, and neither begins nor ends inside a pair
    of brackets or a Latin word if that can be helped; the `ellipsis` stands for what was left out. Plain text in and
    out: nothing is escaped.
    """
    text, most = _best(parts, words, limit)
    start = _start(text, words, limit, limit - len(ellipsis)) if most else 0
    before = ellipsis if start else ""
    passage = before + shortened(text[start:], limit - len(before), ellipsis)
    if most and not any(run.is_hit for run in marked(passage, words)):
        # A pair of brackets around the hit was too long to stay whole.
        clusters = _GRAPHEME.findall(text[start:])
        passage = "".join([before, *clusters[: limit - len(before) - len(ellipsis)], ellipsis])
    return marked(passage, words)


def _best(parts: Sequence[Sequence[str]], words: Sequence[str], reach: int) -> tuple[str, int]:
    """What the passage is cut from, and how many of the words are in its first line; "" of a text that is empty."""
    kept = [[line for line in (" ".join(line.split()) for line in part) if line] for part in parts]
    best: Sequence[str] = next(filter(None, kept), ())
    most, wanted = 0, len(_looked_for(tuple(words)))
    for lines in kept:
        for place, line in enumerate(lines):
            if most < wanted and (count := _words_in(line, tuple(words))) > most:
                # What follows it matters as far as the passage may reach.
                best, most = lines[place : place + 1 + reach], count
    return (_joined(best)[: len(best[0]) + 4 * reach], most) if best else ("", 0)


def _joined(lines: Sequence[str]) -> str:
    """One line after the other; a full-width mark at its end keeps a line apart from the next without a blank."""
    return "".join(line if line[-1] in _WIDE_END else f"{line} " for line in lines).strip()


def _words_in(line: str, words: tuple[str, ...]) -> int:
    folded = _folded(line)[0]
    return sum(found.search(folded) is not None for found in _looked_for(words))


def _start(text: str, words: Sequence[str], limit: int, room: int) -> int:
    """Where the passage begins: 0, or the best place not far before the first hit.

    `limit`: its length; `room`: the same without the ellipsis it begins with. Of a text that ends soon after the hit as
    much is told before it as there is room.
    """
    first, *_rest = marked(text, words)
    before = 0 if first.is_hit else len(first.text)
    clusters = _GRAPHEME.findall(text)
    offsets = [0]
    for cluster in clusters:
        offsets.append(offsets[-1] + len(cluster))
    hit = max(place for place, offset in enumerate(offsets) if offset <= before)
    lead = max(limit // _LEAD, room - (len(clusters) - hit))
    if hit <= lead or len(clusters) <= limit:
        return 0
    pairs = matched_pairs(clusters)
    best, best_rank = hit, -1
    for place in range(max(hit - lead, 1), hit + 1):
        if inside_word(clusters, place):
            continue
        is_outside = not any(start < place <= end for start, end in pairs.items())
        begins_clause = clusters[place - 1] in _CLAUSE_END or _begins_latin_clause(clusters, place)
        rank = 2 * is_outside + begins_clause
        # The earliest of the best: the more is told.
        if rank > best_rank:
            best, best_rank = place, rank
    return offsets[best]


def _begins_latin_clause(clusters: Sequence[str], place: int) -> bool:
    """Whether a mark and a blank stand before `place`: the mark alone may belong to a number or an address."""
    return place > 1 and clusters[place - 1] == " " and clusters[place - 2] in _LATIN_CLAUSE_END


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
