"""Static files as production serves them: collected with names by content, without the parts nobody should reach."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from articles.richtext import EDITOR_CONFIG, REMOVED_PLUGINS
from newsroom.static_files import TrimmedStaticFiles
from tests.builders import a_publication, a_story
from tests.page import page
from tests.story_form import desk

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `collectstatic` leaves in an empty folder, in production."""
    folder = tmp_path_factory.mktemp("static")
    environ = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "only for collecting files",
        "STATIC_ROOT": str(folder),
        "DATABASE_URL": "sqlite:////nonexistent/never-opened.sqlite3",
    }
    command = [sys.executable, str(ROOT / "manage.py"), "collectstatic", "--noinput", "--verbosity=0"]
    outcome = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=300, check=False)
    assert outcome.returncode == 0, outcome.stderr
    return folder


@pytest.fixture
def production_files(collected, settings):
    settings.STATIC_ROOT = collected
    backend = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    return json.loads((collected / "staticfiles.json").read_text())["paths"]


DANGEROUS = (
    "exportpdf scayt wsc iframe iframedialog flash forms smiley templates codesnippet embed embedbase autoembed "
    "mathjax adobeair devtools docprops sourcedialog preview"
).split()


@pytest.mark.parametrize("plugin", DANGEROUS)
def test_dangerous_plugin_is_not_published(collected, plugin):
    """What talks to other hosts, or had issues that nobody fixes, is not there to be asked for."""
    assert not list(collected.rglob(f"plugins/{plugin}/*"))


def test_samples_and_uploader_are_not_published(collected):
    """Pages that show what the editor can do are pages of this site."""
    names = {str(path.relative_to(collected)) for path in collected.rglob("*") if path.is_file()}
    assert not [name for name in names if re.search(r"samples/|adapters/|galleriffic|uploader|\.html\b", name)]
    assert any(name.startswith("ckeditor/ckeditor/ckeditor.") for name in names)


def test_plugins_the_toolbar_needs_are_published(collected):
    """Trimming has not taken what is used."""
    for plugin in ("link", "table", "pastefromword", "specialchar", "clipboard"):
        assert list((collected / "ckeditor/ckeditor/plugins" / plugin).rglob("*.*")), plugin


def test_editor_is_configured_without_the_dangerous_plugins():
    """Also those that are built into the editor's one file, which no trimming takes out."""
    removed = EDITOR_CONFIG["removePlugins"].split(",")
    for plugin in (
        "exportpdf",
        "scayt",
        "wsc",
        "iframe",
        "flash",
        "forms",
        "uploadimage",
        "uploadwidget",
        "sourcearea",
    ):
        assert plugin in removed, plugin
    assert removed == REMOVED_PLUGINS
    assert EDITOR_CONFIG["versionCheck"] is False
    assert EDITOR_CONFIG["entities"] is False
    assert EDITOR_CONFIG["disableNativeSpellChecker"] is False
    buttons = {button for group in EDITOR_CONFIG["toolbar"] for button in group}
    assert not buttons & {"Source", "Image", "Flash", "Iframe", "Scayt", "ExportPdf", "Form"}


def test_patterns_are_matched_against_paths():
    """Django leaves out by file name or by whole path; a folder alone would leave out nothing."""
    for pattern in TrimmedStaticFiles.ignore_patterns:
        assert "/" not in pattern or pattern.endswith("/*"), pattern


def test_public_pages_use_names_by_content(db, production_files, collected):
    """Every file a page asks for exists, under a name that changes with it."""
    for path in ("/", a_publication().get_absolute_url(), "/nowhere/"):
        document = page(Client().get(path))
        addresses = [
            element.attributes[name]
            for element in document.all()
            for name in ("src", "href")
            if element.attributes.get(name, "").startswith("/static/")
        ]
        assert addresses
        for address in addresses:
            assert re.search(r"\.[0-9a-f]{12}\.", address), address
            assert (collected / address.removeprefix("/static/")).is_file(), address


def test_pages_of_the_desk_render_with_the_manifest(cast, production_files, collected):
    """No page names a file that was not collected, the editor's among them."""
    chief = desk(cast.chief_editor)
    story = a_story()
    for path in (
        reverse("admin:index"),
        reverse("admin:articles_story_changelist"),
        reverse("admin:articles_story_add"),
        reverse("admin:articles_story_change", args=[story.pk]),
        reverse("admin:articles_copyrightnotice_add"),
    ):
        response = chief.get(path)
        assert response.status_code == 200, path
        for address in re.findall(r'/static/([^"\'&\\ )]+\.(?:css|js|svg))', response.content.decode()):
            assert (collected / address).is_file(), address


def test_error_page_finds_its_stylesheet_without_the_manifest(collected):
    """It is linked by its plain name, because looking up the other may be what failed."""
    assert (collected / "articles/site/tokens.css").is_file()
