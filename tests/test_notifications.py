"""The sentences of notifications."""

from __future__ import annotations

import pytest
from django.utils import translation

from articles.notifications import KINDS, sentence


@pytest.mark.parametrize("kind", KINDS)
def test_sentence_names_the_headline(kind):
    """Whatever happened, one knows to which story."""
    with translation.override("en"):
        said = sentence(kind, {"who": "Lin", "headline": "100% 涨停"})
    assert "100% 涨停" in said
    assert "%(" not in said


@pytest.mark.parametrize("detail", [{}, {"who": None, "headline": ""}, {"who": 5, "count": "x"}])
def test_sentence_without_its_words_is_still_one(detail):
    """What was kept by an older version does not break a page."""
    assert "—" in sentence("mentioned", detail)
    assert "“—”" in sentence("list_problems", detail)


@pytest.mark.parametrize(("count", "words"), [("1", "1 serious problem, in"), ("2", "2 serious problems, ")])
def test_one_problem_is_not_told_in_the_plural(count, words):
    with translation.override("en"):
        assert words in sentence("list_problems", {"count": count, "headline": "头条"})


def test_kind_that_is_no_more_says_the_headline():
    """So that nothing disappears after an upgrade."""
    assert sentence("long_gone", {"headline": "标题"}) == "标题"
