"""Rights in feeds: which notice stands in an entry, and how much of the text it lets go out."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from articles.models import CopyrightNotice, Publication, SiteIdentity, Source
from articles.syndication import entries
from articles.syndication.rights import amount, notice_of
from tests.builders import MONDAY, a_publication
from tests.publishing import change, hour, publish
from tests.story_lists import a_list, item
from tests.syndication.feed_documents import answer, atom, body, items, json_feed, rss

pytestmark = pytest.mark.django_db

HEADLINE, SUMMARY, TEXT = "标题文字", "摘要文字", "正文文字"


@pytest.fixture
def source() -> Source:
    return Source.objects.create(name="新华社", name_key="新华社", slug="xinhua")


def a_notice(source: Source, text: str = "版权归新华社所有", *, since: float = -1, **values) -> CopyrightNotice:
    return CopyrightNotice.objects.create(source=source, text=text, effective_from=hour(since), **values)


def published(source: Source | None, **values) -> Publication:
    return a_publication(
        HEADLINE, source=source, summary=SUMMARY, subsections=[("小节", "１", f"<p>{TEXT}</p>")], **values
    )


def documents() -> dict[str, str]:
    return {extension: body(f"/feed.{extension}") for extension in ("rss", "atom", "json")}


@pytest.mark.parametrize(
    ("feeds", "goes_out", "stays"),
    [("full", {SUMMARY, TEXT}, set()), ("summary", {SUMMARY}, {TEXT}), ("headline", set(), {SUMMARY, TEXT})],
)
def test_as_much_goes_out_as_the_notice_allows(source, reading_at, feeds, goes_out, stays):
    a_notice(source, feeds=feeds)
    published(source)
    reading_at(hour(1))
    for document in documents().values():
        assert HEADLINE in document
        assert {word for word in (SUMMARY, TEXT) if word in document} == goes_out
        assert not any(word in document for word in stays)
    assert items()[0]["_newsroom"]["feeds"] == feeds


@pytest.mark.parametrize("has_source", [True, False])
def test_without_a_notice_headline_and_summary_go_out(source, reading_at, has_source):
    published(source if has_source else None)
    reading_at(hour(1))
    for document in documents().values():
        assert SUMMARY in document
        assert TEXT not in document


def test_rights_stand_in_every_entry_of_every_format(source, reading_at):
    a_notice(
        source,
        feeds="full",
        holder="新华通讯社",
        licence_url="https://example.org/licence",
        usage_terms="不得转载",
        licensing_url="https://example.org/ask",
    )
    published(source)
    reading_at(hour(1))
    said = "版权归新华社所有 新华通讯社 不得转载"
    for feed in (rss(body("/feed.rss")), atom(body("/feed.atom"))):
        (entry,) = feed.entries
        assert entry.rights == said
        assert [link.href for link in entry.links if link.rel == "license"] == ["https://example.org/licence"]
        assert "版权归新华社所有" in entry.content[0].value
    assert items()[0]["_newsroom"]["rights"] == {
        "notice": "版权归新华社所有",
        "holder": "新华通讯社",
        "licence_url": "https://example.org/licence",
        "usage_terms": "不得转载",
        "licensing_url": "https://example.org/ask",
    }


def test_reprint_names_where_it_was_first(source, reading_at):
    a_notice(source, feeds="full")
    published(source, original_url="https://example.org/原文", original_title="原来的标题", original_author="王二")
    reading_at(hour(1))
    url = "https://example.org/%E5%8E%9F%E6%96%87"
    (entry,) = rss(body("/feed.rss")).entries
    assert (entry.source.href, entry.source.title, entry.author) == (url, "新华社", "王二")
    (entry,) = atom(body("/feed.atom")).entries
    assert [(link.href, link.title) for link in entry.links if link.rel == "via"] == [(url, "原来的标题")]
    assert (entry.source.title, entry.source.id, entry.source.author) == ("新华社", url, "王二")
    (entry,) = items()
    assert entry["_newsroom"]["original"] == {"title": "原来的标题", "author": "王二", "url": url}
    assert entry["external_url"] == url
    assert all(word in entry["content_html"] for word in ("新华社", "原来的标题", "王二", url))


def test_new_notice_leaves_earlier_stories_as_they_were(source):
    a_notice(source, feeds="full")
    published(source)
    a_notice(source, "新的声明", since=2, feeds="headline")
    assert [entries.of_site(hour(n)).entries[0].amount for n in (1, 3)] == ["full", "full"]
    published(source, at=hour(4))
    assert [entry.amount for entry in entries.of_site(hour(5)).entries] == ["headline", "full"]


def test_new_notice_may_apply_to_earlier_stories_from_its_moment_on(source):
    """The text goes out no longer from that moment. A notice may be dated back, so the feed names no date at all."""
    a_notice(source, feeds="full")
    published(source)
    a_notice(source, "新的声明", since=2, feeds="headline", applies_to_earlier=True)
    found = {n: entries.of_site(hour(n)) for n in (1, 1.99, 2, 3)}
    assert [found[n].entries[0].amount for n in found] == ["full", "full", "headline", "headline"]
    assert [found[n].changed_at for n in found] == [None] * 4
    assert found[3].entries[0].rights.notice == "新的声明"


def test_retracted_text_does_not_go_out_whatever_the_notice_allows(source, reading_at):
    a_notice(source, feeds="full")
    story = published(source).story
    change(story, "收回的稿件")
    publish(story, 1, change="retraction", note="不实")
    reading_at(hour(2))
    for document in documents().values():
        assert TEXT not in document
        assert SUMMARY not in document


def test_teaser_of_a_list_goes_out_only_where_a_summary_may(source, reading_at):
    a_notice(source, feeds="headline")
    row = a_list(item(published(source), teaser="列表导语", headline="列表标题"))
    reading_at(hour(1))
    (entry,) = json_feed(body(f"/list/{row.pk}/feed.json"))["items"]
    assert entry["title"] == "列表标题"
    assert "列表导语" not in str(entry)


def test_rule_is_the_one_of_the_page(source):
    """For any notices and moments, the notice in a feed is the one under the story."""
    other = Source.objects.create(name="本报", name_key="本报", slug="paper")
    for since, earlier in product((-2, 0, 2, 4), (False, True)):
        a_notice(source, f"{since}{earlier}", since=since + earlier / 10, applies_to_earlier=earlier)
    a_notice(other, "别的来源", since=-3, applies_to_earlier=True)
    asked = [hour(n) for n in (-3, -2, -1, 0, 1, 2, 3, 4, 5)]
    for live_from, at in product(asked, asked):
        known = CopyrightNotice.objects.filter(effective_from__lte=at)
        expected = CopyrightNotice.objects.for_publication(source.pk, live_from, at).first()
        assert notice_of(known, source.pk, live_from) == expected
    assert notice_of(CopyrightNotice.objects.all(), None, MONDAY) is None


def test_amount_without_a_notice_is_the_summary():
    assert amount(None) == "summary"
    assert amount(CopyrightNotice(feeds="full", effective_from=MONDAY - timedelta(1))) == "full"


def test_feed_says_that_mining_is_reserved_where_one_of_its_stories_says_so(source, reading_at):
    """The site itself allows it; the reservation of a source holds in whatever document its text goes out."""
    SiteIdentity.objects.create(pk=1, name="站", reserves_data_mining=False)
    a_notice(source, feeds="full", data_mining="reserved", licensing_url="https://example.org/ask")
    a_publication("自己写的")
    reading_at(hour(1))
    assert answer("/feed.atom").headers["tdm-reservation"] == "0"
    published(source)
    for address in ("/feed", "/section/news/feed", "/source/xinhua/feed"):
        for extension in ("rss", "atom", "json"):
            response = answer(f"{address}.{extension}")
            assert response.headers["tdm-reservation"] == "1"
            assert response.headers["tdm-policy"] == "https://example.org/ask"
