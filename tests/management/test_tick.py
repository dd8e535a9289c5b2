"""`manage.py tick`."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from articles import clock
from articles.actions import boundary_effects, publish_story
from articles.actions.boundary_effects import Effect
from articles.management.commands import tick as command
from articles.models import TickRun
from tests.builders import OPERATOR, a_publication, a_story

pytestmark = pytest.mark.django_db


def run() -> str:
    output = StringIO()
    call_command("tick", stdout=output)
    return output.getvalue()


def test_one_run_says_what_it_did_in_one_line():
    """For the mail that cron sends, or a log."""
    a_publication(at=clock.now())
    assert run() == "3 effects done, 0 failed, 0 mails sent.\n"
    assert run() == "0 effects done, 0 failed, 0 mails sent.\n"
    assert TickRun.objects.filter(finished_at=None).count() == 0


def test_failure_is_an_exit_status(monkeypatch):
    """Cron tells somebody; the next run tries again."""

    def fail(boundary, now):
        raise OSError("no")

    monkeypatch.setattr(boundary_effects, "EFFECTS", (Effect("fail", fail),))
    a_publication(at=clock.now())
    with pytest.raises(CommandError, match="0 effects done, 1 failed"):
        run()


def test_database_that_is_gone_is_one_sentence(monkeypatch):
    """No traceback every minute."""

    def fail():
        raise OperationalError("gone")

    monkeypatch.setattr(command, "tick", fail)
    with pytest.raises(CommandError, match="The database failed: gone"):
        run()


@pytest.mark.parametrize("seconds", ["0", "-1", "x", "86401"])
def test_loop_of_no_length_is_refused(seconds):
    """A number of seconds, from one to a day."""
    with pytest.raises(CommandError, match="must be a number of seconds"):
        call_command("tick", "--loop", seconds)


@pytest.fixture
def one_connection(monkeypatch):
    """The test's transaction is on this connection; a loop would open another."""
    monkeypatch.setattr(command.connection, "close_if_unusable_or_obsolete", lambda: None)


def one_round(longest: float = 60) -> float:
    return command.Command(stdout=StringIO())._run(longest)


def test_loop_sleeps_no_longer_than_to_the_next_boundary(monkeypatch, one_connection):
    """What begins in ten seconds is not left waiting for a minute."""
    now = clock.now()
    monkeypatch.setattr("articles.clock.now", lambda: now)
    assert one_round() == 60
    publish_story(story=a_story(), by=OPERATOR, at=now + timedelta(seconds=10), now=now)
    assert one_round() == 10


def test_loop_goes_on_after_a_database_failure(monkeypatch, caplog, one_connection):
    """A warning, a new connection, and another try soon."""
    closed = []

    def fail(stop):
        raise OperationalError("terminating connection due to administrator command")

    monkeypatch.setattr(command, "tick", fail)
    monkeypatch.setattr(command.connection, "close", lambda: closed.append(True))
    assert one_round() == 5
    assert closed == [True]
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "administrator command" in caplog.text
