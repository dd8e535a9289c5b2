"""The documents name what exists: settings, commands, formats, report fields, files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from articles.actions.boundary_effects import EFFECTS
from articles.import_formats import FORMATS
from articles.import_formats.values import KINDS_OF_REPAIR, WHY_DAMAGED

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def variables_read_by_settings() -> set[str]:
    read_by = r'environment\.(?:text|flag|number|words|web_address)\(\s*"([A-Z_]+)"'
    return set(re.findall(read_by, read("newsroom/settings.py")))


@pytest.mark.parametrize("name", sorted(variables_read_by_settings()))
def test_setting_is_documented(name: str) -> None:
    """Every variable that settings.py reads has a row in docs/settings.md and a line in .env.example."""
    assert f"| `{name}` |" in read("docs/settings.md")
    assert re.search(rf"^(# )?{name}=", read(".env.example"), re.MULTILINE)


def test_documented_settings_exist() -> None:
    """docs/settings.md names no variable that settings.py does not read."""
    assert (
        set(re.findall(r"^\| `([A-Z_]+)` \|", read("docs/settings.md"), re.MULTILINE)) == variables_read_by_settings()
    )


def own_commands() -> list[str]:
    return sorted(path.stem for path in (ROOT / "articles/management/commands").glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("name", own_commands())
def test_command_is_documented(name: str) -> None:
    """Every command of manage.py is named in a document."""
    documents = [*DOCS.glob("*.md"), ROOT / "README.md"]
    assert any(name in path.read_text(encoding="utf-8") for path in documents)


def test_import_document_names_formats_fields_and_options() -> None:
    """docs/import.md names each format, option, field of the report, kind of repair and kind of damage."""
    document = read("docs/import.md")
    options = re.findall(r'add_argument\("(--[a-z-]+)"', read("articles/management/commands/import_stories.py"))
    fields = "created updated skipped failed stories headlines repairs notices failures".split()
    fields += "file id url headline subsections related_links damaged outcome reason message".split()
    fields += "lists name version items drafts".split()
    assert len(options) >= 7
    words = [*(known.name for known in FORMATS), *options, *fields, *KINDS_OF_REPAIR, *WHY_DAMAGED]
    assert [word for word in words if word not in document] == []


@pytest.mark.parametrize("name", [effect.name for effect in EFFECTS])
def test_effect_of_boundaries_is_documented(name: str) -> None:
    """docs/ticker.md has a row for everything that happens at a boundary."""
    assert f"| `{name}` |" in read("docs/ticker.md")


def documents() -> list[Path]:
    return [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    """Relative links and pictures in the documents exist."""
    targets = re.findall(r"\]\(([^)#\s]+)\)", path.read_text(encoding="utf-8"))
    broken = [target for target in targets if "://" not in target and not (path.parent / target).exists()]
    assert broken == []


def test_architecture_names_existing_files() -> None:
    """Files and folders of the floors in docs/architecture.md exist."""
    floors = read("docs/architecture.md").split("```")[1]
    names = re.findall(r"^([a-z_]+(?:\.py|/))(?:\s|$)", floors.split("articles/\n")[1], re.MULTILINE)
    inside = re.findall(r"^  ([a-z_]+(?:\.py|/))", floors, re.MULTILINE)
    assert len(inside) > 12
    missing = [
        name for name in [*inside, *names] if not ((ROOT / "articles" / name).exists() or (ROOT / name).exists())
    ]
    assert missing == []


def test_every_decision_is_dated() -> None:
    """A decision says when it was taken."""
    decisions = list((DOCS / "decisions").glob("*.md"))
    assert len(decisions) >= 6
    undated = [path.name for path in decisions if not re.search(r"^20\d\d-\d\d-\d\d$", path.read_text("utf-8"), re.M)]
    assert undated == []


def test_every_dependency_has_its_reason() -> None:
    """docs/decisions/0001 has a row for each run-time dependency of pyproject.toml."""
    names = re.findall(
        r'^    "([a-z0-9-]+)[><=]', read("pyproject.toml").split("dependencies = [")[1].split("]")[0], re.M
    )
    assert len(names) >= 9
    document = read("docs/decisions/0001-dependencies.md")
    assert [name for name in names if f"| {name} |" not in document] == []
