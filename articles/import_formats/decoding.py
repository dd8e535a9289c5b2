"""Bytes of unknown encoding to text: certain, or refused. No character is ever replaced."""

from __future__ import annotations

import codecs
import re
import unicodedata

from ..chinese.frequency import count_common
from .values import UnreadableFile

MAX_BYTES = 5 * 1024 * 1024

# The names that a person may give, and the codec for each. GB2312 and GBK are parts of GB18030; the Hong Kong
# supplement holds all of Big5.
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
}

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Files that people drop on an import form by mistake, to be named in the refusal. RTF and PDF can pass for text.
_SIGNATURES = {
    b"\x89PNG": "PNG",
    b"PK\x03\x04": "ZIP, DOCX, WPS",
    b"%PDF-": "PDF",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\xd0\xcf\x11\xe0": "DOC",
    b"{\\rtf": "RTF",
}
_LINE_END = re.compile("\r\n|\r|\n")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
# Of the Han characters of a Chinese text, some 60 % are common ones; of a text decoded wrongly, below 10 %. A few
# characters prove less than many.
_PLAUSIBLE = 0.25
_PLAUSIBLE_IF_SHORT = 0.5
_IMPLAUSIBLE = 0.1
_SHORT = 8
_MANY = 16
_CLEARLY = 2


def decode(raw: bytes, encoding: str | None = None) -> tuple[str, str]:
    """(text without byte order mark, name of its encoding: utf-8, utf-16-le, utf-16-be, gb18030 or big5).

    Without an encoding it is found: a byte order mark, then valid UTF-8, then whichever of UTF-16, GB18030 and Big5
    gives plausible Chinese. With one (a key of ENCODINGS, any case) that is used, unless the bytes contradict it.
    Decoding is strict. Raises UnreadableFile for an empty or too large file, for what is no text, for a text that ends
    in the middle of a character or holds bytes that the encoding does not have, and where no encoding is clearly the
    right one.
    """
    if len(raw) > MAX_BYTES:
        raise UnreadableFile("too_large", size=len(raw), limit=MAX_BYTES)
    for signature, kind in _SIGNATURES.items():
        if raw.startswith(signature):
            raise UnreadableFile("binary", kind=kind)
    text, name = _decode_named(raw, encoding) if encoding is not None else _decode_unnamed(raw)
    if "\0" in text:
        raise UnreadableFile("binary", kind="NUL")
    if len(_CONTROLS.findall(text)) * 100 > len(text):
        raise UnreadableFile("binary", kind="control characters")
    if not text.strip(" \t\r\n\v\f\u3000\ufeff"):
        raise UnreadableFile("empty")
    return text, name


def _decode_named(raw: bytes, encoding: str) -> tuple[str, str]:
    codec = ENCODINGS.get(encoding.strip().lower().replace("_", "-"))
    if codec is None:
        raise UnreadableFile("unknown_encoding", encoding=encoding, known=", ".join(ENCODINGS))
    if codec == "utf-16":
        codec = "utf-16-be" if raw.startswith(codecs.BOM_UTF16_BE) else "utf-16-le"
    mistaken = UnreadableFile("wrong_encoding", encoding=_name(codec))
    # By chance, text in another encoding is no valid UTF-8 for more than some characters.
    if codec != "utf-8" and sum(not character.isascii() for character in _prefix(raw, "utf-8")[0]) >= _MANY:
        raise mistaken
    text = _strict(raw, codec).removeprefix("\ufeff")
    han, common = count_common(text)
    if (han >= _MANY and common < han * _IMPLAUSIBLE) or not (_is_text(text) or "\0" in text):
        raise mistaken
    return text, _name(codec)


def _decode_unnamed(raw: bytes) -> tuple[str, str]:
    for bom, codec in _BOMS:
        if raw.startswith(bom):
            text = _strict(raw[len(bom) :], codec, skipped=len(bom))
            if codec != "utf-8" and not _is_text(text):
                raise UnreadableFile("unclear_encoding")
            return text, codec
    if b"\0" in raw:
        # White space and digits have a zero byte in UTF-16 and in no other of these encodings.
        return _most_plausible(raw, ("utf-16-le", "utf-16-be"), otherwise=UnreadableFile("binary", kind="NUL"))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_not_utf8(raw, error)
    if not text.isascii() and not count_common(text)[0]:
        # Short Chinese words in GB18030 can pass for Greek or Cyrillic in UTF-8: 学习 for ѧϰ.
        prefix, _ = _prefix(raw, "gb18030")
        if _is_plausible(prefix):
            raise UnreadableFile("unclear_encoding")
    return text, "utf-8"


