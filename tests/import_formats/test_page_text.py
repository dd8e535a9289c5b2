"""The page copied as text: what is repaired, what is reported as damaged, what is refused, and how long it takes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.import_formats import PAGE_TEXT
from articles.import_formats.values import KINDS_OF_REPAIR, WHY_DAMAGED, ReadPage, UnreadableFile
from tests.import_formats.page_facts import places

HEADLINE = "山里的新路"
LONG = "这是一段足够长的正文，说明它不是小标题，因为它以句号结尾。"


def read(*lines: str, **options: object) -> ReadPage:
    return PAGE_TEXT.read("\n".join(lines).encode(), **options)


def test_read_repairs_counted():
    """Each kind of repair has its own count, in words that can be translated; what was not needed is not listed."""
    page = read("修復(fù)山路", "　　路,通了。", "　　", simplified=True)
    assert page.opening == ("路，通了。",)
    assert {repair.kind: repair.count for repair in page.repairs} == {
        "left_pinyin": 1,
        "indent": 1,
        "punctuation": 1,
        "simplified": 1,
    }
    assert {repair.kind for repair in page.repairs} == set(KINDS_OF_REPAIR)


def test_read_damage_position_before_repair():
    """Line and column are those of the file, blank lines, indents and removed pinyin included."""
    page = PAGE_TEXT.read("山路\r\n\r\n　　動(dòng)路\ufffd通了。".encode())
    assert places(page) == [(3, 11, "\ufffd")]
    assert page.opening == ("動路\ufffd通了。",)
    assert page.damages[0].why in WHY_DAMAGED


def test_read_private_characters():
    """Private characters of the file stay each in its place, though the reader uses one of them itself."""
    page = read(HEADLINE, "山\ue001路\ue000,通\ue002了。")
    assert page.opening == ("山\ue001路\ue000，通\ue002了。",)
    assert [damage.text for damage in page.damages] == ["\ue001", "\ue000", "\ue002"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("山" * 301, "headline_too_long"),
        ("- 第一条\n- 第二条", "no_headline"),
        ("---\n山路", "no_headline"),
        ("版权声明：欢迎转载。", "no_headline"),
        ("<!DOCTYPE html>\n<html>", "no_headline"),
        ("。。。\n" + LONG, "no_headline"),
        (LONG * 5, "no_headline"),
        ("锟斤拷锟斤拷路\n" + LONG, "no_headline"),
        ("\u200b\n\u200b", "no_headline"),
        ("", "empty"),
    ],
)
def test_read_without_headline(text, code):
    """A file that does not begin with a plausible headline is refused, with the reason."""
    with pytest.raises(UnreadableFile) as caught:
        PAGE_TEXT.read(text.encode())
    assert caught.value.code == code


def test_read_headline_of_300_characters():
    """The longest headline allowed is read."""
    assert read("山" * 300).headline == "山" * 300


def test_read_with_wrong_encoding():
    """An encoding named by mistake is refused where the bytes do not fit, and never leads to replaced characters."""
    with pytest.raises(UnreadableFile) as caught:
        PAGE_TEXT.read(f"{HEADLINE}\n{LONG}".encode(), encoding="utf-16")
    assert caught.value.code == "wrong_encoding"


@given(
    st.one_of(
        st.binary(max_size=120),
        st.text(max_size=80).map(str.encode),
        st.lists(
            st.sampled_from(
                [
                    HEADLINE,
                    LONG,
                    "-",
                    "- 新闻",
                    "[详细]",
                    "版权声明",
                    "版权声明：版权归",
                    "短行",
                    "",
                    "?!毕嚓P(guān)",
                    "來源:",
                    "(",
                ]
            ),
            max_size=12,
        ).map(lambda lines: "\n".join(lines).encode()),
    ),
    st.sampled_from([None, "gb18030", "big5", "utf-16", "nonsense"]),
    st.booleans(),
)
def test_read_any_bytes(raw, encoding, simplified):
    """Whatever the bytes, the reader returns a page or raises UnreadableFile, and reports damage only where it is."""
    try:
        page = PAGE_TEXT.read(raw, simplified=simplified, encoding=encoding)
    except UnreadableFile:
        return
    assert page.headline
    assert all(damage.why in WHY_DAMAGED and damage.line >= 1 and damage.column >= 1 for damage in page.damages)


def test_read_hundred_thousand_lines():
    """Reading takes time in proportion to the length: five times the lines take far less than 25 times the time."""

    def seconds(lines: int) -> float:
        raw = (HEADLINE + "\n" + "山路(shānlù)通,了?\n短行\n" * (lines // 2)).encode()
        started = time.process_time()
        PAGE_TEXT.read(raw)
        return time.process_time() - started

    assert seconds(100_000) < 15 * max(seconds(20_000), 0.01)
