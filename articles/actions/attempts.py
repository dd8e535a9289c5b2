"""Doing again later what failed: effects of boundaries, and mails."""

from __future__ import annotations

from datetime import datetime, timedelta

# What reaches outside is left alone for so long by other tickers. Longer than anything of it may take.
LEASE = timedelta(minutes=5)
# Tried again after 2, 4, 8 … minutes, but no later than LONGEST_DELAY; ATTEMPTS take about a day and a half.
ATTEMPTS = 12
LONGEST_DELAY = timedelta(hours=6)
_ERROR_LENGTH = 500


def retry_at(attempts: int, now: datetime) -> datetime:
    """When to try again what failed `attempts` times."""
    return now + min(timedelta(minutes=2**attempts), LONGEST_DELAY)


def failure(error: Exception) -> str:
    """The error as it is kept, in one line for a person."""
    return f"{type(error).__name__}: {error}".replace("\0", "")[:_ERROR_LENGTH]
