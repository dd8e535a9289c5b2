"""Habits of the house that no other tool holds: read in the syntax tree, so that comments and texts may name them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(
    path
    for folder in ("articles", "newsroom")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

LONGEST_MODULE = 300
LONGEST_FUNCTION = 60

# Functions that ask what time it is: on the module or class of that name.
CLOCKS = {("timezone", "now"), ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}
CLOCKS |= {("time", "time"), ("time", "time_ns")}
# These ask only when they are not given a moment.
CLOCKS_BY_DEFAULT = {("timezone", "localdate"), ("timezone", "localtime")}

# Each puts text on a page unescaped; `format_html` escapes, and CleanHtml knows that it is clean.
UNESCAPED = {"mark_safe", "SafeText", "SafeData"}

# They split at blanks and keep ASCII only: of Chinese text nothing is left.
NOT_FOR_CHINESE = {"slugify", "wordcount", "truncatewords", "truncatewords_html", "Truncator"}


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def names_used(path: Path) -> Iterator[tuple[str, int]]:
    """Every name that is imported, read or called in a module."""
    for node in ast.walk(tree(path)):
        match node:
            case ast.ImportFrom(names=names):
                yield from ((alias.name, node.lineno) for alias in names)
            case ast.Name(id=name) | ast.Attribute(attr=name):
                yield name, node.lineno


def clock_calls(path: Path) -> Iterator[tuple[str, int]]:
    """Every place that reads the clock of the machine."""
    for node in ast.walk(tree(path)):
        match node:
            case ast.Attribute(value=owner, attr=attribute) if (last_name(owner), attribute) in CLOCKS:
                yield attribute, node.lineno
            case ast.Call(func=ast.Attribute(value=owner, attr=attribute), args=[], keywords=[]):
                if (last_name(owner), attribute) in CLOCKS_BY_DEFAULT:
                    yield attribute, node.lineno


def last_name(node: ast.expr) -> str:
    return getattr(node, "id", getattr(node, "attr", ""))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_modules_are_found():
    """The tests below look at something."""
    assert len(MODULES) > 60
    assert len(TEMPLATES) > 10


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_module_asks_the_time_nowhere_but_in_the_clock(path):
    """Time is an argument: one function asks for it, so that any page can be read at any moment."""
    asked = [name for name, _line in clock_calls(path)]
    assert (len(asked) == 1) if shown(path) == "articles/clock.py" else (asked == [])


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_module_marks_nothing_as_safe(path):
    """What may be printed unescaped is a type (CleanHtml), not a promise made at each call."""
    assert [(name, line) for name, line in names_used(path) if name in UNESCAPED] == []


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_module_uses_no_tool_that_breaks_chinese(path):
    """Addresses, counts and cuts of Chinese text have functions of their own in articles/chinese."""
    assert [(name, line) for name, line in names_used(path) if name in NOT_FOR_CHINESE] == []


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_module_uses_no_signals(path):
    """What a write does stands in the action; nothing happens behind it."""
    forbidden = {"receiver", "Signal", "post_save", "pre_save", "post_delete", "pre_delete", "m2m_changed"}
    imported = [
        (alias.name, node.lineno)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django")
        for alias in node.names
    ]
    assert [(name, line) for name, line in imported if name in forbidden or name == "signals"] == []


@pytest.mark.parametrize("path", [path for path in MODULES if "models" in path.parts], ids=shown)
def test_model_does_nothing_on_save(path):
    """`save()` saves; whoever reads an action sees all that happens."""
    assert [function.name for function in functions(path) if function.name in {"save", "delete", "asave"}] == []


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_module_is_short(path):
    """Past some length there is a second idea in it."""
    assert len(path.read_text(encoding="utf-8").splitlines()) < LONGEST_MODULE


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_functions_are_short(path):
    """The same for functions; the docstring counts."""
    long = {function.name: function.end_lineno - function.lineno + 1 for function in functions(path)}
    assert {name: lines for name, lines in long.items() if lines >= LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", TEMPLATES, ids=shown)
def test_template_prints_nothing_unescaped(path):
    """No template decides that a text is safe."""
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"\|\s*(?:safe|safeseq)\b|autoescape\s+off", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=shown)
def test_template_uses_no_filter_that_breaks_chinese(path):
    """Cutting and counting by words leaves a Chinese text whole, or nothing of it."""
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"\|\s*(?:slugify|wordcount|truncatewords(?:_html)?|wordwrap)\b", text) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=shown)
def test_template_holds_no_script_or_style_of_its_own(path):
    """The content security policy forbids both; a page that tried would be broken."""
    text = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    inline = re.findall(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/)[^>]*>|<style\b|\sstyle=\"|\son[a-z]+=\"", text
    )
    assert inline == []
