"""Feeds asked for again: what has not changed is not sent, and what has changed always is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.http import http_date, parse_http_date

from articles.models import CopyrightNotice, Source
from tests.builders import MONDAY, a_publication, a_story
from tests.publishing import change, hour, publish, withdraw
from tests.story_lists import a_list, item
from tests.syndication.feed_documents import EXTENSIONS, answer
from tests.views.feed_addresses import KINDS, feeds_of_a_newsroom, validators

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsroom() -> dict[str, str]:
    """The addresses of the feeds of a newsroom, by their kinds."""
    return feeds_of_a_newsroom()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("extension", EXTENSIONS)
def test_what_has_not_changed_is_not_sent_again(newsroom, kind, extension):
    address = f"{newsroom[kind]}.{extension}"
    etag, modified = validators(address)
    assert not etag.startswith("W/")
    asked = {
        "same tag": {"if-none-match": etag},
        "one of several": {"if-none-match": f'"x", {etag}'},
        "weakened on the way": {"if-none-match": f"W/{etag}"},
        "any": {"if-none-match": "*"},
        "tag wins": {"if-none-match": etag, "if-modified-since": http_date(0)},
    }
    assert modified is None
    for why, headers in asked.items():
        response = answer(address, **headers)
        assert (response.status_code, response.content) == (304, b""), why
        assert response.headers["ETag"] == etag
        assert response.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("kind", ["site", "section", "topic", "contributor", "list"])
@pytest.mark.parametrize("extension", EXTENSIONS)
def test_what_has_not_changed_since_a_date_is_not_sent_again(kind, extension):
    address = f"{feeds_of_a_newsroom(has_source=False)[kind]}.{extension}"
    _etag, modified = validators(address)
    for date in (modified, http_date(parse_http_date(modified) + 60)):
        assert answer(address, **{"if-modified-since": date}).status_code == 304
    assert answer(address, **{"if-modified-since": http_date(parse_http_date(modified) - 1)}).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_notice_dated_back_is_noticed(newsroom, kind, reading_at):
    """What may go out became less since, by a notice that was in force all the time: only the text itself can tell."""
    reading_at(hour(2))
    address = f"{newsroom[kind]}.atom"
    etag, modified = validators(address)
    assert modified is None
    source = Source.objects.get()
    CopyrightNotice.objects.create(source=source, text="版权", effective_from=hour(-0.5), feeds="headline")
    for headers in ({"if-modified-since": http_date(hour(2).timestamp())}, {"if-none-match": etag}):
        response = answer(address, **headers)
        assert response.status_code == 200
        assert "正文" not in response.content.decode()


def test_first_notice_of_a_source_dated_back_is_noticed(reading_at):
    source = Source.objects.create(name="新华社", name_key="新华社", slug="xinhua")
    a_publication(source=source, summary="摘要文字")
    reading_at(hour(2))
    assert validators()[1] is None
    CopyrightNotice.objects.create(source=source, text="版权", effective_from=hour(-24), feeds="headline")
    response = answer("/feed.atom", **{"if-modified-since": http_date(hour(2).timestamp())})
    assert response.status_code == 200
    assert "摘要文字" not in response.content.decode()


def test_compressed_feed_is_not_sent_again():
    """Caches hear that there are two forms of it with every answer; the tag of one of them counts for both."""
    a_publication("很长的标题", summary="很长的摘要" * 30)
    packed = answer("/feed.atom", **{"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["ETag"].startswith("W/")
    for headers in ({"if-none-match": packed.headers["ETag"]}, {"accept-encoding": "gzip", "if-none-match": "*"}):
        again = answer("/feed.atom", **headers)
        assert (again.status_code, again.content) == (304, b"")
        assert "Accept-Encoding" in again.headers["Vary"]
    for tag in (packed.headers["ETag"], packed.headers["ETag"].removeprefix("W/")):
        assert answer("/feed.atom", **{"if-match": tag}).status_code == 200
    assert answer("/feed.atom", **{"if-match": 'W/"another"'}).status_code == 412


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"if-none-match": '"another"'},
        {"if-modified-since": http_date(MONDAY.timestamp() - 1)},
        {"if-none-match": '"another"', "if-modified-since": http_date(MONDAY.timestamp() + 60)},
        {"if-modified-since": "nonsense"},
        {"if-none-match": "nonsense"},
    ],
)
def test_what_somebody_has_not_is_sent(newsroom, headers):
    response = answer("/feed.atom", **headers)
    assert response.status_code == 200
    assert response.content


def test_head_has_the_same_headers_and_no_body():
    feeds_of_a_newsroom(has_source=False)
    full, head = Client().get("/feed.rss"), Client().head("/feed.rss")
    assert head.content == b""
    for name in ("ETag", "Last-Modified", "Content-Type", "Content-Length"):
        assert head.headers[name] == full.headers[name]


def test_every_change_is_noticed_by_tag_and_by_date(reading_at):
    """A story, a correction, a withdrawal, another story, its end, one more: each makes another feed, at its moment."""
    story = a_story("一")
    publish(story)
    change(story, "二")
    publish(story, 0, at=1, change="update", note="新")
    withdraw(story, at=2, note="撤")
    publish(a_story("三"), 0, at=3, until=4)
    publish(a_story("四"), 0, at=5)
    seen = []
    for number in range(6):
        reading_at(hour(number) + timedelta(minutes=1))
        etag, modified = validators()
        assert parse_http_date(modified) == hour(number).timestamp()
        assert etag not in seen[-1:]
        for extension in EXTENSIONS:
            response = answer(f"/feed.{extension}", **{"if-modified-since": http_date(hour(number).timestamp() - 1)})
            assert response.status_code == 200
        seen.append(etag)


def test_date_is_left_out_within_the_second_of_a_change(reading_at):
    """Something else may happen in the same second, which a date could not tell."""
    a_publication()
    reading_at(MONDAY + timedelta(milliseconds=500))
    response = answer("/feed.atom")
    assert "ETag" in response.headers
    assert "Last-Modified" not in response.headers


def test_list_whose_items_follow_their_stories_has_no_date():
    """When such an item ended cannot be said of a story that is shown no more."""
    row = a_list(item(a_publication(), ends_after=30), a_publication("二"))
    response = answer(f"/list/{row.pk}/feed.atom")
    assert "ETag" in response.headers
    assert "Last-Modified" not in response.headers
