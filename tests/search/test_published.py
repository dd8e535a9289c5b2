"""The search of readers: the same answers on either database, and of what is live alone."""

from __future__ import annotations

import pytest
from django.db import connection

from articles.actions import publish_story
from articles.chinese import bigrams
from articles.models import Contributor, Publication, PublicationText, Source
from articles.search import published
from articles.search.published import Asked, find_published, rebuild_published
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story
from tests.publishing import cancel, change, hour, move, publish, withdraw

pytestmark = pytest.mark.django_db


def found(query: str, at: float = 9, **values) -> list[str]:
    """The headlines that readers find at an hour."""
    before, limit = values.pop("before", None), values.pop("limit", 50)
    answer = find_published(Asked(query=query, at=hour(at), **values), before=before, limit=limit)
    return [publication.content.headline for publication in answer.publications]


# Words


def test_words_are_read_as_the_desk_reads_them(way):
    """Chinese words anywhere and in one piece, Latin words whole; either script, any width and case; every word."""
    a_publication("松岭县新开務工專車 ＡＩ 增长 5.2%")
    for query in (
        "松岭",
        "岭县",
        "务工专车",
        "務工專車",
        "ai",
        "AI",
        "ＡＩ",
        "5.2",
        "专车 松岭",
        "专车\u3000ai",
        "县 专车",
    ):
        assert len(found(query)) == 1, query
    for query in ("松县", "岭专", "a", "专车 桥头", "县", "市 专车", "5.20", "", "！", "%", "_", "*", '"'):
        assert found(query) == [], query


@pytest.fixture(params=["looked at", "index", "both"])
def way(request, monkeypatch) -> str:
    """Each way that leads to what is found: looking at the newest stories one by one, the index, some of each."""
    looked_at, sample, common = {"looked at": (2600, 400, 0.4), "index": (1, 0, 2), "both": (3, 1, 0)}[request.param]
    monkeypatch.setattr(published, "_LOOKED_AT", looked_at)
    monkeypatch.setattr(published, "_SAMPLE", sample)
    monkeypatch.setattr(published, "_COMMON", common)
    return request.param


def test_words_are_read_the_same_on_every_way(way):
    """Looking at the newest one by one says what the index says, with signs of query languages in the text too."""
    a_publication("乡村路灯 100%，y_x")
    a_publication("新乡村建设，前村路段 100 x y", at=hour(1))
    assert found("乡村路") == ["乡村路灯 100%，y_x"]
    assert found("100%，y_x") == ["乡村路灯 100%，y_x"]
    assert found("乡村") == ["新乡村建设，前村路段 100 x y", "乡村路灯 100%，y_x"]
    assert found("前村 y") == ["新乡村建设，前村路段 100 x y"]
    assert found("y_x") == ["乡村路灯 100%，y_x"]
    assert found("10 x") == []


def test_everything_that_readers_are_told_of_a_story_finds_it():
    person = Contributor.objects.create(name="欧阳林晓", slug="ouyang")
    source = Source.objects.create(name="新华社", name_key="新华社", slug="xinhua")
    a_publication(
        "标题词", kicker="引题词", subtitle="副题词", short_headline="短题词", summary="摘要词",
        opening="<p>开头词</p>",
        subsections=[("小节词", "数字词", "<p>正文词</p>")], bylines=[(person, "reporter")], source=source,
    )  # fmt: skip
    for query in "标题词 引题词 副题词 短题词 摘要词 开头词 小节词 数字词 正文词 欧阳林晓 新华社".split():
        assert found(query) == ["标题词"], query


def test_story_in_english_is_found_by_the_names_in_chinese_too():
    """Whoever looks for a reporter's stories types the name they know; the story says it in English."""
    person = Contributor.objects.create(name="林晓禾", name_english="Lin Xiaohe", slug="lin-xiaohe")
    source = Source.objects.create(name="山里傳媒", name_english="Mountain Media", name_key="x", slug="media")
    a_publication("Two coaches", language="en", bylines=[(person, "reporter")], source=source)
    for query in ("林晓禾", "xiaohe", "山里传媒", "Mountain", "林晓禾 coaches"):
        assert found(query) == ["Two coaches"], query
    rebuild_published()
    assert found("林晓禾") == ["Two coaches"]


