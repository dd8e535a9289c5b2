"""Tickers as processes of their own, with effects slow enough to be killed in the middle. Run by tests, not by pytest.

`ticking.py kill NUMBER FILE`: starts `manage.py tick` again and again and kills it, -9, at a random moment, until
NUMBER of them died, then lets one finish. `ticking.py together NUMBER FILE`: NUMBER of them at once. Prints how many
were killed. FILE stands for what is outside the database: a line is added each time an effect or a mail reached it.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
django.setup()

from django.conf import settings  # noqa: E402 - Django has to be set up first
from django.core.management import call_command  # noqa: E402

from articles import clock  # noqa: E402
from articles.actions import boundary_effects  # noqa: E402
from articles.actions.attempts import LEASE  # noqa: E402
from articles.actions.boundary_effects import Effect  # noqa: E402
from articles.actions.tick import tick  # noqa: E402
from articles.models import Activity  # noqa: E402

MODE, NUMBER, OUTSIDE = sys.argv[1], int(sys.argv[2]), sys.argv[3]
PAUSE = 0.01
# A ticker is killed after at most so many pauses; on average half as many, so that NUMBER die before all is done.
LONGEST_LIFE = 12

# The ticker's end of a pipe to whoever kills it.
progress = None


def pause() -> None:
    """Say how far it got, and be slow."""
    if progress is not None:
        os.write(progress, b".")
    time.sleep(PAUSE)


def leave_a_trace(boundary, now):
    pause()
    # Nothing hinders the database from holding a trace twice: only the ticker does.
    Activity.objects.create(at=now, verb="saved", subject=f"{boundary.edge}:{boundary.publication.pk}")
    pause()


def reach_outside(boundary, now):
    write_line(f"{boundary.edge}:{boundary.publication.pk}")


def write_line(line: str) -> None:
    pause()
    file = os.open(OUTSIDE, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    os.write(file, f"{line}\n".encode())
    os.close(file)
    pause()


class MailServer:
    """Takes mails, slowly."""

    def __init__(self, **options):
        pass

    def send_messages(self, messages):
        for message in messages:
            write_line(f"mail:{message.to[0]}:{message.extra_headers['Message-ID']}")
        return len(messages)


def start(run) -> int:
    """The id of a new process that does `run` and ends."""
    if pid := os.fork():
        return pid
    status = 1
    try:
        run()
        status = 0
    finally:
        os._exit(status)


def ended_well(pid: int) -> bool:
    _pid, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status) == 0


def start_watched() -> tuple[int, int]:
    """A ticker, and the end of a pipe from which a byte can be read for each of its pauses."""
    global progress
    watching, progress = os.pipe()
    pid = start(lambda: call_command("tick", stdout=sys.stderr))
    os.close(progress)
    progress = None
    return pid, watching


def kill_many() -> int:
    killed = 0
    while killed < NUMBER:
        pid, watching = start_watched()
        for _ in range(random.randrange(LONGEST_LIFE + 1)):  # noqa: S311 - no secret
            os.read(watching, 1)
        time.sleep(random.uniform(0, 2 * PAUSE))  # noqa: S311
        os.kill(pid, signal.SIGKILL)
        os.close(watching)
        if ended_well(pid):
            break
        killed += 1
    # What was interrupted outside is taken up when its lease has ended.
    if not ended_well(start(lambda: tick(now=clock.now() + 2 * LEASE))):
        sys.exit("The last ticker failed.")
    return killed


def all_together() -> int:
    running = [start(lambda: call_command("tick", stdout=sys.stderr)) for _ in range(NUMBER)]
    if [pid for pid in running if not ended_well(pid)]:
        sys.exit("A ticker failed.")
    return 0


settings.MAILERS = {"default": {"BACKEND": "__main__.MailServer"}}
boundary_effects.EFFECTS = (Effect("trace", leave_a_trace), Effect("outside", reach_outside, outside=True))
random.seed(NUMBER)
print(kill_many() if MODE == "kill" else all_together())