def _decode_not_utf8(raw: bytes, error: UnicodeDecodeError) -> tuple[str, str]:
    otherwise = UnreadableFile("unclear_encoding")
    before = raw[: error.start].decode("utf-8")
    # UTF-8 follows a strict pattern: text in another encoding breaks it within its first few characters.
    multibyte = sum(not character.isascii() for character in before)
    if multibyte and error.end == len(raw) and error.reason == "unexpected end of data":
        otherwise = _refusal("truncated", raw, "utf-8", error.start)
    elif multibyte >= _MANY:
        otherwise = _refusal("invalid_bytes", raw, "utf-8", error.start)
    if multibyte >= _MANY:
        raise otherwise
    return _most_plausible(raw, ("gb18030", "big5hkscs"), otherwise=otherwise)


def _most_plausible(raw: bytes, codecs_: tuple[str, ...], *, otherwise: UnreadableFile) -> tuple[str, str]:
    """The text in the codec that gives clearly more plausible Chinese than the others; else raises `otherwise`."""
    rated = []
    for codec in codecs_:
        text, truncated_at = _prefix(raw, codec)
        rated.append((_share_common(text) if _is_text(text) else 0.0, codec, text, truncated_at))
    rated.sort(key=lambda entry: entry[0], reverse=True)
    (best, codec, text, truncated_at), second = rated[0], rated[1][0]
    if not best or not _is_plausible(text) or best < second * _CLEARLY:
        ascii_only = [entry for entry in rated if entry[2].isascii() and entry[2] and entry[3] is None]
        # UTF-16 of a text without any Han: the codec that gives plain ASCII is the right one, as the other cannot.
        if len(ascii_only) != 1 or not _is_text(ascii_only[0][2]):
            raise otherwise
        _, codec, text, truncated_at = ascii_only[0]
    if truncated_at is not None:
        raise _refusal("truncated", raw, codec, truncated_at)
    return text, _name(codec)


def _prefix(raw: bytes, codec: str) -> tuple[str, int | None]:
    """(text, None); (text before, place) if only the last character is incomplete; ("", None) if it is no text."""
    try:
        return raw.decode(codec), None
    except UnicodeDecodeError as error:
        if _is_truncation(error, raw):
            return raw[: error.start].decode(codec), error.start
        return "", None


def _is_truncation(error: UnicodeDecodeError, raw: bytes) -> bool:
    return error.end == len(raw) and error.reason in {
        "incomplete multibyte sequence",
        "truncated data",
        "unexpected end of data",
    }


def _strict(raw: bytes, codec: str, *, skipped: int = 0) -> str:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError as error:
        code = "truncated" if _is_truncation(error, raw) else "invalid_bytes"
        raise _refusal(code, raw, codec, error.start, skipped=skipped) from None


def _refusal(code: str, raw: bytes, codec: str, place: int, *, skipped: int = 0) -> UnreadableFile:
    """A refusal that says where: the line, and the byte of the file counted from 1."""
    line = len(_LINE_END.findall(raw[:place].decode(codec, errors="ignore"))) + 1
    return UnreadableFile(code, encoding=_name(codec), byte=place + skipped + 1, line=line)


def _name(codec: str) -> str:
    return "big5" if codec == "big5hkscs" else codec


def _share_common(text: str) -> float:
    """Share of common characters, 0 to 1, among all letters outside ASCII.

    Letters of other scripts and private characters count against it: wrong decoding strews them about.
    """
    _, common = count_common(text)
    others = sum(not character.isascii() and unicodedata.category(character)[0] in "LC" for character in text)
    return common / others if others else 0.0


def _is_plausible(text: str) -> bool:
    """Whether this is Chinese beyond doubt: common characters, and not just a few of them among Latin letters."""
    han, _ = count_common(text)
    latin = sum(character.isascii() and character.isalpha() for character in text)
    needed = _PLAUSIBLE_IF_SHORT if han < _SHORT else _PLAUSIBLE
    return han > 0 and han * 4 >= latin and _share_common(text) >= needed


def _is_text(text: str) -> bool:
    """Whether at most two characters, or one in fifty, are control, private or unassigned ones, and none is NUL."""
    odd = sum(
        unicodedata.category(character) in {"Cc", "Co", "Cn"} and character not in "\t\n\v\f\r" for character in text
    )
    return "\0" not in text and odd <= max(2, len(text) // 50)
