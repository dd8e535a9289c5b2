"""Every route of the site, whatever stands behind its question mark, before its path or in the headers of a request."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from django.test import Client

from tests.page import page
from tests.public_addresses import QUERIES
from tests.public_canary import NOW, a_site

SITE = "https://news.example.org"
EVIL = "evil.example"
SCRIPT = "\"'><script>alert(1)</script>"
HUGE = "1" + "0" * 30
OTHER_SCRIPT = "/zh-hant/"
NUMBERS = ["-1", "0", HUGE, f"{HUGE}-{HUGE}", "%00", SCRIPT]
BEFORE = [f"//{EVIL}", f"/\\{EVIL}", f"/%2F%2F{EVIL}", f"/%5C{EVIL}", f"/zh-hant//{EVIL}", f"/at/x//{EVIL}", "/zh-hant"]
BEHIND = ["%00", "%2e%2e/", "../../etc/passwd", "%5C..%5C", "%F0%9F%A6%A4/", "%E2%80%AE/", "%FF%FE", ";a=b", "x" * 5000]
BEHIND += ["%0d%0aSet-Cookie:x=1", "%3Cscript%3Ealert(1)%3C/script%3E/"]


@pytest.fixture
def addresses(db, settings, reading_at) -> list[str]:
    """One path of each route, without its query, in both scripts; all are of things that exist."""
    settings.SITE_URL, settings.EARLIER_VERSIONS = SITE, True
    reading_at(NOW)
    found: dict[tuple[str, bool], str] = {}
    for name, path in a_site("live").addresses():
        found.setdefault((name, path.startswith(OTHER_SCRIPT)), path.removesuffix(QUERIES.get(name, "")))
    return list(found.values())


@pytest.fixture
def plain_addresses(addresses) -> list[str]:
    """The same in one script."""
    return [path for path in addresses if not path.startswith(OTHER_SCRIPT)]


def text_of(response: Any) -> str:
    compressed = response.get("Content-Encoding") == "gzip"
    return (gzip.decompress(response.content) if compressed else response.content).decode(errors="replace")


def assert_harmless(response: Any, where: object) -> None:
    """No fault, nothing of the request unescaped, no way to another host."""
    assert response.status_code < 500, where
    assert "<script>alert" not in text_of(response), where
    location = response.get("Location", "")
    assert not location or (location.startswith(("/", f"{SITE}/", "?")) and location[:2] not in {"//", "/\\"}), where
    if response.get("Content-Type", "").startswith("text/html") and not response.has_header("Content-Encoding"):
        links = page(response).all("link", rel="canonical") + page(response).all("link", rel="alternate")
        for link in links:
            assert link.attributes["href"].startswith((f"{SITE}/", "/")), where


@pytest.mark.parametrize(
    "query",
    [
        *(f"page={value}&before={value}&q={value}&from={value}" for value in NUMBERS),
        f"q={'松' * 5000}&section={SCRIPT}&from=9999-99-99&until={HUGE}",
        "q=%E2%80%AE%E2%81%A6%F0%9F%A6%A4&from=0000-00-00&until=10000-01-01&sort=%FF&page=%ED%A0%80",
        f"{SCRIPT}={SCRIPT}",
        f"next=//{EVIL}/&url=https://{EVIL}/&format={SCRIPT}",
        "year=2026&month=13&day=32&date=2026-02-30",
    ],
    ids=lambda query: ascii(query)[:24],
)  # fmt: skip
def test_any_query_is_answered(reader, addresses, query):
    for path in addresses:
        assert_harmless(reader.get(f"{path}?{query}"), (path, query))


@pytest.mark.parametrize(
    "headers",
    [
        {"accept-language": f"{SCRIPT}, zz;q=99, *;q=x, {'a-' * 3000}", "if-none-match": f"{SCRIPT}, " + '"y",' * 500},
        {"if-none-match": 'W/"', "if-match": "*", "range": f"bytes=-1,{HUGE}-0", "if-range": SCRIPT},
        {"if-modified-since": "Fri, 31 Dec 99999 23:59:59 GMT", "if-unmodified-since": "now"},
        {"if-modified-since": "Fri, 31 Dec 9999 23:59:59 GMT", "x-original-url": "/admin/", "x-rewrite-url": "/admin/"},
        {"if-modified-since": "Thu, 01 Jan 0000 00:00:00 GMT", "x-http-method-override": "DELETE"},
        {"accept-encoding": "gzip;q=nan, *;q=-1", "accept": SCRIPT, "user-agent": SCRIPT, "referer": f"//{EVIL}"},
        {"cookie": f"sessionid={SCRIPT}; csrftoken=\x7f; django_language={HUGE}", "authorization": "Basic =="},
    ],
    ids=lambda headers: "+".join(headers)[:40],
)  # fmt: skip
def test_any_header_is_answered(reader, addresses, headers):
    """As without it, or, to a condition, that nothing changed (304) or that it does not hold (412)."""
    for path in addresses:
        plain, asked = reader.get(path).status_code, reader.get(path, headers=headers)
        assert_harmless(asked, path)
        assert asked.status_code in {plain, 304, 412}, path


@pytest.mark.parametrize(
    "headers",
    [
        {"host": EVIL},
        {"x-forwarded-host": EVIL, "x-forwarded-server": EVIL, "forwarded": f"host={EVIL}"},
        {"host": f"{EVIL}:8000", "x-forwarded-proto": "gopher", "x-forwarded-port": HUGE},
    ],
    ids=lambda headers: "+".join(headers)[:40],
)
def test_host_of_a_request_stands_in_no_answer(reader, addresses, headers, settings):
    """Also where every host is allowed: addresses in full begin as the settings have it."""
    settings.ALLOWED_HOSTS = ["*"]
    for path in addresses:
        response = reader.get(path, headers=headers)
        assert response.status_code < 500, path
        assert EVIL not in f"{dict(response.headers)}{response.content.decode()}", path


def test_host_that_is_not_allowed_gets_nothing(reader, plain_addresses, settings):
    settings.ALLOWED_HOSTS = ["news.example.org"]
    for path in plain_addresses:
        response = reader.get(path, headers={"host": EVIL})
        assert response.status_code == 400, path
        assert EVIL not in response.content.decode(), path


@pytest.mark.parametrize("before", BEFORE)
def test_nothing_before_a_path_leads_elsewhere(reader, plain_addresses, before):
    """With the last slash and without, which the site adds by a redirect."""
    for path in plain_addresses:
        for address in (before + path, (before + path).rstrip("/")):
            assert_harmless(reader.get(address), address)


@pytest.mark.parametrize("behind", BEHIND, ids=lambda text: text[:12])
def test_nothing_behind_a_path_is_a_fault(reader, plain_addresses, behind):
    """It is no page, or it is the page itself."""
    for path in plain_addresses:
        response = reader.get(path + behind)
        assert_harmless(response, path)
        assert not response.cookies, path


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_no_method_writes(plain_addresses, method):
    """Whatever is sent: what is only read says so."""
    client = Client(raise_request_exception=False)
    for path in plain_addresses:
        data = {} if method == "trace" else {"data": b"\xed\xa0\x80", "content_type": "text/plain"}
        response = getattr(client, method)(path, **data)
        assert response.status_code in {301, 302, 403, 404, 405}, path
        assert_harmless(response, path)


@pytest.mark.parametrize(
    "path",
    [
        "/archive/2026/02/30/",
        "/archive/2026/13/",
        "/archive/2026/00/",
        "/archive/0000/00/00/",
        "/archive/0001/01/01/",
        "/archive/0001/01/",
        "/archive/9999/12/31/",
        "/archive/9999/12/",
        "/archive/２０２６/０３/",
        f"/archive/{HUGE}/01/",
        f"/list/{HUGE}/feed.atom",
        f"/list/{'9' * 18}/feed.rss",
        "/list/0/feed.json",
        "/list/-1/feed.json",
        "/section/none/feed.atom",
        "/section/news/feed.exe",
        "/nothing/news/feed.rss",
        "/sitemap-stories--1.xml",
        f"/sitemap-stories-{HUGE}.xml",
        "/sitemap-stories-٣.xml",
        "/style-ffffffffffff.css.map",
        "/logo-light-ffffffffffff.png",
        "/page/%00/",
        f"/page/{'x' * 5000}/",
        "/source/%FF/",
        "/zh-hant/archive/2026/02/30/",
        "/zh-hant/%00/",
        "/zh-hant",
        "/.well-known/",
        "/.well-known/security.txt/",
    ],
    ids=lambda path: ascii(path)[:40],
)
def test_date_or_number_of_nothing_is_not_found(reader, addresses, path):
    """Dates no calendar has, numbers no database holds, endings no file has. The year 1 had days, without a story."""
    response = reader.get(path, follow=True)
    assert response.status_code == (200 if path == "/zh-hant" else 404), path
    assert_harmless(response, path)
