"""The times of an edition while several edit it: nobody moves by chance what a colleague has planned."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.actions import end_edition, save_edition
from articles.actions.list_times import DRAFT, NOW, When
from articles.models import ListEdition
from tests.admin.lists.editing import address, new_address, signed_in, typed_into
from tests.builders import MONDAY, a_publication
from tests.story_lists import a_list, an_edition, item

HOUR = timedelta(hours=1)
AT = MONDAY + HOUR
LATER = AT + 5 * HOUR
LATER_IN_WORDS = "15:00"


@pytest.fixture
def desk(client, cast, reading_at):
    reading_at(AT)
    return signed_in(client, cast.list_editor)


@pytest.fixture
def story_list(cast):
    return a_list(a_publication("甲"))


def opened(desk, where: str) -> dict:
    return typed_into(desk.get(where).context["form"])


def colleague_gives(cast, edition: ListEdition, when: When) -> None:
    save_edition(
        story_list=edition.story_list, content=edition.content, by=cast.editor, edition=edition, when=when, now=AT
    )


def fresh(edition: ListEdition) -> ListEdition:
    return ListEdition.objects.get(pk=edition.pk)


@pytest.mark.parametrize("before", [DRAFT, When(start=AT + HOUR), When(start=AT + HOUR, end=AT + 2 * HOUR)])
@pytest.mark.parametrize(
    "after", [When(start=LATER), When(start=LATER, end=LATER + HOUR), When(start=LATER, end=LATER + HOUR, special=True)]
)
def test_a_form_that_left_the_times_alone_keeps_those_of_a_colleague(desk, cast, story_list, before, after):
    """What was typed is stored, and the message says what was taken over."""
    edition = an_edition(story_list, item("/1", headline="一"), when=before)
    mine = opened(desk, address(edition))
    colleague_gives(cast, edition, after)
    text = desk.post(address(edition), {**mine, "title": "改过的"}, follow=True).content.decode()
    stored = fresh(edition)
    assert (stored.starts_at, stored.requested_end, stored.is_special) == (after.start, after.end, after.special)
    assert stored.content.title == "改过的"
    assert "A colleague changed meanwhile when readers see this edition; that was taken over" in text
    assert LATER_IN_WORDS in text


def test_a_plan_that_a_colleague_took_back_stays_a_draft(desk, cast, story_list):
    """Not planned again by a headline."""
    edition = an_edition(story_list, item("/1", headline="一"), when=When(start=AT + HOUR))
    mine = opened(desk, address(edition))
    colleague_gives(cast, edition, DRAFT)
    text = desk.post(address(edition), {**mine, "title": "改过的"}, follow=True).content.decode()
    assert (fresh(edition).starts_at, fresh(edition).content.title) == (None, "改过的")
    assert "a draft, without a moment" in text


def test_a_form_that_changed_the_times_as_well_is_refused_once(desk, cast, story_list):
    """The new times are named, all that was typed is kept; saved again it counts."""
    edition = an_edition(story_list, item("/1", headline="一"), when=When(start=AT + HOUR))
    mine = {**opened(desk, address(edition)), "start": "2026-03-02T20:00", "title": "改过的"}
    colleague_gives(cast, edition, When(start=LATER))
    page = desk.post(address(edition), mine)
    text = page.content.decode()
    assert "A colleague has changed meanwhile when readers see this edition: from" in text
    assert LATER_IN_WORDS in text
    assert (fresh(edition).starts_at, fresh(edition).content.title) == (LATER, "今日头条")
    again = typed_into(page.context["form"])
    assert (again["start"], again["title"]) == ("2026-03-02T20:00", "改过的")
    assert desk.post(address(edition), again).status_code == 302
    assert (fresh(edition).starts_at, fresh(edition).content.title) == (MONDAY + 11 * HOUR, "改过的")


def test_two_who_give_the_same_times_are_not_asked(desk, cast, story_list):
    edition = an_edition(story_list, item("/1", headline="一"), when=DRAFT)
    mine = {**opened(desk, address(edition)), "when": "at", "start": "2026-03-02T15:00", "title": "改过的"}
    colleague_gives(cast, edition, When(start=LATER))
    assert desk.post(address(edition), mine).status_code == 302
    assert (fresh(edition).starts_at, fresh(edition).content.title) == (LATER, "改过的")


def test_what_a_colleague_published_is_not_changed_for_readers_by_a_draft(desk, cast, story_list):
    """Readers have it by now; whoever typed into a draft is told before anything of it is stored."""
    edition = an_edition(story_list, item("/1", headline="一"), when=DRAFT)
    mine = {**opened(desk, address(edition)), "title": "没写完"}
    colleague_gives(cast, edition, NOW)
    count = story_list.editions.count()
    page = desk.post(address(edition), mine)
    assert "A colleague has changed meanwhile when readers see this edition: from" in page.content.decode()
    assert story_list.editions.count() == count
    assert desk.post(address(edition), typed_into(page.context["form"])).status_code == 302
    assert story_list.editions.drafts().get().content.title == "没写完"
    assert story_list.editions.holding(AT + HOUR).get().content.title == "今日头条"


def test_the_end_that_a_colleague_gave_a_running_special_stays(desk, cast, story_list):
    """A headline does not prolong it again."""
    when = When(start=AT - HOUR / 2, end=LATER, special=True)
    special = an_edition(story_list, item("/1", headline="一"), when=when)
    mine = {**opened(desk, address(special)), "title": "改过的"}
    end_edition(edition=special, by=cast.editor, now=AT, end=LATER - HOUR)
    text = desk.post(address(special), mine, follow=True).content.decode()
    newest = story_list.editions.filter(kind="special").latest("starts_at")
    assert (newest.content.title, newest.ends_at) == ("改过的", LATER - HOUR)
    assert "that was taken over: a special from" in text


def test_an_untouched_planned_edition_keeps_its_moments_to_the_tick(desk, story_list):
    """A field shows seconds at most; a form that is sent again is no change."""
    start, end = AT + timedelta(hours=1, microseconds=7), AT + timedelta(hours=2, seconds=6, microseconds=123456)
    edition = an_edition(story_list, item("/1", headline="一"), when=When(start=start, end=end))
    mine = opened(desk, address(edition))
    text = desk.post(address(edition), {**mine, "title": "改过的"}, follow=True).content.decode()
    stored = fresh(edition)
    assert (stored.starts_at, stored.requested_end, stored.content.title) == (start, end, "改过的")
    assert "A colleague" not in text
    desk.post(address(edition), {**mine, "based_on": stored.revision.number, "start": "2026-03-02T11:01"})
    assert fresh(edition).starts_at == AT + HOUR + timedelta(minutes=1)


def test_a_new_edition_that_begins_now_keeps_what_a_colleague_published_meanwhile(desk, cast, story_list):
    """Its form was filled with what readers had; sent as it was it changes nothing of the colleague's work."""
    mine = {**opened(desk, new_address(story_list)), "when": "now"}
    an_edition(story_list, a_publication("乙"), now=AT - timedelta(minutes=1), title="她的题", by=cast.editor)
    text = desk.post(new_address(story_list), {**mine, "length": "7"}, follow=True).content.decode()
    content = story_list.editions.holding(AT + HOUR).get().content
    assert (content.title, content.length) == ("她的题", 7)
    assert "A colleague saved meanwhile; this was taken over" in text


