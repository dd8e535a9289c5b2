"""The difference of rich texts: by block and as rendered, with links and formatting said beside the text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings

from articles.comparison import AddressChange, Status
from articles.comparison.blocks import IMAGE, Kind, blocks
from articles.comparison.rich_text import compare_rich_text
from articles.html import clean, plain_text

from .made import marked, rich


def compared(old: str, new: str):
    return compare_rich_text("opening", clean(old), clean(new))


def only_change(old: str, new: str):
    """The one block that changed."""
    (block,) = [block for block in compared(old, new).blocks if block.status is not Status.KEPT]
    return block


def letters(text: str) -> str:
    return "".join(text.replace(IMAGE, "").split())


@settings(max_examples=200)
@given(rich)
def test_blocks_hold_all_text_of_a_page(html):
    """Against the other reader of rich text in the house, blanks and ruby annotations aside."""
    shown = "".join(
        piece.text for block in blocks(html) for piece in block.pieces if not any("rt" in mark for mark in piece.marks)
    )
    assert letters(shown).replace("()", "") == letters(plain_text(html))


@settings(max_examples=200)
@given(rich, rich)
def test_every_block_of_both_texts_is_shown_once_and_in_order(old, new):
    """Blocks that are not added are the old text, those not deleted the new one; each block's text is whole."""
    found = compare_rich_text("opening", old, new)
    ours = [block.difference.old for block in found.blocks if block.status is not Status.ADDED]
    theirs = [block.difference.new for block in found.blocks if block.status is not Status.DELETED]
    assert ours == [block.text for block in blocks(old)]
    assert theirs == [block.text for block in blocks(new)]
    assert found.changed == (old != new)


@pytest.mark.parametrize(
    ("html", "kind", "level", "text"),
    [
        ("<p>一\n 二<br>三</p>", Kind.PARAGRAPH, 0, "一 二\n三"),
        ("<h3>题</h3>", Kind.HEADING, 3, "题"),
        ("<ul><li>一<ul></ul></li></ul>", Kind.ITEM, 1, "一"),
        ("<blockquote><p>引</p></blockquote>", Kind.QUOTE, 0, "引"),
        ("<table><tr><th>班次</th><td><p>早</p><p>晚</p></td></tr></table>", Kind.ROW, 0, "班次\t早\n晚"),
        ("<table><tr><td></td><td>x</td></tr></table>", Kind.ROW, 0, "\tx"),
        ("<pre>  a\n b</pre>", Kind.PREFORMATTED, 0, "  a\n b"),
        ("<p><ruby>挑<rp>(</rp><rt>tiǎo</rt><rp>)</rp></ruby>花</p>", Kind.PARAGRAPH, 0, "挑(tiǎo)花"),
        ("<figure><img src='https://a.example/1.png' alt='车站'></figure>", Kind.PARAGRAPH, 0, IMAGE + "车站"),
        ("<hr><!-- -->", Kind.RULE, 0, ""),
    ],
)
def test_block_is_what_a_reader_sees(html, kind, level, text):
    """Structure is kept; tags, their white space and their entities are not text."""
    (block,) = blocks(clean(html))
    assert (block.kind, block.level, block.text.strip(" ")) == (kind, level, text.strip(" "))


def test_nested_list_items_are_blocks_with_their_depth():
    """An item ends where the list inside it begins."""
    found = blocks(clean("<ol><li>一<ul><li>二</li></ul></li><li>三</li></ol>"))
    assert [(block.text, block.level) for block in found] == [("一", 1), ("二", 2), ("三", 1)]


def test_changed_paragraph_is_marked_inside_and_the_others_stay():
    """One word changed in the second of three paragraphs."""
    found = compared("<p>一段。</p><p>今天有雨。</p><p>三段。</p>", "<p>一段。</p><p>今天有雪。</p><p>三段。</p>")
    assert marked(found) == "一段。 / 今天有[-雨-]{+雪+}。 / 三段。"
    assert [block.status for block in found.blocks] == ["kept", "changed", "kept"]


