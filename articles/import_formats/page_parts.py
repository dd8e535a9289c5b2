"""What the lines of a page copied as text are, judged by their shape and their order (see page_text.py)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .values import ReadNotice, ReadRelated, ReadSubsection

# What every separator line becomes.
SEPARATOR = "-"
LONGEST_HEADING = 40
# A first line of this length that ends as a sentence does is the first paragraph of a page without its headline.
LONGEST_SENTENCE_HEADLINE = 100

# Both script variants throughout: pages are recognised before and without conversion.
_SEPARATOR = re.compile(r"[-–—_=*~]+(?:\s+[-–—_=*~]+)*")
_LIST_ITEM = re.compile(r"[-*•●▪]\s+(?P<text>\S.*)", re.DOTALL)
_HTML = re.compile(r"<[a-zA-Z!?/]")
_CLOSING_QUOTES = "”’」』》）)\"'"
_SENTENCE_ENDS = "。！？；…，、：.!?;,:"
# Lines that say who, when and where from, and captions: short and without a full stop, as headings are.
_CREDIT = re.compile(
    r"[（(【\[]?(?:本[报報]|[^\s]{2,4}社)?(?:[记記]者|通[讯訊][员員])[\s:：/]|(?:本[报報]|[^\s]{2,4}社)[记記]者"
    r"|[（(【\[]?(?:[责責][编編]|[责責]任[编編][辑輯]|[编編][辑輯]|作者|撰文|文|[图圖]|[来來]源|稿源|原[标標][题題]|[发發]布[时時][间間]"
    r"|[时時][间間]|日期)[\s:：/]|[图圖](?:[为為片])|.*[摄攝][）)】\]]?$"
    r"|(?:19|20)\d\d\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}日?(?:\s|$)"
)
_TEASER_END = re.compile(r"[\[［【（(]\s*(?:[详詳][细細]|全文|更多|[阅閱][读讀]全文|查看全文)\s*[\]］】）)]\s*[-–—]*$")
_NOTICE = re.compile(
    r"[【\[［]?版[权權][声聲]明\s*(?:[】\]］:：]|$)|凡(?:本[网網站])?[注註]明\s*[“「『\"']?\s*[来來]源"
)
_NOTICE_LABEL = re.compile(r"[【\[［]?版[权權][声聲]明\s*[】\]］]?\s*[:：]?")
_ABOUT_RIGHTS = re.compile(r"版[权權]|[转轉][载載]|[来來]源|授[权權]|法律[责責]任")
_SOURCE = re.compile(r"[来來]源\s*[:：]\s*(?P<names>[^”’」』\"'。；;，\n]{1,100})")
_SOURCE_SEPARATOR = re.compile(r"\s*[、/|]\s*")
_HOLDER = re.compile(
    r"版[权權](?:均|皆|都|全部)?(?:[归歸](?:[属屬][于於]?)?|[属屬][于於]?|所有[:：\s])\s*[:：]?\s*(?P<holder>[^。；;，,\n]{1,200})"
)
# Where headline and teaser share a line: a wide gap, or else the last blank before the first mark of a sentence.
_WIDE_GAP = re.compile(r"\t+|\u3000+|\s{2,}")
_SENTENCE_MARK = re.compile(r"[，。；！？“‘,;]")


@dataclass(slots=True)
class Parts:
    """The parts of a page, collected in the order of its lines."""

    opening: list[str] = field(default_factory=list)
    subsections: list[ReadSubsection] = field(default_factory=list)
    notice: ReadNotice | None = None
    related: list[ReadRelated] = field(default_factory=list)
    headlines: list[str] = field(default_factory=list)


def is_separator(line: str) -> bool:
    return _SEPARATOR.fullmatch(line) is not None


def can_be_headline(line: str) -> bool:
    """Whether the first line of a page can be its headline; what else a file may begin with is told by its shape."""
    if line == SEPARATOR or _LIST_ITEM.match(line) or _NOTICE.match(line) or _HTML.match(line):
        return False
    if _TEASER_END.search(line) or (len(line) > LONGEST_SENTENCE_HEADLINE and _ends_sentence(line)):
        return False
    return sum(character.isalnum() for character in line) >= 2


def _ends_sentence(line: str) -> bool:
    return line.rstrip(_CLOSING_QUOTES)[-1:] in tuple(_SENTENCE_ENDS)


def _is_heading_like(line: str) -> bool:
    """A short line without closing punctuation that is no separator, list item or credit."""
    if line == SEPARATOR or len(line) > LONGEST_HEADING or "。" in line or _ends_sentence(line):
        return False
    return not _LIST_ITEM.match(line) and not _CREDIT.match(line)


def read_parts(lines: list[str]) -> Parts:
    """The parts of the cleaned, non-empty lines that follow the headline, separators being SEPARATOR.

    No line but separators is dropped: what is no part of anything else is a paragraph.
    """
    parts = Parts()
    lines, notice_at = _take_notice(lines, parts)
    start = _start_of_surroundings(lines, notice_at)
    paragraphs = lines[:start] + _read_surroundings(lines[start:], parts)
    _read_body(paragraphs, parts)
    return parts


def _take_notice(lines: list[str], parts: Parts) -> tuple[list[str], int | None]:
    """The lines with a separator in place of the first notice, and the index of that separator."""
    start = next((index for index, line in enumerate(lines) if _NOTICE.match(line)), None)
    if start is None:
        return lines, None
    end = start + 1
    only_label = _NOTICE_LABEL.fullmatch(lines[start]) is not None
    while end < len(lines) and (
        (only_label and end == start + 1 and lines[end] != SEPARATOR)
        or (_ABOUT_RIGHTS.search(lines[end]) and _ends_sentence(lines[end]) and not _TEASER_END.search(lines[end]))
    ):
        end += 1
    text = "\n".join(lines[start:end])
    names = [
        name.strip()
        for found in _SOURCE.finditer(text)
        for name in _SOURCE_SEPARATOR.split(found["names"].lstrip("“「『\"'"))
    ]
    holder = _HOLDER.search(text)
    parts.notice = ReadNotice(
        text=text,
        source_names=tuple(dict.fromkeys(filter(None, names))),
        holder=holder["holder"].strip().removesuffix("所有") if holder else "",
    )
    return [*lines[:start], SEPARATOR, *lines[end:]], start


def _start_of_surroundings(lines: list[str], notice_at: int | None) -> int:
    """Index of the first line that is beside the story and no part of it: the notice, or the first of the lists."""
    starts = [len(lines)]
    # A notice above the story says nothing about what follows it.
    if notice_at is not None and any(not _is_heading_like(line) and line != SEPARATOR for line in lines[:notice_at]):
        starts.append(notice_at)
    teaser = next((index for index, line in enumerate(lines) if _TEASER_END.search(line)), None)
    if teaser is not None:
        starts.append(_start_of_related(lines, teaser))
    items = len(lines)
    while items and (lines[items - 1] == SEPARATOR or _LIST_ITEM.match(lines[items - 1])):
        items -= 1
    # One item at the end may be the dash of a signature; two are a list.
    if sum(line != SEPARATOR for line in lines[items:]) >= 2:
        starts.append(items)
    return min(starts)


def _start_of_related(lines: list[str], teaser: int) -> int:
    """Index of the first line of the related story that ends at the teaser: its headline, or the teaser itself."""
    if teaser and _TEASER_END.match(lines[teaser]):
        teaser -= 1  # the mark has a line of its own, below the teaser
    if teaser and _is_heading_like(lines[teaser - 1]):
        return teaser - 1
    # A headline that is longer than a heading is told by the separator before it.
    if teaser > 1 and lines[teaser - 2] == SEPARATOR and lines[teaser - 1] != SEPARATOR:
        return teaser - 1
    return teaser


def _read_surroundings(lines: list[str], parts: Parts) -> list[str]:
    """Fills related stories and headlines; returns the lines that are neither."""
    left: list[str] = []
    group: list[str] = []
    after_separator = False
    for line in [*lines, SEPARATOR]:
        item = _LIST_ITEM.match(line)
        if line != SEPARATOR and item is None:
            group.append(line)
            if _TEASER_END.search(line):
                left += _related_of(group, parts)
                group, after_separator = [], True
            continue
        # Without [详细], a related story is two lines between separators, the first like a heading.
        length = 2 - bool(parts.related)
        if after_separator and item is None and length <= len(group) <= 2 and _is_heading_like(group[0]):
            parts.related.append(ReadRelated(group[0], "".join(group[1:])))
        else:
            left += group
        group, after_separator = [], item is None
        if item is not None:
            parts.headlines.append(item["text"])
    return left


def _related_of(group: list[str], parts: Parts) -> list[str]:
    """Adds the related story of a group of lines that ends in [详细]; returns credits and paragraphs before it."""
    end = _TEASER_END.search(group[-1])
    last = group[-1][: end.start()].rstrip() if end else group[-1]
    texts = [*group[:-1], last] if last else group[:-1]
    if len(texts) >= 2:
        *left, headline, teaser = texts
        parts.related.append(ReadRelated(headline, teaser))
        return left
    if not texts:
        return []
    if last:
        parts.related.append(_split_line(last))
    else:
        parts.related.append(ReadRelated(texts[0]))
    return []


def _split_line(line: str) -> ReadRelated:
    """Headline and teaser that share a line; where they cannot be told apart, all of it is the headline."""
    gap = _WIDE_GAP.search(line)
    if gap is not None:
        return ReadRelated(line[: gap.start()], line[gap.end() :])
    mark = _SENTENCE_MARK.search(line)
    blank = line.rfind(" ", 0, mark.start()) if mark else -1
    if blank < 0:
        return ReadRelated(line)
    return ReadRelated(line[:blank].rstrip(), line[blank + 1 :])


def _read_body(lines: list[str], parts: Parts) -> None:
    """Fills opening and subsections. A heading is one or two lines like headings, directly before a paragraph."""
    current = parts.opening
    found: list[tuple[list[str], list[str]]] = []
    index = 0
    while index < len(lines):
        run = index
        while run < len(lines) and _is_heading_like(lines[run]):
            run += 1
        headings = lines[index:run]
        followed = run < len(lines) and lines[run] != SEPARATOR
        if followed and len(headings) == 3:
            # The first ends what came before: a signature, a caption, or the subtitle of the page.
            current.append(headings.pop(0))
        # A single short line at the very top is a subtitle; four and more in a row are a list of some kind.
        alone_at_top = len(headings) == 1 and not parts.opening and not found
        if followed and len(headings) in (1, 2) and not alone_at_top:
            current = []
            found.append((headings, current))
        else:
            current += headings
        index = run
        if index < len(lines):
            if lines[index] != SEPARATOR:
                current.append(lines[index])
            index += 1
    parts.subsections = [
        ReadSubsection(heading, "".join(figures), tuple(paragraphs)) for (heading, *figures), paragraphs in found
    ]
