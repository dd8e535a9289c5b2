"""The language of a story's page, its furniture and the site around it, each marked as what it is."""

from __future__ import annotations

import pytest

from articles.actions import publish_story, save_story
from articles.models import SiteIdentity
from tests.builders import MONDAY, OPERATOR, a_publication, story_rows
from tests.page import page


def test_page_in_another_language_than_the_site_marks_both(client, db):
    """On an English site a Chinese story keeps its own language, its furniture too; English names are marked."""
    SiteIdentity.objects.create(pk=1, name="Songling Daily")
    response = client.get(a_publication(language="zh-hans").get_absolute_url())
    assert response["Content-Language"] == "zh-hans"
    assert page(response).one("html").attributes["lang"] == "zh-Hans"
    masthead = page(response).one("header", css_class="masthead")
    assert "lang" not in masthead.attributes
    assert masthead.one("p", "site-name").attributes["lang"] == "en"
    assert "lang" not in masthead.one("nav", "sections").one("a").attributes


def test_english_story_on_a_chinese_site_has_english_furniture(client, db, settings):
    settings.LANGUAGE_CODE = "zh-hans"
    target = a_publication("Related story", summary="Its summary", language="en").story
    publication = a_publication("Two trains", language="en", opening="<p>One two three.</p>", related=[target])
    response = client.get(publication.get_absolute_url())
    document = page(response)
    assert response["Content-Language"] == "en"
    assert document.one("html").attributes["lang"] == "en"
    assert document.one(id="related-title").text == "Related stories"
    assert "3 words (about 1 minute)" in document.text
    assert "2 March 2026, 09:00 Beijing time" in document.text
    # After the page the site speaks its own language again.
    assert client.get("/")["Content-Language"] == "zh-hans"


def test_story_in_a_language_the_site_does_not_speak(client, db):
    """Traditional Chinese text under the site's own furniture, each marked as what it is."""
    response = client.get(a_publication("務工專車", language="zh-hant").get_absolute_url())
    assert response["Content-Language"] == "en"
    document = page(response)
    assert document.one("html").attributes["lang"] == "en"
    assert document.one("hgroup").attributes["lang"] == "zh-Hant"
    assert document.one("link", rel="alternate", hreflang="zh-Hant")


@pytest.mark.parametrize(("english", "language"), [("Songling Daily", None), ("", "zh-Hans")])
def test_name_of_the_site_is_marked_as_the_name_that_is_shown(client, db, settings, english, language):
    """In the masthead of an English page, and at the foot."""
    settings.LANGUAGE_CODE = "zh-hans"
    SiteIdentity.objects.create(pk=1, name="松岭日报", name_english=english)
    document = page(client.get(a_publication("Two trains", language="en").get_absolute_url()))
    names = [(name.text, name.attributes.get("lang")) for name in document.all("p", "site-name")]
    assert names == [(english or "松岭日报", language)] * 2


def test_related_story_is_marked_as_what_it_is_and_its_link_as_what_the_page_is(client, db, settings):
    settings.LANGUAGE_CODE = "zh-hans"
    target = a_publication("Two trains", summary="Its summary", language="en").story
    document = page(client.get(a_publication("两趟列车", language="zh-hans", related=[target]).get_absolute_url()))
    marked = document.one("section", "related").all(lang="en")
    assert [element.text for element in marked] == ["Two trains", "Its summary", "Two trains"]


def test_own_words_of_a_related_link_are_marked_as_what_they_are(client, db, settings):
    """Whatever the story they lead to is written in."""
    settings.LANGUAGE_CODE = "zh-hans"
    rows = story_rows("Two trains", language="en", related=[a_publication("两趟列车").story])
    rows.related_links[0].headline, rows.related_links[0].teaser = "中文原文", "The report in Chinese"
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    publication = publish_story(story=rows.story, by=OPERATOR, now=MONDAY)
    document = page(client.get(publication.get_absolute_url()))
    marked = document.one("section", "related").all(lang="zh-Hans")
    assert [element.text for element in marked] == ["中文原文", "中文原文"]
