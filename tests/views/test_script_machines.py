"""Pages in traditional characters as machines read them, and as they are passed on."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from articles.models import Topic
from tests.builders import MONDAY, a_publication, a_section
from tests.page import Element, page, structured_data

pytestmark = pytest.mark.django_db

SITE = "https://news.example.org"
HEADLINE = "松岭县发展软件产业"
IN_TRADITIONAL = "松嶺縣發展軟件產業"


@pytest.fixture(autouse=True)
def simplified_site(reading_at, settings):
    settings.LANGUAGE_CODE = "zh-hans"
    reading_at(MONDAY + timedelta(hours=1))


def served(path: str) -> Element:
    return page(Client().get(path))


def test_structured_data_of_a_story_is_in_the_characters_of_the_page():
    """Headline, description, topics and path; types, ids and addresses are as they were made for this page."""
    topic = Topic.objects.create(name="务工", slug="wugong")
    section = a_section("县区", "county")
    publication = a_publication(HEADLINE, summary="理发店里面", section=section, topics=[topic])
    address = f"{SITE}/zh-hant{publication.get_absolute_url()}"
    told = structured_data(served(f"/zh-hant{publication.get_absolute_url()}"))
    article = told["NewsArticle"]
    assert (article["headline"], article["description"]) == (IN_TRADITIONAL, "理髮店裡面")
    assert (article["articleSection"], article["keywords"]) == ("縣區", ["務工"])
    assert article["inLanguage"] == "zh-Hant"
    assert (article["url"], article["@id"]) == (address, f"{address}#article")
    assert article["mainEntityOfPage"] == {"@type": "WebPage", "@id": address}
    steps = told["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in steps][1:] == ["縣區", IN_TRADITIONAL]
    assert [step["item"] for step in steps] == [f"{SITE}/zh-hant/", f"{SITE}/zh-hant/section/county/", address]


@pytest.mark.parametrize("path", ["/", "/section/news/"])
def test_structured_data_of_a_list_is_in_the_characters_of_the_page(path):
    publication = a_publication(HEADLINE)
    told = structured_data(served(f"/zh-hant{path}"))["CollectionPage"]
    [item] = told["mainEntity"]["itemListElement"]
    assert told["inLanguage"] == "zh-Hant"
    assert item["name"] == IN_TRADITIONAL
    assert item["url"] == f"{SITE}/zh-hant{publication.get_absolute_url()}"


def test_what_is_passed_on_is_in_the_characters_of_the_page():
    """By an app and by mail, with the address of this page."""
    path = a_publication("头发 100%？a=b&c").get_absolute_url()
    share = served(f"/zh-hant{path}").one("details", css_class="share")
    assert share.attributes["data-title"] == "頭髮 100%？a=b&c"
    mail = urlsplit(share.one("a").attributes["href"])
    assert mail.scheme == "mailto"
    assert parse_qs(mail.query) == {"subject": ["頭髮 100%？a=b&c"], "body": [f"{SITE}/zh-hant{path}"]}
