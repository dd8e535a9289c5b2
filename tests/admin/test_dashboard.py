"""The desk: the first page of the admin, and who sees what on it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from articles.actions import (
    approve_story,
    bin_story,
    publish_story,
    save_story,
    send_back_story,
    submit_story,
    withdraw_story,
)
from articles.models import DeskProfile, Notification, Publication, StoryRows
from tests.builders import MONDAY, OPERATOR, a_section, a_story
from tests.page import Element, inline_code, page
from tests.story_form import desk

NOW = MONDAY + timedelta(hours=1)
# Session and user, two of rights, the profile with its sections, four of the ticker; then one or two for each part. The
# last is for the problems of story lists, of which there are none here.
QUERIES = 22


@pytest.fixture(autouse=True)
def one_review(settings, reading_at):
    settings.REVIEW_STAGES = "one"
    reading_at(NOW)


def front(user) -> Element:
    response = desk(user).get(reverse("admin:index"))
    assert response.status_code == 200
    return page(response)


def part(user, name: str) -> list[str]:
    """The lines of one part of the desk."""
    parts = [one for one in front(user).all("section") if one.attributes.get("aria-labelledby") == f"desk-{name}"]
    return [line.text for one in parts for line in one.all("li")]


def submitted(headline: str, by, **values):
    story = a_story(headline, by=by, **values)
    submit_story(story=story, by=by, now=MONDAY)
    return story


def approved(headline: str, cast, **values):
    story = submitted(headline, cast.reporter, **values)
    approve_story(story=story, by=cast.editor, now=MONDAY)
    return story


def change(story, by, headline: str) -> None:
    rows = StoryRows.stored(story)
    rows.story.headline = headline
    save_story(rows=rows, by=by, now=MONDAY)


# My stories


def test_author_sees_where_each_story_stands(cast):
    """In words: draft, waiting, approved, live, scheduled."""
    a_story("只是草稿", by=cast.reporter)
    submitted("等着审", cast.reporter)
    approved("审过了", cast)
    publish_story(story=approved("已经发", cast), by=cast.chief_editor, now=MONDAY)
    publish_story(story=approved("明天发", cast), by=cast.chief_editor, at=NOW + timedelta(hours=20), now=MONDAY)
    lines = " | ".join(part(cast.reporter, "mine"))
    for headline, words in [
        ("只是草稿", "draft"),
        ("等着审", "waiting for review"),
        ("审过了", "approved"),
        ("已经发", "live"),
        ("明天发", "goes live"),
    ]:
        assert any(headline in line and words in line for line in lines.split(" | ")), (headline, lines)


def test_author_reads_why_a_story_came_back_and_finds_it_first(cast):
    """The note of the last time, and not another one on the story."""
    story = submitted("退回的", cast.reporter)
    send_back_story(story=story, by=cast.editor, note="第一次：缺来源", now=MONDAY)
    submit_story(story=story, by=cast.reporter, now=MONDAY)
    send_back_story(story=story, by=cast.editor, note="第二次：缺图", now=MONDAY + timedelta(minutes=5))
    for number in range(3):
        a_story(f"新写的{number}", by=cast.reporter, now=NOW)
    first = part(cast.reporter, "mine")[0]
    assert "退回的" in first
    assert "第二次：缺图" in first
    assert "第一次" not in first


def test_stories_of_others_and_of_the_bin_are_not_mine(cast):
    a_story("别人的", by=cast.other_reporter)
    bin_story(story=a_story("扔了的", by=cast.reporter), by=cast.reporter, now=MONDAY)
    assert [line for line in part(cast.reporter, "mine") if "别人的" in line or "扔了的" in line] == []


def test_live_story_with_newer_text_says_so(cast):
    story = approved("第一稿", cast)
    publish_story(story=story, by=cast.chief_editor, now=MONDAY)
    assert "unpublished" not in part(cast.reporter, "mine")[0]
    change(story, cast.reporter, "第二稿")
    assert "unpublished changes" in part(cast.reporter, "mine")[0]


def test_retracted_story_is_not_called_live(cast):
    """Neither once it is, nor before by what is planned."""
    story = approved("失实的稿", cast)
    publish_story(story=story, by=cast.chief_editor, now=MONDAY)
    taken_back = {"change": "retraction", "note": "失实"}
    publish_story(story=story, by=cast.chief_editor, at=MONDAY + timedelta(days=2), now=MONDAY, **taken_back)
    assert "will be retracted" in part(cast.reporter, "mine")[0]
    publish_story(story=story, by=cast.chief_editor, now=MONDAY, **taken_back)
    [line, *_others] = part(cast.reporter, "mine")
    assert "retracted" in line
    assert "live" not in line


# Waiting for my review


def test_review_queue_is_oldest_first_and_for_those_who_may_sign(cast):
    """What one edited last is for a colleague; a reporter has no queue."""
    submitted("较新", cast.reporter, now=MONDAY)
    submitted("较旧", cast.reporter, now=MONDAY - timedelta(hours=2))
    own = submitted("编辑改过", cast.reporter)
    change(own, cast.editor, "编辑改过")
    change(own, cast.editor, "编辑又改过")
    found = [line[:2] for line in part(cast.editor, "waiting")]
    assert found == ["较旧", "较新"]
    assert [line[:2] for line in part(cast.second_editor, "waiting")] == ["较旧", "较新", "编辑"]
    assert part(cast.reporter, "waiting") == part(cast.photo_editor, "waiting") == []


def test_review_queue_keeps_to_the_sections_of_an_editor(cast):
    """A story without a section is in everybody's reach."""
    sports = a_section("体育", "sports")
    DeskProfile.objects.create(user=cast.editor).sections.set([sports])
    submitted("要闻稿", cast.reporter)
    submitted("体育稿", cast.reporter, section=sports)
    assert [line[:3] for line in part(cast.editor, "waiting")] == ["体育稿"]


