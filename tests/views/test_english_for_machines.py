"""What machines are told of pages in English: the English names, and nothing in Chinese where there is none."""

from __future__ import annotations

import pytest

from articles.chinese import is_han
from articles.models import Contributor, Section, SiteIdentity, Topic
from tests.builders import a_publication
from tests.english_names import an_english_story, name_in_english
from tests.page import page, structured_data
from tests.publishing import hour
from tests.syndication.feed_documents import items

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def chinese_site(settings):
    settings.LANGUAGE_CODE = "zh-hans"


def test_machines_are_told_the_english_names(client, reading_at):
    """In the words of schema.org and of Open Graph."""
    SiteIdentity.objects.create(pk=1, name="松岭新闻", name_english="Songling News")
    publication = an_english_story()
    name_in_english(publication.story)
    reading_at(hour(2))
    document = page(client.get(publication.get_absolute_url()))
    told = structured_data(document)
    article = told["NewsArticle"]
    assert [person["name"] for person in article["author"]] == ["Lin Xiaohe"]
    assert article["articleSection"] == "County"
    assert article["keywords"] == ["Jobs"]
    assert article["sourceOrganization"]["name"] == "Songling"
    assert article["creditText"] == "Lin Xiaohe / Songling"
    assert article["copyrightNotice"] == "All rights."
    assert article["copyrightHolder"]["name"] == "Press"
    assert article["usageInfo"]["text"] == "To read."
    steps = [step["name"] for step in told["BreadcrumbList"]["itemListElement"]]
    assert steps == ["Songling News", "News", "County", "Two coaches"]
    metas = {meta.attributes.get("property", ""): meta.attributes.get("content") for meta in document.all("meta")}
    assert (metas["article:section"], metas["article:tag"]) == ("County", "Jobs")
    feeds = [link.attributes["title"] for link in document.all("link", type="application/rss+xml")]
    assert feeds == ["County - Songling News (RSS)", "Songling News (RSS)"]


def test_feeds_say_of_an_english_story_what_its_page_says(client, reading_at):
    publication = an_english_story(opening="<p>They left at dawn.</p>")
    name_in_english(publication.story)
    reading_at(hour(2))
    (item,) = items()
    assert [person["name"] for person in item["authors"]] == ["Lin Xiaohe"]
    assert item["tags"] == ["County", "Jobs"]
    assert "All rights." in item["content_html"]
    assert "Songling" in item["content_html"]
    assert not any(map(is_han, str(item)))


def test_feed_of_a_section_has_the_name_of_the_sites_language(client, reading_at, settings):
    """A feed is one document for everybody."""
    publication = an_english_story()
    name_in_english(publication.story)
    reading_at(hour(2))
    assert client.get("/section/county/feed.json").json()["title"].startswith("县区 - ")
    settings.LANGUAGE_CODE = "en"
    assert client.get("/section/county/feed.json").json()["title"].startswith("County - ")


def test_machines_read_no_chinese_title_of_a_person_on_an_english_story(client, reading_at):
    """It exists in one language; a Chinese story says it."""
    english = an_english_story()
    chinese = a_publication("两趟专车", bylines=[(Contributor.objects.get(), "reporter")])
    reading_at(hour(1))
    for publication, titles in ((english, [None]), (chinese, ["记者"])):
        told = structured_data(page(client.get(publication.get_absolute_url())))
        assert [person.get("jobTitle") for person in told["NewsArticle"]["author"]] == titles


def test_publisher_is_called_by_the_name_of_the_pages_language(client, reading_at):
    """It is one, with one id and both names; the page decides which of them comes first."""
    SiteIdentity.objects.create(pk=1, name="松岭新闻", name_english="Songling News")
    english, chinese = an_english_story(), a_publication("两趟专车")
    reading_at(hour(1))
    ids = set()
    for publication, name, other in (
        (english, "Songling News", "松岭新闻"),
        (chinese, "松岭新闻", "Songling News"),
    ):
        document = page(client.get(publication.get_absolute_url()))
        told = structured_data(document)
        organization, article = told["NewsMediaOrganization"], told["NewsArticle"]
        assert (organization["name"], organization["alternateName"]) == (name, [other])
        assert article["publisher"]["name"] == article["isPartOf"]["name"] == name
        assert document.one("meta", property="og:site_name").attributes["content"] == name
        ids |= {organization["@id"], article["publisher"]["@id"]}
    assert len(ids) == 1


@pytest.mark.parametrize(
    ("site", "tagline", "told"),
    [
        ("en", "松岭的新闻。", []),
        ("en", "News of Songling.", ["News of Songling."]),
        ("zh-hans", "松岭的新闻。", ["松岭的新闻。"]),
        ("zh-hans", "News of Songling.", ["News of Songling."]),
    ],
)
def test_english_front_page_is_not_described_in_chinese(client, settings, reading_at, site, tagline, told):
    settings.LANGUAGE_CODE = site
    SiteIdentity.objects.create(pk=1, name="松岭新闻", tagline=tagline)
    a_publication("两趟专车")
    reading_at(hour(1))
    document = page(client.get("/"))
    for name in ({"name": "description"}, {"property": "og:description"}):
        assert [meta.attributes["content"] for meta in document.all("meta", **name)] == told
    assert structured_data(document)["CollectionPage"].get("description", "") == "".join(told)


def test_descriptions_of_the_pages_of_an_english_site_are_not_in_chinese(client, settings, reading_at):
    """Readers see them on the page, marked as what they are."""
    settings.LANGUAGE_CODE = "en"
    an_english_story()
    Section.objects.update(description="三乡镇的消息。")
    Topic.objects.update(description="外出务工。")
    Contributor.objects.update(biography="常驻三乡镇。")
    reading_at(hour(1))
    for address in ("/section/county/", "/topic/jobs/", "/contributor/lin-xiaohe/"):
        document = page(client.get(address))
        assert document.all("meta", name="description") == []
        assert document.one("p", "quiet").attributes["lang"] == "zh-Hans"