@pytest.mark.parametrize(
    "query",
    [
        '松岭" OR *',
        "松岭'",
        "NEAR(松岭 专车)",
        "tokens:松岭",
        "松岭\x00",
        "松岭\ud83d",
        "松岭%",
        "松岭_",
        "{松岭}",
        "%s 松岭",
    ],
    ids=ascii,
)
def test_signs_of_query_languages_are_text(query, way):
    a_publication("松岭专车")
    a_publication("别的")
    assert found(query) in ([], ["松岭专车"])


@pytest.mark.parametrize("unit", ["松", "松岭", "岭 ", "a ", "%", '"', "\x00", "🎉"], ids=ascii)
def test_ten_thousand_characters_are_answered(unit, way):
    a_publication("松岭专车")
    found((unit * 10_000)[:10_000])


# What is public


def test_story_is_found_by_its_live_version_alone(way):
    """Never by its draft, by what is planned, or by what it said before; at another moment by what it said then."""
    story = a_publication("雎鸠一").story
    change(story, "雎鸠二")
    publish(story, at=2)
    change(story, "雎鸠三")
    publish(story, at=4)
    change(story, "雎鸠草稿")
    for at, headline in ((-0.01, None), (0, "雎鸠一"), (1.99, "雎鸠一"), (2, "雎鸠二"), (4, "雎鸠三"), (99, "雎鸠三")):
        assert found("雎鸠", at) == ([headline] if headline else []), at
        for other in {"雎鸠一", "雎鸠二", "雎鸠三", "雎鸠草稿"} - {headline}:
            assert found(other, at) == [], (at, other)


def test_what_has_ended_is_not_found(way):
    """Withdrawn, expired or retracted; counted neither."""
    withdrawn, expired, retracted = (a_story(f"雎鸠{word}") for word in ("撤下", "到期", "撤销"))
    publish(withdrawn)
    publish(expired, until=3)
    publish(retracted)
    withdraw(withdrawn, 3, note="不实")
    publish(retracted, 3, change="retraction", note="不实")
    assert len(found("雎鸠", 2.99)) == 3
    assert find_published(Asked(query="雎鸠", at=hour(3)), limit=9).count == 0
    assert found("雎鸠", 3) == []


def test_story_withdrawn_comes_back_with_what_it_says_then():
    story = a_publication("雎鸠一").story
    withdraw(story, 1, note="核实")
    change(story, "雎鸠二")
    publish(story, 2, note="更正")
    assert (found("雎鸠", 0), found("雎鸠", 1), found("雎鸠", 2)) == (["雎鸠一"], [], ["雎鸠二"])
    assert found("雎鸠一", 2) == []


def test_plan_that_is_called_off_leaves_nothing_behind():
    """In the table behind the index of SQLite neither."""
    story = a_story("雎鸠")
    cancel(publish(story, at=5))
    assert found("雎鸠", 6) == []
    assert not PublicationText.objects.exists()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM articles_published WHERE articles_published MATCH '\"雎鸠\"'")
            assert cursor.fetchone() == (0,)


def test_plan_that_is_moved_is_found_at_its_place():
    """The order follows the moment the story first goes live."""
    first = publish(a_story("雎鸠甲"), at=2)
    publish(a_story("雎鸠乙"), at=3)
    assert found("雎鸠") == ["雎鸠乙", "雎鸠甲"]
    move(first, at=4)
    assert found("雎鸠") == ["雎鸠甲", "雎鸠乙"]
    assert found("雎鸠", 3.5) == ["雎鸠乙"]


