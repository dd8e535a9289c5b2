"""run.py and newsroom/bootstrap/: what they decide, without installing or starting anything."""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import run
from newsroom.bootstrap import commands, environment, locks, postgresql, project, suite

ROOT = Path(__file__).parent.parent
LOCKS = [environment.RUNTIME_LOCK, environment.DEVELOPMENT_LOCK]


def normalised(requirement: str) -> str:
    """The package of a requirement such as `Django_CKEditor>=6.7`, written as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()


def locked_packages(lock: Path) -> set[str]:
    return {normalised(line) for line in lock.read_text().splitlines() if "==" in line}


# run.py itself


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13)])
def test_old_python_is_told_what_to_install(version):
    sentence = run.too_old(version)
    assert "needs Python 3.11 or newer" in sentence
    assert f"this is Python {version[0]}.{version[1]}." in sentence
    assert "apt install python3" in sentence


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 0), (4, 0, 0)])
def test_new_python_is_welcome(version):
    assert run.too_old(version) is None


def test_run_py_has_no_syntax_that_an_old_python_stumbles_over():
    """It must be read as a whole before it can say that the Python is too old."""
    source = (ROOT / "run.py").read_text()
    source.encode("ascii")
    assert not re.search(r"""\bf["']|:=|->|^from __future__|^\s*match """, source, re.MULTILINE)


def test_unknown_command_is_refused_with_the_usage(capsys):
    assert commands.main(["tset"], "the usage") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "'tset'" in said.err
    assert "the usage" in said.err


@pytest.mark.parametrize("name", list(commands.COMMANDS))
def test_usage_names_every_command(name):
    assert f"run.py {name}" in run.__doc__


def test_options_without_a_command_mean_the_demo(monkeypatch):
    received = []
    monkeypatch.setitem(commands.COMMANDS, "demo", lambda arguments: received.append(arguments) or 0)
    assert commands.main(["--port", "9000"], "") == 0
    assert commands.main([], "") == 0
    assert received == [["--port", "9000"], []]


# the environment


def test_stamp_changes_with_the_lock_file_and_with_the_python(tmp_path):
    lock = tmp_path / "requirements.txt"
    lock.write_text("django==5.2.19\n")
    before = environment.stamp(lock, (3, 11, 7))
    assert environment.stamp(lock, (3, 11, 9)) == before
    assert environment.stamp(lock, (3, 13, 0)) != before
    lock.write_text("django==5.2.20\n")
    assert environment.stamp(lock, (3, 11, 7)) != before


def test_environment_is_ready_only_when_stamped_and_finished(tmp_path):
    lock = tmp_path / "requirements.txt"
    lock.write_text("")
    venv = tmp_path / "venv"
    environment.interpreter(venv).parent.mkdir(parents=True)
    environment.interpreter(venv).touch()
    assert not environment._is_ready(venv, lock)
    (venv / "newsroom-requirements").write_text(environment.stamp(lock))
    assert environment._is_ready(venv, lock)
    (venv / environment.UNFINISHED).touch()
    assert not environment._is_ready(venv, lock)


def test_directory_that_is_no_environment_is_never_removed(tmp_path):
    (tmp_path / "diary.txt").write_text("dear diary")
    with pytest.raises(SystemExit, match="not a virtual environment"):
        environment._remove(tmp_path)
    assert (tmp_path / "diary.txt").exists()


def test_half_made_environment_is_removed(tmp_path):
    venv = tmp_path / "venv"
    venv.mkdir()
    (venv / environment.UNFINISHED).touch()
    environment._remove(venv)
    assert not venv.exists()


