"""Saving stories: what one save writes and keeps, and that a story outlives what surrounds it."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from articles.actions import bin_story, empty_bin, publish_story, save_story
from articles.models import Activity, Contributor, Source, Story, StoryRows
from articles.search import find
from tests.builders import MONDAY, OPERATOR, a_story, story_rows
from tests.saving import HOUR, headings, read_again, save

pytestmark = pytest.mark.django_db


def test_first_save_writes_rows_version_activity_and_index(cast):
    """One call makes the story, its version 1, an entry in the trail, and lets it be found."""
    rows = story_rows("松岭县新开专车", subsections=[("班次", "2 趟", "<p>正文</p>")])
    revision = save_story(rows=rows, by=cast.reporter, comment="初稿", now=MONDAY)
    story = Story.objects.get()
    assert (story.created_at, story.updated_at, story.updated_by) == (MONDAY, MONDAY, cast.reporter)
    assert (revision.number, revision.comment, revision.created_by, revision.created_at) == (
        1,
        "初稿",
        cast.reporter,
        MONDAY,
    )
    assert revision.content == StoryRows.stored(story).content()
    assert revision.digest == revision.content.digest
    entry = Activity.objects.get()
    assert (entry.verb, entry.user, entry.at, entry.story, entry.detail) == (
        Activity.Verb.CREATED,
        cast.reporter,
        MONDAY,
        story,
        {"version": 1},
    )
    assert list(find("专车")) == [story.pk]
    assert not story.has_publications


def test_save_that_changes_nothing_writes_nothing(cast):
    """Two saves of the same text are one version, one entry in the trail, and the first save's time."""
    story = a_story(by=cast.reporter, subsections=[("一", "", "<p>甲</p>")])
    revision = save(read_again(story), by=cast.editor)
    story.refresh_from_db()
    assert revision == story.revisions.get()
    assert story.activities.count() == 1
    assert (story.updated_at, story.updated_by) == (MONDAY, cast.reporter)


def test_save_of_html_that_cleans_to_the_same_changes_nothing():
    """An editor that writes the same text with other tags makes no version."""
    story = a_story(opening="<p>字</p>")
    rows = read_again(story)
    rows.story.opening = '<p style="color:red" id="x">字</p>'
    save(rows)
    assert story.revisions.count() == 1


def test_save_of_a_change_makes_the_next_version():
    """Numbers count up, old versions stay as they were, going back to an old text is a new version."""
    story = a_story("一")
    for number, headline in enumerate(["二", "三", "一"], start=2):
        rows = read_again(story)
        rows.story.headline = headline
        assert save(rows, hours=number).number == number
    versions = story.revisions.order_by("number")
    assert [version.number for version in versions] == [1, 2, 3, 4]
    assert [version.content.headline for version in versions] == ["一", "二", "三", "一"]
    assert versions[0].digest == versions[3].digest


def test_change_of_the_address_alone_is_a_version():
    """Readers see it, so it is part of what is approved."""
    story = a_story()
    rows = read_again(story)
    rows.story.slug = "zhuan-che"
    revision = save(rows)
    assert (revision.number, revision.content.slug) == (2, "zhuan-che")


def test_address_stays_when_the_headline_changes():
    """The slug is made on the first save; links to the story outlive its headline."""
    story = a_story("松岭专车")
    rows = read_again(story)
    rows.story.headline = "完全不同"
    save(rows)
    story.refresh_from_db()
    assert story.slug == "song-ling-zhuan-che"


@pytest.mark.parametrize("headline", ["🎉", "！！！", "مرحبا"])
def test_address_is_never_empty(headline):
    """A headline without a letter that can be written in an address still has one."""
    assert a_story(headline).slug


def test_stored_rich_text_is_clean():
    """The working rows hold clean HTML too: the editor shows them in a page that allows inline script."""
    hostile = "<p>字<script>alert(1)</script></p>"
    story = a_story(opening=hostile, subsections=[("一", "", hostile)])
    assert Story.objects.get(pk=story.pk).opening == story.subsections.get().body == "<p>字</p>"
    rows = read_again(story)
    rows.subsections[0].body = "<p>词<iframe src='x'></iframe></p>"
    save(rows)
    assert story.subsections.get().body == "<p>词</p>"


def test_save_keeps_what_was_published_meanwhile():
    """A story read before it was published, and saved after, is still known to have publications."""
    story = a_story()
    rows = read_again(story)
    publish_story(story=story, by=OPERATOR, now=MONDAY)
    rows.story.headline = "改"
    save(rows)
    assert Story.objects.get(pk=story.pk).has_publications


def test_save_keeps_author_and_time_of_creation(cast):
    """Who created a story, and when, is not for a form to change."""
    story = a_story(by=cast.reporter)
    rows = read_again(story)
    rows.story.headline, rows.story.created_by, rows.story.created_at = "改", cast.editor, MONDAY + HOUR
    save(rows, by=cast.editor)
    story.refresh_from_db()
    assert (story.created_by, story.created_at) == (cast.reporter, MONDAY)


def test_save_is_undone_as_a_whole(monkeypatch):
    """When the last step fails, neither row nor version nor trail is left."""

    def fail(*args):
        raise RuntimeError("index")

    story = a_story("旧", subsections=[("一", "", "")])
    rows = read_again(story)
    rows.story.headline = "新"
    rows.subsections = []
    monkeypatch.setattr("articles.search.add", fail)
    with pytest.raises(RuntimeError, match="index"):
        save(rows)
    story.refresh_from_db()
    assert (story.headline, headings(story)) == ("旧", [(1, "一")])
    assert story.revisions.count() == story.activities.count() == 1


def test_story_deleted_for_ever_meanwhile_becomes_a_story_again(cast):
    """What was typed is not lost because the bin was emptied: rows, version and index start anew."""
    story = a_story("草稿", by=cast.reporter, subsections=[("一", "", "<p>甲</p>")])
    rows = read_again(story)
    bin_story(story=story, by=cast.chief_editor, now=MONDAY)
    empty_bin(by=OPERATOR, now=MONDAY)
    rows.story.headline = "草稿，改过"
    revision = save(rows, by=cast.reporter)
    found = Story.objects.get()
    assert (found.headline, headings(found), revision.number) == ("草稿，改过", [(1, "一")], 1)
    assert list(find("改过")) == [found.pk]


# Deleting what surrounds a story


def test_stories_survive_the_people_who_made_them(cast):
    """Deleting a login leaves stories, versions and trail; the trail still says the name."""
    story = a_story(by=cast.reporter)
    get_user_model().objects.filter(pk=cast.reporter.pk).delete()
    story.refresh_from_db()
    assert story.created_by is None
    assert story.revisions.get().created_by is None
    assert Activity.objects.get().user_name == "Lin"


@pytest.mark.parametrize("noun", ["section", "source", "contributor"])
def test_things_a_story_refers_to_cannot_be_deleted(noun):
    """A section, source or person in use is protected."""
    person = Contributor.objects.create(name="林晓", slug="lin-xiao")
    source = Source.objects.create(name="新华社", name_key="新华社", slug="xinhua")
    story = a_story(source=source, bylines=[(person, "reporter")])
    thing = {"section": story.section, "source": source, "contributor": person}[noun]
    with pytest.raises(Exception, match="protected"), transaction.atomic():
        thing.delete()
    connection.check_constraints()
    assert Story.objects.filter(pk=story.pk).exists()
