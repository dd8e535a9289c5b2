"""What readers are not to have is on no public address of any kind: in no text, by no address or id, through no date.

The permission matrix asks one address of each route as every role; here are all of them, as a stranger gets them.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from articles.actions import publish_story, withdraw_story
from tests.builders import MONDAY, OPERATOR
from tests.public_addresses import WORD, route_names
from tests.public_canary import HOUR, NOW, Site, a_draft, a_site
from tests.publishing import change

# They show no stories, or none by name.
SHOW_NO_STORY = {
    f"articles:{name}"
    for name in (
        "archive archive_month corrections feeds health logo preview robots_txt security_txt share_moment site_page "
        "sitemap_index sitemap_pages story_qr stylesheet tdmrep_json travel version"
    ).split()
}
OF_THE_STORY = {"articles:story", "articles:story_qr", "articles:version"}
FEEDS = {"articles:site_feed", "articles:subject_feed", "articles:list_feed"}
SITEMAPS = {f"articles:sitemap_{name}" for name in ("index", "stories", "pages", "news")}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def newsroom(settings, reading_at):
    settings.EARLIER_VERSIONS = True
    reading_at(NOW)


def answers(site: Site) -> dict[tuple[str, str], Any]:
    # The health of the site is looked up every few seconds only.
    cache.clear()
    return {(name, path): Client().get(path) for name, path in site.addresses()}


def said(response: Any) -> str:
    """Body and headers, without the moment at which an answer was given."""
    headers = {name: value for name, value in response.headers.items() if name != "Expires"}
    return f"{headers}\n{response.content.decode()}"


def leads_to(site: Site, text: str) -> bool:
    """Whether the text has the address or the id of the canary's story."""
    return bool(re.search(rf"-{site.story.pk}/|story/{site.story.pk}\b|{site.story.slug}", text))


@pytest.mark.parametrize("state", ["draft", "scheduled", "withdrawn", "taken_down", "binned"])
def test_what_is_not_public_is_at_no_address(state):
    """Neither its words nor a way to it. That a story was withdrawn is told by feeds, under the id it had."""
    site = a_site(state)
    for (name, path), response in answers(site).items():
        text = said(response)
        assert response.status_code < 500, path
        assert WORD not in text, path
        if name in OF_THE_STORY:
            expected = {410, 404} if state in {"withdrawn", "taken_down"} else {404}
            assert response.status_code in expected, path
        elif not (state == "withdrawn" and name in FEEDS):
            assert not leads_to(site, text), path


def test_what_is_live_is_at_every_address_that_shows_stories():
    """So that the test above can fail; in both scripts, in every format."""
    site = a_site("live")
    shown = answers(site)
    for (name, path), response in shown.items():
        if name in SHOW_NO_STORY or response.status_code == 302:
            continue
        assert response.status_code == 200, path
        assert leads_to(site, said(response)), path
        if name not in {"articles:sitemap_stories"}:
            assert WORD in said(response), path
    assert {name for name, _path in shown} == set(route_names())


@pytest.mark.parametrize("listed", [True, False])
def test_story_that_is_not_to_be_found_is_in_no_sitemap(listed):
    """Readers have it; search engines are not led to it."""
    site = a_site("live", noindex=not listed)
    found = {name for (name, _path), answer in answers(site).items() if leads_to(site, said(answer))}
    assert SITEMAPS & found == ({"articles:sitemap_stories", "articles:sitemap_news"} if listed else set())
    assert {"articles:front", "articles:site_feed"} <= found


def test_what_is_to_come_changes_no_answer():
    """A story, a correction and a withdrawal are planned: every byte and every header stays as it was."""
    site = a_site("live")
    before = {path: (answer.status_code, said(answer)) for (_name, path), answer in answers(site).items()}
    publish_story(story=a_draft("麒麟"), by=OPERATOR, at=NOW + HOUR, now=MONDAY)
    change(site.neighbour.story, "麒麟更正")
    publish_story(story=site.neighbour.story, by=OPERATOR, at=NOW + HOUR, note="麒麟", now=MONDAY)
    withdraw_story(story=site.story, by=OPERATOR, at=NOW + 2 * HOUR, note="麒麟", now=MONDAY)
    after = {path: (answer.status_code, said(answer)) for (_name, path), answer in answers(site).items()}
    assert {path: (before[path], after[path]) for path in before if before[path] != after[path]} == {}
