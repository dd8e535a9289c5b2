"""The texts of the demo newsroom: complete, set in Chinese punctuation, and nobody else's sentences."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from articles import demo_newsroom
from articles.demo_newsroom import DemoNewsroom, DemoStory, paragraphs_html, read
from articles.html import clean

FOLDER = Path(demo_newsroom.__file__).parent
SEED = Path(__file__).resolve().parents[2] / "shared" / "seed"

HAN = "\u4e00-\u9fff"
# The seed went through a converter that put a reading behind some characters: 動(dòng).
READING = re.compile("\\([a-zɑɡāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]+\\)", re.IGNORECASE)
LONGEST_SHARED_RUN = 15
SHORTEST_SENTENCE = 12


@pytest.fixture(scope="module")
def newsroom() -> DemoNewsroom:
    return read()


def chinese(newsroom: DemoNewsroom) -> list[DemoStory]:
    return [story for story in newsroom.stories if story.language == "zh-hans"]


def plain(text: str) -> str:
    """The text without tags and ruby readings; the end of a block ends the line."""
    text = re.sub(r"<rt>.*?</rt>", "", text)
    return re.sub(r"<[^>]+>", "", re.sub(r"</(?:p|li|td|th|caption)>", "\n", text))


def texts(story: DemoStory) -> Iterator[str]:
    """Everything a reader or editor can read of the story, field by field."""
    yield from (story.kicker, story.headline, story.subtitle, story.short_headline, story.summary, story.dateline)
    yield from (story.original_title, story.original_author)
    yield from (story.correction_note, story.withdrawal_note, story.retraction_note)
    yield plain(story.opening)
    for part in story.subsections:
        yield from (part.heading, part.figures, plain(part.body))
    for link in story.related:
        yield from (link.headline, link.teaser)
    for changes in (story.before, story.draft):
        yield from map(plain, changes.values())


def length(story: DemoStory) -> int:
    parts = [story.opening, *(part.heading + part.figures + part.body for part in story.subsections)]
    return len(re.sub(r"\s", "", plain("".join(parts))))


def normal(text: str) -> str:
    """The Han characters and digits, for comparing sentences whatever their punctuation."""
    return re.sub(f"[^{HAN}0-9]", "", text)


def sentences(text: str) -> set[str]:
    found = (normal(sentence) for sentence in re.split("[。！？!?\n]", text))
    return {sentence for sentence in found if len(sentence) >= SHORTEST_SENTENCE}


def runs(text: str) -> set[str]:
    """Every run of Han characters one longer than may be shared; numbers and marks do not interrupt a run."""
    size = LONGEST_SHARED_RUN + 1
    found = set()
    for line in text.splitlines():
        han = re.sub(f"[^{HAN}]", "", line)
        found.update(han[start : start + size] for start in range(len(han) - size + 1))
    return found


@pytest.fixture(scope="module")
def seed() -> str:
    """The page the product grew from, in simplified characters and without the converter's leftovers."""
    pages = sorted(SEED.glob("*.txt")) if SEED.is_dir() else []
    if not pages:
        pytest.skip(f"no pages to compare with in {SEED}")
    opencc = pytest.importorskip("opencc", reason="comparing needs OpenCC to make the page simplified")
    simplified = opencc.OpenCC("t2s").convert("\n".join(page.read_text(encoding="utf-8") for page in pages))
    return READING.sub("", simplified)


def test_newsroom_is_well_stocked(newsroom: DemoNewsroom) -> None:
    """Five Chinese sections and an English one, with the people, topics, sources and logins they need."""
    top = [section.slug for section in newsroom.sections if not section.parent]
    assert len(top) == 6
    assert "english" in top
    assert 1 <= len(newsroom.sections) - len(top) <= 2
    assert 8 <= len(newsroom.topics) <= 10
    assert 10 <= len(newsroom.contributors) <= 12
    assert {source.kind for source in newsroom.sources} == {"own", "agency", "partner"}
    assert len({notice.source for notice in newsroom.notices}) >= 2
    roles = [login.role for login in newsroom.logins]
    # Three reviews take three people besides the author.
    assert roles.count("reporter") == 2
    assert roles.count("editor") == 3
    assert {"chief_editor", "administrator"} <= {*roles}
    assert [login.username for login in newsroom.logins if login.sections] == ["section_editor"]


