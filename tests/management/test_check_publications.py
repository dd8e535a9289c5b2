"""`check_publications` finds whatever is not as it follows from what was decided."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from articles.actions import publish_story, save_story, withdraw_story
from articles.management.commands import check_publications
from articles.models import (
    Contributor,
    ContributorListing,
    FeedListing,
    Publication,
    Revision,
    SectionListing,
    Story,
    StoryRows,
    Topic,
    TopicListing,
)
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def check() -> tuple[list[str], str]:
    """The lines printed, and the message it failed with ("" when it did not)."""
    out = io.StringIO()
    try:
        call_command("check_publications", stdout=out, stderr=io.StringIO())
    except CommandError as error:
        return out.getvalue().splitlines(), str(error)
    return out.getvalue().splitlines(), ""


@pytest.fixture
def story(db: None) -> Story:
    """Published, corrected and withdrawn, with a topic and a person, in a section inside another."""
    section = a_section("足球", "football", parent=a_section("体育", "sports"))
    person = Contributor.objects.create(name="林晓", slug="lin-xiao")
    topics = [Topic.objects.create(name="t", slug="t")]
    story = a_story(section=section, topics=topics, bylines=[(person, "reporter")])
    publish_story(story=story, by=OPERATOR, now=MONDAY)
    publish_story(story=story, by=OPERATOR, note="更正", now=MONDAY + 2 * HOUR)
    withdraw_story(story=story, by=OPERATOR, at=MONDAY + 9 * HOUR, now=MONDAY + 3 * HOUR)
    return story


def test_check_of_nothing_passes():
    """An empty site is right."""
    assert check() == (["0 stories with 0 publications checked: everything is as decided."], "")


def test_check_of_what_actions_wrote_passes(story):
    """Published, corrected, withdrawn, and a draft beside it: one line says so."""
    a_story("草稿")
    a_publication("另一篇")
    assert check() == (["2 stories with 4 publications checked: everything is as decided."], "")


def test_check_of_a_retraction_passes(story):
    """It is live and listed nowhere."""
    a_retraction_of(story)
    assert check()[1] == ""


def a_retraction_of(story: Story) -> Publication:
    return publish_story(story=story, by=OPERATOR, change="retraction", note="不实", now=MONDAY + 4 * HOUR)


def another_version(story: Story) -> Revision:
    """Saved, and never published."""
    rows = StoryRows.stored(Story.objects.get(pk=story.pk))
    rows.story.headline = "另一版"
    return save_story(rows=rows, by=OPERATOR, now=MONDAY + 4 * HOUR)


def nth(story: Story, number: int):
    """The publication at that place of the chain, as something to update."""
    return Publication.objects.filter(pk=story.publications.order_by("live_from")[number].pk)


BREAKAGES: dict[str, tuple[Callable[[Story], object], str]] = {
    "ends early": (
        lambda story: nth(story, 0).update(live_until=MONDAY + HOUR),
        "ends 2026-03-02 02:00:00.000000 UTC instead of 2026-03-02 03:00:00.000000 UTC",
    ),
    "ends never": (lambda story: nth(story, 2).delete(), "UTC instead of never"),
    "first live": (lambda story: nth(story, 2).update(first_live_at=MONDAY - HOUR), "says first live"),
    "kind": (lambda story: nth(story, 1).update(kind="published"), "is published instead of corrected"),
    "marked": (lambda story: Story.objects.update(has_publications=False), "is marked as having no publications"),
    "retraction of nothing": (
        lambda story: Publication.objects.create(
            story=story,
            revision=story.revisions.get(),
            change="retraction",
            live_from=MONDAY - HOUR,
            live_until=MONDAY,
            first_live_at=MONDAY - HOUR,
            told_at=MONDAY - HOUR,
            slug="x",
            created_at=MONDAY - HOUR,
        ),
        "is a retraction of what was never public",
    ),
    "retraction": (
        lambda story: SectionListing.objects.create(
            section=a_section("足球", "football"), publication=a_retraction_of(story), story=story, first_live_at=MONDAY
        ),
        "where it does not belong",
    ),
    "told": (lambda story: nth(story, 1).update(told_at=MONDAY), "says readers were told 2026-03-02 01:00"),
    "told in a feed": (lambda story: FeedListing.objects.update(told_at=MONDAY - HOUR), "by another moment"),
    "address of a withdrawal": (lambda story: nth(story, 2).update(slug="another"), "withdraws another version"),
    "version of a withdrawal": (
        lambda story: nth(story, 2).update(revision=another_version(story)),
        "withdraws another version",
    ),
    "withdrawal missing in a feed": (
        lambda story: FeedListing.objects.filter(publication=nth(story, 2).get(), topic__slug="t").delete(),
        "not in the feed of topic",
    ),
    "withdrawal in a feed without the story": (
        lambda story: FeedListing.objects.create(
            section=a_section("别处", "elsewhere"),
            publication=nth(story, 2).get(),
            story=story,
            live_from=MONDAY + 9 * HOUR,
            told_at=MONDAY + 9 * HOUR,
        ),
        "is in the feed of section",
    ),
    "section": (
        lambda story: SectionListing.objects.filter(section__slug="sports").delete(),
        "not listed under section",
    ),
    "topic": (lambda story: TopicListing.objects.all().delete(), "not listed under topic"),
    "contributor": (lambda story: ContributorListing.objects.all().delete(), "not listed under contributor"),
    "moment": (lambda story: TopicListing.objects.update(first_live_at=MONDAY - HOUR), "another moment"),
    "another story": (lambda story: TopicListing.objects.update(story=a_story()), "or story than its own"),
    "another story in a feed": (lambda story: FeedListing.objects.update(story=a_story()), "or story than its own"),
    "elsewhere": (
        lambda story: SectionListing.objects.create(
            section=a_section("别处", "elsewhere"), publication=nth(story, 0).get(), story=story, first_live_at=MONDAY
        ),
        "where it does not belong",
    ),
    "withdrawn": (
        lambda story: SectionListing.objects.create(
            section=a_section("足球", "football"), publication=nth(story, 2).get(), story=story, first_live_at=MONDAY
        ),
        "where it does not belong",
    ),
}


@pytest.mark.parametrize("breakage", sorted(BREAKAGES))
def test_check_names_what_is_wrong(story, breakage):
    """Each thing that was changed behind the actions' back is named with its story, and the command fails."""
    damage, sentence = BREAKAGES[breakage]
    damage(story)
    lines, failure = check()
    assert any(sentence in line and line.startswith(f"Story {story.pk}: ") for line in lines), lines
    assert failure.endswith(f"{len(lines)} problems.")


