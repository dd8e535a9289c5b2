"""Places in the order of stories are found by an index, however many stories share a moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from articles.models import Publication, SectionListing
from articles.models.story_order import StoryOrderQuerySet
from articles.story_order import StoryPlace
from tests.builders import MONDAY, a_publication, a_section
from tests.publishing import hour

pytestmark = pytest.mark.django_db

TICK = timedelta(microseconds=1)


@pytest.fixture
def rows() -> list[Publication]:
    """In the order of stories, the newest first: two of one moment, one before and one after them."""
    made = [a_publication(f"稿{number}", at=hour(at)) for number, at in enumerate((1, 1, 0, 2))]
    return [made[number] for number in (3, 1, 0, 2)]


def stories(rows: StoryOrderQuerySet) -> list[int]:
    return list(rows.newest_first().values_list("story_id", flat=True))


@pytest.mark.parametrize("model", [Publication, SectionListing])
def test_rows_before_and_behind_a_place_are_found(rows, model):
    expected = [row.story_id for row in rows]
    assert stories(model.objects.all()) == expected
    for number, row in enumerate(rows):
        assert stories(model.objects.older_than(row.place)) == expected[number + 1 :]
        assert stories(model.objects.newer_than(row.place)) == expected[:number]


def test_what_is_out_is_behind_the_nearer_of_two_bounds(rows):
    """A place still to come opens no view of what is not out."""
    expected = [row.story_id for row in rows]
    everything = Publication.objects.all()
    assert stories(everything.out_by(hour(1))) == expected[1:]
    assert stories(everything.out_by(hour(1) - TICK)) == expected[3:]
    assert stories(everything.out_by(hour(1), behind=StoryPlace(hour(2), 0))) == expected[1:]
    assert stories(everything.out_by(hour(2), behind=rows[1].place)) == expected[2:]
    assert stories(everything.out_by(hour(1), behind=StoryPlace(hour(1), 0))) == expected[3:]
    assert stories(everything.out_by(hour(9), behind=StoryPlace(MONDAY, 2**63 - 1))) == expected[3:]
    assert stories(everything.out_by(hour(9), until=hour(2))) == expected[1:]
    assert stories(everything.out_by(hour(9), behind=rows[1].place, until=hour(2))) == expected[2:]
    assert stories(everything.out_by(hour(9), behind=rows[1].place, until=hour(1))) == expected[3:]


def test_place_is_entered_by_both_its_columns():
    """Nothing is sorted, and of one moment nothing is walked through on the way to a story."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by how much there is; see tests/benchmarks/admin_list.py.")
    place = StoryPlace(hour(1), 7)
    section = SectionListing.objects.live(hour(2)).filter(section=a_section())
    for rows, index in ((Publication.objects.listed(hour(2)), "publication_newest"), (section, "listing_by_section")):
        for found, bound in (
            (rows.out_by(hour(2)).newest_first(), "first_live_at<?"),
            (rows.out_by(hour(2), behind=place).newest_first(), "(first_live_at,story_id)<(?,?)"),
            (
                rows.filter(first_live_at__gte=MONDAY).out_by(hour(2), behind=place, until=hour(3)).newest_first(),
                "(first_live_at,story_id)<(?,?)",
            ),
            (rows.newer_than(place).newest_first().reverse(), "(first_live_at,story_id)>(?,?)"),
        ):
            plan = found[:20].explain()
            assert index in plan
            assert bound in plan
            assert "TEMP B-TREE" not in plan
