"""Tickers as real processes on a real database: killed at any moment, several at once, in a loop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.contrib.auth.models import User
from django.db import connection

from articles.actions import make_roles, publish_story
from articles.actions.mail import message_id
from articles.actions.notifying import tell
from articles.models import Activity, BoundaryEffect, Digest, Publication, TickRun
from tests.builders import OPERATOR, a_publication, a_story
from tests.test_concurrency import share_database

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]

ROOT = Path(__file__).parent.parent
# What sites run on is tested the most; the same code runs on both.
KILLS = 32 if connection.vendor == "postgresql" else 16
STORIES = 60
READERS = 130
PAST = datetime.now(UTC) - timedelta(hours=1)

Read = Callable[[Callable[[], Any]], Any]


@pytest.fixture
def read() -> Read:
    """Runs a function in a thread: on SQLite only new connections see the file that the processes see."""

    def run(function: Callable[[], Any]) -> Any:
        def in_thread() -> Any:
            try:
                return function()
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as thread:
            return thread.submit(in_thread).result(timeout=60)

    return run


@pytest.fixture
def began(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Stories that began, one of which also came down, since; and the environment of a process that sees them."""
    for number in range(STORIES - 1):
        a_publication(f"标题{number}", at=PAST + timedelta(seconds=number))
    publish_story(story=a_story(), by=OPERATOR, until=PAST + timedelta(minutes=30), now=PAST)
    return shared(tmp_path, monkeypatch)


@pytest.fixture
def unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Many readers who were told of a story and did not look; and the same environment."""
    roles = make_roles()
    readers = [User.objects.create_user(f"r{n}", f"r{n}@example.org", is_staff=True) for n in range(READERS)]
    roles["reporter"].user_set.set(readers)
    tell(users=readers, kind="noted", story=a_story(), at=PAST, key="note")
    return shared(tmp_path, monkeypatch)


def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    share_database(tmp_path, monkeypatch)
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}}
    return {**kept, "DEBUG": "1", "EMAIL_URL": "console:", "DATABASE_URL": address()}


def address() -> str:
    """The test database, as an address."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    user = quote(given["USER"]) + (f":{quote(given['PASSWORD'])}" if given["PASSWORD"] else "")
    options = urlencode({**given.get("OPTIONS", {}), "host": given["HOST"], "port": given["PORT"]})
    return f"postgresql://{user}@/{quote(str(given['NAME']))}?{options}"


def ticking(mode: str, number: int, outside: Path, environ: dict[str, str]) -> int:
    """Run tests/ticking.py; how many tickers were killed."""
    command = [sys.executable, str(ROOT / "tests" / "ticking.py"), mode, str(number), str(outside)]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout.splitlines()[-1])


def expected() -> set[str]:
    return {f"begin:{row.pk}" for row in Publication.objects.all()} | {
        f"end:{row.pk}" for row in Publication.objects.exclude(requested_until=None)
    }


def traces() -> Counter[str]:
    return Counter(
        Activity.objects.exclude(subject__startswith="标题").filter(story=None).values_list("subject", flat=True)
    )


def message_ids() -> list[str]:
    return [f"mail:{digest.user.email}:{message_id(digest)}" for digest in Digest.objects.select_related("user")]


def left() -> int:
    return (
        Publication.objects.filter(begin_done_at=None).count()
        + BoundaryEffect.objects.filter(done_at=None).count()
        + Digest.objects.filter(sent_at=None).count()
    )


def test_killing_tickers_loses_and_doubles_nothing(began, read, tmp_path):
    """Tickers are killed, -9, at any moment: in the database each effect is there once, outside at least once."""
    outside = tmp_path / "outside"
    # A machine too fast for the pauses would prove nothing.
    assert ticking("kill", KILLS, outside, began) == KILLS
    wanted = read(expected)
    assert len(wanted) == STORIES + 1
    assert read(traces) == Counter(wanted)
    assert set(outside.read_text().splitlines()) == wanted
    assert read(left) == 0


def test_killing_tickers_while_they_mail_makes_no_second_mail(unread, read, tmp_path):
    """Everybody gets one mail. A mail may be handed over again, with the Message-ID it had."""
    outside = tmp_path / "outside"
    assert ticking("kill", KILLS, outside, unread) == KILLS
    mails = Counter(outside.read_text().splitlines())
    assert len(mails) == READERS
    assert sorted(mails) == sorted(read(message_ids))
    assert read(left) == 0


def test_tickers_at_once_do_each_effect_once(began, read, tmp_path):
    """Four tickers started together share the work, outside as well."""
    outside = tmp_path / "outside"
    ticking("together", 4, outside, began)
    wanted = read(expected)
    assert read(traces) == Counter(wanted)
    assert Counter(outside.read_text().splitlines()) == Counter(wanted)
    assert read(lambda: set(BoundaryEffect.objects.values_list("attempts", flat=True))) == {1}
    assert read(left) == 0


def test_tickers_at_once_send_each_mail_once(unread, read, tmp_path):
    """Four tickers started together share the mails."""
    outside = tmp_path / "outside"
    ticking("together", 4, outside, unread)
    mails = Counter(outside.read_text().splitlines())
    assert mails == Counter(read(message_ids))
    assert len(mails) == READERS


@pytest.fixture
def looping(began) -> Iterator[subprocess.Popen]:
    command = [sys.executable, str(ROOT / "manage.py"), "tick", "--loop", "1"]
    with subprocess.Popen(
        command, cwd=ROOT, env=began, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def until_true(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def finished_runs() -> int:
    return TickRun.objects.exclude(finished_at=None).count()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_loop_runs_again_and_again_and_ends_cleanly(looping, read, number):
    """A ticker in a loop does what is due, goes on, and ends with status 0 when it is asked to."""
    until_true(lambda: read(finished_runs) >= 2)
    looping.send_signal(number)
    output, errors = looping.communicate(timeout=30)
    assert looping.returncode == 0, errors
    assert f"{3 * (STORIES + 1)} effects done, 0 failed, 0 mails sent." in output
    assert "Traceback" not in errors
    assert read(left) == 0


def test_loop_survives_a_database_that_restarts(looping, read):
    """The database throws everybody out, as it does when it restarts; the ticker connects again and goes on."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no server that could restart")
    until_true(lambda: read(finished_runs) >= 1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.rowcount >= 1
    before = read(finished_runs)
    until_true(lambda: read(finished_runs) >= before + 2)
    assert looping.poll() is None
