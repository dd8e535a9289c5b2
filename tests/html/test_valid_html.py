"""The pages of a whole site are valid HTML by the Nu HTML checker, in one run of it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from tests.builders import MONDAY
from tests.whole_site import ANSWERS, a_whole_site

pytestmark = [pytest.mark.html, pytest.mark.django_db]

# What the checker does not know yet, or says of every page that gives a browser more than one choice.
KNOWN: tuple[str, ...] = ()


def complaints(files: list[Path]) -> list[str]:
    """What the checker finds in `files`: errors and warnings, one line each."""
    command = ["java", "-Xss8m", "-jar", os.environ["VNU_JAR"], "--format", "json", "--also-check-svg"]
    checked = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False)
    found = json.loads(checked.stderr)["messages"]
    return [
        f"{Path(one['url']).name}:{one.get('lastLine', '?')}: {one['message']} {one.get('extract', '').strip()!r}"
        for one in found
        if (one["type"] == "error" or one.get("subType") == "warning")
        and not any(known in one["message"] for known in KNOWN)
    ]


def test_checker_finds_what_is_wrong(tmp_path):
    """Otherwise it would find nothing anywhere."""
    wrong = tmp_path / "wrong.html"
    wrong.write_text('<!DOCTYPE html><html lang="zh"><title>错</title><p><a href="/"><a href="/">错</a></a></p></html>')
    assert complaints([wrong])


def test_every_kind_of_page_is_valid(tmp_path, reading_at, settings):
    settings.EARLIER_VERSIONS = True
    reading_at(MONDAY)
    files = []
    for kind, address in a_whole_site(MONDAY).items():
        answer = Client().get(address)
        assert answer.status_code == ANSWERS.get(kind, 200), (kind, address)
        files.append(tmp_path / f"{kind}.html")
        files[-1].write_bytes(answer.content)
    found = complaints(files)
    assert not found, "\n".join(found)


def test_qr_code_is_valid(tmp_path, reading_at):
    reading_at(MONDAY)
    address = a_whole_site(MONDAY)["story"]
    picture = tmp_path / "qr.svg"
    picture.write_bytes(Client().get(f"{address}qr.svg").content)
    found = complaints([picture])
    assert not found, "\n".join(found)
