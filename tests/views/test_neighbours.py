"""The stories before and after one in its section: those its section's page has above and below it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from articles.actions import publish_story, save_story, withdraw_story
from articles.models import Publication, StoryRows
from articles.views.neighbours import neighbours_of
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story
from tests.page import page

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
CANARY = "雎鸠"


def beside(publication: Publication, path: str = "") -> tuple[str | None, str | None]:
    """The addresses of the stories before and after it that its page links."""
    navs = page(Client().get(path or publication.get_absolute_url())).all("nav", css_class="neighbours")
    links = {link.attributes["rel"]: link.attributes["href"] for nav in navs for link in nav.all("a")}
    return links.get("prev"), links.get("next")


def changed(publication: Publication, change: str = "minor", headline: str = "") -> Publication:
    rows = StoryRows.stored(publication.story)
    rows.story.headline = headline or rows.story.headline
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    note = "" if change == "minor" else "注"
    return publish_story(story=publication.story, by=OPERATOR, change=change, note=note, now=MONDAY + MINUTE)


def test_neighbours_are_the_nearest_of_the_section():
    """By the moment each first went live; another section's stories are none."""
    rows = [a_publication(f"稿{number}", at=MONDAY - number * HOUR) for number in (4, 2, 0)]
    for moment in (MONDAY - HOUR, MONDAY - 3 * HOUR):
        a_publication("别处", section=a_section("经济", "economy"), at=moment)
    first, middle, last = (row.get_absolute_url() for row in rows)
    assert beside(rows[1]) == (first, last)
    assert beside(rows[0]) == (None, middle)
    assert beside(rows[2]) == (middle, None)


@pytest.mark.parametrize("corrected", [False, True])
def test_walking_from_story_to_story_meets_each_once(corrected):
    """In the order of the section's page, also when all went live in the same moment and some were changed since."""
    rows = [a_publication(f"稿{number}") for number in range(6)]
    if corrected:
        for row in rows[::2]:
            changed(row)
    links = page(Client().get("/section/news/")).one("main").all(css_class="headline")
    shown = [link.one("a").attributes["href"] for link in links]
    walked, path = [], shown[0]
    while path:
        walked.append(path)
        older, newer = beside(rows[0], path)
        assert newer == (walked[-2] if len(walked) > 1 else None)
        path = older
        assert len(walked) <= len(rows)
    assert walked == shown


def test_neighbour_is_called_as_lists_call_it_now():
    """With the language of its text, where that is another."""
    own = a_publication("本稿", at=MONDAY - HOUR)
    a_publication("A long headline", short_headline="Short", language="en")
    changed(a_publication("旧题", at=MONDAY - 2 * HOUR), headline="新题")
    nav = page(Client().get(own.get_absolute_url())).one("nav", css_class="neighbours")
    assert [link.one(css_class="neighbour-headline").text for link in nav.all("a")] == ["新题", "Short"]
    assert nav.one("a", rel="next").one(css_class="neighbour-headline").attributes["lang"] == "en"


@pytest.mark.parametrize("kind", ["draft", "scheduled", "withdrawn", "taken down", "retracted", "moved away"])
def test_what_lists_do_not_lead_to_is_passed_over(kind):
    """The story beyond it is the neighbour, and the page is as without it."""
    a_publication("远处", at=MONDAY - 5 * HOUR)
    own = a_publication("本稿")
    without = beside(own)
    near = MONDAY - HOUR
    if kind == "draft":
        a_story(CANARY)
    elif kind == "scheduled":
        publish_story(story=a_story(CANARY), by=OPERATOR, at=MONDAY + 2 * HOUR, now=MONDAY)
    elif kind == "taken down":
        publish_story(story=a_story(CANARY), by=OPERATOR, until=near + MINUTE, now=near)
    elif kind == "withdrawn":
        withdraw_story(story=a_publication(CANARY, at=near).story, by=OPERATOR, note="x", now=MONDAY)
    elif kind == "retracted":
        changed(a_publication(CANARY, at=near), "retraction")
    else:
        rows = StoryRows.stored(a_publication(CANARY, at=near).story)
        rows.story.section = a_section("经济", "economy")
        save_story(rows=rows, by=OPERATOR, now=MONDAY)
        publish_story(story=rows.story, by=OPERATOR, change="minor", now=MONDAY)
    assert beside(own) == without
    assert CANARY not in page(Client().get(own.get_absolute_url())).one("main").text


def test_earlier_version_has_no_neighbours(settings):
    """It is looked at, and read on from the current one."""
    settings.EARLIER_VERSIONS = True
    a_publication("别的", at=MONDAY - HOUR)
    own = a_publication("本稿")
    changed(own, headline="本稿二")
    assert beside(own)[0]
    assert beside(own, f"{own.get_absolute_url()}version/1/") == (None, None)


@pytest.mark.parametrize("make", ["alone", "many", "corrected"])
def test_neighbours_cost_one_query(django_assert_num_queries, make):
    own = a_publication("本稿", at=MONDAY - HOUR)
    for number in range(30 if make == "many" else 0):
        a_publication(f"稿{number}", at=MONDAY - number * 5 * MINUTE)
    if make == "corrected":
        other = a_publication("改了又改", at=MONDAY - 2 * HOUR)
        for number in range(50):
            save_story(rows=StoryRows.stored(other.story), by=OPERATOR, now=MONDAY)
            moment = MONDAY + number * timedelta(seconds=1)
            publish_story(story=other.story, by=OPERATOR, change="minor", now=moment)
    shown = Publication.objects.with_content().get(pk=own.pk)
    with django_assert_num_queries(1):
        found = neighbours_of(shown, MONDAY + HOUR)
    assert bool(found) == (make != "alone")
