"""Earlier public versions: what readers had then, where the newsroom opens them, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.actions import publish_story, save_copyright_notice, save_story
from articles.models import CopyrightNotice, Publication, Source, Story
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story, story_rows
from tests.page import Element, page
from tests.publishing import TICK, hour, publish, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def opened(settings) -> None:
    settings.EARLIER_VERSIONS = True


def revise(story: Story, headline: str, **values) -> None:
    rows = story_rows(headline, story=story, section=story.section, language="en", **values)
    save_story(rows=rows, by=OPERATOR, now=MONDAY)


@pytest.fixture
def story(reading_at) -> Story:
    """一 from 0, 二 as a minor change from 2, 三 as a correction from 4; read at 9."""
    made = a_publication("一", summary="一的摘要", language="en").story
    revise(made, "二")
    publish(made, 2)
    revise(made, "三")
    publish(made, 4, change="correction", note="更正了标题")
    reading_at(hour(9))
    return made


def address(story: Story, number: object = "") -> str:
    path = story.publications.earliest("live_from").get_absolute_url()
    return f"{path}version/{number}/" if number else path


def answer(client, story: Story, number: object) -> int:
    return client.get(address(story, number)).status_code


def document(client, story: Story, number: object = "") -> Element:
    return page(client.get(address(story, number)))


def test_earlier_version_shows_what_readers_had_then(client, story):
    """Minor ones too, as they were live; with the changes readers had been told of by then."""
    first, second = document(client, story, 1), document(client, story, 2)
    assert [version.one("h1").text for version in (first, second)] == ["一", "二"]
    assert first.one(css_class="summary").text == "一的摘要"
    assert not first.all(css_class="corrections")
    assert not second.all(css_class="corrections")


def test_earlier_version_says_what_it_is(client, story):
    """From when until when, with the way to the current one; for readers only, not for search engines."""
    version = document(client, story, 1)
    assert version.one(css_class="preview-bar").text == (
        "This is an earlier version. Readers had it from 2 March 2026, 09:00 Beijing time until "
        "2 March 2026, 11:00 Beijing time. Read the current version"
    )
    assert version.one(css_class="preview-bar").one("a").attributes["href"] == address(story)
    assert version.one("meta", name="robots").attributes["content"] == "noindex"
    assert version.one("link", rel="canonical").attributes["href"] == f"https://news.example.org{address(story)}"


def test_story_leads_to_its_earlier_versions(client, story):
    listed = document(client, story).one(css_class="earlier-versions").all("a")
    assert [link.attributes["href"] for link in listed] == [address(story, 2), address(story, 1)]
    assert not document(client, story, 1).all(css_class="earlier-versions")


def test_current_version_is_the_story_itself(client, story):
    response = client.get(address(story, 3))
    assert (response.status_code, response["Location"]) == (302, address(story))


@pytest.mark.parametrize("number", [4, 99, 999_999_999, "0", "01", "-1", "x", "9" * 30])
def test_version_that_never_was_is_not_found(client, story, number):
    assert answer(client, story, number) == 404


def test_earlier_versions_are_closed_unless_the_newsroom_opens_them(client, story, settings):
    settings.EARLIER_VERSIONS = False
    assert [answer(client, story, number) for number in (1, 2, 3)] == [404] * 3
    assert not document(client, story).all(css_class="earlier-versions")


def test_other_addresses_of_a_version_lead_to_its_own(client, story):
    response = client.get(f"/1999/01/01/x-{story.pk}/version/1/")
    assert (response.status_code, response["Location"]) == (301, address(story, 1))


def test_withdrawn_story_has_no_earlier_versions(client, story, reading_at):
    """Its address says that it is withdrawn, and shows nothing of any version."""
    withdraw(story, 10, note="不实")
    reading_at(hour(11))
    response = client.get(address(story, 1))
    assert response.status_code == 410
    assert "不实" in response.content.decode()
    assert "一的摘要" not in response.content.decode()


def test_story_taken_down_has_no_earlier_versions(client, reading_at):
    story = a_publication("一").story
    revise(story, "二")
    publish(story, 2, until=3)
    reading_at(hour(3) - TICK)
    assert answer(client, story, 1) == 200
    reading_at(hour(3))
    assert answer(client, story, 1) == 410


def test_retracted_story_has_no_earlier_versions(client, story, reading_at):
    publish(story, 10, change="retraction", note="不实")
    reading_at(hour(11))
    response = client.get(address(story, 1))
    assert response.status_code == 410
    assert "一的摘要" not in response.content.decode()
    assert address(story) in response.content.decode()
    assert not document(client, story).all(css_class="earlier-versions")


@pytest.mark.parametrize("ending", ["withdrawal", "retraction"])
def test_what_was_taken_back_stays_closed_when_the_story_returns(client, story, reading_at, ending):
    """The story is live again, corrected; what was wrong in it is not read on beside it."""
    if ending == "withdrawal":
        withdraw(story, 10, note="不实")
    else:
        publish(story, 10, change="retraction", note="不实")
    for headline, now in (("四", 12), ("五", 14)):
        revise(story, headline)
        publish(story, now, change="correction", note="已核实")
    reading_at(hour(20))
    count = story.publications.exclude(kind="withdrawn").count()
    assert [answer(client, story, number) for number in range(1, count + 1)] == [410] * (count - 2) + [200, 302]
    assert len(document(client, story).one(css_class="earlier-versions").all("a")) == 1


# Embargo


def test_version_for_later_is_no_version_yet(client, story, reading_at):
    """A correction that is scheduled changes no answer before its moment; from then on the one before is open."""
    revise(story, "金丝雀")
    paths = [address(story), *(address(story, number) for number in range(1, 6))]
    reading_at(hour(20) - TICK)

    def answers() -> list[tuple[int, bytes]]:
        return [(response.status_code, response.content) for response in map(client.get, paths)]

    before = answers()
    publish(story, 9, at=20, change="correction", note="金丝雀更正")
    assert answers() == before
    assert "金丝雀" not in str([content.decode() for _status, content in answers()])
    reading_at(hour(20))
    assert [status for status, _content in answers()] == [200, 200, 200, 200, 302, 404]
    assert document(client, story).one("h1").text == "金丝雀"


def test_version_of_an_unknown_and_of_an_embargoed_story_answer_alike(client, reading_at):
    story = a_story("金丝雀")
    publish(story, at=20)
    reading_at(hour(19))
    path = f"{Publication.objects.get().get_absolute_url()}version/1/"
    other = path.replace(f"-{story.pk}/", f"-{story.pk + 1000}/")
    hidden, absent = client.get(path), client.get(other)
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content.decode().replace(path, "") == absent.content.decode().replace(other, "")


# What it costs


def test_earlier_version_costs_nine_queries_without_lists(client, reading_at, django_assert_num_queries):
    """Its history and text, related stories, notice, lists, sections, identity, foot, and which names have a page.

    However long the history is.
    """
    source = Source.objects.create(name="松岭日报", name_key="松岭日报", slug="songling")
    notice = CopyrightNotice(source=source, text="版权", effective_from=MONDAY - timedelta(hours=1))
    save_copyright_notice(notice=notice, by=OPERATOR, now=MONDAY - timedelta(hours=2))
    target = a_publication("关联").story
    rows = story_rows("一", source=source, related=[target], section=a_section())
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    story = rows.story
    publish_story(story=story, by=OPERATOR, now=MONDAY)
    for number in range(1, 20):
        revise(story, f"第{number}版", source=source)
        publish(story, number)
    reading_at(hour(30))
    path = address(story, 1)
    with django_assert_num_queries(9):
        response = client.get(path)
    assert page(response).one("h1").text == "一"
    assert page(response).one(css_class="related").all("li")
