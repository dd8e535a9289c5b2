"""The difference of plain texts: nothing lost, and marked as a reader would mark it."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.comparison import Status, compare_text
from articles.comparison.alignment import align, increasing
from articles.comparison.tokens import tokens

from .made import marked, plain


@given(st.text() | plain)
def test_tokens_joined_are_the_text(text):
    """Whatever the characters, none is lost between two pieces."""
    assert "".join(tokens(text)) == text


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("松岭县，", "松|岭|县|，"),
        ("2026年3月2日", "2026年|3月|2日"),
        ("增3.5%、1.4万件、90座", "增|3.5%|、|1.4万件|、|90座"),
        ("The mail-man's 12kg, A380", "The| |mail-man's| |12kg|,| |A380"),
        ("ひらカナ한국", "ひ|ら|カ|ナ|한|국"),
        ("é👨‍👩‍👧葛\U000e0100x", "é|👨‍👩‍👧|葛\U000e0100|x"),
        ("a\n\tb", "a|\n|\t|b"),
    ],
)
def test_tokens_are_what_a_reader_sees_change(text, pieces):
    """A Han character, a word, a number with its unit; never half a letter."""
    assert tokens(text) == pieces.split("|")


@settings(max_examples=300)
@given(st.text(max_size=60) | plain, st.text(max_size=60) | plain)
def test_segments_hold_both_texts(old, new):
    """Kept and deleted are the old text, kept and added the new one; nothing empty, nothing said twice in a row."""
    found = compare_text(old, new)
    assert (found.old, found.new) == (old, new)
    assert found.changed == (old != new)
    assert all(segment.text for segment in found.segments)
    statuses = [segment.status for segment in found.segments]
    assert all(one is not other for one, other in pairwise(statuses))


def edits(text: str, number: int, chance: random.Random) -> str:
    """`text` with some characters deleted, repeated or replaced."""
    pieces = list(text)
    for _ in range(number):
        place = chance.randrange(len(pieces))
        pieces[place] = chance.choice(["", pieces[place] * 2, "改", "新的一段。"])
    return "".join(pieces)


@given(st.randoms(use_true_random=False), st.integers(1, 40))
def test_segments_of_an_edited_text_keep_what_was_not_touched(chance, number):
    """A long text with a few changes is not written anew: each change costs a few characters at most."""
    old = "".join(chance.choice("汶水县的绣娘把羌绣从鞋面到书脊上，一二三。") for _ in range(2000))
    found = compare_text(old, edits(old, number, chance))
    kept = sum(len(segment.text) for segment in found.segments if segment.status is Status.KEPT)
    assert kept > 2000 - 12 * number
    assert not found.coarse


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("松岭县新开两趟务工专车", "松岭县新开三趟务工直达专车", "松岭县新开[-两-]{+三+}趟务工{+直达+}专车"),
        ("松岭县新开两趟务工专车", "春运首日车站迎来客流", "[-松岭县新开两趟务工专车-]{+春运首日车站迎来客流+}"),
        ("周一下午三点", "周二下午四点", "周[-一-]{+二+}下午[-三-]{+四+}点"),
        ("他在北京。", "她去北京。", "[-他在-]{+她去+}北京。"),
        ("共3.5%的人", "共3.6%的人", "共[-3.5%-]{+3.6%+}的人"),
        ("今天下雨。明天晴。", "今天下雨。后天下雨。明天晴。", "今天下雨。{+后天下雨。+}明天晴。"),
        ("一、二、三、四", "一、三、四", "一、[-二、-]三、四"),
        ("The big dog ran.", "The very big old dog ran.", "The {+very +}big {+old +}dog ran."),
        ("the council's plan", "the councils' plan", "the [-council's-]{+councils'+} plan"),
        ("", "新", "{+新+}"),
        ("旧", "", "[-旧-]"),
        ("", "", ""),
    ],
)
def test_changes_read_as_a_person_would_mark_them(old, new, shown):
    """Words and numbers whole, sentences from start to end, chance likeness taken for none."""
    assert marked(compare_text(old, new)) == shown


@settings(max_examples=300)
@given(st.text("的一是在不了有和人，。", max_size=40), st.text("的一是在不了有和人，。", max_size=40))
def test_no_single_character_stands_between_two_replacements(old, new):
    """Confetti: a character kept by chance makes two changes of one, and helps nobody."""
    segments = compare_text(old, new).segments
    for index in range(2, len(segments) - 2):
        around = {segment.status for segment in segments[index - 2 : index] + segments[index + 1 : index + 3]}
        if segments[index].status is Status.KEPT and around == {Status.ADDED, Status.DELETED}:
            assert sum(character.isalnum() for character in segments[index].text) > 1


def han(length: int, seed: int, characters: int = 3000) -> str:
    chance = random.Random(seed)  # noqa: S311 - invented text, the same in every run
    return "".join(chr(0x4E00 + chance.randrange(characters)) for _ in range(length))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (han(20_000, 1), han(20_000, 2)),
        (han(20_000, 1, 3), han(20_000, 2, 3)),
        ("的一" * 10_000, "一的的" * 7_000),
        ("的" * 20_000, "的" * 19_999 + "一"),
        (han(300_000, 1), han(300_000, 2)),
    ],
    ids=["unlike", "three characters", "periodic", "one character", "far too long"],
)
def test_long_texts_are_compared_in_bounded_time(old, new):
    """No pair of texts keeps an editor, or a worker, waiting."""
    before = time.perf_counter()
    found = compare_text(old, new)
    assert time.perf_counter() - before < 4
    assert (found.old, found.new) == (old, new)


def test_coarse_is_said_where_detail_was_given_up():
    """A reader must know when more may have been kept than is shown; and is not told so without need."""
    assert compare_text("始" + "的一" * 10_000, "始" + "一的的" * 7_000).coarse
    assert not compare_text(han(2_000, 1), han(2_000, 2)).coarse


@given(st.permutations(range(8)))
def test_increasing_is_a_longest_increasing_row(numbers):
    """Against every subset there is."""
    found = [numbers[index] for index in increasing(numbers)]
    assert found == sorted(found)
    longest = 0
    for chosen in range(1 << len(numbers)):
        row = [number for index, number in enumerate(numbers) if chosen >> index & 1]
        longest = max(longest, len(row) if row == sorted(row) else 0)
    assert len(found) == longest


@given(st.text("ab", max_size=30), st.text("ab", max_size=30))
def test_runs_hold_equal_members_in_order(old, new):
    """Each run is the same on both sides, and none crosses or touches another."""
    runs = align(old, new).runs
    assert all(old[run.old : run.old + run.length] == new[run.new : run.new + run.length] for run in runs)
    for one, other in pairwise(runs):
        assert one.old + one.length <= other.old
        assert one.new + one.length <= other.new
        assert (one.old + one.length, one.new + one.length) != (other.old, other.new)
