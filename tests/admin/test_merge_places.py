"""Places of a merge as editors call them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import translation

from articles.admin.merge_places import place_in_words, taken_in_words
from articles.content import RelatedLinkContent
from tests.builders import a_story
from tests.stale_edits import a_base

BASE = a_base()

WORDS = {
    "headline": "headline",
    "section": "section",
    "order": "order of the subsections",
    "byline:order": "order of the byline",
    "related:order": "order of the related links",
    "subsection:k2": "subsection “小节2”",
    "subsection:k2:body": "text of subsection “小节2”",
    "subsection:k2:figures": "figures line of subsection “小节2”",
    "related:7": "related link “相关七”",
    "related:https://example.com/a": "related link “网页”",
    "related:https://example.com/a:teaser": "own teaser of related link “网页”",
    "byline:1:reporter": "人1 in the byline",
    "topic:2": "topic “名2”",
    "subsection:nobody": "subsection “nobody”",
    "topic:99": "topic “99”",
}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(("place", "words"), WORDS.items())
@pytest.mark.django_db
def test_a_place_is_called_what_editors_call_it(place, words):
    """By the names of fields on the form, and the names of parts in the story."""
    assert place_in_words(place, [BASE]) == words


@pytest.mark.django_db
def test_a_link_without_a_headline_is_called_after_its_story():
    """As readers would see it."""
    target = a_story("目标")
    content = replace(BASE, related_links=(RelatedLinkContent(story_id=target.pk),))
    assert place_in_words(f"related:{target.pk}", [content]) == "related link “目标”"
    assert place_in_words(f"related:{target.pk} 2:headline", [content]) == "own headline of related link “目标”"


@pytest.mark.parametrize("place", ["subsection:k2", "related:7", "byline:1:reporter", "topic:2"])
@pytest.mark.django_db
def test_a_part_that_a_colleague_deleted_is_said_to_be_gone(place):
    """Its name is known from before."""
    empty = replace(BASE, subsections=(), related_links=(), byline=(), topics=())
    assert taken_in_words(place, [empty, BASE]) == f"{place_in_words(place, [BASE])} (deleted)"
    assert "deleted" not in taken_in_words(place, [BASE])


@pytest.mark.parametrize("place", ["headline", "order", "related:order", "subsection:k2:body", "related:7:headline"])
@pytest.mark.django_db
def test_what_is_no_part_is_never_gone(place):
    """A field or an order is changed, not deleted."""
    assert "deleted" not in taken_in_words(place, [replace(BASE, subsections=(), related_links=()), BASE])
