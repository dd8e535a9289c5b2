"""The difference of stories: every field has a place, and lists are read as people would tell what happened."""

from __future__ import annotations

import dataclasses
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.comparison import ComparedText, Comparison, Status, compare
from articles.comparison.story import FIELDS
from articles.content import Credit, Reference, RelatedLinkContent, StoryContent, SubsectionContent
from articles.html import clean

from .made import contents, marked

PARTS = [
    SubsectionContent(key=f"key{number}", heading=heading, body=clean(f"<p>{text}</p>"))
    for number, (heading, text) in enumerate(
        [
            ("班次", "早上七点发车，晚上九点返回。"),
            ("票价", "全程四十二元，儿童半价优惠。"),
            ("购票", "窗口和手机都能买到，提前三天。"),
            ("天气", "本周多云，山上有小雪和冰。"),
        ]
    )
]
REPORTER = Credit(contributor_id=1, name="林晓", slug="lin-xiao", role="reporter")
EDITOR = Credit(contributor_id=2, name="周兰", slug="zhou-lan", role="responsible_editor")


def story(**values) -> StoryContent:
    return StoryContent(headline="标题", **values)


def with_parts(*parts: SubsectionContent) -> StoryContent:
    return story(subsections=parts)


def upgraded(*parts: SubsectionContent) -> StoryContent:
    """A version of the time when subsections had no keys, as `from_json` gives it back."""
    stored = with_parts(*parts).to_json()
    old = {name: value for name, value in stored.items() if name not in ("schema", "slug")}
    bare = [{name: value for name, value in part.items() if name != "key"} for part in stored["subsections"]]
    return StoryContent.from_json({**old, "schema": 1, "subsections": bare})


def told(comparison: Comparison, name: str) -> list[tuple]:
    """(status, old place, new place, moved) of each member of a list."""
    return [(item.status, item.old_place, item.new_place, item.moved) for item in comparison.field(name).items]


def test_every_field_of_a_story_has_a_place():
    """A field without one would change unseen."""
    assert list(FIELDS) == [field.name for field in dataclasses.fields(StoryContent)]


# A value for each field that is not what `story()` has.
VALUES = {
    "opening": clean("<p>开头</p>"),
    "subsections": (PARTS[0],),
    "byline": (REPORTER,),
    "section": Reference(id=1, name="要闻", slug="news"),
    "topics": (Reference(id=1, name="春运", slug="chunyun"),),
    "source": Reference(id=1, name="本报", slug="own"),
    "related_links": (RelatedLinkContent(story_id=7),),
}


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(StoryContent)])
def test_change_of_a_field_is_seen_in_its_place(name):
    """In that field and in no other."""
    changed = dataclasses.replace(story(), **{name: VALUES.get(name, "改")})
    assert [field.name for field in compare(story(), changed).changes] == [name]


MEMBERS = [
    ("subsections", PARTS[0], {"heading", "figures", "body"}),
    ("byline", REPORTER, {"name", "slug", "role"}),
    ("topics", VALUES["topics"][0], {"name", "slug"}),
    ("section", VALUES["section"], {"name", "slug"}),
    ("related_links", RelatedLinkContent(story_id=7, url="/a/"), {"url", "headline", "teaser"}),
]


@pytest.mark.parametrize(
    ("name", "member", "field"),
    [(name, member, field) for name, member, names in MEMBERS for field in sorted(names)],
)
def test_change_of_one_field_of_a_member_is_seen(name, member, field):
    """The member is recognised and says what about it changed."""
    changed = dataclasses.replace(member, **{field: clean("<p>改</p>") if field == "body" else "改"})
    one, other = ((value,) if name != "section" else value for value in (member, changed))
    (item,) = compare(story(**{name: one}), story(**{name: other})).field(name).items
    assert [found.name for found in item.fields if found.changed] == [field]
    assert (item.status, item.old, item.new) == (Status.CHANGED, member, changed)


@pytest.mark.parametrize(("name", "member", "names"), MEMBERS, ids=[name for name, _, _ in MEMBERS])
def test_every_field_of_a_member_is_compared_or_says_which_one_it_is(name, member, names):
    """A field that is added later is compared by itself, or stops the build."""
    identity = {"subsections": {"key"}, "byline": {"contributor_id"}, "related_links": {"story_id"}}.get(name, {"id"})
    assert names | identity == {field.name for field in dataclasses.fields(member)}


def without_keys(content: StoryContent) -> StoryContent:
    parts = tuple(dataclasses.replace(part, key="") for part in content.subsections)
    return dataclasses.replace(content, subsections=parts)


@settings(max_examples=150, deadline=None)
@given(contents, contents)
def test_stories_differ_exactly_where_a_change_is_shown(old, new):
    """No change goes unseen, and none is made up; keys of subsections say nothing to a reader."""
    changes = {field.name for field in compare(old, new).changes}
    ours, theirs = without_keys(old), without_keys(new)
    assert {name for name in FIELDS if getattr(ours, name) != getattr(theirs, name)} <= changes
    # Two subsections that exchanged their keys only have moved, though nobody can see it.
    assert changes <= {name for name in FIELDS if getattr(old, name) != getattr(new, name)}


