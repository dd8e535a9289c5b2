"""Progress of long work: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _

WIDTH = 30


@contextmanager
def progress_bar(stream: Any, what: str) -> Iterator[Callable[[int, int], None]]:
    """Gives a function to be told (done, all). `stream` is a command's stdout or stderr."""
    on_terminal = stream.isatty()
    shown = -1

    def tell(done: int, everything: int) -> None:
        nonlocal shown
        # A line for each tenth is enough for a log.
        step = done * (WIDTH if on_terminal else 10) // max(everything, 1)
        if step == shown:
            return
        shown = step
        if on_terminal:
            bar = "█" * step + "░" * (WIDTH - step)
            stream.write(f"\r{what} {bar} {done}/{everything}", ending="")
            stream.flush()
        else:
            stream.write(_("%(what)s: %(done)d of %(all)d") % {"what": what, "done": done, "all": everything})

    yield tell
    if on_terminal and shown >= 0:
        stream.write("")
