"""The headlines of an imported page: a list beside its story, of stories that are there or still to be written."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission

from articles.actions import make_story_list, publish_story, save_edition, save_story
from articles.actions.bin import bin_story
from articles.actions.list_edition import end_edition
from articles.actions.list_times import When
from articles.models import ImportRun, ListEdition, ListRevision, Publication, Story, StoryList, StoryRows
from articles.resolver import Place, Scope, resolve
from tests.actions.test_import_run import PAGE, run
from tests.builders import MONDAY, OPERATOR, a_publication, a_story
from tests.story_lists import item, list_content

SEED = Path(__file__).resolve().parents[3] / "shared/seed/000_0cc080fc7688515c.txt"
HOUR = timedelta(hours=1)
FIRST, SECOND = "山口公路今晚封闭抢修", "州图书馆延长开放时间"

pytestmark = pytest.mark.django_db


def the_list() -> StoryList:
    return StoryList.objects.get()


def held(at=MONDAY) -> list[str]:
    """Headlines of the stories the list holds, in order."""
    edition = ListEdition.objects.holding(at).get(story_list=the_list())
    return [Story.objects.get(pk=pk).headline for pk in edition.content.story_ids]


def everything() -> dict[str, int]:
    return {each.__name__: each.objects.count() for each in (Story, StoryList, ListEdition, ListRevision, ImportRun)}


def test_headlines_become_a_list_beside_the_story():
    """Beside this story and no other, in the order of the page; new headlines are drafts without text."""
    outcome = run().story_list
    row = the_list()
    assert (row.place, row.slot, row.story.headline) == ("beside", "headlines", "松岭县开出两趟务工专车")
    assert held() == [FIRST, SECOND]
    assert (outcome["id"], outcome["outcome"], outcome["items"], outcome["drafts"]) == (row.pk, "created", 2, 2)
    draft = Story.objects.get(headline=FIRST)
    assert (draft.opening, draft.has_publications) == ("", False)
    assert "松岭县开出两趟务工专车" in draft.revisions.get().comment


def test_page_without_headlines_gets_no_list():
    """There is nothing to show beside it."""
    assert run("今日天气预报提示信息\n今天白天全州多云间晴，高山路段有霜冻，注意防滑。\n").story_list is None
    assert not StoryList.objects.exists()


def test_publish_lets_no_story_out_that_is_only_a_headline():
    """The page and its related stories are public; of the list readers see the latest in the place of its drafts."""
    run(publish=True)
    assert Publication.objects.count() == 3
    story = Story.objects.get(headline="松岭县开出两趟务工专车")
    scope = Scope(story.section_id, story_id=story.pk)
    later = MONDAY + timedelta(minutes=1)
    [shown] = resolve(Place.BESIDE, scope, later)
    assert {entry.headline for entry in shown.entries} == {"九溪县把招工消息送进村", "州里设七千个公益岗位"}
    draft = Story.objects.get(headline=SECOND)
    publish_story(story=draft, by=OPERATOR, override="急稿", now=later)
    assert resolve(Place.BESIDE, scope, later + HOUR)[0].entries[0].headline == SECOND


def test_story_of_a_headline_is_used_as_it_is():
    """Whether it was written here and is live, or is a draft; what lies in the bin is not."""
    live, written = a_publication(FIRST), a_story(SECOND)
    outcome = run().story_list
    assert outcome["drafts"] == 0
    assert the_list().revisions.get().content.story_ids == (live.story_id, written.pk)


def test_story_in_the_bin_is_no_item():
    """Neither by its headline nor when the import itself once brought it."""
    run()
    bin_story(story=Story.objects.get(headline=FIRST), by=OPERATOR, now=MONDAY)
    outcome = run(now=MONDAY + HOUR).story_list
    assert (outcome["outcome"], outcome["drafts"]) == ("updated", 0)
    assert held(MONDAY + HOUR) == [SECOND]


def test_same_headline_twice_is_one_item_and_the_page_itself_none():
    """A list that names a story twice, or the page it stands beside, could not be stored or shown."""
    run(PAGE + f"- {FIRST}\n- 松岭县开出两趟务工专车\n")
    assert held() == [FIRST, SECOND]


def test_headline_too_long_for_a_story_is_left_out():
    """The rest of the page is imported; the report keeps the headline."""
    long = "长" * 130
    outcome = run(PAGE + f"- {long}\n")
    assert held() == [FIRST, SECOND]
    assert outcome.headlines == [FIRST, SECOND, long]


def test_same_file_changes_nothing():
    """No row anywhere, and the report says so."""
    run()
    before = everything()
    outcome = run(now=MONDAY + HOUR)
    assert (outcome.story_list["outcome"], outcome.story_list["reason"]) == ("skipped", "")
    assert everything() == before


def test_changed_headlines_are_the_next_edition():
    """What readers had before stays as it was; what a third import changes is seen as its own."""
    run()
    assert run(PAGE + "- 汶水县试点定制公交\n", now=MONDAY + HOUR).story_list["outcome"] == "updated"
    assert held(MONDAY) == [FIRST, SECOND]
    assert held(MONDAY + HOUR) == [FIRST, SECOND, "汶水县试点定制公交"]
    assert run(PAGE, now=MONDAY + 2 * HOUR).story_list["outcome"] == "updated"
    assert held(MONDAY + 2 * HOUR) == [FIRST, SECOND]


def test_list_changed_by_an_editor_is_left_alone():
    """Whatever the file says now; no draft is made for it either."""
    run()
    edition = ListEdition.objects.get()
    content = replace(edition.content, title="编辑改过", items=edition.content.items[:1])
    save_edition(story_list=the_list(), content=content, edition=edition, by=OPERATOR, now=MONDAY + HOUR)
    before = everything()
    outcome = run(PAGE + "- 汶水县试点定制公交\n", now=MONDAY + 2 * HOUR).story_list
    assert (outcome["outcome"], outcome["reason"]) == ("skipped", "changed since its import")
    assert everything() == before


@pytest.mark.parametrize("what", ["planned", "ended"])
def test_list_with_a_plan_or_an_end_of_its_own_is_left_alone(what):
    """A colleague has decided what comes next, though what readers have now is what was imported."""
    run()
    edition = ListEdition.objects.get()
    if what == "planned":
        when = When(start=MONDAY + 9 * HOUR)
        content = edition.content.with_items([item(a_story())])
        save_edition(story_list=the_list(), content=content, by=OPERATOR, when=when, now=MONDAY + HOUR)
    else:
        end_edition(edition=edition, by=OPERATOR, now=MONDAY + HOUR)
    outcome = run(PAGE + "- 汶水县试点定制公交\n", now=MONDAY + 2 * HOUR).story_list
    assert outcome["reason"] == "changed since its import"


def test_list_made_by_hand_is_left_alone():
    """An editor who was quicker keeps the place."""
    run(PAGE.replace(f"- {FIRST}\n", "").replace(f"- {SECOND}\n", ""))
    row = StoryList(name="手工", place="beside", slot="headlines", story=Story.objects.get(headline__startswith="松岭"))
    make_story_list(story_list=row, content=list_content(a_story()), by=OPERATOR, now=MONDAY)
    assert run(now=MONDAY + HOUR).story_list["reason"] == "changed since its import"
    assert the_list().revisions.count() == 1


def test_draft_of_a_headline_is_filled_by_the_import_of_its_page():
    """As the page's own story, and as a related one; the list leads to it as soon as it is public."""
    run()
    run(f"{FIRST}\n因边坡落石，山口公路今晚十时起封闭抢修，过往车辆请提前绕行。\n", now=MONDAY + HOUR)
    related = PAGE.replace("松岭县开出两趟", "汶水县开出三趟").replace("九溪县把招工消息送进村", SECOND)
    outcome = run(related, publish=True, now=MONDAY + 2 * HOUR)
    first, second = (Story.objects.get(headline=headline) for headline in (FIRST, SECOND))
    assert "边坡落石" in first.opening
    assert "大喇叭" in second.opening
    assert second.has_publications
    assert outcome.stories[1]["outcome"] == "updated"


