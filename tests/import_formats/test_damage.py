"""What counts as damaged, and what healthy text must not be taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.import_formats.damage import find_damage


def damaged(line: str) -> list[tuple[str, str]]:
    return [(line[start:end], why) for start, end, why in find_damage(line)]


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("只能等?!毕嚓P(guān)的人說", ["?!毕嚓P(guān)"]),
        ("只能等？！睂W(xué)校", ["？！睂W(xué)"]),
        ("只能等?！睂W校", ["?！睂W"]),
        ("可靠的信息?！毕嘈拧?，再", ["?！毕嘈拧?"]),
        ("靠得住嗎?俊毕嚓P(guān)的人", ["?俊毕嚓P(guān)"]),
        ("當(dāng)?shù)貪O民", ["?shù)貪O"]),
        ("當(dāng)?(shù)貪O民", ["?(shù)貪O"]),
        ("當(dāng)?shù)貓?jiān)持", ["?shù)貓?jiān)"]),
        ("總?cè)藬?shù)649", ["?cè)藬?shù)"]),
        ("推?dòng)工作,雙向?qū)?,加大", ["?dòng)", "?qū)?"]),
        ("他們來?men)了", ["?men)"]),
        ("推?dòng)工作的人?lì)好", ["?dòng)", "?lì)"]),
        ("當?shù)貓?jiān)翡翠A座", ["?shù)貓?jiān)"]),
        ("村鬣l(xiāng)里", ["鬣l(xiāng)"]),
        ("在這裡?，后来", ["?"]),
    ],
)
def test_find_damage_lost_bytes(line, texts):
    """Places where a converter lost a byte are found from the "?" to where the text is in step again."""
    assert damaged(line) == [(text, "lost_bytes") for text in texts]


@pytest.mark.parametrize(
    ("line", "text", "why"),
    [
        ("這動(guān)力", "動(guān)", "wrong_pinyin"),
        ("一塊\ufffd\ufffd地", "\ufffd\ufffd", "replacement_character"),
        ("一塊\ue5e5地", "\ue5e5", "private_use"),
        ("一塊\x02地", "\x02", "control_character"),
        ("標題锟斤拷锟斤拷", "锟斤拷锟斤拷", "wrong_encoding"),
        ("标题: " + "我们的地方".encode().decode("latin-1"), "我们的地方".encode().decode("latin-1"), "wrong_encoding"),
        ("标题: " + "我们这里".encode().decode("gb18030"), "我们这里".encode().decode("gb18030"), "wrong_encoding"),
    ],
)
def test_find_damage_other_signatures(line, text, why):
    """Each other signature is reported with its own reason, and no more than the place itself."""
    assert damaged(line) == [(text, why)]


@pytest.mark.parametrize(
    "line",
    [
        "“真的吗?”“是!”",
        "“真的吗？”“是！”他问。",
        "真的?!他说",
        "什么？！北京的人都来了",
        "怎么?！毕竟是他",
        "他毕业了?!被录取了(真的)",
        "什么?!俊杰说",
        "怎么?！比真A还好",
        "谁?(shéi)是他",
        "这个字(读作?shù)不认识",
        "P(A|B)",
        "比分3:0",
        "见http://a.cn/x?q=中文&b=2)",
        "北京|上海|广州",
        "咖啡(kāfēi)和先生(xiānsheng)和西安(xīān)",
        "重庆(qìng)人,一(yí)个",
        "北京(Beijing)",
        "维生素C(kg)",
        "他问why?me)是",
        "《什么?》，",
        "1)是什么?他)",
        "naïve café «CAFÉ»",
        "𠮷野家〇々",
        "۱۲۳ مرحبا Привет",
        "",
    ],
)
def test_find_damage_healthy_text(line):
    """Questions, exclamations, formulas, addresses, glosses and other scripts raise no alarm."""
    assert damaged(line) == []


@given(st.text(st.sampled_from("?？!！毕俊學|Pl(ù)shuàn中的是，。)（\ufffd\ue000 "), max_size=40))
def test_find_damage_spans(line):
    """Places are in order, not empty, inside the line and do not overlap, so that they can be cut out one by one."""
    position = 0
    for start, end, _ in find_damage(line):
        assert position <= start < end <= len(line)
        position = end


@given(
    st.text(st.characters(categories=["Lo"], min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=30), st.booleans()
)
def test_find_damage_question(sentence, wide):
    """Han characters of any kind around a question in quotes are no damage."""
    mark = "？" if wide else "?"
    assert damaged(f"“{sentence}吗{mark}”他问，“{sentence}。”") == []
