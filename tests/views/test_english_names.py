"""Names and notices on pages in English: the English ones where there are any, and Chinese marked as Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from articles.actions import publish_story
from articles.chinese import is_han
from articles.models import (
    Contributor,
    CopyrightNotice,
    Section,
    SiteIdentity,
    SitePage,
    Source,
    Story,
    Topic,
)
from tests.builders import MONDAY, OPERATOR, a_publication, a_section
from tests.english_names import an_english_story, name_in_english
from tests.page import Element, page, structured_data
from tests.publishing import hour
from tests.story_lists import a_list
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
