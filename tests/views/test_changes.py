"""What readers are told of a story that has changed: kinds of change, notes, retractions."""

from __future__ import annotations

import pytest

from articles.actions import save_story
from articles.models import Contributor, Source, Topic
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, story_rows
from tests.page import Element, page
from tests.publishing import hour, publish, withdraw

pytestmark = pytest.mark.django_db


def a_story_that_says(client, reading_at, *changes: tuple[str, str], language: str = "en", now: float = 50) -> Element:
    """The page of a story published at hour 0 and changed each hour: (kind, note)."""
    publication = a_publication("第0版", language=language)
    story = publication.story
    for number, (kind, note) in enumerate(changes, start=1):
        rows = story_rows(f"第{number}版", story=story, section=story.section, language=language)
        save_story(rows=rows, by=OPERATOR, now=MONDAY)
        publish(story, number, change=kind, note=note)
    reading_at(hour(now))
    return page(client.get(publication.get_absolute_url()))


def test_changes_are_listed_newest_first_with_kind_moment_and_note(client, reading_at):
    """Minor ones are not told of."""
    document = a_story_that_says(
        client,
        reading_at,
        ("update", "补充了数字"),
        ("correction", "人数应为八百"),
        ("minor", ""),
        ("clarification", "指的是专列"),
    )
    assert [entry.text for entry in document.one(css_class="corrections").all("li")] == [
        "Clarification 2 March 2026, 13:00 Beijing time 指的是专列",
        "Correction 2 March 2026, 11:00 Beijing time 人数应为八百",
        "Update 2 March 2026, 10:00 Beijing time 补充了数字",
    ]
    assert document.one("h1").text == "第4版"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("update", "updated 2 March 2026, 10:00 Beijing time"),
        ("correction", "corrected 2 March 2026, 10:00 Beijing time"),
        ("clarification", "clarified 2 March 2026, 10:00 Beijing time"),
        ("retraction", "retracted 2 March 2026, 10:00 Beijing time"),
    ],
)
def test_last_change_stands_beside_the_date(client, reading_at, kind, words):
    document = a_story_that_says(client, reading_at, (kind, "说明"))
    assert words in document.one(css_class="byline").one(css_class="meta").text


@pytest.mark.parametrize(("kind", "shown"), [("update", 0), ("correction", 1), ("clarification", 0), ("minor", 0)])
def test_correction_is_told_above_the_text(client, reading_at, kind, shown):
    """What was wrong stands before the text; what was added does not."""
    document = a_story_that_says(client, reading_at, (kind, "" if kind == "minor" else "人数应为八百"))
    notices = document.all(css_class="top-notice")
    assert [notice.text for notice in notices] == ["Correction 2 March 2026, 10:00 Beijing time 人数应为八百"] * shown


@pytest.mark.parametrize("is_open", [True, False])
def test_each_change_leads_to_the_version_before_it(client, reading_at, settings, is_open):
    """Where the newsroom lets readers look; a minor version between them is not the one that was corrected last."""
    settings.EARLIER_VERSIONS = is_open
    document = a_story_that_says(
        client, reading_at, ("correction", "甲"), ("minor", ""), ("update", "乙"), ("clarification", "丙")
    )
    entries = document.one("section", id="changes").all("li")
    numbers = [[link.attributes["href"].split("/")[-2] for link in entry.all("a")] for entry in entries]
    assert numbers == ([["4"], ["3"], ["1"]] if is_open else [[], [], []])


def test_line_beside_the_date_leads_to_what_has_changed(client, reading_at):
    document = a_story_that_says(client, reading_at, ("update", "补充"))
    assert document.one(css_class="byline").one("a", href="#changes").text.startswith("updated")
    assert "补充" in document.one("section", id="changes").text


def test_change_for_later_is_not_told_before(client, reading_at):
    assert not a_story_that_says(client, reading_at, ("correction", "更正"), now=0.5).all(css_class="corrections")


# Retractions


def test_retracted_story_stays_with_a_notice(client, reading_at):
    """Its page answers as before; what is wrong stands first, and search engines leave it out."""
    document = a_story_that_says(client, reading_at, ("correction", "人数"), ("retraction", "报道不实"))
    assert document.one(css_class="is-retraction", tag="div").text == (
        "This story is retracted 2 March 2026, 11:00 Beijing time 报道不实"
    )
    assert document.one("meta", name="robots").attributes["content"] == "noindex"
    assert document.one("title").text.startswith("Retracted: 第2版")
    assert document.one("h1").text == "第2版"
    assert document.one("header", "story-header").one("p", "retracted").text == "Retracted"


def test_story_that_is_corrected_is_for_search_engines(client, reading_at):
    document = a_story_that_says(client, reading_at, ("correction", "人数"))
    robots = document.all("meta", name="robots")
    assert all("noindex" not in found.attributes["content"] for found in robots)
    assert not document.all(css_class="retracted")


