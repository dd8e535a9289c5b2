"""The site in traditional characters: its addresses, what is converted, and that nothing else changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_script_prefix, reverse

from articles.actions import publish_story, withdraw_story
from articles.models import ConversionTerm, SiteIdentity, Topic
from articles.views import script
from tests.builders import MONDAY, OPERATOR, a_publication, a_story
from tests.page import page
from tests.story_lists import a_list, item

HOUR = timedelta(hours=1)
HEADLINE = "松岭县发展软件产业"
IN_TRADITIONAL = "松嶺縣發展軟件產業"


@pytest.fixture(autouse=True)
def simplified_site(reading_at, settings):
    settings.LANGUAGE_CODE = "zh-hans"
    reading_at(MONDAY + HOUR)


@pytest.fixture
def reader(db) -> Client:
    return Client()


@pytest.fixture
def staff(cast) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.reporter)
    return client


def traditional(path: str) -> str:
    return f"/zh-hant{path}"


def test_story_is_read_in_traditional_characters_and_stays_what_it_is(reader):
    """Characters change, words do not; the page says what it is written in; the plain page is as it was."""
    path = a_publication(HEADLINE, opening="<p>干部说：“头<em>发</em>”。</p>").get_absolute_url()
    before = reader.get(path).content
    response = reader.get(traditional(path))
    shown = page(response)
    assert response["Content-Language"] == "zh-Hant"
    assert shown.one("html").attributes["lang"] == "zh-Hant"
    assert shown.one("h1").text == IN_TRADITIONAL
    assert "幹部說：「頭<em>髮</em>」。" in response.text
    assert reader.get(path).content == before
    assert HEADLINE in reader.get(path).text


@pytest.mark.parametrize("path", ["/", "/section/news/", "/topic/spring/"])
def test_links_of_a_page_stay_in_its_script(reader, path):
    """Those the site makes, and those an editor typed, but for what has one script only."""
    a_publication(HEADLINE, topics=[Topic.objects.create(slug="spring", name="春运")])
    shown = page(reader.get(traditional(path)))
    links = [link.attributes["href"] for link in shown.one("body").all("a") if link.attributes["href"].startswith("/")]
    assert len(links) > 3
    plain = shown.one("ul", css_class="script-choice").one("a", lang="zh-Hans").attributes["href"]
    assert plain == path
    assert {href for href in links if not href.startswith("/zh-hant/")} == {plain}


def test_address_an_editor_typed_leads_to_the_same_script(reader):
    """A page of this site; a file for programs and another site are linked as they are."""
    a_publication(HEADLINE)
    typed = ["/section/news/", "/robots.txt", "https://example.org/section/news/", "/nothing/"]
    a_list(*[item(url, headline=f"链接{number}") for number, url in enumerate(typed)])
    shown = page(reader.get(traditional("/")))
    found = {link.text: link.attributes["href"] for link in shown.one("main").all("a")}
    assert [found[f"鏈接{number}"] for number in range(4)] == ["/zh-hant/section/news/", *typed[1:]]


def test_addresses_of_both_scripts_are_told_to_search_engines_and_readers(reader, settings):
    """Absolute, from the settings, the same on both pages; the canonical address is that of the page itself."""
    path = a_publication(HEADLINE).get_absolute_url()
    for address in (path, traditional(path)):
        shown = page(reader.get(address, headers={"host": "localhost"}))
        found = {
            link.attributes["hreflang"]: link.attributes["href"]
            for link in shown.all("link", rel="alternate")
            if "hreflang" in link.attributes
        }
        assert found == {
            "zh-Hans": settings.SITE_URL + path,
            "zh-Hant": settings.SITE_URL + traditional(path),
            "x-default": settings.SITE_URL + path,
        }
        assert shown.one("link", rel="canonical").attributes["href"] == settings.SITE_URL + address
        choice = shown.one("ul", css_class="script-choice")
        assert [link.attributes["href"] for link in choice.all("a")] == [path, traditional(path)]
        assert choice.one("a", **{"aria-current": "true"}).attributes["href"] == address
        # Each in its own characters, whatever the page is in.
        assert [link.text for link in choice.all("a")] == ["简体", "繁體"]


@pytest.mark.parametrize("language", ["en", "zh-hant"])
def test_story_that_is_not_simplified_has_its_own_page_only(reader, settings, language):
    """The derived address leads to it, and neither page offers another."""
    path = a_publication("后台 wind", language=language).get_absolute_url()
    response = reader.get(f"{traditional(path)}?a=1")
    assert (response.status_code, response["Location"]) == (302, f"{path}?a=1")
    shown = page(reader.get(path))
    assert "后台 wind" in shown.one("h1").text
    links = [link.attributes for link in shown.all("link", rel="alternate") if "hreflang" in link.attributes]
    assert [(link["hreflang"].lower(), link["href"]) for link in links] == [(language, settings.SITE_URL + path)]
    assert not shown.all("ul", css_class="script-choice")


def test_story_written_in_traditional_characters_has_them_around_it_too(reader):
    """Its own text is not touched, whatever the dictionaries would make of it; the site's words are converted."""
    SiteIdentity.objects.create(pk=1, name="松岭新闻")
    topic = Topic.objects.create(slug="spring", name="返乡发展")
    publication = a_publication("皇后與后台", language="zh-hant", opening="<p>台北的后台发。</p>", topics=[topic])
    response = reader.get(publication.get_absolute_url())
    shown = page(response)
    assert response["Content-Language"] == "zh-Hant"
    assert shown.one("html").attributes["lang"] == "zh-Hant"
    assert shown.one("h1").text == "皇后與后台"
    assert "<p>台北的后台发。</p>" in response.text
    assert "返鄉發展" in shown.one("nav", css_class="topics").text
    assert not {element.attributes["lang"] for element in shown.all() if "lang" in element.attributes} - {"zh-Hant"}