def test_new_paragraph_leaves_its_neighbours_alone():
    """Even where the neighbours were changed too: the most alike belong together."""
    found = compared("<p>车站里人很多很多。</p>", "<p>天气晴好无云。</p><p>车站里的人很多很多。</p>")
    assert marked(found) == "{+天气晴好无云。+} / 车站里{+的+}人很多很多。"


@pytest.mark.parametrize(
    ("old", "new", "reformatted"),
    [
        ("<p>今天有<b>雨</b>。</p>", "<p>今天有雨。</p>", ("雨",)),
        ("<p>今天有雨。</p>", "<p><i>今天</i>有<b>雪</b>。</p>", ("今天",)),
        ("<ul><li>一</li></ul>", "<ol><li>一</li></ol>", ("一",)),
        ("<p>今天有雨。</p>", "<p>今天有雪。</p>", ()),
    ],
)
def test_formatting_is_said_beside_the_text(old, new, reformatted):
    """Emphasis is no change of the text; what was kept and looks different is named."""
    assert only_change(old, new).reformatted == reformatted


def test_paragraph_that_became_a_heading_says_so():
    """The text was kept, the kind of block was not."""
    block = only_change("<p>班次</p>", "<h3>班次</h3>")
    assert block.became
    assert not block.difference.changed
    assert (block.old_kind, block.kind, block.reformatted) == (Kind.PARAGRAPH, Kind.HEADING, ())


@pytest.mark.parametrize(
    ("old", "new", "addresses"),
    [
        ("<p>见<a href='/a/'>全文</a>。</p>", "<p>见<a href='/b/'>全文</a>。</p>", [("全文", "/a/", "/b/")]),
        ("<p>见全文。</p>", "<p>见<a href='/b/'><b>全</b>文</a>。</p>", [("全文", "", "/b/")]),
        ("<p>见<a href='/a/'>全文</a>。</p>", "<p>见全文。</p>", [("全文", "/a/", "")]),
        ("<p>详情请见<a href='/a/'>全文</a></p>", "<p>详情请见<a href='/a/'>这里</a></p>", []),
        ("<p>一</p>", "<p>一</p><p><a href='/a/'>二</a>三</p>", [("二", "", "/a/")]),
        (
            "<p><img src='https://a.example/1.png' alt='站'></p>",
            "<p><img src='https://a.example/2.png' alt='站'></p>",
            [(IMAGE + "站", "https://a.example/1.png", "https://a.example/2.png")],
        ),
    ],
)
def test_link_is_shown_with_its_address_when_that_changed(old, new, addresses):
    """A link that leads elsewhere looks the same, and is the most dangerous change there is."""
    assert only_change(old, new).addresses == tuple(AddressChange(*change) for change in addresses)


def test_difference_no_block_shows_is_still_a_change():
    """An empty column: nothing to read, and yet the page is another one."""
    found = compared("<p>一</p>", "<p>一</p><div></div>")
    assert [block.status for block in found.blocks] == [Status.KEPT]
    assert found.reformatted
    assert found.changed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("".join(f"<p>{chr(0x4E00 + n % 900)}</p>" for n in range(8000)), "<p>一</p>" * 8000),
        ("<div>x" * 5000, "<b>x<i>y" * 5000),
        ("<table><tr><td>" * 500 + "x", "<ul><li>" * 3000 + "x"),
    ],
    ids=["many blocks", "deep", "nested tables"],
)
def test_hostile_markup_is_compared_in_bounded_time(old, new):
    """Depth and number of blocks are bounded by nothing but the form."""
    ours, theirs = clean(old), clean(new)
    before = time.perf_counter()
    found = compare_rich_text("opening", ours, theirs)
    assert time.perf_counter() - before < 4
    assert found.changed