def test_each_section_has_its_share_of_stories(newsroom: DemoNewsroom) -> None:
    parents = {section.slug: section.parent or section.slug for section in newsroom.sections}
    counts = Counter(parents[story.section] for story in chinese(newsroom))
    assert sum(counts.values()) >= 44
    assert len(counts) == 5
    assert all(8 <= count <= 11 for count in counts.values()), counts
    assert sum(story.language == "en" for story in newsroom.stories) >= 4


def test_story_lengths_are_mixed(newsroom: DemoNewsroom) -> None:
    """Long reports with figures lines, medium ones, and briefs."""
    long = [story for story in chinese(newsroom) if len(story.subsections) >= 3]
    assert len(long) >= 12
    assert all(length(story) >= 700 for story in long)
    assert all(part.figures for story in long for part in story.subsections)
    assert sum(300 <= length(story) <= 500 for story in chinese(newsroom)) >= 15
    assert sum(length(story) <= 200 for story in chinese(newsroom)) >= 8
    assert sum(len(story.subsections) >= 2 for story in newsroom.stories if story.language == "en") >= 2


def test_every_state_is_shown(newsroom: DemoNewsroom) -> None:
    counts = Counter(story.state for story in newsroom.stories)
    assert counts.pop("published") >= 40
    assert counts.pop("corrected") in (1, 2)
    assert counts == {"scheduled": 5, "withdrawn": 1, "retracted": 1, "draft_changes": 1, "draft": 1}


def test_publication_times_are_spread_over_thirty_days(newsroom: DemoNewsroom) -> None:
    hours = [story.hours_ago for story in newsroom.stories if story.hours_ago is not None]
    assert len(set(hours)) == len(hours)
    assert all(0 < hour <= 30 * 24 for hour in hours)
    assert sum(hour <= 12 for hour in hours) >= 5
    assert max(hours) > 25 * 24


def test_rich_text_has_tables_and_ruby(newsroom: DemoNewsroom) -> None:
    bodies = ["".join([story.opening, *(part.body for part in story.subsections)]) for story in newsroom.stories]
    assert sum("<table>" in body and '<th scope="col">' in body for body in bodies) >= 3
    assert sum("<ruby>" in body for body in bodies) >= 2


def test_html_survives_cleaning_unchanged(newsroom: DemoNewsroom) -> None:
    """What the files say is what is stored: every tag is closed and on the allow-list."""
    for story in newsroom.stories:
        changed = [changes["opening"] for changes in (story.before, story.draft) if "opening" in changes]
        for html in (story.opening, *changed, *(part.body for part in story.subsections)):
            assert clean(html) == html, story.key


def test_related_stories_are_ones_a_reader_can_open(newsroom: DemoNewsroom) -> None:
    """`read` proves that the keys exist; a link must not lead to a story that is not out, or to itself."""
    out = {story.key for story in newsroom.stories if story.state in ("published", "corrected", "draft_changes")}
    for story in newsroom.stories:
        targets = [link.key for link in story.related if link.key]
        assert set(targets) <= out - {story.key}, story.key
        assert len(set(targets)) == len(targets), story.key


def test_headlines_and_summaries_fit(newsroom: DemoNewsroom) -> None:
    for story in chinese(newsroom):
        assert len(story.headline) <= 40, story.key
        assert len(story.short_headline) <= 14, story.key
        for summary in [story.summary, *(changes.get("summary", "") for changes in (story.before, story.draft))]:
            assert not summary or 40 <= len(summary) <= 140, story.key


def test_headlines_and_openings_are_no_duplicates(newsroom: DemoNewsroom) -> None:
    for values in ([story.headline for story in newsroom.stories], [story.opening for story in newsroom.stories]):
        assert len(set(values)) == len(values)


def test_chinese_is_set_with_chinese_punctuation(newsroom: DemoNewsroom) -> None:
    """No ASCII mark beside a Han character, no full-width numeral, and every opened quotation is closed."""
    beside_han = re.compile(f"[{HAN}][,:;?!.()\"']|[,:;?!()\"'][{HAN}]|[０-９]")
    people_and_sources = [
        value
        for table in (newsroom.sections, newsroom.topics, newsroom.contributors, newsroom.sources, newsroom.notices)
        for entry in table
        for value in vars(entry).values()
        if isinstance(value, str)
    ]
    for text in [*people_and_sources, *(text for story in newsroom.stories for text in texts(story))]:
        assert not beside_han.search(text), text
        for opening, closing in ("“”", "《》", "（）"):
            assert text.count(opening) == text.count(closing), text


