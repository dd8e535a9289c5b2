"""What a link for somebody without a login may show: nothing that was taken back, nothing its maker may not share."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from articles.actions import publish_story, save_story, withdraw_story
from articles.models import Activity, DeskProfile, Topic
from articles.views.time_machine import address_at, moment_in_address
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story, story_rows
from tests.page import page
from tests.story_lists import a_list, an_edition

HOUR = timedelta(hours=1)
NOW = MONDAY + HOUR
LATER = MONDAY + 5 * HOUR
CANARY = "雎鸠未发"


def browser(user: Any = None) -> Client:
    client = Client(headers={"accept-language": "en"}, raise_request_exception=False)
    if user:
        client.force_login(user)
    return client


def share(user: Any, path: str, moment: datetime = LATER):
    """What `user` is answered, and the address of the link; "" for none."""
    values = {"path": path, "moment": moment_in_address(moment), "lifetime": "week"}
    response = browser(user).post("/at/share/", values)
    field = page(response).all("input", id="id_link")
    return response, field[0].attributes["value"].removeprefix("https://news.example.org") if field else ""


def is_offered(user: Any, path: str, moment: datetime = LATER) -> bool:
    return bool(page(browser(user).get(address_at(path, moment))).all(css_class="time-machine-share"))


@pytest.fixture
def plan(cast):
    """A live story, and one of another section that goes live LATER and is on the front page then."""
    topic = Topic.objects.create(name="春运", slug="chunyun")
    public = a_publication("已发稿件", topics=[topic])
    sports = a_section("体育", "sports")
    story = a_story(CANARY, section=sports, topics=[topic])
    coming = publish_story(story=story, by=OPERATOR, at=LATER, now=MONDAY)
    return SimpleNamespace(public=public, coming=coming, sports=sports)


def limited(user: Any, section: Any) -> Any:
    DeskProfile.objects.create(user=user).sections.set([section])
    return user


@pytest.mark.parametrize("moment", [NOW - timedelta(minutes=1), NOW], ids=["past", "now"])
@pytest.mark.parametrize("path", ["/", "/section/news/", "/topic/chunyun/", "the story"])
def test_only_what_is_to_come_is_shared(plan, cast, path, moment):
    """What readers had may have been withdrawn since, or will be: it is refused in words, and not offered."""
    path = plan.public.get_absolute_url() if path == "the story" else path
    response, link = share(cast.editor, path, moment)
    assert link == ""
    assert "withdrawn" in page(response).one(css_class="time-machine-refused").text
    assert not Activity.objects.filter(verb=Activity.Verb.SHARED_MOMENT).exists()
    assert not is_offered(cast.editor, path, moment)
    assert is_offered(cast.editor, path)


@pytest.mark.parametrize("how", ["withdrawn", "retracted"])
@pytest.mark.parametrize("path", ["/", "/section/news/", "/topic/chunyun/", "the story"])
def test_link_never_shows_what_was_taken_back(plan, cast, reading_at, path, how):
    """Neither before its moment, nor after it, when everybody has the page."""
    path = plan.public.get_absolute_url() if path == "the story" else path
    _response, link = share(cast.editor, path)
    assert "已发稿件" in browser().get(link).content.decode()
    story = plan.public.story
    if how == "withdrawn":
        withdraw_story(story=story, by=OPERATOR, note="撤", now=NOW)
    else:
        save_story(rows=story_rows("撤回说明", story=story, section=story.section), by=OPERATOR, now=NOW)
        publish_story(story=story, by=OPERATOR, change="retraction", note="撤", now=NOW)
    for moment in (NOW, LATER - timedelta(seconds=1), LATER, LATER + 24 * HOUR):
        reading_at(moment)
        assert "已发稿件" not in browser().get(link).content.decode(), moment


def test_link_ends_at_its_moment(plan, cast, reading_at):
    """Then everybody has the page: the link leads to it, and a story withdrawn after the moment stays withdrawn."""
    path = plan.coming.get_absolute_url()
    _response, link = share(cast.editor, path)
    assert CANARY in browser().get(link).content.decode()
    withdraw_story(story=plan.coming.story, by=OPERATOR, at=LATER + HOUR, note="撤", now=NOW)
    reading_at(LATER + 2 * HOUR)
    response = browser().get(link)
    assert (response.status_code, response["Location"], response["Cache-Control"]) == (302, path, "no-store")
    assert browser().get(link, follow=True).status_code == 410


def test_planned_text_is_shared_by_whoever_may_share_a_preview(plan, cast):
    """The list editor may not touch stories: neither one to come nor a correction; what readers have is free."""
    path, live = plan.coming.get_absolute_url(), plan.public.get_absolute_url()
    for address in (path, f"{path}version/1/"):
        response, link = share(cast.list_editor, address)
        assert (response.status_code, link) == (403, "")
        assert "may not" in page(response).one(css_class="time-machine-refused").text
    assert not is_offered(cast.list_editor, path)
    assert is_offered(cast.list_editor, live)
    assert share(cast.list_editor, "/")[1]
    _response, link = share(cast.list_editor, live)
    assert browser().get(link).status_code == 200
    story = plan.public.story
    save_story(rows=story_rows(f"{CANARY}二", story=story, section=story.section), by=OPERATOR, now=NOW)
    publish_story(story=story, by=OPERATOR, at=LATER, change="correction", note="更正", now=NOW)
    assert browser().get(link).status_code == 404, "the maker may not share the correction planned since"
    assert not share(cast.list_editor, live)[1]
    assert share(cast.editor, live)[1]


def test_section_limit_holds_for_links(plan, cast):
    """Pages of one's sections, and stories in reach: nothing of other sections, and no page of all of them."""
    editor = limited(cast.editor, a_section())
    for path in (plan.coming.get_absolute_url(), "/", "/section/sports/", "/topic/chunyun/", "/section/nothing/"):
        response, link = share(editor, path)
        assert (response.status_code, link) == (403, ""), path
        assert not is_offered(editor, path)
    for path in ("/section/news/", plan.public.get_absolute_url()):
        assert is_offered(editor, path)
        assert browser().get(share(editor, path)[1]).status_code == 200


