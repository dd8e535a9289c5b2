"""The name, the logo, the colours and the foot of every page, as the admin chose them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.actions import save_site_identity
from articles.models import FooterLine, SiteIdentity, SiteLogo, SitePage
from tests.appearance.pictures import lettering, opened, picture
from tests.builders import MONDAY, OPERATOR, a_publication
from tests.page import inline_code, page

pytestmark = pytest.mark.django_db


def an_identity(lines: Any = (), logos: Any = None, **fields: Any) -> SiteIdentity:
    return save_site_identity(
        identity=SiteIdentity(pk=1, **{"name": "松岭日报", **fields}),
        footer_lines=[FooterLine(text=text, url=url) for text, url in lines],
        logos=logos or {},
        by=OPERATOR,
        now=MONDAY,
    )


def stylesheet_of(client: Any, path: str = "/") -> str:
    [address] = [one.attributes["href"] for one in page(client.get(path)).all("link", rel="stylesheet")]
    return address


def test_site_that_nobody_named_has_the_name_of_the_settings(client, settings):
    settings.SITE_NAME = "设定报"
    document = page(client.get("/"))
    assert document.one("h1", "site-name").text == "设定报"
    assert not document.all("ul", "footer-lines")


def test_name_is_in_the_language_of_the_page(client):
    """The masthead speaks the site's language; English pages have the English name."""
    an_identity(name_english="Songling Daily")
    assert page(client.get("/")).one("h1", "site-name").text == "Songling Daily"
    assert "松岭日报" in page(client.get(a_publication().get_absolute_url())).one("title").text


def test_logo_stands_in_for_the_name(client):
    """With its size, so that nothing moves when it comes, and with the name for those who do not see it."""
    an_identity(logos={"light": picture((1280, 320)), "dark": picture((200, 50))}, name_english="Songling Daily")
    logo = page(client.get("/")).one("h1", "site-name").one("picture", "site-logo")
    shown, dark = logo.one("img"), logo.one("source")
    assert shown.attributes["alt"] == "Songling Daily"
    assert (shown.attributes["width"], shown.attributes["height"]) == ("640", "160")
    assert (dark.attributes["width"], dark.attributes["height"]) == ("200", "50")
    assert dark.attributes["media"] == "(prefers-color-scheme: dark)"
    for address in (shown.attributes["src"], dark.attributes["srcset"]):
        assert client.get(address).status_code == 200


def test_one_logo_is_for_both_papers(client):
    an_identity(logos={"light": picture()})
    logo = page(client.get("/")).one("picture", "site-logo")
    assert not logo.all("source")


def test_masthead_links_home_once(client):
    """The front page says that it is there already."""
    [home] = page(client.get("/")).one("h1", "site-name").all("a")
    assert (home.attributes["href"], home.attributes["aria-current"]) == ("/", "page")
    story = page(client.get(a_publication().get_absolute_url())).one("header", "masthead")
    assert "aria-current" not in story.one("a", rel="home").attributes


def test_foot_has_the_lines_in_their_order(client):
    """Links leave the site without telling where from and without a recommendation."""
    an_identity([("京ICP备1号", "https://beian.miit.gov.cn/"), ("许可证 1", "")], publisher="松岭日报社")
    foot = page(client.get("/")).one("footer", "colophon")
    lines = foot.one("ul", "footer-lines").all("li")
    assert [line.text for line in lines] == ["京ICP备1号", "许可证 1"]
    assert set(lines[0].one("a").attributes["rel"].split()) == {"noopener", "noreferrer", "nofollow"}
    assert not lines[1].all("a")
    assert foot.one("p", "footer-publisher").text == "松岭日报社"


def test_hostile_words_stay_words(client):
    """In the name, the lines and the publisher."""
    hostile = '"><script>alert(1)</script>'
    an_identity([(hostile, "https://example.org/?\"'<>")], {"light": picture()}, name=hostile, publisher=hostile)
    for path in ("/", "/nowhere/"):
        assert inline_code(page(client.get(path))) == []


def test_colours_chosen_are_in_the_stylesheet(client):
    """At another address than before, so that nobody keeps the old one."""
    before = stylesheet_of(client)
    an_identity(accent="#0a5c8a", accent_on_dark="#7cc4ff", paragraphs="spaced")
    after = stylesheet_of(client)
    assert after != before
    text = client.get(after).content.decode()
    assert "--accent:#0a5c8a" in text
    assert "--accent:#7cc4ff" in text
    assert "--paragraph-indent:0" in text


def test_stylesheet_is_kept_for_ever_at_its_own_address_only(client):
    response = client.get(stylesheet_of(client))
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in response["Cache-Control"]
    other = client.get(reverse("articles:stylesheet", args=["0" * 12]))
    assert other.status_code == 200
    assert "immutable" not in other.get("Cache-Control", "")
    assert other.content == response.content
    for digest in ("0" * 11, "0" * 13, "ABCDEF012345", "../../../../"):
        assert client.get(f"/style-{digest}.css").status_code == 404


