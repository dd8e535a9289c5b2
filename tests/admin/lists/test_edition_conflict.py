"""Two editors at one edition: what fits together is merged and told, what contradicts is asked, nothing is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.actions import save_edition
from articles.actions.list_times import When
from tests.admin.lists.editing import address, signed_in, typed_into
from tests.builders import MONDAY, a_publication
from tests.story_lists import a_list, an_edition, item, list_content

HOUR = timedelta(hours=1)
NOW = MONDAY + HOUR


@pytest.fixture
def desk(client, cast, reading_at):
    reading_at(NOW)
    return signed_in(client, cast.list_editor)


@pytest.fixture
def planned(cast):
    story_list = a_list(a_publication("甲"))
    items = [item("/1", key="k1", headline="一"), item("/2", key="k2", headline="二")]
    return an_edition(story_list, *items, when=When(start=NOW + HOUR))


def opened(desk, edition) -> dict:
    return typed_into(desk.get(address(edition)).context["form"])


def colleague_saves(cast, edition, *items, **values):
    content = list_content(*items, **values)
    return save_edition(story_list=edition.story_list, content=content, by=cast.editor, edition=edition, now=NOW)


def stored(edition):
    edition.refresh_from_db()
    return edition.content


def test_changes_in_different_places_are_put_together_and_told(desk, cast, planned):
    """The message says what came from the colleague."""
    mine = opened(desk, planned)
    colleague_saves(cast, planned, item("/1", key="k1", headline="一，改"), item("/2", key="k2", headline="二"))
    answer = desk.post(address(planned), {**mine, "item-2-headline": "二，改", "title": "晚间"}, follow=True)
    assert [each.headline for each in stored(planned).items] == ["一，改", "二，改"]
    words = "A colleague saved meanwhile; this was taken over: Headline: “一” is now “一，改”."
    assert words in answer.content.decode()


def test_a_place_that_both_changed_is_asked(desk, cast, planned):
    """Both sides stand there; all that was typed survives, in other places too; the choice decides."""
    mine = {**opened(desk, planned), "item-1-headline": "我的", "item-2-teaser": "还有这个"}
    colleague_saves(cast, planned, item("/1", key="k1", headline="她的"), item("/2", key="k2", headline="二"))
    page = desk.post(address(planned), mine)
    [conflict] = page.context["conflicts"]
    assert (conflict.theirs, conflict.mine, conflict.base) == ("她的", "我的", "一")
    assert conflict.name == "choice:item:k1:headline"
    form = page.context["form"]
    assert [(row.headline, row.teaser) for row in form.rows.rows] == [("我的", ""), ("二", "还有这个")]
    assert "Zhao" in page.content.decode()

    number = str(page.context["latest"].number)
    again = {**typed_into(form), "decided_for": number, conflict.name: "theirs"}
    assert desk.post(address(planned), again).status_code == 302
    assert [(each.headline, each.teaser) for each in stored(planned).items] == [("她的", ""), ("二", "还有这个")]


def test_a_choice_about_an_older_version_is_asked_again(desk, cast, planned):
    """A third colleague saved while somebody chose: nobody has seen what is stored now."""
    mine = {**opened(desk, planned), "item-1-headline": "我的"}
    colleague_saves(cast, planned, item("/1", key="k1", headline="她的"), item("/2", key="k2", headline="二"))
    page = desk.post(address(planned), mine)
    number = str(page.context["latest"].number)
    colleague_saves(cast, planned, item("/1", key="k1", headline="他的"), item("/2", key="k2", headline="二"))
    again = {**typed_into(page.context["form"]), "decided_for": number, "choice:item:k1:headline": "theirs"}
    page = desk.post(address(planned), again)
    [conflict] = page.context["conflicts"]
    assert (conflict.theirs, conflict.chosen) == ("他的", "theirs")
    assert stored(planned).items[0].headline == "他的"


@pytest.mark.parametrize(("choice", "keys"), [("mine", ["k2"]), ("theirs", ["k1", "k2"])])
def test_an_item_that_one_took_out_and_the_other_changed_is_asked(desk, cast, planned, choice, keys):
    """Either choice is possible."""
    mine = {**opened(desk, planned), "item-1-delete": "1"}
    colleague_saves(cast, planned, item("/1", key="k1", headline="她的"), item("/2", key="k2", headline="二"))
    page = desk.post(address(planned), mine)
    [conflict] = page.context["conflicts"]
    assert (conflict.label, conflict.theirs, conflict.mine) == ("“她的”", "她的", "(deleted)")
    again = {**mine, "decided_for": str(page.context["latest"].number), conflict.name: choice}
    desk.post(address(planned), again)
    assert [each.key for each in stored(planned).items] == keys


def test_the_order_and_the_looks_are_asked_in_words(desk, cast, planned):
    """No place is called by a name of the program."""
    data = {**opened(desk, planned), "display": "cards", "fill_rule": "latest", "length": "5", "may_repeat": "1"}
    data |= {"order": "7", "title": "我的题"}
    items = [item("/1", key="k1", headline="一"), item("/2", key="k2", headline="二")]
    colleague_saves(cast, planned, *items, display="teasers", fill_rule="same_topic", length=6, order=8, title="她的题")
    shown = {each.label: (each.theirs, each.mine) for each in desk.post(address(planned), data).context["conflicts"]}
    assert shown["display"] == ("headline and teaser", "cards")
    assert shown["number of entries"] == ("6", "5")
    assert shown["order on the page"] == ("8", "7")
    assert shown["title"] == ("她的题", "我的题")
    assert "latest" in shown["free places"][1]


def test_saving_what_readers_have_meets_the_edition_that_a_colleague_made_of_it(desk, cast, planned):
    """Both edited what readers had; the colleague's next edition counts by now."""
    story_list = planned.story_list
    current = story_list.editions.holding(NOW).get()
    mine = opened(desk, current)
    save_edition(
        story_list=story_list,
        content=current.content.with_items([*current.content.items, item("/neu", headline="新的")]),
        by=cast.editor,
        edition=current,
        when=When(now=True),
        now=NOW,
    )
    desk.post(address(current), {**mine, "title": "我的题"})
    latest = max(story_list.editions.exclude(starts_at=None), key=lambda row: (row.starts_at <= NOW + HOUR / 2, row.pk))
    assert latest.content.title == "我的题"
    assert [each.headline for each in latest.content.items] == ["", "新的"]