def test_retracted_story_is_dropped_from_lists_and_teasers(client, reading_at):
    """Everywhere a story is led to, the address itself stays."""
    section = a_section()
    target = a_publication("不实的报道", section=section)
    linking = a_publication("引用它的报道", section=section, related=[target.story])
    paths = ["/", "/section/news/", linking.get_absolute_url()]
    reading_at(hour(1))
    assert all("不实的报道" in client.get(path).content.decode() for path in paths)
    publish(target.story, 2, change="retraction", note="不实")
    reading_at(hour(3))
    for path in paths:
        text = client.get(path).content.decode()
        assert "引用它的报道" in text
        assert "不实的报道" not in text
    response = client.get(target.get_absolute_url())
    assert (response.status_code, page(response).one("h1").text) == (200, "不实的报道")


@pytest.mark.parametrize("others", [0, 1])
@pytest.mark.parametrize("kind", ["retraction", "earlier version"])
def test_names_lead_to_pages_that_are_there(client, reading_at, settings, kind, others):
    """A topic, person or source of nothing but a retracted story, or of an earlier version, has no page any more."""
    settings.EARLIER_VERSIONS = True
    person = Contributor.objects.create(name="林一", slug="lin-yi")
    topic = Topic.objects.create(name="春运", slug="chunyun")
    source = Source.objects.create(name="通讯社", name_key="通讯社", slug="agency")
    named = {"topics": [topic], "bylines": [(person, "reporter")], "source": source}
    for _number in range(others):
        a_publication("另一篇", **named)
    publication = a_publication("一篇", **named)
    address = publication.get_absolute_url()
    if kind == "retraction":
        publish(publication.story, 1, change="retraction", note="不实")
    else:
        save_story(
            rows=story_rows("一篇", story=publication.story, section=a_section(), source=None), by=OPERATOR, now=MONDAY
        )
        publish(publication.story, 1, change="update", note="改了")
        address += "version/1/"
    reading_at(hour(2))
    document = page(client.get(address))
    assert document.one("h1").text == "一篇"
    assert all(name in document.text for name in ("春运", "林一", "通讯社"))
    led_to = {link.attributes["href"] for link in document.all("a")}
    for place in (person, topic, source):
        there = client.get(place.get_absolute_url()).status_code == 200
        assert there == bool(others)
        assert (place.get_absolute_url() in led_to) == there


@pytest.mark.parametrize("others", [0, 1])
def test_machines_are_told_of_pages_of_people_that_are_there(client, reading_at, others):
    person = Contributor.objects.create(name="林一", slug="lin-yi")
    for _number in range(others):
        a_publication("另一篇", bylines=[(person, "reporter")])
    publication = a_publication("一篇", bylines=[(person, "reporter")])
    publish(publication.story, 1, change="retraction", note="不实")
    reading_at(hour(2))
    text = client.get(publication.get_absolute_url()).content.decode()
    assert '"name":"林一"' in text.replace('": "', '":"')
    assert ("/contributor/lin-yi/" in text) == bool(others)


def test_story_that_comes_back_after_a_retraction_is_listed_again(client, reading_at):
    document = a_story_that_says(client, reading_at, ("retraction", "待核实"), ("update", "已核实"))
    assert not document.all(css_class="top-notice")
    assert all("noindex" not in found.attributes["content"] for found in document.all("meta", name="robots"))
    assert "第2版" in client.get("/").content.decode()


def test_retracted_story_can_be_withdrawn(client, reading_at):
    publication = a_publication("不实的报道")
    publish(publication.story, 1, change="retraction", note="不实")
    withdraw(publication.story, 2, note="撤下")
    reading_at(hour(3))
    assert client.get(publication.get_absolute_url()).status_code == 410


# Where it is told


def test_one_correction_is_told_once(client, reading_at, settings):
    """Links to what has changed lead to the notice above the text, where it is all there is to say."""
    settings.EARLIER_VERSIONS = False
    document = a_story_that_says(client, reading_at, ("correction", "人数应为八百"))
    assert document.one("main").text.count("人数应为八百") == 1
    assert document.one(id="changes").classes == {"top-notice"}


@pytest.mark.parametrize("is_open", [True, False])
def test_more_than_one_change_is_listed_below_the_notice(client, reading_at, settings, is_open):
    """So is one whose version before can be opened; each id stands once."""
    settings.EARLIER_VERSIONS = is_open
    changes = [("correction", "甲")] if is_open else [("update", "乙"), ("correction", "甲")]
    document = a_story_that_says(client, reading_at, *changes)
    assert "corrections" in document.one(id="changes").classes
    assert "id" not in document.one("div", "top-notice").attributes
