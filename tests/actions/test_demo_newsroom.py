"""The demo newsroom: everything an editor would have made, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import global_settings
from django.contrib.auth import get_user_model
from django.db import transaction

from articles import demo_newsroom
from articles.actions import make_demo_newsroom
from articles.chinese import is_han
from articles.demo_newsroom import DemoNewsroom
from articles.models import (
    Activity,
    Byline,
    Contributor,
    CopyrightNotice,
    ListEdition,
    ListRevision,
    Publication,
    RelatedLink,
    Revision,
    Section,
    Source,
    Story,
    StoryList,
    StoryRows,
    Subsection,
    Topic,
)
from articles.permissions import section_limit
from articles.search import find
from tests.builders import MONDAY

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
COUNTED = [Story, Subsection, Byline, RelatedLink, Revision, Publication, Activity, Section, Topic, Source]
COUNTED += [CopyrightNotice, Contributor, get_user_model(), StoryList, ListEdition, ListRevision]


def make(now=MONDAY, **values):
    return make_demo_newsroom(demo_newsroom.read(), now=now, password="demo-password", **values)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Made once for this file, because it takes a second or two; tests change it inside transactions of their own."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        outcome = make()
    yield outcome
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


def test_demo_is_made_as_written(demo):
    """At least 40 stories in five sections or more, in Chinese and English, two sources with notices."""
    texts = demo_newsroom.read()
    assert (demo.created, demo.present) == (len(texts.stories), 0)
    assert Story.objects.count() == len(texts.stories) >= 40
    assert Section.objects.count() == len(texts.sections) >= 5
    assert CopyrightNotice.objects.values("source").distinct().count() >= 2
    assert set(Story.objects.values_list("language", flat=True)) == {"zh-hans", "en"}


def test_english_stories_of_the_demo_have_english_names(demo):
    """Section, topics, people, source and what its notice says."""
    stories = Story.objects.filter(language="en")
    assert stories.count() >= 2
    for content in (story.revisions.first().content for story in stories):
        names = [each.name for each in (content.section, *content.topics, *content.byline, content.source)]
        notice = Source.objects.get(pk=content.source.id).notices.get()
        words = [notice.text_in("en"), notice.holder_in("en"), notice.usage_terms_in("en")]
        assert [text for text in (*names, *words) if any(map(is_han, text))] == []


def test_demo_says_what_its_files_say(demo):
    """Subsections, bylines, links and topics of each story are those of its file."""
    for text in demo_newsroom.read().stories:
        rows = StoryRows.stored(Story.objects.get(import_key=f"demo:{text.key}"))
        assert [row.heading for row in rows.subsections] == [part.heading for part in text.subsections]
        assert [row.contributor.slug for row in rows.bylines] == [line.who for line in text.byline]
        assert len(rows.related_links) == len(text.related)
        assert {topic.slug for topic in rows.topics} == set(text.topics)


def test_demo_has_a_story_in_each_state(demo):
    """Scheduled, corrected, withdrawn, retracted, a draft, one with unpublished changes: all as their files say."""
    state = {text.state: Story.objects.get(import_key=f"demo:{text.key}") for text in demo_newsroom.read().stories}

    def live(story: Story) -> Publication | None:
        return story.publications.live(MONDAY).with_content().first()

    assert live(state["scheduled"]) is None
    assert state["scheduled"].publications.get().live_from > MONDAY
    assert live(state["corrected"]).kind == Publication.Kind.CORRECTED
    assert live(state["withdrawn"]) is None
    assert state["withdrawn"].publications.current(MONDAY).get().kind == Publication.Kind.WITHDRAWN
    retracted = live(state["retracted"])
    assert (retracted.change, retracted.is_listed) == (Publication.Change.RETRACTION, False)
    assert not state["draft"].publications.exists()
    assert live(state["draft_changes"]).content != state["draft_changes"].revisions.first().content
    assert live(state["published"]).content == state["published"].revisions.first().content


def test_demo_is_dated_before_now(demo):
    """Nothing was decided or written in the future, however late a story goes live."""
    assert not Activity.objects.filter(at__gt=MONDAY).exists()
    assert not Revision.objects.filter(created_at__gt=MONDAY).exists()
    assert not Publication.objects.filter(created_at__gt=MONDAY).exists()


def test_demo_can_be_searched(demo):
    """The index knows each story."""
    story = Story.objects.filter(language="zh-hans").first()
    assert story.pk in find(story.headline)


def test_demo_logins_have_their_role_and_password(demo, settings):
    """Reporter, editor and chief editor can log in and may what their role may."""
    # The demo of this file was made before a test could ask for quick hashes.
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    texts = demo_newsroom.read()
    assert set(demo.new_logins) == {login.username for login in texts.logins}
    for login in texts.logins:
        user = get_user_model().objects.get(username=login.username)
        assert user.check_password("demo-password")
        assert user.is_staff
        assert not user.is_superuser
        assert user.groups.get().name == login.role.replace("_", " ")
        contributor = getattr(user, "contributor", None)
        assert (contributor.slug if contributor else "") == login.contributor
        assert bool(section_limit(user)) == bool(login.sections)


def test_demo_made_again_changes_nothing(demo):
    """A second run, on another day and with another password, leaves every row as it is."""
    before = {model: list(model.objects.order_by("pk").values()) for model in COUNTED}
    again = make(now=MONDAY + 3 * DAY)
    assert (again.created, again.present, again.new_logins) == (0, Story.objects.count(), ())
    assert {model: list(model.objects.order_by("pk").values()) for model in COUNTED} == before


def test_demo_made_again_leaves_what_editors_changed(demo):
    """Somebody's work on a demo story is not undone."""
    Story.objects.filter(import_key__startswith="demo:").update(headline="改过")
    make(now=MONDAY + DAY)
    assert set(Story.objects.values_list("headline", flat=True)) == {"改过"}


def test_demo_puts_back_what_is_missing(demo):
    """A draft somebody deleted comes back, and nothing else is touched."""
    text = next(text for text in demo_newsroom.read().stories if text.state == "draft")
    Story.objects.get(import_key=f"demo:{text.key}").delete()
    told = []
    outcome = make(now=MONDAY + DAY, progress=lambda done, everything: told.append((done, everything)))
    assert outcome.created == 1
    assert told == [(1, 1)]
    assert Story.objects.filter(import_key=f"demo:{text.key}").exists()


def test_demo_is_made_wholly_or_not(demo, monkeypatch):
    """When one story cannot be stored, none of that run is left, and a second run starts anew."""
    calls = []

    def fail(**values):
        calls.append(values)
        if len(calls) == 3:
            raise RuntimeError("disk full")

    texts = demo_newsroom.read()
    more = [text for text in texts.stories if text.state == "published" and not text.related][:4]
    stories = tuple(replace(text, key=f"other-{text.key}") for text in more)
    others = DemoNewsroom(**{**vars(texts), "stories": stories, "lists": ()})
    before = Story.objects.count()
    monkeypatch.setattr("articles.actions.demo_newsroom.publish_story", fail)
    with pytest.raises(RuntimeError, match="disk full"):
        make_demo_newsroom(others, now=MONDAY, password="demo-password")
    assert len(calls) == 3
    assert Story.objects.count() == before


def test_demo_warns_of_nothing(demo):
    """The desk of a fresh demo begins without complaints about stories that lead to each other."""
    assert not Publication.objects.live(MONDAY).filter(findings__isnull=False).exclude(findings=[]).exists()