@pytest.mark.parametrize("when", [{"when": "now"}, {"when": "at", "start": "2026-03-02T09:58"}])
def test_a_new_edition_that_contradicts_a_colleagues_is_asked(desk, cast, story_list, when):
    """As the form of what readers have is; a moment just past is now."""
    mine = {**opened(desk, new_address(story_list)), **when, "title": "我的题"}
    an_edition(story_list, a_publication("甲二"), now=AT - timedelta(minutes=1), title="她的题", by=cast.editor)
    page = desk.post(new_address(story_list), mine)
    [conflict] = [each for each in page.context["conflicts"] if each.label == "title"]
    assert (conflict.theirs, conflict.mine) == ("她的题", "我的题")
    assert story_list.editions.holding(AT).get().content.title == "她的题"
    again = {**typed_into(page.context["form"]), "decided_for": str(page.context["latest"].number)}
    again |= {each.name: "mine" for each in page.context["conflicts"]}
    assert desk.post(new_address(story_list), again).status_code == 302
    assert story_list.editions.holding(AT + HOUR).get().content.title == "我的题"


def test_a_standing_edition_under_a_special_is_not_said_to_be_seen_now(desk, story_list):
    """Readers see it afterwards."""
    when = When(start=AT - HOUR / 2, end=LATER, special=True)
    an_edition(story_list, item("/1", headline="一"), when=when)
    mine = {**opened(desk, new_address(story_list)), "when": "now", "title": "改过的"}
    text = desk.post(new_address(story_list), mine, follow=True).content.decode()
    assert "Saved. Readers see it when the special ends" in text
    assert LATER_IN_WORDS in text
    assert "Readers see the list now." not in text
