"""What crawlers are told of each page: once, in its head, and the same in its headers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from articles.actions import make_preview_link, publish_story, withdraw_story
from articles.models import CopyrightNotice, Revision, SiteIdentity, Source
from tests.builders import MONDAY, OPERATOR, a_publication, a_story
from tests.page import page

HOUR = timedelta(hours=1)
OPEN = "max-image-preview:large"

pytestmark = pytest.mark.django_db


def told(path: str, client: Client | None = None) -> tuple[str, str | None]:
    """The directives of the page, in its head and in its header. Fails where the head says it twice."""
    response = (client or Client()).get(path)
    return page(response).one("meta", name="robots").attributes["content"], response.get("X-Robots-Tag")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, OPEN),
        ({"noindex": True}, "noindex"),
        ({"noarchive": True}, f"{OPEN}, noarchive"),
        ({"noindex": True, "noarchive": True}, "noindex, noarchive"),
    ],
)
def test_story_says_what_its_editors_chose(values, expected):
    publication = a_publication(**values)
    assert told(publication.get_absolute_url()) == (expected, expected)


def test_choice_of_a_draft_is_not_told():
    """The version that readers have counts."""
    publication = a_publication()
    publication.story.noindex = True
    publication.story.save()
    assert told(publication.get_absolute_url())[0] == OPEN


def test_retracted_story_is_not_to_be_found():
    publication = a_publication()
    publish_story(story=publication.story, by=OPERATOR, change="retraction", note="不实", now=MONDAY + HOUR)
    assert told(publication.get_absolute_url()) == ("noindex", "noindex")


def test_pages_for_nobody_else_are_not_to_be_found(cast, settings, reading_at):
    """An earlier version, a preview, another moment, a withdrawn story, and what is not there."""
    settings.EARLIER_VERSIONS = True
    publication = a_publication()
    address = publication.get_absolute_url()
    publish_story(story=publication.story, by=OPERATOR, change="correction", note="更正", now=MONDAY + HOUR / 2)
    gone = a_publication("撤下")
    withdraw_story(story=gone.story, by=OPERATOR, note="不实", now=MONDAY + HOUR)
    revision = Revision.objects.get(story=a_story("草稿", by=cast.reporter))
    link = make_preview_link(revision=revision, by=cast.reporter, lifetime="day", now=MONDAY)
    staff = Client()
    staff.force_login(cast.editor)
    assert told(f"{address}version/1/") == ("noindex", "noindex")
    assert told(link.get_absolute_url()) == ("noindex", "noindex")
    assert told(f"/at/2026-03-02T01:30:00Z{address}", staff)[0] == "noindex"
    for path in (gone.get_absolute_url(), "/no/such/page/", "/search/?q=松岭"):
        assert told(path)[0] == "noindex", path


@pytest.mark.parametrize("path", ["/", "/section/news/", "/archive/", "/corrections/"])
def test_pages_of_the_site_are_to_be_found(path):
    """With large previews of their pictures."""
    a_publication()
    assert told(path) == (OPEN, None)


# -- Text and data mining --


@pytest.mark.parametrize(
    ("data_mining", "expected"),
    [
        ("", {"tdm-reservation": "1", "tdm-policy": "https://news.example.org/tdm"}),
        ("allowed", {"tdm-reservation": "0"}),
        ("reserved", {"tdm-reservation": "1", "tdm-policy": "https://agency.example.com/"}),
    ],
)
def test_story_says_whether_it_may_be_mined(data_mining, expected):
    """As the notice that stands under it says; in its head and in its headers."""
    SiteIdentity.objects.create(pk=1, data_mining_policy="https://news.example.org/tdm")
    source = Source.objects.create(name="通讯社", name_key="通讯社", slug="agency")
    CopyrightNotice.objects.create(
        source=source,
        text="版权所有",
        data_mining=data_mining,
        licensing_url="https://agency.example.com/",
        effective_from=MONDAY - HOUR,
    )
    response = Client().get(a_publication(source=source).get_absolute_url())
    names = ("tdm-reservation", "tdm-policy")
    assert {name: response[name] for name in names if name in response} == expected
    metas = {
        meta.attributes["name"]: meta.attributes["content"]
        for name in names
        for meta in page(response).all("meta", name=name)
    }
    assert metas == expected


def test_preview_says_nothing_of_mining(cast):
    """It is for nobody else."""
    revision = Revision.objects.get(story=a_story("草稿", by=cast.reporter))
    link = make_preview_link(revision=revision, by=cast.reporter, lifetime="day", now=MONDAY)
    response = Client().get(link.get_absolute_url())
    assert "tdm-reservation" not in response
    assert not page(response).all("meta", name="tdm-reservation")
