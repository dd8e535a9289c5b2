"""Two people save one story: what is put together by itself, and what is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from articles.content import RelatedLinkContent, StoryContent, SubsectionContent
from articles.merging import Conflict, OwnText, merge
from tests.stale_edits import a_base, credit, paragraphs, reference

BASE = a_base()


def edited(content: StoryContent = BASE, key: str = "", **values: object) -> StoryContent:
    """The content with other values in its fields, or in those of one of its subsections."""
    if not key:
        return replace(content, **values)
    parts = tuple(replace(part, **values) if part.key == key else part for part in content.subsections)
    return replace(content, subsections=parts)


def with_subsections(keys: str, *added: SubsectionContent) -> StoryContent:
    """The base with its subsections in another order, those without a number left out; then what was added."""
    by_key = {part.key: part for part in BASE.subsections}
    return replace(BASE, subsections=(*(by_key[f"k{key}"] for key in keys), *added))


def headings(content: StoryContent) -> str:
    return " ".join(part.heading for part in content.subsections)


def test_different_fields_are_both_kept():
    """She changes the summary, I change the headline: both stand, and I am told of the summary."""
    merged = merge(BASE, edited(summary="她的摘要"), edited(headline="我的标题"))
    assert merged.content == edited(summary="她的摘要", headline="我的标题")
    assert merged.conflicts == ()
    assert merged.taken == ("summary",)


def test_the_same_field_changed_differently_asks_and_keeps_mine():
    """Both headlines stand side by side, with the old one; the content holds what I typed."""
    merged = merge(BASE, edited(headline="她的标题"), edited(headline="我的标题"))
    assert merged.conflicts == (Conflict("headline", BASE.headline, "她的标题", "我的标题"),)
    assert merged.content.headline == "我的标题"
    assert merged.taken == ()


@pytest.mark.parametrize(
    ("choice", "headline"), [("mine", "我的标题"), ("theirs", "她的标题"), (OwnText("第三个标题"), "第三个标题")]
)
def test_a_choice_settles_a_conflict(choice, headline):
    """Mine, theirs or a text of its own takes the place, and nothing is asked any more."""
    merged = merge(BASE, edited(headline="她的标题"), edited(headline="我的标题"), {"headline": choice})
    assert merged.content.headline == headline
    assert merged.conflicts == ()


@pytest.mark.parametrize("choice", ["both", "their", "", None])
def test_a_choice_that_does_not_fit_counts_as_none(choice):
    """Two headlines cannot both stand; what a crafted form sends does not decide anything."""
    merged = merge(BASE, edited(headline="她的标题"), edited(headline="我的标题"), {"headline": choice})
    assert [conflict.place for conflict in merged.conflicts] == ["headline"]


def test_a_choice_for_a_place_without_conflict_changes_nothing():
    """A choice cannot bring back what only one of the two changed."""
    merged = merge(BASE, edited(headline="她的标题"), BASE, {"headline": "mine", "summary": OwnText("乱写")})
    assert merged.content == edited(headline="她的标题")


def test_a_language_is_chosen_not_written():
    """A code is one of a few, so no text of its own is offered or taken."""
    theirs, mine = edited(language="en"), edited(language="zh-hant")
    [conflict] = merge(BASE, theirs, mine, {"language": OwnText("klingon")}).conflicts
    assert conflict.options == ("mine", "theirs")


def test_line_ends_of_another_system_are_no_change():
    """A browser posts CR LF, whatever was stored: that alone neither conflicts nor counts as mine."""
    merged = merge(edited(summary="甲\n乙"), edited(summary="她的摘要"), edited(summary="甲\r\n乙"))
    assert (merged.content.summary, merged.conflicts) == ("她的摘要", ())


def test_subsections_both_added_are_both_kept():
    """At one point, what was saved first comes first; mine has no key until it is stored."""
    theirs = with_subsections("1234", SubsectionContent(key="k9", heading="她加"))
    mine = with_subsections("1234", SubsectionContent(heading="我加"))
    merged = merge(BASE, theirs, mine)
    assert headings(merged.content) == "小节1 小节2 小节3 小节4 她加 我加"
    assert [part.key for part in merged.content.subsections[-2:]] == ["k9", ""]
    assert merged.taken == ("subsection:k9",)


def test_a_subsection_saved_twice_from_one_form_is_one():
    """The first save gave it a key; the form still had none."""
    saved = with_subsections("1234", SubsectionContent(key="k9", heading="我加", body=paragraphs("字")))
    mine = with_subsections("1234", SubsectionContent(heading="我加", body=paragraphs("字")))
    assert merge(BASE, saved, mine).content == saved
    twice = merge(BASE, saved, with_subsections("1234", *mine.subsections[-1:] * 2))
    assert [part.key for part in twice.content.subsections[-2:]] == ["k9", ""]


def test_a_key_used_twice_makes_two_subsections():
    """What a crafted form sends under a key that is taken is a new subsection; neither text is lost."""
    mine = with_subsections("1234", SubsectionContent(key="k1", heading="又一"))
    merged = merge(BASE, edited(headline="她的标题"), mine)
    assert headings(merged.content) == "小节1 小节2 小节3 小节4 又一"
    assert merged.content.subsections[-1].key == ""


def test_a_deleted_subsection_nobody_edited_is_deleted():
    """Whoever deletes it, and even if the other moves it."""
    assert headings(merge(BASE, with_subsections("134"), with_subsections("2134")).content) == "小节1 小节3 小节4"
    merged = merge(BASE, with_subsections("134"), BASE)
    assert headings(merged.content) == "小节1 小节3 小节4"
    assert merged.taken == ("subsection:k2",)
    assert headings(merge(BASE, with_subsections("2134"), with_subsections("134")).content) == "小节1 小节3 小节4"


def test_deleting_against_editing_asks():
    """Whoever edits it is never overruled unasked, and the text stands in the conflict."""
    mine = edited(key="k2", heading="我改")
    merged = merge(BASE, with_subsections("134"), mine)
    assert merged.conflicts == (Conflict("subsection:k2", BASE.subsections[1], None, mine.subsections[1]),)
    assert headings(merged.content) == "小节1 我改 小节3 小节4"
    merged = merge(BASE, mine, with_subsections("134"))
    assert merged.conflicts[0].theirs.heading == "我改"
    assert headings(merged.content) == "小节1 小节3 小节4"
    chosen = merge(BASE, mine, with_subsections("134"), {"subsection:k2": "theirs"})
    assert headings(chosen.content) == "小节1 我改 小节3 小节4"


def test_moving_and_editing_are_both_kept():
    """A text follows its subsection wherever the other has put it."""
    merged = merge(BASE, with_subsections("2341"), edited(key="k1", figures="9 趟"))
    assert headings(merged.content) == "小节2 小节3 小节4 小节1"
    assert merged.content.subsections[-1].figures == "9 趟"
    assert (merged.conflicts, merged.taken) == ((), ("order",))


def test_orders_that_fit_together_are_merged():
    """She puts the first last, I put the third first: both stand."""
    merged = merge(BASE, with_subsections("2341"), with_subsections("3124"))
    assert headings(merged.content) == "小节3 小节2 小节4 小节1"
    assert merged.conflicts == ()


def test_orders_that_contradict_ask():
    """No order has 2 before 1, 3 before 2 and, as both left it, 1 before 3: mine stands, and I choose."""
    theirs, mine = with_subsections("2134"), with_subsections("1324")
    merged = merge(BASE, theirs, mine)
    assert [conflict.place for conflict in merged.conflicts] == ["order"]
    assert merged.content == mine
    assert merge(BASE, theirs, mine, {"order": "theirs"}).content == theirs


def test_byline_and_topics_are_sets_that_both_may_change():
    """Added by her, deleted by me: each person and each topic on its own."""
    theirs = edited(byline=(*BASE.byline, credit(3, "photographer")), topics=(*BASE.topics, reference(9)))
    mine = edited(byline=BASE.byline[1:], topics=BASE.topics[1:])
    merged = merge(BASE, theirs, mine)
    assert merged.content.byline == (credit(2, "responsible_editor"), credit(3, "photographer"))
    assert merged.content.topics == (reference(2), reference(9))
    assert merged.taken == ("byline:3:photographer", "topic:9")


def test_a_section_is_the_same_under_a_new_name():
    """Renamed in between it is no change of the story; two different ones ask."""
    renamed = edited(section=replace(reference(1), name="新名"))
    assert merge(BASE, edited(section=reference(5)), renamed).content.section == reference(5)
    assert merge(BASE, edited(section=reference(5)), renamed).conflicts == ()
    merged = merge(BASE, edited(section=reference(5)), edited(section=reference(6)))
    assert merged.conflicts == (Conflict("section", reference(1), reference(5), reference(6)),)


def links(*added: RelatedLinkContent, without: int | None = None) -> StoryContent:
    return edited(related_links=(*(link for link in BASE.related_links if link.story_id != without), *added))


def test_links_both_added_to_one_target_become_one():
    """Her headline and my teaser stand on one link; two different headlines ask."""
    hers, mine = RelatedLinkContent(story_id=9, headline="她"), RelatedLinkContent(story_id=9, teaser="我")
    merged = merge(BASE, links(hers), links(mine))
    assert merged.content == links(RelatedLinkContent(story_id=9, headline="她", teaser="我"))
    merged = merge(BASE, links(hers), links(replace(mine, headline="我")))
    assert merged.conflicts == (Conflict("related:9:headline", "", "她", "我"),)


def test_links_are_edited_moved_and_deleted_like_subsections():
    """Her headline on a link I moved is kept; a link she edited and I deleted asks."""
    edit = replace(BASE.related_links[0], headline="她改")
    theirs = edited(related_links=(edit, *BASE.related_links[1:]))
    merged = merge(BASE, theirs, edited(related_links=BASE.related_links[::-1]))
    assert merged.content.related_links == (*BASE.related_links[:0:-1], edit)
    [conflict] = merge(BASE, theirs, links(without=7)).conflicts
    assert conflict == Conflict("related:7", BASE.related_links[0], edit, None)


def test_links_to_one_target_are_told_apart_by_their_number():
    """However often a target is linked, and whatever its address looks like, each link is kept."""
    several = tuple(RelatedLinkContent(url=url, headline=url) for url in ["a 2", "a", "a", "a"])
    assert merge(BASE, edited(headline="她的标题"), edited(related_links=several)).content.related_links == several
