"""A newsroom's own templates and static files, as docs/theming.md tells to make them."""

from __future__ import annotations

import copy
import re
import subprocess
from pathlib import Path

import pytest

from articles.appearance import PARTS
from articles.models import SitePage
from newsroom.environment import EnvironmentValueError, theme
from tests.builders import MONDAY
from tests.newsroom.test_settings import PRODUCTION, last_line, manage
from tests.page import page

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs/theming.md").read_text("utf-8")


@pytest.fixture
def documented_theme(tmp_path) -> Path:
    """What the lines of the document leave in an empty folder."""
    [lines] = re.findall(r"```sh\n(.*?)```", DOCUMENT, re.DOTALL)
    assert len(lines.splitlines()) == 5
    subprocess.run(["/bin/sh", "-e", "-c", lines], cwd=tmp_path, check=True, timeout=30)
    assert (tmp_path / ".env").read_text() == "THEME_DIR=theme\n"
    return tmp_path / "theme"


def test_documented_theme_changes_a_token_and_a_template(db, client, settings, documented_theme, reading_at):
    """The five lines do what the document says."""
    folders = theme(str(documented_theme), base_dir=ROOT)
    settings.ON_OWN_MACHINE = True
    settings.STATICFILES_DIRS = [*folders["static"], *settings.STATICFILES_DIRS]
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*folders["templates"], *templates[0]["DIRS"]]
    settings.TEMPLATES = templates
    reading_at(MONDAY)
    SitePage.objects.create(title="关于我们", slug="about", body="<p>我们</p>", live_from=MONDAY)
    document = page(client.get("/page/about/"))
    assert document.one("h1").text == "关于我们"
    assert "Printed in Songling." in document.one("main").text
    [address] = [
        one.attributes["href"] for one in document.all("link", rel="stylesheet") if "/style-" in one.attributes["href"]
    ]
    text = client.get(address).content.decode()
    # The token is one that the project has, in light and dark, and the theme's stands behind both.
    assert text.count("--rule:") >= 3
    assert text.rindex("--rule:") == text.index("--rule: #c9b458")


def test_setting_puts_the_theme_before_the_project(documented_theme):
    """Static files and templates, in a process that starts with it."""
    outcome = manage("findstatic", "--first", "articles/site/own.css", DEBUG="1", THEME_DIR=str(documented_theme))
    assert str(documented_theme) in outcome.stdout, outcome.stderr
    code = "from django.template.loader import get_template as g; print(g('articles/site_page.html').origin.name)"
    outcome = manage("shell", "-c", code, DEBUG="1", THEME_DIR=str(documented_theme))
    assert str(documented_theme) in outcome.stdout, outcome.stderr


def test_without_a_theme_everything_is_the_projects():
    assert theme("", base_dir=ROOT) == {"templates": [], "static": []}


def test_theme_is_found_from_the_project_and_may_hold_one_of_the_two(tmp_path):
    (tmp_path / "mine/static").mkdir(parents=True)
    assert theme("mine", base_dir=tmp_path) == {"templates": [], "static": [tmp_path / "mine/static"]}


@pytest.mark.parametrize("path", ["nowhere", "empty", "file", "..\x00"])
def test_theme_that_is_none_is_named(tmp_path, path):
    """A mistyped path would show the site without its theme, and nobody would know why."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")
    with pytest.raises(EnvironmentValueError, match="THEME_DIR"):
        theme(path, base_dir=tmp_path)


def test_site_with_a_mistyped_theme_does_not_start():
    outcome = manage("check", **PRODUCTION, THEME_DIR="/nonexistent/theme")
    assert outcome.returncode != 0
    assert "THEME_DIR must be a folder" in last_line(outcome)


def test_document_names_files_that_exist():
    """Every template in its table, and the parts of the stylesheet."""
    names = re.findall(r"`((?:articles/)?_?[a-z0-9_]+\.html)`", DOCUMENT)
    assert len(names) > 15
    assert [name for name in names if not (ROOT / "templates" / name).exists()] == []
    assert [name for name in PARTS if not (ROOT / f"static/articles/site/{name}.css").exists()] == []


def test_own_part_of_the_project_says_nothing():
    """A newsroom's file takes its place, so nothing may be lost with it."""
    assert PARTS[-1] == "own"
    text = (ROOT / "static/articles/site/own.css").read_text("utf-8")
    assert re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).strip() == ""
