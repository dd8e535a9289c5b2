"""Two editors at one list: what each changed stands, or somebody is asked; nobody's item is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.lists import ItemContent, ListContent, problems
from articles.lists.merging import MergedList, merge_lists
from tests.builders import MONDAY


def item(key: str, story: int | None = None, **values) -> ItemContent:
    return ItemContent(key=key, story_id=None if "url" in values else story or ord(key[0]), **values)


def a_list(*items: ItemContent | str, **values) -> ListContent:
    rows = tuple(each if isinstance(each, ItemContent) else item(each) for each in items)
    return ListContent(**{"title": "表", "items": rows, **values})


def keys(content: ListContent) -> list[str]:
    return [each.key for each in content.items]


def places(merged) -> list[str]:
    return [conflict.place for conflict in merged.conflicts]


BASE = a_list("a", "b", "c")


def test_changes_of_two_are_put_together():
    """She types a headline and adds one at the end; he moves another up and changes the length."""
    theirs = a_list(item("a", headline="新题"), "b", "c", "d")
    mine = a_list("c", "a", "b", length=5)
    merged = merge_lists(BASE, theirs, mine)
    assert merged.conflicts == ()
    assert keys(merged.content) == ["c", "d", "a", "b"]
    assert merged.content.length == 5
    assert merged.content.items[2].headline == "新题"
    assert set(merged.taken) == {"item:a:headline", "item:d"}


def test_one_field_changed_by_both_is_asked_for():
    """Until somebody chooses, and then it is what was chosen."""
    theirs, mine = (a_list(item("a", headline=text), "b", "c") for text in ("她", "我"))
    merged = merge_lists(BASE, theirs, mine)
    assert [(each.place, each.base, each.theirs, each.mine) for each in merged.conflicts] == [
        ("item:a:headline", "", "她", "我")
    ]
    for choice, text in (("theirs", "她"), ("mine", "我")):
        merged = merge_lists(BASE, theirs, mine, {"item:a:headline": choice})
        assert (merged.conflicts, merged.content.items[0].headline) == ((), text)


@pytest.mark.parametrize("deleted_by_me", [True, False])
def test_item_that_one_deletes_and_the_other_changes_is_asked_for(deleted_by_me):
    changed, without = a_list(item("a", teaser="新"), "b", "c"), a_list("b", "c")
    theirs, mine = (changed, without) if deleted_by_me else (without, changed)
    assert places(merge_lists(BASE, theirs, mine)) == ["item:a"]
    keeps = merge_lists(BASE, theirs, mine, {"item:a": "theirs" if deleted_by_me else "mine"})
    assert keeps.content.items[0].teaser == "新"
    drops = merge_lists(BASE, theirs, mine, {"item:a": "mine" if deleted_by_me else "theirs"})
    assert keys(drops.content) == ["b", "c"]


def test_what_nobody_types_is_no_change():
    """A form does not say what a headline was written over: the item a colleague deleted is deleted."""
    base = a_list(item("a", headline="题", written_over="旧"), "b")
    merged = merge_lists(base, a_list("b"), a_list(item("a", headline="题"), "b"))
    assert (keys(merged.content), merged.conflicts) == (["b"], ())


def test_story_that_both_add_is_one_item():
    """At breaking news both put it in; a story twice would be refused to the second, who has one only."""
    theirs = a_list(item("x", 7, headline="她"), "a", "b", "c")
    mine = a_list("a", "b", "c", item("y", 7, pinned=1))
    merged = merge_lists(BASE, theirs, mine)
    assert merged.conflicts == ()
    [added] = [each for each in merged.content.items if each.story_id == 7]
    assert (added.headline, added.pinned) == ("她", 1)
    assert problems(merged.content) == []


def test_story_that_both_add_with_other_words_is_asked_for():
    theirs, mine = (a_list(item(key, 7, headline=key)) for key in "xy")
    merged = merge_lists(a_list(), theirs, mine)
    assert places(merged) == ["item:x:headline"]


def test_story_that_both_add_for_other_times_stays_two_items():
    """In the morning and in the evening."""
    theirs, mine = a_list(item("x", 7, ends_at=MONDAY)), a_list(item("y", 7, starts_at=MONDAY))
    assert sorted(keys(merge_lists(a_list(), theirs, mine).content)) == ["x", "y"]


def test_begin_by_the_clock_and_begin_by_the_story_are_one_place():
    """A mixture of two would be refused, and neither of them typed it."""
    theirs = a_list(item("a", starts_at=MONDAY), "b", "c")
    mine = a_list(item("a", starts_after=60), "b", "c")
    merged = merge_lists(BASE, theirs, mine)
    assert [(each.place, each.theirs, each.mine) for each in merged.conflicts] == [("item:a:starts_at", MONDAY, 60)]
    for choice, window in (("theirs", (MONDAY, None)), ("mine", (None, 60))):
        merged = merge_lists(BASE, theirs, mine, {"item:a:starts_at": choice})
        assert (merged.content.items[0].starts_at, merged.content.items[0].starts_after) == window


def test_target_changed_to_a_story_and_to_an_address_is_one_place():
    theirs = a_list(item("a", 9), "b", "c")
    mine = a_list(item("a", url="/x/", headline="题"), "b", "c")
    merged = merge_lists(BASE, theirs, mine)
    assert [(each.place, each.theirs, each.mine) for each in merged.conflicts] == [("item:a:story_id", 9, "/x/")]
    chosen = merge_lists(BASE, theirs, mine, {"item:a:story_id": "theirs"}).content.items[0]
    assert (chosen.story_id, chosen.url) == (9, "")


def test_two_items_pinned_to_one_position_are_asked_for():
    """Each pinned another one on top: one of them keeps the place, and the other stays in the list."""
    theirs, mine = a_list(item("a", pinned=1), "b", "c"), a_list("a", item("b", pinned=1), "c")
    merged = merge_lists(BASE, theirs, mine)
    assert [(each.place, each.theirs, each.mine) for each in merged.conflicts] == [("item:b:pinned", None, 1)]
    for choice, pinned in (("theirs", [1, None, None]), ("mine", [None, 1, None])):
        merged = merge_lists(BASE, theirs, mine, {"item:b:pinned": choice})
        assert merged.conflicts == ()
        assert [each.pinned for each in merged.content.items] == pinned
        assert problems(merged.content) == []


def test_position_that_is_asked_for_twice_is_one_question():
    """She pins a second and b first, he pins a first: a is asked for, and b gives way where a stays on top."""
    theirs, mine = a_list(item("a", pinned=2), item("b", pinned=1), "c"), a_list(item("a", pinned=1), "b", "c")
    assert places(merge_lists(BASE, theirs, mine)) == ["item:a:pinned"]
    for choice, pinned in (("theirs", [2, 1, None]), ("mine", [1, None, None])):
        merged = merge_lists(BASE, theirs, mine, {"item:a:pinned": choice})
        assert merged.conflicts == ()
        assert [each.pinned for each in merged.content.items] == pinned


def test_item_that_gives_way_goes_back_to_where_the_other_side_has_it():
    base = a_list(item("a", pinned=3), "b", "c")
    theirs, mine = a_list(item("a", pinned=3), item("b", pinned=1), "c"), a_list(item("a", pinned=1), "b", "c")
    merged = merge_lists(base, theirs, mine, {"item:a:pinned": "theirs"})
    assert [each.pinned for each in merged.content.items] == [3, 1, None]


def test_orders_that_contradict_are_asked_for():
    """b before a, c before b, and a before c cannot be."""
    theirs, mine = a_list("b", "a", "c"), a_list("a", "c", "b")
    merged = merge_lists(BASE, theirs, mine)
    assert places(merged) == ["items"]
    assert keys(merge_lists(BASE, theirs, mine, {"items": "theirs"}).content) == ["b", "a", "c"]
    assert keys(merge_lists(BASE, theirs, mine, {"items": "mine"}).content) == ["a", "c", "b"]


words = st.sampled_from(["", "甲", "乙"])


@st.composite
def changed(draw: st.DrawFn, side: str) -> ListContent:
    """What one editor makes of BASE: some items gone, moved, changed, some added under keys of their own."""
    rows = [
        item(key, headline=draw(words), pinned=draw(st.none() | st.none() | st.integers(1, 3)))
        for key in draw(st.lists(st.sampled_from("abc"), unique=True))
    ]
    for number in range(draw(st.integers(0, 2))):
        place = draw(st.integers(0, len(rows)))
        rows.insert(place, item(f"{side}{number}", draw(st.integers(1, 4)) + 10 * number, teaser=draw(words)))
    return a_list(*rows, length=draw(st.integers(3, 5)), may_repeat=draw(st.booleans()))


@given(changed("x"), changed("y"))
def test_merging_with_what_nobody_changed_changes_nothing(one, other):
    """Two who changed the same made one change; who changed nothing takes what the other did."""
    assert merge_lists(one, other, other).content == other
    assert merge_lists(one, other, one).content == other
    assert merge_lists(one, one, other).content == other
    assert not merge_lists(one, other, one).conflicts + merge_lists(one, one, other).conflicts


@given(changed("x"), changed("y"))
def test_choosing_is_symmetric(theirs, mine):
    """Both sides are asked at the same places, and the same choice gives the same list, but for what is only order."""
    here, there = merge_lists(BASE, theirs, mine), merge_lists(BASE, mine, theirs)
    assert {*place_of(here)} == {*place_of(there)}
    ours, yours = decided(theirs, mine, "theirs"), decided(mine, theirs, "mine")
    assert without_order(ours.content) == without_order(yours.content)


def decided(theirs: ListContent, mine: ListContent, choice: str) -> MergedList:
    """Merged, with the same answer wherever it is asked; an answer may lead to one more question, not to a third."""
    choices: dict[str, str] = {}
    for _page in range(3):
        merged = merge_lists(BASE, theirs, mine, choices)
        choices |= dict.fromkeys(places(merged), choice)
    return merged


def place_of(merged) -> list[str]:
    """The places without the names of new items and of what is pinned, which either side may give."""
    return [place for place in places(merged) if place[:6] in ("item:a", "item:b", "item:c") and "pinned" not in place]


def without_order(content: ListContent) -> tuple:
    rows = sorted((each.story_id, each.headline, each.teaser) for each in content.items)
    return replace(content, items=()), rows


@given(changed("x"), changed("y"), st.sampled_from(["mine", "theirs"]))
def test_nothing_anybody_added_or_left_is_lost(theirs, mine, choice):
    """What neither deleted is there once, what either added is there, and the answer can be stored."""
    merged = decided(theirs, mine, choice)
    assert merged.conflicts == ()
    assert len(set(keys(merged.content))) == len(merged.content.items)
    held = {each.story_id for each in merged.content.items}
    for side in (theirs, mine):
        assert {each.story_id for each in side.items if each.key not in keys(BASE)} <= held
    in_both = {each.story_id for each in theirs.items} & {each.story_id for each in mine.items}
    assert in_both <= held
    if not problems(theirs) and not problems(mine) and merged.content.length >= 3:
        assert problems(merged.content) == []
