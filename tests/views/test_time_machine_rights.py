"""Who may travel in time: nobody else sees what is to come, by whatever address, and a link shows one page."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import signing
from django.test import Client

from articles.actions import publish_story
from articles.actions.shared_moment import SharedMoment
from articles.models import Activity, Topic
from articles.views.time_machine import address_at, moment_in_address
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story
from tests.page import form_values, page
from tests.story_lists import a_list

HOUR = timedelta(hours=1)
NOW = MONDAY + HOUR
LATER = MONDAY + 5 * HOUR
CANARY = "雎鸠未发"
# Who may share a page, and who may only look.
SHARERS = ("editor", "list_editor", "chief_editor")
TRAVELLERS = (*SHARERS, "reporter", "photo_editor", "administrator")


@pytest.fixture
def plan(cast):
    """A story that goes live LATER, on every page of the site; with the addresses of these pages."""
    topic = Topic.objects.create(name="春运", slug="chunyun")
    public = a_publication("已发稿件", topics=[topic])
    coming = publish_story(
        story=a_story(f"{CANARY}标题", topics=[topic], opening=f"<p>{CANARY}</p>"), by=OPERATOR, at=LATER, now=MONDAY
    )
    a_list(coming.story, public, name="首页")
    a_list(coming.story, name="旁边", place="beside")
    pages = ["/", "/section/news/", "/topic/chunyun/", public.get_absolute_url(), coming.get_absolute_url()]
    return SimpleNamespace(pages=pages, coming=coming, public=public)


def browser(user=None) -> Client:
    client = Client(headers={"accept-language": "en"}, raise_request_exception=False)
    if user:
        client.force_login(user)
    return client


def share(client: Client, path: str, lifetime: str = "day", **values):
    """The answer to the form of the bar; `link` is the address made."""
    posted = {"path": path, "moment": moment_in_address(LATER), "lifetime": lifetime, **values}
    response = client.post("/at/share/", posted)
    field = page(response).all("input", id="id_link") if response.status_code == 200 else []
    link = field[0].attributes["value"].removeprefix("https://news.example.org") if field else ""
    return response, link


def test_whoever_may_not_travel_is_sent_to_the_plain_page(plan, cast):
    """Anonymous readers, people without a role, and a role without a login to the desk; nothing is kept of it."""
    cast.list_editor.is_staff = False
    cast.list_editor.save()
    for client in (browser(), browser(cast.outsider), browser(cast.list_editor)):
        for path in [*plan.pages, "/nothing/", "/section/news/?before=1-1&x=%E4%B8%AD"]:
            response = client.get(address_at(path, LATER))
            assert (response.status_code, response["Location"]) == (302, path)
            assert response["Cache-Control"] == "no-store"
            assert CANARY not in response.content.decode()
            assert CANARY not in client.get(address_at(path, LATER), follow=True).content.decode()


@pytest.mark.parametrize(
    ("path", "target"),
    [("//evil.example/", "/%2Fevil.example/"), ("/\\evil.example/", "/%5Cevil.example/"), ("", "/"),
     ("/a%0Ab/", "/a%0Ab/")],
)  # fmt: skip
def test_plain_address_is_on_this_site(db, path, target):
    assert browser().get(address_at(path, LATER))["Location"] == target
    assert browser().get("/at/", {"path": "https://evil.example/x"})["Location"] == "/"
    assert browser().get("/at/", {"path": "//evil.example/x"})["Location"] == "/"


@pytest.mark.parametrize("who", TRAVELLERS)
def test_every_role_may_travel(plan, cast, who):
    """Whoever may read what is not public sees it in its place; some of them may share it."""
    client = browser(getattr(cast, who))
    for path in plan.pages:
        response = client.get(address_at(path, LATER))
        assert response.status_code == 200
        assert CANARY in response.content.decode()
        # Who may not touch stories shares no text that is still to come.
        shares = who in SHARERS and (who, path) != ("list_editor", plan.coming.get_absolute_url())
        assert bool(page(response).all(css_class="time-machine-share")) == shares
    response, link = share(client, "/")
    assert bool(link) == (who in SHARERS)
    assert response.status_code == (200 if who in SHARERS else 403)


def test_link_shows_one_page_at_its_moment(plan, cast):
    """To somebody without a login: that page, with links to plain ones, and a bar without what else is planned."""
    response, link = share(browser(cast.editor), plan.coming.get_absolute_url())
    assert response["Cache-Control"] == "no-store"
    response = browser().get(f"{link}?from=singlemessage&isappinstalled=0")
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    document = page(response)
    assert document.one("h1").text == f"{CANARY}标题"
    assert document.all("link", rel="canonical") == []
    bar = document.one("aside", css_class="time-machine")
    assert bar.all("a") + bar.all("form") == []
    assert "2 March 2026, 14:00 Beijing time" in bar.text
    assert "this link ends 3 March 2026, 10:00" in bar.text
    assert not [a for a in document.all("a") if a.attributes["href"].startswith("/at/")]
    # What the link leads to is what readers have now.
    assert CANARY not in browser().get("/section/news/").content.decode()
    activity = Activity.objects.get(verb=Activity.Verb.SHARED_MOMENT)
    assert activity.user == cast.editor
    assert activity.detail["path"] == plan.coming.get_absolute_url()
    assert activity.detail["moment"].startswith("2026-03-02T06:00:00")
    assert activity.detail["expires_at"].startswith("2026-03-03T02:00:00")


def test_link_to_an_older_page_of_a_list_reads_its_place_only(plan, cast):
    """The place in the list belongs to the link, and nobody moves it by hand."""
    _response, link = share(browser(cast.editor), "/section/news/?before=1-1")
    for query in ("", "?before=9999999999999999-1"):
        assert CANARY not in browser().get(link + query).content.decode()
    _response, link = share(browser(cast.editor), "/section/news/")
    assert CANARY in browser().get(f"{link}?before=1-1").content.decode()


def test_dead_links_all_answer_alike(plan, cast, reading_at):
    """Other pages, forged and cut addresses, other signatures, an ended link: one page, which tells nothing."""
    path = plan.coming.get_absolute_url()
    _response, link = share(browser(cast.editor), path, lifetime="hour")
    signed = link.split("/")[2]
    assert SharedMoment.of(signed, path) == SharedMoment(path, "", LATER, NOW + HOUR, cast.editor.pk)
    value = signing.loads(signed, salt=f"articles.shared_moment {path}")
    dead = [
        link.replace(path, "/"),
        link.replace(path, "/section/news/"),
        link.replace(path, "/admin/"),
        link[:-1],
        f"/at/{signed[:-2]}{path}",
        f"/at/x{signed}{path}",
        f"/at/{signing.dumps(value)}{path}",
        f"/at/{signing.dumps(value, salt='articles.preview_link')}{path}",
        f"/at/{signed}",
    ]
    answers = {re.sub(r'value="[^"]*"', "", browser().get(url).content.decode()) for url in dead}
    assert len(answers) == 1
    reading_at(NOW + HOUR - timedelta(seconds=1))
    assert browser().get(link).status_code == 200
    reading_at(NOW + HOUR)
    ended = browser().get(link)
    assert (ended.status_code, ended["Cache-Control"], ended["X-Robots-Tag"]) == (404, "no-store", "noindex")
    assert "This link does not work" in ended.content.decode()
    assert CANARY not in "".join(answers) + ended.content.decode()
    assert browser().post(link).status_code == 405


@pytest.mark.parametrize("loss", ["role", "login", "staff", "deleted"])
def test_link_ends_with_the_right_of_its_maker(plan, cast, loss):
    _response, link = share(browser(cast.editor), "/", lifetime="week")
    assert browser().get(link).status_code == 200
    match loss:
        case "role":
            cast.editor.groups.clear()
        case "login":
            type(cast.editor).objects.filter(pk=cast.editor.pk).update(is_active=False)
        case "staff":
            type(cast.editor).objects.filter(pk=cast.editor.pk).update(is_staff=False)
        case "deleted":
            cast.editor.delete()
    response = browser().get(link)
    assert response.status_code == 404
    assert CANARY not in response.content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {"lifetime": "year"}, {"lifetime": ""}, {"moment": ""}, {"moment": "2026-02-30T00:00Z"}, {"path": "/admin/"},
        {"path": "https://evil.example/"}, {"path": "//evil.example/"}, {"path": "/health/"},
        {"path": "/\x00/" + "x" * 9000}, {"path": "http://[/"},
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_shared_is_refused_in_words(plan, cast, values):
    response, link = share(browser(cast.editor), values.pop("path", "/"), **values)
    assert response.status_code == 200
    assert link == ""
    assert page(response).one(css_class="time-machine-refused").text
    assert not Activity.objects.filter(verb=Activity.Verb.SHARED_MOMENT).exists()


def test_form_of_the_bar_makes_the_link(plan, cast):
    """What a browser posts from the bar, with the check against forged forms in force."""
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    client.force_login(cast.editor)
    document = page(client.get(address_at(plan.coming.get_absolute_url(), LATER)))
    form = next(form for form in document.all("form") if form.attributes.get("method") == "post")
    response = client.post(form.attributes["action"], form_values(form))
    assert page(response).one("input", id="id_link").attributes["value"].endswith(plan.coming.get_absolute_url())
    assert client.post("/at/share/", {"path": "/"}).status_code == 403


def test_setting_the_time_machine(plan, cast, settings):
    """A time of the newsroom's zone; a full or a travelled address will do; one that clocks skip is moved on."""
    client = browser(cast.reporter)

    def target(time: str, path: str = "/") -> str:
        response = client.get("/at/", {"time": time, "path": path})
        assert response["Cache-Control"] == "no-store"
        return response.get("Location", "")

    a_section()
    assert target("2026-03-02T14:00", "/section/news/?before=1-1") == address_at("/section/news/?before=1-1", LATER)
    assert target("2026-03-02T14:00", "https://news.example.org/") == address_at("/", LATER)
    assert target("2026-03-02T14:00", address_at("/section/news/", NOW)) == address_at("/section/news/", LATER)
    settings.TIME_ZONE = "Europe/Berlin"
    assert target("2026-03-29T02:30") == "/at/2026-03-29T01:00:00Z/"
    assert target("2026-10-25T02:30") == "/at/2026-10-25T00:30:00Z/"
    document = page(client.get("/at/2026-10-25T00:30:00Z/"))
    assert document.all("a", href="/at/2026-10-25T01:30:00Z/")
    for time, path in (
        ("x", "/"), ("0000-01-01T00:00", "/"), ("9999-12-31T23:59", "/"), ("2026-02-30T00:00", "/"), ("x\x00", "/"),
        ("2026-03-02T14:00Z", "/"), ("2026-03-02T14:00", "/admin/"), ("2026-03-02T14:00", "http://evil.example/"),
    ):  # fmt: skip
        response = client.get("/at/", {"time": time, "path": path})
        assert response.status_code == 200, (time, path)
        document = page(response)
        assert document.all(css_class="time-machine-refused"), (time, path)
        assert document.one("input", name="time").attributes["value"] == time.replace("\x00", "")
        assert document.one("input", name="path").attributes["value"] == path
