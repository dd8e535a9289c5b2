"""When editions begin and end: what was typed is made to fit, or refused at its field; clocks that are wrong, too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from articles.actions import ListConflictError, When, cancel_edition, save_edition
from articles.models import ListEdition
from articles.moments import local, zone
from articles.resolver import Scope, resolve
from articles.timeline import first_after_gap, local_moments
from tests.builders import MONDAY, OPERATOR, a_publication
from tests.story_lists import a_list, an_edition, list_content

pytestmark = pytest.mark.django_db
HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)


@pytest.fixture
def made():
    return a_list(a_publication("甲", at=MONDAY - 24 * HOUR))


def refused(made, when: When, now=MONDAY + HOUR) -> str:
    """The field at which the times are refused; nothing is stored."""
    before = ListEdition.objects.count()
    with pytest.raises(ValidationError) as error:
        save_edition(story_list=made, content=list_content(title="新"), by=OPERATOR, when=when, now=now)
    assert ListEdition.objects.count() == before
    [field] = error.value.message_dict
    return field


FAR = [datetime(1899, 12, 31, tzinfo=UTC), datetime(9001, 1, 1, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]


@pytest.mark.parametrize("far", [*FAR, datetime.min.replace(tzinfo=UTC)])
def test_moments_outside_the_calendar_are_refused_at_their_field(made, far):
    """No database error, and no year of five digits."""
    assert refused(made, When(start=far)) == "start"
    assert refused(made, When(now=True, end=far)) == "end"


@pytest.mark.parametrize(
    ("when", "field"),
    [
        (When(start=MONDAY), "start"),
        (When(start=MONDAY + 3 * HOUR, end=MONDAY + 3 * HOUR), "end"),
        (When(start=MONDAY + 3 * HOUR, end=MONDAY + 2 * HOUR), "end"),
        (When(now=True, end=MONDAY + HOUR), "end"),
        (When(now=True, special=True), "end"),
        (When(end=MONDAY + 3 * HOUR), "start"),
        (When(special=True, end=MONDAY + 3 * HOUR), "start"),
    ],
)
def test_times_that_do_not_fit_are_refused_at_their_field(made, when, field):
    """A past begin, an end not after it, a special without an end, an end without a begin."""
    assert refused(made, when) == field


def test_moment_typed_a_little_while_ago_is_now(made):
    """Whoever types 08:00 at 08:03 means it."""
    saved = an_edition(made, when=When(start=MONDAY + HOUR), now=MONDAY + HOUR + timedelta(minutes=3))
    assert saved.starts_at == MONDAY + HOUR + timedelta(minutes=3)


def test_draft_keeps_its_kind_and_has_no_times(made):
    """Saved again without times, a draft of a special is one still."""
    draft = an_edition(made, when=When(special=True))
    saved = save_edition(
        story_list=made, content=list_content(title="新"), by=OPERATOR, edition=draft, now=MONDAY + HOUR
    )
    assert (saved.pk, saved.kind, saved.starts_at, saved.ends_at) == (draft.pk, "special", None, None)
    assert saved.content.title == "新"


def test_planned_edition_becomes_a_draft_again(made):
    """What comes before it goes on."""
    planned = an_edition(made, when=When(start=MONDAY + 5 * HOUR), now=MONDAY + HOUR)
    save_edition(
        story_list=made, content=planned.content, by=OPERATOR, edition=planned, when=When(), now=MONDAY + 2 * HOUR
    )
    assert [row.starts_at for row in made.editions.drafts()] == [None]
    assert made.editions.get(starts_at=MONDAY).ends_at is None


def test_edition_that_is_over_asks_when_it_is_to_begin_again(made):
    special = an_edition(made, when=When(now=True, end=MONDAY + 2 * HOUR, special=True), now=MONDAY + HOUR)
    with pytest.raises(ValidationError):
        save_edition(story_list=made, content=list_content(), by=OPERATOR, edition=special, now=MONDAY + 3 * HOUR)


def test_clock_set_back_a_little_loses_nobodys_work(made):
    """Two save the same edition while the clock stands before its begin: the second is merged or asked, as ever."""
    first = an_edition(made, title="一", now=MONDAY + HOUR)
    back = MONDAY + HOUR - timedelta(minutes=2)
    values = {"story_list": made, "by": OPERATOR, "edition": first, "based_on": first.revision.number, "now": back}
    second = save_edition(content=list_content(title="二"), **values)
    assert second.pk != first.pk
    assert second.has_begun(second.created_at)
    with pytest.raises(ListConflictError):
        save_edition(content=list_content(title="三"), **values)
    with pytest.raises(ValidationError):
        cancel_edition(edition=second, by=OPERATOR, now=back)


def test_clock_set_back_behind_what_the_ticker_saw_begin_makes_no_plan_of_it(made):
    """Readers have had it; it is followed, not changed."""
    planned = an_edition(made, title="一", when=When(start=MONDAY + 2 * HOUR), now=MONDAY + HOUR)
    ListEdition.objects.filter(pk=planned.pk).update(begin_done_at=MONDAY + 2 * HOUR)
    back = MONDAY + 2 * HOUR - timedelta(minutes=1)
    saved = save_edition(story_list=made, content=list_content(title="二"), by=OPERATOR, edition=planned, now=back)
    assert saved.pk != planned.pk
    assert saved.starts_at == MONDAY + 2 * HOUR + TICK


def test_clock_that_is_wrong_is_told(made):
    an_edition(made, now=MONDAY + 9 * HOUR)
    with pytest.raises(ValidationError) as error:
        an_edition(made, now=MONDAY + HOUR)
    assert error.value.code == "clock"


def test_edition_of_the_next_day_begins_at_chinese_midnight(made):
    """16:00 UTC of the day before, to the microsecond."""
    [midnight] = local_moments(datetime(2026, 3, 3), UTC)  # noqa: DTZ001, a local time
    midnight -= 8 * HOUR
    an_edition(made, title="新的一天", when=When(start=midnight), now=MONDAY + HOUR)
    found = [resolve("front", Scope(), at)[0].title for at in (midnight - TICK, midnight)]
    assert found == ["今日头条", "新的一天"]


def test_hour_that_clocks_show_twice_holds_two_editions(made, settings):
    """01:30 in New York on 1 November, before and after the clocks go back: an hour apart, and both can be meant."""
    settings.TIME_ZONE = "America/New_York"
    first, second = local_moments(datetime(2026, 11, 1, 1, 30), zone())  # noqa: DTZ001, a local time
    assert second - first == HOUR
    for title, start in (("夏", first), ("冬", second)):
        an_edition(made, title=title, when=When(start=start), now=MONDAY + HOUR)
    assert [row.title for at in (first, second - TICK, second) for row in resolve("front", Scope(), at)] == [
        "夏",
        "夏",
        "冬",
    ]
    assert local(first).hour == local(second).hour


def test_hour_that_clocks_skip_is_shorter(made, settings):
    """From 01:00 until 04:00 on 8 March in New York are two hours, and a special lasts as long as clocks say."""
    settings.TIME_ZONE = "America/New_York"
    [start] = local_moments(datetime(2026, 3, 8, 1), zone())  # noqa: DTZ001, a local time
    [end] = local_moments(datetime(2026, 3, 8, 4), zone())  # noqa: DTZ001, a local time
    assert local_moments(datetime(2026, 3, 8, 2, 30), zone()) == []  # noqa: DTZ001, a local time
    assert first_after_gap(datetime(2026, 3, 8, 2, 30), zone()) == datetime(2026, 3, 8, 3)  # noqa: DTZ001
    special = an_edition(made, title="夜", when=When(start=start, end=end, special=True), now=MONDAY + HOUR)
    assert special.ends_at - special.starts_at == 2 * HOUR