def test_review_queue_leaves_out_what_one_signed_at_an_earlier_stage(cast, settings):
    settings.REVIEW_STAGES = "three"
    story = submitted("三审稿", cast.reporter)
    approve_story(story=story, by=cast.editor, now=MONDAY)
    assert part(cast.editor, "waiting") == ["Nothing waits for you."]
    assert part(cast.second_editor, "waiting")[0].startswith("三审稿")


# What comes, and what is to be looked at


def test_next_day_is_a_picture_and_a_list(cast):
    """Each boundary is a link in both, told apart by its word; what lies further away is in neither."""
    story = approved("今晚上线", cast)
    publish_story(
        story=story, by=cast.chief_editor, at=NOW + timedelta(hours=2), until=NOW + timedelta(hours=9), now=MONDAY
    )
    publish_story(story=approved("后天上线", cast), by=cast.chief_editor, at=NOW + timedelta(hours=30), now=MONDAY)
    gone = approved("要撤的", cast)
    publish_story(story=gone, by=cast.chief_editor, now=MONDAY)
    withdraw_story(story=gone, by=cast.chief_editor, note="撤", at=NOW + timedelta(hours=4), now=MONDAY)
    document = front(cast.editor)
    picture = document.one("svg", "day-picture")
    assert [mark.classes & {"is-begins", "is-ends", "is-withdrawn"} for mark in picture.all("a")] == [
        {"is-begins"},
        {"is-withdrawn"},
        {"is-ends"},
    ]
    assert {mark.attributes["href"] for mark in picture.all("a")} == {
        reverse("admin:articles_story_change", args=[one.pk]) for one in (story, gone)
    }
    lines = [line.text for line in document.all("ol", "day-list")[0].all("li")]
    assert [word for line in lines for word in ("goes live", "is withdrawn", "comes down") if word in line] == [
        "goes live",
        "is withdrawn",
        "comes down",
    ]
    assert inline_code(document) == []


