"""Breadcrumbs, pages that list stories, profiles, the newsroom and its site."""

from __future__ import annotations

from articles.structured_data import (
    Logo,
    Publisher,
    breadcrumbs,
    collection_page,
    news_media_organization,
    profile_page,
    website,
)
from tests.structured_data.told import LIN, PUBLISHER

SITE = "https://news.example.org"


def test_path_leads_from_the_front_page_to_the_page():
    steps = [("松岭新闻", f"{SITE}/"), ("要闻", f"{SITE}/section/news/"), ("标题", f"{SITE}/a/")]
    said = breadcrumbs(f"{SITE}/a/", steps)
    assert (said["@type"], said["@id"]) == ("BreadcrumbList", f"{SITE}/a/#breadcrumbs")
    assert [(step["position"], step["name"], step["item"]) for step in said["itemListElement"]] == [
        (1, "松岭新闻", f"{SITE}/"),
        (2, "要闻", f"{SITE}/section/news/"),
        (3, "标题", f"{SITE}/a/"),
    ]


def test_path_of_one_step_is_none():
    assert breadcrumbs(f"{SITE}/", [("松岭新闻", f"{SITE}/")]) == {}


def a_page(*listed: tuple[str, str]) -> dict:
    return collection_page(
        address=f"{SITE}/section/news/", name="要闻", description="", language="zh-Hans", publisher=PUBLISHER,
        listed=listed,
    )  # fmt: skip


def test_list_keeps_the_order_of_the_page_and_each_story_once():
    said = a_page(("甲", f"{SITE}/1/"), ("乙", "https://example.org/"), ("甲，别的题", f"{SITE}/1/"))
    items = said["mainEntity"]["itemListElement"]
    assert [(item["position"], item["name"], item["url"]) for item in items] == [
        (1, "甲", f"{SITE}/1/"),
        (2, "乙", "https://example.org/"),
    ]
    assert said["mainEntity"]["numberOfItems"] == 2
    assert (said["@type"], said["name"], said["inLanguage"]) == ("CollectionPage", "要闻", "zh-Hans")
    assert "description" not in said


def test_page_that_lists_nothing_is_no_list():
    assert a_page() == {}


def test_profile_is_of_the_person_the_stories_name():
    """By the same id, so that machines know one person."""
    said = profile_page(LIN, biography="跑交通。", language="zh-Hans", publisher=PUBLISHER)
    entity = said["mainEntity"]
    assert (entity["@id"], entity["name"], entity["jobTitle"]) == (f"{LIN.url}#person", "林一", "首席记者")
    assert entity["description"] == "跑交通。"
    assert entity["worksFor"]["@id"] == PUBLISHER.id
    plain = profile_page(LIN, biography="", language="zh-Hans", publisher=PUBLISHER)
    assert "description" not in plain["mainEntity"]


def test_newsroom_tells_its_names_its_logo_and_its_rules():
    publisher = Publisher(
        site_url=SITE,
        names=("松岭新闻", "Songling News"),
        legal_name="松岭日报社",
        tagline="松岭的事",
        email="desk@example.org",
        logo=Logo(f"{SITE}/logo.png", 320, 80),
        pages={
            "correctionsPolicy": f"{SITE}/page/corrections/",
            "ownershipFundingInfo": f"{SITE}/page/owners/",
            # No property of schema.org.
            "imprint": f"{SITE}/page/imprint/",
        },
    )
    assert news_media_organization(publisher) == {
        "@type": "NewsMediaOrganization",
        "@id": f"{SITE}/#publisher",
        "name": "松岭新闻",
        "alternateName": ["Songling News"],
        "legalName": "松岭日报社",
        "url": f"{SITE}/",
        "description": "松岭的事",
        "email": "desk@example.org",
        "logo": {"@type": "ImageObject", "url": f"{SITE}/logo.png", "width": 320, "height": 80},
        "correctionsPolicy": f"{SITE}/page/corrections/",
        "ownershipFundingInfo": f"{SITE}/page/owners/",
    }


def test_newsroom_without_rules_promises_none():
    assert news_media_organization(Publisher(site_url=SITE, names=("松岭新闻",))) == {
        "@type": "NewsMediaOrganization",
        "@id": f"{SITE}/#publisher",
        "name": "松岭新闻",
        "url": f"{SITE}/",
    }


def test_site_tells_how_it_is_searched():
    said = website(Publisher(site_url=SITE, names=("松岭新闻",), language="zh-Hans", search_url=f"{SITE}/search/?q="))
    assert said["potentialAction"]["target"]["urlTemplate"] == f"{SITE}/search/?q={{words}}"
    assert said["potentialAction"]["query-input"] == "required name=words"
    assert said["publisher"]["@id"] == f"{SITE}/#publisher"
    assert "potentialAction" not in website(Publisher(site_url=SITE, names=("松岭新闻",)))
