"""Addresses and ids in feeds."""

from __future__ import annotations

import pytest

from articles.html import CleanHtml, clean
from articles.syndication.addresses import absolute, permanent_id, with_absolute_links
from tests.builders import MONDAY

PAGE = "https://news.example.org/2026/03/02/lie-che-1/"


@pytest.mark.parametrize(
    ("href", "leads_to"),
    [
        ("/section/news/", "https://news.example.org/section/news/"),
        ("#part-2", f"{PAGE}#part-2"),
        ("picture.png", f"{PAGE}picture.png"),
        ("?page=2&amp;x=1", f"{PAGE}?page=2&amp;x=1"),
        ("//example.org/x", "https://example.org/x"),
        ("https://example.org/a?b=1&amp;c=2", "https://example.org/a?b=1&amp;c=2"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("/搜索/", "https://news.example.org/%E6%90%9C%E7%B4%A2/"),
    ],
)
def test_links_work_anywhere(href, leads_to):
    html = clean(f'<p><a href="{href}">链</a></p>')
    assert f' href="{leads_to}"' in with_absolute_links(html, PAGE)


def test_pictures_work_anywhere():
    found = with_absolute_links(clean('<p><img src="/a.png" alt="图"></p>'), PAGE)
    assert ' src="https://news.example.org/a.png"' in found


def test_other_attributes_are_left_alone_whatever_they_say():
    html = clean("""<p><a title=' href="/no" > ' href="/yes">链</a></p>""")
    found = with_absolute_links(html, PAGE)
    assert "/no" in found
    assert "https://news.example.org/no" not in found
    assert ' href="https://news.example.org/yes"' in found


def test_text_that_speaks_of_links_is_left_alone():
    html = clean('<p>写作 &lt;a href="/x"&gt; 的代码</p><p lang="en" title="href">x</p>')
    assert with_absolute_links(html, PAGE) == html


def test_address_that_nobody_can_read_stays_as_it_is():
    html = CleanHtml('<p><a href="http://[x">链</a></p>')
    assert with_absolute_links(html, PAGE) == html
    assert absolute("http://[x") == "http://[x"


def test_result_is_still_clean():
    """Cleaning it again changes nothing, so nothing came in with the addresses."""
    html = clean('<p><a href="/a%22onclick=%22b">链</a> <img src="/p?a=1&b=2" alt="图"></p>')
    found = with_absolute_links(html, PAGE)
    assert clean(found) == found


def test_host_of_an_id_has_no_port_and_is_ascii(settings):
    settings.SITE_URL = "http://localhost:8000"
    assert permanent_id(MONDAY, "story/7") == "tag:localhost,2026-03-02:story/7"
    settings.SITE_URL = "https://新闻.example"
    assert permanent_id(MONDAY, "story/7") == "tag:xn--efvy88h.example,2026-03-02:story/7"
