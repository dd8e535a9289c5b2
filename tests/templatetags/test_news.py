"""What the public templates make of headlines."""

from __future__ import annotations

import pytest

from articles.templatetags.news import phrases


def test_phrases_are_told_apart_by_blanks_and_commas():
    """Each in an element of its own, the comma with what it ends; the text itself stays."""
    made = phrases("“院坝杯”今晚争冠，牛已牵到场边 票价：十元")
    assert made == (
        '<span class="phrase">“院坝杯”今晚争冠，</span><span class="phrase">牛已牵到场边</span> '
        '<span class="phrase">票价：</span><span class="phrase">十元</span>'
    )


@pytest.mark.parametrize("text", ["一句话", "“好，”他说", "Two words, in English", "2,345人", "什么？！", ""])
def test_text_of_one_phrase_is_left_alone(text):
    """So is English, whose lines end at any blank, and a comma before what may not begin a line."""
    assert phrases(text) == text


def test_phrases_are_escaped():
    assert phrases("甲 <b>") == '<span class="phrase">甲</span> <span class="phrase">&lt;b&gt;</span>'
