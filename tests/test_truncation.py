"""Text cut to a length: whole characters, whole words, whole pairs of brackets."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from articles.chinese import shortened

FAMILY = "👨‍👩‍👧‍👦"
PAIRS = ("（）", "《》", "「」", "“”", "()")
SPOTS = "中 国 （ ） 《 》 「 」 “ ” ( ) \" ’ ， 。 — … 、 a B é 7 . - % don't 2,000 👨‍👩‍👧‍👦 🇨🇳 e\u0301 क्षि"
PIECES = st.lists(
    st.sampled_from([*SPOTS.split(), " ", "\u3000", "\0", "\ud83d", "\u200d", "\u0600"]), max_size=40
).map("".join)
ANY_TEXT = st.one_of(PIECES, st.text(max_size=60), st.text(st.characters(categories=["Cs", "Mn", "Po"]), max_size=20))
LIMITS = st.integers(-2, 50)


def clusters(text: str) -> list[str]:
    return regex.findall(r"\X", text)


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("海边的风", 4, "海边的风"),
        ("海边的风很大", 4, "海边的…"),
        ("海边的风，很大的风", 6, "海边的风…"),
        ("  海边\n\u3000的\t风 ", 20, "海边 的 风"),
        ("好——好好好", 3, "好…"),
        ("好……好好好", 4, "好…"),
        ("读完《海边的风》以后", 6, "读完…"),
        ("读完《海边》以后再说", 8, "读完《海边》以…"),
        ("读完《海边》以后再说", 7, "读完《海边》…"),
        ("他说：“风（很大）来了”，走了", 9, "他说…"),
        ("他说“风大”走（了吧）", 8, "他说“风大”走…"),
        ("《海边的风与松岭县的雨》发布", 8, "《海边的风与…》"),
        ("“《海边的风》很好看”他说", 9, "“《海边的风》…”"),
        ('他说"风很大很大"走了', 6, "他说…"),
        ("a very long headline", 9, "a very…"),
        ("don’t stop the wind", 13, "don’t stop…"),
        ("全县e-mail通知群众", 6, "全县…"),
        ("增长12.5%，创新高", 6, "增长…"),
        ("耗资$2,000万元以上", 6, "耗资…"),
        ("12:30到海边去看看", 5, "12:3…"),
        ("https://example.org/a", 8, "https…"),
        ("松岭", 1, "…"),
        ("松岭", 0, ""),
        ("松岭", -5, ""),
        ("", 5, ""),
        ("，，，，，，", 3, "…"),
        ("（（（（））））好", 4, "…"),
    ],
)
def test_shortened_text_is_cut_where_an_editor_would(text, limit, cut):
    """Before brackets, words and numbers rather than inside, without a mark before the ellipsis."""
    assert shortened(text, limit) == cut


def test_shortened_text_ends_in_the_ellipsis_that_is_asked_for():
    """It counts as long as it is."""
    assert shortened("海边的风很大", 5, "……") == "海边的……"
    assert shortened("《海边的风》", 5, "……") == "《海……》"
    assert shortened("（（（（））））好", 1, "……") == "…"


@pytest.mark.parametrize(
    "character",
    [
        FAMILY,
        "🇨🇳",
        "👍🏽",
        "e\u0301",
        "각",
        "क्षि",
        "a\u0300\u0301\u0302",
        "1\ufe0f\u20e3",
        "葛\U000e0100",
        "\U00020bb7",
    ],
)
def test_shortened_never_cuts_a_character(character):
    """An emoji family, a flag, a letter with accents, a variant of an ideograph: each counts one and stays whole."""
    text = f"{character}好" * 5
    assert shortened(text, 4) == f"{character}好{character}…"
    assert shortened(f"{character}好" * 2, 4) == f"{character}好" * 2


@pytest.mark.parametrize("left", ["\ud83d", "\ud83d\ud83d\udc68"])
def test_shortened_lone_surrogates_do_not_raise(left):
    """Half characters, as a broken program sends them, are cut like others."""
    assert shortened(f"好{left}好好好好", 3)[0] == "好"


def test_shortened_ten_thousand_brackets_take_no_time():
    """A text made to be slow is cut as well: brackets that are never closed, and such as never opened."""
    assert shortened("(" * 10_000 + "]" * 10_000 + "好", 100) == "…"
    assert shortened("（" * 10_000 + "好" * 9 + "）" * 10_000, 20)[-1] in "…）"


@given(ANY_TEXT, LIMITS)
def test_shortened_any_text_fits_its_limit(text, limit):
    """Never longer than asked for; a text that fits loses nothing but superfluous white space."""
    cut, folded = shortened(text, limit), " ".join(text.split())
    assert len(clusters(cut)) <= max(limit, 0)
    if len(clusters(folded)) <= limit:
        assert cut == folded


@given(ANY_TEXT, LIMITS)
def test_shortened_cut_again_changes_nothing(text, limit):
    """What fits stays."""
    assert shortened(shortened(text, limit), limit) == shortened(text, limit)


@given(st.lists(st.sampled_from([*SPOTS.split(), " "]), max_size=40).map("".join), LIMITS)
def test_shortened_keeps_whole_characters_of_the_text(text, limit):
    """Whole characters from the beginning of the text, then the ellipsis, then what closes a pair; nothing else."""
    cut, whole = clusters(shortened(text, limit)), clusters(" ".join(text.split()))
    if len(whole) > limit > 0:
        ellipsis = len(cut) - 1 - cut[::-1].index("…")
        assert cut[:ellipsis] == whole[:ellipsis]
        assert {*cut[ellipsis + 1 :]} <= {"）", "》", "」", "”", ")", '"'}


@given(st.lists(st.sampled_from([*PAIRS, "中", "国人", "，", "ab ", "7"]), max_size=12), st.data())
def test_shortened_leaves_no_bracket_open(parts, data):
    """In a text whose brackets are all closed, those of the shortened text are closed as well."""
    text = ""
    for part in parts:
        # A pair around what there is, or behind it.
        text = (
            (f"{part[0]}{text}{part[1]}" if data.draw(st.booleans()) else f"{text}{part}")
            if part in PAIRS
            else text + part
        )
    cut = shortened(text, data.draw(LIMITS))
    assert all(cut.count(pair[0]) == cut.count(pair[1]) for pair in PAIRS)


@given(st.lists(st.sampled_from(["wind", "don’t", "2,000", "e-mail"]), min_size=2, max_size=9), st.integers(8, 60))
def test_shortened_keeps_whole_words(words, limit):
    """Of Latin text whole words stay, in their order."""
    cut = shortened(" ".join(words), limit)
    kept = cut.removesuffix("…").split(" ")
    assert kept == words[: len(kept)]
