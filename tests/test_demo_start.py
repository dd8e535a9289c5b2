"""The demo of run.py: its environment, its port and its key, without installing or starting anything."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from newsroom.bootstrap import demo


def test_demo_shows_the_pages_that_readers_get():
    """Without DEBUG, whatever .env says of it; with a key and an address of its own."""
    environ = demo.variables({"PATH": "/bin"}, "127.0.0.1:8064", key="made here")
    assert {**environ, "DATABASE_URL": ""} == {
        "DEBUG": "0",
        "DEMO": "1",
        "SECRET_KEY": "made here",
        "SITE_URL": "http://127.0.0.1:8064",
        "SITE_NAME": "川西观察",
        "PATH": "/bin",
        "DATABASE_URL": "",
    }


def test_demo_keeps_its_own_database_and_takes_the_rest_from_the_environment():
    environ = demo.variables({"DEBUG": "1", "DATABASE_URL": "postgresql://x/production"}, "127.0.0.1:80", key="k")
    assert environ["DATABASE_URL"] == f"sqlite:///{demo.DATABASE}"
    assert environ["DEBUG"] == "1"


def test_key_of_the_demo_is_made_once_and_is_nobody_elses(tmp_path):
    file = tmp_path / "var" / "key"
    key = demo.secret_key(file)
    assert len(key) >= 50
    assert demo.secret_key(file) == key
    assert demo.secret_key(tmp_path / "var" / "another") != key
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0


def test_demo_on_another_port_says_so_first_and_last(monkeypatch, capsys):
    """What is asked for is what people open; the last line is the one they see."""
    started = []
    monkeypatch.setattr(demo, "prepare", lambda lock: Path("python"))
    monkeypatch.setattr(demo, "secret_key", lambda: "k")
    monkeypatch.setattr(demo, "call", lambda command, env: 0)
    monkeypatch.setattr(demo, "hand_over", lambda command, environ: started.append(command[-1]) or 0)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert demo.main(["--port", str(port)]) == 0
    lines = capsys.readouterr().out.strip().splitlines()
    sentence = f"Port {port} is taken: this demo is at http://{started[0]}/ instead."
    assert [lines[0], lines[-1]] == [sentence, sentence]
    assert demo.main(["--port", str(port)]) == 0
    assert "taken" not in capsys.readouterr().out


def test_free_port_is_the_wanted_one_or_the_next():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < demo.free_port("127.0.0.1", port) <= port + demo.PORTS_TO_TRY
    assert demo.free_port("127.0.0.1", port) == port


def test_address_of_another_machine_is_refused():
    with pytest.raises(SystemExit, match="not an address of this machine"):
        demo.free_port("192.0.2.1", 8000)


def test_only_this_machine_is_loopback():
    assert demo.is_loopback("127.0.0.1")
    assert demo.is_loopback("::1")
    assert demo.is_loopback("localhost")
    assert not demo.is_loopback("0.0.0.0")  # noqa: S104 - nothing listens there
