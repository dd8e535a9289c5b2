"""What each line of a page copied as text is: judged by its shape and its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.import_formats import PAGE_TEXT
from articles.import_formats.values import ReadPage, ReadRelated, ReadSubsection

HEADLINE = "山里的新路"
LONG = "这是一段足够长的正文，说明它不是小标题，因为它以句号结尾。"


def read(*lines: str) -> ReadPage:
    """The page of these lines below a headline."""
    return PAGE_TEXT.read("\n".join((HEADLINE, *lines)).encode())


def test_read_headline_only():
    """A page may be nothing but its headline."""
    assert read() == ReadPage(HEADLINE)


def test_read_paragraphs_only():
    """Without headings, all paragraphs are the opening."""
    page = read(LONG, LONG)
    assert (page.opening, page.subsections) == ((LONG, LONG), ())


def test_read_subtitle_and_credit():
    """A short line under the headline and lines of credit are paragraphs, not headings."""
    lines = ("新路通到家门口", LONG, "本报记者 林一", LONG, "图为通车现场", LONG)
    page = read(*lines)
    assert (page.opening, page.subsections) == (lines, ())


def test_read_headings_without_opening():
    """A two-line heading directly under the headline begins the first subsection."""
    page = read("先修桥", "三座桥 两条路", LONG)
    assert page.subsections == (ReadSubsection("先修桥", "三座桥 两条路", (LONG,)),)


@pytest.mark.parametrize(("count", "headings"), [(1, 1), (2, 2), (3, 2), (4, 0), (9, 0)])
def test_read_short_lines_in_a_row(count, headings):
    """One or two short lines are a heading, of three the last two; more are a list. No line is lost."""
    short = [f"第{number}条短行" for number in "甲乙丙丁戊己庚辛壬"[:count]]
    page = read(LONG, *short, LONG)
    found = [text for part in page.subsections for text in (part.heading, part.figures) if text]
    assert found == short[count - headings :]
    assert page.opening == (LONG, *short[: count - headings], *([] if headings else [LONG]))


def test_read_short_line_at_the_end():
    """A heading needs a paragraph below it: a short last line is a paragraph."""
    page = read(LONG, "山路弯弯")
    assert page.opening == (LONG, "山路弯弯")


def test_read_heading_in_quotes():
    """A heading may end in quotes; a sentence in quotes may not be a heading."""
    page = read(LONG, "修一条“回家路”", LONG, "“路通了。”", LONG)
    assert page.subsections == (ReadSubsection("修一条“回家路”", "", (LONG, "“路通了。”", LONG)),)


def test_read_list_inside_story():
    """Lines with dashes in the middle of the story are its paragraphs, dash included; only those at the end a list."""
    page = read(LONG, "- 甲", "- 乙", LONG, "- 丙的新闻", "- 丁的新闻")
    assert page.opening == (LONG, "- 甲", "- 乙", LONG)
    assert page.headlines == ("丙的新闻", "丁的新闻")


@pytest.mark.parametrize(
    ("line", "story"),
    [
        ("山路通车\t今天上午，路通了。[详细]", ReadRelated("山路通车", "今天上午，路通了。")),
        ("山路通车 村民来了\u3000今天，路通了。【详细】", ReadRelated("山路通车 村民来了", "今天，路通了。")),
        ("山路通车 村民来了 今天，路通了。[详细] -", ReadRelated("山路通车 村民来了", "今天，路通了。")),
        ("山路通车 村民来了[详细]", ReadRelated("山路通车 村民来了")),
    ],
)
def test_read_related_on_one_line(line, story):
    """A headline and its teaser on one line are told apart by a wide gap, or the last blank before the first mark."""
    page = read(LONG, line)
    assert (page.opening, page.related) == ((LONG,), (story,))


def test_read_related_without_notice():
    """Related stories are recognised by [详细], the headline being the line above."""
    page = read(LONG, "山路通车", "今天，路通了。", "[詳細]", "-", "第二条", LONG + "[详细]")
    assert page.opening == (LONG,)
    assert page.related == (ReadRelated("山路通车", "今天，路通了。"), ReadRelated("第二条", LONG))


def test_read_related_without_marks():
    """After the notice, two lines between separators are a related story although [详细] is missing."""
    page = read(LONG, "版权声明：版权归山里社所有。", "-", "山路通车了", LONG, "-", "山里有新路", LONG)
    assert page.related == (ReadRelated("山路通车了", LONG), ReadRelated("山里有新路", LONG))


def test_read_single_line_after_notice():
    """A single line between separators is a related story only among others; alone it is a paragraph."""
    notice = "版权声明：欢迎转载。"
    assert read(LONG, notice, "-", "山里山外都在看").opening == (LONG, "山里山外都在看")
    page = read(LONG, notice, "-", "山路通车了", LONG, "-", "山里山外都在看")
    assert page.related[1:] == (ReadRelated("山里山外都在看"),)


@pytest.mark.parametrize(
    ("lines", "source_names", "holder"),
    [
        (["版权声明：凡注明“来源：山里日报、山里网”的文字，版权均属于山里社。"], ("山里日报", "山里网"), "山里社"),
        (["【版权声明】", "版权归山里社所有，未经授权不得转载。"], (), "山里社"),
        (["凡本网注明「來源:山裡日報」的文字,版權歸屬山裡社;轉載須註明。"], ("山裡日報",), "山裡社"),
        (["版权声明：欢迎转载。"], (), ""),
    ],
)
def test_read_notice(lines, source_names, holder):
    """Sources and holder are read from the notice in either script; what it does not say stays empty."""
    page = read(LONG, *lines, "-", "- 甲的新闻")
    assert page.notice is not None
    assert (page.notice.source_names, page.notice.holder) == (source_names, holder)
    assert len(page.notice.text.split("\n")) == len(lines)
    assert (page.opening, page.headlines) == ((LONG,), ("甲的新闻",))


def test_read_lines_after_notice():
    """What follows the notice and is neither related story nor headline is kept as a paragraph."""
    page = read(LONG, "版权声明：欢迎转载。", "（责编：林一）", "-", "- 甲的新闻")
    assert page.opening == (LONG, "（责编：林一）")


@given(
    st.lists(
        st.sampled_from(
            [LONG, "-", "- 新闻", "甲乙丙[详细]", "[详细]", "版权声明", "版权归甲。", "短行", "另一行", "本报记者 甲"]
        ),
        max_size=14,
    )
)
def test_read_keeps_every_line(lines):
    """No line but separators is dropped, whatever the order of lines."""
    page = read(*lines)
    text = repr(page)
    for line in ("短行", "另一行", "本报记者 甲", "版权归甲。", LONG, "甲乙丙", "新闻"):
        assert text.count(line) == "\n".join(lines).count(line)
