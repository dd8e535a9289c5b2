"""Reading settings from environment variables: text in, typed values out, a plain sentence when a value makes no sense.

Nothing here knows Django. `docs/settings.md` lists every variable that `settings.py` reads through these functions.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off", ""}

DATABASE_ENGINES = {
    "sqlite": "django.db.backends.sqlite3",
    "postgres": "django.db.backends.postgresql",
    "postgresql": "django.db.backends.postgresql",
}


class EnvironmentValueError(ValueError):
    """A variable holds something that cannot be used; the message names the variable and says what it takes."""


def text(name: str, default: str = "") -> str:
    """The variable's text without surrounding white space; `default` when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """A yes/no variable. Raises EnvironmentValueError for any other word."""
    word = os.environ.get(name)
    if word is None:
        return default
    word = word.strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise EnvironmentValueError(f"{name} must be 1 or 0 (also true/false, yes/no, on/off), not {word!r}.")


def number(name: str, default: int) -> int:
    """A whole number. Raises EnvironmentValueError for anything else."""
    word = text(name)
    if not word:
        return default
    try:
        return int(word)
    except ValueError:
        raise EnvironmentValueError(f"{name} must be a whole number, not {word!r}.") from None


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list; empty entries are left out."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def load_env_file(path: Path) -> None:
    """Take NAME=value lines of `path`, if it exists, into the environment; what is already set there wins."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, equals, value = line.partition("=")
        name = name.strip()
        if equals and name and not name.startswith("#"):
            os.environ.setdefault(name, value.strip().strip("\"'"))


def database(url: str, *, base_dir: Path) -> dict:
    """Turn a database address into Django's DATABASES entry.

    Takes `sqlite:///relative/or//absolute/path` and `postgresql://user:password@host:port/name?host=/socket/dir`;
    percent-encoded characters are decoded, and query parameters become OPTIONS (`host` and `port` override the
    address, as libpq does). Raises EnvironmentValueError for any other scheme.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise EnvironmentValueError(f"DATABASE_URL is no address: {error}.") from None
    engine = DATABASE_ENGINES.get(parts.scheme)
    if engine is None:
        raise EnvironmentValueError("DATABASE_URL must start with sqlite:/// or postgresql://.")
    if engine.endswith("sqlite3"):
        return _sqlite(parts.path, engine, base_dir)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": engine,
        "NAME": unquote(parts.path.lstrip("/")) or "newsroom",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": options.pop("port", str(port or "")),
        "OPTIONS": options,
    }


def _sqlite(path: str, engine: str, base_dir: Path) -> dict:
    name = unquote(path.removeprefix("/"))
    return {
        "ENGINE": engine,
        "NAME": Path(name) if name.startswith("/") else base_dir / name,
        "OPTIONS": {
            # Writers queue from BEGIN on instead of failing at the first write after a read.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }
