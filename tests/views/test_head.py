"""The head of the pages: description, canonical address and cards, from the settings and never from the request."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from articles.actions import publish_story, save_story
from articles.chinese import shortened
from articles.models import Contributor, CopyrightNotice, SiteIdentity, SiteLogo, Source, Topic
from articles.templatetags.machines import DESCRIPTION_LENGTH
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story, story_rows
from tests.page import Element, page, structured_data
from tests.views.test_story import a_full_publication

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SITE = "https://news.example.org"


def head(address: str, **headers: str) -> Element:
    return page(Client(headers=headers or None).get(address)).one("head")


def cards(document: Element) -> dict[str, list[str]]:
    """The properties of Open Graph, by name."""
    found: dict[str, list[str]] = {}
    for meta in document.all("meta"):
        if name := meta.attributes.get("property"):
            found.setdefault(name, []).append(meta.attributes["content"])
    return found


def description(document: Element) -> str:
    return document.one("meta", name="description").attributes["content"]


def canonical(document: Element) -> str:
    return document.one("link", rel="canonical").attributes["href"]


def test_story_has_the_card_of_an_article():
    """Every field of https://ogp.me/#type_article that a story can fill."""
    publication = a_full_publication()
    found = head(publication.get_absolute_url())
    address = SITE + publication.get_absolute_url()
    assert cards(found) == {
        "og:type": ["article"],
        "og:title": ["松岭县新开两趟务工专车"],
        "og:description": ["两趟专车从松岭直达省城。"],
        "og:url": [address],
        "og:site_name": ["Newsroom"],
        "og:locale": ["en_US"],
        "article:published_time": ["2026-03-02T09:00:00+08:00"],
        "article:modified_time": ["2026-03-02T09:00:00+08:00"],
        "article:author": [f"{SITE}/contributor/lin-yi/", f"{SITE}/contributor/he-er/"],
        "article:section": ["要闻"],
        "article:tag": ["务工"],
    }
    assert canonical(found) == address
    assert found.one("meta", name="twitter:card").attributes["content"] == "summary"


@pytest.mark.parametrize(("language", "locale"), [("zh-hans", "zh_CN"), ("zh-hant", "zh_TW"), ("en", "en_US")])
def test_card_names_language_and_country(language, locale):
    publication = a_publication(language=language)
    assert cards(head(publication.get_absolute_url()))["og:locale"] == [locale]


def test_card_names_the_other_script(settings):
    """In both directions; an English page has no other."""
    settings.LANGUAGE_CODE = "zh-hans"
    address = a_publication().get_absolute_url()
    for prefix, own, other in (("", "zh_CN", "zh_TW"), ("/zh-hant", "zh_TW", "zh_CN")):
        found = cards(head(prefix + address))
        assert (found["og:locale"], found["og:locale:alternate"]) == ([own], [other])
        assert found["og:url"] == [SITE + prefix + address]
    assert "og:locale:alternate" not in cards(head(a_publication("English", language="en").get_absolute_url()))


def test_logo_stands_on_the_card():
    """With its size and words for it; nothing stands there while there is no logo."""
    identity = SiteIdentity.objects.create(pk=1, name="松岭新闻", name_english="Songling News")
    address = a_publication(language="en").get_absolute_url()
    assert "og:image" not in cards(head(address))
    SiteLogo.objects.create(
        identity=identity, appearance="light", picture=b"png", digest="ab" * 32, width=320, height=80
    )
    found = cards(head(address))
    picture = f"{SITE}/logo-light-abababababab.png"
    assert {name: value for name, [value] in found.items() if name.startswith("og:image")} == {
        "og:image": picture,
        "og:image:type": "image/png",
        "og:image:width": "320",
        "og:image:height": "80",
        "og:image:alt": "Songling News",
    }
    assert Client().get(picture.removeprefix(SITE)).status_code == 200
    logo = structured_data(page(Client().get(address)))["NewsMediaOrganization"]["logo"]
    assert (logo["url"], logo["width"], logo["height"]) == (picture, 320, 80)


def test_long_summary_is_cut_between_characters():
    """By the rule of Chinese text; the story itself keeps all of it."""
    summary = "松岭县的务工专车今天开出，" * 30
    publication = a_publication(summary=summary)
    found = head(publication.get_absolute_url())
    assert description(found) == shortened(summary, DESCRIPTION_LENGTH)
    assert description(found).endswith("…")
    assert cards(found)["og:description"] == [description(found)]
    told = structured_data(page(Client().get(publication.get_absolute_url())))["NewsArticle"]
    assert told["description"] == summary


def test_story_without_a_summary_is_described_by_how_it_begins():
    found = head(a_publication(opening="<p>三月二日清晨，专车开出。</p>").get_absolute_url())
    assert description(found) == "三月二日清晨，专车开出。"
    assert not head(a_publication("只有标题").get_absolute_url()).all("meta", name="description")