@pytest.mark.parametrize("path", ["/", "/section/news/", "/topic/chunyun/", "the story"])
def test_link_ends_when_its_maker_is_limited_to_other_sections(plan, cast, path):
    path = plan.public.get_absolute_url() if path == "the story" else path
    _response, link = share(cast.editor, path)
    assert browser().get(link).status_code == 200
    limited(cast.editor, plan.sports)
    response = browser().get(link)
    assert response.status_code == 404
    assert "已发稿件" not in response.content.decode()


def test_link_keeps_a_query_that_is_not_ascii(plan, cast):
    _response, link = share(cast.editor, "/section/sports/?x=中")
    response = browser().get(link)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert CANARY in response.content.decode()


@pytest.mark.parametrize("path", ["/section/sports", "/topic/chunyun", "the story"])
def test_link_is_for_the_page_with_its_last_slash(plan, cast, path):
    """Whoever types the address without it gets the page of the moment; without it the link itself does not work."""
    path = plan.coming.get_absolute_url().rstrip("/") if path == "the story" else path
    _response, link = share(cast.editor, path)
    assert link.endswith(f"{path}/")
    assert CANARY in browser().get(link).content.decode()
    response = browser().get(link.rstrip("/"))
    assert (response.status_code, response["Cache-Control"]) == (404, "no-store")


def test_addresses_in_lists_stay_at_the_moment(plan, cast):
    """Those of readers' pages here; for whoever has a link, and now, they are as they were typed."""
    staying, others = "/topic/chunyun/?a=1#b", ["/admin/", "/at/", "/static/x.css", "https://example.org/"]
    made = a_list(plan.public, staying, *others, name="首页")
    an_edition(made, plan.public, staying, *others, now=NOW)
    _response, link = share(cast.editor, "/")
    for client, address, expected in (
        (browser(cast.editor), address_at("/", LATER), address_at(staying, LATER)),
        (browser(), link, staying),
        (browser(), "/", staying),
    ):
        found = [a.attributes["href"] for a in page(client.get(address)).one("main").all("a")]
        assert expected in found
        assert set(others) <= set(found)
        assert address == address_at("/", LATER) or not [url for url in found if url.startswith("/at/2")]
