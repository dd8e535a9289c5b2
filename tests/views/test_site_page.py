"""Simple pages as readers have them: when they are public, in their own language, and linked at the foot."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from articles.actions import save_site_page
from articles.models import SitePage
from articles.views.time_machine import address_at
from tests.builders import MONDAY, OPERATOR
from tests.page import inline_code, page

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
# The clock of tests/views stands here.
NOW = MONDAY.replace(hour=2)


def a_page(title: str = "关于我们", **fields) -> SitePage:
    return save_site_page(page=SitePage(title=title, **{"live_from": MONDAY, **fields}), by=OPERATOR, now=MONDAY)


def test_public_page_is_read(client):
    row = a_page(body="<p>我们是谁</p><table><tr><td>格</td></tr></table>")
    response = client.get(row.get_absolute_url())
    document = page(response)
    assert document.one("h1").text == "关于我们"
    assert "我们是谁" in document.one("div", "story-text").text
    assert document.one("div", "table-box").one("table")
    assert document.one("p", "site-page-changed").one("time").attributes["datetime"].startswith("2026-03-02")
    assert document.one("html").attributes["lang"] == "zh-Hans"
    assert response["Content-Language"] == "zh-hans"
    assert inline_code(document) == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [("3", "2"), ("3 4 4 3 4", "2 3 3 2 3"), ("4 3", "2 2"), ("2 4", "2 3"), ("2 3 4 2", "2 3 4 2"), ("4", "2")],
)
def test_headings_follow_that_of_the_page(client, written, shown):
    """Whatever the editor offers: no level is left out, and each heading ends as it began."""
    row = a_page(body="".join(f"<h{level} title='x'>标题{level}</h{level}><p>字</p>" for level in written.split()))
    text = page(client.get(row.get_absolute_url())).one("div", "story-text")
    headings = [one for one in text.all() if one.tag in {"h2", "h3", "h4"}]
    assert " ".join(one.tag[1] for one in headings) == shown
    assert [one.text for one in headings] == [f"标题{level}" for level in written.split()]


def test_page_tells_machines_where_it_is(client):
    row = a_page(body="<p>" + "我们是谁。" * 80 + "</p>")
    document = page(client.get(row.get_absolute_url() + "?utm_source=x"))
    canonical = [one.attributes["href"] for one in document.all("link", rel="canonical")]
    assert canonical == ["https://news.example.org/page/guan-yu-wo-men/"]
    [description] = [one.attributes["content"] for one in document.all("meta", name="description")]
    assert description.startswith("我们是谁")
    assert len(description) <= 120


@pytest.mark.parametrize(
    ("site", "language", "tag", "content_language", "text"),
    [
        ("en", "en", "en", "en", None),
        ("en", "zh-hant", "en", "en", "zh-Hant"),
        ("en", "zh-hans", "zh-Hans", "zh-hans", None),
        # Its furniture is converted.
        ("zh-hans", "zh-hant", "zh-Hant", "zh-Hant", "zh-Hant"),
    ],
)
def test_page_speaks_its_own_language(client, settings, site, language, tag, content_language, text):
    """The words around it too, where the site has that language; else each is marked as what it is."""
    settings.LANGUAGE_CODE = site
    row = a_page("About", language=language, body="<p>About</p>")
    response = client.get(row.get_absolute_url())
    document = page(response)
    assert document.one("html").attributes["lang"] == tag
    assert [one.attributes.get("lang") for one in document.all("div", "story-text")] == [text]
    assert response["Content-Language"] == content_language


@pytest.mark.parametrize("live_from", [None, NOW + HOUR], ids=["draft", "scheduled"])
def test_page_that_is_not_public_is_nowhere(client, cast, live_from):
    """Neither its own page, nor its name or its address on any other; for colleagues as for readers."""
    row = a_page("雎鸠草稿", slug="canary-slug", body="<p>雎鸠草稿</p>", live_from=live_from, purpose="about")
    client.force_login(cast.chief_editor)
    for asking in (client, Client()):
        assert asking.get(row.get_absolute_url()).status_code == 404
        for path in ("/", "/page/nowhere/", reverse("articles:corrections"), "/robots.txt", "/sitemap-pages.xml"):
            text = asking.get(path).content.decode()
            assert "雎鸠" not in text
            assert "canary-slug" not in text


def test_scheduled_page_is_there_from_its_minute_on(client, reading_at):
    row = a_page(live_from=NOW + HOUR)
    for moment, status in ((NOW + HOUR - timedelta(seconds=1), 404), (NOW + HOUR, 200)):
        reading_at(moment)
        assert client.get(row.get_absolute_url()).status_code == status


def test_time_machine_shows_the_page_to_come_to_colleagues_only(client, cast):
    row = a_page("雎鸠将来", live_from=NOW + HOUR)
    before, after = (address_at(row.get_absolute_url(), NOW + wait) for wait in (HOUR / 2, HOUR))
    assert "雎鸠" not in Client().get(after).content.decode()
    client.force_login(cast.reporter)
    assert client.get(before).status_code == 404
    assert page(client.get(after)).one("h1").text == "雎鸠将来"


@pytest.mark.parametrize("slug", ["nowhere", "x" * 5000, "-", "_", "0"])
def test_page_that_does_not_exist_is_not_found(client, slug):
    assert client.get(f"/page/{slug}/").status_code == 404


def test_only_reading_is_possible(client):
    row = a_page()
    assert client.head(row.get_absolute_url()).status_code == 200
    for ask in (client.post, client.put, client.delete, client.patch):
        assert ask(row.get_absolute_url()).status_code == 405


def test_text_past_the_form_is_cleaned_again(client):
    """A row that another tool wrote is no way in."""
    row = a_page()
    hostile = "<p>好</p><script>alert(1)</script><img src=x onerror=alert(1)>"
    SitePage.objects.filter(pk=row.pk).update(body=hostile, title="<script>alert(1)</script>")
    document = page(client.get(row.get_absolute_url()))
    assert inline_code(document) == []
    assert document.one("h1").text == "<script>alert(1)</script>"


def links(response) -> list[str]:
    return [one.text for one in page(response).one("nav", "footer-pages").all("a")]


def test_foot_links_pages_in_their_order(client):
    a_page("二", position=2)
    a_page("一", position=1)
    a_page("不在", in_footer=False)
    assert links(client.get("/"))[:2] == ["一", "二"]
    assert "不在" not in links(client.get("/"))


def test_foot_links_the_pages_about_the_whole_site(client):
    hrefs = {one.attributes["href"] for one in page(client.get("/")).one("nav", "footer-pages").all("a")}
    assert hrefs == {reverse(f"articles:{name}") for name in ("corrections", "archive", "feeds")}


def test_foot_prefers_the_language_of_the_page(client):
    """One link for each purpose; what there is in another language only is linked and marked as such."""
    a_page("关于我们", purpose="about")
    a_page("About us", purpose="about", language="en")
    a_page("联系", purpose="contact")
    a_page("Free page", language="en")
    assert set(links(client.get("/"))[:3]) == {"About us", "联系", "Free page"}
    [contact] = [one for one in page(client.get("/")).one("nav", "footer-pages").all("a") if one.text == "联系"]
    assert contact.attributes["hreflang"] == contact.attributes["lang"] == "zh-Hans"


def test_page_says_where_it_is_in_the_foot(client):
    row = a_page()
    [here] = page(client.get(row.get_absolute_url())).one("nav", "footer-pages").all("a", **{"aria-current": "page"})
    assert here.attributes["href"] == row.get_absolute_url()


@pytest.mark.parametrize("pages", [1, 30])
def test_queries_do_not_grow_with_the_pages(client, django_assert_num_queries, pages):
    """The page, the pages at the foot, the sections, the identity."""
    rows = [a_page(f"页{number}") for number in range(pages)]
    client.get("/")
    with django_assert_num_queries(4):
        assert client.get(rows[0].get_absolute_url()).status_code == 200
