"""What every part of a page has: when it could change, and what then changes, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime


class Part:
    """Something a page shows in a span of time. `moments`: when it could change, in order."""

    moments: Sequence[datetime] = ()

    def told(self, before: datetime, moment: datetime) -> list[str]:
        """What of it changes on the page at `moment`, one sentence each; none where readers see nothing of it.

        `before`: an earlier moment, with nothing of the whole page between the two.
        """
        return self._difference(before, moment) if moment in self.moments else []

    def _difference(self, before: datetime, moment: datetime) -> list[str]:
        raise NotImplementedError


def within(start: datetime, end: datetime, found: Iterable[datetime | None]) -> list[datetime]:
    """Those of the moments that lie in (start, end], each once, in order."""
    return sorted({moment for moment in found if moment is not None and start < moment <= end})
