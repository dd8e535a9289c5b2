"""Times that clocks skip or show twice, against a reference that is slow and obvious: look at every minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from articles.timeline import first_after_gap, local_moments

# Around each change of the clocks: zone, a UTC moment within a day of it.
CHANGES = [
    ("Europe/Berlin", datetime(2026, 3, 29, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 25, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 3, 8, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 11, 1, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 10, 3, tzinfo=UTC)),
    ("Asia/Shanghai", datetime(2026, 3, 29, tzinfo=UTC)),
]
MINUTES = [timedelta(minutes=number) for number in range(0, 2 * 24 * 60, 5)]


@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_local_moments_are_all_at_which_the_clock_shows_it(zone, day):
    """None, one or two, earlier first: as a clock that is watched for three days shows them."""
    clock = ZoneInfo(zone)
    watched: dict[datetime, list[datetime]] = {}
    for minute in range(-24 * 60, 72 * 60, 5):
        moment = day + timedelta(minutes=minute)
        watched.setdefault(moment.astimezone(clock).replace(tzinfo=None, fold=0), []).append(moment)
    local = day.replace(tzinfo=None)
    for minute in MINUTES:
        assert local_moments(local + minute, clock) == watched.get(local + minute, [])


@pytest.mark.parametrize(
    ("zone", "skipped", "valid"),
    [
        ("Europe/Berlin", "2026-03-29T02:00", "2026-03-29T03:00"),
        ("Europe/Berlin", "2026-03-29T02:59:59", "2026-03-29T03:00"),
        ("America/New_York", "2026-03-08T02:30", "2026-03-08T03:00"),
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-04T02:30"),
        ("Pacific/Apia", "2011-12-30T12:00", "2011-12-31T00:00"),
    ],
)
def test_gap_ends_where_the_clock_goes_on(zone, skipped, valid):
    """Half an hour, an hour, or a day that a country left out."""
    local, clock = datetime.fromisoformat(skipped), ZoneInfo(zone)
    assert local_moments(local, clock) == []
    assert first_after_gap(local, clock) == datetime.fromisoformat(valid)
