"""The timeline as a page: what it says and leads to, whom it is for, and what it makes of odd addresses."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from articles.actions import When, publish_story
from articles.models import Topic
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story
from tests.story_lists import a_list, an_edition

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
TIMELINE = "/admin/articles/storylist/timeline/"


@pytest.fixture
def desk(client, cast, reading_at, settings):
    """A list editor at the desk on Monday at nine, who reads English."""
    settings.LANGUAGE_CODE = "en"
    reading_at(MONDAY)
    client.force_login(cast.list_editor)
    return client


def read(desk, query=""):
    response = desk.get(f"{TIMELINE}?{query}", headers={"accept-language": "en"})
    assert response.status_code == 200
    return response


def warnings(response):
    return [str(message) for message in response.context["messages"]]


def test_band_leads_to_its_edition_and_a_free_hour_to_a_new_one(desk):
    made = a_list(a_publication("甲"))
    edition = made.editions.get()
    text = read(desk).content.decode()
    assert f'href="{reverse("admin:articles_storylist_edition", args=[made.pk, edition.pk])}"' in text
    new = reverse("admin:articles_storylist_edition_new", args=[made.pk])
    assert f'href="{new}?start=2026-03-02T10%3A00%3A00%2B08%3A00"' in text


def test_times_of_free_hours_are_understood_by_the_edition_form(desk):
    """Also where the newsroom's clock is ahead of UTC: what is offered is the hour that was clicked."""
    made = a_list(a_publication("甲"))
    new = reverse("admin:articles_storylist_edition_new", args=[made.pk])
    text = read(desk).content.decode()
    address = text.split(f'href="{new}?')[1].split('"')[0]
    form = desk.get(f"{new}?{address}", headers={"accept-language": "en"}).content.decode()
    assert "2026-03-02T10:00" in form


def test_same_is_told_in_words(desk):
    """When, what, and the page then."""
    coming = a_story("将至")
    publish_story(story=coming, by=OPERATOR, at=MONDAY + 3 * HOUR, now=MONDAY)
    a_list(coming)
    (line,) = read(desk).context["lines"]
    assert line.moment == MONDAY + 3 * HOUR
    assert "将至" in line.words[-1]
    assert line.address == "/at/2026-03-02T04:00:00Z/"


def test_what_begins_at_the_end_of_the_span_is_told_in_the_next(desk):
    """Half-open: no moment is told twice when somebody moves on."""
    story, other = a_publication("甲"), a_publication("乙")
    made = a_list(story)
    an_edition(made, other, when=When(start=MONDAY + 25 * HOUR))
    assert read(desk, "from=2026-03-02T10:00").context["lines"] == []
    (line,) = read(desk, "from=2026-03-02T11:00").context["lines"]
    assert line.moment == MONDAY + 25 * HOUR


def test_whoever_may_not_edit_a_list_is_offered_no_new_edition(desk, cast):
    a_list(a_publication("甲"))
    desk.force_login(cast.reporter)
    text = read(desk).content.decode()
    assert "timeline-band" in text
    assert "timeline-free" not in text
    assert "?start=" not in text


@pytest.mark.parametrize(("who", "status"), [("reporter", 200), ("administrator", 200), ("outsider", 403)])
def test_timeline_is_for_the_desk(client, cast, who, status):
    client.force_login(getattr(cast, who))
    assert client.get(TIMELINE).status_code == status


def test_timeline_asks_for_a_login(client):
    assert client.get(TIMELINE).status_code == 302


@pytest.mark.parametrize(
    "query",
    [
        "place=nowhere",
        "place=%00",
        "place=section&scope=section-999999",
        "place=below&scope=topic-99999999999999999999",
        "place=below&scope=section-%00",
        "place=below&scope=%F0%9F%91%A8",
        "from=yesterday",
        "from=0001-01-01T00:00",
        "from=1899-12-31T23:59",
        "from=9001-01-01T00:00",
        "from=2026-02-30T00:00",
        "from=9999-12-31T23:59:59-14:00",
        "from=" + "9" * 5000,
    ],
)
def test_what_makes_no_sense_is_told_and_replaced(desk, query):
    """The page stands all the same, with a message."""
    a_list(a_publication("甲"))
    response = read(desk, query)
    assert len(warnings(response)) == 1
    assert "timeline-shown" in response.content.decode()


