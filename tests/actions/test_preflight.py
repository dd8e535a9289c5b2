"""Preflight when a story is published: what blocks it, what is kept, and what a reason overrides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.actions import make_demo_newsroom, publish_story, save_story, withdraw_story
from articles.actions.import_run import ImportOptions, import_file
from articles.demo_newsroom import read
from articles.import_formats import format_named
from articles.models import Activity, Publication, Story
from tests.builders import MONDAY, OPERATOR, a_section, a_story, story_rows
from tests.preflight_desk import DAY, a_sound_story, a_source, found, link_to

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def checks_are_on(plain_settings, settings):
    settings.PREFLIGHT_OFF = []


def schedule(story: Story, at=MONDAY + DAY, *, by=OPERATOR, now=MONDAY, **values) -> Publication:
    return publish_story(story=story, by=by, at=at, now=now, **values)


# -- publishing -------------------------------------------------------------------------------------------------------


def test_sound_story_is_published():
    publication = publish_story(story=a_sound_story(), by=OPERATOR, now=MONDAY)
    assert found(publication) == []


def test_blocking_findings_refuse_publishing():
    """All of them at once, each with its check, and nothing is written."""
    story = a_story("没有摘要", source=a_source(), subsections=[("只有小标题", "", "")])
    with pytest.raises(ValidationError) as refused:
        publish_story(story=story, by=OPERATOR, now=MONDAY)
    errors = refused.value.error_list
    assert {error.code for error in errors} == {"preflight"}
    assert [(error.params["check"], error.params["place"]) for error in errors] == [
        ("summary", "summary"),
        ("text", "opening"),
        ("subsections", f"subsection:{story.subsections.get().key}:body"),
    ]
    assert all(refused.value.messages)
    assert not story.publications.exists()


def test_message_with_a_percent_sign_is_told_as_it_is():
    """Messages quote what people wrote."""
    other = a_sound_story("涨幅50%d%s")
    publish_story(story=other, by=OPERATOR, now=MONDAY)
    withdraw_story(story=other, by=OPERATOR, note="撤", now=MONDAY + HOUR)
    with pytest.raises(ValidationError) as refused:
        publish_story(story=a_sound_story(related=[other]), by=OPERATOR, now=MONDAY + 2 * HOUR)
    assert "涨幅50%d%s" in refused.value.messages[0]


def test_warnings_do_not_refuse_publishing_and_are_kept():
    publication = publish_story(story=a_sound_story(kicker="快讯，，"), by=OPERATOR, now=MONDAY)
    assert found(publication) == [("doubled", "warning")]


def test_checks_are_asked_about_the_moment_it_goes_live():
    """The licence ends before the story would go live, not before it is scheduled."""
    story = a_sound_story(source=a_source(allowed_until=date(2026, 3, 2)))
    with pytest.raises(ValidationError):
        schedule(story)
    assert schedule(story, at=MONDAY + HOUR)


def test_settings_switch_a_check_off_or_to_a_warning(settings):
    story = a_story("没有摘要", source=a_source(), opening="<p>正文。</p>")
    settings.PREFLIGHT_WARN_ONLY = ["summary"]
    assert found(publish_story(story=story, by=OPERATOR, now=MONDAY)) == [("summary", "warning")]
    settings.PREFLIGHT_OFF = ["summary"]
    assert found(schedule(story)) == []


def test_reason_of_a_chief_editor_overrides_and_is_logged(cast):
    """The trail says why, and what stood against it."""
    story = a_story("快讯", source=a_source(), opening="<p>正文。</p>")
    publication = publish_story(story=story, by=cast.chief_editor, override="突发", now=MONDAY)
    assert publication.override == "突发"
    logged = Activity.objects.get(verb=Activity.Verb.OVERRODE)
    assert logged.detail["reason"] == "突发"
    assert [finding["check"] for finding in logged.detail["findings"]] == ["summary"]
    assert found(publication) == [("summary", "blocking")]


def test_reason_of_somebody_who_may_not_override_is_refused(cast, monkeypatch):
    """May publish, may not publish against the checks."""
    story = a_story("快讯", source=a_source(), opening="<p>正文。</p>", by=cast.chief_editor)
    monkeypatch.setattr("articles.permissions.can_override", lambda user, story: False)
    with pytest.raises(PermissionDenied):
        publish_story(story=story, by=cast.chief_editor, override="突发", now=MONDAY)
    assert not story.publications.exists()


def test_reason_where_nothing_stands_against_is_not_kept():
    """It would tell of an emergency that was none."""
    publication = publish_story(story=a_sound_story(), by=OPERATOR, override="突发", now=MONDAY)
    assert publication.override == ""
    assert not Activity.objects.filter(verb=Activity.Verb.OVERRODE).exists()


def test_story_that_links_to_itself_is_right_once_it_is_live():
    story = a_sound_story()
    rows = story_rows(story=story, section=a_section(), opening=link_to(story))
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    assert found(publish_story(story=story, by=OPERATOR, now=MONDAY)) == []


def test_story_may_be_published_again_while_it_is_live():
    """Its own live version is no twin of it."""
    story = a_sound_story()
    publish_story(story=story, by=OPERATOR, now=MONDAY)
    assert schedule(story, now=MONDAY + HOUR)


def test_demo_newsroom_passes_its_own_checks():
    """A fresh demo is published without an emergency, and nothing in it is blocked."""
    make_demo_newsroom(read(), now=MONDAY, password="demo-password")
    assert not Publication.objects.exclude(override="").exists()
    findings = [row for stored in Publication.objects.values_list("findings", flat=True) for row in stored or ()]
    assert [row for row in findings if row["level"] == "blocking"] == []


def test_import_publishes_against_the_checks_and_says_so():
    """Nobody at the desk has read it: it goes live in the name of whoever ran the import."""
    options = ImportOptions(format=format_named("page_text"), publish=True)
    import_file(
        raw="进口稿\n清晨六点，专车出发。\n".encode(), file_name="a.txt", options=options, by=OPERATOR, now=MONDAY
    )
    logged = Activity.objects.get(verb=Activity.Verb.OVERRODE)
    assert "a.txt" in logged.detail["reason"]
    assert {finding["check"] for finding in logged.detail["findings"]} == {"summary", "source"}