def test_check_names_a_story_marked_without_publications():
    """A flag left behind would keep a draft from being deleted."""
    story = a_story()
    Story.objects.update(has_publications=True)
    lines, _failure = check()
    assert lines == [f"Story {story.pk}: is marked as having publications, but has 0."]


def test_check_finds_an_overlap(story):
    """Where the database cannot refuse two windows that share a moment, the command finds them."""
    with transaction.atomic():
        nth(story, 0).update(live_until=MONDAY + 3 * HOUR)
        first, second = story.publications.order_by("live_from")[:2]
        lines, _failure = check()
        transaction.set_rollback(True)
    assert f"Story {story.pk}: publications {first.pk} and {second.pk} overlap from" in lines[0]


def test_check_changes_nothing(story):
    """It reports; repair is a decision."""
    nth(story, 0).update(live_until=MONDAY + HOUR)
    before = list(Publication.objects.values())
    check()
    assert list(Publication.objects.values()) == before


def test_check_reads_in_chunks(monkeypatch, django_assert_num_queries):
    """The number of queries grows with the number of chunks and not with the number of stories."""
    for number in range(5):
        a_publication(f"标题{number}")
    monkeypatch.setattr(check_publications, "CHUNK", 2)
    # One for the keys, four for the places; then, for each of three chunks, stories, publications and five listings.
    with django_assert_num_queries(5 + 3 * 7):
        lines, failure = check()
    assert lines == ["5 stories with 5 publications checked: everything is as decided."]
    assert failure == ""


def test_check_exits_with_one_as_a_program(story):
    """A monitor looks at the exit code."""
    nth(story, 0).update(live_until=MONDAY + HOUR)
    with pytest.raises(CommandError) as failed:
        call_command("check_publications", stdout=io.StringIO(), stderr=io.StringIO())
    assert failed.value.returncode == 1
