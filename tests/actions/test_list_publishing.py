"""Several lists published together or not at all, and what a list held once brought back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.actions import (
    When,
    bin_story,
    cancel_edition,
    copy_edition,
    empty_bin,
    publish_editions,
    save_edition,
)
from articles.models import ListEdition
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story
from tests.story_lists import a_list, an_edition, list_content

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def drafts() -> list[ListEdition]:
    """A draft for each of two lists, the one with the greater id first."""
    rows = [a_list(name=name, slot=f"s{number}") for number, name in enumerate(("头条", "导读"))]
    return [an_edition(row, title=f"{row.name}新", when=When(), now=MONDAY) for row in reversed(rows)]


def titles(at) -> list[str]:
    return sorted(row.content.title for row in ListEdition.objects.holding(at))


def test_drafts_of_several_lists_begin_at_one_moment(drafts):
    """At a moment, and at once."""
    publish_editions(editions=drafts, start=MONDAY + 5 * HOUR, by=OPERATOR, now=MONDAY + HOUR)
    assert titles(MONDAY + 5 * HOUR) == ["头条新", "导读新"]
    assert titles(MONDAY + 5 * HOUR - HOUR / 60) == ["今日头条", "今日头条"]
    publish_editions(editions=drafts, start=None, by=OPERATOR, now=MONDAY + 2 * HOUR)
    assert {row.starts_at for row in ListEdition.objects.filter(pk__in=[row.pk for row in drafts])} == {
        MONDAY + 2 * HOUR
    }


def test_one_that_cannot_be_published_keeps_all_back_and_is_named(drafts):
    """The first of them was fine, and is not published either."""
    an_edition(drafts[0].story_list, title="挡", when=When(start=MONDAY + 5 * HOUR), now=MONDAY + HOUR)
    with pytest.raises(ValidationError, match="导读"):
        publish_editions(editions=drafts, start=MONDAY + 5 * HOUR, by=OPERATOR, now=MONDAY + HOUR)
    assert ListEdition.objects.drafts().count() == 2


def test_what_is_published_is_what_is_stored_by_then(drafts):
    """A colleague saved the draft while the page was open: the new text goes out, not the one from before."""
    save_edition(
        story_list=drafts[0].story_list, content=list_content(title="改过"), by=OPERATOR, edition=drafts[0], now=MONDAY
    )
    publish_editions(editions=drafts, start=None, by=OPERATOR, now=MONDAY + HOUR)
    assert titles(MONDAY + HOUR) == ["头条新", "改过"]


def test_published_twice_is_told(drafts):
    """A page that was open for long: what has begun is not begun again."""
    publish_editions(editions=drafts, start=None, by=OPERATOR, now=MONDAY + HOUR)
    before = ListEdition.objects.count()
    for start in (None, MONDAY + 9 * HOUR):
        with pytest.raises(ValidationError, match="头条"):
            publish_editions(editions=drafts, start=start, by=OPERATOR, now=MONDAY + 2 * HOUR)
    assert ListEdition.objects.count() == before


@pytest.mark.parametrize("start", [None, MONDAY + 5 * HOUR])
def test_two_editions_of_one_list_do_not_begin_together(drafts, start):
    other = an_edition(drafts[0].story_list, title="另一", when=When(), now=MONDAY)
    with pytest.raises(ValidationError, match="导读"):
        publish_editions(editions=[*drafts, other], start=start, by=OPERATOR, now=MONDAY + HOUR)
    assert ListEdition.objects.drafts().count() == 3


def test_edition_named_twice_is_published_once(drafts):
    """A form may send a name twice."""
    assert len(publish_editions(editions=[*drafts, drafts[0]], start=None, by=OPERATOR, now=MONDAY + HOUR)) == 2


def test_edition_cancelled_meanwhile_keeps_all_back(drafts):
    cancel_edition(edition=drafts[0], by=OPERATOR, now=MONDAY)
    with pytest.raises(ValidationError, match="导读"):
        publish_editions(editions=drafts, start=None, by=OPERATOR, now=MONDAY + HOUR)
    assert ListEdition.objects.drafts().count() == 1


def test_draft_of_a_special_needs_an_end(drafts):
    special = an_edition(drafts[0].story_list, title="特", when=When(special=True), now=MONDAY)
    with pytest.raises(ValidationError, match="导读"):
        publish_editions(editions=[special], start=None, by=OPERATOR, now=MONDAY + HOUR)


def test_lists_out_of_reach_are_not_published(cast, drafts):
    with pytest.raises(PermissionDenied):
        publish_editions(editions=drafts, start=None, by=cast.reporter, now=MONDAY + HOUR)
    assert ListEdition.objects.drafts().count() == 2


def test_list_as_it_was_is_brought_back():
    """What readers had then: the special where there was one; as a draft, or at once."""
    first, second = a_publication("甲"), a_publication("乙")
    made = a_list(first)
    an_edition(made, second, title="特", when=When(now=True, end=MONDAY + 3 * HOUR, special=True), now=MONDAY + HOUR)
    an_edition(made, title="空", now=MONDAY + 4 * HOUR)
    draft = copy_edition(story_list=made, shown_at=MONDAY, by=OPERATOR, now=MONDAY + 5 * HOUR)
    assert (draft.is_draft, draft.content.story_ids) == (True, (first.story_id,))
    now = copy_edition(
        story_list=made, shown_at=MONDAY + 2 * HOUR, by=OPERATOR, when=When(now=True), now=MONDAY + 5 * HOUR
    )
    assert (now.starts_at, now.kind, now.content.story_ids) == (MONDAY + 5 * HOUR, "standing", (second.story_id,))
    assert "2026" in now.revision.comment


def test_list_as_it_was_comes_back_without_stories_that_are_gone():
    """They show nothing, and nobody could save a list that names them."""
    kept, gone, binned = a_publication("甲"), a_story("乙"), a_story("丙")
    made = a_list(kept, gone, binned, "https://example.com/")
    an_edition(made, title="空", now=MONDAY + HOUR)
    for story in (gone, binned):
        bin_story(story=story, by=OPERATOR, now=MONDAY + HOUR)
    empty_bin(by=OPERATOR, stories=[gone.pk], now=MONDAY + HOUR)
    draft = copy_edition(story_list=made, shown_at=MONDAY, by=OPERATOR, now=MONDAY + 2 * HOUR)
    assert [(each.story_id, each.url) for each in draft.content.items] == [
        (kept.story_id, ""),
        (None, "https://example.com/"),
    ]


def test_moment_at_which_the_list_held_nothing_is_told():
    made = a_list(scope=a_section(), place="section")
    with pytest.raises(ValidationError):
        copy_edition(story_list=made, shown_at=MONDAY - HOUR, by=OPERATOR, now=MONDAY + HOUR)


@pytest.mark.parametrize("start", [None, MONDAY + 5 * HOUR])
def test_what_changed_since_it_was_looked_at_is_not_published(drafts, start):
    """Neither is what nobody says to have seen; the others of the same go stay back with it."""
    seen = {row.pk: row.revision.number for row in drafts}
    content = list_content(title="改过")
    save_edition(story_list=drafts[0].story_list, content=content, by=OPERATOR, edition=drafts[0], now=MONDAY)
    for known in (seen, {drafts[1].pk: seen[drafts[1].pk]}):
        with pytest.raises(ValidationError, match="导读: "):
            publish_editions(editions=drafts, start=start, by=OPERATOR, seen=known, now=MONDAY + HOUR)
    assert ListEdition.objects.drafts().count() == 2
    seen[drafts[0].pk] += 1
    assert len(publish_editions(editions=drafts, start=start, by=OPERATOR, seen=seen, now=MONDAY + HOUR)) == 2
