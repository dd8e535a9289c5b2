"""The demo newsroom on a free port, with a database of its own, for the pictures in docs/images."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str:
    for name in filter(None, (os.environ.get("CHROMIUM"), *CHROMIUM_NAMES)):
        if found := shutil.which(name):
            return found
    raise SystemExit("Chromium was not found: install it (on Debian: apt install chromium) or set CHROMIUM.")


@contextlib.contextmanager
def demo_newsroom() -> Iterator[str]:
    """A server with the demo newsroom for the length of a `with` block; gives its address."""
    with tempfile.TemporaryDirectory(prefix="newsroom-pictures-") as directory, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{probe.getsockname()[1]}"
        probe.close()
        environ = {
            **os.environ,
            "DEBUG": "1",
            "DATABASE_URL": f"sqlite:///{directory}/newsroom.sqlite3",
            "SITE_NAME": "川西观察",
            "SITE_URL": address,
            "LANGUAGE_CODE": "zh-hans",
            "TIME_ZONE": "Asia/Shanghai",
            "LOG_LEVEL": "WARNING",
        }
        manage = [sys.executable, str(ROOT / "manage.py")]
        for command in (["migrate", "--verbosity", "0"], ["make_demo_newsroom"], ["tick"]):
            subprocess.run([*manage, *command], env=environ, check=True)  # noqa: S603 - our own manage.py
        server = subprocess.Popen(  # noqa: S603 - our own manage.py
            [*manage, "runserver", "--noreload", address.removeprefix("http://")],
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until_served(address, server)
            yield address
        finally:
            server.terminate()
            server.wait()


def wait_until_served(address: str, server: subprocess.Popen, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise SystemExit("The demo newsroom did not start.")
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=10):  # noqa: S310 - our own server
            return
        time.sleep(0.2)
    raise SystemExit("The demo newsroom does not answer.")