@pytest.mark.parametrize(
    "query", ["span=year", "span=%00", "items=%00", "from=", "from=%00", "scope=section-9", "place=beside"]
)
def test_what_is_only_left_out_needs_no_message(desk, query):
    a_list(a_publication("甲"))
    assert warnings(read(desk, query)) == []


@pytest.mark.parametrize("start", ["1900-01-02T00:00", "9000-12-31T23:59"])
@pytest.mark.parametrize("span", ["24h", "3d", "14d"])
def test_ends_of_the_calendar_can_be_looked_at(desk, start, span):
    a_list(a_publication("甲"))
    assert warnings(read(desk, f"from={start}&span={span}")) == []


def test_time_that_clocks_skip_is_told(desk, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    (words,) = warnings(read(desk, "from=2026-03-29T02:30"))
    assert "02:30" in words


def test_section_that_was_deleted_leaves_what_all_pages_show(desk):
    a_list(a_publication("甲"), place="section", name="全部频道")
    section = a_section("旧频道", "old")
    key = f"section-{section.pk}"
    section.delete()
    response = read(desk, f"place=section&scope={key}")
    assert len(warnings(response)) == 1
    assert "全部频道" in response.content.decode()


def test_lists_of_a_topic_are_chosen_by_it(desk):
    """Among the choices stand the topics that have lists; and a page of them shows the lists of all as well."""
    topic = Topic.objects.create(name="铁路", slug="rail")
    a_list(a_publication("甲"), name="铁路", place="beside", slot="rail", scope=topic)
    a_list(name="每篇稿件旁", place="beside", slot="every")
    assert [row.story_list.name for row in read(desk, "place=below").context["picture"].lists] == ["每篇稿件旁"]
    response = read(desk, f"place=beside&scope=topic-{topic.pk}")
    assert {row.story_list.name for row in response.context["picture"].lists} == {"铁路", "每篇稿件旁"}


def test_buttons_move_in_time_and_keep_the_rest(desk):
    section = a_section()
    links = read(desk, f"place=section&scope=section-{section.pk}&span=14d&items=all").context["links"]
    later = parse_qs(urlsplit(links["later"]).query)
    assert later == {
        "place": ["section"],
        "scope": [f"section-{section.pk}"],
        "span": ["14d"],
        "items": ["all"],
        "from": ["2026-03-09T00:00+08:00"],
    }
    assert "from" not in parse_qs(urlsplit(links["now"]).query)
    assert (links["shorter"] != "", links["longer"]) == (True, "")


@pytest.mark.parametrize("count", [1, 6])
def test_timeline_costs_six_queries_of_its_own(desk, count, django_assert_num_queries):
    """Lists, editions, pools, publications, drafts, sections; whatever there is. The others are the login's."""
    for number in range(count):
        section = a_section(f"频道{number}", f"s{number}")
        rows = [a_publication(f"稿{number}-{other}", section=section) for other in range(count)]
        fill = {"fill_rule": "latest", "fill_section_id": section.pk}
        made = a_list(*rows, a_story(f"草稿{number}"), name=f"{number}", slot=f"s{number}", **fill)
        for later in range(count):
            an_edition(made, *rows, when=When(start=MONDAY + (later + 1) * HOUR), **fill)
    read(desk)
    with django_assert_num_queries(6 + 6):
        assert len(read(desk).context["picture"].lists) == count


def test_empty_newsroom_says_that_there_is_no_list(desk):
    assert "No story list stands here." in read(desk).content.decode()


def test_time_that_clocks_show_twice_is_the_first_of_the_two(desk, settings):
    """The field asks no question: from there on the second is in the picture too."""
    settings.TIME_ZONE = "America/New_York"
    response = read(desk, "from=2026-11-01T01:30")
    assert warnings(response) == []
    assert 'value="2026-11-01T01:00"' in response.content.decode()
    assert "from=2026-11-01T01%3A00-04%3A00" in response.content.decode()
