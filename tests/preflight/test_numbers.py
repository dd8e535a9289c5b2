"""The numbers of headlines and figures lines, and those of the text."""

from __future__ import annotations

import pytest

from articles.chinese.numerals import numeral_value
from articles.preflight.quantities import quantities
from tests.preflight.complete import found, story, subsection


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("七", 7),
        ("十", 10),
        ("十二", 12),
        ("两百", 200),
        ("二百五", 250),
        ("一百零八", 108),
        ("三万", 30_000),
        ("三万五", 35_000),
        ("二万九千零五十八", 29_058),
        ("一亿零三百万", 103_000_000),
        ("三万亿", 3 * 10**12),
        ("十四亿", 1_400_000_000),
        ("二〇二六", 2026),
        ("兩萬", 20_000),
        ("〇", 0),
    ],
)
def test_numeral_has_its_value(numeral, value):
    assert numeral_value(numeral) == value


@pytest.mark.parametrize(
    "text", ["", "十四五", "三三", "九一八", "万", "百万", "千家", "一万万万", "十百", "〇" * 9999]
)
def test_what_is_no_number_has_no_value(text):
    assert numeral_value(text) is None


@pytest.mark.parametrize(
    ("text", "value", "is_share"),
    [
        ("2.4万个", 24_000, False),
        ("２．４萬個", 24_000, False),
        ("1800余万元", 18_000_000, False),
        ("五百多万元", 5_000_000, False),
        ("1.2万亿元", 1_200_000_000_000, False),
        ("29,058人", 29_058, False),
        ("1.5 million people", 1_500_000, False),
        ("94%", 94, True),
        ("94％", 94, True),
        ("百分之四点五", 4.5, True),
        ("百分之12", 12, True),
        ("八成", 80, True),
        ("八成半", 85, True),
        ("八成六", 86, True),
    ],
)
def test_quantity_is_read_whatever_its_script_and_width(text, value, is_share):
    (quantity,) = quantities(text)
    assert (float(quantity.value), quantity.is_share) == (value, is_share)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "2026年",
            "2026赛季",
            "4月24日",
            "10时18分",
            "14:30",
            "第3届",
            "3号线",
            "5G",
            "A4",
            "G4217",
            "十四五",
            "二十大",
        ),
        *("一起", "四川", "十分", "建成", "成立", "万众", "in 2026", "H7N9"),
    ],
)
def test_dates_ordinals_and_names_claim_nothing(text):
    assert [quantity.written for quantity in quantities(text) if quantity.is_claim] == []


def said(boast: str, text: str) -> bool:
    content = story(opening="", subsections=(subsection(figures=boast, body=text),))
    return found("numbers", content) == []


@pytest.mark.parametrize(
    ("boast", "text"),
    [
        ("开行专车7趟", "当天开出七趟专车。"),
        ("近三万人上岗", "共有29058人上岗。"),
        ("岗位2.4万个", "岗位24310个。"),
        ("岗位２．４万个", "岗位2.4万个。"),
        ("超八成在本县", "占85.6%。"),
        ("占近四成", "占38.6%。"),
        ("占8成", "占八成。"),
        ("走访93个寨子", "走了九十多个寨子。"),
        ("三百多人报名", "共有342人报名。"),
        ("消费1800万元", "带动消费1800余万元。"),
        ("十万亩草场", "治理10.3万亩。"),
        ("增收208万元", "金额（万元）\n养羊 208"),
        ("finds work for 29,000", "Of the 29,058 people"),
        ("7 trains", "seven trains"),
    ],
)
def test_number_that_the_text_says_passes(boast, text):
    """Rounded, written out, in another script, unit or width."""
    assert said(boast, text)


@pytest.mark.parametrize(
    ("boast", "text"),
    [
        ("开行专车7趟", "当天开出八趟专车。"),
        ("专车123辆", "专车132辆。"),
        ("专车123辆", "一百多名村民坐上专车132辆。"),
        ("岗位2.4亿个", "岗位2.4万个。"),
        ("岗位2.4万个", "岗位2.6万个。"),
        ("岗位24310个", "岗位2.4万个。"),
        ("十二部县志", "十一部县志。"),
        ("十万亩草场", "走了5里路。"),
        ("近三万人", "共有19058人。"),
        ("占94%", "共94人。"),
        ("六百岁的塔", "塔很老。"),
    ],
)
def test_number_that_the_text_does_not_say_is_noticed(boast, text):
    """A swapped digit, another unit, a share taken for a count."""
    assert not said(boast, text)


def test_headline_is_compared_with_all_the_text_and_not_with_other_headings():
    """The figures line is no proof of the headline."""
    parts = (subsection(figures="专车123辆", body="专车开了。"), subsection(key="b2", body="共41人。"))
    assert found("numbers", story(headline="专车123辆 送走41人", subsections=parts)) == [
        ("headline", "The text does not say: 123"),
        ("subsection:a1:figures", "The text does not say: 123"),
    ]


def test_each_missing_number_is_named_once():
    content = story(headline="12人、12车、2.5万元")
    assert found("numbers", content) == [("headline", "The text does not say: 12, 2.5万")]
