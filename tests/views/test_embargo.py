"""Nothing of a story is anywhere on the site before its moment, and everything of it is there from then on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from articles.actions import publish_story, save_story, withdraw_story
from articles.models import Contributor, Publication, Story, Topic
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story, story_rows
from tests.page import page

HOUR = timedelta(hours=1)
T = MONDAY + 24 * HOUR
CANARY = "金丝雀"
SLUG = "jin-si-que"


def site_pages(*more: str) -> list[str]:
    """Every public page there is, and the addresses given."""
    return ["/", "/section/news/", "/section/all/", "/topic/chunyun/", "/contributor/lin-yi/", *more]


def everything_under(paths: list[str]) -> str:
    """Bodies and headers of the pages, as an anonymous reader gets them."""
    answers = [Client().get(path) for path in paths]
    return "\n".join(f"{answer.headers} {answer.content.decode()}" for answer in answers)


@pytest.fixture
def surroundings(db) -> dict:
    """A section inside a section, a topic and a person: all with a live story, so that their pages are in use."""
    section = a_section(parent=a_section("全部", "all"))
    topic = Topic.objects.create(name="春运", slug="chunyun")
    person = Contributor.objects.create(name="林一", slug="lin-yi")
    shared = {"section": section, "topics": [topic], "bylines": [(person, "reporter")]}
    a_publication("旁边的报道", **shared)
    return shared


def an_embargoed_story(**surroundings) -> Story:
    """Saved many times, linking and linked, announced for T; every part of it holds the canary."""
    story = a_story(f"{CANARY}标题", **surroundings)
    for number in range(5):
        rows = story_rows(
            f"{CANARY}标题{number}", story=story, kicker=f"{CANARY}引题", subtitle=f"{CANARY}副题",
            short_headline=f"{CANARY}短题", summary=f"{CANARY}摘要", opening=f"<p>{CANARY}正文</p>",
            dateline=CANARY, subsections=[(f"{CANARY}节", CANARY, f"<p>{CANARY}</p>")],
            related=[("https://example.org/", f"{CANARY}外站")], **surroundings,
        )  # fmt: skip
        save_story(rows=rows, by=OPERATOR, now=MONDAY)
    publish_story(story=story, by=OPERATOR, at=T, now=MONDAY)
    return story


def test_embargoed_story_appears_nowhere_before_its_moment(surroundings, reading_at):
    """Not as text, address or link: on no page, for no address a reader could try, not even a microsecond early."""
    story = an_embargoed_story(**surroundings)
    linking = a_publication("引用它的报道", related=[story, ("https://example.org/", "别处")], **surroundings)
    address = Publication.objects.get(story=story).get_absolute_url()
    guesses = [f"/2026/03/03/x-{story.pk}/", f"/2026/3/3/{SLUG}-{story.pk}/"]

    reading_at(T - timedelta(microseconds=1))
    before = everything_under(site_pages(linking.get_absolute_url(), *guesses))
    assert "旁边的报道" in before
    assert "引用它的报道" in before
    assert CANARY not in before
    assert address not in before
    assert SLUG not in before.replace(guesses[1], "")

    reading_at(T)
    for path in site_pages(linking.get_absolute_url(), address):
        assert CANARY in Client().get(path).content.decode(), path


@pytest.mark.parametrize("method", ["get", "head"])
def test_embargoed_story_answers_as_an_unknown_one(surroundings, reading_at, method):
    """Same status, headers and body: whether an id is in use cannot be told, with its right address or a wrong one."""
    story = an_embargoed_story(**surroundings)
    reading_at(T - HOUR)
    unknown = story.pk + 1000
    assert not Story.objects.filter(pk=unknown).exists()
    address = Publication.objects.get(story=story).get_absolute_url()
    for path in (address, f"/2026/3/3/x-{story.pk}/", f"/1999/01/01/x-{story.pk}/", address + "?before=1"):
        other = path.replace(f"-{story.pk}/", f"-{unknown}/")
        hidden, absent = (getattr(Client(), method)(one) for one in (path, other))
        assert hidden.status_code == absent.status_code == 404
        assert dict(hidden.headers) == dict(absent.headers)
        assert hidden.content.decode().replace(path, "") == absent.content.decode().replace(other, "")
    bare = address.rstrip("/")
    other = bare.removesuffix(str(story.pk)) + str(unknown)
    assert Client().get(bare).status_code == Client().get(other).status_code


def test_draft_answers_as_an_unknown_one(surroundings):
    """One that was never announced, and one whose announcement was called off."""
    story = an_embargoed_story(**surroundings)
    Publication.objects.filter(story=story).delete()
    draft = a_story(f"{CANARY}草稿", **surroundings)
    text = everything_under(site_pages(f"/2026/03/02/x-{story.pk}/", f"/2026/03/02/x-{draft.pk}/"))
    assert CANARY not in text


def test_changes_of_a_live_story_stay_at_the_desk(surroundings, reading_at):
    """Readers keep the published version on every page until the change itself is published."""
    publication = a_publication("公开的标题", **surroundings)
    target = a_publication("新关联的报道")
    rows = story_rows(
        f"{CANARY}标题", story=publication.story, summary=f"{CANARY}摘要", related=[target.story], **surroundings
    )
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    linking = a_publication("引用它的报道", related=[publication.story], **surroundings)
    paths = site_pages(publication.get_absolute_url(), linking.get_absolute_url())
    text = everything_under(paths)
    assert "公开的标题" in text
    assert CANARY not in text
    story = page(Client().get(publication.get_absolute_url()))
    assert story.all("section", css_class="related") == []

    publish_story(story=publication.story, by=OPERATOR, change="minor", now=MONDAY + HOUR)
    reading_at(MONDAY + HOUR)
    for path in paths:
        assert CANARY in Client().get(path).content.decode(), path


def test_correction_for_later_is_not_visible_before(surroundings, reading_at):
    """Neither its text nor its note nor that there will be one; from its moment on, both."""
    publication = a_publication("公开的标题", **surroundings)
    rows = story_rows(f"{CANARY}标题", story=publication.story, **surroundings)
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    paths = site_pages(publication.get_absolute_url())
    reading_at(T - timedelta(microseconds=1))
    without = everything_under(paths)

    publish_story(story=publication.story, by=OPERATOR, at=T, note=f"{CANARY}更正", now=MONDAY)

    assert everything_under(paths) == without
    assert CANARY not in without
    reading_at(T)
    corrected = Client().get(publication.get_absolute_url()).content.decode()
    assert f"{CANARY}标题" in corrected
    assert f"{CANARY}更正" in corrected


def test_withdrawal_for_later_is_not_visible_before(surroundings, reading_at):
    publication = a_publication("公开的标题", **surroundings)
    paths = site_pages(publication.get_absolute_url())
    reading_at(T - timedelta(microseconds=1))
    without = everything_under(paths)
    withdraw_story(story=publication.story, by=OPERATOR, at=T, note=f"{CANARY}撤稿", now=MONDAY)
    assert everything_under(paths) == without
    reading_at(T)
    assert f"{CANARY}撤稿" in Client().get(publication.get_absolute_url()).content.decode()


@pytest.mark.parametrize("ending", ["withdrawn", "expired"])
def test_link_to_a_story_that_is_not_live_is_left_out(surroundings, reading_at, ending):
    """With its own headline too: what was withdrawn is not told by those who linked to it."""
    reading_at(MONDAY)
    until = MONDAY + HOUR if ending == "expired" else None
    target = a_story(f"{CANARY}目标", **surroundings)
    publish_story(story=target, by=OPERATOR, until=until, now=MONDAY)
    rows = story_rows("引用它的报道", related=[target], **surroundings)
    rows.related_links[0].headline = f"{CANARY}自拟"
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    linking = publish_story(story=rows.story, by=OPERATOR, now=MONDAY)
    assert CANARY in Client().get(linking.get_absolute_url()).content.decode()

    if ending == "withdrawn":
        withdraw_story(story=target, by=OPERATOR, note="不实", now=MONDAY + HOUR)
    reading_at(MONDAY + 2 * HOUR)
    text = everything_under(site_pages(linking.get_absolute_url()))
    assert "引用它的报道" in text
    assert CANARY not in text
