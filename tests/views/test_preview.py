"""The public page of a preview link: one version, for a while, and nothing else."""

from __future__ import annotations

import sys
from datetime import timedelta

import pytest
from django.db import DatabaseError

from articles.actions import make_preview_link, publish_story, revoke_preview_link, save_story, write_note
from articles.models import CopyrightNotice, PreviewLink, Source, Story
from tests.builders import MONDAY, a_publication, a_story, story_rows
from tests.page import inline_code, page

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def link(cast, reading_at) -> PreviewLink:
    """A link to the second of three versions, each with a text of its own."""
    story = a_story("第一版甲甲", by=cast.reporter, opening="<p>旧文甲</p>")
    values = {"story": story, "section": story.section}
    second = save_story(rows=story_rows("第二版乙乙", opening="<p>正文乙</p>", **values), by=cast.reporter, now=MONDAY)
    save_story(rows=story_rows("第三版丙丙", opening="<p>新文丙</p>", **values), by=cast.reporter, now=MONDAY)
    write_note(story=story, by=cast.editor, text="机密便条", now=MONDAY)
    reading_at(MONDAY)
    return make_preview_link(revision=second, by=cast.reporter, lifetime="hour", meant_for="王局长", now=MONDAY)


def test_link_shows_one_version_to_somebody_without_a_login(client, link):
    """The version it was made for, with for whom and until when; no other version, no note."""
    response = client.get(link.get_absolute_url())
    text = response.content.decode()
    assert response.status_code == 200
    assert "第二版乙乙" in text
    assert "正文乙" in text
    for canary in ("第一版", "旧文甲", "第三版", "新文丙", "机密便条", "lin", "Lin"):
        assert canary not in page(response).text, canary
    bar = page(response).one(css_class="preview-bar").text
    assert "王局长" in bar
    assert "10:00" in bar


def test_page_is_kept_by_nobody_and_found_by_no_search_engine(client, link):
    """Headers for caches, robots and other sites; the strict policy; no frame; no address of its own."""
    response = client.get(link.get_absolute_url())
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    document = page(response)
    assert document.one("meta", name="robots").attributes["content"] == "noindex"
    assert not document.all("link", rel="canonical")
    assert not inline_code(document)


def dead_addresses(link, cast) -> dict[str, str]:
    address = link.get_absolute_url()
    revoked = make_preview_link(revision=link.revision, by=cast.reporter, lifetime="week", now=MONDAY)
    revoke_preview_link(link=revoked, by=cast.reporter, now=MONDAY)
    ended = make_preview_link(revision=link.revision, by=cast.reporter, lifetime="hour", now=MONDAY - HOUR)
    deleted = make_preview_link(revision=link.revision, by=cast.reporter, lifetime="week", now=MONDAY)
    unknown = deleted.get_absolute_url()
    deleted.delete()
    return {
        "revoked": revoked.get_absolute_url(),
        "ended": ended.get_absolute_url(),
        "unknown": unknown,
        "cut": address[:-2] + "/",
        "tampered": address.replace("/preview/", "/preview/1"),
        "other characters": "/preview/%00~%F0%9F%92%A9/",
        "a word": "/preview/x/",
        "long": f"/preview/{'9' * 5000}~x/",
    }


def test_what_opens_nothing_answers_alike(client, link, cast):
    """Ended, revoked, unknown and tampered addresses have one answer, which says nothing about the story."""
    answers = {name: client.get(address) for name, address in dead_addresses(link, cast).items()}
    assert {response.status_code for response in answers.values()} == {404}
    assert len({response.content for response in answers.values()}) == 1
    assert len({tuple(sorted(response.headers.items())) for response in answers.values()}) == 1
    assert "第二版" not in answers["ended"].content.decode()
    assert answers["ended"]["Cache-Control"] == "no-store"


def test_link_ends_at_its_moment(client, link, reading_at):
    """By the moment the page is read: open just before, closed from then on."""
    reading_at(link.expires_at - timedelta(microseconds=1))
    assert client.get(link.get_absolute_url()).status_code == 200
    reading_at(link.expires_at)
    assert client.get(link.get_absolute_url()).status_code == 404


def test_opening_is_counted_and_looking_is_not(client, link):
    """A GET counts; HEAD does not; a link that is closed counts nothing; other methods are refused."""
    client.get(link.get_absolute_url())
    client.head(link.get_absolute_url())
    assert client.post(link.get_absolute_url()).status_code == 405
    link.refresh_from_db()
    assert (link.opened, link.last_opened_at) == (1, MONDAY)


def test_page_is_shown_when_counting_fails(client, link, monkeypatch, caplog):
    """A database that only reads is no reason to show nothing; the log says so."""

    def fail(**_values):
        raise DatabaseError

    # By its module: the package calls the view what the module is called.
    monkeypatch.setattr(sys.modules["articles.views.preview"], "record_opening", fail)
    response = client.get(link.get_absolute_url())
    assert response.status_code == 200
    assert "was not counted" in caplog.text
    assert link.token not in caplog.text


def test_related_stories_are_those_that_readers_see(client, cast, reading_at):
    """A draft is left out without a trace; the notice of the source stands below."""
    draft, live = a_story("没登的稿件"), a_publication("登了的稿件").story
    source = Source.objects.create(name="松岭日报", slug="songling")
    CopyrightNotice.objects.create(source=source, text="版权声明原文", effective_from=MONDAY)
    story = a_story(by=cast.reporter, related=[draft, live], source=source)
    link = make_preview_link(revision=story.revisions.first(), by=cast.reporter, lifetime="day", now=MONDAY)
    reading_at(MONDAY)
    text = client.get(link.get_absolute_url()).content.decode()
    assert "登了的稿件" in text.replace("没登的稿件", "")
    assert "没登的稿件" not in text
    assert "版权声明原文" in text


@pytest.mark.parametrize("related", [1, 3])
def test_page_takes_few_queries(client, cast, reading_at, django_assert_num_queries, related):
    """The link, its maker's rights (3), the count in its savepoint (3), related stories, lists, what every page has."""
    targets = [a_publication(f"稿件{number}").story for number in range(related)]
    story = a_story(by=cast.reporter, related=targets)
    link = make_preview_link(revision=story.revisions.first(), by=cast.reporter, lifetime="day", now=MONDAY)
    reading_at(MONDAY)
    with django_assert_num_queries(11):
        client.get(link.get_absolute_url())


def test_tampered_address_asks_the_database_for_no_link(client, link, django_assert_num_queries):
    """The signature is checked first; the queries are for sections, identity and foot of the page."""
    with django_assert_num_queries(3):
        client.get(link.get_absolute_url().replace("/preview/", "/preview/1"))


def test_published_story_still_shows_the_version_of_the_link(client, link, cast):
    """Publishing another version changes nothing about what the link shows."""
    publish_story(story=Story.objects.get(), by=cast.chief_editor, now=MONDAY)
    assert "第二版乙乙" in client.get(link.get_absolute_url()).content.decode()
