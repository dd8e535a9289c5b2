"""What every test gets. First the walls around the test run, then the cast."""

from __future__ import annotations

import gc
import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission, User
from django.utils import translation

from articles.preflight import CHECKS
from articles.workflow import ROLES

# ---------------------------------------------------------------------------------------------------------------------
# The walls: no network, no deadline that a slow machine misses, and the browser marker
# ---------------------------------------------------------------------------------------------------------------------

BROWSER_TESTS = Path(__file__).parent / "browser"
DATABASE_FIXTURES = {"db", "transactional_db"}

# Each request leaves thousands of cycles behind, and looking for them a hundred times a second took a fifth of the run.
gc.set_threshold(50_000, 20, 100)

# In CI the examples are the same each time, and fewer: a change must not fail for what another one left to be found.
IN_CI = bool(os.environ.get("CI"))
hypothesis.settings.register_profile("newsroom", deadline=None, derandomize=IN_CI, max_examples=50 if IN_CI else 100)
hypothesis.settings.load_profile("newsroom")


class NetworkUsedError(RuntimeError):
    """A test tried to reach another machine. Tests run without a network and must not depend on one."""


def is_this_machine(host: str | bytes | None) -> bool:
    if isinstance(host, bytes):
        host = host.decode()
    if host in {None, "", "localhost", "testserver"}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Refuse connections and name look-ups that leave this machine; Unix sockets and loopback stay open."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def refuse_others(host: str | bytes | None) -> None:
        if not is_this_machine(host):
            raise NetworkUsedError(f"{NetworkUsedError.__doc__} It asked for {host!r}.")

    def is_internet(sock: socket.socket) -> bool:
        return sock.family in (socket.AF_INET, socket.AF_INET6)

    def guarded_connect(self, address):
        if is_internet(self):
            refuse_others(address[0])
        return connect(self, address)

    def guarded_connect_ex(self, address):
        if is_internet(self):
            refuse_others(address[0])
        return connect_ex(self, address)

    def guarded_getaddrinfo(host, *arguments, **options):
        refuse_others(host)
        return getaddrinfo(host, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
        yield


def pytest_collection_finish() -> None:
    """Django and the collected tests stay until the end: no search for what nobody uses has to look at them."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give everything under tests/browser and everything that uses the database its marker: no file can forget it."""
    for item in items:
        if BROWSER_TESTS in item.path.parents:
            item.add_marker(pytest.mark.browser)
        if DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)


# ---------------------------------------------------------------------------------------------------------------------
# The cast
# ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cast:
    """The same people in every test. `outsider` works here (may log in) and has no role."""

    reporter: User
    other_reporter: User
    photo_editor: User
    editor: User
    second_editor: User
    list_editor: User
    chief_editor: User
    administrator: User
    outsider: User


# Who they are: login name and role. All have the password "test-password".
PEOPLE = {
    "reporter": ("lin", "reporter"),
    "other_reporter": ("he", "reporter"),
    "photo_editor": ("sun", "photo editor"),
    "editor": ("zhao", "editor"),
    "second_editor": ("zhou", "editor"),
    "list_editor": ("wu", "list editor"),
    "chief_editor": ("tang", "chief editor"),
    "administrator": ("gu", "administrator"),
    "outsider": ("outsider", None),
}


@pytest.fixture
def cast(db: None) -> Cast:
    """Made for thousands of tests, hence in few queries; tests/test_cast.py: the site itself makes the same."""
    groups = roles_at_once()
    password = make_password("test-password")
    people = User.objects.bulk_create(
        User(username=name, password=password, first_name=name.title(), is_staff=True)
        for name, _role in PEOPLE.values()
    )
    membership = User.groups.through
    membership.objects.bulk_create(
        membership(user_id=person.pk, group_id=groups[role].pk)
        for person, (_name, role) in zip(people, PEOPLE.values(), strict=True)
        if role
    )
    return Cast(**dict(zip(PEOPLE, people, strict=True)))


def roles_at_once() -> dict[str, Group]:
    """The groups that make_roles() makes in a database without any, by role name."""
    known = {
        f"{app}.{codename}": pk
        for app, codename, pk in Permission.objects.values_list("content_type__app_label", "codename", "pk")
    }
    groups = {group.name: group for group in Group.objects.bulk_create(Group(name=role) for role in ROLES)}
    right = Group.permissions.through
    right.objects.bulk_create(
        right(group_id=groups[role].pk, permission_id=known[name if "." in name else f"articles.{name}"])
        for role, names in ROLES.items()
        for name in names
    )
    return groups


@pytest.fixture(autouse=True)
def plain_settings(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What a test run has instead of a production set-up: no collected files, no redirect to https, quick passwords."""
    # The admin speaks the user's language, and the thread goes on speaking it after the request.
    translation.activate(settings.LANGUAGE_CODE)
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.STATIC_ROOT = tmp_path_factory.getbasetemp()
    settings.SECURE_SSL_REDIRECT = False
    # Review and its tests: tests/actions/test_review.py. What is about other things publishes without.
    settings.REVIEW_STAGES = "none"
    # The checks and their tests: tests/preflight and tests/actions/test_preflight.py.
    settings.PREFLIGHT_OFF = [check.name for check in CHECKS]
    settings.PREFLIGHT_WARN_ONLY = []
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def reading_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Sets the moment at which requests are read: `reading_at(moment)`."""

    def read_at(moment: datetime) -> None:
        monkeypatch.setattr("articles.clock.now", lambda: moment)

    return read_at