@pytest.mark.parametrize(
    "path",
    "/health/ /robots.txt /sitemap.xml /feed.atom /topic/x/feed.json /.well-known/tdmrep.json /admin/ /at/".split(),
)
def test_what_is_for_programs_and_the_desk_has_no_second_script(reader, path):
    """The prefix is taken away, and the query stays."""
    response = reader.get(f"{traditional(path)}?a=1")
    assert (response.status_code, response["Location"]) == (302, f"{path}?a=1")


@pytest.mark.parametrize(
    "path",
    [
        "/zh-hant/zh-hant/",
        "/zh-hant/nothing/",
        "/zh-hant/static/articles/favicon.svg",
        "/zh-hant//evil.example/",
        "/zh-hant/at/2026-03-02T00:00:00Z/",
    ],
)
def test_address_of_nothing_answers_in_the_script(reader, path):
    response = reader.get(path)
    assert response.status_code == 404
    assert page(response).one("html").attributes["lang"] == "zh-Hant"


def test_addresses_lead_nowhere_else(reader):
    """The prefix without its slash, a page without its slash, a host in the path."""
    a_publication(HEADLINE)
    assert reader.get("/zh-hant?q=1")["Location"] == "/zh-hant/?q=1"
    assert reader.get("/zh-hant/section/news")["Location"] == "/zh-hant/section/news/"
    assert reader.get("/zh-hant//evil.example/..").status_code == 404
    assert reader.get("/zh-hant.evil/").status_code == 404


def test_redirects_of_a_page_keep_the_script(reader):
    """A story under an old day is found at its day, in the script it was asked for."""
    path = a_publication(HEADLINE).get_absolute_url()
    response = reader.get(traditional(path.replace("/2026/03/02/", "/2025/01/01/")))
    assert (response.status_code, response["Location"]) == (301, traditional(path))


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_is_written_through_the_prefix(reader, method):
    response = getattr(reader, method)("/zh-hant/")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_words_and_the_name_of_the_site_become_what_the_newsroom_says(reader):
    """A term counts before the dictionaries, the longer one before the shorter; it cannot leave its place."""
    SiteIdentity.objects.create(pk=1, name="松岭日报", name_traditional="松岭日報")
    for simplified, given in (("松岭", "松嶺山"), ("松岭县", "松岭縣"), ("软件", '軟體<script>"')):
        ConversionTerm.objects.create(simplified=simplified, traditional=given)
    path = a_publication("松岭县发展软件 松岭").get_absolute_url()
    response = reader.get(traditional(path))
    shown = page(response)
    assert shown.one("h1").text == '松岭縣發展軟體<script>" 松嶺山'
    assert "軟體<script>" not in response.text
    assert "松岭日報" in shown.one("title").text