def test_retracted_story_is_described_by_the_reason(reading_at):
    publication = a_publication("假消息", summary="假摘要")
    rows = story_rows("假消息", story=publication.story, section=a_section(), summary="假摘要")
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    publish_story(
        story=publication.story, by=OPERATOR, change="retraction", note="消息不实。", at=MONDAY + HOUR, now=MONDAY
    )
    reading_at(MONDAY + 2 * HOUR)
    found = head(publication.get_absolute_url())
    assert description(found) == "消息不实。"
    assert cards(found)["og:title"] == [found.one("title").text.rpartition(" - ")[0]]
    assert "假摘要" not in "".join(meta.attributes.get("content", "") for meta in found.all("meta"))


HEADERS = [{"host": "localhost"}, {"host": "testserver", "x-forwarded-host": "evil.example"}]


@pytest.mark.parametrize("headers", HEADERS)
@pytest.mark.parametrize("address", ["/", "/section/news/", "/topic/wugong/", "/contributor/lin-yi/"])
def test_addresses_come_from_the_settings(address, headers, settings):
    """Whoever asks under whichever name."""
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    a_full_publication()
    found = head(address, **headers)
    assert canonical(found) == cards(found)["og:url"][0] == SITE + address
    assert cards(found)["og:type"] == ["website"]


@pytest.mark.parametrize("subject", ["section", "topic", "contributor"])
def test_older_page_is_a_page_of_its_own(subject):
    """Not the first page again, which would take its stories from search engines; other words of a query are none."""
    person = Contributor.objects.create(name="林一", slug="x", biography="About it")
    topic = Topic.objects.create(name="话题", slug="x", description="About it")
    section = a_section("栏目", "x", description="About it")
    for number in range(22):
        a_publication(f"稿{number}", section=section, topics=[topic], bylines=[(person, "reporter")])
    first = page(Client().get(f"/{subject}/x/?utm_source=feed&page=-1"))
    assert canonical(first) == f"{SITE}/{subject}/x/"
    assert description(first) == "About it"
    [older] = {
        link.attributes["href"] for link in first.all("a") if link.attributes.get("href", "").startswith("?before=")
    }
    second = page(Client().get(f"/{subject}/x/{older}"))
    assert canonical(second) == f"{SITE}/{subject}/x/{older}"
    shown = structured_data(second)["CollectionPage"]["mainEntity"]["itemListElement"]
    assert [item["name"] for item in shown] == [found.text for found in second.one("main").all(css_class="headline")]


def test_hostile_texts_stay_in_their_attributes():
    bad = '"><script>alert(1)</script>'
    publication = a_publication(f"标题{bad}", summary=bad, section=a_section(f"栏{bad}", "bad"))
    found = head(publication.get_absolute_url())
    assert cards(found)["og:title"] == [f"标题{bad}"]
    assert description(found) == bad
    assert cards(found)["article:section"] == [f"栏{bad}"]


def test_previews_and_other_moments_tell_machines_nothing(cast):
    """Neither where they are nor what they say."""
    chief = Client()
    chief.force_login(cast.chief_editor)
    publication = a_publication("公开稿")
    travelled = page(chief.get(f"/at/2026-03-02T01:30Z{publication.get_absolute_url()}"))
    assert travelled.one("h1").text == "公开稿"
    draft = a_story("草稿", by=cast.chief_editor)
    previewed = page(chief.get(f"/admin/articles/story/{draft.pk}/preview/"))
    assert previewed.one("h1").text == "草稿"
    for document in (travelled, previewed):
        assert cards(document) == {}
        assert not document.all("link", rel="canonical")
        assert structured_data(document) == {}


def test_page_that_is_none_tells_nothing():
    found = page(Client().get("/section/none/"))
    assert cards(found) == {}
    assert not found.all("link", rel="canonical")


@pytest.mark.parametrize(
    ("feeds", "summary", "told"),
    [
        ("headline", "摘要里的话。", ""),
        ("headline", "", ""),
        ("summary", "摘要里的话。", "摘要里的话。"),
        ("summary", "", ""),
        ("full", "", "正文里的话。"),
    ],
)
def test_head_tells_no_more_than_the_notice_lets_out(feeds, summary, told):
    """Neither the summary nor the text of a source goes to machines in the head of the page when not in feeds."""
    source = Source.objects.create(name="岷江社", name_key="岷江社", slug="minjiang")
    CopyrightNotice.objects.create(source=source, text="请勿转载。", feeds=feeds, effective_from=MONDAY)
    publication = a_publication(summary=summary, opening="<p>正文里的话。</p>", source=source)
    document = page(Client().get(publication.get_absolute_url()))
    head = {
        found.attributes["content"]
        for found in document.all("meta")
        if "description" in found.attributes.get("name", "") + found.attributes.get("property", "")
    }
    assert head == ({told} if told else set())
    assert structured_data(document)["NewsArticle"].get("description", "") == (told if summary else "")
