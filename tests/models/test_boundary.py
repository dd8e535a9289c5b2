"""What is due, what comes next, and how the ticker is doing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from articles.actions import publish_story, withdraw_story
from articles.models import BoundaryEffect, Publication, TickRun
from articles.models.boundary import due_boundaries, next_boundaries, ticker_status
from tests.builders import MONDAY, OPERATOR, a_publication, a_story

HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


def test_next_boundaries_are_those_that_really_come():
    """Beginnings and ends in their order, soonest first; not an end that the next version comes before."""
    story = a_story()
    publish_story(story=story, by=OPERATOR, until=MONDAY + 4 * HOUR, now=MONDAY)
    correction = publish_story(story=story, by=OPERATOR, at=MONDAY + 3 * HOUR, note="更正", now=MONDAY)
    other = publish_story(story=a_story(), by=OPERATOR, at=MONDAY + HOUR, until=MONDAY + 2 * HOUR, now=MONDAY)
    found = [(row.moment, str(row.edge), row.publication) for row in next_boundaries(MONDAY)]
    assert found == [
        (MONDAY + HOUR, "begin", other),
        (MONDAY + 2 * HOUR, "end", other),
        (MONDAY + 3 * HOUR, "begin", correction),
    ]


@pytest.mark.parametrize("count", [1, 12])
def test_next_boundaries_are_bounded(django_assert_num_queries, count):
    """Two queries, stories included, and no more than were asked for."""
    for number in range(count):
        publish_story(story=a_story(f"标题{number}"), by=OPERATOR, at=MONDAY + HOUR, now=MONDAY)
    with django_assert_num_queries(2):
        headlines = [row.publication.story.headline for row in next_boundaries(MONDAY, limit=10)]
    assert len(headlines) == min(count, 10)


def test_withdrawal_does_not_leave_an_end_behind():
    """A story withdrawn before its end comes down once."""
    publication = publish_story(story=a_story(), by=OPERATOR, until=MONDAY + 2 * HOUR, now=MONDAY)
    withdrawal = withdraw_story(story=publication.story, by=OPERATOR, now=MONDAY + HOUR)
    due = [row.publication for row in due_boundaries(MONDAY + 3 * HOUR, 10)]
    assert due == [publication, withdrawal]


def test_ticker_status_counts_what_waits_too_long():
    """Five minutes are nothing; a run that was killed does not count as one."""
    a_publication(at=MONDAY)
    assert ticker_status(MONDAY + timedelta(minutes=4)).overdue == 0
    TickRun.objects.create(started_at=MONDAY, finished_at=MONDAY)
    TickRun.objects.create(started_at=MONDAY + timedelta(minutes=5))
    status = ticker_status(MONDAY + timedelta(minutes=5))
    assert (status.overdue, status.late, status.last_finished) == (1, False, MONDAY)
    assert status.last_started == MONDAY + timedelta(minutes=5)
    assert not status.is_well
    assert ticker_status(MONDAY + timedelta(minutes=11)).late


def test_due_is_found_by_indexes_of_what_is_not_done():
    """Not by reading the archive: on PostgreSQL the plan names the partial indexes."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite explains in other words")
    done = Publication(
        kind="published", slug="s", created_at=MONDAY, begin_done_at=MONDAY, end_done_at=MONDAY, first_live_at=MONDAY
    )
    story = a_story()
    revision = story.revisions.get()
    Publication.objects.bulk_create(
        Publication(
            **{field: getattr(done, field) for field in ("kind", "slug", "created_at", "begin_done_at", "end_done_at")},
            story=story,
            revision=revision,
            first_live_at=MONDAY,
            told_at=MONDAY,
            live_from=MONDAY + number * HOUR,
            live_until=MONDAY + (number + 1) * HOUR,
            requested_until=MONDAY + (number + 1) * HOUR,
        )
        for number in range(2000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE articles_publication")
    late = MONDAY + 3000 * HOUR
    begins = Publication.objects.filter(live_from__lte=late, begin_done_at=None).order_by("live_from", "pk")[:50]
    ends = Publication.objects.filter(requested_until__lte=late, end_done_at=None)[:50]
    assert "publication_begin_to_do" in begins.explain()
    assert "publication_end_to_do" in ends.explain()


@pytest.mark.parametrize("archive", [1, 12])
def test_due_boundaries_cost_two_queries(django_assert_num_queries, archive):
    """Whatever is due and however much is done."""
    for number in range(archive):
        a_publication(f"标题{number}")
    Publication.objects.update(begin_done_at=MONDAY)
    a_publication("新")
    with django_assert_num_queries(2):
        assert len(due_boundaries(MONDAY, 50)) == 1


def test_boundary_that_waits_for_another_attempt_is_not_due():
    """So that many that fail do not keep the ticker from those behind them."""
    publication = a_publication()
    effect = BoundaryEffect.objects.create(
        publication=publication, edge="begin", effect="notify", try_after=MONDAY + HOUR
    )
    assert due_boundaries(MONDAY, 10) == []
    assert len(due_boundaries(MONDAY + HOUR, 10)) == 1
    BoundaryEffect.objects.filter(pk=effect.pk).update(given_up=True, try_after=None)
    assert len(due_boundaries(MONDAY, 10)) == 1
