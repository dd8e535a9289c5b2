"""Names and notices on pages in English: the English ones where there are any, and Chinese marked as Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from articles.actions import publish_story, save_story
from articles.chinese import is_han
from articles.models import (
    Contributor,
    CopyrightNotice,
    Publication,
    Section,
    SiteIdentity,
    SitePage,
    Source,
    Story,
    StoryRows,
    Topic,
)
from tests.builders import MONDAY, OPERATOR, a_publication, a_section
from tests.page import Element, page, structured_data
from tests.publishing import hour
from tests.story_lists import a_list
from tests.syndication.feed_documents import items
from tests.whole_site import a_whole_site

pytestmark = pytest.mark.django_db

# What readers see or hear of an element beside its text.
_SAID = ("aria-label", "alt", "title", "placeholder")


@pytest.fixture(autouse=True)
def chinese_site(settings):
    settings.LANGUAGE_CODE = "zh-hans"


def chinese_in(element: Element, language: str = "") -> Iterator[tuple[str, str]]:
    """Every text with a Chinese character that readers see or hear, with the nearest `lang`."""
    language = element.attributes.get("lang", language)
    for text in (element.attributes.get(name, "") for name in _SAID):
        if any(map(is_han, text)):
            yield language, text
    for child in element.children:
        if isinstance(child, Element):
            if child.tag not in {"head", "script"}:
                yield from chinese_in(child, language)
        elif any(map(is_han, child)):
            yield language, child.strip()


def name_in_english(story: Story | None = None, *, now: datetime | None = None) -> None:
    """Give everything a name in English, and `story` a version that has them."""
    for model in (Section, Topic, Contributor, Source):
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(name_english=row.slug.replace("-", " ").title())
    CopyrightNotice.objects.update(text_english="All rights.", holder_english="Press", usage_terms_english="To read.")
    if story:
        save_story(rows=StoryRows.stored(story), by=OPERATOR, now=now or hour(1))
        publish_story(story=story, by=OPERATOR, change="minor", now=now or hour(1))


def an_english_story(**values) -> Publication:
    """A story under a section inside another one, with a person, a topic and a source; all named in Chinese alone."""
    section = a_section("县区", "county", parent=a_section())
    source = Source.objects.create(name="松岭日报", name_key="松岭日报", slug="songling")
    words = {"text": "版权所有", "holder": "松岭日报社", "usage_terms": "仅供阅读"}
    CopyrightNotice.objects.create(source=source, feeds="full", effective_from=hour(-1), **words)
    topic = Topic.objects.create(name="就业", slug="jobs")
    person = Contributor.objects.create(name="林晓禾", slug="lin-xiaohe", job_title="记者")
    return a_publication(
        "Two coaches",
        language="en",
        section=section,
        topics=[topic],
        bylines=[(person, "reporter"), (person, "responsible_editor")],
        source=source,
        **values,
    )


def test_whole_english_story_page_marks_all_that_is_chinese(client, reading_at):
    """Whatever stands on it: sections, people, topics, notice, lists, neighbours, the foot of the site."""
    reading_at(MONDAY)
    address = a_whole_site(MONDAY)["english"]
    document = page(client.get(address))
    assert document.one("html").attributes["lang"] == "en"
    found = list(chinese_in(document))
    assert {"要闻", "县区", "林晓禾", "赵文博", "就业", "川西观察", "川西观察供稿，未经许可不得转载。"} <= {
        text for _language, text in found
    }
    assert [text for language, text in found if not language.startswith("zh")] == []


def test_whole_english_story_page_has_no_chinese_name_where_there_are_english_ones(client, reading_at):
    """Neither in the byline nor as section, topic, source or notice, in the navigation or at the foot."""
    reading_at(MONDAY)
    address = a_whole_site(MONDAY)["english"]
    story = Story.objects.get(language="en")
    name_in_english(story, now=MONDAY - timedelta(hours=2))
    SiteIdentity.objects.get().footer_lines.all().delete()
    document = page(client.get(address))
    parts = [
        document.one("header", "masthead"),
        document.one("nav", "breadcrumbs"),
        document.one("header", "story-header").one("p", "eyebrow"),
        document.all("dl", "facts")[0],
        document.one("footer", "story-footer"),
        document.one("nav", "site-map"),
    ]
    assert [text for part in parts for _language, text in chinese_in(part)] == []
    names = [part.text for part in parts]
    for name, text in zip(("News", "County", "County", "Own", "Jobs", "County"), names, strict=True):
        assert name in text
    assert "Lin Xiaohe" in names[3]
    assert "Zhao Wenbo" in names[4]
    assert "All rights." in names[4]


def test_name_without_an_english_one_stands_as_it_is_marked_as_chinese(client, reading_at):
    """Each by itself, beside those that have one."""
    publication = an_english_story()
    Section.objects.filter(slug="news").update(name_english="News")
    reading_at(hour(1))
    document = page(client.get(publication.get_absolute_url()))
    sections = document.one("nav", "site-map").all("a")
    assert [(link.text, link.attributes.get("lang", "")) for link in sections] == [("News", ""), ("县区", "zh-Hans")]
    assert "lang" not in document.one("nav", "site-map").attributes
    crumbs = document.one("nav", "breadcrumbs").all("a")
    assert [(link.text, link.attributes.get("lang", "")) for link in crumbs[1:]] == [("News", ""), ("县区", "zh-Hans")]
    person = document.one("div", "byline").one("a", href="/contributor/lin-xiaohe/")
    assert (person.text, person.attributes["lang"]) == ("林晓禾", "zh-Hans")
    assert document.one("section", "copyright").one("p").attributes["lang"] == "zh-Hans"


def test_published_version_keeps_its_names_and_the_page_around_it_has_those_of_now(client, reading_at):
    publication = an_english_story()
    name_in_english(publication.story)
    Section.objects.filter(slug="county").update(name_english="Districts")
    Contributor.objects.update(name_english="X. Lin")
    reading_at(hour(2))
    document = page(client.get(publication.get_absolute_url()))
    assert document.one("header", "story-header").one("p", "eyebrow").text == "County"
    assert document.one("div", "byline").one("a", href="/contributor/lin-xiaohe/").text == "Lin Xiaohe"
    assert [link.text for link in document.one("nav", "breadcrumbs").all("a")][1:] == ["News", "Districts"]


def test_notice_in_english_is_dated_as_the_notice_is(client, reading_at):
    """A story keeps the one that held when it went live; a newer one speaks for newer stories."""
    publication = an_english_story()
    CopyrightNotice.objects.create(
        source=Source.objects.get(), text="新的", text_english="New terms", effective_from=hour(1)
    )
    reading_at(hour(2))
    notice = page(client.get(publication.get_absolute_url())).one("section", "copyright")
    assert notice.one("p").text == "版权所有"


def test_page_in_chinese_says_and_marks_what_it_did(client, reading_at):
    """Names in English are on no page in Chinese, and mark nothing there."""
    an_english_story()
    chinese = a_publication("两趟专车", section=Section.objects.get(slug="county"), source=Source.objects.get())
    topic = a_publication("三趟专车", topics=[Topic.objects.get()])
    reading_at(hour(1))
    addresses = [chinese.get_absolute_url(), topic.get_absolute_url(), "/section/news/", "/search/", "/feeds/", "/"]
    addresses += ["/section/county/", "/topic/jobs/", "/contributor/lin-xiaohe/", "/source/songling/", "/missing/"]
    before = [client.get(address).content for address in addresses]
    name_in_english()
    assert [client.get(address).content for address in addresses] == before


def test_lists_in_chinese_call_the_section_of_an_english_story_by_its_chinese_name(client, reading_at):
    publication = an_english_story()
    name_in_english(publication.story)
    reading_at(hour(2))
    for address in ("/topic/jobs/", "/search/?q=coaches"):
        link = page(client.get(address)).one("main").one("p", "meta").one("a", href="/section/county/")
        assert (link.text, link.attributes.get("lang", "")) == ("县区", "")


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


def test_pages_of_an_english_site_have_the_english_names(client, reading_at, settings):
    """Headings, paths, labels and choices; the section of a Chinese story among them."""
    settings.LANGUAGE_CODE = "en"
    an_english_story()
    a_publication("两趟专车", section=Section.objects.get(slug="county"), topics=[Topic.objects.get()])
    name_in_english()
    reading_at(hour(1))
    for address, name in (
        ("/section/county/", "County"),
        ("/topic/jobs/", "Jobs"),
        ("/contributor/lin-xiaohe/", "Lin Xiaohe"),
        ("/source/songling/", "Songling"),
    ):
        document = page(client.get(address))
        assert document.one("h1").text == name
        assert document.one("title").text.startswith(f"{name} - ")
        assert structured_data(document)["BreadcrumbList"]["itemListElement"][-1]["name"] == name
    assert structured_data(page(client.get("/contributor/lin-xiaohe/")))["ProfilePage"]["mainEntity"]["name"] == (
        "Lin Xiaohe"
    )
    assert page(client.get("/source/songling/")).one("section", "copyright").one("p").text == "All rights."
    labels = {link.text for link in page(client.get("/topic/jobs/")).one("main").all("a", href="/section/county/")}
    # The English story has the name it was published with, which is Chinese.
    assert labels == {"County", "县区"}
    options = [option.text for option in page(client.get("/search/")).one("select", name="section").all("option")]
    assert options[1:] == ["News", "News / County"]
    feeds = {name.text for name in page(client.get("/feeds/")).all("span", "feed-name")}
    assert {"News", "County", "Jobs", "Lin Xiaohe", "Songling"} <= feeds


def test_pages_of_an_english_site_mark_names_that_are_chinese(client, reading_at, settings):
    settings.LANGUAGE_CODE = "en"
    # As long as the passage that the search shows of it.
    an_english_story(opening=f"<p>{'They left at dawn. ' * 9}</p>")
    reading_at(hour(1))
    addresses = ["/", "/section/county/", "/topic/jobs/", "/contributor/lin-xiaohe/", "/source/songling/"]
    for address in (*addresses, "/search/", "/search/?q=coaches", "/missing/"):
        found = list(chinese_in(page(client.get(address))))
        assert found
        assert [text for language, text in found if not language.startswith("zh")] == [], address


def test_simple_page_in_english_has_english_sections(client, reading_at):
    a_section(name_english="News")
    SitePage.objects.create(title="About us", slug="about", language="en", live_from=MONDAY)
    reading_at(hour(1))
    document = page(client.get("/page/about/"))
    assert [link.text for link in document.one("nav", "sections").all("a")] == ["News"]
    assert [link.text for link in page(client.get("/")).one("nav", "sections").all("a")] == ["要闻"]


def test_name_that_leads_nowhere_is_marked_too(client, reading_at):
    """That of somebody who has no page, because their only story is retracted."""
    publication = an_english_story()
    publish_story(story=publication.story, by=OPERATOR, change="retraction", note="It was wrong.", now=hour(1))
    reading_at(hour(2))
    document = page(client.get(publication.get_absolute_url()))
    assert "林晓禾" in document.one("div", "byline").text
    assert [text for language, text in chinese_in(document) if not language.startswith("zh")] == []


def test_list_that_fills_from_a_section_has_its_english_name_on_pages_in_english(client, reading_at, settings):
    """So has one that is called as the section is; any other title stays, and so does one that is English already."""
    news = a_section(name_english="Top Stories")
    target = a_publication("两趟专车", section=news)
    a_list(target, title="要闻", place="beside", slot="a", name="a")
    a_list(target, title="今日看点", place="beside", slot="b", name="b", fill_section_id=news.pk, may_repeat=True)
    a_list(target, title="出行", place="beside", slot="c", name="c", may_repeat=True)
    a_list(target, title="Today", place="beside", slot="d", name="d", fill_section_id=news.pk, may_repeat=True)
    english = a_publication("Two coaches", language="en", section=news)
    chinese = a_publication("三趟专车", section=news)
    reading_at(hour(1))
    titles = {
        story: {(title.text, title.attributes.get("lang")) for title in page(read).all("h2", "list-title")}
        for story, read in ((story, client.get(story.get_absolute_url())) for story in (english, chinese))
    }
    assert titles[english] == {("Top Stories", None), ("出行", "zh-Hans"), ("Today", None)}
    assert titles[chinese] == {("要闻", None), ("今日看点", None), ("出行", None), ("Today", "en")}


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
