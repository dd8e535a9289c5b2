"""Bytes to text: the right encoding, or a refusal that says why."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.import_formats.decoding import ENCODINGS, MAX_BYTES, decode
from articles.import_formats.values import UNREADABLE, UnreadableFile

SIMPLIFIED = "果园镇的山坡上，今年的游客比往年来得早。\n镇里的人说，这是七年里最热闹的一个三月。\n"
TRADITIONAL = "果園鎮的山坡上，今年的遊客比往年來得早。\n鎮裡的人說，這是七年裡最熱鬧的一個三月。\n"
SEED = Path(__file__).parents[2] / ".." / "shared" / "seed" / "000_0cc080fc7688515c.txt"


def refused(raw: bytes, encoding: str | None = None) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        decode(raw, encoding)
    return caught.value


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8"),
        (SIMPLIFIED, "utf-16", "utf-16-le"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "gb2312", "gb18030"),
        (TRADITIONAL, "utf-8", "utf-8"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL, "cp950", "big5"),
        ("Orchard town\n", "ascii", "utf-8"),
        ("Orchard town\n", "utf-16-le", "utf-16-le"),
        ("Orchard town\n", "utf-16-be", "utf-16-be"),
        ("Café in Øresund\n", "utf-8", "utf-8"),
        ("果园镇的人", "gbk", "gb18030"),
    ],
)
def test_decode_without_name(text, codec, name):
    """Each encoding is recognised by its bytes alone, and a byte order mark is no part of the text."""
    assert decode(text.encode(codec)) == (text, name)


@pytest.mark.parametrize("codec", [codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE])
def test_decode_utf16_with_mark(codec):
    """The byte order mark decides between the two byte orders, named or not."""
    order = "utf-16-be" if codec == codecs.BOM_UTF16_BE else "utf-16-le"
    raw = codec + SIMPLIFIED.encode(order)
    assert decode(raw) == decode(raw, "utf-16") == (SIMPLIFIED, order)


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "gb18030"])
def test_decode_seed_in_each_encoding(codec):
    """A real page, damaged and full of pinyin, is recognised in every encoding that can hold it."""
    if not SEED.exists():
        pytest.skip("the shared sample page is not beside this checkout")
    text = SEED.read_text(encoding="utf-8")
    assert decode(text.encode(codec))[0] == text


@pytest.mark.parametrize("name", ["big5", "BIG5", "GBK", "gb2312", "utf_8"])
def test_decode_with_name(name):
    """With a named encoding, two characters are enough: they prove nothing against it."""
    codec = ENCODINGS[name.lower().replace("_", "-")]
    assert decode("中文".encode(codec), name)[0] == "中文"


@pytest.mark.parametrize(
    ("raw", "encoding", "code"),
    [
        (b"", None, "empty"),
        (codecs.BOM_UTF8, None, "empty"),
        (" \r\n\u3000".encode(), None, "empty"),
        (b"a" * (MAX_BYTES + 1), None, "too_large"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None, "binary"),
        (b"PK\x03\x04\x14\0\x06\0", None, "binary"),
        (b"%PDF-1.7\n", None, "binary"),
        (b"{\\rtf1 text}", None, "binary"),
        (b"some\0thing else entirely", None, "binary"),
        (b"some\0thing", "utf-8", "binary"),
        (b"\x01\x02\x03 text", None, "binary"),
        ("Ein Café für Größe und Maß\n".encode("latin-1"), None, "unclear_encoding"),
        ("Élan à Orléans, déjà vu\n".encode("latin-1"), None, "unclear_encoding"),
        (bytes(range(128, 256)), None, "unclear_encoding"),
        ("昨日の東京は雨でした。\n".encode("shift-jis"), None, "unclear_encoding"),
        ("어제 서울에는 비가 왔다.\n".encode("euc-kr"), None, "unclear_encoding"),
        ("学习".encode("gbk"), None, "unclear_encoding"),
        ("最都部家".encode("big5"), None, "unclear_encoding"),  # as good as 程常场產 in GB18030
        ("The file says Äã somewhere in a long line".encode("latin-1"), None, "unclear_encoding"),  # 你 in GB18030
        (codecs.BOM_UTF16_LE + b"\xff\xff\xfe\xdf" * 20, None, "invalid_bytes"),
        (codecs.BOM_UTF16_LE + b"\x00\xe0\x01\xe0" * 20, None, "unclear_encoding"),
        (SIMPLIFIED.encode("gbk"), "utf-8", "invalid_bytes"),
        (SIMPLIFIED.encode(), "latin-1", "unknown_encoding"),
        (SIMPLIFIED.encode() + b"a", "utf-16", "wrong_encoding"),
        ("果园镇的山坡上，今年的游客多".encode() * 2, "gb18030", "wrong_encoding"),
        ("果园镇的山坡上今年的游客比往年来得早".encode("gb2312") * 3, "big5", "wrong_encoding"),
    ],
)
def test_decode_refused(raw, encoding, code):
    """What is no text, or in no encoding for certain, is refused with its reason instead of being stored as noise."""
    error = refused(raw, encoding)
    assert error.code == code
    assert str(error) == UNREADABLE[code] % error.params


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("named", [False, True])
def test_decode_truncated(codec, named):
    """A file cut inside a character is refused, with the line and the byte where the incomplete character begins."""
    raw = TRADITIONAL.rstrip("\n。").encode(codec)[:-1]
    encoding = ("big5" if codec == "big5" else codec.removesuffix("-sig")) if named else None
    if codec == "utf-8-sig" and named:
        raw = raw.removeprefix(codecs.BOM_UTF8)
    error = refused(raw, encoding)
    width = 3 if codec.startswith("utf-8") else 2
    assert (error.code, error.params["line"], error.params["byte"]) == ("truncated", 2, len(raw) - width + 2)


def test_decode_invalid_byte_inside_utf8():
    """One wrong byte in UTF-8 text is located, and does not make the whole file count as another encoding."""
    raw = SIMPLIFIED.encode() + b"\xff" + SIMPLIFIED.encode()
    error = refused(raw)
    assert (error.code, error.params["line"], error.params["byte"]) == (
        "invalid_bytes",
        3,
        len(SIMPLIFIED.encode()) + 1,
    )


def test_decode_other_encoding_of_same_bytes():
    """Big5 bytes that GB18030 can decode as well, and the reverse, are never taken for the other."""
    for text, codec, other in ((TRADITIONAL, "big5", "gb18030"), (SIMPLIFIED, "gb2312", "big5hkscs")):
        lines = [line for line in text.splitlines() if line.encode(codec).decode(other, errors="ignore") != line]
        assert lines
        assert all(decode(line.encode(codec))[0] == line for line in lines)


@given(st.one_of(st.binary(max_size=200), st.text(max_size=40).map(lambda text: text.encode("gb18030", "ignore"))))
def test_decode_any_bytes(raw):
    """Nothing is replaced: U+FFFD comes out only where the file itself holds it, encoded."""
    try:
        text, name = decode(raw)
    except UnreadableFile:
        return
    codec = ENCODINGS[name]
    assert text.count("\ufffd") == raw.decode(codec).count("\ufffd")
    assert "\ufffd" not in text or "\ufffd".encode(codec) in raw


@given(
    st.text(st.sampled_from(SIMPLIFIED), min_size=20, max_size=80), st.sampled_from(["gb18030", "utf-16-le", "utf-16"])
)
def test_decode_chinese_text(text, codec):
    """Chinese text in an encoding without marks of its own comes back as it was, or is refused: never as another."""
    try:
        decoded, _ = decode(text.encode(codec))
    except UnreadableFile:
        return
    assert decoded == text