def test_dry_run_stores_nothing():
    """It says what would become of the list, without an id."""
    outcome = run(dry_run=True).story_list
    assert (outcome["outcome"], outcome["id"], outcome["drafts"]) == ("created", None, 2)
    assert set(everything().values()) == {0}


def test_without_the_right_to_make_lists_the_page_is_imported_alone(cast):
    """Somebody who may import by other rights; no draft is left for a list that is not made."""
    names = ["add_story", "change_story", "edit_any_story", "publish_story", "view_story", "change_copyrightnotice"]
    group = Group.objects.create(name="importers")
    group.permissions.set(Permission.objects.filter(codename__in=names))
    cast.outsider.groups.add(group)
    outcome = run(by=type(cast.outsider).objects.get(pk=cast.outsider.pk))
    assert outcome.count("created") == 3
    assert outcome.story_list["reason"] == "no right to make lists"
    assert Story.objects.count() == 3


def test_edited_draft_keeps_what_was_written():
    """A headline story somebody works on is an item like any other, and not written over."""
    run()
    rows = StoryRows.stored(Story.objects.get(headline=FIRST))
    rows.story.subtitle = "记者在写"
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    assert run(PAGE, now=MONDAY + HOUR).story_list["outcome"] == "skipped"
    assert Story.objects.get(headline=FIRST).subtitle == "记者在写"


def test_sample_page_gives_a_list_of_ten():
    """Three related stories as links of the story, ten headlines as its list."""
    if not SEED.exists():
        pytest.skip(f"the sample page is not at {SEED}")
    outcome = run(SEED.read_bytes(), publish=True)
    assert (outcome.stories[0]["related_links"], outcome.story_list["items"]) == (3, 10)
    assert Publication.objects.count() == 4
    assert len(held()) == 10
