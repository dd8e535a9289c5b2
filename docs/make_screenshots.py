"""Makes the pictures in docs/images from the demo newsroom, in a real browser.

    python3 run.py test --only lint     # once, so that the virtual environment holds the development packages
    .venv/bin/python docs/make_screenshots.py            all pictures
    .venv/bin/python docs/make_screenshots.py story-form one of them

Needs Chromium (CHROMIUM names one that is not on PATH) and a Chinese font. The newsroom runs on a free port with a
database of its own in a temporary directory; nothing of the checkout's `var/` is read or changed.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars")
LOGIN = ("chief_editor", "newsroom-demo")
LANGUAGE = {"LANGUAGE": "zh_CN", "LANG": "zh_CN.UTF-8"}  # what the browser writes in its own controls


@dataclass(frozen=True)
class Picture:
    """One file: who looks at what, through which window."""

    name: str
    visit: Callable[[Page], None]
    width: int = 1280
    height: int = 900
    dark: bool = False
    desk: bool = False


def front(page: Page) -> None:
    page.goto("/")


def story(page: Page) -> None:
    """The front page's leading story, which has everything a story can have."""
    page.goto("/")
    page.goto(page.locator(".card-lead .headline a").get_attribute("href"))


def story_list(page: Page) -> None:
    page.goto("/admin/articles/story/")


def story_form(page: Page) -> None:
    """The working copy of that story."""
    story(page)
    number = page.url.rstrip("/").rpartition("-")[2]
    page.goto(f"/admin/articles/story/{number}/change/")
    page.wait_for_function(
        "() => Object.values(CKEDITOR.instances).every(editor => editor.status === 'ready')"
        " && [...document.querySelectorAll('iframe')].every(frame => frame.contentDocument.fonts.status === 'loaded')"
    )


PICTURES = (
    Picture("front", front),
    Picture("story", story),
    Picture("story-phone-dark", story, width=390, height=844, dark=True),
    Picture("story-list", story_list, desk=True, height=760),
    Picture("story-form", story_form, desk=True, height=1100),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(picture.name for picture in PICTURES))
    parser.add_argument("--into", type=Path, default=IMAGES, help="directory for the pictures (default: docs/images)")
    options = parser.parse_args()
    if unknown := set(options.names) - {picture.name for picture in PICTURES}:
        parser.error(f"there is no picture {', '.join(sorted(unknown))}")
    options.into.mkdir(parents=True, exist_ok=True)
    with demo_newsroom() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS, env={**os.environ, **LANGUAGE})
        for picture in PICTURES:
            if not options.names or picture.name in options.names:
                path = options.into / f"{picture.name}.png"
                take(picture, browser, address, path)
                print(f"{path} {path.stat().st_size // 1000} kB", flush=True)
        browser.close()
    return 0


def take(picture: Picture, browser: Browser, address: str, path: Path) -> None:
    context = browser.new_context(
        base_url=address,
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.dark else "light",
        locale="zh-CN",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if picture.desk:
        sign_in(page)
    picture.visit(page)
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    page.screenshot(path=path)
    context.close()
    with Image.open(path) as taken:
        picture_without_alpha = taken.convert("RGB")
    picture_without_alpha.save(path, optimize=True)


def sign_in(page: Page) -> None:
    page.goto("/admin/login/")
    username, password = LOGIN
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    page.click("#login-form [type=submit]")
    page.wait_for_url("**/admin/")


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
        for command in (["migrate", "--verbosity", "0"], ["make_demo_newsroom"]):
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


if __name__ == "__main__":
    raise SystemExit(main())
