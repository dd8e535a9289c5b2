"""The effects of boundaries: telling people, asking the checks again, purging the cache."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.urls import resolve

from articles.actions import publish_story, save_story, withdraw_story
from articles.actions.boundary_effects import EFFECTS
from articles.actions.boundary_effects.public_addresses import addresses_of_story
from articles.actions.list_boundaries import pages_of_list
from articles.actions.tick import tick
from articles.models import BoundaryEffect, Contributor, Notification, Source, StoryRows, Topic
from articles.models.feed_listing import FEED_FORMATS
from articles.preflight import CHECKS
from articles.syndication.formats import FORMATS
from tests.builders import MONDAY, OPERATOR, a_section, a_story
from tests.publishing import change
from tests.story_lists import a_list

HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


def told() -> set[tuple[str, str]]:
    return {(row.user.username, row.kind) for row in Notification.objects.select_related("user")}


def test_effects_have_names_of_their_own():
    """Names are kept in the database: each effect is found again by its own."""
    names = [effect.name for effect in EFFECTS]
    assert names == ["notify", "recheck", "purge_cache"]


# -- Telling people --


def test_scheduled_story_tells_everybody_concerned(cast):
    """Author, byline and who scheduled it, each once, however often the ticker runs; nobody else."""
    person = Contributor.objects.create(name="何青", slug="he", user=cast.other_reporter)
    Contributor.objects.create(name="孙", slug="sun", user=cast.photo_editor)
    story = a_story(by=cast.reporter, bylines=[(person, "reporter"), (person, "photographer")])
    publish_story(story=story, by=cast.chief_editor, at=MONDAY + HOUR, now=MONDAY)
    for hours in (1, 2):
        tick(now=MONDAY + hours * HOUR)
    assert told() == {("lin", "went_live"), ("he", "went_live"), ("tang", "went_live")}
    assert Notification.objects.count() == 3
    assert {row.at for row in Notification.objects.all()} == {MONDAY + HOUR}


def test_who_publishes_at_once_is_not_told(cast):
    """Whoever pressed the button knows; the author is told."""
    publish_story(story=a_story(by=cast.reporter), by=cast.chief_editor, now=MONDAY)
    tick(now=MONDAY)
    assert told() == {("lin", "went_live")}


def test_people_without_the_right_to_read_are_not_told(cast):
    """Somebody in the byline who may not open the desk's stories, or has left, hears nothing."""
    cast.other_reporter.is_active = False
    cast.other_reporter.save()
    people = [
        Contributor.objects.create(name=user.username, slug=user.username, user=user)
        for user in (cast.outsider, cast.other_reporter)
    ]
    story = a_story(bylines=[(person, "reporter") for person in people])
    publish_story(story=story, by=OPERATOR, now=MONDAY)
    assert tick(now=MONDAY).done == len(EFFECTS)
    assert told() == set()


def test_each_kind_of_boundary_has_its_own_words(cast):
    """First live, a new version, retracted, withdrawn, come down by itself."""
    first, second = a_story("一", by=cast.reporter), a_story("二", by=cast.reporter)
    publish_story(story=first, by=OPERATOR, now=MONDAY)
    publish_story(story=first, by=OPERATOR, note="更正", at=MONDAY + HOUR, now=MONDAY)
    publish_story(story=second, by=OPERATOR, until=MONDAY + 4 * HOUR, now=MONDAY)
    tick(now=MONDAY + HOUR)
    two, three = MONDAY + 2 * HOUR, MONDAY + 3 * HOUR
    publish_story(story=first, by=OPERATOR, change="retraction", note="失实", at=two, now=MONDAY + HOUR)
    tick(now=two)
    withdraw_story(story=first, by=OPERATOR, at=three, now=two)
    tick(now=MONDAY + 4 * HOUR)
    kinds = Notification.objects.filter(user=cast.reporter).order_by("at", "pk").values_list("kind", flat=True)
    assert list(kinds) == ["went_live", "went_live", "new_version_live", "retracted", "withdrawn", "came_down"]


def test_headline_that_is_told_is_the_published_one(cast):
    """A draft's new headline is not what went live."""
    story = a_story("公开的标题", by=cast.reporter)
    publish_story(story=story, by=OPERATOR, now=MONDAY)
    rows = StoryRows.stored(story)
    rows.story.headline = "草稿的标题"
    save_story(rows=rows, by=cast.reporter, now=MONDAY)
    tick(now=MONDAY)
    assert Notification.objects.get().detail["headline"] == "公开的标题"


