"""A real Chromium in front of a live server. Every page of every test is watched for faults (see `Watch`)."""

from __future__ import annotations

import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.test import Client, override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever asks for another machine must fail here, and not depend on whether there is a network.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
PATIENCE = 20_000  # milliseconds: a loaded machine is slow, which is no fault of the page

# Policies report to the page only; this brings what they refuse to the console, which is watched.
REPORT_REFUSALS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP refused ${event.violatedDirective}: ${event.blockedURI} in ${event.sourceFile}`));
"""


class Watch:
    """Collects what no page may do: console errors, exceptions, refusals by the CSP, requests to other hosts."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.faults: list[str] = []
        self.allowed: list[re.Pattern[str]] = []

    def allow(self, pattern: str, *, because: str) -> None:
        """Let faults that contain `pattern` pass in this test; `because` is for whoever reads the test."""
        assert because
        self.allowed.append(re.compile(pattern))

    def over(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self._check_host(request.url))
        context.on("response", lambda response: self._check_status(response.status, response.url))
        context.on("console", lambda message: self._check_console(message.type, message.text))
        context.on("weberror", lambda error: self.faults.append(f"exception: {error.error}"))

    def _check_host(self, url: str) -> None:
        if urlsplit(url).scheme not in {"data", "blob", "about"} and not url.startswith(f"{self.origin}/"):
            self.faults.append(f"request to another host: {url}")

    def _check_status(self, status: int, url: str) -> None:
        if status >= 500:
            self.faults.append(f"answered with {status}: {url}")

    def _check_console(self, kind: str, text: str) -> None:
        if kind in {"error", "warning", "assert"}:
            self.faults.append(f"console {kind}: {text}")

    def unexpected(self) -> list[str]:
        return [fault for fault in self.faults if not any(pattern.search(fault) for pattern in self.allowed)]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop running in this thread, which Django takes for asynchronous code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        path = shutil.which(os.environ.get("CHROMIUM") or "chromium")
        assert path, "Chromium is missing: install it (on Debian: apt install chromium) or set CHROMIUM"
        expect.set_options(timeout=PATIENCE)
        launched = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def collected_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The static files as a site publishes them: what TrimmedStaticFiles leaves out must not be missed."""
    directory = str(tmp_path_factory.mktemp("static"))
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STATIC_ROOT=directory, STORAGES=plain, SECURE_SSL_REDIRECT=False):
        call_command("collectstatic", link=True, interactive=False, verbosity=0)
        yield directory


@pytest.fixture(scope="session")
def live_server(collected_files: str) -> Iterator[LiveServer]:
    """pytest-django's server, at an address that needs no name look-up."""
    server = LiveServer("127.0.0.1")
    yield server
    server.stop()


@pytest.fixture
def newsroom_server(
    live_server: LiveServer, collected_files: str, plain_settings: None, settings: Any, transactional_db: None
) -> LiveServer:
    """The server, with the settings of a test run and a database that it shares with the test."""
    settings.STATIC_ROOT = collected_files
    return live_server


@pytest.fixture
def watch(newsroom_server: LiveServer) -> Iterator[Watch]:
    watch = Watch(newsroom_server.url)
    yield watch
    assert not watch.unexpected(), "\n".join(watch.unexpected())


class RequestsInProgress:
    """What the server is still busy with: a page says that it is closed, while the next test clears the database."""

    def __init__(self) -> None:
        self.count = 0
        self.lock = threading.Lock()
        request_started.connect(self.began, weak=False)
        request_finished.connect(self.ended, weak=False)

    def began(self, **_: Any) -> None:
        with self.lock:
            self.count += 1

    def ended(self, **_: Any) -> None:
        with self.lock:
            self.count -= 1

    def wait_until_none(self) -> None:
        # Some are on their way only.
        time.sleep(0.2)
        end = time.monotonic() + 5
        while self.count > 0 and time.monotonic() < end:
            time.sleep(0.02)


@pytest.fixture(scope="session")
def requests_in_progress(live_server: LiveServer) -> RequestsInProgress:
    return RequestsInProgress()


@pytest.fixture
def open_page(
    browser: Browser,
    newsroom_server: LiveServer,
    watch: Watch,
    settings: Any,
    requests_in_progress: RequestsInProgress,
) -> Iterator[Callable[..., Page]]:
    """Opens windows: `open_page(width=375, dark=True, user=cast.reporter)`. Each has cookies of its own.

    `user` is signed in without the login form; `tests.browser.desk.sign_in` goes through it.
    """
    contexts: list[BrowserContext] = []

    def opened(
        *,
        width: int = 1280,
        height: int = 900,
        dark: bool = False,
        locale: str = "zh-CN",
        user: Any = None,
        **options: Any,
    ) -> Page:
        context = browser.new_context(
            base_url=newsroom_server.url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale=locale,
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(REPORT_REFUSALS)
        watch.over(context)
        if user:
            client = Client()
            client.force_login(user)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": newsroom_server.url}])
        page = context.new_page()
        return page

    yield opened
    for context in contexts:
        context.close()
    requests_in_progress.wait_until_none()