def test_refused_publication_is_in_no_index():
    """Both are written in one transaction."""
    story = a_story("雎鸠", section=None)
    with pytest.raises(Exception, match="section"):
        publish_story(story=story, by=OPERATOR, now=MONDAY)
    assert not PublicationText.objects.exists()


# Order, places and bounds


@pytest.mark.parametrize("most", [2, 1000])
def test_places_lead_through_all_of_them(most, way, monkeypatch):
    """Newest first, the story's id between equals; a correction does not move a story; filters hold on every page."""
    monkeypatch.setattr(published, "MOST_COUNTED", most)
    section = a_section("栏目", "own")
    for number in range(12):
        a_publication(f"专车{number}", at=hour(number // 3), section=section)
        a_publication(f"专车旁{number}", at=hour(number // 3))
    oldest = Publication.objects.order_by("first_live_at", "pk").first().story
    publish(oldest, 9, note="更正")
    values = {"query": "专车", "at": hour(9), "section_id": section.pk, "since": hour(0), "until": hour(3)}
    read, before = [], None
    while page := find_published(Asked(**values), before=before, limit=2).publications:
        read += [publication.content.headline for publication in page]
        before = page[-1].place
    assert read == ["专车8", "专车7", "专车6", "专车5", "专车4", "专车3", "专车2", "专车1", "专车0"]


def test_no_more_is_counted_than_the_bound(monkeypatch):
    monkeypatch.setattr(published, "MOST_COUNTED", 3)
    for number in range(6):
        a_publication(f"专车{number}", at=hour(number))
    answer = find_published(Asked(query="专车", at=hour(9)), limit=2)
    assert (answer.count, answer.too_many, len(answer.publications)) == (4, True, 2)
    few = find_published(Asked(query="专车", at=hour(2)), limit=2)
    assert (few.count, few.too_many) == (3, False)


@pytest.mark.parametrize("query", ["专车", "孤例"])
@pytest.mark.parametrize("count", [5, 15])
def test_cost_is_the_same_for_few_and_many(query, count, way, django_assert_num_queries):
    """Nothing is read by OFFSET, and no text of any index comes out of the database."""
    a_publication("孤例")
    for number in range(count):
        a_publication(f"专车{number}", at=hour(number / 2))
    with django_assert_num_queries({"looked at": 3, "index": 4, "both": 5}[way]) as captured:
        find_published(Asked(query=query, at=hour(9)), limit=10)
    assert not any("OFFSET" in query["sql"] for query in captured)
    assert not any('"text"' in query["sql"].split(" FROM ")[0] for query in captured)


def test_query_without_a_letter_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        find_published(Asked(query="！ %", at=MONDAY), limit=10)


# Making it anew


def test_rebuilding_repairs_whatever_was_wrong():
    """Missing, outdated, needless and damaged entries are right again; progress is told."""
    stories = [a_publication(f"松岭专车{number}", at=hour(number)).story for number in range(3)]
    withdraw(stories[0], 4, note="不实")
    kept = list(PublicationText.objects.order_by("pk").values())
    withdrawal = Publication.objects.get(kind="withdrawn")
    PublicationText.objects.create(publication=withdrawal, first_live_at=MONDAY, text="松岭", tokens="松岭")
    PublicationText.objects.filter(publication__story=stories[1]).delete()
    PublicationText.objects.filter(publication__story=stories[2]).update(text="x", tokens="x", first_live_at=MONDAY)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO articles_published(articles_published) VALUES ('delete-all')")
    told = []
    assert rebuild_published(lambda done, everything: told.append((done, everything))) == 3
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert list(PublicationText.objects.order_by("pk").values()) == kept
    assert found("松岭") == ["松岭专车2", "松岭专车1"]
    assert found("x") == []


def test_tokens_are_those_of_the_text():
    """What the index is made of is what queries are made into."""
    a_publication("松岭专车", summary="Straße 臺灣")
    row = PublicationText.objects.get()
    assert row.tokens.split(" ") == bigrams(row.text)
    assert row.first_live_at == MONDAY
