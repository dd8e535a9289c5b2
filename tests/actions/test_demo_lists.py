"""The demo's story lists: a front page with tonight and the next mornings planned, and one problem to be found."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.db import transaction

from articles import demo_newsroom
from articles.actions import make_demo_newsroom
from articles.actions.list_content import headlines_of
from articles.models import Activity, ListEdition, Publication, Section, Story, StoryList
from articles.moments import local, zone
from articles.resolver import Place, Scope, ShownList, resolve
from tests.builders import MONDAY

pytestmark = pytest.mark.django_db


def make(now: datetime = MONDAY) -> None:
    make_demo_newsroom(demo_newsroom.read(), now=now, password="demo-password")


@pytest.fixture(scope="class")
def demo(django_db_setup, django_db_blocker):
    """Made once for the class; tests change it inside transactions of their own."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        make()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


def moment(days: int, clock: str, now: datetime = MONDAY) -> datetime:
    """A time of day of the newsroom, some days after `now`."""
    return datetime.combine(local(now).date() + timedelta(days=days), time.fromisoformat(clock), zone())


def front(at: datetime) -> dict[str, ShownList]:
    return {row.slot: row for row in resolve(Place.FRONT, Scope(), at)}


def lead_key(at: datetime) -> str:
    story = Story.objects.get(pk=front(at)["lead"].story_ids[0])
    return story.import_key.removeprefix("demo:")


@pytest.mark.usefixtures("demo")
class TestFirstLoad:
    def test_every_place_has_lists_as_written(self):
        """Front page, section fronts, beside and below stories; the desk made them, not a command."""
        texts = demo_newsroom.read().lists
        assert StoryList.objects.count() == len(texts) >= 12
        assert set(StoryList.objects.values_list("place", flat=True)) == {"front", "section", "beside", "below"}
        assert ListEdition.objects.count() == sum(len(text.editions) for text in texts)
        assert not Activity.objects.filter(story_list__isnull=False, user=None).exists()
        assert not Activity.objects.filter(story_list__isnull=False, at__gt=MONDAY).exists()

    def test_front_page_is_full(self):
        """Five cards, ten service items, a block for each top section that only its stories fill, and ten headlines."""
        shown = front(MONDAY)
        assert [len(shown[slot].entries) for slot in ("lead", "service", "headlines")] == [5, 10, 10]
        for section in Section.objects.filter(parent=None):
            block = shown[f"block-{section.slug}"]
            under = {section.pk, *section.children.values_list("pk", flat=True)}
            assert {Story.objects.get(pk=pk).section_id for pk in block.story_ids} <= under
            assert len(block.entries) == 3
        everything = [pk for row in shown.values() for pk in row.story_ids]
        assert len(set(everything)) == len(everything)

    def test_every_story_has_headlines_beside_and_stories_below(self):
        """Ten beside (beside an English one the three others), three below wherever a topic is shared."""
        for row in Publication.objects.listed(MONDAY).select_related("story__section"):
            section = row.story.section
            topics = tuple(row.story.topics.values_list("pk", flat=True))
            scope = Scope(section.pk, section.parent_id, topics, row.story_id)
            shown = {each.place: each for each in resolve([Place.BELOW, Place.BESIDE], scope, MONDAY)}
            assert len(shown["beside"].entries) == (3 if section.slug == "english" else 10)
            assert len(shown["below"].entries) >= 1

    def test_special_runs_tonight_and_the_standing_list_comes_back(self):
        """From 19:00 until 22:00, half-open."""
        titles = [front(moment(0, clock))["lead"].title for clock in ("18:59", "19:00", "21:59", "22:00")]
        assert titles == ["今日焦点", "夜间特别报道：“院坝杯”决赛夜", "夜间特别报道：“院坝杯”决赛夜", "今日焦点"]

    @pytest.mark.parametrize(
        ("days", "key"), [(1, "tunnel-opening"), (2, "winter-heating"), (3, "reading-van")], ids=str
    )
    def test_each_of_the_next_mornings_leads_with_a_story_of_that_minute(self, days, key):
        """The list and its first story change in the same moment."""
        assert lead_key(moment(days, "08:00")) == key
        assert lead_key(moment(days, "08:00") - timedelta(minutes=1)) != key
        assert Publication.objects.get(story__import_key=f"demo:{key}").live_from == moment(days, "08:00")

    def test_one_list_runs_short_tomorrow(self):
        """Ten until 13:59, seven from 14:00 on, when three stories end."""
        assert [len(front(moment(1, clock))["service"].entries) for clock in ("13:59", "14:00")] == [10, 7]

    def test_one_headline_has_drifted_from_its_corrected_story(self):
        """It was written over what the story said before its correction, and says nothing that was corrected."""
        edition = ListEdition.objects.holding(MONDAY).get(story_list__slot="service")
        [item] = [item for item in edition.content.items if item.headline]
        assert item.written_over == "河东今晚停水"
        assert "今晚" not in item.headline
        assert headlines_of({item.story_id}, MONDAY) == {item.story_id: "河东明晚停水"}

    def test_past_can_be_brought_back_and_a_draft_waits(self):
        """Yesterday's front page is there, with what led it then, and one draft holds a story that is not out."""
        assert lead_key(MONDAY - timedelta(hours=20)) == "tunnel-breakthrough"
        draft = ListEdition.objects.drafts().get()
        assert Story.objects.get(import_key="demo:book-fair-draft").pk in draft.content.story_ids

    def test_what_an_editor_made_of_a_list_stays(self):
        """Renamed or scoped as it is, a list of the demo is not made a second time."""
        StoryList.objects.filter(slot="service").update(name="改过")
        make(MONDAY + timedelta(days=1))
        assert StoryList.objects.filter(slot="service").get().name == "改过"


@pytest.mark.parametrize(
    ("clock", "begins"), [("03:00", (0, "19:00")), ("20:30", (0, "19:00")), ("23:00", (1, "19:00"))], ids=str
)
def test_tonight_is_the_next_evening_whenever_the_demo_is_loaded(clock, begins):
    """In the evening itself the special is on; late at night it is planned for the next one."""
    now = moment(0, clock)
    make(now)
    special = ListEdition.objects.get(kind=ListEdition.Kind.SPECIAL)
    assert special.starts_at == moment(*begins)
    assert special.created_at <= now
    assert ListEdition.objects.filter(starts_at__gt=now, kind=ListEdition.Kind.STANDING).count() >= 3