# -- Asking the checks again --


def test_withdrawn_story_blocks_what_is_scheduled_and_links_to_it(cast, settings):
    """When a story goes, what leads to it is checked again, and its people are told."""
    target = a_story("目标")
    publish_story(story=target, by=OPERATOR, now=MONDAY)
    story, other = a_story("链接", by=cast.reporter, related=[target]), a_story("别的", by=cast.other_reporter)
    for each in (story, other):
        publish_story(story=each, by=OPERATOR, at=MONDAY + 2 * HOUR, now=MONDAY)
    withdraw_story(story=target, by=OPERATOR, at=MONDAY + HOUR, now=MONDAY)
    settings.PREFLIGHT_OFF = [check.name for check in CHECKS if check.name != "related"]
    tick(now=MONDAY + HOUR)
    assert [finding["check"] for finding in story.publications.get().findings] == ["related"]
    assert other.publications.get().findings is None
    assert told() == {("lin", "blocked")}


def test_warning_about_a_live_story_ends_with_its_reason(settings):
    """A related story was not out yet: once it is, the desk no longer warns of the one that leads to it."""
    settings.PREFLIGHT_OFF = [check.name for check in CHECKS if check.name != "related_live"]
    target = a_story("目标")
    publish_story(story=target, by=OPERATOR, at=MONDAY + HOUR, now=MONDAY)
    warned = publish_story(story=a_story("链接", related=[target]), by=OPERATOR, now=MONDAY)
    tick(now=MONDAY)
    warned.refresh_from_db()
    assert [finding["check"] for finding in warned.findings] == ["related_live"]
    tick(now=MONDAY + HOUR)
    warned.refresh_from_db()
    assert warned.findings == []


# -- Purging the cache --


