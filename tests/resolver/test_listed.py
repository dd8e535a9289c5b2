"""In which lists a story stands: asked before anybody takes it from readers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.actions import When
from articles.resolver.listed import lists_naming
from tests.builders import MONDAY, a_publication
from tests.story_lists import a_list, an_edition

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_story_knows_the_editions_that_name_it_now_and_later(django_assert_num_queries):
    """By the name of the list; drafts too, and nothing that is over, at any moment one asks about."""
    story, other = a_publication("甲"), a_publication("乙")
    made = a_list(story, name="乙表")
    an_edition(made, other, when=When(start=MONDAY + 5 * HOUR), now=MONDAY)
    an_edition(a_list(name="丙表", slot="c"), story, when=When(), now=MONDAY)
    special = When(start=MONDAY + 6 * HOUR, end=MONDAY + 7 * HOUR, special=True)
    an_edition(made, story, when=special, now=MONDAY)

    def found(hours):
        with django_assert_num_queries(1):
            return [(row.name, row.is_current) for row in lists_naming(story.story_id, MONDAY + hours * HOUR)]

    drafts = [("丙表", False)]
    assert found(1) == [*drafts, ("乙表", True), ("乙表", False)]
    assert found(5) == [*drafts, ("乙表", False)]
    assert found(6) == [*drafts, ("乙表", True)]
    assert found(7) == drafts


def test_story_in_no_list_is_in_none():
    a_list(a_publication("甲"))
    assert lists_naming(a_publication("乙").story_id, MONDAY) == []
