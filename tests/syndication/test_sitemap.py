"""Sitemaps: what is in them, since when, and that they are valid."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from articles.actions import publish_story, save_story, withdraw_story
from articles.models import Publication, Revision, SiteIdentity, StoryRows, sitemap_file
from articles.syndication import sitemap
from articles.syndication.listed_pages import ListedPage
from tests.builders import MONDAY, OPERATOR, a_publication, a_story
from tests.syndication.sitemap_documents import assert_valid, entries

HOUR = timedelta(hours=1)
SITE = "https://news.example.org"
NINE = "2026-03-02T09:00:00+08:00"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = SITE


def stories(number: int = 0, at: datetime = MONDAY + HOUR) -> list:
    found = sitemap.stories(number, at)
    return entries(found.text) if found else []


def news(at: datetime = MONDAY + HOUR, identity: SiteIdentity | None = None) -> list:
    return entries(sitemap.news(at, identity or SiteIdentity(name="松岭报")).text)


@pytest.fixture
def small_files(monkeypatch) -> None:
    """Files of two stories."""
    monkeypatch.setattr(sitemap_file, "MOST_PER_FILE", 2)


# -- Stories --


def test_story_is_listed_under_its_address_since_its_version():
    """The absolute address of the site, and the beginning of the version that readers have, with its offset."""
    publication = a_publication()
    (entry,) = stories()
    assert (entry.loc, entry.lastmod) == (SITE + publication.get_absolute_url(), NINE)
    assert_valid(sitemap.stories(0, MONDAY + HOUR).text)


def test_correction_moves_the_date_from_its_own_moment_on():
    """Not when it was decided: a date that moves before tells of a correction that is still to come."""
    publication = a_publication()
    rows = StoryRows.stored(publication.story)
    rows.story.headline = "改过的标题"
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    publish_story(story=publication.story, by=OPERATOR, at=MONDAY + 2 * HOUR, note="更正", now=MONDAY)
    assert stories(at=MONDAY + HOUR)[0].lastmod == NINE
    (entry,) = stories(at=MONDAY + 2 * HOUR)
    assert (entry.loc, entry.lastmod) == (SITE + publication.get_absolute_url(), "2026-03-02T11:00:00+08:00")


def test_what_readers_are_not_to_find_is_in_no_file():
    """Draft, scheduled, withdrawn, ended, retracted, and what asks search engines to leave it out."""
    live = a_publication("在")
    a_story("草稿")
    publish_story(story=a_story("将来"), by=OPERATOR, at=MONDAY + 2 * HOUR, now=MONDAY)
    publish_story(story=a_story("过去"), by=OPERATOR, until=MONDAY + HOUR, now=MONDAY)
    withdrawn, retracted = a_publication("撤下"), a_publication("收回")
    withdraw_story(story=withdrawn.story, by=OPERATOR, note="不实", now=MONDAY + HOUR)
    publish_story(story=retracted.story, by=OPERATOR, change="retraction", note="不实", now=MONDAY + HOUR)
    a_publication("不收录", noindex=True)
    expected = [SITE + live.get_absolute_url()]
    assert [entry.loc for entry in stories()] == expected
    assert [entry.loc for entry in news()] == expected


def test_withdrawal_changes_the_file_at_its_moment():
    """A search engine that asks whether something changed is told of what went, and not of what is still to go."""
    a_publication("在")
    gone = a_publication("撤下")
    withdraw_story(story=gone.story, by=OPERATOR, at=MONDAY + 2 * HOUR, note="不实", now=MONDAY)
    assert sitemap.stories(0, MONDAY + HOUR).changed_at == MONDAY
    assert sitemap.stories(0, MONDAY + 2 * HOUR).changed_at == MONDAY + 2 * HOUR


def test_files_hold_ranges_of_story_ids(small_files):
    """So that a file never grows beyond what the protocol allows, and a story stays in its own."""
    published = [a_publication(f"标题{number}") for number in range(5)]
    found = {number: {entry.loc for entry in stories(number)} for number in range(published[-1].story_id // 2 + 1)}
    for row in published:
        holding = [number for number, addresses in found.items() if SITE + row.get_absolute_url() in addresses]
        assert holding == [sitemap_file.file_of(row.story_id)]
    assert max(len(addresses) for addresses in found.values()) == 2
    assert sitemap.stories(max(found) + 1, MONDAY + HOUR) is None


def test_protocol_allows_fifty_thousand():
    assert (sitemap_file.MOST_PER_FILE, sitemap.MOST_NEWS) == (50_000, 1000)


def test_addresses_made_in_bulk_are_those_of_the_pages():
    """For every day, and whatever the slug and the id are made of."""
    moments = [MONDAY, datetime(1950, 1, 9, 20, tzinfo=UTC), datetime(2222, 11, 11, 11, 11, tzinfo=UTC)]
    for first_live_at in moments:
        row = Publication(story_id=22 * 10**15, slug="1111-22-33-4444", first_live_at=first_live_at)
        made = sitemap.story_addresses()(row.story_id, row.slug, first_live_at)
        assert made == row.get_absolute_url()


@pytest.mark.parametrize("count", [1, 3])
def test_file_costs_two_queries(count, django_assert_num_queries):
    """However many stories and versions are in it."""
    for number in range(count):
        publication = a_publication(f"标题{number}")
        publish_story(story=publication.story, by=OPERATOR, change="minor", now=MONDAY + timedelta(minutes=1))
    with django_assert_num_queries(2):
        assert len(stories()) == count


# -- News --


def test_news_names_publication_language_date_and_title():
    """As Google reads them: Chinese by script, everything else by ISO 639; the date of the first publication."""
    identity = SiteIdentity(name="松岭报", name_english="Songling Daily")
    first = a_publication("首发", at=MONDAY)
    a_publication("繁體", at=MONDAY, language="zh-hant")
    a_publication("A train", at=MONDAY, language="en")
    publish_story(story=first.story, by=OPERATOR, change="correction", note="更正", now=MONDAY + HOUR)
    found = {entry.news["title"]: entry for entry in news(MONDAY + 2 * HOUR, identity)}
    assert found["首发"].news == {"name": "松岭报", "language": "zh-cn", "publication_date": NINE, "title": "首发"}
    assert found["首发"].lastmod == "2026-03-02T10:00:00+08:00"
    assert found["繁體"].news["language"] == "zh-tw"
    assert (found["A train"].news["language"], found["A train"].news["name"]) == ("en", "Songling Daily")
    assert_valid(sitemap.news(MONDAY + 2 * HOUR, identity).text)


def test_news_are_two_days_old_at_most():
    """By the first publication: a correction makes nothing new again."""
    publication = a_publication()
    publish_story(story=publication.story, by=OPERATOR, change="correction", note="更正", now=MONDAY + 40 * HOUR)
    assert news(MONDAY + 48 * HOUR - timedelta(microseconds=1))[0].news
    assert not news(MONDAY + 48 * HOUR)[0].news


def test_without_news_the_file_is_still_valid():
    """An empty one would not be: it names the front page, and calls it no news."""
    publish_story(story=a_story(), by=OPERATOR, at=MONDAY + 2 * HOUR, now=MONDAY)
    (entry,) = news()
    assert (entry.loc, entry.lastmod, entry.news) == (f"{SITE}/", None, {})
    assert_valid(sitemap.news(MONDAY + HOUR, SiteIdentity()).text)


def test_news_are_a_thousand_at_most_the_newest(monkeypatch):
    monkeypatch.setattr(sitemap, "MOST_NEWS", 2)
    published = [a_publication(f"标题{number}", at=MONDAY + number * HOUR) for number in range(3)]
    assert [entry.news["title"] for entry in news(MONDAY + 3 * HOUR)] == ["标题2", "标题1"]
    assert len(published) == 3


@pytest.mark.parametrize(
    "headline", ["</news:title><x>&\"'", "]]>&amp;", "2026", "null", '"', "[1]", "a\x0bb\x1f\ufffe", "𠮷\u2028‮الأخبار"]
)
def test_headline_breaks_out_of_no_document(headline):
    """Whatever it holds; what XML cannot hold at all is left out."""
    publication = a_publication("占位")
    Revision.objects.filter(pk=publication.revision_id).update(
        stored={**publication.revision.stored, "headline": headline}
    )
    allowed = headline.translate(dict.fromkeys(map(ord, "\x0b\x1f\ufffe")))
    assert news()[0].news["title"] == allowed
    assert news(identity=SiteIdentity(name=headline))[0].news["name"] == allowed
    assert_valid(sitemap.news(MONDAY + HOUR, SiteIdentity(name=headline)).text)


@pytest.mark.parametrize("count", [1, 3])
def test_news_cost_one_query(count, django_assert_num_queries):
    for number in range(count):
        a_publication(f"标题{number}")
    with django_assert_num_queries(1):
        assert len(news()) == count


# -- The index --


def test_index_names_the_files_that_hold_something(small_files):
    """Each with the newest date in it; a file of what is still to come, or is not to be found, is not told of."""
    assert [entry.loc for entry in entries(sitemap.index(MONDAY, []).text)] == [f"{SITE}/sitemap-pages.xml"]
    filler = a_story("补位")
    rows = [a_publication(str(number), at=MONDAY + number * HOUR) for number in range(4 - filler.pk % 2)]
    hidden = [a_publication("不收录", noindex=True) for _number in range(2)]
    to_come = [a_story("将来"), a_story("将来二")]
    for story in to_come:
        publish_story(story=story, by=OPERATOR, at=MONDAY + 9 * HOUR, now=MONDAY)
    at = MONDAY + 5 * HOUR
    found = entries(sitemap.index(at, [ListedPage("/", MONDAY), ListedPage("/corrections/")]).text)
    numbers = sorted({sitemap_file.file_of(row.story_id) for row in rows})
    unlisted = {sitemap_file.file_of(row.story_id) for row in hidden} | {sitemap_file.file_of(to_come[1].pk)}
    assert unlisted - set(numbers)
    assert [entry.loc.removeprefix(SITE) for entry in found] == [
        *(f"/sitemap-stories-{number}.xml" for number in numbers),
        "/sitemap-pages.xml",
        "/sitemap-news.xml",
    ]
    assert found[-2].lastmod == NINE


def test_every_date_of_the_index_is_the_newest_of_its_file(small_files):
    rows = [a_publication(str(number), at=MONDAY + number * HOUR) for number in range(4)]
    at = MONDAY + 5 * HOUR
    index = {entry.loc: entry.lastmod for entry in entries(sitemap.index(at, []).text)}
    for number in {sitemap_file.file_of(row.story_id) for row in rows}:
        newest = max(entry.lastmod for entry in stories(number, at))
        assert index[f"{SITE}/sitemap-stories-{number}.xml"] == newest
    assert index[f"{SITE}/sitemap-news.xml"] == max(entry.lastmod for entry in news(at))


@pytest.mark.parametrize("count", [1, 6])
def test_index_costs_two_queries(small_files, count, django_assert_num_queries):
    for number in range(count):
        a_publication(f"标题{number}")
    with django_assert_num_queries(2):
        assert len(entries(sitemap.index(MONDAY + HOUR, []).text)) >= count // 2 + 2
