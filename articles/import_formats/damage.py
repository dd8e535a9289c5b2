"""Finding what converters broke in a Chinese text and nobody can repair without guessing.

The typical case: pages stored in GBK (two bytes a character) went through a tool that annotates characters with pinyin
and works on bytes. Where it matched the second byte of one character and the first of the next, a byte got lost, shown
as "?", and what follows is read out of step until a single byte ends it: 。”相關 becomes ?!毕嚓P(guān), 當地堅持
becomes 當(dāng)?shù)貓?jiān)持. Such a place runs from its "?" to the character that brings reading into step again.

Healthy text must not be reported: each signature below asks for something that no writer types.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..chinese.characters import HAN
from ..chinese.frequency import count_common
from ..chinese.pinyin import SYLLABLE_LETTERS, TONED_LETTERS, is_reading, split_tone

Span = tuple[int, int, str]

_SYLLABLE = rf"[{SYLLABLE_LETTERS}]{{1,8}}"
_SYLLABLE_PATTERN = re.compile(r"(?:[bpmfdtnlgkhjqxzcsryw]|[zcs]h)?[aeiouü]{1,3}(?:ng?|r)?|n|ng|m|hm|hng")
_TONED = re.compile(f"[{TONED_LETTERS}\u0300\u0301\u0304\u030c]")

# ?shù) : a question mark took the place of two bytes, one of them the opening parenthesis, or, ?(shù) , of one byte.
_LOST_OPENING = re.compile(rf"[?？](?P<opening>[(（]?)(?P<syllable>{_SYLLABLE})[)）]")
# P(guān) : the second byte of a character became a Latin letter or sign, and its pinyin followed it.
_ORPHAN = re.compile(rf"(?<=[{HAN}])[@-~][(（](?P<syllable>{_SYLLABLE})[)）]")
# ?!毕嚓 : what remains of the marks 。” or ？” and of the characters after them.
_LOST_MARK = re.compile(rf"[?？](?P<rest>[!！][{HAN}]{{1,16}}|俊[{HAN}]{{1,16}})")
# What may follow out of step, and what ends it: one more lost parenthesis, a remnant in ASCII, or a lone "?".
_OUT_OF_STEP = re.compile(
    rf"(?P<run>[{HAN}]{{0,16}})"
    rf"(?:(?P<lost>[?？][(（]?{_SYLLABLE}[)）])|(?P<remnant>[@-~])(?![A-Za-z0-9])(?:[(（]{_SYLLABLE}[)）])?|(?P<mark>\?))"
)
_ANNOTATED = re.compile(rf"(?P<han>[{HAN}])[(（](?P<syllable>{_SYLLABLE})[)）]")
# A question mark that ends a question is not followed by a full-width comma, semicolon or full stop.
_MARK_AFTER_QUESTION = re.compile(rf"(?<=[{HAN}])\?[，。；]")

_SINGLE_CHARACTERS = (
    (re.compile("\ufffd+"), "replacement_character"),
    (re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]+"), "private_use"),
    (re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]+"), "control_character"),
    # U+FFFD in UTF-8, read as GBK.
    (re.compile("(?:锟斤拷)+锟?斤?"), "wrong_encoding"),
)
_NOT_ASCII = re.compile("[^\x00-\x7f]{4,}")
_LATIN_RUN = re.compile("[\u00c2-\u00f4][\u0080-\u2122]+")

# Lead bytes of full-width marks in GBK, and the marks that a lost one of them may belong to.
_LEAD_BYTES = (b"\xa1", b"\xa3")
_SENTENCE_ENDS = "。！？…"
_CLOSERS = "”’》」』】）"


def find_damage(line: str) -> list[Span]:
    """Damaged places of one line as (start, end, why), in order, not overlapping; `why` is a key of WHY_DAMAGED.

    Takes the line as decoded, before any repair. Time is linear in its length. Never raises.
    """
    if line.isascii() and line.isprintable():
        return []
    spans = sorted({*_lost_bytes(line), *_wrong_pinyin(line), *_characters(line), *_wrong_encoding(line)})
    merged: list[Span] = []
    for start, end, why in spans:
        if merged and start < merged[-1][1]:
            first, last, reason = merged[-1]
            merged[-1] = (first, max(last, end), reason)
        else:
            merged.append((start, end, why))
    return merged


def _lost_bytes(line: str) -> Iterator[Span]:
    # A damaged place lost its opening parenthesis and keeps the closing one. A line in which all are in pairs,
    # such as (读作?shù), is healthy.
    unpaired = _count(line, ")）") > _count(line, "(（")
    reached = 0
    for match in re.finditer("[?？]", line):
        start = match.start()
        if start < reached:
            continue
        end = _end_of_lost_opening(line, start, unpaired) or _end_of_lost_mark(line, start)
        if end is None and (mark := _MARK_AFTER_QUESTION.match(line, start)):
            end = mark.end() - 1
        if end is not None:
            reached = end
            yield start, end, "lost_bytes"
    for match in _ORPHAN.finditer(line):
        if _is_toned_syllable(match["syllable"]):
            yield match.start() - 1, match.end(), "lost_bytes"


def _is_toned_syllable(letters: str) -> bool:
    """Whether this is one syllable of pinyin with its tone mark, and no word of two (kāfēi) or abbreviation."""
    return len(_TONED.findall(letters)) == 1 and _SYLLABLE_PATTERN.fullmatch(split_tone(letters)[0]) is not None


def _count(line: str, characters: str) -> int:
    return sum(map(line.count, characters))


def _end_of_lost_opening(line: str, start: int, unpaired: bool) -> int | None:
    match = _LOST_OPENING.match(line, start)
    if match is None or not (unpaired or match["opening"]):
        return None
    letters, tone = split_tone(match["syllable"])
    after_latin = start > 0 and line[start - 1].isascii()
    # Nobody types a bare syllable with a tone mark after a question mark. Without one it may be Latin text: why?me)
    if not _SYLLABLE_PATTERN.fullmatch(letters) or (after_latin and not tone):
        return None
    end = _end_out_of_step(line, match.end())
    # 谁?(shéi) is healthy as long as nothing after it is out of step.
    return None if match["opening"] and end == match.end() else end


def _end_out_of_step(line: str, end: int) -> int:
    """Where the characters read out of step that follow a lost byte end; `end` itself if nothing shows that any do."""
    match = _OUT_OF_STEP.match(line, end)
    if match is None:
        return end
    han, common = count_common(match["run"])
    # Characters read out of step are rare ones. Common ones stand between two places that are damaged separately.
    if han and common * 2 > han:
        return end
    if not han and match["mark"] is None:
        # ?qū)P: a letter directly after the parenthesis may well be the writer's.
        return end
    return match.end()


def _end_of_lost_mark(line: str, start: int) -> int | None:
    """The end of what was a closing mark and quote with the characters after it, if the bytes say that it was one."""
    match = _LOST_MARK.match(line, start)
    if match is None:
        return None
    step = _OUT_OF_STEP.match(line, start + 2)
    remnant = step is not None and step["remnant"] is not None
    annotated = remnant and line[step.end() - 1] in ")）" and _TONED.search(line, step.start("remnant"), step.end())
    rest = match["rest"].replace("!", "！")
    if remnant:
        rest += step["remnant"]
    # One common character is enough if there is the remnant that ends such a place, two are needed without.
    if not annotated and not _reads_better_in_step(rest, needed=1 if remnant else 2):
        return None
    return step.end() if step is not None else match.end()


def _reads_better_in_step(rest: str, *, needed: int) -> bool:
    """Whether a lead byte of GBK before these characters makes them a closing mark, a quote and better Chinese."""
    try:
        out_of_step = rest.encode("gbk")
    except UnicodeEncodeError:
        return False
    for lead in _LEAD_BYTES:
        in_step = (lead + out_of_step).decode("gbk", errors="ignore")
        if in_step[:1] in _SENTENCE_ENDS and in_step[1:2] and in_step[1] in _CLOSERS:
            common_in_step = count_common(in_step)[1]
            if common_in_step >= needed and common_in_step > count_common(rest)[1]:
                return True
    return False


def _wrong_pinyin(line: str) -> Iterator[Span]:
    for match in _ANNOTATED.finditer(line):
        # Without a tone mark it may be any short word: 公里(km).
        if _is_toned_syllable(match["syllable"]) and not is_reading(match["han"], match["syllable"]):
            yield match.start(), match.end(), "wrong_pinyin"


def _characters(line: str) -> Iterator[Span]:
    for pattern, why in _SINGLE_CHARACTERS:
        for match in pattern.finditer(line):
            yield match.start(), match.end(), why


def _wrong_encoding(line: str) -> Iterator[Span]:
    """Runs of characters that are the bytes of a UTF-8 text read as GBK or as Windows-1252."""
    for match in _NOT_ASCII.finditer(line):
        if count_common(_as_utf8(match.group().encode("gb18030", errors="replace")))[1] >= 2:
            yield match.start(), match.end(), "wrong_encoding"
    for match in _LATIN_RUN.finditer(line):
        text = _as_utf8(b"".join(map(_windows_1252, match.group())))
        # A single character may be chance: the end of «CAFÉ» is valid UTF-8.
        if count_common(text)[1] or len(text) >= 3:
            yield match.start(), match.end(), "wrong_encoding"


def _as_utf8(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _windows_1252(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        # The five bytes that Windows-1252 leaves open show as control characters. 0xff is in no UTF-8 text.
        return character.encode("latin-1") if character < "\u0100" else b"\xff"
