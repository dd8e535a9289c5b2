"""Settings from the environment: typed values, and a plain sentence where a value makes no sense."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsroom import environment
from newsroom.environment import EnvironmentValueError

BASE = Path("/srv/newsroom")


@pytest.mark.parametrize(("word", "value"), [("1", True), ("TRUE", True), (" on ", True), ("0", False), ("", False)])
def test_flag_reads_the_usual_words(monkeypatch, word, value):
    monkeypatch.setenv("DEBUG", word)
    assert environment.flag("DEBUG", default=not value) is value


def test_flag_that_is_not_set_is_its_default(monkeypatch):
    monkeypatch.delenv("DEBUG", raising=False)
    assert environment.flag("DEBUG", default=True) is True
    assert environment.flag("DEBUG", default=False) is False


def test_flag_that_is_no_flag_is_named(monkeypatch):
    monkeypatch.setenv("DEBUG", "maybe")
    with pytest.raises(EnvironmentValueError, match=r"DEBUG must be 1 or 0 .* not 'maybe'"):
        environment.flag("DEBUG", default=False)


def test_number_and_words(monkeypatch):
    monkeypatch.setenv("CONN_MAX_AGE", " 60 ")
    monkeypatch.setenv("ALLOWED_HOSTS", " a.example, ,b.example,")
    assert environment.number("CONN_MAX_AGE", 5) == 60
    assert environment.words("ALLOWED_HOSTS") == ["a.example", "b.example"]
    monkeypatch.setenv("CONN_MAX_AGE", "soon")
    with pytest.raises(EnvironmentValueError, match="CONN_MAX_AGE must be a whole number"):
        environment.number("CONN_MAX_AGE", 5)
    monkeypatch.setenv("CONN_MAX_AGE", " ")
    monkeypatch.delenv("ALLOWED_HOSTS")
    assert environment.number("CONN_MAX_AGE", 5) == 5
    assert environment.words("ALLOWED_HOSTS", "x") == ["x"]


def test_env_file_fills_what_is_not_set(monkeypatch, tmp_path):
    """Comments and blank lines are skipped, quotes taken off; the environment itself wins."""
    monkeypatch.setenv("SITE_NAME", "from the environment")
    for name in ("SITE_URL", "SECRET_KEY"):
        # Set first, so that monkeypatch takes away afterwards what the file brings.
        monkeypatch.setenv(name, "x")
        monkeypatch.delenv(name)
    file = tmp_path / ".env"
    file.write_text(
        '# a comment\n\nSITE_NAME=from the file\nSITE_URL = "https://a.example"\nSECRET_KEY=a=b\nnonsense\n'
    )
    environment.load_env_file(file)
    assert environment.text("SITE_NAME") == "from the environment"
    assert environment.text("SITE_URL") == "https://a.example"
    assert environment.text("SECRET_KEY") == "a=b"


def test_env_file_may_be_missing(tmp_path):
    environment.load_env_file(tmp_path / ".env")


def test_database_in_memory_leaves_no_file():
    """As everybody writes it; a file with that name would appear beside manage.py."""
    assert environment.database("sqlite:///:memory:", base_dir=BASE)["NAME"] == ":memory:"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:///var/news.sqlite3", BASE / "var/news.sqlite3"),
        ("sqlite:////tmp/news.sqlite3", Path("/tmp/news.sqlite3")),  # noqa: S108 - only a path
        ("sqlite:///with%20space.sqlite3", BASE / "with space.sqlite3"),
    ],
)
def test_sqlite_address_is_relative_or_absolute(url, name):
    found = environment.database(url, base_dir=BASE)
    assert found["ENGINE"] == "django.db.backends.sqlite3"
    assert found["NAME"] == name
    assert "foreign_keys=ON" in found["OPTIONS"]["init_command"]
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]


def test_postgresql_address_is_taken_apart():
    """Percent-encoded characters are decoded; what stands behind the question mark goes to libpq."""
    found = environment.database("postgresql://me:p%40ss%2F@db.example:5433/news?sslmode=require", base_dir=BASE)
    assert found == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "news",
        "USER": "me",
        "PASSWORD": "p@ss/",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }
    socket = environment.database("postgres://me@/news?host=/run/pg&port=6000", base_dir=BASE)
    assert (socket["HOST"], socket["PORT"], socket["OPTIONS"]) == ("/run/pg", "6000", {})


@pytest.mark.parametrize(
    "url", ["mysql://x/y", "news.sqlite3", "", "postgresql://me@host:port/news", "postgresql://[::1/x"]
)
def test_address_of_no_database_is_refused_in_words(url):
    with pytest.raises(EnvironmentValueError, match="DATABASE_URL"):
        environment.database(url, base_dir=BASE)


def test_mail_server_is_taken_apart():
    """Percent-encoded characters are decoded; the scheme says how it is encrypted, and the usual port."""
    found = environment.mailers("smtp+tls://me:p%40ss@mail.example")["default"]
    assert found["BACKEND"].endswith("smtp.EmailBackend")
    assert found["OPTIONS"] == {
        "host": "mail.example",
        "port": 587,
        "username": "me",
        "password": "p@ss",
        "use_tls": True,
        "use_ssl": False,
        "timeout": 20,
    }
    plain = environment.mailers("smtp://localhost:2525")["default"]["OPTIONS"]
    assert (plain["port"], plain["use_tls"], plain["use_ssl"]) == (2525, False, False)
    encrypted = environment.mailers("smtps://mail.example")["default"]["OPTIONS"]
    assert (encrypted["port"], encrypted["use_tls"], encrypted["use_ssl"]) == (465, False, True)


def test_no_mail_server_is_none():
    assert environment.mailers("") == {}
    assert environment.mailers("console:")["default"]["BACKEND"].endswith("console.EmailBackend")


@pytest.mark.parametrize("url", ["mail.example", "imap://mail.example", "smtp://", "smtp://host:port"])
def test_address_of_no_mail_server_is_refused_in_words(url):
    with pytest.raises(EnvironmentValueError, match="EMAIL_URL"):
        environment.mailers(url)


@pytest.mark.parametrize("address", ["127.0.0.1:6081", "ftp://cache", "http://", "http://cache:port"])
def test_web_address_is_http_or_refused_in_words(monkeypatch, address):
    monkeypatch.setenv("PURGE_URL", address)
    with pytest.raises(EnvironmentValueError, match="PURGE_URL"):
        environment.web_address("PURGE_URL")
    monkeypatch.setenv("PURGE_URL", "http://127.0.0.1:6081")
    assert environment.web_address("PURGE_URL") == "http://127.0.0.1:6081"
    monkeypatch.delenv("PURGE_URL")
    assert environment.web_address("PURGE_URL") == ""