def test_texts_share_no_sentence_with_the_page_they_grew_from(newsroom: DemoNewsroom, seed: str) -> None:
    foreign_sentences, foreign_runs = sentences(seed), runs(seed)
    assert len(foreign_sentences) > 20
    for story in newsroom.stories:
        for text in texts(story):
            assert not sentences(text) & foreign_sentences, story.key
            assert not runs(text) & foreign_runs, story.key


def test_paragraphs_become_html() -> None:
    """Plain blocks are escaped; a block that is HTML already stays as it is."""
    text = "\n第一段，3 < 5 & 6。\n\n\n<table><tr><td>1</td></tr></table>\n\n“第二段”\n"
    assert paragraphs_html(text) == (
        "<p>第一段，3 &lt; 5 &amp; 6。</p>\n<table><tr><td>1</td></tr></table>\n<p>“第二段”</p>"
    )
    assert paragraphs_html(" \n\n ") == ""


def test_reading_twice_gives_the_same(newsroom: DemoNewsroom) -> None:
    assert read() == newsroom


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("newsroom.toml", 'parent = "economy"', 'parent = "econ"', "newsroom.toml: unknown parent section 'econ'"),
        ("newsroom.toml", "biography = ", "bio = ", "newsroom.toml: contributor 'lin-xiaohe': unknown field 'bio'"),
        ("newsroom.toml", 'source = "chuanxi-guancha"', 'source = "nobody"', "unknown source of a notice 'nobody'"),
        (
            "stories/news.toml",
            '"employment", "countryside"',
            '"jobs"',
            "news.toml: story 'mountain-jobs': unknown topic",
        ),
        ("stories/news.toml", 'section = "news"', 'section = "nowhere"', "'mountain-jobs': unknown section 'nowhere'"),
        ("stories/news.toml", 'section = "news"', 'section = "sports"', "section 'sports' belongs in another file"),
        ("stories/news.toml", 'who = "lin-xiaohe"', 'who = "nobody"', "unknown contributor 'nobody'"),
        ("stories/news.toml", 'key = "public-posts"', 'key = "gone"', "unknown related story 'gone'"),
        ("stories/news.toml", "hours_ago = 5.5", "hours_ahead = 5.5", "state 'published' lacks hours_ago"),
        ("stories/news.toml", ']]\nkey = "zhejiang-first-flight"', ']]\nkey = "mountain-jobs"', "key is used twice"),
        ("stories/news.toml", "withdrawal_note = ", "correction_note = ", "'infrared-camera'"),
        ("stories/news.toml", "[[story]]", "[[story", "news.toml"),
        ("stories/news.toml", 'goes_live = "1 08:00"', 'goes_live = "morgen"', "'morgen' is no day and time"),
        ("stories/news.toml", 'ends = "1 14:00"', 'goes_live = "1 14:00"', "state 'published' has no goes_live"),
        ("lists.toml", 'place = "front"', 'place = "back"', "list '首页头条': unknown place 'back'"),
        ("lists.toml", '"public-posts"', '"gone"', "list '首页头条': unknown story 'gone'"),
        ("lists.toml", 'fill_section = "news"', 'fill_section = "new"', "list '首页要闻栏': unknown section 'new'"),
        ("lists.toml", "hours_ago = 76\n", "", "list '首页头条': a list is made some hours ago"),
        ("lists.toml", 'name = "首页要闻栏"', 'name = "首页头条"', "list '首页头条': name is used twice"),
    ],
)
def test_a_mistake_in_a_file_names_the_place(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    folder = tmp_path / "demo"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    text = (folder / file).read_text(encoding="utf-8")
    changed = text.replace(old, new, 1)
    assert changed != text
    (folder / file).write_text(changed, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(message)):
        read(folder)


def test_a_file_without_a_section_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "stories" / "weather.toml").write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match="no section for"):
        read(folder)
