"""Which copyright notice stands under a story: found by its source and the moment its publication went live."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.models import CopyrightNotice, Source
from tests.builders import MONDAY

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)


@pytest.fixture
def source() -> Source:
    return Source.objects.create(name="新华社", name_key="新华社", slug="xinhua")


def notice(source: Source, text: str, day: int, *, marked: bool = False) -> CopyrightNotice:
    return CopyrightNotice.objects.create(
        source=source, text=text, effective_from=MONDAY + day * DAY, applies_to_earlier=marked
    )


def shown(source: Source, *, live_day: float, day: float) -> str | None:
    """The text under a story live since `live_day`, as readers see it on `day`."""
    found = CopyrightNotice.objects.for_publication(source.pk, MONDAY + live_day * DAY, MONDAY + day * DAY).first()
    return found.text if found else None


def test_notice_is_the_newest_in_force_when_the_story_went_live(source):
    """A later notice is for later stories."""
    notice(source, "first", 0)
    notice(source, "second", 5)
    assert shown(source, live_day=1, day=9) == "first"
    assert shown(source, live_day=6, day=9) == "second"


def test_notice_in_force_from_the_very_moment_applies(source):
    """A story that goes live with the notice carries it; one live a tick earlier does not."""
    notice(source, "first", 0)
    notice(source, "second", 5)
    at = MONDAY + 9 * DAY
    since = CopyrightNotice.objects.for_publication
    assert since(source.pk, MONDAY + 5 * DAY, at).first().text == "second"
    assert since(source.pk, MONDAY + 5 * DAY - TICK, at).first().text == "first"


def test_story_from_before_the_first_notice_has_none(source):
    """Nothing is put under a story that was never said to apply to it."""
    notice(source, "first", 5)
    assert shown(source, live_day=1, day=9) is None


def test_marked_notice_applies_to_earlier_stories_from_its_date_on(source):
    """Readers see it under old stories from the moment it is in force, and not when they look at the past."""
    notice(source, "first", 0)
    notice(source, "second", 5, marked=True)
    assert shown(source, live_day=1, day=4) == "first"
    assert shown(source, live_day=1, day=5) == "second"


def test_marked_notice_reaches_a_story_that_had_none(source):
    """A source's first notice may be marked too."""
    notice(source, "first", 5, marked=True)
    assert shown(source, live_day=1, day=4) is None
    assert shown(source, live_day=1, day=6) == "first"


def test_unmarked_notice_after_a_marked_one_leaves_old_stories(source):
    """Old stories keep the newest that was marked for them; new stories get the newest."""
    notice(source, "first", 0)
    notice(source, "second", 3, marked=True)
    notice(source, "third", 5)
    assert shown(source, live_day=1, day=9) == "second"
    assert shown(source, live_day=4, day=9) == "second"
    assert shown(source, live_day=6, day=9) == "third"


def test_newest_of_several_marked_notices_applies(source):
    """Marking again replaces what was marked before."""
    notice(source, "second", 3, marked=True)
    notice(source, "third", 5, marked=True)
    assert shown(source, live_day=1, day=4) == "second"
    assert shown(source, live_day=1, day=6) == "third"


def test_notice_of_another_source_never_shows(source):
    """Not even a marked one."""
    other = Source.objects.create(name="本报", name_key="本报", slug="own")
    notice(other, "theirs", 0, marked=True)
    assert shown(source, live_day=1, day=9) is None
