"""Passages of found texts: where they begin and end, and what is marked in them."""

from __future__ import annotations

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from articles.chinese import Run, marked, snippet
from articles.search.words import words_of


def shown(runs: list[Run]) -> str:
    return "".join(f"[{run.text}]" if run.is_hit else run.text for run in runs)


def cut(text: str, query: str, limit: int = 80) -> str:
    return shown(snippet([text.split("\n")], words_of(query), limit))


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("松岭县新开专车", "专车", "松岭县新开[专车]"),
        ("坐專車，臺灣水果", "专车 台湾", "坐[專車]，[臺灣]水果"),
        ("坐专车", "專車", "坐[专车]"),
        ("ＧＤＰ增长", "gdp", "[ＧＤＰ]增长"),
        ("Straße und STRASSE", "straße", "[Straße] und [STRASSE]"),
        ("ai said AIM, AI.", "ai", "[ai] said AIM, [AI]."),
        ("增长 5.2%，15.23", "5.2", "增长 [5.2]%，15.23"),
        ("务工专车务工", "务工专车 专车", "[务工专车]务工"),
        ("①②年", "12年", "[①②年]"),
        ("e\u0301tude", "étude", "[e\u0301tude]"),
        ("<b>专车</b>", "专车", "<b>[专车]</b>"),
        ("100% a.b", "% . b", "100% a.[b]"),
        ("无关", "专车", "无关"),
        ("无关", "", "无关"),
        ("", "专车", ""),
        ("县里的专车", "县 专车", "[县]里的[专车]"),
    ],
)
def test_words_are_marked_as_the_text_writes_them(text, query, expected):
    """Found by width, case and script folded; shown unfolded; Latin words whole; nothing else is changed."""
    assert shown(marked(text, words_of(query))) == expected


def test_passage_is_of_the_line_that_holds_most_words():
    text = "专车来了。\n务工的人坐上了专车。\n务工的人走了。"
    assert cut(text, "专车 务工", 12) == "[务工]的人坐上了[专车]……"
    assert cut(text, "专车", 6) == "[专车]来了……"
    assert cut(text, "没有", 6) == "专车来了……"


def test_passage_is_of_one_part():
    """It does not run from the summary into the text, nor from the text into the names under it."""
    parts = [["就业继续提高"], ["说就业的人，不止说就业。", "下一段。"], ["赵文博"]]
    assert shown(snippet(parts, words_of("继续"), 80)) == "就业[继续]提高"
    assert shown(snippet(parts, words_of("不止"), 80)) == "说就业的人，[不止]说就业。下一段。"
    assert shown(snippet(parts, words_of("没有"), 80)) == "就业继续提高"
    assert shown(snippet([[""], [], ["文"]], words_of("没有"), 80)) == "文"


def test_passage_in_latin_letters_begins_at_a_sentence():
    """After its mark and the blank; the ellipsis is the one that is asked for."""
    text = "They left at dawn for the coast at 5.30. " * 9 + "A ferry waited. " + "It was cold there. " * 20
    found = shown(snippet([[text]], ["ferry"], 160, "…"))
    assert found.startswith("…They left at dawn for the coast at 5.30. A [ferry] waited. It was cold there.")
    assert found.endswith("…")
    assert "……" not in found
    assert 140 <= len(found.replace("[", "").replace("]", "")) <= 160


def test_passage_begins_at_a_clause_before_the_first_hit():
    """Close enough to show the hit, and not in the middle of what is said."""
    text = "很久以前的事情我们都忘记了，" * 5 + "今天早上，坐专车的人多了一倍。后来呢？"
    assert cut(text, "专车", 30) == "……今天早上，坐[专车]的人多了一倍。后来呢？"


def test_passage_is_as_long_as_there_is_room():
    """A text that fits is whole wherever the hit stands; of one that ends soon, more of what stands before is told."""
    assert (
        cut("很久以前的事情我们都忘记了，超过八成坐专车。", "专车", 30)
        == "很久以前的事情我们都忘记了，超过八成坐[专车]。"
    )
    assert cut("第一，" * 20 + "坐专车。", "专车", 20) == "……第一，第一，第一，第一，坐[专车]。"


def test_passage_neither_begins_nor_ends_inside_brackets():
    text = "他说了很多很多别的话，" * 4 + "《关于务工专车的通知》和《关于春运期间道路交通安全的通知》。"
    found = cut(text, "专车", 24)
    assert found == "……《关于务工[专车]的通知》和……"


def test_hit_inside_a_long_quotation_is_shown():
    """Where there is no other way, the quotation is cut."""
    text = "他说：“" + "别的话" * 30 + "专车" + "还有话" * 30 + "”"
    found = cut(text, "专车", 30)
    assert "[专车]" in found
    assert len(found.replace("[", "").replace("]", "")) <= 30


def test_passage_cuts_no_latin_word():
    found = cut("extraordinary " * 20 + "专车 " + "extraordinary " * 20, "专车", 60)
    words = found.replace("[专车]", "").replace("…", "").split()
    assert set(words) == {"extraordinary"}


def test_characters_of_several_code_points_stay_whole():
    family = "👨\u200d👩\u200d👧\u200d👦"
    found = snippet([[family * 60 + "专车" + family * 60]], ["专车"], 30)
    text = "".join(run.text for run in found)
    assert "专车" in text
    assert text.strip("…").replace("专车", "").replace(family, "") == ""
    assert len(regex.findall(r"\X", text)) <= 30


texts = st.text(st.characters(codec="utf-8"), max_size=60) | st.text(
    "专车臺台湾《》（）“”，。 a1é\u0301ßﬁ①\n", max_size=120
)


@given(texts, st.lists(st.text("专车台湾a1ß é%", min_size=1, max_size=4), max_size=4), st.integers(10, 60))
@example("ǰ\u0323a", ["a"], 10)
@example("ﬃ专车", ["f"], 10)
def test_marking_and_cutting_lose_no_character(text, queries, limit):
    """All runs together are the text; a passage is no longer than asked for, and its hits are what was looked for."""
    words = words_of(" ".join(queries))
    assert "".join(run.text for run in marked(text, words)) == text
    passage = "".join(run.text for run in snippet([text.splitlines()], words, limit))
    assert len(regex.findall(r"\X", passage)) <= limit
    for run in marked(text, words):
        assert run.text