def test_made_up_choices_decide_nothing(desk, cast, planned):
    """Whatever is sent as a choice, or about a place that is none."""
    mine = {**opened(desk, planned), "item-1-headline": "我的"}
    colleague_saves(cast, planned, item("/1", key="k1", headline="她的"), item("/2", key="k2", headline="二"))
    data = {**mine, "choice:item:k1:headline": "both", "choice:": "mine", "choice:nothing": "theirs"}
    data["decided_for"] = str(planned.story_list.revisions.first().number)
    assert [each.mine for each in desk.post(address(planned), data).context["conflicts"]] == ["我的"]


def test_a_form_without_its_version_is_not_saved(desk, planned):
    """There is nothing to compare it with: it could overwrite what a colleague saved."""
    data = {**opened(desk, planned), "based_on": "", "title": "我的题"}
    page = desk.post(address(planned), data)
    assert "does not say which version of the list" in page.content.decode()
    assert page.context["form"].typed["title"] == "我的题"
    assert stored(planned).title == "今日头条"


def test_the_order_of_the_items_and_the_place_of_the_list_are_two_questions(desk, cast):
    """Each is chosen by itself."""
    one, two, three = (item(f"/{name}", key=name, headline=name) for name in "甲乙丙")
    edition = an_edition(a_list(), one, two, three, when=When(start=NOW + HOUR))
    mine = {**opened(desk, edition), "item-2-order": "9", "order": "7"}
    colleague_saves(cast, edition, two, one, three, order=8)
    page = desk.post(address(edition), mine)
    conflicts = {each.label: each for each in page.context["conflicts"]}
    assert conflicts["order of the items"].mine == "甲; 丙; 乙"
    choices = {conflicts["order of the items"].name: "mine", conflicts["order on the page"].name: "theirs"}
    desk.post(address(edition), {**mine, "decided_for": str(page.context["latest"].number), **choices})
    content = stored(edition)
    assert ([each.key for each in content.items], content.order) == (["甲", "丙", "乙"], 8)
