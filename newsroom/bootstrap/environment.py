"""The virtual environment: made when missing, repaired when half-made, brought to what a lock file says.

Everything said here goes to stderr, because stdout belongs to the command that is run (`manage … --report json`).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
RUNTIME_LOCK = ROOT / "requirements.txt"
DEVELOPMENT_LOCK = ROOT / "requirements-dev.txt"

# Stands in the environment from before the first change until after the last one.
UNFINISHED = "newsroom-unfinished"

# With --require-hashes pip takes nothing but what the lock file names; wheels only, so no package runs code to install.
PIP_INSTALL = ("-m", "pip", "install", "--quiet", "--quiet", "--disable-pip-version-check", "--no-input")
LOCKED = ("--require-hashes", "--only-binary", ":all:", "--requirement")


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def directory() -> Path:
    """Where the virtual environment is or will be."""
    return ROOT / os.environ.get("NEWSROOM_VENV", ".venv")


def interpreter(venv: Path) -> Path:
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def stamp(lock: Path, version: Sequence[int] = sys.version_info) -> str:
    """A text that changes when the lock file or the Python (its minor version) changes."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    return f"{version[0]}.{version[1]} {digest}\n"


def prepare(lock: Path) -> Path:
    """Return the Python of an environment that holds what `lock` pins. Takes milliseconds when nothing changed."""
    venv = directory()
    if _is_ready(venv, lock):
        return interpreter(venv)
    refuse_without_venv()
    with _one_at_a_time(venv):
        if not _is_ready(venv, lock):  # another run.py may have made it meanwhile
            _install(venv, lock)
    return interpreter(venv)


def refuse_without_venv() -> None:
    """Exit with what to install where Python comes without the parts that make virtual environments."""
    try:
        import ensurepip
        import venv  # noqa: F401 - only whether it is there

        ensurepip.version()
    except (ImportError, AttributeError):
        raise SystemExit(
            "This Python cannot make virtual environments (venv or ensurepip is missing). "
            "On Debian and Ubuntu: apt install python3-venv"
        ) from None


def call(command: Sequence[str | Path], **options: object) -> int:
    """Run a preparing step to its end and return its exit code; `options` are those of subprocess.

    It runs in a session of its own: Ctrl-C stops it and all it started through run.py, without a traceback of its own.
    """
    with subprocess.Popen(command, start_new_session=True, **options) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
            raise


def pip_install(python: Path, *arguments: str | Path) -> None:
    """Install into the environment of `python`; exits with a sentence if pip fails (it has said why)."""
    if call([python, *PIP_INSTALL, *arguments], cwd=ROOT, stdout=sys.stderr):
        raise SystemExit("The packages could not be installed; pip says why above. Starting again is safe.")


def make(venv: Path) -> None:
    """Make an environment, with the Python behind the one that runs (it may run from the environment itself)."""
    base = getattr(sys, "_base_executable", None) or sys.executable
    if call([base, "-m", "venv", venv], stdout=sys.stderr):
        raise SystemExit(f"The virtual environment {venv.name} could not be made; the reason is above.")


def _mark(venv: Path, lock: Path) -> Path:
    return venv / f"newsroom-{lock.stem}"


def _is_ready(venv: Path, lock: Path) -> bool:
    if (venv / UNFINISHED).exists() or not interpreter(venv).exists():
        return False
    try:
        return _mark(venv, lock).read_text() == stamp(lock)
    except OSError:
        return False


def _install(venv: Path, lock: Path) -> None:
    if (venv / UNFINISHED).exists() or not _fits(venv):
        _remove(venv)
        say(f"Making {venv.name} with Python {sys.version_info[0]}.{sys.version_info[1]} …")
        venv.mkdir(parents=True)
        (venv / UNFINISHED).touch()
        make(venv)
    (venv / UNFINISHED).touch()
    say(f"Installing the packages of {lock.name} …")
    pip_install(interpreter(venv), *LOCKED, lock)
    for held in {lock, RUNTIME_LOCK} if lock == DEVELOPMENT_LOCK else {lock}:  # the one repeats the other
        _mark(venv, held).write_text(stamp(held))
    (venv / UNFINISHED).unlink()


def _fits(venv: Path) -> bool:
    """Whether the environment starts, has pip, and is of the Python version that runs now."""
    question = "import sys, pip; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([interpreter(venv), "-c", question], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.stdout.split() == [str(part) for part in sys.version_info[:2]]


def _remove(venv: Path) -> None:
    if not venv.exists():
        return
    is_ours = (venv / "pyvenv.cfg").exists() or (venv / UNFINISHED).exists() or not any(venv.iterdir())
    if not is_ours:
        raise SystemExit(f"{venv} is not a virtual environment, so run.py leaves it alone. Set NEWSROOM_VENV.")
    shutil.rmtree(venv)


@contextlib.contextmanager
def _one_at_a_time(venv: Path) -> Iterator[None]:
    """Two run.py started together must not build the same environment at once; the second one waits."""
    try:
        import fcntl
    except ImportError:  # Windows has none; there the second one has to be started later
        yield
        return
    venv.parent.mkdir(parents=True, exist_ok=True)
    with venv.with_name(f"{venv.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
