"""The pages that are no stories, as sitemaps name them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.actions import publish_story, withdraw_story
from articles.models import Contributor, SitePage, Source, Topic
from articles.syndication import listed_pages as module
from articles.syndication.listed_pages import listed_pages
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story

HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


def places(suffix: str = "") -> dict:
    """What a story can be listed under: one of each, inside a section above."""
    names = f"松岭{suffix}"
    return {
        "section": a_section(names, f"local{suffix}", parent=a_section()),
        "topics": [Topic.objects.create(name=names, slug=f"topic{suffix}")],
        "source": Source.objects.create(name=names, name_key=names, slug=f"paper{suffix}"),
        "bylines": [(Contributor.objects.create(name=names, slug=f"lin{suffix}"), "reporter")],
    }


def paths(at=MONDAY + HOUR) -> dict:
    return {page.path: page.changed_at for page in listed_pages(at)}


def test_everything_with_a_story_on_it_is_named():
    """Section with the one above, topic, source and person, since their last change; and the overviews."""
    a_publication(**places())
    changed = dict.fromkeys(["/section/news/", "/section/local/", "/topic/topic/", "/source/paper/"], MONDAY)
    overviews = {"/": MONDAY, "/archive/": MONDAY, "/corrections/": None}
    assert paths() == {**overviews, **changed, "/contributor/lin/": MONDAY}


@pytest.mark.parametrize("state", ["draft", "scheduled", "withdrawn", "ended", "retracted"])
def test_what_has_no_story_is_not_named(state):
    """Its name would tell of a story that is not out, or out no more."""
    story = a_story(**places())
    if state == "scheduled":
        publish_story(story=story, by=OPERATOR, at=MONDAY + 2 * HOUR, now=MONDAY)
    elif state != "draft":
        publish_story(story=story, by=OPERATOR, until=MONDAY + HOUR if state == "ended" else None, now=MONDAY)
    if state == "withdrawn":
        withdraw_story(story=story, by=OPERATOR, note="不实", now=MONDAY + HOUR)
    if state == "retracted":
        publish_story(story=story, by=OPERATOR, change="retraction", note="不实", now=MONDAY + HOUR)
    assert paths() == {"/": None, "/archive/": None, "/corrections/": None}


def test_date_is_that_of_the_last_change_readers_know():
    """A withdrawal changes the page it was on; what is still to come changes nothing."""
    shared = places()
    a_publication("旁边", **shared)
    gone = a_publication("撤下", **shared)
    withdraw_story(story=gone.story, by=OPERATOR, at=MONDAY + 2 * HOUR, note="不实", now=MONDAY)
    assert set(paths(MONDAY + HOUR).values()) == {MONDAY, None}
    assert set(paths(MONDAY + 2 * HOUR).values()) == {MONDAY + 2 * HOUR, None}


def test_own_pages_are_named_when_they_are_public():
    """Since they were, or since somebody changed them; a change that came after the moment is not known at it."""
    page = {"title": "关于", "body": "<p>我们</p>"}
    SitePage.objects.create(slug="draft", **page)
    SitePage.objects.create(slug="later", live_from=MONDAY + 2 * HOUR, updated_at=MONDAY, **page)
    SitePage.objects.create(slug="about", live_from=MONDAY - HOUR, updated_at=MONDAY, **page)
    assert paths(MONDAY)["/page/about/"] == MONDAY
    assert paths(MONDAY - HOUR)["/page/about/"] == MONDAY - HOUR
    assert {path for path in paths() if path.startswith("/page/")} == {"/page/about/"}
    assert paths(MONDAY + 2 * HOUR)["/page/later/"] == MONDAY + 2 * HOUR


def test_pages_are_never_more_than_a_file_holds(monkeypatch):
    a_publication(**places())
    monkeypatch.setattr(module, "MOST_PER_FILE", 4)
    assert len(paths()) == 4


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_five_queries(count, django_assert_num_queries):
    for number in range(count):
        a_publication(**places(str(number)))
        SitePage.objects.create(slug=f"p{number}", title="页", live_from=MONDAY)
    with django_assert_num_queries(5):
        assert len(paths()) == 4 + 5 * count