def test_missing_ensurepip_is_explained(monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        environment.refuse_without_venv()


# manage


def test_debug_is_set_only_where_nothing_is_configured(tmp_path):
    env_file = tmp_path / ".env"
    assert project.variables({}, env_file=env_file) == {"DEBUG": "1"}
    assert project.variables({"DEBUG": "0"}, env_file=env_file) == {"DEBUG": "0"}
    assert project.variables({"SECRET_KEY": "long"}, env_file=env_file) == {"SECRET_KEY": "long"}
    env_file.touch()
    assert project.variables({}, env_file=env_file) == {}


# the test run


@pytest.fixture
def bare_machine(monkeypatch):
    """A machine with neither PostgreSQL nor Chromium."""
    for name in ("TEST_DATABASE_URL", "CHROMIUM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(postgresql, "binaries", lambda: None)
    monkeypatch.setattr(shutil, "which", lambda name: None)


@pytest.mark.parametrize("name", ["postgresql", "browser"])
@pytest.mark.parametrize(("strict", "outcome"), [(False, "skipped"), (True, "failed")])
def test_missing_program_is_a_notice_or_a_failure(bare_machine, capsys, name, strict, outcome):
    (step,) = suite.selection(name)
    with contextlib.ExitStack() as stack:
        result = suite.perform(step, Path("python"), suite.Services(stack), [], strict=strict)
    assert result.outcome == outcome
    assert "apt install" in result.note
    assert result.note in capsys.readouterr().out


def test_given_database_is_used_instead_of_a_server_of_our_own(monkeypatch):
    monkeypatch.setenv("TEST_DATABASE_URL", "postgresql://someone@/tests")
    (step,) = suite.selection("postgresql")
    with contextlib.ExitStack() as stack:
        assert suite.Services(stack).variables(step)["DATABASE_URL"] == "postgresql://someone@/tests"


def test_browser_tests_fall_back_to_sqlite(bare_machine, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: f"bin/{name}")
    (step,) = suite.selection("browser")
    with contextlib.ExitStack() as stack:
        variables = suite.Services(stack).variables(step)
    assert variables["DATABASE_URL"] == suite.SQLITE_URL
    assert variables["CHROMIUM"] == "bin/chromium"


def test_selection_keeps_the_order_of_the_steps():
    assert [step.name for step in suite.selection("browser, lint")] == ["lint", "browser"]


@pytest.mark.parametrize(
    ("code", "arguments", "outcome"),
    [(0, [], "passed"), (1, [], "failed"), (5, [], "failed"), (5, ["-k", "x"], "passed")],
)
def test_exit_code_decides_unless_nothing_was_selected_on_purpose(monkeypatch, code, arguments, outcome):
    monkeypatch.setattr(suite, "call", lambda command, environ: code)
    (step,) = suite.selection("sqlite")
    with contextlib.ExitStack() as stack:
        result = suite.perform(step, Path("python"), suite.Services(stack), arguments, strict=False)
    assert result.outcome == outcome


@pytest.mark.parametrize(("name", "left_out"), [("sqlite", []), ("postgresql", ["--ignore=tests/admin"])])
def test_postgresql_leaves_to_another_run_what_it_is_told_to(monkeypatch, name, left_out):
    commands = []
    monkeypatch.setenv("TEST_DATABASE_URL", "postgresql://someone@/tests")
    monkeypatch.setenv("POSTGRESQL_LATER", "tests/admin")
    monkeypatch.setattr(suite, "call", lambda command, environ: commands.append(command) or 0)
    (step,) = suite.selection(name)
    with contextlib.ExitStack() as stack:
        suite.perform(step, Path("python"), suite.Services(stack), [], strict=False)
    assert [argument for argument in commands[0] if argument.startswith("--ignore")] == left_out


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "news.example.org"])
def test_other_machines_are_out_of_reach(host):
    with pytest.raises(RuntimeError, match="tried to reach another machine"):
        socket.create_connection((host, 80), timeout=1)


def test_this_machine_stays_in_reach():
    with socket.create_server(("localhost", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=5).close()


def test_newest_server_is_taken_first():
    paths = [Path(f"/usr/lib/postgresql/{version}/bin") for version in (9, 15, 17)]
    assert max(paths, key=postgresql._version) == paths[-1]


# the lock files


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_lock_names_packages_and_checksums_only(lock):
    """No address of a package index and no path of the machine it was written on."""
    text = lock.read_text()
    assert locks.strangers(text) == []
    assert "/" not in text


@pytest.mark.parametrize(
    "line", ["--index-url x", "--find-links wheels", "-e .", "six @ https://example.org/six.whl", "# from C:\\\\wheels"]
)
def test_stranger_in_a_lock_is_noticed(line):
    assert locks.strangers(f"{locks.HEADER}six==1.17.0 \\\n    --hash=sha256:00\n{line}\n") == [line]


def test_every_rule_module_is_under_the_contract_for_rules():
    """A rule that is only on the floor, and not in the second contract, could read the database unnoticed."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    floors, rules = (next(found for found in contracts if found["id"] == name) for name in ("floors", "rules"))
    lowest = re.findall(r"\w+", floors["layers"][-1])
    app = ROOT / "articles"
    present = {f"articles.{name}" for name in lowest if (app / name).exists() or (app / f"{name}.py").exists()}
    assert present == set(rules["source_modules"])


def test_every_dependency_is_locked():
    metadata = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    runtime = {normalised(requirement) for requirement in metadata["dependencies"]}
    development = {normalised(requirement) for requirement in metadata["optional-dependencies"]["dev"]}
    assert runtime <= locked_packages(environment.RUNTIME_LOCK)
    assert runtime | development <= locked_packages(environment.DEVELOPMENT_LOCK)


def test_tests_run_on_the_versions_that_are_deployed():
    runtime, development = (set(re.findall(r"^\S+==\S+", lock.read_text(), re.MULTILINE)) for lock in LOCKS)
    assert runtime <= development


@pytest.mark.skipif(
    not environment._is_ready(environment.directory(), environment.RUNTIME_LOCK),
    reason="would install packages; `run.py test` has installed them",
)
def test_manage_leaves_stdout_to_the_command():
    """`manage … --report json` prints one JSON object, so run.py itself must not say anything there."""
    done = subprocess.run(
        [sys.executable, ROOT / "run.py", "manage", "version"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert re.fullmatch(r"\d+\.\d+(\.\d+)?\n", done.stdout)
