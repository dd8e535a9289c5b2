"""A database that restarts while stories are being published: nothing is lost, half done or published twice."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from newsroom.bootstrap import postgresql

pytestmark = pytest.mark.database

ROOT = Path(__file__).parents[2]
STORIES, ROUNDS, RESTARTS = 12, 4, 4


def test_restarts_in_mid_publish_lose_and_double_nothing():
    """Each of several hard restarts ends connections in mid-transaction; whoever was publishing does it again."""
    binaries = postgresql.binaries()
    assert binaries, postgresql.INSTALL
    with postgresql.cluster(binaries) as url:
        # The test cluster promises nothing about a commit; a newsroom's does, and so has this one to.
        durable = f"{url}&options=-c%20synchronous_commit%3Don"
        environ = {**os.environ, "DATABASE_URL": durable, "DEBUG": "1", "REVIEW_STAGES": "none"}
        manage(environ, "migrate", "-v", "0")
        run_python(environ, "from articles.models import Section; Section.objects.create(name='要闻', slug='news')")
        with subprocess.Popen(
            [sys.executable, "-m", "tests.processes.publisher", str(STORIES)],
            cwd=ROOT,
            env=environ,
            stdout=subprocess.PIPE,
            text=True,
        ) as publisher:
            said = [publisher.stdout.readline()]
            for _restart in range(RESTARTS):
                time.sleep(0.2)
                restart(binaries, url)
            said += publisher.stdout.readlines()
            assert publisher.wait(timeout=120) == 0, said
        assert any(line.startswith("again") for line in said), "No restart came in between."
        assert sum(line.startswith("done") for line in said) == STORIES * ROUNDS
        counted = run_python(
            environ,
            "from articles.models import *; "
            "print(Story.objects.count(), Revision.objects.count(), Publication.objects.count(), "
            "Activity.objects.filter(verb='published').count())",
        )
        assert [int(word) for word in counted.split()] == [STORIES, *[STORIES * ROUNDS] * 3]
        assert "everything is as decided" in manage(environ, "check_publications")


def restart(binaries: Path, url: str) -> None:
    directory = parse_qs(urlsplit(url).query)["host"][0]
    subprocess.run(
        [binaries / "pg_ctl", "restart", "-w", "-m", "immediate", "-D", f"{directory}/data", "-l", f"{directory}/log"],
        check=True,
        capture_output=True,
        cwd=directory,
        **postgresql.unprivileged(),
    )


def manage(environ: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def run_python(environ: dict[str, str], code: str) -> str:
    return manage(environ, "shell", "-v", "0", "-c", code)
