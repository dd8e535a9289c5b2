"""Rich text of two people: whole paragraphs are put together, and none is lost or doubled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.content import StoryContent
from articles.html import CleanHtml, clean, plain_text
from articles.merging import Conflict, Merged, OwnText, merge
from articles.merging.texts import blocks, text_key
from tests.stale_edits import paragraphs

BASE = paragraphs("一。", "二。", "三。", "四。", "五。")

rich_text = st.lists(
    st.sampled_from(
        [
            *"甲乙",
            "\n\n",
            "<br>",
            "<hr>",
            "<b>",
            "</b>",
            *(f"<{end}{tag}>" for tag in "p ul li div pre".split() for end in ("", "/")),
        ]
    )
).map(lambda held: clean("".join(held)))


def merged_texts(theirs: CleanHtml, mine: CleanHtml, base: CleanHtml = BASE, **choices: object) -> Merged:
    sides = (StoryContent(headline="标题", opening=text) for text in (base, theirs, mine))
    return merge(*sides, choices)


@given(rich_text)
def test_blocks_hold_the_whole_text(html):
    """Cut into blocks and joined again a text reads as before."""
    assert plain_text("\n".join(blocks(html))) == plain_text(html)
    assert all(block in html for block in blocks(html))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", []),
        ("<p>a<br>b</p>\n\n<p>c</p>", ["<p>a<br>b</p>", "<p>c</p>"]),
        ("<ul>\n<li>a</li></ul><p>c</p>", ["<ul>\n<li>a</li></ul>", "<p>c</p>"]),
        ("<div><div>a</div><p>b</p></div><hr><p>c</p>", ["<div><div>a</div><p>b</p></div>", "<hr>", "<p>c</p>"]),
        (
            '<p title="a&gt;b">a</p><b>run</b> text<p>c</p>end',
            ['<p title="a&gt;b">a</p>', "<b>run</b> text", "<p>c</p>", "end"],
        ),
    ],
)
def test_blocks_are_the_outermost_elements(html, expected):
    """A list or a box is one block; text beside blocks is one, too."""
    assert blocks(html) == expected


def test_white_space_counts_inside_preformatted_text_only():
    """Where readers see it, it is a change."""
    assert text_key("<ul>\n  <li>a</li>\n</ul>\n") == text_key("<ul><li>a</li></ul>")
    assert text_key("<pre>a\n\n<b>b</b></pre>") != text_key("<pre>a <b>b</b></pre>")
    assert text_key("<p>a <b>b</b></p>") != text_key("<p>a<b>b</b></p>")
    assert text_key("<div><pre>\n<p>b</p></pre></div>") != text_key("<div><pre><p>b</p></pre></div>")


def test_different_paragraphs_are_both_kept():
    """She rewrites the first paragraph, I the fourth and add a sixth: one text with all of it."""
    merged = merged_texts(
        paragraphs("她。", *"二。 三。 四。 五。".split()), paragraphs(*"一。 二。 三。 我。 五。 我加。".split())
    )
    assert merged.content.opening == paragraphs(*"她。 二。 三。 我。 五。 我加。".split())
    assert (merged.conflicts, merged.taken) == ((), ("opening",))


def test_neighbouring_paragraphs_are_different_ones():
    """She rewrites the first, I the second: nothing to ask."""
    merged = merged_texts(
        paragraphs(*"她。 二。 三。 四。 五。".split()), paragraphs(*"一。 我。 三。 四。 五。".split())
    )
    assert merged.content.opening == paragraphs(*"她。 我。 三。 四。 五。".split())


def test_the_same_paragraph_changed_differently_asks_for_the_whole_text():
    """The whole texts stand side by side, and mine stands in the content; I may choose, or write another."""
    theirs, mine = paragraphs(*"一。 她。 三。 四。 五。".split()), paragraphs(*"一。 我。 三。 四。 五。".split())
    merged = merged_texts(theirs, mine)
    assert merged.conflicts == (Conflict("opening", BASE, theirs, mine),)
    assert merged.content.opening == mine
    both = merged_texts(theirs, mine, opening="both")
    assert both.content.opening == paragraphs(*"一。 她。 我。 三。 四。 五。".split())
    own = merged_texts(theirs, mine, opening=OwnText("<p>合改。<script>x</script>"))
    assert own.content.opening == "<p>合改。</p>"
    assert (own.conflicts, own.taken) == ((), ())


def test_keeping_both_repeats_nothing():
    """Her new text comes first, then what only I have; what neither left alone does not come back."""
    theirs = paragraphs("她。", "同。")
    mine = paragraphs(*"一。 我。 同。 三。 另。 五。".split())
    both = merged_texts(theirs, mine, opening="both")
    assert both.content.opening == paragraphs(*"她。 同。 我。 另。".split())


def test_paragraphs_put_in_at_the_same_point_ask():
    """Nobody can know which comes first; the same paragraph put in by both comes once."""
    assert merged_texts(paragraphs("她。", "一。"), paragraphs("我。", "一。"), paragraphs("一。")).conflicts
    theirs, mine = paragraphs("同。", *"一。 二。 她。".split()), paragraphs("同。", *"一。 二。".split())
    merged = merged_texts(theirs, mine, paragraphs(*"一。 二。".split()))
    assert (merged.content.opening, merged.conflicts) == (theirs, ())


def test_a_paragraph_both_moved_is_never_doubled():
    """Moved to different places it would come out twice: that asks instead."""
    merged = merged_texts(
        paragraphs(*"二。 三。 一。 四。 五。".split()), paragraphs(*"二。 三。 四。 一。 五。".split())
    )
    assert [conflict.place for conflict in merged.conflicts] == ["opening"]


def test_a_text_of_more_blocks_than_can_be_compared_asks():
    """A megabyte of paragraphs is not worth minutes: the whole texts stand side by side, and both can be kept."""
    many = paragraphs(*["字"] * 100_000)
    theirs, mine = CleanHtml(f"<p>她</p>{many}"), CleanHtml(f"{many}<p>我</p>")
    merged = merged_texts(theirs, mine, many)
    assert [conflict.place for conflict in merged.conflicts] == ["opening"]


def test_indentation_an_editor_writes_unasked_is_no_change():
    """Source code that only looks different neither conflicts with her text nor takes its place."""
    base = clean("<ul><li>甲</li><li>乙</li></ul><p>丙</p>")
    mine = clean("<ul>\n\t<li>甲</li>\n\t<li>乙</li>\n</ul>\n\n<p>丙</p>\n")
    theirs = clean("<ul><li>她</li></ul>")
    merged = merged_texts(theirs, mine, base)
    assert (merged.content.opening, merged.conflicts) == (theirs, ())
