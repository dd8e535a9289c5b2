"""Where the HTML checker comes from: npm's package of it, once, and only as the file it should be."""

from __future__ import annotations

import hashlib
import io
import stat
import tarfile

import pytest

from newsroom.bootstrap import html_checker


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """A PATH with an npm that packs `content`, and java; nothing of this machine is asked."""
    directory = tmp_path / "bin"
    directory.mkdir()
    monkeypatch.setenv("PATH", f"{directory}:/usr/bin:/bin")
    monkeypatch.delenv("VNU_JAR", raising=False)
    monkeypatch.setattr(html_checker, "KEPT", tmp_path / "var" / "vnu.jar")
    monkeypatch.setattr(html_checker.shutil, "which", lambda name: str(directory / name) if name in here else None)
    here: set[str] = set()

    def having(*names: str, packs: bytes = b"") -> None:
        here.update(names)
        archive = tmp_path / "package.tgz"
        with tarfile.open(archive, "w:gz") as packed:
            member = tarfile.TarInfo(html_checker.MEMBER)
            member.size = len(packs)
            packed.addfile(member, io.BytesIO(packs))
        npm = directory / "npm"
        npm.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\ncp {archive} .\n')
        npm.chmod(npm.stat().st_mode | stat.S_IEXEC)

    return having


def test_checker_is_fetched_once(programs, tmp_path, monkeypatch):
    programs("java", "npm", packs=b"a program")
    monkeypatch.setattr(html_checker, "CHECKSUM", hashlib.sha256(b"a program").hexdigest())
    assert html_checker.jar().read_bytes() == b"a program"
    assert html_checker.jar() == html_checker.KEPT
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked == [f"pack --silent vnu-jar@{html_checker.VERSION}"]


def test_another_file_than_it_should_be_is_refused(programs):
    """Whatever a registry serves is not run before its checksum was compared."""
    programs("java", "npm", packs=b"another program")
    with pytest.raises(html_checker.CheckerFailedError):
        html_checker.jar()
    assert not html_checker.KEPT.exists()
    assert list(html_checker.KEPT.parent.iterdir()) == []


def test_npm_that_fails_is_told(programs, tmp_path):
    programs("java", "npm")
    (tmp_path / "bin" / "npm").write_text("#!/bin/sh\necho no network >&2\nexit 1\n")
    with pytest.raises(html_checker.CheckerFailedError, match="no network"):
        html_checker.jar()


@pytest.mark.parametrize("installed", [(), ("npm",), ("java",)])
def test_nothing_is_found_without_java_and_npm(programs, installed):
    programs(*installed)
    assert html_checker.jar() is None


def test_named_checker_needs_no_npm(programs, monkeypatch, tmp_path):
    programs("java")
    monkeypatch.setenv("VNU_JAR", str(tmp_path / "own.jar"))
    assert html_checker.jar() == tmp_path / "own.jar"
