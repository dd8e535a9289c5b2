"""The facts preflight is told: what the world around a story will be at a moment."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from articles.actions import publish_story, withdraw_story
from articles.content import RelatedLinkContent, StoryContent
from articles.models import Contributor, CopyrightNotice, Revision, Source, Story, Topic
from articles.models.preflight_facts import gather_facts
from articles.preflight import Facts, StoryState
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def facts_of(story: Story, at: datetime = MONDAY) -> Facts:
    return gather_facts(Revision.objects.filter(story=story).first().content, story_id=story.pk, at=at)


def facts_about(*, story_id: int | None = None, at: datetime = MONDAY, **values: Any) -> Facts:
    return gather_facts(StoryContent(headline="题", **values), story_id=story_id, at=at)


def state_of(story: Story, at: datetime = MONDAY) -> StoryState:
    return facts_about(related_links=(RelatedLinkContent(story_id=story.pk),), at=at).stories[story.pk].state


def alive(*addresses: str, story_id: int | None = None, at: datetime = MONDAY) -> list[bool]:
    opening = "".join(f'<p><a href="{address}">看</a></p>' for address in addresses)
    links = facts_about(opening=opening, story_id=story_id, at=at).links
    return [links[address] for address in addresses]


def a_source(**values: Any) -> Source:
    return Source.objects.create(name="岷江社", name_key="岷江社", slug="minjiang", kind="agency", **values)


def test_day_is_the_newsrooms(settings):
    """In Beijing it is the next day before it is in UTC; licences are counted in the newsroom's days."""
    settings.TIME_ZONE = "Asia/Shanghai"
    assert facts_about(at=MONDAY.replace(hour=15, minute=59)).day == date(2026, 3, 2)
    assert facts_about(at=MONDAY.replace(hour=16)).day == date(2026, 3, 3)


def test_source_and_notice_are_those_of_the_moment():
    """A notice that comes into force later does not count yet."""
    source = a_source(allowed_from=date(2026, 1, 1), allowed_until=date(2026, 12, 31))
    CopyrightNotice.objects.create(source=source, text="声明", effective_from=MONDAY + DAY)
    story = a_story(source=source)
    before, after = facts_of(story), facts_of(story, MONDAY + 2 * DAY)
    assert (before.source.name, before.source.kind) == ("岷江社", "agency")
    assert (before.source.allowed_from, before.source.allowed_until) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (before.notice_in_force, after.notice_in_force) == (False, True)


def test_story_without_a_source_has_no_terms():
    facts = facts_of(a_story())
    assert (facts.source, facts.notice_in_force) == (None, False)


def test_state_of_a_related_story_follows_its_publications():
    """Never public, scheduled, live, withdrawn: each at its moment."""
    story = a_story("旧闻")
    assert state_of(story) == StoryState.NEVER
    publish_story(story=story, by=OPERATOR, at=MONDAY + DAY, now=MONDAY)
    assert state_of(story) == StoryState.SCHEDULED
    assert state_of(story, MONDAY + DAY) == StoryState.LIVE
    withdraw_story(story=story, by=OPERATOR, note="撤", at=MONDAY + 2 * DAY, now=MONDAY + DAY)
    assert state_of(story, MONDAY + 2 * DAY) == StoryState.WITHDRAWN


def test_related_story_is_retracted_while_its_page_says_so():
    """From the moment of the retraction; an address in the text still leads to that page, until it is withdrawn."""
    story = a_story("旧闻")
    address = publish_story(story=story, by=OPERATOR, now=MONDAY).get_absolute_url()
    publish_story(story=story, by=OPERATOR, change="retraction", note="报道不实", now=MONDAY + DAY)
    assert [state_of(story, at) for at in (MONDAY, MONDAY + DAY)] == [StoryState.LIVE, StoryState.RETRACTED]
    assert alive(address, at=MONDAY + DAY) == [True]
    withdraw_story(story=story, by=OPERATOR, note="撤", now=MONDAY + 2 * DAY)
    assert state_of(story, MONDAY + 2 * DAY) == StoryState.WITHDRAWN


