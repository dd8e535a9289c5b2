"""Chinese text: counting, slugs, punctuation, left-behind pinyin, search tokens."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.chinese import (
    bigrams,
    comparison_key,
    count_characters,
    reading_minutes,
    reading_order,
    remove_left_pinyin,
    slug_for,
    strip_indent,
    to_simplified,
    widen_punctuation,
)

# What the rules react to, in any order: random Unicode alone would hardly ever put two of them beside each other.
SPOTS = "中 国 一 動 (dòng) ( ) （ ） , ， : ? ! . 。 ; “ ” 、 % a B 7 12:30 2,000 http://a.cn/x?y=1, www.a.cn"
BLANKS_AND_OTHERS = " \n\u3000\ue000\ud800\0"
PIECES = st.lists(st.sampled_from([*SPOTS.split(), *BLANKS_AND_OTHERS]), max_size=30).map("".join)
ANY_TEXT = st.one_of(PIECES, st.text(max_size=60), st.text(st.characters(categories=["Cs", "Lo", "Po"]), max_size=20))


# -- counting ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("海边的风", 4),
        ("海边，风大。", 6),
        ("“风……”", 5),
        ("买了iPhone 15和3.5斤米", 8),
        ("2,000人12:30到", 4),
        ("don't e-mail", 2),
        ("  \u3000\n\t", 0),
        ("", 0),
        ("😀 - ,", 0),
        ("cafe\u0301 ouvert", 2),
        ("𠮷野家", 3),
    ],
)
def test_count_characters_each_kind(text, count):
    """Han characters and Chinese marks count one by one, Latin words and numbers as one, blanks and emoji 0."""
    assert count_characters(text) == count


@given(ANY_TEXT)
def test_count_characters_repeated_text(text):
    """Twice the text, apart, counts twice: nothing is lost or counted double, whatever the input."""
    assert count_characters(f"{text}\n{text}") == 2 * count_characters(text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("", 1),
        ("字" * 599, 1),
        ("字" * 600, 2),
        ("字" * 4000, 10),
        ("word " * 2200, 10),
        ("字" * 400 + "word " * 220, 2),
    ],
)
def test_reading_minutes_by_length(text, minutes):
    """400 字 or 220 words a minute, mixed text adds up, rounded, and never below one minute."""
    assert reading_minutes(text) == minutes


# -- slugs ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("海边小城", "hai-bian-xiao-cheng"),
        ("重庆银行", "chong-qing-yin-hang"),
        ("重慶銀行", "chong-qing-yin-hang"),
        ("GDP增长2.4%", "gdp-zeng-zhang-2-4"),
        ("2,000人", "2000-ren"),
        ("Ｃafé Øresund", "cafe-oresund"),
        ("", "story"),
        ("😀！？", "story"),
        ("مرحبا", "story"),
        ("\0\ud800", "story"),
    ],
)
def test_slug_for_headline(headline, slug):
    """Pinyin by phrase in either script, words and numbers kept, "story" where nothing can be written in ASCII."""
    assert slug_for(headline) == slug


def test_slug_for_long_headline():
    """A long headline is cut between syllables, and the room is used as far as whole syllables allow."""
    slug = slug_for("中" * 5000, max_length=12)
    assert slug == "zhong-zhong"


def test_slug_for_long_first_word():
    """A first word longer than the slug is the one thing that is cut inside."""
    assert slug_for("a" * 5000) == "a" * 80


def test_slug_for_no_room():
    """A slug of no length is a programming mistake."""
    with pytest.raises(ValueError, match="one character"):
        slug_for("海", max_length=0)


@given(ANY_TEXT, st.integers(1, 100))
def test_slug_for_any_text(headline, max_length):
    """Whatever the headline, the slug is a valid, non-empty path segment within its length."""
    slug = slug_for(headline, max_length)
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= max_length


# -- simplified, comparison, search tokens ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "simplified"),
    [
        ("漁港與燈塔", "渔港与灯塔"),
        ("乾隆喝乾了", "乾隆喝干了"),
        ("a\ud800漁\0港", "a\ud800渔\0港"),
        ("ascii", "ascii"),
    ],
)
def test_to_simplified_text(text, simplified):
    """Characters and phrases are converted; what OpenCC cannot take stays."""
    assert to_simplified(text) == simplified


def test_comparison_key_of_spellings():
    """Script variant, blanks, width and case do not tell two names apart; other characters do."""
    assert comparison_key("新 華社") == comparison_key("新华社") == comparison_key("新华\u200b社\u3000")
    assert comparison_key("ＣＣＴＶ News") == comparison_key("cctvnews")
    assert comparison_key("新华社") != comparison_key("新华网")


@given(ANY_TEXT)
def test_comparison_key_of_key(name):
    """The key of a key is the key, so keys can be stored and compared with keys."""
    key = comparison_key(name)
    assert comparison_key(key) == key


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("漁港很大", ["渔港", "港很", "很大"]),
        ("海", ["海"]),
        ("海，風", ["海", "风"]),
        ("ＡＢＣ abc iPhone15", ["abc", "iphone15"]),
        ("看GDP看", ["看", "gdp"]),
        ("海海海", ["海海"]),
        ("，。 ", []),
    ],
)
def test_bigrams_of_text(text, tokens):
    """Han runs give overlapping pairs, a lone character itself, other words whole; each token once, in order."""
    assert bigrams(text) == tokens


@given(ANY_TEXT)
def test_bigrams_of_any_text(text):
    """No token twice, none with a blank, and none that indexing it again would change."""
    tokens = bigrams(text)
    assert len(tokens) == len(set(tokens))
    assert all(bigrams(token) == [token] for token in tokens)


# -- left-behind pinyin -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cleaned", "count"),
    [
        ("動(dòng)手", "動手", 1),
        ("勞(láo)動(dòng)", "勞動", 2),
        ("網（wǎng）絡", "網絡", 1),
        ("個(ge)", "個", 1),
        ("長(cháng)長(zhǎng)", "長長", 2),
        ("女(nv)綠(lǜ)", "女綠", 2),
        ("動(do\u0300ng)", "動", 1),
        ("不(bú)一(yí)很(hén)", "不一很", 3),
        ("北京(Beijing)", "北京(Beijing)", 0),
        ("中国(CCTV)", "中国(CCTV)", 0),
        ("高原(北京)", "高原(北京)", 0),
        ("公里(km)", "公里(km)", 0),
        ("動(guān)", "動(guān)", 0),
        ("動(dóng)", "動(dóng)", 0),
        ("a(dòng)", "a(dòng)", 0),
        ("動(dòng", "動(dòng", 0),
        ("咖啡(kāfēi)", "咖啡(kāfēi)", 0),
    ],
)
def test_remove_left_pinyin_from_text(text, cleaned, count):
    """Only one syllable that is a reading of the character before it goes; every other parenthesis stays."""
    assert remove_left_pinyin(text) == (cleaned, count)


def test_names_are_sorted_as_they_are_read():
    """Syllables before tones, phrases for characters that are read in two ways, any text at all."""
    in_order = ["", "1", "重庆", "何", "何苗", "賀", "贺", "Li", "吴", "重要", "卓玛", "\ud800"]
    backwards = list(reversed(in_order))
    assert sorted(backwards, key=reading_order) == in_order


@given(st.from_regex(r"[\u4e00-\u9fa5]\([A-Za-z]{1,8} [A-Za-z]{1,8}\)", fullmatch=True))
def test_remove_left_pinyin_two_words(text):
    """A parenthesis of two Latin words is genuine, whatever they spell."""
    assert remove_left_pinyin(text) == (text, 0)


# -- punctuation and indents ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "widened", "count"),
    [
        ("海边,风大", "海边，风大", 1),
        ("真的吗?”“是!”", "真的吗？”“是！”", 2),
        ("说:好;再来?!", "说：好；再来？！", 4),
        ("100%,很好", "100%，很好", 1),
        ("OK,好", "OK，好", 1),
        ("你好, 世界", "你好，世界", 1),
        ("他来了. 她走了.", "他来了。她走了。", 2),
        ("高原(北京)公司", "高原（北京）公司", 2),
        ("北京(Beijing)", "北京（Beijing）", 2),
        ("(1)先修路", "（1）先修路", 2),
        ("（北京)", "（北京）", 1),
        ("见http://a.cn/?q=1,然后", "见http://a.cn/?q=1，然后", 1),
    ],
)
def test_widen_punctuation_in_chinese(text, widened, count):
    """Marks and paired parentheses inside Chinese text become full-width, and each is counted."""
    assert widen_punctuation(text) == (widened, count)


@pytest.mark.parametrize(
    "text",
    [
        "2,000",
        "共2,000人，12:30到，3:0，3.5斤",
        "Hello, world! (yes)",
        "P(A|B)的值",
        "http://a.cn/x?q=中",
        "海)风",
        "海(风",
        "1)海",
        "海(风\n雨)",
        "比尔.盖茨",
        "一. 总则",
        "海...",
        "好的:)",
        "真的吗？”“是！”",
    ],
)
def test_widen_punctuation_elsewhere(text):
    """Numbers, Latin text, formulas, addresses, names and parentheses without a partner stay."""
    assert widen_punctuation(text) == (text, 0)


@given(ANY_TEXT)
def test_widen_punctuation_twice(text):
    """Widening what was widened changes nothing."""
    widened, _ = widen_punctuation(text)
    assert widen_punctuation(widened) == (widened, 0)


@given(ANY_TEXT)
def test_widen_punctuation_keeps_everything_else(text):
    """Nothing but the marks and blanks is touched."""
    widened, _ = widen_punctuation(text)
    marks = re.compile("[,:;?!().，：；？！（）。 ]")
    assert marks.sub("", widened) == marks.sub("", text)


def test_strip_indent_of_paragraphs():
    """Blanks around each paragraph go, those inside stay; only paragraphs that changed are counted."""
    assert strip_indent("\u3000\u3000海边 风\u3000大 \n好\n\u00a0\ufeff雨") == ("海边 风\u3000大\n好\n雨", 2)
