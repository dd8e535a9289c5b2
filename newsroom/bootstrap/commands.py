"""The commands of run.py, by name."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable

from newsroom.bootstrap import demo, locks, project, suite

COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "demo": demo.main,
    "manage": project.manage,
    "test": suite.main,
    "lock": locks.main,
}


def main(arguments: list[str], usage: str) -> int:
    """Run the command that `arguments` names (the demo if they name none) and return its exit code."""
    if arguments[:1] in (["help"], ["-h"], ["--help"]):
        print(usage)
        return 0
    if not arguments or arguments[0].startswith("-"):
        arguments = ["demo", *arguments]
    name, *rest = arguments
    if name not in COMMANDS:
        print(f"run.py: there is no command {name!r}.\n\n{usage}", file=sys.stderr)
        return 2
    # Being told to stop is not different from Ctrl-C: what was started is stopped, what was made is removed.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return COMMANDS[name](rest)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
