"""What is scheduled is checked again when something changes on which it depends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from articles.actions import (
    cancel_publication,
    publish_story,
    recheck_scheduled,
    save_copyright_notice,
    withdraw_story,
)
from articles.models import Activity, CopyrightNotice, Publication, Source, Story
from articles.preflight import CHECKS
from tests.builders import MONDAY, OPERATOR, a_story
from tests.preflight_desk import DAY, a_sound_story, a_source, found, link_to

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
CHECK_FAILED = Activity.Verb.CHECK_FAILED


@pytest.fixture(autouse=True)
def checks_are_on(plain_settings, settings):
    settings.PREFLIGHT_OFF = []


def schedule(story: Story, at=MONDAY + DAY, *, by=OPERATOR, now=MONDAY, **values) -> Publication:
    return publish_story(story=story, by=by, at=at, now=now, **values)


def scheduled_with_link() -> tuple[Story, Publication]:
    """A live story, and the publication scheduled of another that it is related to."""
    target = a_sound_story("前情")
    publish_story(story=target, by=OPERATOR, now=MONDAY)
    return target, schedule(a_sound_story(related=[target]))


def failures() -> list[tuple[int, str]]:
    """(story, checks) of each line of the trail about what is newly blocked."""
    rows = Activity.objects.filter(verb=CHECK_FAILED).order_by("pk")
    return [(row.story_id, " ".join(finding["check"] for finding in row.detail["findings"])) for row in rows]


def test_withdrawing_a_related_story_is_noticed():
    """In the name of whoever withdrew it, and nothing is called off."""
    target, scheduled = scheduled_with_link()
    withdraw_story(story=target, by=OPERATOR, note="撤", now=MONDAY + HOUR)
    assert found(scheduled) == [("related", "blocking")]
    assert failures() == [(scheduled.story_id, "related")]
    assert Activity.objects.get(verb=CHECK_FAILED).user_name == OPERATOR.name


def test_withdrawing_a_story_that_the_text_links_to_is_noticed():
    target = a_sound_story("前情")
    publish_story(story=target, by=OPERATOR, now=MONDAY)
    scheduled = schedule(a_sound_story(opening=link_to(target)))
    assert found(scheduled) == []
    withdraw_story(story=target, by=OPERATOR, note="撤", now=MONDAY + HOUR)
    assert found(scheduled) == [("links", "blocking")]


def test_publishing_what_was_withdrawn_clears_the_finding():
    """What was mended is no longer said, and is no news."""
    target, scheduled = scheduled_with_link()
    withdraw_story(story=target, by=OPERATOR, note="撤", now=MONDAY + HOUR)
    publish_story(story=target, by=OPERATOR, now=MONDAY + 2 * HOUR)
    assert found(scheduled) == []
    assert len(failures()) == 1


def test_cancelling_a_related_story_is_noticed():
    target = a_sound_story("前情")
    planned = schedule(target, at=MONDAY + HOUR)
    scheduled = schedule(a_sound_story(related=[target]))
    assert found(scheduled) == []
    cancel_publication(publication=planned, by=OPERATOR, now=MONDAY)
    assert found(scheduled) == [("related_live", "warning")]


def test_warning_is_kept_and_not_logged():
    target = a_sound_story("前情")
    planned = schedule(target, at=MONDAY + HOUR)
    schedule(a_sound_story(related=[target]))
    cancel_publication(publication=planned, by=OPERATOR, now=MONDAY)
    assert failures() == []


def test_twin_that_goes_live_first_is_noticed():
    """Two stories of one text, the other published meanwhile."""
    scheduled = schedule(a_sound_story(opening="<p>同文。</p>"))
    publish_story(story=a_sound_story(opening="<p>同文。</p>"), by=OPERATOR, now=MONDAY)
    assert found(scheduled) == [("duplicate", "blocking")]


def test_source_that_may_no_longer_be_used_is_noticed():
    source = a_source()
    scheduled = schedule(a_sound_story(source=source))
    other = schedule(a_sound_story("别家", source=a_source("高原晚报", "gaoyuan")))
    Source.objects.update(allowed_until=date(2026, 3, 2))
    recheck_scheduled(now=MONDAY, source_id=source.pk)
    assert found(scheduled) == [("licence", "blocking")]
    assert found(other) == []


def test_new_notice_clears_what_was_missing():
    source = a_source()
    scheduled = schedule(a_sound_story(source=source))
    CopyrightNotice.objects.all().delete()
    recheck_scheduled(now=MONDAY)
    assert found(scheduled) == [("notice", "blocking")]
    notice = CopyrightNotice(source=source, text="新声明", effective_from=MONDAY)
    save_copyright_notice(notice=notice, by=OPERATOR, now=MONDAY)
    assert found(scheduled) == []


def test_same_finding_is_logged_once():
    """Asked every minute, it is told once."""
    target, scheduled = scheduled_with_link()
    withdraw_story(story=target, by=OPERATOR, note="撤", now=MONDAY + HOUR)
    assert recheck_scheduled(now=MONDAY + 2 * HOUR) == []
    assert failures() == [(scheduled.story_id, "related")]


def test_finding_that_was_overridden_is_no_news():
    story = a_story("快讯", source=a_source(), opening="<p>正文。</p>")
    scheduled = schedule(story, override="突发")
    assert recheck_scheduled(now=MONDAY) == []
    assert found(scheduled) == [("summary", "blocking")]


def test_what_is_live_or_over_is_not_asked_again():
    """The past does not change; what is live is for the desk to see."""
    target = a_sound_story("前情")
    publish_story(story=target, by=OPERATOR, now=MONDAY)
    live = publish_story(story=a_sound_story(related=[target]), by=OPERATOR, now=MONDAY)
    withdraw_story(story=target, by=OPERATOR, note="撤", now=MONDAY + HOUR)
    assert found(live) == []


@pytest.mark.parametrize("others", [1, 4])
def test_recheck_reads_only_what_depends_on_the_change(others, django_assert_num_queries):
    """Two queries to find them; each that is affected costs what its facts cost, and others nothing."""
    target, _scheduled = scheduled_with_link()
    for number in range(others):
        schedule(a_sound_story(f"无关{number}"))
    # A savepoint and its release; the two that find; source, notice, other stories and twins of the one affected.
    with django_assert_num_queries(2 + 2 + 4):
        recheck_scheduled(now=MONDAY, story_ids={target.pk})


def test_recheck_with_all_checks_off_asks_nothing(settings, django_assert_num_queries):
    schedule(a_sound_story())
    settings.PREFLIGHT_OFF = [check.name for check in CHECKS]
    with django_assert_num_queries(2):
        assert recheck_scheduled(now=MONDAY) == []


def test_saving_the_source_at_the_desk_checks_again(cast, client):
    """The form of the source, as a chief editor sends it."""
    source = a_source()
    scheduled = schedule(a_sound_story(source=source), at=MONDAY + 3650 * DAY)
    client.force_login(cast.chief_editor)
    posted = {
        "name": source.name,
        "slug": source.slug,
        "kind": "own",
        "allowed_until": "2026-03-02",
        **{f"aliases-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")},
    }
    response = client.post(reverse("admin:articles_source_change", args=[source.pk]), posted)
    assert response.status_code == 302
    assert found(scheduled) == [("licence", "blocking")]
    assert Activity.objects.get(verb=CHECK_FAILED).user == cast.chief_editor
