"""What the story leads to: addresses, related stories, and the same story live already."""

from __future__ import annotations

import pytest

from articles.content import RelatedLinkContent
from articles.preflight import OtherStory, StoryState, internal_links, site_path
from tests.preflight.complete import facts, found, story, subsection

SITE = "https://news.example"


def linked(*addresses: str) -> str:
    return "".join(f'<p><a href="{address}">看这里</a></p>' for address in addresses)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/2026/03/02/a-1/", "/2026/03/02/a-1/"),
        ("https://news.example/section/news/?page=2#top", "/section/news/"),
        ("http://NEWS.example/", "/"),
        ("//news.example/a", "/a"),
        ("https://news.example", "/"),
        ("example.org/page", "/example.org/page"),
    ],
)
def test_address_on_this_site_has_a_path(address, path):
    """Whatever its scheme or case; one typed without a scheme would lead to this site as well."""
    assert site_path(address, SITE) == path


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/",
        "https://news.example.org/",
        "https://news.example:8443/",
        "mailto:a@news.example",
        "tel:110",
        "#part-2",
        "",
        "http://[bad",
        "https://news.example:port/",
    ],
)
def test_address_elsewhere_has_none(address):
    assert site_path(address, SITE) is None


def test_internal_links_are_found_in_every_rich_text_and_related_link():
    """Each once, in order, as typed."""
    content = story(
        opening=linked("/a/", "https://example.org/", "/a/"),
        subsections=(subsection(body=linked("https://news.example/b/?x=1&amp;y=2")),),
        related_links=(RelatedLinkContent(url="https://news.example/c/", headline="也看"),),
    )
    assert internal_links(content, SITE) == (
        "/a/",
        "https://news.example/b/?x=1&y=2",
        "https://news.example/c/",
    )


def test_internal_links_are_not_fooled_by_other_attributes():
    """A title may say anything."""
    tricky = '<p><a title="1 > 0 href=/no/" href="/yes/">看</a> href="/text/"</p>'
    assert internal_links(story(opening=tricky, related_links=()), SITE) == ("/yes/",)


def test_link_that_leads_somewhere_passes():
    assert found("links", story(opening=linked("/a/")), facts(links={"/a/": True})) == []


def test_link_that_leads_to_nothing_blocks_where_it_stands():
    content = story(
        opening=linked("/b/", "/a/", "/a/"),
        subsections=(subsection(key="b2", body=linked("/a/")),),
        related_links=(RelatedLinkContent(story_id=7), RelatedLinkContent(url="/a/", headline="也看")),
    )
    problem = "The link to /a/ leads readers to nothing at that time."
    assert found("links", content, facts(links={"/a/": False, "/b/": True})) == [
        ("opening", problem),
        ("subsection:b2:body", problem),
        ("related:2", problem),
    ]


def other(state: StoryState) -> dict[int, OtherStory]:
    return {7: OtherStory(id=7, headline="旧闻", state=state)}


def test_related_story_that_is_live_passes():
    known = facts(stories=other(StoryState.LIVE))
    assert found("related", story(), known) == found("related_live", story(), known) == []


def test_related_story_that_was_withdrawn_blocks():
    known = facts(stories=other(StoryState.WITHDRAWN))
    assert found("related", story(), known) == [
        ("related:1", "The related story “旧闻” is no longer public at that time.")
    ]
    assert found("related_live", story(), known) == []


def test_related_story_that_was_retracted_blocks():
    """Its page says what is wrong; no teaser leads to it."""
    known = facts(stories=other(StoryState.RETRACTED))
    assert found("related", story(), known) == [
        ("related:1", "The related story “旧闻” is retracted at that time; readers do not see the link.")
    ]
    assert found("related_live", story(), known) == []


def test_story_related_to_itself_blocks():
    """Even where it is not public: that is not what has to be mended."""
    known = facts(story_id=7, stories=other(StoryState.NEVER))
    assert found("related", story(), known) == [("related:1", "The story is related to itself.")]
    assert found("related_live", story(), known) == []


def test_related_story_that_is_gone_blocks():
    assert found("related", story(), facts(stories={})) == [("related:1", "The related story no longer exists.")]


@pytest.mark.parametrize("state", [StoryState.SCHEDULED, StoryState.NEVER])
def test_related_story_that_is_not_live_yet_is_a_warning(state):
    """Readers do not see the link until then, so nothing breaks."""
    known = facts(stories=other(state))
    assert found("related", story(), known) == []
    assert [place for place, _said in found("related_live", story(), known)] == ["related:1"]


def test_identical_live_story_blocks():
    assert found("duplicate", story(), facts(same_text=())) == []
    assert found("duplicate", story(), facts(same_text=(OtherStory(id=3, headline="旧闻"),))) == [
        ("headline", "Story 3, “旧闻”, is live with the same headline and text.")
    ]
