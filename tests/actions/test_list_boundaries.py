"""What the ticker does when an edition of a story list begins or ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.actions import list_boundaries
from articles.actions.boundary_effects.purge_cache import PurgeFailed
from articles.actions.list_edition import cancel_edition, end_edition
from articles.actions.list_times import When
from articles.actions.tick import tick
from articles.models import ListEdition, StoryList
from articles.models.list_boundary import REMEMBERED, next_list_boundaries
from tests.builders import MONDAY, OPERATOR, a_publication, a_section
from tests.story_lists import a_list, an_edition

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.django_db


class Cache:
    """Keeps what was purged, and does not answer for `broken` pages."""

    def __init__(self) -> None:
        self.purged: list[str] = []
        self.broken: dict[str, Exception] = {}

    def purge(self, paths) -> None:
        for path in paths:
            if path in self.broken:
                raise self.broken[path]
            self.purged.append(path)

    def taken(self) -> list[str]:
        """The pages, without their feeds and without what is in traditional characters."""
        found, self.purged = self.purged, []
        return [path for path in found if not path.startswith(("/zh-hant/", "/list/"))]


@pytest.fixture
def cache(monkeypatch: pytest.MonkeyPatch) -> Cache:
    one = Cache()
    monkeypatch.setattr(list_boundaries, "purge", one.purge)
    return one


def not_done() -> list[ListEdition]:
    return [row for row in ListEdition.objects.exclude(starts_at=None) if row.begin_done_at is None]


def test_page_is_purged_at_begin_and_at_end_and_once(cache):
    """A special changes the front page twice: at its first minute and at the first one after it."""
    row = a_list()
    tick(now=MONDAY)
    an_edition(row, now=MONDAY, when=When(start=MONDAY + HOUR, end=MONDAY + 2 * HOUR, special=True))
    cache.taken()
    for late, expected in [(HOUR - MINUTE, []), (HOUR, ["/"]), (HOUR + MINUTE, []), (2 * HOUR, ["/"]), (3 * HOUR, [])]:
        tick(now=MONDAY + late)
        assert cache.taken() == expected, late
    special = ListEdition.objects.get(kind="special")
    assert (special.begin_done_at, special.end_done_at) == (MONDAY + HOUR, MONDAY + 2 * HOUR)


def test_standing_editions_that_follow_one_another_are_one_change(cache):
    """The end of the one and the begin of the next are one moment of one page."""
    row = a_list()
    an_edition(row, now=MONDAY + MINUTE, when=When(start=MONDAY + HOUR), title="明早")
    tick(now=MONDAY + MINUTE)
    cache.taken()
    assert tick(now=MONDAY + HOUR).done == 1
    assert cache.taken() == ["/"]
    assert not_done() == []


def test_catching_up_purges_each_list_once(cache):
    """However many editions came and went while no ticker ran."""
    front, beside = a_list(), a_list(name="旁", place="beside")
    for number in range(1, 5):
        an_edition(front, now=MONDAY + number * HOUR, title=f"第{number}期")
        an_edition(beside, now=MONDAY + number * HOUR, title=f"第{number}期")
    assert tick(now=MONDAY + 10 * HOUR).done == 2
    assert cache.taken() == ["/"]
    assert not_done() == []
    assert not ListEdition.objects.filter(ends_at__lte=MONDAY + 10 * HOUR, end_done_at=None).exists()


def test_cancelled_edition_changes_nothing(cache):
    """What never began is not purged for."""
    row = a_list()
    edition = an_edition(row, now=MONDAY, when=When(start=MONDAY + HOUR))
    tick(now=MONDAY)
    cache.taken()
    cancel_edition(edition=edition, by=OPERATOR, now=MONDAY + MINUTE)
    tick(now=MONDAY + 2 * HOUR)
    assert cache.taken() == []


def test_edition_ended_by_hand_is_purged_by_the_next_run(cache):
    """Within the minute, as everything an editor does at once."""
    row = a_list()
    edition = an_edition(row, now=MONDAY, when=When(start=MONDAY + HOUR, end=MONDAY + 9 * HOUR, special=True))
    tick(now=MONDAY + HOUR)
    cache.taken()
    end_edition(edition=edition, by=OPERATOR, now=MONDAY + 2 * HOUR)
    tick(now=MONDAY + 2 * HOUR + MINUTE)
    assert cache.taken() == ["/"]


def test_list_that_fails_is_tried_again_and_stops_no_other(cache):
    """Not marked done before its page was purged; the list after it has its turn."""
    section = a_section("要闻", "news")
    a_list()
    a_list(name="频道", place="section", scope=section)
    cache.broken["/"] = PurgeFailed("500")
    report = tick(now=MONDAY)
    assert (report.done, report.failed) == (1, 1)
    assert cache.taken() == ["/section/news/"]
    assert [row.story_list.place for row in not_done()] == ["front"]
    cache.broken.clear()
    tick(now=MONDAY + MINUTE)
    assert cache.taken() == ["/"]
    assert not_done() == []


def test_cache_that_does_not_answer_does_not_hold_up_the_ticker(cache):
    """After three lists it is left alone until the next run."""
    for number in range(5):
        a_list(name=f"列表{number}", slot=f"slot-{number}")
    cache.broken["/"] = TimeoutError("no answer")
    assert tick(now=MONDAY).failed == list_boundaries.MOST_UNANSWERED
    cache.broken.clear()
    assert tick(now=MONDAY + MINUTE).done == 5


def test_what_begins_during_the_purge_is_for_the_next_run(cache, monkeypatch):
    """Only what had begun when the purge was asked for is marked."""
    row = a_list()
    an_edition(row, now=MONDAY, when=When(start=MONDAY + HOUR))
    moments = iter([MONDAY, MONDAY, MONDAY + HOUR])
    assert list_boundaries.purge_changed_lists(moment=lambda: next(moments), stop=lambda: False) == (1, 0)
    assert [edition.starts_at for edition in not_done()] == [MONDAY + HOUR]


def test_ticker_that_is_told_to_stop_leaves_the_rest(cache):
    """What is not done stays to be done."""
    a_list()
    assert tick(now=MONDAY, stop=lambda: True).done == 0
    assert len(not_done()) == 1


def test_what_is_very_old_is_not_looked_for(cache):
    """No cache keeps a page for a month, and the archive of editions is not searched each minute."""
    a_list()
    tick(now=MONDAY + REMEMBERED)
    assert cache.taken() == []


@pytest.mark.parametrize(
    ("place", "scope", "expected"),
    [
        ("front", "", ["/"]),
        ("section", "", ["/section/news/", "/section/local/", "/section/culture/"]),
        ("section", "section", ["/section/news/", "/section/local/"]),
        ("beside", "", []),
        ("beside", "section", []),
        ("below", "story", ["story"]),
    ],
)
def test_pages_of_a_list_are_those_caches_may_keep(place, scope, expected):
    """Front page; fronts of its section and of those under it; its own story, each in both scripts. And its feeds."""
    section = a_section("要闻", "news")
    a_section("本地", "local", parent=section)
    a_section("文化", "culture")
    publication = a_publication(section=section)
    row = a_list(place=place, scope={"section": section, "story": publication.story}.get(scope))
    expected = [publication.get_absolute_url() if path == "story" else path for path in expected]
    feeds = [f"/list/{row.pk}/feed.{feed_format}" for feed_format in ("rss", "atom", "json")]
    pages = [path for page in expected for path in (page, f"/zh-hant{page}")]
    assert list(list_boundaries.pages_of_list(StoryList.objects.get(pk=row.pk))) == pages + feeds


def test_next_boundaries_tell_a_change_once():
    """Begins, and the ends of what nothing follows: the end that a next standing edition makes is its begin."""
    row = a_list()
    an_edition(row, when=When(start=MONDAY + HOUR), title="一")
    an_edition(row, when=When(start=MONDAY + 3 * HOUR), title="二")
    an_edition(row, when=When(start=MONDAY + 2 * HOUR, end=MONDAY + 4 * HOUR, special=True), title="特")
    found = [((each.moment - MONDAY) // HOUR, str(each.edge)) for each in next_list_boundaries(MONDAY)]
    assert found == [(1, "begin"), (2, "begin"), (3, "begin"), (4, "end")]
    assert len(next_list_boundaries(MONDAY, limit=2)) == 2


@pytest.mark.parametrize("archive", [1, 12])
def test_idle_run_costs_one_query_for_all_lists(cache, archive, django_assert_num_queries):
    """However many editions there were."""
    row = a_list()
    for number in range(1, archive):
        an_edition(row, now=MONDAY + number * MINUTE, title=f"第{number}期")
    tick(now=MONDAY + HOUR)
    with django_assert_num_queries(1):
        list_boundaries.purge_changed_lists(moment=lambda: MONDAY + HOUR, stop=lambda: False)
