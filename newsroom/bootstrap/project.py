"""Running manage.py with the Python and the environment variables it needs."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from newsroom.bootstrap.environment import ROOT, RUNTIME_LOCK, prepare

MANAGE = ROOT / "manage.py"


def variables(environ: Mapping[str, str], *, env_file: Path = ROOT / ".env") -> dict[str, str]:
    """The environment for manage.py: `environ`, and DEBUG=1 where nothing says what kind of machine this is.

    A machine that is set up for readers has a SECRET_KEY or a .env file; there nothing is added.
    """
    configured = "DEBUG" in environ or "SECRET_KEY" in environ or env_file.exists()
    (ROOT / "var").mkdir(exist_ok=True)
    return dict(environ) if configured else {**environ, "DEBUG": "1"}


def manage(arguments: list[str]) -> int:
    """`run.py manage …`: hand everything to manage.py. Its output, input and exit code are the only ones."""
    python = prepare(RUNTIME_LOCK)
    return hand_over([str(python), str(MANAGE), *arguments], variables(os.environ))


def hand_over(command: list[str], environ: Mapping[str, str]) -> int:
    """Become `command`, so that Ctrl-C and signals reach it directly; where that is not possible, wait for it."""
    if os.name == "posix":
        os.execve(command[0], command, environ)  # noqa: S606 - an argument list of ours, no shell
    return subprocess.call(command, env=environ)
