"""Starting the project as a machine would: what it refuses, and that the documented production set-up is clean."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.template.loaders.cached import Loader

from newsroom.bootstrap import demo

ROOT = Path(__file__).parents[2]
PRODUCTION = {
    "SECRET_KEY": "x9-rD3kQf7LwZ0vT2nYb8mHs5cJg1pUa4eRi6oKtXyWqBz_EvN",
    "ALLOWED_HOSTS": "news.example.org",
    "SITE_URL": "https://news.example.org",
}


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess:
    """Run manage.py with exactly these variables, warnings included."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    with tempfile.TemporaryDirectory() as folder:
        environ = {"DATABASE_URL": f"sqlite:///{folder}/news.sqlite3", "LANGUAGE_CODE": "en", **kept, **variables}
        return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120, check=False)


def last_line(outcome: subprocess.CompletedProcess) -> str:
    return outcome.stderr.strip().splitlines()[-1]


def test_documented_production_is_clean():
    """`check --deploy` finds nothing with what docs/settings.md tells to set, and Django starts without a warning."""
    outcome = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION, BEHIND_PROXY="1")
    assert outcome.returncode == 0, outcome.stderr
    assert "no issues" in outcome.stdout


@pytest.mark.parametrize(
    "key",
    [None, "", "  ", "development-only-key-that-production-refuses-to-start-with"],
    ids=["unset", "empty", "blank", "known"],
)
def test_production_without_its_own_key_does_not_start(key):
    """It says which variable to set and how to make a value."""
    variables = {**PRODUCTION, "SECRET_KEY": key}
    outcome = manage("check", **{name: value for name, value in variables.items() if value is not None})
    assert outcome.returncode != 0
    assert "Set SECRET_KEY to a long random text" in last_line(outcome)


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"DEBUG": "maybe"}, "DEBUG must be 1 or 0"),
        ({"CONN_MAX_AGE": "soon"}, "CONN_MAX_AGE must be a whole number"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL must start with"),
        ({"RICH_TEXT_EDITOR": "word"}, "articles.E001"),
        ({"TIME_ZONE": "Mars/Olympus"}, "Mars/Olympus"),
        ({"LANGUAGE_CODE": "tlh"}, "LANGUAGE_CODE"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_value_that_makes_no_sense_is_named(variables, words):
    outcome = manage("check", **{**PRODUCTION, **variables})
    assert outcome.returncode != 0
    assert words in outcome.stderr


# What a browser does at the demo: a page that is not there, the files of two pages, signing in over http.
DEMO_VISIT = """
import re
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
User.objects.create_superuser("chief", password="newsroom-demo")
client = Client(enforce_csrf_checks=True, raise_request_exception=False, headers={"host": "localhost:8064"})
missing = client.get("/nowhere/")
print(missing.status_code, 'action="/search/"' in missing.text, "urlconf" in missing.text.lower())
form = client.get("/admin/login/")
for answer in (missing, form):
    sheets = re.findall('<link [^>]*href="([^"]+[.]css)"', answer.text)
    print(bool(sheets), {client.get(sheet).status_code for sheet in sheets})
token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', form.text)[1]
posted = {"username": "chief", "password": "newsroom-demo", "csrfmiddlewaretoken": token}
signed_in = client.post("/admin/login/", posted, headers={"origin": "http://localhost:8064"})
print(signed_in.status_code, [cookie["secure"] for cookie in signed_in.cookies.values()])
print(client.get("/admin/").status_code)
"""


def test_demo_has_the_error_pages_of_readers_and_works_over_http():
    """In a process that starts with what run.py gives it, and without collected files."""
    environ = demo.variables({}, "localhost:8064", key="made by this test")
    del environ["DATABASE_URL"]
    outcome = manage("shell", "--no-imports", "-c", DEMO_VISIT, STATIC_ROOT="/nonexistent", **environ)
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout.splitlines() == ["404 True False", "True {200}", "True {200}", "302 ['', '']", "200"]


def test_model_changes_have_their_migration():
    """With either editor: changing it changes no table."""
    for editor in ("ckeditor", "plain"):
        outcome = manage("makemigrations", "--check", "--dry-run", DEBUG="1", RICH_TEXT_EDITOR=editor)
        assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_migrations_name_no_editor():
    for path in (ROOT / "articles/migrations").glob("*.py"):
        assert not re.search("ckeditor|richtext", path.read_text("utf-8"), re.IGNORECASE), path.name


def test_uploader_is_not_installed():
    """Neither the app nor an address of it."""
    assert "ckeditor_uploader" not in settings.INSTALLED_APPS
    assert "ckeditor" in settings.INSTALLED_APPS


def test_templates_are_parsed_once():
    """Parsing them again for each page would double its cost."""
    assert any(isinstance(loader, Loader) for loader in engines["django"].engine.template_loaders)


def test_connections_are_kept_and_checked():
    database = settings.DATABASES["default"]
    assert database["CONN_MAX_AGE"] > 0
    assert database["CONN_HEALTH_CHECKS"] is True
