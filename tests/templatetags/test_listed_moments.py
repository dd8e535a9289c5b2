"""Moments of stories in lists: as short as the day of reading allows."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils.translation import override

from articles.templatetags.news import moment_brief, moment_listed
from tests.builders import MONDAY

# 17:00 in Beijing on 2 March 2026, a day that began there at 16:00 UTC the day before.
READ = MONDAY.replace(hour=9)


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("before", "listed", "brief"),
    [
        (timedelta(), "17:00", "17:00"),
        (timedelta(hours=17), "00:00", "00:00"),
        (timedelta(hours=17, minutes=1), "1 Mar, 23:59", "1 Mar"),
        (timedelta(days=365), "2 Mar 2025", "2 Mar 2025"),
    ],
)
def test_story_of_today_has_its_time_only(before, listed, brief):
    """Today is that of the newsroom's clock when the page is read; the title says the moment in full."""
    for made, text in ((moment_listed, listed), (moment_brief, brief)):
        html = made(READ - before, READ)
        assert re.sub("<[^>]+>", "", html) == text
        assert "2026" in html if before < timedelta(days=1) else text in html
        assert "Beijing time" in html


def test_moment_without_a_day_of_reading_has_its_date():
    assert re.sub("<[^>]+>", "", moment_listed(READ)) == "2 Mar 2026"
    assert moment_listed(None, READ) == ""
