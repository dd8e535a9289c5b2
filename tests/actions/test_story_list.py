"""Making story lists: what one is told where it does not fit, and what is written down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.actions import ListError, make_story_list, rename_story_list
from articles.models import Activity, DeskProfile, ListEdition, StoryList, Topic
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story
from tests.story_lists import a_list, item, list_content

pytestmark = pytest.mark.django_db


def test_new_list_shows_what_it_holds_at_once(cast):
    story = a_publication("甲")
    made = a_list(story, by=cast.chief_editor)
    edition = made.editions.get()
    assert (edition.starts_at, edition.ends_at, edition.kind) == (MONDAY, None, "standing")
    assert edition.content.story_ids == (story.story_id,)
    assert (made.created_by, edition.created_by) == (cast.chief_editor, cast.chief_editor)
    assert Activity.objects.get(verb=Activity.Verb.MADE_LIST).user == cast.chief_editor


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "\x00"}, "name"),
        ({"name": "长" * 101}, "name"),
        ({"place": "attic"}, "place"),
        ({"slot": ""}, "slot"),
        ({"slot": "Oben"}, "slot"),
        ({"slot": "main\n"}, None),
        ({"slot": "a" * 41}, "slot"),
    ],
)
def test_list_without_a_proper_name_place_or_slot_is_refused_at_the_field(values, field):
    row = StoryList(**{"name": "头条", "place": "front", "slot": "main", **values})
    if field is None:
        assert make_story_list(story_list=row, content=list_content(), by=OPERATOR, now=MONDAY).slot == "main"
        return
    with pytest.raises(ValidationError) as error:
        make_story_list(story_list=row, content=list_content(), by=OPERATOR, now=MONDAY)
    assert list(error.value.message_dict) == [field]
    assert not StoryList.objects.exists()


@pytest.mark.parametrize(
    ("place", "scopes"),
    [
        ("front", ["section"]),
        ("front", ["topic"]),
        ("section", ["topic"]),
        ("section", ["story"]),
        ("beside", ["section", "topic"]),
        ("below", ["topic", "story"]),
    ],
)
def test_scope_that_does_not_fit_its_place_is_refused_in_words(place, scopes):
    kinds = {"section": a_section(), "topic": Topic.objects.create(name="防汛", slug="floods"), "story": a_story()}
    row = StoryList(name="头条", place=place, **{scope: kinds[scope] for scope in scopes})
    with pytest.raises(ValidationError):
        make_story_list(story_list=row, content=list_content(), by=OPERATOR, now=MONDAY)
    assert not StoryList.objects.exists()


@pytest.mark.parametrize("scope", [None, "section", "topic", "story"])
def test_second_list_of_one_slot_and_scope_is_refused_in_words(scope):
    """Which of them a page shows would be chance; another slot or another scope is another list."""
    kinds = {
        None: None,
        "section": a_section(),
        "topic": Topic.objects.create(name="防汛", slug="floods"),
        "story": a_story(),
    }
    a_list(name="一", place="below", scope=kinds[scope])
    with pytest.raises(ValidationError):
        a_list(name="二", place="below", scope=kinds[scope])
    a_list(name="三", place="below", slot="other", scope=kinds[scope])
    a_list(name="四", place="beside", scope=kinds[scope])
    assert StoryList.objects.count() == 3


def test_list_that_cannot_be_stored_makes_no_list():
    """All of it or nothing."""
    with pytest.raises(ListError):
        a_list(item(4_000_000))
    assert not StoryList.objects.exists()
    assert not ListEdition.objects.exists()


def test_renamed_list_keeps_everything_else(cast):
    made = a_list()
    renamed = rename_story_list(story_list=made, name=" 要闻\x00 ", by=cast.chief_editor, now=MONDAY)
    assert StoryList.objects.get().name == renamed.name == "要闻"
    entry = Activity.objects.get(verb=Activity.Verb.CHANGED_LIST)
    assert (entry.user, entry.detail["before"]) == (cast.chief_editor, "首页头条")
    rename_story_list(story_list=made, name="要闻", by=cast.chief_editor, now=MONDAY)
    assert Activity.objects.filter(verb=Activity.Verb.CHANGED_LIST).count() == 1


@pytest.mark.parametrize("name", ["", "长" * 101, "二"])
def test_name_that_is_empty_too_long_or_taken_is_refused_at_its_field(name):
    made = a_list()
    a_list(name="二", slot="other")
    with pytest.raises(ValidationError) as error:
        rename_story_list(story_list=made, name=name, by=OPERATOR, now=MONDAY)
    assert list(error.value.message_dict) == ["name"]


def test_deleted_list_is_told():
    made = a_list()
    gone = StoryList(pk=made.pk + 1, name="没有")
    with pytest.raises(ValidationError):
        rename_story_list(story_list=gone, name="新", by=OPERATOR, now=MONDAY)


@pytest.mark.parametrize("who", ["reporter", "editor", "list_editor", "outsider"])
def test_lists_are_made_and_named_by_chief_editors_and_administrators(cast, who):
    made = a_list()
    by = getattr(cast, who)
    with pytest.raises(PermissionDenied):
        a_list(name="二", slot="other", by=by, now=MONDAY + timedelta(hours=1))
    with pytest.raises(PermissionDenied):
        rename_story_list(story_list=made, name="三", by=by, now=MONDAY)
    assert StoryList.objects.get().name == "首页头条"


@pytest.mark.parametrize("values", [{"slot": "other"}, {"name": "二"}])
def test_list_made_by_two_in_one_moment_is_refused_to_the_second(values, monkeypatch):
    """The check came too early to see the other one; the database sees it, and it is told in words."""
    a_list()
    row = StoryList(**{"name": "首页头条", "place": "front", "slot": "main", **values})
    real, calls = StoryList.full_clean, []

    def too_early(self, *args, **options):
        calls.append(self)
        if len(calls) > 1:
            real(self, *args, **options)

    monkeypatch.setattr(StoryList, "full_clean", too_early)
    with pytest.raises(ValidationError):
        make_story_list(story_list=row, content=list_content(), by=OPERATOR, now=MONDAY)
    assert StoryList.objects.count() == 1


def test_name_given_by_two_in_one_moment_is_refused_to_the_second(monkeypatch):
    a_list(name="二", slot="other")
    made = a_list()
    monkeypatch.setattr(StoryList, "full_clean", lambda self, **options: None)
    with pytest.raises(ValidationError) as error:
        rename_story_list(story_list=made, name="二", by=OPERATOR, now=MONDAY)
    assert list(error.value.message_dict) == ["name"]


def test_people_of_a_section_make_and_name_the_lists_of_their_section_only(cast):
    """Neither one of the front page, which all readers see first, nor one of another section."""
    sports, politics = a_section("体育", "sports"), a_section("时政", "politics")
    DeskProfile.objects.create(user=cast.chief_editor).sections.add(sports)
    own = a_list(name="体育头条", place="section", scope=sports, by=cast.chief_editor)
    for values in ({"place": "front"}, {"place": "section", "scope": politics}):
        with pytest.raises(PermissionDenied):
            a_list(name="别处", by=cast.chief_editor, **values)
    front = a_list(name="首页头条")
    with pytest.raises(PermissionDenied):
        rename_story_list(story_list=front, name="改名", by=cast.chief_editor, now=MONDAY)
    assert rename_story_list(story_list=own, name="体育要闻", by=cast.chief_editor, now=MONDAY).name == "体育要闻"
    assert sorted(StoryList.objects.values_list("name", flat=True)) == ["体育要闻", "首页头条"]
