"""The page copied as text: what each of its lines is, what is repaired, what is reported as damaged."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.import_formats import FORMATS, PAGE_TEXT, format_named
from articles.import_formats.values import (
    KINDS_OF_REPAIR,
    WHY_DAMAGED,
    ReadPage,
    ReadRelated,
    Repair,
    UnreadableFile,
)

SAMPLES = Path(__file__).parent / "samples"
SEED = Path(__file__).parents[2] / ".." / "shared" / "seed" / "000_0cc080fc7688515c.txt"

HEADLINE = "山里的新路"
LONG = "这是一段足够长的正文，说明它不是小标题，因为它以句号结尾。"


def read(*lines: str, **options: object) -> ReadPage:
    return PAGE_TEXT.read("\n".join(lines).encode(), **options)


def read_sample(name: str, **options: object) -> ReadPage:
    return PAGE_TEXT.read((SAMPLES / name).read_bytes(), **options)


def all_text(page: ReadPage) -> str:
    texts = [page.headline, *page.opening]
    for part in page.subsections:
        texts += [part.heading, part.figures, *part.paragraphs]
    texts += [page.notice.text] if page.notice else []
    texts += [text for story in page.related for text in (story.headline, story.teaser)]
    return "\n".join([*texts, *page.headlines])


def places(page: ReadPage) -> list[tuple[int, int, str]]:
    return [(damage.line, damage.column, damage.text) for damage in page.damages]


# -- the formats ------------------------------------------------------------------------------------------------------


def test_format_named_known():
    """Each format is found by its own name."""
    assert [format_named(known.name) for known in FORMATS] == list(FORMATS)
    assert format_named("page_text") is PAGE_TEXT


def test_format_named_unknown():
    """An unknown name is refused with the names there are."""
    with pytest.raises(LookupError, match=r"page_txt.*page_text"):
        format_named("page_txt")


# -- the shared page --------------------------------------------------------------------------------------------------


@pytest.fixture
def seed() -> bytes:
    if not SEED.exists():
        pytest.skip("the shared sample page is not beside this checkout")
    return SEED.read_bytes()


def test_read_seed_parts(seed):
    """Every part of the real page is recognised."""
    page = PAGE_TEXT.read(seed, simplified=True)
    assert page.headline == "四川省阿坝州：推动就业扶贫 确保贫困家庭稳定增收"
    assert len(page.opening) == 1
    assert page.opening[0].startswith("就业，是贫困群众")
    assert [(part.heading, part.figures, len(part.paragraphs)) for part in page.subsections] == [
        ("组建农民工外出务工专班", "开行免费专车123辆 免费包机3架次", 3),
        ("促进贫困劳动力有效就业", "发布岗位信息2.4万个 助力1066人成功就业", 4),
        ("依托东西部扶贫协作政策等", "阿坝州已实现外出务工贫困劳动力29058人", 5),
    ]
    assert page.notice is not None
    assert page.notice.source_names == ("中国西藏网",)
    assert page.notice.holder == "高原（北京）文化传播有限公司"
    assert [story.headline[:6] for story in page.related] == ["四川省阿坝州", "公共服务不断", "四川省阿坝州"]
    assert [story.teaser[-1] for story in page.related] == ["。", "。", "。"]
    assert len(page.headlines) == 10
    assert page.headlines[3] == "比尔 盖茨批美政府甩锅：是“转移视线” 对中国“不公正”"
    assert page.encoding == "utf-8"


def test_read_seed_damages(seed):
    """Every place that the converter broke is reported where the file has it, and is verbatim in the text."""
    page = PAGE_TEXT.read(seed)
    assert places(page) == [
        (5, 46, "?!毕嚓P(guān)"),
        (6, 16, "?shù)爻浞掷脰|"),
        (11, 98, "?!毕嚓P(guān)"),
        (16, 16, "?shù)馗鬣l(xiāng)"),
        (17, 115, "?!毕嚓P(guān)"),
        (17, 214, "?qū)?"),
        (17, 234, "?dòng)"),
        (18, 13, "?shù)貓?jiān)"),
        (18, 69, "?shù)亟?jīng)"),
        (19, 180, "?cè)藬?shù)"),
        (20, 55, "?!毕嚓P(guān)"),
    ]
    assert {damage.why for damage in page.damages} == {"lost_bytes"}
    for text in (
        "任務艱巨?!毕嚓P(guān)負責人",
        "當?shù)爻浞掷脰|西部",
        "加強雙向?qū)?，加大",
        "推?dòng)省內外",
        "總?cè)藬?shù)649人",
    ):
        assert text in all_text(page)


def test_read_seed_repairs(seed):
    """Left-behind pinyin is gone except at damaged places, and every repair is counted."""
    page = PAGE_TEXT.read(seed, simplified=True)
    repairs = {repair.kind: repair.count for repair in page.repairs}
    # 359 pairs of parentheses with pinyin: all pairs in the file but 高原(北京) and the five P(guān) and l(xiāng).
    assert repairs["left_pinyin"] == seed.decode().count("(") - 1 - 5 == 359
    assert repairs["punctuation"] == 127
    assert repairs["simplified"] == 774
    text = all_text(page)
    for damage in page.damages:
        assert damage.text in text
        text = text.replace(damage.text, "", 1)
    assert "(" not in text
    assert ")" not in text


# -- own samples ------------------------------------------------------------------------------------------------------


def test_read_damaged_traditional_sample():
    """Parts, damages and repairs of a damaged page in traditional characters, which stay traditional unless asked."""
    page = read_sample("harbour_damaged_traditional.txt")
    assert page.headline == "海灣縣：修復老漁港 讓年輕人回家"
    assert page.opening == ("漁港修好了，海邊又熱鬧起來。3月8日的開海節，來了2,000多名遊客。",)
    assert [(part.heading, part.figures, len(part.paragraphs)) for part in page.subsections] == [
        ("舊碼頭換新顏", "新建冷庫6座 修船臺2個", 2),
        ("年輕人開起民宿", "登記客棧41家", 2),
    ]
    assert page.notice is not None
    assert page.notice.source_names == ("海灣日報", "海灣新聞網")
    assert page.notice.holder == "海灣（臨時）傳媒有限公司"
    assert page.related == (
        ReadRelated("燈塔重新亮起 夜航的船多了三成", "守燈人說，“一閃一閃的，看著就安心”。"),
        ReadRelated("海上養殖場換上新網箱", "新網箱扛得住十級風，每口多收300斤。"),
    )
    assert page.headlines == ("山路通車：三個村不再繞行", "氣象臺提醒 週末有大風", "老戲臺開鑼")
    assert places(page) == [
        (5, 17, "?！睂W(xué)"),
        (6, 28, "?shù)貪O"),
        (9, 16, "?cè)藬?shù)"),
        (10, 20, "\ufffd"),
    ]
    assert page.repairs == (Repair("indent", 5), Repair("left_pinyin", 31), Repair("punctuation", 23))
    assert "（高原路），當?shù)貪O民" in page.subsections[0].paragraphs[1]


def test_read_damaged_sample_simplified():
    """Simplifying leaves damaged places as they are, though they hold traditional characters."""
    page = read_sample("harbour_damaged_traditional.txt", simplified=True)
    assert page.headline == "海湾县：修复老渔港 让年轻人回家"
    assert page.subsections[0].paragraphs[0].startswith("“从前回港，只能在外头等潮水?！睂W(xué)过修船")
    assert "simplified" in {repair.kind for repair in page.repairs}


def test_read_clean_simplified_sample():
    """A clean page needs no repair, though it is asked for, and its headings may have one line."""
    page = read_sample("orchard_clean_simplified.txt", simplified=True)
    assert (page.damages, page.repairs) == ((), ())
    assert len(page.opening) == 2
    assert [(part.heading, part.figures, len(part.paragraphs)) for part in page.subsections] == [
        ("修渠先修路", "全镇新修水渠11公里 便道6条", 3),
        ("把梨卖到山外", "", 1),
    ]
    assert page.related == (
        ReadRelated("梨树下开起图书角", "孩子们放学就来，借书不用押金。"),
        ReadRelated("老供销社变身游客中心", ""),
    )
    assert page.headlines == ("县医院周末开诊", "乡村班车增加两个班次")


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n\n"])
@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "gb18030"])
def test_read_sample_from_other_systems(line_end, codec):
    """Line ends, blank lines, byte order mark and encoding change nothing about what is read."""
    raw = (SAMPLES / "orchard_clean_simplified.txt").read_text(encoding="utf-8").replace("\n", line_end).encode(codec)
    expected, found = read_sample("orchard_clean_simplified.txt"), PAGE_TEXT.read(raw)
    assert all_text(found) == all_text(expected)
    assert (found.subsections, found.related) == (expected.subsections, expected.related)


# -- repairs, damages, refusals ---------------------------------------------------------------------------------------


def test_read_repairs_counted():
    """Each kind of repair has its own count, in words that can be translated; what was not needed is not listed."""
    page = read("修復(fù)山路", "　　路,通了。", "　　", simplified=True)
    assert page.opening == ("路，通了。",)
    assert {repair.kind: repair.count for repair in page.repairs} == {
        "left_pinyin": 1,
        "indent": 1,
        "punctuation": 1,
        "simplified": 1,
    }
    assert {repair.kind for repair in page.repairs} == set(KINDS_OF_REPAIR)


def test_read_damage_position_before_repair():
    """Line and column are those of the file, blank lines, indents and removed pinyin included."""
    page = PAGE_TEXT.read("山路\r\n\r\n　　動(dòng)路\ufffd通了。".encode())
    assert places(page) == [(3, 11, "\ufffd")]
    assert page.opening == ("動路\ufffd通了。",)
    assert page.damages[0].why in WHY_DAMAGED


def test_read_private_characters():
    """Private characters of the file stay each in its place, though the reader uses one of them itself."""
    page = read(HEADLINE, "山\ue001路\ue000,通\ue002了。")
    assert page.opening == ("山\ue001路\ue000，通\ue002了。",)
    assert [damage.text for damage in page.damages] == ["\ue001", "\ue000", "\ue002"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("山" * 301, "headline_too_long"),
        ("- 第一条\n- 第二条", "no_headline"),
        ("---\n山路", "no_headline"),
        ("版权声明：欢迎转载。", "no_headline"),
        ("<!DOCTYPE html>\n<html>", "no_headline"),
        ("。。。\n" + LONG, "no_headline"),
        (LONG * 5, "no_headline"),
        ("锟斤拷锟斤拷路\n" + LONG, "no_headline"),
        ("\u200b\n\u200b", "no_headline"),
        ("", "empty"),
    ],
)
def test_read_without_headline(text, code):
    """A file that does not begin with a plausible headline is refused, with the reason."""
    with pytest.raises(UnreadableFile) as caught:
        PAGE_TEXT.read(text.encode())
    assert caught.value.code == code


def test_read_headline_of_300_characters():
    """The longest headline allowed is read."""
    assert read("山" * 300).headline == "山" * 300


def test_read_with_wrong_encoding():
    """An encoding named by mistake is refused where the bytes do not fit, and never leads to replaced characters."""
    with pytest.raises(UnreadableFile) as caught:
        PAGE_TEXT.read(f"{HEADLINE}\n{LONG}".encode(), encoding="utf-16")
    assert caught.value.code == "wrong_encoding"


@given(
    st.one_of(
        st.binary(max_size=120),
        st.text(max_size=80).map(str.encode),
        st.lists(
            st.sampled_from(
                [
                    HEADLINE,
                    LONG,
                    "-",
                    "- 新闻",
                    "[详细]",
                    "版权声明",
                    "版权声明：版权归",
                    "短行",
                    "",
                    "?!毕嚓P(guān)",
                    "來源:",
                    "(",
                ]
            ),
            max_size=12,
        ).map(lambda lines: "\n".join(lines).encode()),
    ),
    st.sampled_from([None, "gb18030", "big5", "utf-16", "nonsense"]),
    st.booleans(),
)
def test_read_any_bytes(raw, encoding, simplified):
    """Whatever the bytes, the reader returns a page or raises UnreadableFile, and reports damage only where it is."""
    try:
        page = PAGE_TEXT.read(raw, simplified=simplified, encoding=encoding)
    except UnreadableFile:
        return
    assert page.headline
    assert all(damage.why in WHY_DAMAGED and damage.line >= 1 and damage.column >= 1 for damage in page.damages)


def test_read_hundred_thousand_lines():
    """Reading takes time in proportion to the length: five times the lines take far less than 25 times the time."""

    def seconds(lines: int) -> float:
        raw = (HEADLINE + "\n" + "山路(shānlù)通,了?\n短行\n" * (lines // 2)).encode()
        started = time.process_time()
        PAGE_TEXT.read(raw)
        return time.process_time() - started

    assert seconds(100_000) < 15 * max(seconds(20_000), 0.01)
