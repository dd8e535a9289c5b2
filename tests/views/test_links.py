"""Every address that a reader's page, a feed or a sitemap of the whole site names is there, as it is named."""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Iterable
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from articles import clock
from tests.page import parsed
from tests.whole_site import ANSWERS, a_whole_site

# Where a document names another: elements with an address, and forms that are sent by GET.
_ADDRESSES = (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src"), ("form", "action"))
# The web server's, and the desk's, which asks who comes.
NOT_ASKED = ("/static/", "/admin/")


class Crawler:
    """Reads pages from `start` on, and each one they name, once; `missing` is what does not answer as it should."""

    def __init__(self, answers: dict[str, int]) -> None:
        self.answers = answers
        self.client = Client()
        self.known: dict[str, str] = {}
        self.anchors: dict[str, set[str]] = {}
        self.wanted_anchors: list[tuple[str, str, str]] = []
        self.missing: list[str] = []

    def read(self, start: Iterable[str]) -> None:
        waiting = deque(start)
        self.known = dict.fromkeys(waiting, "the list of pages")
        while waiting:
            address = waiting.popleft()
            response = self.client.get(address)
            if response.status_code != self.answers.get(address, 200):
                self.missing.append(f"{response.status_code} {unquote(address)}, named by {self.known[address]}")
                continue
            for named in self._named(address, response):
                path, anchor = urldefrag(named)
                if anchor:
                    self.wanted_anchors.append((address, path, anchor))
                if path not in self.known and not path.startswith(NOT_ASKED):
                    self.known[path] = unquote(address)
                    waiting.append(path)

    def _named(self, address: str, response) -> set[str]:
        """Addresses from the root of the site, of everything that the document names of it."""
        if response.headers["Content-Type"].startswith("image/"):
            return set()
        text = response.content.decode()
        # Whole addresses: of structured data, cards, feeds, sitemaps. Their fragments name things, and no places.
        whole = re.findall(re.escape(settings.SITE_URL) + r"(/[^\s\"'<>\\]*)", text)
        named = {urldefrag(html.unescape(found)).url for found in whole}
        if not response.headers["Content-Type"].startswith("text/html"):
            return named
        document = parsed(text)
        self.anchors[address] = {each.attributes["id"] for each in document.all() if "id" in each.attributes}
        for tag, attribute in _ADDRESSES:
            for element in document.all(tag):
                if attribute in element.attributes and element.attributes.get("method", "get") == "get":
                    named.add(urljoin(address, element.attributes[attribute]))
        return {each for each in named if not urlsplit(each).scheme}

    @property
    def dead_anchors(self) -> list[str]:
        """Places in documents that are named and are not there."""
        return [
            f"{unquote(path)}#{anchor}, named by {unquote(address)}"
            for address, path, anchor in self.wanted_anchors
            if path in self.anchors and anchor not in self.anchors[path]
        ]


@pytest.mark.django_db
@pytest.mark.parametrize("start", ["pages of every kind", "front page"])
def test_every_address_of_the_site_is_there(settings, start):
    """No address that is unknown, gone or leads elsewhere; no place in a page that is not there; in both scripts."""
    settings.EARLIER_VERSIONS, settings.LANGUAGE_CODE = True, "zh-hans"
    pages = a_whole_site(clock.now())
    crawler = Crawler(expected_answers(pages))
    crawler.read([*pages.values(), "/sitemap.xml", "/robots.txt"] if start == "pages of every kind" else ["/"])
    assert crawler.missing == []
    assert crawler.dead_anchors == []
    # Whoever begins at the front page comes everywhere, but to a search for a word, to what was taken back, and to a
    # page that begins at another place than leafing comes to.
    alone = {"search_found", "search_nothing", "withdrawn", "missing", "older"}
    assert {address for kind, address in pages.items() if kind not in alone} <= set(crawler.known)
    assert {"/zh-hant/archive/", "/feed.rss", "/page/imprint/"} <= set(crawler.known)


def expected_answers(pages: dict[str, str]) -> dict[str, int]:
    """What answers with something else than 200, and with what."""
    answers = {pages[kind]: status for kind, status in ANSWERS.items()}
    # Feeds tell that a story was withdrawn, under an address without its words.
    answers[re.sub(r"[^/]+(-\d+/)$", r"withdrawn\1", pages["withdrawn"])] = 410
    answers |= {f"/zh-hant{address}": status for address, status in answers.items()}
    # Written in another language or in this script: there is one page of these, to which the other address leads.
    return answers | {f"/zh-hant{pages[kind]}": 302 for kind in ("english", "traditional")}
