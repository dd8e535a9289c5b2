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

MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


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


def web_address(name: str) -> str:
    """The address of a server that speaks http or https, or "". Raises EnvironmentValueError for anything else."""
    address = text(name)
    try:
        parts = urlsplit(address)
        usable = not address or (parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0)
    except ValueError:
        usable = False
    if not usable:
        raise EnvironmentValueError(f"{name} must be an address such as http://127.0.0.1:6081, not {address!r}.")
    return address


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


def mailers(url: str, *, timeout: int = 20) -> dict:
    """Turn the address of a mail server into Django's MAILERS setting; "" is none, and nothing is mailed.

    Takes `smtp://user:password@host:port`, `smtp+tls://…` (STARTTLS), `smtps://…` (TLS from the start), and `console:`
    to print mails instead; percent-encoded characters are decoded. Raises EnvironmentValueError for anything else.
    """
    if not url:
        return {}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise EnvironmentValueError(f"EMAIL_URL is no address: {error}.") from None
    if parts.scheme == "console":
        return {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
    if parts.scheme not in MAIL_PORTS or not parts.hostname:
        raise EnvironmentValueError("EMAIL_URL must be smtp://host, smtp+tls://host, smtps://host or console:.")
    options = {
        "host": parts.hostname,
        "port": port or MAIL_PORTS[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme == "smtps",
        "timeout": timeout,
    }
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


def theme(path: str, *, base_dir: Path) -> dict[str, list[Path]]:
    """The folders `templates` and `static` of a theme, each in a list that is empty where the theme has none.

    `path` is absolute or relative to `base_dir`; "" is no theme. Raises EnvironmentValueError for one that is no
    folder, or holds neither of the two, because a mistyped path would show the site without its theme.
    """
    if not path:
        return {"templates": [], "static": []}
    folder = base_dir / path
    found = {name: [folder / name] if (folder / name).is_dir() else [] for name in ("templates", "static")}
    if not any(found.values()):
        raise EnvironmentValueError(f"THEME_DIR must be a folder with templates/ or static/ in it, not {path!r}.")
    return found


def _sqlite(path: str, engine: str, base_dir: Path) -> dict:
    name = unquote(path.removeprefix("/"))
    return {
        "ENGINE": engine,
        # As everybody writes it; a file of that name would appear beside manage.py otherwise.
        "NAME": name if name == ":memory:" else Path(name) if name.startswith("/") else base_dir / name,
        "OPTIONS": {
            # Writers queue from BEGIN on instead of failing at the first write after a read.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }
