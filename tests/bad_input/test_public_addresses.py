"""Public addresses, methods and hosts that nobody should ask for: each is answered in words."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Contributor, Topic
from tests.bad_input.values import HUGE, SURROGATE
from tests.builders import a_publication
from tests.page import page
from tests.story_form import ENGLISH


@pytest.fixture
def public(db) -> list[str]:
    """One address of each kind of public page."""
    person = Contributor.objects.create(name="林一", slug="lin-yi")
    topic = Topic.objects.create(name="春运", slug="chunyun")
    publication = a_publication(topics=[topic], bylines=[(person, "reporter")])
    return ["/", "/section/news/", "/topic/chunyun/", "/contributor/lin-yi/", publication.get_absolute_url()]


@pytest.mark.parametrize(
    "path",
    [
        "/9999/99/99/x-1/",
        "/0000/00/00/x-1/",
        "/2026/02/30/x-1/",
        "/２０２６/０３/０２/x-１/",
        f"/2026/03/02/x-{'9' * 18}/",
        f"/2026/03/02/x-{'9' * 19}/",
        f"/2026/03/02/x-{HUGE}/",
        f"/2026/03/02/{'x' * 5000}-1/",
        "/2026/03/02/x--1/",
        "/2026/03/02/-1/",
        "/2026/03/02/%00-1/",
        "/2026/03/02/x-%00/",
        "/2026/03/02/x-%ED%A0%80/",
        "/2026/03/02/%FF%FE-1/",
        "/section/%00/",
        "/section/%FF/",
        f"/section/{'x' * 5000}/",
        "/topic/%ED%A0%80/",
        "/contributor/../../etc/passwd",
        "/contributor/%2e%2e/",
        "//2026/03/02/x-1/",
        "/%",
        "/%zz",
        "/\u2028/",
    ],
    ids=lambda path: ascii(path)[:40],
)
def test_address_of_nothing_is_not_found(reader, path):
    """Whatever it holds; the page says so and shows none of it unescaped."""
    for method in ("get", "head"):
        response = getattr(reader, method)(path)
        assert response.status_code == 404
        assert response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    "query",
    ["%00", "%ED%A0%80=%FF", "before", "&&&", "=", "?", "before[]=1", "x=" + "y" * 20_000, "&".join(["a=1"] * 900),
     "before=1-1" * 900, "utm_source=%E4%B8%AD&fbclid=x"],
    ids=lambda query: ascii(query)[:20],
)  # fmt: skip
def test_query_that_means_nothing_changes_nothing(reader, public, query):
    """A reader's link with anything behind the question mark leads to the page, or to no page of a list."""
    for path in public:
        status = reader.get(f"{path}?{query}").status_code
        assert status == 200 or (status == 404 and "before=1" in query), path


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_public_page_is_only_read(reader, public, method):
    """With any body of any type: a clear refusal, never a fault."""
    for path in public:
        for content_type, body in (
            ("application/json", b"{"),
            ("multipart/form-data", b"x"),
            ("text/plain", SURROGATE),
        ):
            arguments = {} if method == "trace" else {"data": body, "content_type": content_type}
            assert getattr(reader, method)(path, **arguments).status_code in {403, 405}, path


@pytest.mark.parametrize("host", ["evil.example", "a b", "", "[::1", "x" * 300])
def test_host_that_is_not_ours_is_refused(reader, host):
    """With a page that stands on its own: nothing of the request is known to be good."""
    response = reader.get("/", headers={"host": host})
    assert response.status_code == 400
    assert "Content-Security-Policy" in response
    assert host not in {"evil.example"} or host not in response.content.decode()


def test_form_without_its_token_is_refused_with_what_to_do(public, cast):
    """A form sent from a page that was opened before a new login: the answer says that nothing was saved."""
    client = Client(enforce_csrf_checks=True, headers=ENGLISH)
    client.force_login(cast.reporter)
    response = client.post(reverse("admin:articles_story_add"), {"headline": "三小时的工作"})
    assert response.status_code == 403
    assert "Nothing was saved" in response.content.decode()
    assert not page(response).all("style")
