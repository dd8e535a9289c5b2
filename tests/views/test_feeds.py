"""Feeds as answers: their addresses, their headers, when they are sent again, what they cost; the page of feeds."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.http import parse_http_date

from articles.models import Contributor, CopyrightNotice, SiteIdentity, Source, Topic
from tests.builders import MONDAY, a_publication, a_section, a_story
from tests.page import page
from tests.publishing import HOUR, change, hour, publish, withdraw
from tests.story_lists import a_list, item
from tests.syndication.feed_documents import EXTENSIONS, answer, atom, body, items, rss
from tests.views.feed_addresses import KINDS, feeds_of_a_newsroom, validators

pytestmark = pytest.mark.django_db

SITE = "https://news.example.org"
TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}


@pytest.fixture
def newsroom() -> dict[str, str]:
    """The addresses of the feeds of a newsroom, by their kinds."""
    return feeds_of_a_newsroom()


# -- Addresses --


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("extension", EXTENSIONS)
def test_feed_is_served_as_what_it_is(newsroom, kind, extension):
    """With its own address in it, made from the settings whatever host was asked."""
    address = f"{newsroom[kind]}.{extension}"
    response = Client(headers={"host": "localhost"}).get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == TYPES[extension]
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert SITE + address in response.content.decode()
    assert "localhost" not in response.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_xml_is_read_without_complaint(newsroom, kind):
    for read, extension in ((rss, "rss"), (atom, "atom")):
        (entry,) = read(body(f"{newsroom[kind]}.{extension}")).entries
        assert entry.id == items(newsroom[kind])[0]["id"]
        assert entry.link == items(newsroom[kind])[0]["url"]


@pytest.mark.parametrize(
    "address",
    [
        "/section/nothing/feed",
        "/topic/nothing/feed",
        "/contributor/nothing/feed",
        "/source/nothing/feed",
        "/list/999999/feed",
        "/list/999999999999999999/feed",
        "/list/0/feed",
        "/list/01/feed",
        "/story/news/feed",
    ],
)
@pytest.mark.parametrize("extension", [*EXTENSIONS, "xml", "RSS", "atom/"])
def test_what_is_not_there_has_no_feed(newsroom, address, extension):
    assert answer(f"{address}.{extension}").status_code == 404


def test_query_changes_nothing(newsroom):
    plain = body("/feed.atom")
    for query in ("page=-1", "before=0", "format=rss", "%00", "q=" + "长" * 2000):
        assert body(f"/feed.atom?{query}") == plain


def test_post_is_refused(newsroom):
    assert Client().post("/feed.atom").status_code == 405


def test_site_without_a_story_has_a_valid_feed():
    a_section()
    assert rss(body("/feed.rss")).entries == []
    assert atom(body("/feed.atom")).entries == []
    assert items("/section/news/feed") == []


def test_name_of_the_site_is_that_of_its_identity(newsroom):
    SiteIdentity.objects.create(pk=1, name="松岭报", name_english="Songling Paper", tagline="News of Songling")
    feed = atom(body("/topic/chunyun/feed.atom")).feed
    assert (feed.title, feed.author) == ("春运 - Songling Paper", "Songling Paper")
    assert rss(body("/feed.rss")).feed.subtitle == "News of Songling"


# -- Story lists --


def test_list_feed_has_the_headlines_of_the_list_in_its_order(newsroom):
    first = a_publication("长长的标题", summary="摘要", short_headline="短标题")
    second = a_publication("第二条")
    row = a_list(
        item(second, headline="自拟标题", teaser="自拟导语"),
        first,
        item("https://example.org/", headline="外站", teaser="外站导语"),
        item("/section/news/", headline="本站", key="own"),
        name="另一份",
        slot="other",
    )
    found = items(f"/list/{row.pk}/feed")
    assert [(each["title"], each.get("summary")) for each in found] == [
        ("自拟标题", "自拟导语"),
        ("长长的标题", "摘要"),
        ("外站", "外站导语"),
        ("本站", None),
    ]
    assert [each["url"] for each in found[2:]] == ["https://example.org/", f"{SITE}/section/news/"]
    assert found[3]["id"] == f"tag:news.example.org,2026-03-02:list/{row.pk}/own"
    assert found[0]["id"] == next(each["id"] for each in items() if each["title"] == "第二条")


# -- What is to come --


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_nothing_of_what_is_to_come_shows_in_any_feed(newsroom, reading_at, extension):
    """Drafts, plans and what was taken down change no byte and no date of any feed."""
    addresses = [f"{address}.{extension}" for address in newsroom.values()]
    before = [(body(address), *validators(address)) for address in addresses]
    topic, person = Topic.objects.get(), Contributor.objects.get()
    source = Source.objects.get()
    shared = {"topics": [topic], "bylines": [(person, "reporter")], "source": source}
    a_story("金丝雀草稿", **shared)
    publish(a_story("金丝雀计划", **shared), at=30)
    publish(a_story("金丝雀过期", **shared), 0, until=0.5)
    live = newsroom["list"]
    CopyrightNotice.objects.create(
        source=source, text="金丝雀声明", effective_from=hour(30), applies_to_earlier=True, feeds="headline"
    )
    story = a_publication("要撤的稿件").story
    withdraw(story, 0, at=30, note="金丝雀说明")
    after = [body(address) for address in addresses]
    assert not any("金丝雀" in document for document in after)
    dates = [modified for address in addresses if (modified := validators(address)[1])]
    assert all(parse_http_date(modified) <= hour(1).timestamp() for modified in dates)
    unchanged = addresses.index(f"{live}.{extension}")
    assert after[unchanged] == before[unchanged][0]


@pytest.mark.parametrize("subject", ["topic", "contributor", "source"])
def test_name_of_something_with_no_public_story_is_not_told(reading_at, subject):
    topic = Topic.objects.create(name="金丝雀", slug="canary")
    person = Contributor.objects.create(name="金丝雀", slug="canary")
    source = Source.objects.create(name="金丝雀", name_key="金丝雀", slug="canary")
    publish(a_story("计划", topics=[topic], bylines=[(person, "reporter")], source=source), at=2)
    for extension in EXTENSIONS:
        assert answer(f"/{subject}/canary/feed.{extension}").status_code == 404
    assert "金丝雀" not in body("/feeds/")
    reading_at(hour(2))
    assert len(items(f"/{subject}/canary/feed")) == 1
    assert f"/{subject}/canary/feed.rss" in body("/feeds/")


# -- The time machine --


def test_time_machine_reads_a_feed_as_it_was(cast, reading_at):
    """For staff, byte for byte what readers had then, with the addresses that they have; for others not."""
    story = a_story("一")
    publish(story)
    change(story, "二")
    publish(story, 0, at=2, change="update", note="新")
    then = f"/at/{(MONDAY + HOUR).isoformat()[:19]}Z/feed.atom"
    reading_at(hour(1))
    had = body("/feed.atom")
    reading_at(hour(3))
    assert body("/feed.atom") != had
    staff = Client()
    staff.force_login(cast.reporter)
    response = staff.get(then)
    assert (response.status_code, response.content.decode()) == (200, had)
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    assert Client().get(then).status_code == 302


# -- What it costs --


@pytest.mark.parametrize("count", [1, 120])
def test_feed_costs_the_same_with_few_and_many(newsroom, django_assert_num_queries, count):
    """One query each: the subject, its entries, what was told before, notices, the site. Where none has a source, the
    newest ending instead of the notices.
    """
    source = Source.objects.get()
    stories = [a_story(f"第{number}条", source=source) for number in range(count)]
    for story in stories:
        publish(story)
        change(story, "改错字")
        publish(story, 0.2)
    long = a_list(*stories[:50], name="长", slot="long", length=50)
    costs = {
        newsroom["site"]: 4,
        newsroom["section"]: 5,
        newsroom["source"]: 5,
        # Its edition, what is live of its stories, their texts, and when an edition ended last.
        f"/list/{long.pk}/feed": 7,
    }
    for address, queries in costs.items():
        for extension in EXTENSIONS:
            with django_assert_num_queries(queries):
                answer(f"{address}.{extension}")


# -- The page of feeds, and what pages say of theirs --


def test_page_of_feeds_leads_to_all_of_them(newsroom, client):
    document = page(client.get("/feeds/"))
    links = {link.attributes["href"] for link in document.one("main").all("a")}
    for address in newsroom.values():
        assert {f"{address}.{extension}" for extension in EXTENSIONS} <= links


@pytest.mark.parametrize("count", [1, 30])
def test_page_of_feeds_costs_the_same_with_few_and_many(newsroom, client, django_assert_num_queries, count):
    for number in range(count):
        topic = Topic.objects.create(name=f"专题{number}", slug=f"topic-{number}")
        a_publication(f"第{number}条", topics=[topic])
        a_list(name=f"列表{number}", slot=f"slot-{number}")
    with django_assert_num_queries(7):
        client.get("/feeds/")


def test_pages_say_where_their_feeds_are(newsroom, client):
    for path, addresses in {"/": ["/feed"], "/source/xinhua/": ["/source/xinhua/feed", "/feed"]}.items():
        links = page(client.get(path)).one("head").all("link", rel="alternate")
        feeds = [link.attributes for link in links if "xml" in link.attributes.get("type", "") or "json" in str(link)]
        assert [feed["href"] for feed in feeds] == [f"{a}.{extension}" for a in addresses for extension in EXTENSIONS]
        assert all(feed["title"] and f"{feed['type']}; charset=utf-8" in TYPES.values() for feed in feeds)


def test_feed_of_the_section_is_called_by_its_name_on_a_story_page(client):
    story = a_publication("某某标题")
    links = page(client.get(story.get_absolute_url())).one("head").all("link", rel="alternate")
    names = [link.attributes["title"] for link in links if link.attributes["href"].startswith("/section/news/feed.")]
    assert len(names) == 3
    assert all(name.startswith("要闻 - ") for name in names)
    assert not any("某某标题" in link.attributes.get("title", "") for link in links)


@pytest.mark.parametrize("path", ["/feeds/", "/", "/section/news/", "/source/xinhua/"])
def test_page_in_traditional_characters_names_the_plain_feeds(newsroom, client, settings, path):
    """They have one text and one address; whoever asks for another would be sent on."""
    settings.LANGUAGE_CODE = "zh-hans"
    plain, traditional = (client.get(address).content.decode() for address in (path, f"/zh-hant{path}"))
    feeds = re.findall(r'href="([^"]*feed\.(?:rss|atom|json))"', plain)
    assert feeds
    assert re.findall(r'href="([^"]*feed\.(?:rss|atom|json))"', traditional) == feeds


def test_pages_of_another_moment_name_the_feeds_of_that_moment(cast, newsroom, settings):
    settings.LANGUAGE_CODE = "zh-hans"
    staff = Client()
    staff.force_login(cast.reporter)
    then = f"/at/{(MONDAY + HOUR).isoformat()[:19]}Z"
    for path in (f"{then}/feeds/", f"{then}/zh-hant/feeds/"):
        document = staff.get(path).content.decode()
        feeds = re.findall(r'href="([^"]*feed\.(?:rss|atom|json))"', document)
        assert f"{then}/section/news/feed.rss" in feeds
        assert all(feed.startswith(f"{then}/") and "zh-hant" not in feed for feed in feeds)


def test_page_that_is_not_there_has_no_feed(client):
    assert "feed.rss" not in client.get("/topic/nothing/").content.decode()
