"""Any sequence of decisions leaves readers with what was decided, and a past that stays."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles import timeline
from articles.models import Publication, Story
from tests.builders import a_story
from tests.publishing import (
    TICK,
    a_planned_week,
    assert_stored_chain_is_right,
    cancel,
    change,
    hour,
    move,
    publish,
    seen,
    withdraw,
)

pytestmark = pytest.mark.django_db


LAST = 6
moments = st.integers(0, LAST)
decisions = st.lists(
    st.one_of(
        st.tuples(st.just("publish"), moments, st.none() | moments, st.none() | moments),
        st.tuples(st.just("withdraw"), moments, st.none() | moments, st.none()),
        st.tuples(st.just("cancel"), moments, st.integers(0, 5), st.none()),
        st.tuples(st.just("move"), moments, st.integers(0, 5), moments),
        st.tuples(st.just("retract"), moments, st.none() | moments, st.none()),
    ),
    max_size=8,
)


def decide(story: Story, number: int, decision: tuple, now: int) -> None:
    """Do it as an editor would at `now`; what is refused is refused."""
    what, _when, first, second = decision
    try:
        if what == "publish":
            change(story, f"版本{number}")
            publish(story, now, at=first, until=second)
        elif what == "withdraw":
            withdraw(story, now, at=first)
        elif what == "retract":
            publish(story, now, at=first, change="retraction", note="不实")
        elif planned := list(story.publications.upcoming(hour(now))):
            chosen = planned[first % len(planned)]
            cancel(chosen, now) if what == "cancel" else move(chosen, now, at=second)
    except ValidationError:
        pass


def assert_nothing_follows_a_retraction_unsaid(story: Story) -> None:
    """Neither a retraction nor a withdrawal comes first, and after a retraction readers are told of what follows."""
    rows = list(story.publications.order_by("live_from"))
    assert rows[0].is_listed
    shown = [row for row in rows if row.shows]
    for before, row in pairwise(shown):
        assert not before.is_retraction or row.shown_change


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(decisions)
@example([("publish", 1, None, None), ("withdraw", 1, None, None), ("publish", 3, None, None)])
@example([("publish", 0, 1, None), ("withdraw", 0, 2, None), ("publish", 0, 3, None), ("cancel", 0, 0, None)])
@example([("publish", 0, 1, None), ("publish", 0, 3, None), ("withdraw", 0, 5, None), ("move", 0, 2, 2)])
@example([("publish", 0, None, None), ("retract", 1, 3, None), ("publish", 1, 2, None), ("move", 1, 1, 2)])
@example([("publish", 0, 2, 4), ("publish", 0, 3, None), ("cancel", 1, 1, None), ("cancel", 1, 0, None)])
def test_readers_see_the_timeline_and_a_past_that_stays(db, decisions):
    """After any decisions readers see what `timeline.live` says, and no decision changes what was seen before it."""
    story = a_story("版本0")
    past: dict[float, str | None] = {}
    now = 0
    for number, decision in enumerate(sorted(decisions, key=lambda decision: decision[1]), start=1):
        # What was seen before the present moment.
        for half in range(2 * now, 2 * decision[1]):
            past[half / 2] = seen(story, half / 2)
        now = decision[1]
        decide(story, number, decision, now)
        assert {moment: seen(story, moment) for moment in past} == past
        rows = {row.pk: row for row in story.publications.all()}
        if rows:
            chain = timeline.chain(timeline.Asked(row.pk, row.live_from, row.requested_until) for row in rows.values())
            for half in range(2 * LAST + 2):
                window = timeline.live(chain, hour(half / 2))
                row = rows[window.key] if window else None
                visible = row.content.headline if row and row.kind != Publication.Kind.WITHDRAWN else None
                assert seen(story, half / 2) == visible
            assert_stored_chain_is_right(story)
            assert_nothing_follows_a_retraction_unsaid(story)
        assert Story.objects.get(pk=story.pk).has_publications == bool(rows)


def test_publications_word_means_the_same_as_the_window():
    """`live(at)` in SQL and `holds(at)` in Python agree at and around each boundary."""
    story, _planned = a_planned_week()
    for row in story.publications.all():
        for boundary in filter(None, (row.live_from, row.live_until)):
            for at in (boundary - TICK, boundary, boundary + TICK):
                assert (row in Publication.objects.live(at)) == row.holds(at)
