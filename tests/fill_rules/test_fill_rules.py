"""How lists fill their free places: where each rule looks, and in which order it takes what it finds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.fill_rules import FILL_RULES, About, Candidate, Pool, fill_rule
from tests.builders import MONDAY

DAY = timedelta(days=1)
ABOUT = About(MONDAY, section_id=3, topic_ids=(7, 8))
SEVEN, EIGHT = Pool("topic", 7), Pool("topic", 8)


def candidate(story: int, days: float, pool: Pool = SEVEN) -> Candidate:
    return Candidate(story, MONDAY - days * DAY, pool)


@pytest.mark.parametrize(
    ("name", "pools"),
    [
        ("nothing", ()),
        ("latest", (Pool("section", 3),)),
        ("same_topic", (SEVEN, EIGHT)),
        ("more_like_this", (SEVEN, EIGHT)),
        ("most_read", ()),
    ],
)
def test_rule_looks_where_it_says(name, pools):
    assert fill_rule(name).pools(ABOUT) == pools


def test_page_without_a_section_takes_the_latest_of_the_site():
    """And one without topics has nothing in common with anything."""
    assert fill_rule("latest").pools(About(MONDAY)) == (Pool("site"),)
    assert fill_rule("more_like_this").pools(About(MONDAY, section_id=3)) == ()


def test_rule_that_is_no_more_fills_nothing():
    """A list of an earlier release is shown, and not an error."""
    assert fill_rule("magic").name == "nothing"


def test_names_are_kept_in_the_database_and_are_each_one_rule():
    assert [rule.name for rule in FILL_RULES] == ["nothing", "latest", "same_topic", "more_like_this", "most_read"]


@pytest.mark.parametrize("name", ["latest", "same_topic"])
def test_newest_comes_first_and_the_id_decides_between_equals(name):
    found = [candidate(1, 2), candidate(2, 1), candidate(3, 1), candidate(2, 1, EIGHT)]
    assert fill_rule(name).rank(found, ABOUT) == [3, 2, 1]


def test_more_shared_topics_count_as_much_as_two_weeks():
    """Two topics beat one of today, until they are more than a fortnight older."""

    def best(days: float) -> int:
        found = [candidate(1, 0), candidate(2, days), candidate(2, days, EIGHT)]
        return fill_rule("more_like_this").rank(found, ABOUT)[0]

    assert [best(days) for days in (0, 13.9, 14.1, 20_000)] == [2, 2, 1, 1]


candidates = st.lists(st.tuples(st.integers(1, 6), st.sampled_from([SEVEN, EIGHT])), unique=True, max_size=10).map(
    lambda found: [candidate(story, story * 3.5, pool) for story, pool in found]
)


@given(candidates, st.integers(0, 40_000), st.randoms())
def test_order_depends_on_no_clock_and_no_order_of_asking(found, days, random):
    """Two stories never change places by time alone: what the outlook says of tomorrow is what tomorrow shows."""
    for rule in FILL_RULES:
        mixed = list(found)
        random.shuffle(mixed)
        ranked = rule.rank(found, ABOUT)
        assert rule.rank(mixed, About(MONDAY + days * DAY, 3, (7, 8))) == ranked
        assert len(set(ranked)) == len(ranked)
        if rule.pools(ABOUT):
            assert set(ranked) == {one.story_id for one in found}
