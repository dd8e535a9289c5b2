"""Headlines in phrases: each keeps together, and the text stays the same."""

from __future__ import annotations

import pytest

from articles.templatetags.news import phrases


@pytest.mark.parametrize("text", ["", "松岭县三千群众连夜转移", "Two trains for Songling", "2026 03"])
def test_text_without_phrases_stays(text):
    """One phrase, or a language that has blanks between words."""
    assert phrases(text) == text


def test_phrases_are_told_apart_and_escaped():
    assert phrases("松岭<b> 风&雨") == '<span class="phrase">松岭&lt;b&gt;</span> <span class="phrase">风&amp;雨</span>'