def test_colour_written_past_the_form_breaks_nothing(client):
    """Neither the stylesheet nor the page."""
    an_identity()
    SiteIdentity.objects.update(accent="}*{x:y", accent_on_dark="</x><s")
    text = client.get(stylesheet_of(client)).content.decode()
    assert "}*{x:y" not in text
    assert "</x>" not in text


@pytest.mark.parametrize("lines", [1, 30])
@pytest.mark.parametrize("path", ["/nowhere/", "story"])
def test_identity_costs_three_queries(client, lines, path):
    """The row, its lines, its logos without their pictures; with one line or thirty."""
    address = a_publication().get_absolute_url() if path == "story" else path
    with_nothing = queries_of(client, address)
    an_identity([(f"第{number}行", "") for number in range(lines)], {"light": picture(), "dark": picture((90, 20))})
    asked = queries_of(client, address)
    # Without a row there is nothing to look for beside it.
    assert len(asked) == len(with_nothing) + 2
    of_the_identity = [sql for sql in asked if re.search("siteidentity|footerline|sitelogo", sql)]
    assert len(of_the_identity) == 3
    assert '"picture"' not in " ".join(asked)


def queries_of(client: Any, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return [query["sql"] for query in queries]


def logo_address(**changed: str) -> str:
    row = SiteLogo.objects.get(appearance="light")
    return reverse("articles:logo", kwargs={"appearance": "light", "digest": row.digest[:12], **changed})


def test_logo_is_a_picture_that_never_changes(client):
    an_identity(logos={"light": picture()})
    response = client.get(logo_address())
    assert opened(response.content).size == (320, 80)
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in response["Cache-Control"]
    assert "Set-Cookie" not in response
    head = client.head(logo_address())
    assert (head.status_code, head.content, head["Content-Type"]) == (200, b"", "image/png")
    assert client.post(logo_address()).status_code == 405


@pytest.mark.parametrize("changed", [{"digest": "0" * 12}, {"appearance": "dark"}])
def test_logo_that_is_not_used_is_not_found(client, changed):
    """Also one that was replaced: its address is not on any page any more."""
    an_identity(logos={"light": picture()})
    old = logo_address()
    assert client.get(logo_address(**changed)).status_code == 404
    an_identity(logos={"light": picture((100, 20))})
    assert client.get(old).status_code == 404


@pytest.mark.parametrize(
    "path", ["logo-light-0.png", "logo-sepia-000000000000.png", "logo-light-%00.png", "logo-light-.png"]
)
def test_address_that_names_no_logo_is_not_found(client, path):
    assert client.get(f"/{path}").status_code == 404


BLACK, WHITE, RED = lettering((10, 10, 10)), lettering((250, 250, 250)), lettering((220, 80, 70))


@pytest.mark.parametrize(
    ("logos", "needs"),
    [
        ({"light": BLACK}, {"needs-light-paper"}),
        ({"light": BLACK, "dark": WHITE}, set()),
        ({"light": BLACK, "dark": BLACK}, {"needs-light-paper"}),
        ({"light": WHITE}, {"needs-dark-paper"}),
        ({"light": RED}, set()),
    ],
    ids=["dark", "dark with a light one", "dark twice", "pale", "seen on both"],
)
def test_logo_that_would_not_be_seen_stands_on_a_ground(client, logos, needs):
    """Where it would not, and nowhere else; the stylesheet has the ground."""
    an_identity(logos=logos)
    found = set(page(client.get("/")).one("picture", "site-logo").classes) - {"site-logo"}
    assert found == needs
    text = client.get(stylesheet_of(client)).content.decode()
    assert all(f".{name} img" in text for name in needs)


def test_logo_without_a_measure_is_shown_as_it_is(client):
    """One that another tool put there."""
    an_identity(logos={"light": BLACK})
    SiteLogo.objects.update(luminance=None)
    assert set(page(client.get("/")).one("picture", "site-logo").classes) == {"site-logo"}


@pytest.mark.parametrize(("own", "shown"), [("Songling Daily", "Songling Daily"), ("", "")])
def test_english_page_has_the_english_name_and_else_the_logo(client, settings, own, shown):
    """The logo is drawn in the language of the site."""
    settings.LANGUAGE_CODE = "zh-hans"
    an_identity(logos={"light": picture()}, name_english=own)
    SitePage.objects.create(title="About us", slug="about", language="en", live_from=MONDAY)
    masthead = page(client.get("/page/about/")).one("header", "masthead")
    assert masthead.one("a", rel="home").text == shown
    assert len(masthead.all("picture")) == (0 if own else 1)
    assert page(client.get("/")).one("header", "masthead").all("picture")


@pytest.mark.parametrize("own", ["松嶺日報", ""])
def test_page_in_traditional_characters_has_its_own_name_and_else_the_logo(client, settings, own):
    settings.LANGUAGE_CODE = "zh-hans"
    an_identity(logos={"light": picture()}, name_traditional=own)
    masthead = page(client.get("/zh-hant/")).one("header", "masthead")
    assert masthead.one("a", rel="home").text == own
    assert len(masthead.all("picture")) == (0 if own else 1)
