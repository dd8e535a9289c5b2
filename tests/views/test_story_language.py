"""The language of a story's page, its furniture and the site around it, each marked as what it is."""

from __future__ import annotations

from tests.builders import a_publication
from tests.page import page


def test_page_in_another_language_than_the_site_marks_both(client, db):
    """On an English site a Chinese story keeps its own language, its furniture too; the site's names are marked."""
    response = client.get(a_publication(language="zh-hans").get_absolute_url())
    assert response["Content-Language"] == "zh-hans"
    assert page(response).one("html").attributes["lang"] == "zh-Hans"
    assert page(response).one("header", css_class="masthead").attributes["lang"] == "en"


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
    assert page(response).one("html").attributes["lang"] == "zh-Hant"
