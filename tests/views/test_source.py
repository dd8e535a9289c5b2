"""All stories of a source, with who it is and the copyright notice in force."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from articles.actions import publish_story, save_story, withdraw_story
from articles.models import CopyrightNotice, Source, StoryRows
from articles.views.listing import PER_PAGE
from tests.builders import MONDAY, OPERATOR, a_publication, a_story
from tests.page import page

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
PATH = "/source/xinhua/"
CANARY = "雎鸠"


@pytest.fixture
def agency(db) -> Source:
    homepage = "https://agency.example.org/"
    return Source.objects.create(name="新华社", name_key="新华社", slug="xinhua", kind="agency", homepage=homepage)


def headlines(path: str = PATH) -> list[str]:
    return [found.text for found in page(Client().get(path)).one("main").all(css_class="headline")]


def test_source_lists_what_is_live_and_comes_from_it(agency):
    """Newest first; what is not public, retracted, or from somebody else stands nowhere."""
    a_publication("较早", source=agency, at=MONDAY - HOUR)
    a_publication("较晚", source=agency)
    a_publication("别家的", source=Source.objects.create(name="别家", name_key="别家", slug="other"))
    a_story(f"{CANARY}草稿", source=agency)
    publish_story(story=a_story(f"{CANARY}将来", source=agency), by=OPERATOR, at=MONDAY + 5 * HOUR, now=MONDAY)
    gone = a_publication(f"{CANARY}撤回", source=agency)
    withdraw_story(story=gone.story, by=OPERATOR, note=CANARY, now=MONDAY + MINUTE)
    until = MONDAY + MINUTE
    publish_story(story=a_story(f"{CANARY}下架", source=agency), by=OPERATOR, until=until, now=MONDAY)
    retracted = a_publication(f"{CANARY}收回", source=agency)
    save_story(rows=StoryRows.stored(retracted.story), by=OPERATOR, now=MONDAY)
    publish_story(story=retracted.story, by=OPERATOR, change="retraction", note=CANARY, now=MONDAY + MINUTE)
    assert headlines() == ["较晚", "较早"]
    assert CANARY not in Client().get(PATH).content.decode()


def test_source_says_who_it_is(agency):
    """Its kind, and its homepage without telling it where the reader came from."""
    a_publication(source=agency)
    header = page(Client().get(PATH)).one("main").one("header")
    assert (header.one("h1").text, header.one(css_class="eyebrow").text) == ("新华社", "News agency")
    assert header.one("a", href="https://agency.example.org/").attributes["rel"] == "noopener noreferrer"


@pytest.mark.parametrize(("hours", "text"), [(0, "旧声明"), (3, "旧声明"), (4, "新声明")])
def test_notice_is_that_in_force_when_the_page_is_read(agency, reading_at, hours, text):
    """What a story published at that moment gets; one to come is not told."""
    a_publication(source=agency)
    for moment, words in ((MONDAY - HOUR, "旧声明"), (MONDAY + 4 * HOUR, "新声明")):
        CopyrightNotice.objects.create(source=agency, text=words, holder="新华通讯社", effective_from=moment)
    reading_at(MONDAY + hours * HOUR)
    notice = page(Client().get(PATH)).one(css_class="copyright")
    assert text in notice.text
    assert "新华通讯社" in notice.text
    assert notice.text.count("声明") == 1


@pytest.mark.parametrize("query", ["", "?before=0-0", "?before=1772413200000000-1"])
def test_source_without_public_stories_is_unknown(agency, query):
    """Its name alone would tell of a story that is not out yet."""
    publish_story(story=a_story(source=agency), by=OPERATOR, at=MONDAY + 5 * HOUR, now=MONDAY)
    hidden, absent = Client().get(PATH + query), Client().get(f"/source/none/{query}")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content


def test_byline_leads_to_the_source(agency):
    publication = a_publication(source=agency)
    byline = page(Client().get(publication.get_absolute_url())).one(css_class="byline")
    assert byline.one("a", href=PATH).text == "新华社"


@pytest.mark.parametrize("slug", ["%00", "%ED%A0%80", "x" * 5000, "..%2f", "新华社"], ids=ascii)
def test_address_of_no_source_is_not_found(db, slug):
    assert Client(raise_request_exception=False).get(f"/source/{slug}/").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_page_costs_the_same_with_few_and_many(agency, django_assert_num_queries, count):
    for number in range(count):
        a_publication(source=agency, at=MONDAY - number * MINUTE)
    with django_assert_num_queries(6):
        response = Client().get(PATH)
    assert len(page(response).all("article", css_class="card")) == min(count, PER_PAGE)