def test_query_count_is_one_more_than_that_of_the_page(reader, django_assert_num_queries):
    """The terms are read once, however many stories the page lists."""
    for number in range(3):
        a_publication(f"{HEADLINE}{number}")
    ConversionTerm.objects.create(simplified="软件", traditional="軟體")
    for path, plain, derived in (("/", 6, 7), ("/section/news/", 5, 6)):
        with django_assert_num_queries(plain):
            reader.get(path)
        with django_assert_num_queries(derived):
            reader.get(traditional(path))


def test_what_readers_do_not_have_is_in_no_script(reader):
    """Scheduled, drafted, taken down, withdrawn: the derived page answers as the plain one."""
    drafted = a_story("雎鸠草稿")
    scheduled = publish_story(story=a_story("雎鸠待发"), by=OPERATOR, at=MONDAY + 2 * HOUR, now=MONDAY)
    ended = publish_story(story=a_story("雎鸠到期"), by=OPERATOR, until=MONDAY + timedelta(minutes=9), now=MONDAY)
    withdrawn = a_publication("雎鸠撤回")
    withdraw_story(story=withdrawn.story, by=OPERATOR, note="撤下", now=MONDAY + timedelta(minutes=9))
    paths = [row.get_absolute_url() for row in (scheduled, ended, withdrawn)]
    paths += [f"/2026/03/02/x-{drafted.pk}/", "/", "/section/news/"]
    statuses = []
    for path in paths:
        plain, derived = reader.get(path), reader.get(traditional(path))
        assert plain.status_code == derived.status_code
        assert "雎鳩" not in derived.text
        assert "雎鸠" not in derived.text
        statuses.append(derived.status_code)
    assert statuses == [404, 410, 410, 404, 200, 200]


def test_another_moment_is_read_in_either_script(staff):
    """The moment stays on the way from one script to the other, and the script on the way through the site."""
    publish_story(story=a_story(HEADLINE), by=OPERATOR, at=MONDAY + 24 * HOUR, now=MONDAY)
    at = "/at/2026-03-03T02:00:00Z"
    assert staff.get(traditional("/section/news/")).status_code == 200
    response = staff.get(f"{at}/zh-hant/section/news/")
    shown = page(response)
    assert IN_TRADITIONAL in shown.one("main").text
    assert response["Cache-Control"] == "no-store"
    links = [link.attributes["href"] for link in shown.one("main").all("a")]
    assert all(link.startswith(f"{at}/zh-hant/") for link in links if link.startswith("/"))
    assert not [link for link in shown.all("link", rel="alternate") if "hreflang" in link.attributes]
    choice = shown.one("ul", css_class="script-choice")
    assert [link.attributes["href"] for link in choice.all("a")] == [
        f"{at}/section/news/",
        f"{at}/zh-hant/section/news/",
    ]
    assert Client().get(f"{at}/zh-hant/section/news/")["Location"] == "/zh-hant/section/news/"


def test_script_prefix_ends_with_the_request(reader):
    """Also after a page that fails: the next request of the thread makes plain addresses."""
    a_publication(HEADLINE)
    reader.get("/zh-hant/")
    reader.get("/zh-hant/nothing/")
    assert get_script_prefix() == "/"
    assert reverse("articles:front") == "/"


def test_what_somebody_searches_for_stays_as_typed(reader):
    """The words in the form are theirs."""
    response = reader.get("/zh-hant/search/", {"q": "发展"})
    if response.status_code == 200:
        typed = [field.attributes["value"] for field in page(response).all("input") if field.attributes.get("value")]
        assert "发展" in typed


def test_page_that_is_not_html_is_passed_on(rf):
    """A picture of a page, such as its code for phones, has nothing to convert."""
    from django.http import HttpResponse

    request = rf.get("/zh-hant/story/qr.svg")
    answer = HttpResponse("发展", content_type="image/svg+xml")
    assert script.in_traditional(request, lambda request: answer, "/").text == "发展"
    assert request.script == "zh-hant"
