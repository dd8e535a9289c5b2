"""What the pages say in the words of schema.org: the same as to readers, at the same moment, and never more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.actions import publish_story, save_story, withdraw_story
from articles.models import Contributor, Publication, SiteIdentity, SitePage, Source
from articles.views.structured_data import people_of
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story, story_rows
from tests.page import page, structured_data
from tests.views.test_story import a_full_publication, a_notice, a_source

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SITE = "https://news.example.org"
HOSTILE = "标题</script><script>alert(1)</script>\"'<!--\u2028&amp;"


def said(address: str) -> dict[str, dict]:
    return structured_data(page(Client().get(address)))


def article(publication: Publication) -> dict:
    return said(publication.get_absolute_url())["NewsArticle"]


def changed(publication: Publication, headline: str, *, at, **publishing) -> Publication:
    story = publication.story
    rows = story_rows(headline, story=story, section=story.section)
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    return publish_story(story=story, by=OPERATOR, now=MONDAY, at=at, **publishing)


# The story page


def test_story_is_told_field_by_field():
    """Everything a story has, as the rows have it."""
    publication = a_full_publication()
    Source.objects.update(homepage="https://songling.example.org/")
    Contributor.objects.filter(slug="lin-yi").update(job_title="Chief reporter")
    found = said(publication.get_absolute_url())
    told, content = found["NewsArticle"], publication.content
    address = SITE + publication.get_absolute_url()
    assert told["@id"] == f"{address}#article"
    assert (told["headline"], told["description"]) == (content.headline, content.summary)
    assert told["alternativeHeadline"] == [content.kicker, content.subtitle]
    assert told["datePublished"] == told["dateModified"] == "2026-03-02T09:00:00+08:00"
    assert [(each["name"], each["url"], each.get("jobTitle")) for each in told["author"]] == [
        ("林一", f"{SITE}/contributor/lin-yi/", "Chief reporter"),
        ("何二", f"{SITE}/contributor/he-er/", None),
    ]
    assert [each["url"] for each in told["editor"]] == [f"{SITE}/contributor/tang-san/"]
    assert [each["url"] for each in told["contributor"]] == [f"{SITE}/contributor/he-er/"]
    assert (told["articleSection"], told["keywords"], told["dateline"]) == ("要闻", ["务工"], "松岭")
    assert (told["inLanguage"], told["wordCount"]) == ("en", content.characters)
    assert told["copyrightNotice"] == "版权归松岭日报社所有。"
    assert told["copyrightHolder"]["name"] == "松岭日报社"
    assert (told["copyrightYear"], told["license"]) == (2026, "https://example.org/l")
    assert told["usageInfo"]["text"] == "转载须注明来源"
    assert told["isBasedOn"]["headline"] == "原来的标题"
    assert told["sourceOrganization"]["url"] == "https://songling.example.org/"
    path = found["BreadcrumbList"]["itemListElement"]
    assert [step["item"] for step in path] == [f"{SITE}/", f"{SITE}/section/news/", address]
    assert found["NewsMediaOrganization"]["@id"] == told["publisher"]["@id"]
    assert found.keys() == {"NewsArticle", "BreadcrumbList", "NewsMediaOrganization"}


def test_path_names_the_parent_of_the_section():
    parent = a_section("地方", "local")
    publication = a_publication(section=a_section("县城", "county", parent=parent))
    path = said(publication.get_absolute_url())["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in path[1:]] == ["地方", "县城", publication.content.headline]


def test_bare_story_is_told_too():
    """Without source, byline, topics, summary and text."""
    told = article(a_publication())
    assert told["author"] == [told["publisher"]]
    assert {"copyrightNotice", "keywords", "description", "isBasedOn", "sourceOrganization"}.isdisjoint(told)


def test_person_who_is_gone_has_no_address():
    """The name stays, as the version has it."""
    person = Contributor.objects.create(name="林一", slug="lin-yi")
    publication = a_publication(bylines=[(person, "reporter")])
    assert people_of(publication.content, {person.pk})[person.pk].url == f"{SITE}/contributor/lin-yi/"
    publication.contributorlistings.all().delete()
    publication.feed_listings.all().delete()
    publication.story.bylines.all().delete()
    person.delete()
    assert article(publication)["author"] == [{"@type": "Person", "name": "林一"}]


@pytest.mark.parametrize("field", ["headline", "kicker", "summary", "dateline", "original_title", "original_author"])
def test_no_text_breaks_out_of_the_script(field):
    """The page has one script of data and one of the site, and the text is told as it was typed."""
    values = {"headline": "标题", field: HOSTILE}
    address = a_publication(values.pop("headline"), **values).get_absolute_url()
    document = page(Client().get(address))
    scripts = document.all("script")
    assert [script.attributes.get("type", script.attributes.get("src", ""))[-10:] for script in scripts] == [
        "on/ld+json",
        "reading.js",
    ]
    told = structured_data(document)["NewsArticle"]
    plain = {"headline": told["headline"], "summary": told.get("description"), "dateline": told.get("dateline")}
    plain["kicker"] = (told.get("alternativeHeadline") or [""])[0]
    plain["original_title"] = told.get("isBasedOn", {}).get("headline")
    plain["original_author"] = told.get("isBasedOn", {}).get("author", {}).get("name")
    assert plain[field] == HOSTILE


# At a moment


def test_each_moment_is_told_what_was_public_then(reading_at):
    """A correction that is planned is absent until its very moment, and so is the headline it brings."""
    publication = a_publication("旧题")
    changed(publication, "新题暗号", at=MONDAY + 5 * HOUR, change="correction", note="更正暗号")
    reading_at(MONDAY + 5 * HOUR - timedelta(seconds=1))
    body = Client().get(publication.get_absolute_url()).content.decode()
    assert "暗号" not in body
    told = article(publication)
    assert (told["headline"], told["dateModified"]) == ("旧题", "2026-03-02T09:00:00+08:00")
    assert "correction" not in told
    reading_at(MONDAY + 5 * HOUR)
    told = article(publication)
    assert (told["headline"], told["dateModified"]) == ("新题暗号", "2026-03-02T14:00:00+08:00")
    assert told["datePublished"] == "2026-03-02T09:00:00+08:00"
    assert [(each["genre"], each["text"], each["datePublished"]) for each in told["correction"]] == [
        ("correction", "更正暗号", "2026-03-02T14:00:00+08:00")
    ]


def test_change_without_words_is_told_in_those_of_the_page(reading_at):
    publication = a_publication("旧题")
    correction = changed(publication, "新题", at=MONDAY + HOUR, change="correction", note="更正")
    # As old data may be; publishing asks for a note.
    Publication.objects.filter(pk=correction.pk).update(note="")
    reading_at(MONDAY + 2 * HOUR)
    shown = page(Client().get(publication.get_absolute_url())).one(css_class="top-notice").text
    assert article(publication)["correction"][0]["text"] in shown


def test_retracted_story_is_told_as_retracted(reading_at):
    """The description is the reason, and not what was taken back."""
    publication = a_publication("假的消息", summary="假的摘要")
    changed(publication, "假的消息", at=MONDAY + HOUR, change="retraction", note="消息不实。")
    reading_at(MONDAY + 2 * HOUR)
    document = page(Client().get(publication.get_absolute_url()))
    told = structured_data(document)["NewsArticle"]
    assert told["creativeWorkStatus"] == "Retracted"
    assert told["headline"] in document.one("title").text
    assert told["headline"] != "假的消息"
    assert told["description"] == "消息不实。"
    assert told["correction"][0]["genre"] == "retraction"


def test_rights_are_those_of_the_moment(reading_at):
    """A notice that is planned is not told before it is in force."""
    a_notice("旧的版权声明")
    a_notice("新的暗号", effective_from=MONDAY + 5 * HOUR, applies_to_earlier=True)
    publication = a_publication(source=a_source())
    assert article(publication)["copyrightNotice"] == "旧的版权声明"
    reading_at(MONDAY + 6 * HOUR)
    assert article(publication)["copyrightNotice"] == "新的暗号"


def test_what_is_not_public_is_told_to_nobody(cast, reading_at):
    """A withdrawn story, an earlier version, a page of the time machine."""
    publication = a_publication("旧题")
    chief = Client()
    chief.force_login(cast.chief_editor)
    travelled = chief.get(f"/at/2026-03-02T01:30Z{publication.get_absolute_url()}")
    assert travelled.status_code == 200
    assert structured_data(page(travelled)) == {}
    withdraw_story(story=publication.story, by=OPERATOR, note="撤下", now=MONDAY + HOUR)
    reading_at(MONDAY + 2 * HOUR)
    gone = Client().get(publication.get_absolute_url())
    assert gone.status_code == 410
    assert structured_data(page(gone)) == {}
    assert structured_data(page(Client().get("/no/such/page/"))) == {}


def test_earlier_version_is_not_told(settings, reading_at):
    """It would be a second story at the address of the first."""
    settings.EARLIER_VERSIONS = True
    publication = a_publication("旧题")
    changed(publication, "新题", at=MONDAY + HOUR, change="correction", note="更正")
    reading_at(MONDAY + 2 * HOUR)
    document = page(Client().get(f"{publication.get_absolute_url()}version/1/"))
    assert document.one("h1").text == "旧题"
    assert structured_data(document) == {}


# Pages that list stories, and the newsroom


def listed(address: str) -> list[tuple[str, str]]:
    items = said(address)["CollectionPage"]["mainEntity"]["itemListElement"]
    return [(item["name"], item["url"]) for item in items]


@pytest.mark.parametrize("address", ["/", "/section/news/"])
def test_list_is_told_in_the_order_of_the_page_without_what_is_planned(address):
    old, new = a_publication("甲稿"), a_publication("乙稿", at=MONDAY + HOUR)
    a_publication("暗号稿", at=MONDAY + 9 * HOUR)
    a_story("暗号草稿")
    expected = [("乙稿", SITE + new.get_absolute_url()), ("甲稿", SITE + old.get_absolute_url())]
    assert listed(address) == expected
    assert "暗号" not in Client().get(address).content.decode()


def test_contributor_is_told_as_a_person():
    person = Contributor.objects.create(name="林一", slug="lin-yi", job_title="Reporter", biography="Writes of roads.")
    publication = a_publication(bylines=[(person, "reporter")])
    told = said("/contributor/lin-yi/")["ProfilePage"]["mainEntity"]
    assert (told["name"], told["jobTitle"], told["description"]) == ("林一", "Reporter", "Writes of roads.")
    assert told["@id"] == article(publication)["author"][0]["@id"]


def test_newsroom_tells_its_rules_as_soon_as_readers_have_them(reading_at):
    """In the language of the site where there are two; a draft and a planned page are not told."""
    SiteIdentity.objects.create(pk=1, name="松岭新闻", name_english="Songling News", contact_email="a@example.org")
    pages = [
        ("en", "ethicsPolicy", "ethics-en", MONDAY, "Ethics"),
        ("zh-hans", "ethicsPolicy", "ethics", MONDAY, "伦理"),
        ("en", "correctionsPolicy", "corrections", MONDAY + 5 * HOUR, "暗号"),
        ("en", "masthead", "masthead", None, "暗号"),
        ("en", "imprint", "imprint", MONDAY, "Imprint"),
    ]
    for language, purpose, slug, live_from, title in pages:
        SitePage.objects.create(title=title, slug=slug, language=language, purpose=purpose, live_from=live_from)
    told = said("/")["NewsMediaOrganization"]
    assert (told["name"], told["alternateName"], told["email"]) == ("Songling News", ["松岭新闻"], "a@example.org")
    assert told["ethicsPolicy"] == f"{SITE}/page/ethics-en/"
    assert {"correctionsPolicy", "masthead", "imprint"}.isdisjoint(told)
    reading_at(MONDAY + 6 * HOUR)
    assert said("/")["NewsMediaOrganization"]["correctionsPolicy"] == f"{SITE}/page/corrections/"


def test_front_page_tells_of_the_site_and_has_no_path():
    found = said("/")
    assert found["WebSite"]["potentialAction"]["target"]["urlTemplate"] == f"{SITE}/search/?q={{words}}"
    assert "BreadcrumbList" not in found


# What it costs


@pytest.mark.parametrize("count", [1, 5])
def test_people_cost_one_query_however_many(count, django_assert_num_queries):
    people = [Contributor.objects.create(name=f"人{number}", slug=f"ren-{number}") for number in range(count)]
    publication = a_publication(bylines=[(person, "reporter") for person in people])
    content = publication.content
    with django_assert_num_queries(1):
        assert len(people_of(content, {person.pk for person in people})) == count


def test_story_without_people_costs_no_query_for_them(django_assert_num_queries):
    content = a_publication().content
    with django_assert_num_queries(0):
        assert people_of(content, set()) == {}


def test_machines_cost_a_page_nothing_but_the_people():
    """Everything else they are told of is read for the page anyway."""
    people = [Contributor.objects.create(name=f"人{number}", slug=f"ren-{number}") for number in range(3)]
    plain = a_publication("甲")
    named = a_publication("乙", bylines=[(person, "reporter") for person in people])
    costs = []
    for publication in (plain, named):
        with CaptureQueriesContext(connection) as queries:
            assert article(publication)
        costs.append(len(queries))
    assert costs[1] - costs[0] == 1
