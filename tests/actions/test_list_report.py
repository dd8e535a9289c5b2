"""Once a day list editors and editors are told of what will be wrong in story lists."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from articles.actions import list_report
from articles.actions import tick as tick_module
from articles.actions.list_report import report_list_problems
from articles.actions.tick import tick
from articles.models import DeskProfile, Notification, TickRun
from articles.moments import local
from articles.resolver.check_lists import check_lists
from tests.builders import MONDAY, a_section
from tests.checked_lists import DAY, HOUR, NOW, ending, live
from tests.story_lists import a_list

# NOW is ten in the morning in Beijing.
AT_SEVEN = NOW + 21 * HOUR

pytestmark = pytest.mark.django_db


@pytest.fixture
def trouble():
    """A front page that will be empty the day after tomorrow at nine."""
    return a_list(ending("短", 47), name="头条", length=1)


def told() -> list[str]:
    return sorted(Notification.objects.filter(kind="list_problems").values_list("user__username", flat=True))


def test_report_tells_those_who_may_change_lists(cast, trouble):
    """Editors, list editors and chief editors; how many problems, and the list that comes first."""
    report_list_problems(now=AT_SEVEN + DAY)
    assert told() == ["tang", "wu", "zhao", "zhou"]
    row = Notification.objects.first()
    assert row.detail == {"count": "1", "headline": "头条"}
    assert "头条" in row.sentence


@pytest.mark.parametrize(("hours", "expected"), [(-1 / 60, 0), (0, 4), (16.9, 4)])
def test_report_is_made_from_its_hour_on(cast, hours, expected):
    """By the newsroom's clock; a ticker that was down at seven reports when it is up again."""
    a_list(ending("短", 40), length=1)
    report_list_problems(now=AT_SEVEN + hours * HOUR)
    assert len(told()) == expected


def test_hour_can_be_set_and_the_report_switched_off(cast, settings):
    a_list(ending("短", 3), length=1)
    for hour, expected in ((24, 0), (-1, 0), (11, 0), (10, 4)):
        settings.LIST_REPORT_HOUR = hour
        report_list_problems(now=NOW)
        assert len(told()) == expected, hour


def test_report_is_made_once_a_day(cast):
    """Whatever the hour; the next day again."""
    a_list(live(1)[0].story, name="头条", length=1)
    a_list(ending("短", 60), name="次条", slot="b", length=1)
    for now in (AT_SEVEN + DAY, AT_SEVEN + DAY + HOUR, AT_SEVEN + DAY + 15 * HOUR):
        report_list_problems(now=now)
    assert len(told()) == 4
    report_list_problems(now=AT_SEVEN + 2 * DAY)
    assert len(told()) == 8


def test_nothing_serious_tells_nobody(cast):
    """Warnings wait on the desk; so does what is more than a day away."""
    a_list(*live(2), name="甲", length=3)
    a_list(ending("远", 70), name="乙", slot="b", length=1)
    report_list_problems(now=AT_SEVEN)
    assert told() == []


def test_people_are_told_of_lists_they_may_change_and_only_if_they_want_mail(cast):
    """An editor of sports is not told of the news."""
    news, sports = a_section(), a_section("体育", "sports")
    a_list(ending("短", 3), name="要闻", place="section", scope=news, length=1)
    DeskProfile.objects.create(user=cast.editor).sections.set([sports])
    DeskProfile.objects.create(user=cast.second_editor).sections.set([news])
    DeskProfile.objects.create(user=cast.chief_editor, wants_digest=False)
    report_list_problems(now=NOW)
    assert told() == ["wu", "zhou"]


# with the ticker


def test_ticker_reports_once_and_then_asks_nothing(cast, trouble, monkeypatch):
    """After a run that ended well today, no list is looked at again."""
    looked = []

    def looking(start, end):
        looked.append(start)
        return check_lists(start, end)

    monkeypatch.setattr(list_report, "check_lists", looking)
    for minutes in (0, 1, 2, 600):
        tick(now=AT_SEVEN + DAY + minutes * HOUR / 60)
    assert len(looked) == 1
    assert len(told()) == 4
    tick(now=AT_SEVEN + 2 * DAY)
    assert len(looked) == 2


def test_ticker_killed_in_the_report_repeats_it(cast, trouble, monkeypatch):
    """Before anybody was told, or after: each is told once."""
    monkeypatch.setattr(list_report, "check_lists", _die)
    with pytest.raises(KeyboardInterrupt):
        tick(now=AT_SEVEN + DAY)
    monkeypatch.undo()
    monkeypatch.setattr(tick_module, "send_digests", _die)
    with pytest.raises(KeyboardInterrupt):
        tick(now=AT_SEVEN + DAY + HOUR / 60)
    monkeypatch.undo()
    assert len(told()) == 4
    assert TickRun.objects.filter(finished_at=None).count() == 2
    tick(now=AT_SEVEN + DAY + HOUR / 30)
    assert len(told()) == 4


def test_check_that_fails_keeps_no_mail_back(cast, trouble, monkeypatch):
    """The run says that something failed, and the next one tries again."""
    monkeypatch.setattr(list_report, "check_lists", lambda *args, **values: 1 / 0)
    assert tick(now=AT_SEVEN + DAY).failed == 1
    monkeypatch.undo()
    assert tick(now=AT_SEVEN + DAY + HOUR / 60).failed == 0
    assert len(told()) == 4


def test_report_is_mailed_with_the_next_digest(cast, trouble, settings):
    """With a link to the problems."""
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    settings.SITE_URL = "https://news.example.org"
    cast.list_editor.email = "wu@example.org"
    cast.list_editor.save()
    tick(now=AT_SEVEN + DAY)
    tick(now=AT_SEVEN + DAY + timedelta(minutes=31))
    [message] = mail.outbox
    assert "https://news.example.org/admin/articles/storylist/problems/" in message.body
    assert "头条" in message.body
    assert message.to == ["wu@example.org"]


def _die(*args, **values):
    raise KeyboardInterrupt


def test_moments_of_these_tests_are_what_they_say():
    """The hours above are hours of the newsroom."""
    assert (local(NOW).hour, local(AT_SEVEN).hour, local(MONDAY).hour) == (10, 7, 9)
