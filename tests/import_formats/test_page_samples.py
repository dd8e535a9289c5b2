"""Whole pages copied as text, the shared one and the samples: their parts, damages and repairs."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.import_formats import PAGE_TEXT
from articles.import_formats.values import ReadPage, ReadRelated, Repair
from tests.import_formats.page_facts import all_text, places

SAMPLES = Path(__file__).parent / "samples"
SEED = Path(__file__).parents[2] / ".." / "shared" / "seed" / "000_0cc080fc7688515c.txt"


def read_sample(name: str, **options: object) -> ReadPage:
    return PAGE_TEXT.read((SAMPLES / name).read_bytes(), **options)


# The shared page


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


# Own samples


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