def test_warnings_name_emergencies_failed_checks_and_unpublished_changes(cast):
    quick = a_story("急发", by=cast.reporter)
    publish_story(story=quick, by=cast.chief_editor, override="台风登陆", now=MONDAY)
    planned = publish_story(
        story=approved("定时的", cast), by=cast.chief_editor, at=NOW + timedelta(hours=3), now=MONDAY
    )
    finding = {"check": "source", "level": "blocking", "place": "source", "message": "授权过期"}
    Publication.objects.filter(pk=planned.pk).update(findings=[finding])
    changed = approved("改过的", cast)
    publish_story(story=changed, by=cast.chief_editor, now=MONDAY)
    Publication.objects.filter(story=changed).update(findings=[])
    change(changed, cast.reporter, "改过的新稿")
    lines = part(cast.editor, "warnings")
    for headline, words in [("急发", "台风登陆"), ("定时的", "授权过期"), ("改过的", "unpublished changes")]:
        assert any(headline in line and words in line for line in lines), (headline, lines)


def test_reporter_is_warned_of_own_stories_only(cast):
    for by, headline in ((cast.reporter, "自己的"), (cast.other_reporter, "别人的")):
        publish_story(story=a_story(headline, by=by), by=cast.chief_editor, override="急", now=MONDAY)
    lines = " ".join(part(cast.reporter, "warnings"))
    assert "自己的" in lines
    assert "别人的" not in lines


def test_activity_of_one_person_on_one_story_is_one_line(cast):
    story = a_story("反复保存", by=cast.reporter)
    for number in range(4):
        change(story, cast.reporter, f"反复保存{number}")
    assert len([line for line in part(cast.editor, "activities") if " saved " in line]) == 1


def test_bin_is_counted_for_who_may_empty_it(cast):
    bin_story(story=a_story("扔", by=cast.reporter), by=cast.reporter, now=MONDAY)
    assert "1 story in the bin" in front(cast.administrator).text
    assert "in the bin" not in front(cast.editor).one("section", **{"aria-labelledby": "desk-ticker"}).text


# Everybody and nobody


def test_somebody_without_a_role_is_told_whom_to_ask_and_nothing_else(cast):
    """No headline, no name of a login; the names of those who give roles."""
    story = submitted("机密标题", cast.reporter)
    Notification.objects.create(user=cast.outsider, story=story, kind="noted", at=NOW, key="x")
    document = front(cast.outsider)
    assert "Ask Gu for one." in document.text
    assert "机密标题" not in document.text
    assert not document.all("section")
    Group.objects.get(name="administrator").user_set.clear()
    assert "Ask the administrator" in front(cast.outsider).text


def test_empty_newsroom_says_so_in_each_part(cast):
    text = front(cast.chief_editor).text
    for words in ("Nothing waits for you", "You have not written", "Nothing goes live", "Nothing to look at"):
        assert words in text


def test_every_role_gets_the_desk(cast):
    for name in ("reporter", "photo_editor", "editor", "list_editor", "chief_editor", "administrator"):
        document = front(getattr(cast, name))
        assert document.one("h1").text == "The day at a glance", name
        assert document.one("details", "desk-lists").all("a"), name
    assert Client().get(reverse("admin:index")).status_code == 302


def test_desk_costs_the_same_in_any_newsroom(cast, django_assert_num_queries):
    """One story or many of each kind: the same number of queries."""
    DeskProfile.objects.create(user=cast.chief_editor).sections.set([a_section()])
    client = desk(cast.chief_editor)
    for _round in range(2):
        for number in range(3):
            send_back_story(
                story=submitted(f"退{_round}{number}", cast.chief_editor), by=cast.editor, note="缺图", now=MONDAY
            )
            submitted(f"审{_round}{number}", cast.reporter)
            at = NOW + timedelta(hours=number + 1, minutes=_round)
            publish_story(story=approved(f"定{_round}{number}", cast), by=OPERATOR, at=at, now=MONDAY)
        with django_assert_num_queries(QUERIES):
            client.get(reverse("admin:index"))
