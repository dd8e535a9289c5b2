"""`run.py lock`: work out every package, version and checksum, and write both lock files.

The tool is uv, installed into a temporary environment. One file serves every supported Python: lines that differ carry
a marker, such as Django 5.2 for Python 3.11 and Django 6 for later ones.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from newsroom.bootstrap import environment
from newsroom.bootstrap.environment import DEVELOPMENT_LOCK, ROOT, RUNTIME_LOCK

OLDEST_PYTHON = "3.11"
COMPILE = (
    *("pip", "compile", "--quiet", "--universal", "--generate-hashes", "--only-binary", ":all:"),
    *("--python-version", OLDEST_PYTHON, "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"),
)
HEADER = "# Written by `python3 run.py lock` from pyproject.toml: change that, then run it again.\n"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="run.py lock", description=__doc__.splitlines()[0])
    parser.add_argument("--upgrade", action="store_true", help="take the newest releases, not only what has to change")
    options = parser.parse_args(arguments)
    environment.refuse_without_venv()
    upgrade = ["--upgrade"] if options.upgrade else []
    with tempfile.TemporaryDirectory(prefix="newsroom-lock-", ignore_cleanup_errors=True) as temporary:
        python = environment.interpreter(Path(temporary))
        environment.make(Path(temporary))
        environment.pip_install(python, "uv")
        write(python, RUNTIME_LOCK, *upgrade)
        # The second file repeats the first, so that tests run on the very versions that are deployed.
        write(python, DEVELOPMENT_LOCK, "--extra", "dev", "--constraint", str(RUNTIME_LOCK), *upgrade)
    return 0


def write(python: Path, lock: Path, *options: str) -> None:
    """Compile pyproject.toml into `lock`. Exits with a sentence, and leaves `lock` alone, if that fails."""
    with tempfile.TemporaryDirectory(prefix="newsroom-lock-", ignore_cleanup_errors=True) as temporary:
        draft = Path(temporary) / lock.name
        if lock.exists():  # uv keeps the versions it finds in its output file
            draft.write_bytes(lock.read_bytes())
        command = [python, "-m", "uv", *COMPILE, *options, "--output-file", draft, ROOT / "pyproject.toml"]
        if environment.call(command, cwd=ROOT):
            raise SystemExit(f"{lock.name} was not written; the reason is above.")
        text = HEADER + draft.read_text(encoding="utf-8")
    strange = strangers(text)
    if strange:
        raise SystemExit(f"{lock.name} was not written, because it would name an address or a path: {strange[0]}")
    lock.write_text(text, encoding="utf-8")
    environment.say(f"{lock.name}: {text.count('==')} pinned versions")


def strangers(text: str) -> list[str]:
    """Lines of a lock file that are neither a pinned package nor one of its checksums: addresses, paths, options."""
    return [
        line
        for line in text.removeprefix(HEADER).splitlines()
        if "/" in line or "\\\\" in line or not (line.strip().startswith("--hash=sha256:") or "==" in line)
    ]
