"""Where Chromium breaks the lines of Chinese text, in the page's own style: by the rules of W3C CLREQ (section 3.1.3).

No line begins with a mark that closes, none ends with one that opens; the dash —— and the ellipsis …… stay whole, and
so do Latin words and numbers.
"""

from __future__ import annotations

import random
import re
import tomllib
from html import escape
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page

from articles import demo_newsroom
from articles.html import plain_text
from tests.builders import a_publication
from tests.story_lists import a_list, item

WIDTHS = (320, 390, 600, 768, 1280)
PARAGRAPHS = 200

NOT_FIRST = set("，。、；：？！）》」』”’】〉，％%") | set(",.;:?!)]")
NOT_LAST = set("（《「『“‘【〈(")
# What one mark of two characters, a word or a number is made of: no line ends between the two groups.
WHOLE = re.compile(r"(—)(—)|(…)(…)|([A-Za-z])([A-Za-z])|(\d)([\d,.%％])|([,.])(\d)")

# What meets at the end of a line where it is hardest: closing after closing, opening after opening, Latin, numbers.
NASTY = (
    "他问：“走不走？”——“走！”（说完就走了）。",
    "《海边的风》《山里的雨》、〈序〉【附表】",
    "（其中：男12,345人，女9,876人；占比87.65%）",
    "“‘先算账，再出门’，”她说，“……那时（2026年）还没有路。”",
    "从Beijing到松岭——全程1,234.5公里——要走3天……",
    "他说：『「好」！』——然后……没有了。",
    "iPhone 15、5G、CRH380A（“和谐号”）；WTO、GDP增长5.2%！",
    "“好！”“好！”“好！！”“真的？！”",
    "……——《“一带一路”（草案）》——……",
    "A（B）“C”《D》、E；F：G？H！",
)
MARKED = (
    "<strong>“重点”</strong>，<em>要记住</em>。",
    "（<strong>加粗</strong>）、<em>《书名》</em>——<strong>2,000</strong>人",
    '<a href="https://example.org/">“链接文字”</a>。',
    '<a href="https://example.org/">Windows与WTO的OpenStreetMap规则2,000条</a>，',
    "<ruby>岷<rt>mín</rt></ruby>山，",
)

# The lines of each element as they are laid out: a character left of the one before it begins a line.
LINES = """
(selector) => [...document.querySelectorAll(selector)].map((element) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const lines = [];
  let last = Infinity;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest("rt, rp")) continue;
    for (let place = 0; place < node.length; place++) {
      range.setStart(node, place);
      range.setEnd(node, place + 1);
      const box = [...range.getClientRects()].find((one) => one.width > 0);
      if (!box) continue;
      if (box.left < last - 1 || !lines.length) lines.push("");
      lines[lines.length - 1] += node.data[place];
      last = box.left;
    }
  }
  return lines.map((line) => line.trim()).filter(Boolean);
})
"""


def sentences() -> list[str]:
    """Every sentence of the demo's Chinese stories, in the order of the files."""
    found: list[str] = []
    for path in sorted((Path(demo_newsroom.__file__).parent / "stories").glob("*.toml")):
        if path.stem == "english":
            continue
        waiting: list[object] = [tomllib.loads(path.read_text(encoding="utf-8"))]
        while waiting:
            value = waiting.pop(0)
            if isinstance(value, dict):
                waiting.extend(value.values())
            elif isinstance(value, list):
                waiting.extend(value)
            elif isinstance(value, str):
                found += re.findall(r"[^。！？\n]{8,80}[。！？]”?", plain_text(value))
    return found


def paragraphs() -> list[str]:
    """The same two hundred each time: sentences of the stories with what is nasty before, between and behind them."""
    draw = random.Random(5)  # noqa: S311 - no secret: the same each time
    known = sentences()
    assert len(known) > 200, "the demo's stories are not read"
    made = []
    for _number in range(PARAGRAPHS):
        parts: list[str] = []
        for _sentence in range(draw.randint(1, 4)):
            parts.append(escape(draw.choice(known), quote=False)[draw.randint(0, 9) :])
            parts.append(draw.choice(NASTY) if draw.random() < 0.8 else draw.choice(MARKED))
        made.append(f"<p>{''.join(parts)}</p>")
    return made


def faults(lines: list[str]) -> list[str]:
    """What is wrong between one line and the next."""
    found = []
    for line, following in pairwise(lines):
        seam = f"{line[-6:]}⏎{following[:6]}"
        if following[0] in NOT_FIRST or line[-1] in NOT_LAST or WHOLE.fullmatch(line[-1] + following[0]):
            found.append(seam)
    return found


def faults_in(page: Page, selector: str) -> tuple[int, list[str]]:
    """How many lines the elements have, and what is wrong with them."""
    elements = page.evaluate(LINES, selector)
    return sum(map(len, elements)), [fault for lines in elements for fault in faults(lines)]


@pytest.fixture
def story(transactional_db) -> str:
    headline = "“海边的风”：松岭县（含三乡镇）2,345人——《山里的雨》……"
    figure = '<figure><img src="/static/articles/favicon.svg" alt="图"><figcaption>{}</figcaption></figure>'
    captions = "".join(figure.format(text * 2) for text in NASTY)
    # Written in phrases, as headlines are, or not; longer than a line of a phone holds.
    # Of quotations in a row Chromium makes one word (UAX 14, LB19), which is no headline and would not fit a phone.
    nasty = [text for text in NASTY if "”“" not in text]
    headlines = [*nasty, *(text[:45].replace("，", " ") for text in sentences()[:60:2]), *sentences()[1:60:2]]
    subsections = [(text, "12,345人 87.65%", captions if text == nasty[0] else "") for text in headlines]
    publication = a_publication(
        headline, opening="".join(paragraphs()), summary="".join(NASTY[:4]), subsections=subsections
    )
    a_list(*[item(f"https://example.org/{number}", headline=text) for number, text in enumerate(NASTY)])
    return publication.get_absolute_url()


def test_lines_of_chinese_text_break_where_they_may(open_page, story):
    """Two hundred paragraphs in five widths, justified or not; and the same check finds faults where there are some."""
    page = open_page()
    page.goto(story)
    wrong: dict[int, list[str]] = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        count, wrong[width] = faults_in(page, ".story-text > p")
        assert count > 2 * PARAGRAPHS, "the paragraphs have no lines to break"
    assert wrong == {width: [] for width in WIDTHS}
    page.evaluate("document.body.style.setProperty('line-break', 'anywhere')")
    assert len(faults_in(page, ".story-text > p")[1]) > 20, "the check finds nothing where lines break anywhere"


@pytest.mark.parametrize("selector", ["h1", "h2 .heading-line", ".figures", ".story-text figcaption", ".summary"])
def test_lines_of_headlines_and_captions_break_where_they_may(open_page, story, selector):
    """However large the letters and narrow the window."""
    page = open_page()
    page.goto(story)
    wrong: dict[int, list[str]] = {}
    lines = 0
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        count, wrong[width] = faults_in(page, selector)
        lines += count
    assert lines > len(WIDTHS), "nothing was found"
    assert wrong == {width: [] for width in WIDTHS}


def test_lines_of_lists_break_where_they_may(open_page, story):
    """The headlines of stories and addresses on the front page."""
    page = open_page()
    page.goto("/")
    wrong: dict[int, list[str]] = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        count, wrong[width] = faults_in(page, "main :is(h2, h3, li) a")
        assert count >= len(NASTY)
    assert wrong == {width: [] for width in WIDTHS}
