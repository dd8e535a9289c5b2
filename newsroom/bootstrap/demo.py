"""`run.py demo`: a newsroom with stories in it, on this machine, in one command."""

from __future__ import annotations

import argparse
import contextlib
import errno
import ipaddress
import os
import secrets
import socket
from collections.abc import Mapping
from pathlib import Path

from newsroom.bootstrap.environment import ROOT, RUNTIME_LOCK, call, prepare, say
from newsroom.bootstrap.project import MANAGE, hand_over

DATABASE = "var/newsroom.sqlite3"
PORTS_TO_TRY = 50


def main(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    if os.environ.get("DATABASE_URL"):
        say(f"DATABASE_URL is set; the demo leaves that database alone and uses {DATABASE}.")
    python = str(prepare(RUNTIME_LOCK))
    port = free_port(options.host, options.port)
    address = f"[{options.host}]:{port}" if ":" in options.host else f"{options.host}:{port}"
    taken = f"Port {options.port} is taken: this demo is at http://{address}/ instead." if port != options.port else ""
    if taken:
        print(taken, flush=True)
    environ = variables(os.environ, address, key=secret_key())
    if not is_loopback(options.host):
        say(f"Whoever reaches {options.host} can sign in with the demo passwords. Do not leave this running.")
        environ.setdefault("ALLOWED_HOSTS", "*")
    commands = [["migrate", "--verbosity", "0"]]
    if not options.no_demo:
        # The ticker once, as cron would: what the demo's stories of today have to tell.
        commands += [["make_demo_newsroom"], ["tick"]]
    for command in commands:
        if code := call([python, MANAGE, *command], env=environ):
            say(f"manage.py {command[0]} failed, so the demo was not started.")
            return code
    print(f"\nNewsroom: http://{address}/   Desk: http://{address}/admin/   (Ctrl-C stops it)", flush=True)
    print(f"{taken}\n", flush=True)
    return hand_over([python, str(MANAGE), "runserver", address], environ)


def variables(environ: Mapping[str, str], address: str, *, key: str) -> dict[str, str]:
    """The environment of the demo at `address`: what `environ` says wins, except about the database.

    Readers' pages are those of a site without DEBUG, error pages among them. All that decides about it is named here,
    so that a .env file of this machine does not.
    """
    return {
        "DEBUG": "0",
        "DEMO": "1",
        "SECRET_KEY": key,
        "SITE_URL": f"http://{address}",
        "SITE_NAME": "川西观察",
        **environ,
        "DATABASE_URL": f"sqlite:///{DATABASE}",
    }


def secret_key(file: Path = ROOT / "var" / "demo_secret_key") -> str:
    """The key of this machine's demo: made the first time, and kept, so that a restart ends no session."""
    file.parent.mkdir(exist_ok=True)
    with contextlib.suppress(FileExistsError), open(file, "x", encoding="ascii", opener=_private) as new:
        new.write(secrets.token_urlsafe(50))
    return file.read_text("ascii").strip() or secrets.token_urlsafe(50)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run.py demo", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on; the next free one if it is taken")
    parser.add_argument("--no-demo", action="store_true", help="start with the database as it is, without demo stories")
    return parser


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def free_port(host: str, wanted: int) -> int:
    """The first free port from `wanted` on. Exits if the address is not of this machine or all are taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(wanted, min(wanted + PORTS_TO_TRY, 65536)):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name == "posix":  # on Windows the option would let two servers share a port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
                    raise SystemExit(f"{host} is not an address of this machine.") from None
                continue
            return port
    raise SystemExit(f"No free port from {wanted} on. Choose another with --port.")
