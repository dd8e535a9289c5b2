"""Progress of long work, on a terminal and in a log."""

from __future__ import annotations

import io

from django.core.management.base import OutputWrapper

from articles.management.progress import WIDTH, progress_bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_in_a_log_is_a_line_for_each_tenth():
    """A thousand steps are eleven lines at most, the last of them complete."""
    stream = io.StringIO()
    with progress_bar(OutputWrapper(stream), "stories") as tell:
        for done in range(1, 1001):
            tell(done, 1000)
    lines = stream.getvalue().splitlines()
    assert len(lines) <= 11
    assert lines[-1] == "stories：1000/1000"


def test_progress_on_a_terminal_is_one_line_that_fills():
    """The bar is redrawn in its line, and the prompt afterwards begins on a new one."""
    stream = Terminal()
    with progress_bar(OutputWrapper(stream), "stories") as tell:
        tell(1, 2)
        tell(2, 2)
    text = stream.getvalue()
    assert text.count("\n") == 1
    assert text.endswith("\n")
    assert "█" * WIDTH + " 2/2" in text


def test_progress_of_nothing_is_silent():
    """No work, no line; and no division by zero when somebody tells of it."""
    stream = Terminal()
    with progress_bar(OutputWrapper(stream), "stories"):
        pass
    assert stream.getvalue() == ""
    with progress_bar(OutputWrapper(io.StringIO()), "stories") as tell:
        tell(0, 0)
