"""Simplified text as traditional: the dictionaries, the words of the newsroom, and what is never touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.chinese import is_han, to_simplified, to_traditional

PIECES = st.lists(
    st.sampled_from([*"发后里面干台着只头松岭县，。a1 ", "皇后", "头发", "\ud83d", "\0", "👨‍👩‍👧"]), max_size=30
)
TEXT = st.one_of(PIECES.map("".join), st.text(max_size=60))
TERMS = st.dictionaries(st.text("松岭县发展后", max_size=4), st.text("嶺後發<&", min_size=1, max_size=4), max_size=5)


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("松岭县发展", "松嶺縣發展"),
        ("皇后以后", "皇后以後"),
        ("三里路那里", "三里路那裡"),
        ("头发与发展", "頭髮與發展"),
        ("干部干活，晾干", "幹部幹活，晾乾"),
        ("面条与表面", "麵條與表面"),
        ("系统的关系", "系統的關係"),
        # Characters change, words do not: these are called otherwise in Taiwan.
        ("软件、网络、信息", "軟件、網絡、信息"),
        ("“松岭”《海边的风》……", "“松嶺”《海邊的風》……"),
        ("The wind, 2,000", "The wind, 2,000"),
        ("", ""),
    ],
)
def test_traditional_characters_of_simplified_text(simplified, traditional):
    """By phrases, where one character has several forms."""
    assert to_traditional(simplified) == traditional


def test_longest_term_counts_and_terms_are_not_converted_again():
    """Of two words at one place the longer one; what a term gives stays as the newsroom wrote it."""
    terms = {"松岭": "松岭", "松岭县": "松嶺郡", "后": "后"}
    assert to_traditional("松岭县与松岭以后", terms) == "松嶺郡與松岭以后"


def test_term_may_have_marks_of_regular_expressions_in_it():
    assert to_traditional("发展(后)*", {"(后)*": "[后]+"}) == "發展[后]+"


def test_term_without_its_simplified_form_is_none():
    """It would stand between all characters."""
    assert to_traditional("发展", {"": "x"}) == "發展"


def test_lone_surrogates_stay():
    """Half characters, which OpenCC itself refuses."""
    assert to_traditional("发\ud83d展") == "發\ud83d展"


@given(TEXT, TERMS)
def test_any_text_is_converted_and_never_raises(text, terms):
    assert isinstance(to_traditional(text, terms), str)


@given(TEXT)
def test_every_character_that_is_not_chinese_keeps_its_place(text):
    """As long as before, so that a phrase can be put back into the elements it came from."""
    converted = to_traditional(text)
    assert len(converted) == len(text)
    assert all(after == before or is_han(before) for before, after in zip(text, converted, strict=True))


@given(st.text("abc123 <>&\"'-\n", max_size=60))
def test_text_without_chinese_stays(text):
    assert to_traditional(text) == text


def test_text_behind_a_nul_is_converted_too():
    """OpenCC takes a NUL for the end of the text."""
    assert to_traditional("发\0展") == "發\0展"
    assert to_simplified("發\0展") == "发\0展"
