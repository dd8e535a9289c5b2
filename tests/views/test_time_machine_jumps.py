"""The buttons of the time machine against the pages themselves: no change is missed, and none is told that is none."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from articles.actions import publish_story, save_story, withdraw_story
from articles.actions.list_times import When
from articles.models import CopyrightNotice, Source
from articles.views.time_machine import address_at, moment_of_address
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story, story_rows
from tests.page import page
from tests.story_lists import a_list, an_edition, item

HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)
START, END = MONDAY + HOUR / 2, MONDAY + 47 * HOUR


@pytest.fixture
def staff(cast) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.reporter)
    return client


@pytest.fixture
def story(db):
    """A site on which something of every kind happens in two days; the story among it."""
    source = Source.objects.create(slug="paper", name="本报", name_key="本报")
    CopyrightNotice.objects.create(source=source, text="旧声明", effective_from=MONDAY - HOUR)
    notice = {"effective_from": MONDAY + 6 * HOUR, "applies_to_earlier": True}
    CopyrightNotice.objects.create(source=source, text="新声明", **notice)
    filler = [a_publication(f"补位{number}", at=MONDAY - number * HOUR) for number in range(1, 5)]
    friend = publish_story(
        story=a_story("伙伴"), by=OPERATOR, at=MONDAY + 2 * HOUR, until=MONDAY + 20 * HOUR, now=MONDAY
    )
    own = a_publication("主稿", related=[friend.story], source=source)
    values = {"story": own.story, "section": own.story.section, "source": source, "related": [friend.story]}
    save_story(rows=story_rows("主稿二", **values), by=OPERATOR, now=MONDAY)
    publish_story(story=own.story, by=OPERATOR, at=MONDAY + 4 * HOUR, change="correction", note="改", now=MONDAY)
    other = publish_story(
        story=a_story("县里", section=a_section("县区", "county")), by=OPERATOR, at=MONDAY + 3 * HOUR, now=MONDAY
    )
    withdraw_story(story=filler[1].story, by=OPERATOR, at=MONDAY + 8 * HOUR, note="撤", now=MONDAY)
    lead = [own, friend.story, item(filler[0], ends_after=14 * 60), other.story]
    front = a_list(*lead, title="头条", fill_rule="latest", length=4, now=MONDAY - 9 * HOUR)
    an_edition(front, other.story, friend.story, own, when=When(start=MONDAY + 26 * HOUR), title="次日")
    special = When(start=MONDAY + 10 * HOUR, end=MONDAY + 12 * HOUR, special=True)
    an_edition(front, own, filler[3], when=special, title="突发")
    a_list(friend.story, title="栏目", name="栏目", place="section", scope=a_section(), now=MONDAY)
    a_list(friend.story, other.story, title="旁边", name="旁边", place="beside", now=MONDAY)
    a_list(title="下面", name="下面", place="below", fill_rule="latest", length=3, now=MONDAY)
    return own


@pytest.mark.parametrize(
    ("path", "least"),
    [
        ("/", 4),
        ("/section/news/", 4),
        ("", 4),
        ("/source/paper/", 2),
        ("/archive/", 4),
        ("/archive/2026/03/", 4),
        ("/archive/2026/03/02/", 4),
        ("/corrections/", 1),
    ],
)
def test_jumps_stop_at_every_change_and_nowhere_else(staff, story, path, least):
    """From one stop to the tick before the next the page stays as it is, and is another one then; back as forth."""
    path = path or story.get_absolute_url()

    def seen(moment):
        response = staff.get(address_at(path, moment))
        document = page(response)
        # Times are given by the clock for today's stories, and by the day for others.
        response.content = re.sub(r"<time.*?</time>", "", response.content.decode())
        return page(response).one("main").text, document.one("aside", css_class="time-machine")

    def jump(bar, way):
        links = bar.all("a", rel=way)
        return moment_of_address(links[0].attributes["href"].split("/")[2]) if links else None

    stops = []
    text, bar = seen(START)
    while (stop := jump(bar, "next")) and stop < END:
        assert seen(stop - TICK)[0] == text, f"a change before {(stop - MONDAY) / HOUR} was missed"
        before = text
        text, bar = seen(stop)
        assert text != before, f"nothing changed at {(stop - MONDAY) / HOUR}"
        assert bar.one(css_class="time-machine-here").text
        stops.append(stop)
    assert seen(END)[0] == text
    assert len(stops) >= least
    back, at = [], END
    while (stop := jump(seen(at)[1], "prev")) and stop > START:
        back.insert(0, stop)
        at = stop
    assert back == stops
