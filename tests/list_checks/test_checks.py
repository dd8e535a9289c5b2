"""The checks as rules over values: what the database refuses, and how findings are put together."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from articles.list_checks import CHECKS, EditionFacts, ListFacts, PageFacts, run
from articles.list_checks.words import say
from articles.lists import ListContent
from tests.builders import MONDAY

HOUR = timedelta(hours=1)


def edition(key: int, start: float, end: float | None, *, special: bool = True) -> EditionFacts:
    until = None if end is None else MONDAY + end * HOUR
    content = ListContent(title="头条")
    return EditionFacts(id=key, start=MONDAY + start * HOUR, end=until, content=content, is_special=special)


def page(*editions: EditionFacts, name: str = "", ended: float | None = None) -> PageFacts:
    row = ListFacts(
        id=1,
        name="头条",
        place="section",
        editions=editions,
        ended_at=None if ended is None else MONDAY + ended * HOUR,
    )
    return PageFacts(name=name, start=MONDAY, end=MONDAY + 24 * HOUR, own=(row,), lists={1: row})


def found(name: str, *pages: PageFacts) -> list[tuple]:
    return [
        (one.edition_id, (one.start - MONDAY) / HOUR, one.end and (one.end - MONDAY) / HOUR)
        for one in run(pages)
        if one.check == name
    ]


@pytest.mark.parametrize(
    ("second", "expected"),
    [((4, 6), []), ((3, 6), [(2, 3, 4)]), ((2.5, 3), [(2, 2.5, 3)]), ((2, 9), [(2, 2, 4)]), ((-5, -1), [])],
    ids=["touching", "crossing", "enclosed", "enclosing", "apart"],
)
def test_specials_that_overlap_are_found(second, expected):
    """Half-open: those that touch do not."""
    assert found("overlap", page(edition(1, 2, 4), edition(2, *second))) == expected


def test_special_over_a_standing_edition_is_no_overlap():
    """That is what it is for; two standing ones are."""
    assert found("overlap", page(edition(1, -9, None, special=False), edition(2, 2, 4))) == []
    standing = page(edition(1, -9, None, special=False), edition(2, 2, None, special=False))
    assert found("overlap", standing) == [(2, 2, None)]


def test_overlap_that_began_before_counts_from_the_begin_of_the_span():
    assert found("overlap", page(edition(1, -5, 4), edition(2, -3, 6))) == [(2, 0, 4)]


@pytest.mark.parametrize(
    ("editions", "ended", "expected"),
    [
        ([(-5, None)], None, []),
        ([(-5, 3), (3, None)], None, []),
        ([(-5, 3), (4, None)], None, [(None, 3, 4)]),
        ([(-5, 9), (2, 4)], None, [(None, 9, None)]),
        ([], -3, [(None, -3, None)]),
        ([], None, []),
        ([(5, None)], -3, [(None, -3, 5)]),
    ],
    ids=["open", "touching", "between", "special inside", "ended lately", "given up", "comes back"],
)
def test_gap_is_where_no_edition_is(editions, ended, expected):
    """A special that ends inside a standing edition leaves none."""
    rows = [edition(number, *window, special=number > 1) for number, window in enumerate(editions, 1)]
    assert found("gap", page(*rows, ended=ended)) == expected


def test_same_finding_on_several_pages_is_one():
    """With the names of the pages."""
    broken = (edition(1, 2, 4), edition(2, 3, 6))
    [one] = [each for each in run([page(*broken, name="要闻"), page(*broken, name="体育")]) if each.check == "overlap"]
    assert one.pages == ("要闻", "体育")


def test_checks_have_names_of_their_own():
    """They stand in the document, and in what programs read."""
    assert len({check.name for check in CHECKS}) == len(CHECKS) == 11


def test_words_are_said_in_the_language_of_whoever_reads_them():
    """Moments in the newsroom's zone, braces in a headline as they are, and no more names than are read."""
    said = say("{name} {moment} {names}", name="{moment}", moment=MONDAY, names=("甲", "乙", "丙", "丁", "戊"))
    with translation.override("en"):
        assert str(said) == "{moment} 2 Mar, 09:00 甲, 乙, 丙 and 2 more"
    with translation.override("zh-hans"):
        assert "3月2日" in str(said)
