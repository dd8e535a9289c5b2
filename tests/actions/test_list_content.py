"""What a list may name, asked of the database; and what its own headlines were written over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from articles.actions import ListError, bin_story, publish_story, save_edition, save_story, withdraw_story
from articles.lists import ItemContent, ListContent
from articles.models import ListItem, ListRevision
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story, story_rows
from tests.story_lists import a_list, an_edition, item, list_content

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def made():
    return a_list()


def refused(made, content: ListContent) -> list[tuple[str, str]]:
    """(key, field) of what is refused; nothing is stored."""
    before = ListRevision.objects.count()
    with pytest.raises(ListError) as error:
        save_edition(story_list=made, content=content, by=OPERATOR, edition=made.editions.get(), based_on=1, now=MONDAY)
    assert ListRevision.objects.count() == before
    assert len(error.value.messages) == len(error.value.problems)
    return [(problem.key, problem.field) for problem in error.value.problems]


@pytest.mark.parametrize("story_id", [4_000_000_000, 2**63 - 1, 2**63, 10**30, 0, -1, -(10**30)])
def test_id_of_no_story_is_refused_at_its_item(made, story_id):
    """Also one no database could be asked for."""
    headline = {"headline": "自拟"}
    assert refused(made, list_content(item(story_id, key="x", **headline))) == [("x", "story")]


@pytest.mark.parametrize("section", [4_000_000, 2**63, -(10**30)])
def test_id_of_no_section_is_refused_at_its_field(made, section):
    assert refused(made, list_content(fill_rule="latest", fill_section_id=section)) == [("", "fill_section")]


def test_story_in_the_bin_is_refused_at_its_item(made):
    story, other = a_story("甲"), a_story("乙")
    bin_story(story=story, by=OPERATOR, now=MONDAY)
    assert refused(made, list_content(other, story)) == [(f"k{story.pk}", "story")]


def test_ten_thousand_items_are_refused_in_no_time(made, django_assert_max_num_queries):
    """Before anything is compared, merged or looked up."""
    save_edition(
        story_list=made, content=list_content(title="新"), by=OPERATOR, edition=made.editions.get(), now=MONDAY + HOUR
    )
    items = tuple(ItemContent(key=f"k{number}", story_id=number + 1) for number in range(10_000))
    with django_assert_max_num_queries(5), pytest.raises(ListError) as error:
        save_edition(
            story_list=made,
            content=ListContent(title="表", items=items),
            by=OPERATOR,
            edition=made.editions.first(),
            based_on=1,
            now=MONDAY + 2 * HOUR,
        )
    [problem] = error.value.problems
    assert (problem.key, problem.field) == ("", "items")


def test_right_is_asked_before_the_content(cast, made):
    """Who may not change the list learns nothing of which stories there are."""
    with pytest.raises(PermissionDenied):
        save_edition(story_list=made, content=list_content(item(4_000_000)), by=cast.outsider, now=MONDAY)


def test_stories_of_a_version_are_found_by_the_story():
    """Once each, however often the version names one."""
    story = a_publication("甲").story
    made = a_list(item(story, ends_at=MONDAY), item(story, key="later", starts_at=MONDAY), "https://example.com/")
    assert list(ListItem.objects.values_list("revision", "story")) == [(made.revisions.get().pk, story.pk)]


def written_over(edition) -> str:
    return edition.content.items[0].written_over


def test_own_headline_remembers_what_it_was_written_over():
    """What readers have; of a draft, its working copy; the short headline where there is one."""
    live, draft = a_publication("长标题", short_headline="短").story, a_story("稿")
    made = a_list(item(live, headline="一"), item(draft, headline="二"), item(a_story("三")))
    assert [each.written_over for each in made.editions.get().content.items] == ["短", "稿", ""]


def test_corrected_story_does_not_change_what_a_headline_was_written_over():
    """Somebody has still to look at it; typing another one is looking."""
    story = a_publication("旧题").story
    made = a_list(item(story, headline="自拟"))
    story.refresh_from_db()
    save_story(rows=story_rows("新题", story=story, section=a_section()), by=OPERATOR, now=MONDAY + HOUR)
    publish_story(story=story, by=OPERATOR, change="correction", note="更正", now=MONDAY + HOUR)
    values = {"story_list": made, "by": OPERATOR, "edition": made.editions.get(), "now": MONDAY + 2 * HOUR}
    same = save_edition(content=list_content(item(story, headline="自拟"), length=3), **values)
    assert written_over(same) == "旧题"
    typed = save_edition(content=list_content(item(story, headline="再拟"), length=3), **values)
    assert written_over(typed) == "新题"


def test_headline_kept_for_another_story_is_written_over_that_one():
    """The item leads elsewhere now."""
    first, second = a_publication("甲题").story, a_publication("乙题").story
    made = a_list(item(first, key="x", headline="自拟"))
    content = list_content(item(second, key="x", headline="自拟"))
    saved = save_edition(story_list=made, content=content, by=OPERATOR, edition=made.editions.get(), now=MONDAY + HOUR)
    assert written_over(saved) == "乙题"


def test_withdrawn_story_may_stay_in_a_list():
    """It is not shown, and may come back."""
    story = a_publication("甲").story
    made = a_list(story)
    withdraw_story(story=story, by=OPERATOR, note="撤", now=MONDAY + HOUR)
    saved = an_edition(made, story, title="新", now=MONDAY + 2 * HOUR)
    assert saved.content.story_ids == (story.pk,)