@settings(max_examples=150, deadline=None)
@given(contents, contents)
def test_members_and_texts_of_both_stories_are_all_there(old, new):
    """Each member once on each side, new ones in the new order, with its whole text."""
    found = compare(old, new)
    for name in ("subsections", "byline", "topics", "related_links"):
        items = found.field(name).items
        assert [item.new for item in items if item.new_place] == list(getattr(new, name))
        gone = sorted((item for item in items if item.old_place), key=lambda item: item.old_place)
        assert [item.old for item in gone] == list(getattr(old, name))
        for item in items:
            for field in item.fields:
                if isinstance(field, ComparedText):
                    assert field.difference.old == getattr(item.old, field.name, "")
                    assert field.difference.new == getattr(item.new, field.name, "")
    for field in found.fields:
        if isinstance(field, ComparedText) and isinstance(getattr(old, field.name), str):
            assert (field.difference.old, field.difference.new) == (getattr(old, field.name), getattr(new, field.name))


def test_moved_subsection_is_the_only_one_marked():
    """From place 4 to 1: the three others stand in the order they had."""
    a, b, c, d = PARTS
    found = compare(with_parts(a, b, c, d), with_parts(d, a, b, c))
    assert told(found, "subsections") == [
        ("kept", 4, 1, True),
        ("kept", 1, 2, False),
        ("kept", 2, 3, False),
        ("kept", 3, 4, False),
    ]
    assert [field.name for field in found.changes] == ["subsections"]


@given(st.permutations(PARTS))
def test_moves_are_the_fewest_that_explain_the_order(parts):
    """Putting the marked ones aside leaves both orders the same; no smaller number would."""
    items = compare(with_parts(*PARTS), with_parts(*parts)).field("subsections").items
    stayed = [item.old_place for item in items if not item.moved]
    assert stayed == sorted(stayed)
    order = [item.old_place for item in items]
    in_order = [row for size in range(5) for row in combinations(order, size) if list(row) == sorted(row)]
    assert len(stayed) == max(map(len, in_order))


def test_deleted_subsection_stands_where_it_was():
    """After what it stood behind, with its whole text struck out."""
    a, b, c, d = PARTS
    found = compare(with_parts(a, b, c), with_parts(a, d, c))
    assert told(found, "subsections") == [
        ("kept", 1, 1, False),
        ("deleted", 2, None, False),
        ("added", None, 2, False),
        ("kept", 3, 3, False),
    ]
    deleted = found.field("subsections").items[1]
    assert [marked(field) for field in deleted.fields] == ["[-票价-]", "", "[-全程四十二元，儿童半价优惠。-]"]


def test_subsection_that_was_written_anew_and_moved_is_recognised_by_its_key():
    """Not a word was kept: only the key knows."""
    a, b, c, _d = PARTS
    anew = dataclasses.replace(a, heading="停运", body=clean("<p>因雪全部取消。</p>"))
    assert told(compare(with_parts(a, b, c), with_parts(b, c, anew)), "subsections")[-1] == ("changed", 1, 3, True)


@pytest.mark.parametrize("later", [with_parts, upgraded], ids=["later version with keys", "both without"])
def test_subsections_of_old_versions_are_recognised_by_what_they_say(later):
    """Their keys are their places, which are those of others once one was deleted."""
    a, b, c, _d = PARTS
    edited = dataclasses.replace(c, heading="怎样购票", body=clean("<p>窗口和手机都能买到，提前五天。</p>"))
    found = compare(upgraded(a, b, c), later(a, edited))
    assert told(found, "subsections") == [
        ("kept", 1, 1, False),
        ("deleted", 2, None, False),
        ("changed", 3, 2, False),
    ]


def test_subsection_of_an_old_version_written_anew_in_its_place_is_changed():
    """As many as before, and this one alone has no other half."""
    a, b, c, d = PARTS
    assert told(compare(upgraded(a, b, c), upgraded(a, d, c)), "subsections")[1] == ("changed", 2, 2, False)


def test_person_with_another_role_is_changed_and_not_exchanged():
    """The credit is the same person's."""
    found = compare(
        story(byline=(REPORTER, EDITOR)), story(byline=(EDITOR, dataclasses.replace(REPORTER, role="translator")))
    )
    assert [(item.new.name, item.status, item.moved) for item in found.field("byline").items] == [
        ("周兰", "kept", False),
        ("林晓", "changed", True),
    ]


def test_another_section_is_one_gone_and_one_come():
    """Two sections have names with nothing to compare."""
    culture = Reference(id=2, name="文化", slug="culture")
    found = compare(story(section=VALUES["section"]), story(section=culture))
    assert told(found, "section") == [("deleted", 1, None, False), ("added", None, 1, False)]


def test_related_link_is_recognised_by_its_target():
    """A new teaser changes the link to the story; another address is another link."""
    links = (RelatedLinkContent(story_id=7, teaser="一"), RelatedLinkContent(url="/a/", headline="同名"))
    later = (RelatedLinkContent(story_id=7, teaser="二"), RelatedLinkContent(url="/b/", headline="同名"))
    found = compare(story(related_links=links), story(related_links=later)).field("related_links")
    assert [item.status for item in found.items] == ["changed", "deleted", "added"]


def test_unknown_field_is_not_there():
    """A template that asks for a field by name gets it, or an error."""
    assert compare(story(), story()).field("headline").name == "headline"
    with pytest.raises(KeyError):
        compare(story(), story()).field("headlines")
