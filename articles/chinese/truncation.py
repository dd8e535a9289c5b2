"""Text cut to a length as an editor would: between characters, outside brackets and words, with an ellipsis."""

from __future__ import annotations

from collections import Counter

import regex

# One mark, for lines of machines and lists where room is short. Chinese text that is read has it twice as wide.
ELLIPSIS = "…"
CHINESE_ELLIPSIS = "……"

_PAIRS = {"（": "）", "《": "》", "〈": "〉", "「": "」", "『": "』", "【": "】", "〔": "〕", "［": "］"}
_PAIRS |= {"“": "”", "‘": "’", "(": ")", "[": "]", '"': '"'}

# What a reader takes for one: a grapheme cluster (Unicode Standard Annex 29).
_GRAPHEME = regex.compile(r"\X")
# Letters and digits that make words with their neighbours. Chinese and kana are read one by one.
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}_--[\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}ー]]", regex.VERSION1)
# Between two of them these belong to the word or number: don't, e-mail, 2,000, 3.5, 12:30, and/or.
_INSIDE_WORDS = frozenset("'’.,:-/@&")
_BEFORE_NUMBERS = frozenset("$€£¥￥+-−#")
_AFTER_NUMBERS = frozenset("%‰°℃％")
# A sentence that is cut ends in nothing but the ellipsis.
_BEFORE_ELLIPSIS = frozenset("，。、；：？！,.;:?!·・…⋯—–―-～~/ ") | _PAIRS.keys()


def shortened(text: str, limit: int, ellipsis: str = ELLIPSIS) -> str:
    """A plain text with at most `limit` characters as readers count them, the `ellipsis` among them.

    Characters are grapheme clusters: an emoji family, a flag, a letter with its accents count one and are never cut.
    White space becomes single blanks. A text that fits is otherwise returned as it is. A longer one is cut before a
    pair of brackets or quotes rather than inside, before a Latin word or number rather than inside, and without
    punctuation before the ellipsis. A pair, or a word, with which the text begins and which is too long itself is cut
    inside, because nothing would be left: the pair is closed behind the ellipsis. With a limit below one the answer is
    "". Never raises.
    """
    clusters = _GRAPHEME.findall(" ".join(text.split()))
    if limit < 1 or len(clusters) <= limit:
        return "".join(clusters) if limit > 0 else ""
    before: list[str] = []
    behind: list[str] = []
    while True:
        closings = matched_pairs(clusters)
        room = limit - len(before) - len(behind) - len(ellipsis)
        cut = _cut(clusters, room, closings)
        # A pair around what there is: only what stands in it is cut, as long as one character finds room in it.
        if cut or 0 not in closings or closings[0] < room or room < 3:
            break
        before.append(clusters[0])
        behind.insert(0, clusters[closings[0]])
        clusters = clusters[1 : closings[0]]
    if not cut:
        return ellipsis[:limit]  # rather than an empty pair of brackets
    return "".join([*before, *clusters[:cut], ellipsis, *behind])


def _cut(clusters: list[str], room: int, closings: dict[int, int]) -> int:
    """How many clusters stay: at most `room`, and fewer until the place is a good one; 0 if only a pair is there."""
    cut = max(min(room, len(clusters)), 0)
    while cut:
        opened = next((start for start, end in closings.items() if start < cut <= end), None)
        if opened is not None:
            cut = opened
        elif inside_word(clusters, cut):
            start = cut - 1
            while start and inside_word(clusters, start):
                start -= 1
            if not start:
                return cut  # one word, longer than the room
            cut = start
        elif clusters[cut - 1] in _BEFORE_ELLIPSIS and cut - 1 not in closings.values():
            cut -= 1
        else:
            return cut
    return 0


def matched_pairs(clusters: list[str]) -> dict[int, int]:
    """Where each matched bracket or quote that opens stands, with the place that closes it; outer ones first."""
    found: dict[int, int] = {}
    opened: list[int] = []
    awaited: Counter[str] = Counter()
    for place, cluster in enumerate(clusters):
        if cluster == "’" and inside_word(clusters, place):
            continue  # an apostrophe
        if awaited[cluster]:
            # What was opened inside and never closed has no partner.
            while True:
                start = opened.pop()
                awaited[_PAIRS[clusters[start]]] -= 1
                if _PAIRS[clusters[start]] == cluster:
                    break
            found[start] = place
        elif cluster in _PAIRS:
            opened.append(place)
            awaited[_PAIRS[cluster]] += 1
    return dict(sorted(found.items()))


def inside_word(clusters: list[str], place: int) -> bool:
    """Whether a cut before `place` would go through a word or a number."""
    if not 0 < place < len(clusters):
        return False
    before, here = clusters[place - 1], clusters[place]
    if _is_word(here):
        if _is_word(before) or (before in _BEFORE_NUMBERS and here[0].isdigit()):
            return True
        return before in _INSIDE_WORDS and place > 1 and _is_word(clusters[place - 2])
    if not _is_word(before):
        return False
    if here in _AFTER_NUMBERS:
        return before[0].isdigit()
    return here in _INSIDE_WORDS and place + 1 < len(clusters) and _is_word(clusters[place + 1])


def _is_word(cluster: str) -> bool:
    return _WORD.match(cluster) is not None
