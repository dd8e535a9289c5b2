"""Makes the pictures in docs/images from the demo newsroom, in a real browser.

    python3 run.py test --only lint     # once, so that the virtual environment holds the development packages
    .venv/bin/python docs/make_screenshots.py            all pictures
    .venv/bin/python docs/make_screenshots.py story-form one of them

Needs Chromium (CHROMIUM names one that is not on PATH) and a Chinese font. The newsroom runs on a free port with a
database of its own in a temporary directory; nothing of the checkout's `var/` is read or changed.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import desk_pictures
import list_pictures
from demo_server import ROOT, chromium, demo_newsroom
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = ROOT / "docs" / "images"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars", "--lang=zh-CN")
PASSWORD = "newsroom-demo"  # noqa: S105 - printed for everybody by make_demo_newsroom
LANGUAGE = {"LANGUAGE": "zh_CN", "LANG": "zh_CN.UTF-8"}  # what the browser writes in its own controls


@dataclass(frozen=True)
class Picture:
    """One file: who looks at what, through which window.

    `visit` is called with the window and with a function that opens the window of a colleague by login name.
    """

    name: str
    visit: Callable[[Page, Callable[[str], Page]], None]
    width: int = 1280
    height: int = 900
    dark: bool = False
    user: str = ""


PICTURES = (
    Picture("front", desk_pictures.front),
    Picture("front-dark", desk_pictures.front, dark=True),
    Picture("story", desk_pictures.story),
    Picture("story-phone", desk_pictures.story, width=390, height=844),
    Picture("story-print", desk_pictures.story_on_paper, width=794, height=1123),
    Picture("story-phone-dark", desk_pictures.story, width=390, height=844, dark=True),
    Picture("story-list", desk_pictures.story_list, user="chief_editor", height=760),
    Picture("story-form", desk_pictures.story_form, user="chief_editor", height=1100),
    Picture("story-preview", desk_pictures.preview, user="chief_editor", width=1440, height=900),
    Picture("story-preflight", desk_pictures.preflight, user="reporter", height=620),
    Picture("story-compare", desk_pictures.compare, user="chief_editor", height=900),
    Picture("story-review", desk_pictures.review, user="editor", height=700),
    Picture("desk", desk_pictures.desk, user="editor", height=960),
    Picture("story-schedule", desk_pictures.schedule, user="chief_editor", height=620),
    Picture("story-merge", desk_pictures.merge, user="reporter", height=820),
    Picture("correction", desk_pictures.correction, height=900),
    Picture("site-identity", desk_pictures.site_identity, user="chief_editor", height=1000),
    Picture("lists", list_pictures.overview, user="list_editor", height=900),
    Picture("list-edition", list_pictures.edition, user="list_editor", width=1440, height=960),
    Picture("list-page", list_pictures.list_page, user="list_editor", height=1000),
    Picture("list-timeline", list_pictures.timeline, user="list_editor", height=900),
    Picture("list-problems", list_pictures.problems, user="list_editor", height=760),
    Picture("time-machine", list_pictures.time_machine, user="list_editor", height=900),
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
    with ExitStack() as windows:

        def window(user: str = "") -> Page:
            context = browser.new_context(
                base_url=address,
                viewport={"width": picture.width, "height": picture.height},
                color_scheme="dark" if picture.dark else "light",
                locale="zh-CN",
                reduced_motion="reduce",
            )
            windows.callback(context.close)
            page = context.new_page()
            if user:
                sign_in(page, user)
            return page

        page = window(picture.user)
        picture.visit(page, window)
        page.wait_for_function("() => document.fonts.status === 'loaded'")
        page.screenshot(path=path)
    with Image.open(path) as taken:
        picture_without_alpha = taken.convert("RGB")
    picture_without_alpha.save(path, optimize=True)


def sign_in(page: Page, user: str) -> None:
    page.goto("/admin/login/")
    page.fill("#id_username", user)
    page.fill("#id_password", PASSWORD)
    page.click("#login-form [type=submit]")
    page.wait_for_url("**/admin/")


if __name__ == "__main__":
    raise SystemExit(main())