class Cache(ThreadingHTTPServer):
    """Answers PURGE with `status` and keeps what was purged."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), CacheAnswer)
        self.status = 200
        self.purged: list[tuple[str, str]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class CacheAnswer(BaseHTTPRequestHandler):
    def do_PURGE(self) -> None:
        self.server.purged.append((self.headers["Host"], self.path))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *args: object) -> None: ...


@pytest.fixture
def cache(settings) -> Iterator[Cache]:
    settings.SITE_URL = "https://news.example.org"
    with Cache() as server:
        settings.PURGE_URL = server.address
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_purge_names_everything_that_shows_the_story(cache):
    """With what older versions were on; pages in both scripts, feeds in all formats, sitemaps."""
    parent = a_section("要闻", "news")
    child = a_section("本地", "local", parent=parent)
    a_section("体育", "sports")
    person = Contributor.objects.create(name="何青", slug="he-qing")
    topic = Topic.objects.create(name="春运", slug="chunyun")
    source = Source.objects.create(name="新华社", name_key="新华社", slug="xinhua")
    story = a_story(section=child, topics=[topic], bylines=[(person, "reporter")], source=source)
    publication = publish_story(story=story, by=OPERATOR, now=MONDAY)
    tick(now=MONDAY)
    rows = StoryRows.stored(story)
    rows.story.section = a_section("文化", "culture")
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    cache.purged.clear()
    publish_story(story=story, by=OPERATOR, note="更正", now=MONDAY + HOUR)
    tick(now=MONDAY + HOUR)
    assert {host for host, _path in cache.purged} == {"news.example.org"}
    places = ["section/culture", "section/local", "section/news", "topic/chunyun", "contributor/he-qing"]
    places = [f"/{place}/" for place in [*places, "source/xinhua"]]
    archive = ["/archive/", "/archive/2026/03/", "/archive/2026/03/02/"]
    pages = [publication.get_absolute_url(), "/", *places, *archive, "/corrections/"]
    feeds = [f"{place}feed.{kind}" for place in ["/", *places] for kind in ("rss", "atom", "json")]
    sitemaps = ["/sitemap.xml", "/sitemap-stories-0.xml", "/sitemap-pages.xml", "/sitemap-news.xml"]
    expected = [*pages, *(f"/zh-hant{path}" for path in pages), *feeds, *sitemaps]
    assert sorted(path for _host, path in cache.purged) == sorted(expected)


def test_purge_of_a_withdrawal_closes_what_was_open(cache, settings):
    """The pages that listed it, its feeds, and the earlier versions that readers could open."""
    settings.EARLIER_VERSIONS = True
    publication = publish_story(story=a_story(), by=OPERATOR, now=MONDAY)
    change(publication.story, "第二版")
    publish_story(story=publication.story, by=OPERATOR, change="minor", now=MONDAY + HOUR)
    withdraw_story(story=publication.story, by=OPERATOR, note="不实", now=MONDAY + 2 * HOUR)
    tick(now=MONDAY + HOUR)
    cache.purged.clear()
    tick(now=MONDAY + 2 * HOUR)
    address = publication.get_absolute_url()
    paths = {path for _host, path in cache.purged}
    assert {
        f"{address}version/1/",
        f"/zh-hant{address}version/2/",
        "/section/news/",
        "/section/news/feed.atom",
    } <= paths


def test_purge_names_the_feeds_of_lists_that_may_show_the_story(cache):
    """Those of the front page and of the fronts of its sections, whether they name it or are filled by a rule."""
    section, other = a_section(), a_section("文化", "culture")
    shown = [a_list(), a_list(name="二", place="section"), a_list(name="三", place="section", scope=section)]
    hidden = [a_list(name="四", place="section", scope=other), a_list(name="五", place="beside")]
    found = set(addresses_of_story(publish_story(story=a_story(), by=OPERATOR, now=MONDAY)))
    assert {f"/list/{row.pk}/feed.json" for row in shown} <= found
    assert not {f"/list/{row.pk}/feed.json" for row in hidden} & found


@pytest.mark.parametrize(("versions", "queries"), [(False, 5), (True, 6)])
@pytest.mark.parametrize("count", [1, 4])
def test_addresses_cost_few_queries(settings, versions, queries, count, django_assert_num_queries):
    """However many lists, topics and versions there are."""
    settings.EARLIER_VERSIONS = versions
    topics = [Topic.objects.create(name=f"专题{number}", slug=f"t{number}") for number in range(count)]
    story = a_story(topics=topics)
    for number in range(count):
        a_list(name=f"列表{number}", slot=f"slot-{number}")
        change(story, f"第{number}版")
        publication = publish_story(story=story, by=OPERATOR, change="minor", now=MONDAY + number * HOUR)
    with django_assert_num_queries(queries):
        found = list(addresses_of_story(publication))
    assert len(found) == len(set(found))


def test_feeds_are_purged_in_every_format_there_is():
    assert set(FEED_FORMATS) == {each.extension for each in FORMATS}


def test_every_address_that_is_purged_is_one_of_the_site(db):
    """What a route is called later is called so here too."""
    row = a_list()
    publication = publish_story(story=a_story(), by=OPERATOR, now=MONDAY)
    for path in [*addresses_of_story(publication), *pages_of_list(row)]:
        assert resolve(path.removeprefix("/zh-hant")).namespace == "articles", path


def test_cache_that_refuses_is_asked_again(cache):
    """An error of the cache is kept and tried again; a page it never had is fine."""
    publish_story(story=a_story(), by=OPERATOR, now=MONDAY)
    cache.status = 500
    assert tick(now=MONDAY).failed == 1
    assert BoundaryEffect.objects.get(done_at=None).error.startswith("PurgeFailed: The cache answered 500 for /2026/")
    cache.status = 404
    assert tick(now=MONDAY + HOUR).done == 1


def test_cache_that_is_gone_keeps_nobody_from_being_told(cache, cast):
    """People are told of all stories before the first cache is waited for."""
    cache.shutdown()
    cache.server_close()
    for number in range(3):
        publish_story(story=a_story(f"标题{number}", by=cast.reporter), by=OPERATOR, now=MONDAY)
    assert tick(now=MONDAY).failed == 3
    assert Notification.objects.count() == 3


def test_without_a_cache_nothing_is_purged(cache, settings):
    """No address, no request."""
    settings.PURGE_URL = ""
    publish_story(story=a_story(), by=OPERATOR, now=MONDAY)
    assert tick(now=MONDAY).failed == 0
    assert cache.purged == []
