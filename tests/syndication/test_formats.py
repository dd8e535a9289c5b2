"""The formats: valid whatever is put in, and the same in all of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from articles.html import clean
from articles.models.feed_listing import FEED_FORMATS
from articles.syndication.entry import Change, Entry, Feed, Original, Person, Rights, State
from articles.syndication.formats import FORMATS
from tests.builders import MONDAY
from tests.syndication.feed_documents import ATOM, EXTENSIONS, atom, json_feed, rss

WRITE = {each.extension: each.write for each in FORMATS}

HOSTILE = [
    "</script><script>alert(1)</script>",
    "]]>",
    "<![CDATA[x]]>",
    "&amp; &lt; &#0; &nbsp;",
    "\x00\x08\x0b\x1f\x7f\x85",
    "\ufffe\uffff\ud800",
    "\u202eمرحبا\u202c שלום",
    "👩‍👩‍👧‍👦🇨🇳\U0010ffff",
    "“引号”——……\u2028\u2029",
    "\r\n\t ",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y 'z'>]>",
]
TEXT = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(alphabet=st.characters(codec=None), max_size=40),
    st.lists(st.sampled_from(HOSTILE), max_size=4).map("".join),
)


def an_entry(number: int = 1, **values) -> Entry:
    return Entry(
        **{
            "id": f"tag:news.example.org,2026-03-02:story/{number}",
            "url": f"https://news.example.org/2026/03/02/lie-che-{number}/",
            "title": "两趟专车",
            "published": MONDAY,
            "updated": MONDAY,
            "language": "zh-Hans",
            **values,
        }
    )


def a_feed(*entries: Entry, **values) -> Feed:
    return Feed(
        **{
            "title": "松岭报",
            "address": "https://news.example.org/feed",
            "home": "https://news.example.org/",
            "language": "zh-Hans",
            "publisher": "松岭报",
            "publisher_url": "https://news.example.org/",
            "entries": entries,
            **values,
        }
    )


def test_addresses_of_feeds_end_as_the_routes_allow():
    """The same endings as the cache is told of, and as the tests ask for."""
    assert tuple(WRITE) == FEED_FORMATS == EXTENSIONS


@given(title=TEXT, text=TEXT, name=TEXT)
def test_no_text_breaks_a_feed(title, text, name):
    """Whatever a headline, a text, a name or a notice holds, every format stays well-formed and loses no entry."""
    entries = [
        an_entry(
            number,
            title=title,
            summary=text,
            html=clean(f"<p>{text}</p>") if number % 2 else None,
            authors=(Person(name=name),),
            rights=Rights(notice=text, holder=name),
            original=Original(source=name, title=title, url="https://example.org/"),
            categories=(name, title),
            change=Change(kind="correction", label=name, note=text, made_at=MONDAY),
            state=state,
        )
        for number, state in enumerate(State)
    ]
    feed = a_feed(*entries, title=title, description=text, publisher=name)
    root = etree.fromstring(WRITE["rss"](feed).encode())
    assert len(root.findall("channel/item")) == len(entries)
    root = etree.fromstring(WRITE["atom"](feed).encode())
    assert len(root.findall(f"{ATOM}entry")) == len(entries)
    assert len(json.loads(WRITE["json"](feed).encode())["items"]) == len(entries)


@pytest.mark.parametrize("title", [text for text in HOSTILE if text.isprintable()])
def test_headline_is_read_as_it_was_written(title):
    feed = a_feed(an_entry(title=title))
    assert etree.fromstring(WRITE["atom"](feed).encode()).findtext(f"{ATOM}entry/{ATOM}title") == title
    assert etree.fromstring(WRITE["rss"](feed).encode()).findtext("channel/item/title") == title
    assert json.loads(WRITE["json"](feed))["items"][0]["title"] == title


def test_summary_is_text_and_no_markup():
    """RSS takes a description for HTML, so that it is escaped once more there."""
    feed = a_feed(an_entry(summary="a < b\n<b>"))
    assert etree.fromstring(WRITE["rss"](feed).encode()).findtext("channel/item/description") == (
        "<p>a &lt; b<br>&lt;b&gt;</p>"
    )
    assert etree.fromstring(WRITE["atom"](feed).encode()).findtext(f"{ATOM}entry/{ATOM}summary") == "a < b\n<b>"


def test_text_is_html_and_the_same_in_every_format():
    html = clean('<p>正文 <a href="https://example.org/?a=1&b=2">链</a> ]]&gt; <strong>重</strong></p>')
    feed = a_feed(an_entry(html=html))
    assert rss(WRITE["rss"](feed)).entries[0].content[0].value == html
    assert atom(WRITE["atom"](feed)).entries[0].content[0].value == html
    assert json_feed(WRITE["json"](feed))["items"][0]["content_html"] == html


def test_feed_says_where_it_is_and_what_it_belongs_to():
    feed = a_feed(an_entry(), description="一句话")
    for read in (rss, atom):
        extension = read.__name__
        document = read(WRITE[extension](feed)).feed
        assert (document.title, document.link, document.subtitle) == ("松岭报", "https://news.example.org/", "一句话")
        assert [link.href for link in document.links if link.rel == "self"] == [f"{feed.address}.{extension}"]
        assert document.language == "zh-Hans"
    document = json_feed(WRITE["json"](feed))
    assert (document["home_page_url"], document["feed_url"]) == (feed.home, f"{feed.address}.json")
    assert (document["description"], document["language"]) == ("一句话", "zh-Hans")


def test_guid_is_no_address():
    (guid,) = etree.fromstring(WRITE["rss"](a_feed(an_entry())).encode()).iter("guid")
    assert guid.attrib == {"isPermaLink": "false"}


def test_date_of_a_feed_is_that_of_its_newest_entry():
    newest = datetime(2026, 3, 2, 4, 5, 6, tzinfo=UTC)
    feed = a_feed(an_entry(1, updated=newest), an_entry(2))
    assert rss(WRITE["rss"](feed)).feed.updated == "Mon, 02 Mar 2026 04:05:06 +0000"
    assert atom(WRITE["atom"](feed)).feed.updated == "2026-03-02T12:05:06+08:00"


def test_feed_without_entries_is_valid_and_does_not_tell_the_time():
    """The same text whenever it is asked for: Atom has to have a date, and RSS leaves it out."""
    feed = a_feed()
    assert "updated" not in rss(WRITE["rss"](feed)).feed
    assert atom(WRITE["atom"](feed)).feed.updated.startswith("1970-01-01T")
    assert json_feed(WRITE["json"](feed))["items"] == []


def test_moments_have_the_offset_of_the_newsroom():
    (entry,) = json_feed(WRITE["json"](a_feed(an_entry())))["items"]
    assert settings.TIME_ZONE == "Asia/Shanghai"
    assert (entry["date_published"], entry["date_modified"]) == ("2026-03-02T09:00:00+08:00",) * 2
