"""The ticker: every effect of every boundary, once, whatever fails."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from articles.actions import boundary_effects, cancel_publication, publish_story, withdraw_story
from articles.actions.attempts import ATTEMPTS, LEASE
from articles.actions.boundary_effects import Effect
from articles.actions.tick import BATCH, tick
from articles.models import Activity, BoundaryEffect, Publication, TickRun
from tests.builders import MONDAY, OPERATOR, a_publication, a_story

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.django_db


class Seen:
    """An effect that keeps what it was called with, and fails as long as it is told to."""

    def __init__(self, name: str = "seen", outside: bool = False) -> None:
        self.calls: list[tuple[str, int]] = []
        self.fails_for: set[int] = set()
        self.effect = Effect(name, self.perform, outside)

    def perform(self, boundary, now: datetime) -> None:
        self.calls.append((str(boundary.edge), boundary.publication.pk))
        if boundary.publication.pk in self.fails_for:
            raise ValueError("no")


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    one = Seen()
    monkeypatch.setattr(boundary_effects, "EFFECTS", (one.effect,))
    return one


def test_beginning_has_its_effects_once(seen):
    """A publication that began is noticed by one run and by no other."""
    publication = a_publication()
    assert tick(now=MONDAY).done == 1
    assert tick(now=MONDAY + HOUR).done == 0
    assert seen.calls == [("begin", publication.pk)]
    publication.refresh_from_db()
    assert publication.begin_done_at == MONDAY


def test_scheduled_publication_waits_for_its_moment(seen):
    """Nothing happens before the moment, everything at it."""
    publication = publish_story(story=a_story(), by=OPERATOR, at=MONDAY + HOUR, now=MONDAY)
    tick(now=MONDAY + HOUR - timedelta(microseconds=1))
    assert seen.calls == []
    tick(now=MONDAY + HOUR)
    assert seen.calls == [("begin", publication.pk)]


def test_cancelled_publication_has_no_effects(seen):
    """What was called off in time does not begin."""
    publication = publish_story(story=a_story(), by=OPERATOR, at=MONDAY + HOUR, now=MONDAY)
    cancel_publication(publication=publication, by=OPERATOR, now=MONDAY)
    assert tick(now=MONDAY + 2 * HOUR).done == 0


def test_end_asked_for_has_its_effects(seen):
    """A story that comes down by itself is an event of its own, in the order of moments."""
    first = publish_story(story=a_story("一"), by=OPERATOR, until=MONDAY + HOUR, now=MONDAY)
    second = publish_story(story=a_story("二"), by=OPERATOR, at=MONDAY + HOUR / 2, now=MONDAY)
    tick(now=MONDAY + HOUR)
    assert seen.calls == [("begin", first.pk), ("begin", second.pk), ("end", first.pk)]
    first.refresh_from_db()
    assert first.end_done_at == MONDAY + HOUR


@pytest.mark.parametrize("next_at", [MONDAY + HOUR / 2, MONDAY + HOUR], ids=["before the end", "at the end"])
def test_end_that_did_not_come_has_no_effects_and_is_settled(seen, next_at):
    """Where the next version takes over, nothing comes down; nobody asks again."""
    story = a_story()
    first = publish_story(story=story, by=OPERATOR, until=MONDAY + HOUR, now=MONDAY)
    following = publish_story(story=story, by=OPERATOR, at=next_at, note="更正", now=MONDAY)
    tick(now=MONDAY + HOUR)
    assert seen.calls == [("begin", first.pk), ("begin", following.pk)]
    first.refresh_from_db()
    assert first.end_done_at == MONDAY + HOUR


def test_withdrawal_is_a_boundary_of_its_own(seen):
    """Withdrawing begins something: the notice that readers see."""
    publication = a_publication()
    withdrawal = withdraw_story(story=publication.story, by=OPERATOR, now=MONDAY + HOUR)
    tick(now=MONDAY + HOUR)
    assert seen.calls == [("begin", publication.pk), ("begin", withdrawal.pk)]


def test_failing_effect_stops_neither_the_others_nor_the_next_item(monkeypatch):
    """One effect of one story fails: the rest is done, and it alone is tried again, later and later."""
    one, two = Seen("one"), Seen("two", outside=True)
    monkeypatch.setattr(boundary_effects, "EFFECTS", (one.effect, two.effect))
    bad, good = a_publication("坏"), a_publication("好")
    one.fails_for = {bad.pk}
    report = tick(now=MONDAY)
    assert (report.done, report.failed) == (3, 1)
    row = BoundaryEffect.objects.get(done_at=None)
    assert (row.publication, row.attempts, row.error) == (bad, 1, "ValueError: no")
    assert row.try_after == MONDAY + 2 * MINUTE
    assert tick(now=MONDAY + MINUTE).failed == 0
    assert tick(now=MONDAY + 2 * MINUTE).failed == 1
    row.refresh_from_db()
    assert row.try_after == MONDAY + 6 * MINUTE
    one.fails_for = set()
    assert tick(now=MONDAY + 6 * MINUTE).done == 1
    assert two.calls == [("begin", bad.pk), ("begin", good.pk)]
    assert not Publication.objects.filter(begin_done_at=None).exists()


def test_failed_effect_leaves_nothing_behind(monkeypatch):
    """What an effect wrote before it failed is taken back with it, so that the next attempt does not double it."""

    def write_and_fail(boundary, now):
        Activity.objects.create(at=now, verb="saved", subject="half")
        raise DatabaseError("no")

    monkeypatch.setattr(boundary_effects, "EFFECTS", (Effect("half", write_and_fail),))
    a_publication()
    tick(now=MONDAY)
    assert not Activity.objects.filter(subject="half").exists()
    assert BoundaryEffect.objects.get().attempts == 1


def test_effect_that_always_fails_is_given_up(seen):
    """After many attempts its boundary is done with, and the last error stays to be read."""
    publication = a_publication()
    seen.fails_for = {publication.pk}
    for day in range(40):
        tick(now=MONDAY + day * 6 * HOUR)
    assert len(seen.calls) == ATTEMPTS
    row = BoundaryEffect.objects.get()
    assert (row.given_up, row.done_at, row.error) == (True, None, "ValueError: no")
    publication.refresh_from_db()
    assert publication.begin_done_at is not None


def test_effect_outside_is_repeated_when_its_ticker_was_killed(monkeypatch):
    """Killed in the middle, it is left alone for the length of a lease, then done again."""
    outside = Seen(outside=True)
    monkeypatch.setattr(boundary_effects, "EFFECTS", (outside.effect,))

    def die(boundary, now):
        raise KeyboardInterrupt

    monkeypatch.setattr(boundary_effects, "EFFECTS", (Effect("seen", die, outside=True),))
    a_publication()
    with pytest.raises(KeyboardInterrupt):
        tick(now=MONDAY)
    monkeypatch.setattr(boundary_effects, "EFFECTS", (outside.effect,))
    assert tick(now=MONDAY + LEASE / 2).done == 0
    assert tick(now=MONDAY + LEASE).done == 1
    assert TickRun.objects.filter(finished_at=None).count() == 1


def test_catching_up_does_everything_in_order(seen):
    """After a time without a ticker all that happened is done by one run, oldest first, in several batches."""
    count = BATCH + 3
    for number in range(count):
        a_publication(f"标题{number}", at=MONDAY + number * MINUTE)
    assert tick(now=MONDAY + count * MINUTE).done == count
    assert [key for _edge, key in seen.calls] == sorted(key for _edge, key in seen.calls)


def test_stopping_leaves_the_rest_to_the_next_run(seen):
    """Asked to end, a run finishes what it is doing and begins nothing more."""
    for number in range(3):
        a_publication(f"标题{number}")
    tick(now=MONDAY, stop=lambda: len(seen.calls) == 1)
    assert len(seen.calls) == 1
    tick(now=MONDAY)
    assert len(seen.calls) == 3


def test_runs_are_kept_for_a_week(seen):
    """Each run leaves its report; old reports go."""
    tick(now=MONDAY)
    a_publication()
    tick(now=MONDAY + timedelta(days=8))
    run = TickRun.objects.get()
    assert (run.started_at, run.finished_at, run.done) == (MONDAY + timedelta(days=8),) * 2 + (1,)


@pytest.mark.parametrize("archive", [1, 12])
def test_one_boundary_costs_the_same_whatever_the_archive(cast, django_assert_num_queries, settings, archive):
    """What is done for one story that begins, with all effects, is bounded: no query reads what is done already."""
    settings.MAILERS = {}
    for number in range(archive):
        a_publication(f"标题{number}")
    tick(now=MONDAY)
    publish_story(story=a_story("新", by=cast.reporter), by=cast.chief_editor, now=MONDAY + MINUTE)
    with django_assert_num_queries(36):
        tick(now=MONDAY + MINUTE)


@pytest.mark.parametrize("archive", [1, 12])
def test_idle_run_costs_the_same_whatever_the_archive(seen, settings, archive):
    """With nothing to do a run is twelve short queries."""
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    for number in range(archive):
        a_publication(f"标题{number}")
    tick(now=MONDAY)
    with CaptureQueriesContext(connection) as queries:
        tick(now=MONDAY + MINUTE)
    assert len(queries) == 12
