"""The content security policy: strict on every page, inline code on editor pages only, the same on every Django."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings as site
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from newsroom import csp
from tests.builders import a_publication, a_section
from tests.page import inline_code, outside_addresses, page
from tests.story_form import desk

STRICT = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
EDITOR = STRICT.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'").replace(
    "style-src 'self'", "style-src 'self' 'unsafe-inline'"
)


@pytest.fixture
def back_port(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module as Django 5.2 gets it, on whatever Django runs."""
    for name in ("django.middleware.csp", "django.utils.csp", "django.views.decorators.csp"):
        monkeypatch.setitem(sys.modules, name, None)
    path = Path(csp.__file__)
    specification = importlib.util.spec_from_file_location("newsroom.csp_back_port", path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    assert module.ContentSecurityPolicyMiddleware.__module__ == "newsroom.csp_back_port"
    return module


def header(module: ModuleType, policy: Any, override: Any = None) -> str | None:
    """What a response carries that passed the middleware of `module`."""

    def view(request):
        return HttpResponse("x")

    answer = module.csp_override(override)(view) if override is not None else view
    middleware = module.ContentSecurityPolicyMiddleware(answer)
    site.SECURE_CSP = policy
    return middleware(RequestFactory().get("/")).headers.get("Content-Security-Policy")


@pytest.mark.parametrize("kind", ["installed", "back-port"])
def test_header_is_the_same_on_every_django(settings, back_port, kind):
    """Also for a policy of other shapes, an override, and an override that switches it off."""
    module = csp if kind == "installed" else back_port
    strict, editor = settings.SECURE_CSP, settings.EDITOR_CSP
    settings.SECURE_CSP = strict
    assert header(module, strict) == STRICT
    assert header(module, strict, editor) == EDITOR
    assert header(module, strict, {}) is None
    assert header(module, {}) is None
    odd = {"default-src": "'self'", "upgrade-insecure-requests": True, "img-src": None, "font-src": False}
    assert header(module, odd) == "default-src 'self'; upgrade-insecure-requests"


@pytest.mark.parametrize("kind", ["installed", "back-port"])
def test_header_that_a_view_has_set_stays(settings, back_port, kind):
    module = csp if kind == "installed" else back_port

    def view(request):
        return HttpResponse("x", headers={"Content-Security-Policy": "default-src 'none'"})

    response = module.ContentSecurityPolicyMiddleware(view)(RequestFactory().get("/"))
    assert response["Content-Security-Policy"] == "default-src 'none'"


def test_public_pages_and_errors_have_the_strict_policy(db):
    address = a_publication().get_absolute_url()
    client = Client(raise_request_exception=False)
    for path in ("/", "/section/news/", address, "/nowhere/", "/2026/03/02/x-1/", "/admin/", "/admin/login/"):
        assert client.get(path)["Content-Security-Policy"] == STRICT, path
    assert client.get("/", headers={"host": "evil.example"})["Content-Security-Policy"] == STRICT
    assert Client(enforce_csrf_checks=True).post("/")["Content-Security-Policy"] == STRICT


def test_error_page_has_the_strict_policy(db, monkeypatch):
    """The page of a fault, which stands alone."""

    def fail(request):
        raise RuntimeError

    monkeypatch.setattr("articles.context_processors.top_sections", fail)
    a_section()
    response = Client(raise_request_exception=False).get("/section/news/")
    assert response.status_code == 500
    assert response["Content-Security-Policy"] == STRICT
    assert inline_code(page(response)) == outside_addresses(page(response)) == []


def test_only_editor_pages_allow_inline_code(cast):
    """Every other page of the desk does without it; editor pages allow that and nothing more."""
    chief = desk(cast.chief_editor)
    publication = a_publication()
    story = publication.story
    editor_pages = [reverse("admin:articles_story_add"), reverse("admin:articles_story_change", args=[story.pk])]
    strict_pages = [
        reverse("admin:index"),
        reverse("admin:app_list", args=["articles"]),
        reverse("admin:password_change"),
        reverse("admin:articles_story_changelist"),
        reverse("admin:articles_story_history", args=[story.pk]),
        reverse("admin:articles_story_preview", args=[story.pk]),
        *(reverse(f"admin:articles_{noun}_add") for noun in ("section", "topic", "contributor", "source")),
        reverse("admin:articles_copyrightnotice_add"),
        reverse("admin:articles_activity_changelist"),
        reverse("admin:articles_activity_change", args=[story.activities.first().pk]),
        reverse("admin:articles_importrun_changelist"),
    ]
    for path in editor_pages:
        response = chief.get(path)
        assert response["Content-Security-Policy"] == EDITOR, path
        assert outside_addresses(page(response)) == [], path
        # The form comes back with the same policy.
        assert chief.post(path, {})["Content-Security-Policy"] == EDITOR, path
    for path in strict_pages:
        response = chief.get(path)
        assert response.status_code == 200, path
        assert response["Content-Security-Policy"] == STRICT, path
        assert inline_code(page(response)) == [], path
        assert outside_addresses(page(response)) == [], path


def test_plain_editor_needs_nothing_inline(cast, settings):
    """The page that has no CKEditor holds nothing that the strict policy would refuse."""
    settings.RICH_TEXT_EDITOR = "plain"
    assert inline_code(page(desk(cast.reporter).get(reverse("admin:articles_story_add")))) == []
