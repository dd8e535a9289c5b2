"""The Nu HTML checker, which the test of the pages' HTML drives: a Java program, fetched once from npm's package of it.

What is fetched is compared with the checksum below before it is used, and kept in var/.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from newsroom.bootstrap.environment import ROOT, say

PACKAGE = "vnu-jar"
VERSION = "26.9.27"
CHECKSUM = "22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47"
MEMBER = "package/build/dist/vnu.jar"
KEPT = ROOT / "var" / f"vnu-{VERSION}.jar"
INSTALL = (
    "install Java and npm (on Debian: apt install default-jre-headless npm), or Java alone and set VNU_JAR to vnu.jar"
)


class CheckerFailedError(Exception):
    """The checker could not be fetched, or is not the file it should be; the message says which."""


def jar() -> Path | None:
    """The checker: what VNU_JAR names, else what was fetched, now or before. None without Java, or npm to fetch it.

    Raises CheckerFailedError.
    """
    if shutil.which("java") is None:
        return None
    if given := os.environ.get("VNU_JAR"):
        return Path(given)
    if not KEPT.is_file():
        if shutil.which("npm") is None:
            return None
        _fetch()
    return KEPT


def _fetch() -> None:
    say(f"Fetching the HTML checker ({PACKAGE} {VERSION}) …")
    KEPT.parent.mkdir(exist_ok=True)
    # Beside the place where it is kept, so that it comes there whole or not at all.
    with tempfile.TemporaryDirectory(prefix="vnu-", dir=KEPT.parent) as temporary:
        command = ["npm", "pack", "--silent", f"{PACKAGE}@{VERSION}"]
        packed = subprocess.run(command, cwd=temporary, capture_output=True, text=True, check=False)
        archives = list(Path(temporary).glob("*.tgz"))
        if packed.returncode or not archives:
            raise CheckerFailedError(f"npm could not fetch {PACKAGE} {VERSION}:\n{packed.stderr.strip()}")
        with tarfile.open(archives[0]) as archive:
            content = archive.extractfile(MEMBER).read()
        if hashlib.sha256(content).hexdigest() != CHECKSUM:
            raise CheckerFailedError(f"{PACKAGE} {VERSION} is not the file it was: its checksum is another one.")
        fetched = Path(temporary) / KEPT.name
        fetched.write_bytes(content)
        fetched.replace(KEPT)
