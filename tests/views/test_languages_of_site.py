"""On every page of a whole site each text stands in an element that says the language it is written in (WCAG 3.1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from articles.chinese import is_chinese
from articles.models import FooterLine, SiteIdentity, SitePage
from tests.builders import MONDAY, a_section
from tests.page import Element, page
from tests.story_lists import a_list, item
from tests.whole_site import ANSWERS, a_whole_site

pytestmark = pytest.mark.django_db

# What readers see or hear of an element beside its text.
_SAID = ("aria-label", "alt", "title", "placeholder")
# Three words with blanks between them, of which no name and no code consists.
_ENGLISH = re.compile(r"\b[A-Za-z]+'?[a-z]* [A-Za-z]+'?[a-z]* [A-Za-z]+")


def texts(element: Element, language: str = "") -> Iterator[tuple[str, str]]:
    """Every text that readers see or hear, with the nearest `lang`; not what they typed, nor code."""
    language = element.attributes.get("lang", language)
    yield from ((language, element.attributes[name]) for name in _SAID if name in element.attributes)
    for child in element.children:
        if isinstance(child, str):
            yield language, child.strip()
        elif child.tag not in {"head", "script", "code"}:
            yield from texts(child, language)


def wrong(document: Element) -> list[tuple[str, str]]:
    """Chinese that is not marked as Chinese, and English that is not marked as English."""
    return [
        (language, text)
        for language, text in texts(document)
        if (is_chinese(text) and not language.startswith("zh"))
        or (_ENGLISH.search(text) and not is_chinese(text) and language != "en")
    ]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_text_of_a_whole_site_is_marked_as_what_it_is(client, reading_at, settings, language):
    settings.LANGUAGE_CODE, settings.EARLIER_VERSIONS = language, True
    reading_at(MONDAY)
    addresses = a_whole_site(MONDAY)
    # Whatever the language of the site, the desk types what it likes.
    identity = SiteIdentity.objects.get()
    FooterLine.objects.create(identity=identity, position=3, text="Licensed for news on the internet")
    SitePage.objects.create(slug="terms", title="Terms of this site", language="en", live_from=MONDAY, position=9)
    SitePage.objects.create(
        slug="tese", title="關於我們", language="zh-hant", body="<p>關於</p>", live_from=MONDAY, position=10
    )
    a_section("All the news", "all")
    a_list(
        item("https://road.example.org/", headline="路况一览：哪些路段封闭", teaser="今日路况。"),
        item("https://ferry.example.org/", headline="The ferry to the county", teaser="When it leaves and returns."),
        title="出行提示",
        display="headlines",
    )
    addresses |= {"terms": "/page/terms/", "tese": "/page/tese/", "search_english": "/search/?q=they+left+at+dawn"}
    for kind, address in addresses.items():
        if language == "en" and kind.endswith("_in_traditional_script") and not kind.startswith("story"):
            # English has one script.
            continue
        response = client.get(address)
        assert response.status_code == ANSWERS.get(kind, 200), kind
        document = page(response)
        assert any(is_chinese(text) for _language, text in texts(document)), kind
        assert wrong(document) == [], kind


def test_what_is_not_marked_is_found():
    """The measure itself."""
    assert wrong(Element("p", {"lang": "en"}, ["三乡镇"])) == [("en", "三乡镇")]
    assert wrong(Element("p", {"lang": "zh-Hans"}, ["They left at dawn"])) == [("zh-Hans", "They left at dawn")]
    assert (
        wrong(Element("p", {"lang": "zh-Hans"}, [Element("b", {"lang": "en"}, ["They left at dawn"]), "Li Na"])) == []
    )
