"""The Chinese catalogue: complete, compiled from what is there, and with every placeholder kept."""

from __future__ import annotations

import gettext
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "articles/locale/zh_Hans/LC_MESSAGES/django.po"

Entries = dict[str, str]


def read_compiled(path: Path) -> Entries:
    """Source and translation of a compiled catalogue; a context stands before the source, separated by U+0004."""
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog
    # A plural entry has the key (source, form).
    return {key if isinstance(key, str) else key[0]: text for key, text in catalogue.items() if key}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Entries:
    """What django.po holds now, checked and compiled by gettext; untranslated and fuzzy entries are left out by it."""
    compiled = tmp_path_factory.mktemp("catalogue") / "django.mo"
    command = ["msgfmt", "--check", "--output-file", str(compiled), str(CATALOGUE)]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stderr
    return read_compiled(compiled)


def marked_strings() -> set[str]:
    """The strings marked for translation in templates and code, as far as they stand on one line."""
    found = set()
    for path in (ROOT / "templates").rglob("*.html"):
        found |= set(re.findall(r'\{% translate "([^"]+)"', path.read_text("utf-8")))
    for path in (ROOT / "articles").rglob("*.py"):
        found |= set(re.findall(r'\b(?:_|gettext|gettext_lazy|gettext_noop)\("([^"\\]+)"\)', path.read_text("utf-8")))
    return found


def test_catalogue_has_every_marked_string(written: Entries) -> None:
    """Each string marked in templates and code has a Chinese text that is not fuzzy."""
    marked = marked_strings()
    assert len(marked) > 150
    assert sorted(marked - {key.rpartition("\x04")[2] for key in written}) == []


def test_catalogue_has_no_empty_or_obsolete_entry(written: Entries) -> None:
    """The catalogue carries nothing that is not used."""
    text = CATALOGUE.read_text("utf-8")
    assert "#~" not in text
    assert len(re.findall(r"^msgid ", text, re.MULTILINE)) - 1 == len(written)


def test_catalogue_keeps_placeholders(written: Entries) -> None:
    """A translation has the placeholders of its source, in whatever order; that of a plural form may also count."""

    def placeholders(text: str) -> list[str]:
        return sorted(re.findall(r"%\(\w+\)[sd]|%[sd]|\{[a-z]+\}", text)) + ["{}"] * len(re.findall(r"\{\d*\}", text))

    text = CATALOGUE.read_text("utf-8")
    plurals = {
        "".join(re.findall(r'"(.*)"', lines)) for lines in re.findall(r"^msgid ([^#]*?)^msgid_plural", text, re.M)
    }
    wrong = []
    for source, translated in written.items():
        expected, found = placeholders(source), placeholders(translated)
        # Chinese has one form, which is that of many: where one is said without a number, it is counted all the same.
        if not (set(expected) <= set(found) if source in plurals else expected == found):
            wrong.append(source)
    assert wrong == []


def test_compiled_catalogue_is_the_written_one(written: Entries) -> None:
    """The committed django.mo says exactly what django.po says."""
    assert read_compiled(CATALOGUE.with_suffix(".mo")) == written
