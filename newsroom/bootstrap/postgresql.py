"""A PostgreSQL server for one test run: started from installed binaries, reachable by a socket only, then removed.

Nothing is written outside a temporary directory, and no server that runs already is touched.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

INSTALL = "install it (on Debian and Ubuntu: apt install postgresql) or set TEST_DATABASE_URL"
USER = DATABASE = "newsroom"

# C.UTF-8, because with plain C the server takes every Chinese character for punctuation. Superuser without a password:
# the socket lies in a directory that only the owner can enter.
INITDB = ("--locale=C.UTF-8", "--encoding=UTF8", "--auth=trust", f"--username={USER}", "--no-instructions", "--no-sync")
# A test database is worthless after the run, so nothing has to reach the disk.
SERVER = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


class ServerFailedError(Exception):
    """The binaries are there, but one of them failed; the message holds what it said."""


def binaries() -> Path | None:
    """The directory with initdb, pg_ctl and postgres: the one on PATH, else the newest that is installed."""
    candidates = []
    if configured := shutil.which("pg_config"):
        shown = subprocess.run([configured, "--bindir"], capture_output=True, text=True, check=False)
        candidates.append(Path(shown.stdout.strip()))
    if on_path := shutil.which("initdb"):
        candidates.append(Path(on_path).parent)
    packaged = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    candidates += sorted(packaged, key=_version, reverse=True)
    for candidate in candidates:
        if all((candidate / name).is_file() for name in ("initdb", "pg_ctl", "postgres", "createdb")):
            return candidate
    return None


def _version(directory: Path) -> int:
    digits = "".join(filter(str.isdigit, directory.parent.name))
    return int(digits or 0)


def unprivileged() -> dict[str, object]:
    """Arguments for subprocess that give up root, with which PostgreSQL refuses to run; none for anyone else."""
    if os.name != "posix" or os.geteuid() != 0:
        return {}
    import pwd

    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            account = pwd.getpwnam(name)
            return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise ServerFailedError("PostgreSQL does not run as root, and there is no user postgres or nobody.")


@contextlib.contextmanager
def cluster(directory_of_binaries: Path) -> Iterator[str]:
    """Run a server for the length of a `with` block and give its address as a database URL."""
    # A socket's path may have about 100 characters, and some systems' own temporary directories nearly use them up.
    parent = "/tmp" if Path("/tmp").is_dir() else None  # noqa: S108 - mkdtemp picks the name
    directory = Path(tempfile.mkdtemp(prefix="newsroom-pg-", dir=parent))
    account = unprivileged()
    try:
        if account:
            os.chown(directory, account["user"], account["group"])
        run = _runner(directory_of_binaries, directory, account)
        data = directory / "data"
        run("initdb", "--pgdata", data, *INITDB)
        options = f"{SERVER} -c unix_socket_directories='{directory}'"
        try:
            run("pg_ctl", "start", "-w", "-t", "60", "-D", data, "-l", directory / "log", "-o", options)
            run("createdb", "--host", directory, "--username", USER, DATABASE)
            yield f"postgresql://{USER}@/{DATABASE}?host={directory}"
        finally:
            if (data / "postmaster.pid").exists():
                run("pg_ctl", "stop", "-D", data, "-m", "immediate")
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _runner(directory_of_binaries: Path, directory: Path, account: dict):
    # The caller's PGHOST, PGDATA and the like would send these programs elsewhere.
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}

    def run(program: str, *arguments: str | Path) -> None:
        log = directory / "log"
        with tempfile.TemporaryFile() as output:  # not a pipe: the server keeps it open and reading would never end
            done = subprocess.run(
                [directory_of_binaries / program, *arguments],
                cwd=directory,
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the tests; the server is stopped afterwards
                check=False,
                **account,
            )
            if done.returncode:
                output.seek(0)
                said = output.read().decode(errors="replace")
                if log.exists():
                    said += log.read_text(errors="replace")
                raise ServerFailedError(f"{program} failed:\n{said}")

    return run
