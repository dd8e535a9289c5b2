"""`run.py test`: every check and every test, step by step, with a table of results at the end.

    run.py test                          everything
    run.py test --only lint,sqlite       some steps
    run.py test --only sqlite -k search  the rest of the line goes to pytest

The PostgreSQL step uses TEST_DATABASE_URL, or starts a throw-away server from installed binaries. The browser step
uses the Chromium that CHROMIUM names, or an installed one; the html step Java and the Nu HTML checker, which it
fetches with npm unless VNU_JAR names one. Without them these steps are skipped with a notice; with
--strict, or CI=true in the environment, that is a failure. POSTGRESQL_LATER names tests that the PostgreSQL step leaves
out, because another run asks them there (.ci/run).
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from newsroom.bootstrap import html_checker, postgresql
from newsroom.bootstrap.environment import DEVELOPMENT_LOCK, ROOT, prepare

# Each process has a part of its own, so that what a file prepares is prepared once, and who is ready first takes more.
PYTEST = ("pytest", "-q", "-n", "auto", "--dist", "worksteal")
NO_TESTS_COLLECTED = 5
SQLITE_URL = "sqlite:///var/tests.sqlite3"  # pytest keeps its SQLite database in memory; other steps may leave a file
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
TEMPLATES = tuple(sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html")))


@dataclass(frozen=True)
class Step:
    name: str
    says: str
    command: tuple[str, ...]  # a program of the virtual environment and its arguments
    needs: str = ""  # "postgresql", "chromium" or "checker"

    @property
    def is_pytest(self) -> bool:
        return self.command[0] == "pytest"


STEPS = (
    Step("lint", "code passes ruff", ("ruff", "check", ".")),
    Step("format", "code is formatted", ("ruff", "format", "--check", ".")),
    Step("templates", "templates are formatted", ("djade", "--check", "--target-version", "5.2", *TEMPLATES)),
    Step("imports", "dependencies point down", ("lint-imports", "--no-logo")),
    Step("migrations", "models match migrations", ("python", "manage.py", "makemigrations", "--check", "--dry-run")),
    Step("checks", "Django's system checks", ("python", "manage.py", "check", "--fail-level", "WARNING")),
    # Both databases are asked what they might answer otherwise. What knows no database, and who may read what, is asked
    # on SQLite alone; processes are killed on PostgreSQL alone.
    Step("sqlite", "tests on SQLite", (*PYTEST, "-m", "not browser and not processes and not html")),
    Step(
        "postgresql",
        "tests on PostgreSQL",
        (*PYTEST, "-m", "database and not browser and not matrix and not html"),
        needs="postgresql",
    ),
    Step("html", "pages are valid HTML", ("pytest", "-q", "-m", "html"), needs="checker"),
    Step("browser", "tests in Chromium", (*PYTEST, "-m", "browser"), needs="chromium"),
)


class MissingError(Exception):
    """A program that a step needs is not on this machine; the message says how to get it."""


class Services:
    """What some steps need besides Python: found, or started, when the first of them asks."""

    def __init__(self, stack: contextlib.ExitStack) -> None:
        self._stack = stack

    @cached_property
    def database_url(self) -> str:
        """A PostgreSQL where test databases may be created. Raises MissingError, ServerFailedError."""
        if given := os.environ.get("TEST_DATABASE_URL"):
            return given
        directory = postgresql.binaries()
        if directory is None:
            raise MissingError(f"PostgreSQL was not found: {postgresql.INSTALL}")
        return self._stack.enter_context(postgresql.cluster(directory))

    @cached_property
    def chromium(self) -> str:
        """The path of a Chromium. Raises MissingError."""
        for name in filter(None, (os.environ.get("CHROMIUM"), *CHROMIUM_NAMES)):
            if found := shutil.which(name):
                return found
        raise MissingError("Chromium was not found: install it (on Debian: apt install chromium) or set CHROMIUM")

    @cached_property
    def checker(self) -> str:
        """The path of the HTML checker. Raises MissingError, CheckerFailedError."""
        found = html_checker.jar()
        if found is None:
            raise MissingError(f"The HTML checker was not found: {html_checker.INSTALL}")
        return str(found)

    def variables(self, step: Step) -> dict[str, str]:
        """The environment variables of a step. Raises what the services it needs raise."""
        # Empty ones count as not set, and keep a .env file of this machine out of the tests.
        variables = {"DEBUG": "1", "SECRET_KEY": "", "ALLOWED_HOSTS": "", "DATABASE_URL": SQLITE_URL}
        if step.needs == "postgresql":
            variables["DATABASE_URL"] = self.database_url
        if step.needs == "checker":
            variables["VNU_JAR"] = self.checker
        if step.needs == "chromium":
            variables["CHROMIUM"] = self.chromium
            # Browsers ask for several things at once, and an SQLite database in memory has one connection.
            with contextlib.suppress(MissingError):
                variables["DATABASE_URL"] = self.database_url
        return variables


@dataclass(frozen=True)
class Result:
    name: str
    outcome: str  # "passed", "failed" or "skipped"
    seconds: float = 0.0
    note: str = ""


def main(arguments: list[str]) -> int:
    options, pytest_arguments = parser().parse_known_args(arguments)
    strict = options.strict or os.environ.get("CI", "").lower() in {"1", "true"}
    python = prepare(DEVELOPMENT_LOCK)
    (ROOT / "var").mkdir(exist_ok=True)
    results: list[Result] = []
    try:
        with contextlib.ExitStack() as stack:
            services = Services(stack)
            for step in options.only:
                results.append(perform(step, python, services, pytest_arguments, strict=strict))
    finally:
        if results:
            print(table(results), flush=True)
    return 1 if any(result.outcome == "failed" for result in results) else 0


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="run.py test",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,  # what looks like an option of ours cut short belongs to pytest
    )
    names = ", ".join(step.name for step in STEPS)
    parser.add_argument("--only", type=selection, default=STEPS, metavar="STEPS", help=f"some of: {names}")
    parser.add_argument("--strict", action="store_true", help="missing PostgreSQL or Chromium is a failure")
    return parser


def selection(names: str) -> tuple[Step, ...]:
    """The steps of a comma-separated list, in their own order."""
    wanted = {name.strip() for name in names.split(",")}
    if unknown := wanted - {step.name for step in STEPS}:
        raise argparse.ArgumentTypeError(f"there is no step {', '.join(sorted(unknown))}")
    return tuple(step for step in STEPS if step.name in wanted)


def perform(step: Step, python: Path, services: Services, pytest_arguments: list[str], *, strict: bool) -> Result:
    """Run one step and say how it went."""
    print(f"\n== {step.name}: {step.says}", flush=True)
    started = time.monotonic()
    try:
        variables = services.variables(step)
    except MissingError as missing:
        print(missing)
        return Result(step.name, "failed" if strict else "skipped", note=str(missing))
    except postgresql.ServerFailedError as failure:
        print(failure)
        return Result(step.name, "failed", time.monotonic() - started, "PostgreSQL did not start")
    except html_checker.CheckerFailedError as failure:
        print(failure)
        return Result(step.name, "failed", time.monotonic() - started, "the HTML checker could not be fetched")
    program, *arguments = step.command
    command = [str(python.with_name(program)), *arguments, *(pytest_arguments if step.is_pytest else [])]
    if step.name == "postgresql":
        command += [f"--ignore={path}" for path in os.environ.get("POSTGRESQL_LATER", "").split()]
    code = call(command, {**os.environ, **variables})
    note = "" if code == 0 else f"exit code {code}"
    if step.is_pytest and code == NO_TESTS_COLLECTED:
        note = "no test was selected"
        code = 0 if pytest_arguments else code
    return Result(step.name, "failed" if code else "passed", time.monotonic() - started, note)


def call(command: list[str], environ: dict[str, str]) -> int:
    """Run a command to its end. On Ctrl-C, which it gets as well, let it finish its own cleaning up."""
    with subprocess.Popen(command, cwd=ROOT, env=environ) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            try:
                process.wait(timeout=5)
            except (subprocess.TimeoutExpired, KeyboardInterrupt):
                process.send_signal(signal.SIGTERM)
                process.wait()
            raise


def table(results: list[Result]) -> str:
    lines = [f"{result.name:<12}{result.outcome:<9}{result.seconds:>7.1f} s  {result.note}" for result in results]
    total = sum(result.seconds for result in results)
    return "\n".join(["", *(line.rstrip() for line in lines), f"{'':<12}{'':<9}{total:>7.1f} s"])
