"""The laws of merging: what holds whatever two people did."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.content import Credit, Reference, RelatedLinkContent, StoryContent, SubsectionContent
from articles.merging import Merged, merge
from articles.merging.orders import merge_orders
from tests.stale_edits import Editor, a_base, everything_in, paragraphs

PAIRS = 200

# Few different values, so that two contents often agree in one place and differ in another.
words = st.sampled_from(["", "甲", "乙", "丙"])
texts = st.lists(st.sampled_from("一二三四五"), max_size=4).map(lambda held: paragraphs(*held))

# Names change while stories are open: a section is the same under a new one.
references = st.builds(Reference, id=st.integers(1, 4), name=words, slug=st.just("ming"))


def some(values: st.SearchStrategy, by: object) -> st.SearchStrategy:
    return st.lists(values, max_size=4, unique_by=by).map(tuple)


contents = st.builds(
    StoryContent,
    headline=words,
    summary=words,
    language=st.sampled_from(["zh-hans", "en"]),
    opening=texts,
    subsections=some(
        st.builds(SubsectionContent, key=st.sampled_from("abcde"), heading=words, figures=words, body=texts),
        lambda part: part.key,
    ),
    byline=some(
        st.builds(
            Credit,
            contributor_id=st.integers(1, 3),
            name=words,
            slug=st.just("ren"),
            role=st.sampled_from(["reporter", "photographer"]),
        ),
        lambda held: (held.contributor_id, held.role),
    ),
    section=st.none() | references,
    topics=some(references, lambda topic: topic.id).map(
        lambda topics: tuple(sorted(topics, key=lambda topic: topic.id))
    ),
    related_links=st.lists(
        st.builds(RelatedLinkContent, story_id=st.integers(1, 3), headline=words, teaser=words), max_size=3
    ).map(tuple),
)


@settings(max_examples=150)
@given(contents, contents)
def test_only_one_side_changed_something(base, changed):
    """What one side alone changed is the result, exactly, and nothing conflicts."""
    assert merge(base, base, changed).content == changed
    assert merge(base, changed, base).content == changed
    assert not merge(base, base, changed).conflicts
    assert not merge(base, changed, base).conflicts
    assert not merge(base, base, changed).taken


@settings(max_examples=150)
@given(contents, contents)
def test_both_did_the_same(base, changed):
    """Where both did the same, that is the result; nothing conflicts and nothing was taken over."""
    merged = merge(base, changed, changed)
    assert (merged.content, merged.conflicts, merged.taken) == (changed, (), ())


@settings(max_examples=150)
@given(contents, contents, contents)
def test_the_same_places_conflict_seen_from_either_side(base, one, other):
    """Who saves second does not decide what conflicts; the two texts only change sides."""
    seen = {conflict.place: (conflict.theirs, conflict.mine) for conflict in merge(base, one, other).conflicts}
    back = {conflict.place: (conflict.mine, conflict.theirs) for conflict in merge(base, other, one).conflicts}
    assert seen == back


@settings(max_examples=150)
@given(contents, contents, contents, st.sampled_from(["mine", "theirs"]))
def test_choosing_settles_every_conflict(base, theirs, mine, side):
    """With a choice for every place nothing is left in conflict, and choosing mine is what stood there undecided."""
    merged = merge(base, theirs, mine)
    chosen = merge(base, theirs, mine, {conflict.place: side for conflict in merged.conflicts})
    assert chosen.conflicts == ()
    assert chosen.taken == merged.taken
    if side == "mine":
        assert chosen.content == merged.content


@given(st.data())
def test_changes_in_different_fields_are_both_kept(data):
    """Each field as the one who changed it left it."""
    base, theirs, mine = data.draw(contents), data.draw(contents), data.draw(contents)
    names = {field.name for field in fields(StoryContent)}
    my_names = data.draw(st.sets(st.sampled_from(sorted(names))))
    their_edit = replace(base, **{name: getattr(theirs, name) for name in names - my_names})
    my_edit = replace(base, **{name: getattr(mine, name) for name in my_names})
    merged = merge(base, their_edit, my_edit)
    assert merged.conflicts == ()
    assert merged.content == replace(their_edit, **{name: getattr(mine, name) for name in my_names})


@pytest.mark.parametrize("their_order", list(permutations("abcd")))
def test_an_order_is_merged_exactly_when_every_swap_of_both_can_stand(their_order):
    """Against trying all orders: the one in which exactly the pairs swapped by somebody are swapped."""
    base = "abcd"

    def swaps(order) -> set[tuple[str, str]]:
        return {(one, two) for one in base for two in base[base.index(one) :] if order.index(two) < order.index(one)}

    for my_order in permutations(base):
        wanted = swaps(their_order) | swaps(my_order)
        possible = [list(order) for order in permutations(base) if swaps(order) == wanted]
        assert merge_orders(base, their_order, my_order) == (possible[0] if possible else None)


def a_pair(seed: int) -> tuple[Editor, Editor]:
    """What two editors made of the same story: hers is stored, mine is still in the form."""
    random = Random(seed)  # noqa: S311, a seed makes the edits the same every time
    theirs, mine = Editor(a_base(), random, "她", key="t"), Editor(a_base(), random, "我")
    return theirs.edit(random.randrange(1, 15)), mine.edit(random.randrange(1, 15))


@pytest.mark.parametrize("seed", range(PAIRS))
def test_nothing_that_was_typed_is_lost(seed):
    """Two hundred pairs of stale edits: every text either typed is in the content or in a conflict, and none twice."""
    theirs, mine = a_pair(seed)
    merged = merge(a_base(), theirs.content, mine.content)
    found, in_content = everything_in(merged), everything_in(Merged(merged.content))
    assert [text for text in [*theirs.typed, *mine.typed] if text not in found] == []
    assert [text for text in mine.typed if text not in in_content] == []
    assert max(Counter(merged.content.body_text.splitlines()).values()) == 1


def test_the_stale_edits_are_of_every_kind():
    """The pairs above really meet: in every kind of place some conflict, much is taken over, and much was typed."""
    places, taken, typed = set(), 0, 0
    for theirs, mine in map(a_pair, range(PAIRS)):
        merged = merge(a_base(), theirs.content, mine.content)
        places |= {conflict.place for conflict in merged.conflicts}
        taken += len(merged.taken)
        typed += len(theirs.typed) + len(mine.typed)
    assert {"headline", "opening", "order", "related:order", "subsection:k1", "subsection:k1:body"} <= places
    assert {"related:7", "related:7:headline", "related:21:headline"} <= places
    assert taken > PAIRS
    assert typed > 5 * PAIRS