def test_related_story_whose_time_is_over_counts_as_withdrawn_until_it_comes_back():
    story = a_story("旧闻")
    publish_story(story=story, by=OPERATOR, until=MONDAY + DAY, now=MONDAY)
    assert state_of(story, MONDAY + DAY) == StoryState.WITHDRAWN
    publish_story(story=story, by=OPERATOR, at=MONDAY + 3 * DAY, now=MONDAY + 2 * DAY)
    assert state_of(story, MONDAY + 2 * DAY) == StoryState.SCHEDULED


def test_related_story_that_does_not_exist_is_missing():
    assert facts_about(related_links=(RelatedLinkContent(story_id=999),)).stories == {}


def test_link_to_a_story_is_alive_while_the_story_is():
    """Its id decides: an old date or address in the link leads there too."""
    publication = a_publication("旧闻")
    address = publication.get_absolute_url()
    other_day = address.replace("/2026/03/02/", "/2020/01/01/")
    draft = f"/2026/03/02/draft-{a_story('草稿').pk}/"
    assert alive(address, other_day, draft, "/2026/03/02/none-999/") == [True, True, False, False]
    assert alive(address, at=MONDAY - DAY) == [False]


def test_link_to_the_story_itself_is_alive():
    """It leads there as soon as the story is live."""
    story = a_story()
    address = f"/2026/03/02/x-{story.pk}/"
    assert (alive(address), alive(address, story_id=story.pk)) == ([False], [True])


def test_link_to_a_page_of_the_site_is_alive_when_there_is_one():
    a_section("要闻", "news")
    Topic.objects.create(name="就业", slug="jobs")
    Contributor.objects.create(name="林晓禾", slug="lin")
    there = ("/", "/section/news/", "/section/news", "/topic/jobs/", "/contributor/lin/", "/static/a.pdf")
    gone = ("/section/none/", "/topic/none/", "/contributor/none/", "/nonsense/", "example.org/x")
    assert alive(*there) == [True] * len(there)
    assert alive(*gone) == [False] * len(gone)


def test_link_to_what_is_not_for_readers_leads_nowhere():
    """The desk, and a preview that somebody copied from the bar of the browser."""
    assert alive("/admin/", "/admin/articles/story/1/change/", "/preview/abc/", "/health/") == [False] * 4


def test_link_to_an_earlier_version_is_alive_while_the_story_is():
    publication = a_publication("旧闻")
    assert alive(f"{publication.get_absolute_url()}version/1/", "/2026/03/02/x-999/version/1/") == [True, False]


def test_link_to_another_site_is_not_judged():
    facts = facts_about(opening='<p><a href="https://example.org/nonsense/">看</a></p>')
    assert facts.links == {}


def test_other_live_story_of_the_same_text_is_found():
    """Not the story itself, not a draft, not one that reads otherwise."""
    twin = a_publication("同题", opening="<p>同文</p>")
    a_story("同题", opening="<p>同文</p>")
    a_publication("同题", opening="<p>异文</p>")
    own = a_publication("同题", opening="<p>同文</p>", summary="自己的摘要")
    assert [(found.id, found.headline) for found in facts_of(own.story).same_text] == [(twin.story_id, "同题")]
    assert facts_of(own.story, MONDAY - DAY).same_text == ()


@pytest.mark.parametrize("rows", [1, 3])
def test_facts_cost_seven_queries_whatever_the_story_holds(rows, django_assert_num_queries):
    """Source, notice, other stories, sections, topics, contributors, twins."""
    others = [a_publication(f"旧闻{number}") for number in range(rows)]
    links = [row.get_absolute_url() for row in others]
    links += [f"/{page}/x{number}/" for page in ("section", "topic", "contributor") for number in range(rows)]
    story = a_story(
        source=a_source(),
        opening="".join(f'<p><a href="{address}">看</a></p>' for address in links),
        related=[row.story for row in others],
    )
    content = story.revisions.first().content
    with django_assert_num_queries(7):
        facts = gather_facts(content, story_id=story.pk, at=MONDAY)
    assert len(facts.stories) == rows
    assert len(facts.links) == 4 * rows


def test_hostile_links_are_answered():
    """Numbers beyond any key, percent signs, thousands of addresses."""
    many = "".join(f'<p><a href="/section/s{number}/">看</a></p>' for number in range(3000))
    odd = '<p><a href="/2026/03/02/x-999999999999999999/">a</a><a href="/%ff%00/">b</a><a href="//[/">c</a></p>'
    facts = facts_about(opening=odd + many)
    assert not any(facts.links.values())
