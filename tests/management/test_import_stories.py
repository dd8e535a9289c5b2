"""The command: files in, a report out, messages in plain words, an exit status for scripts."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.models import Story
from tests.actions.test_import_run import PAGE
from tests.page import page as read_page

SEED = Path(__file__).parents[3] / "shared/seed/000_0cc080fc7688515c.txt"


def run(*files: Path, **options: Any) -> tuple[str, str, int]:
    """Standard output, standard error and exit status of the command."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command("import_stories", *map(str, files), **{"format": "page_text", **options}, stdout=out, stderr=err)
    except SystemExit as stop:
        status = int(stop.code or 0)
    return out.getvalue(), err.getvalue(), status


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.mark.django_db
def test_json_report_is_one_object(page: Path) -> None:
    """Standard output holds one JSON object and nothing else; progress goes to standard error."""
    out, err, status = run(page, report="json")
    report = json.loads(out)
    assert (report["created"], report["updated"], report["skipped"], report["failed"], status) == (3, 0, 0, 0, 0)
    assert "1" in err
    assert {"id", "url", "headline", "subsections", "related_links", "damaged"} <= report["stories"][0].keys()


@pytest.mark.django_db
def test_text_report_counts(page: Path) -> None:
    """The plain report ends in the four counts."""
    out, _err, _status = run(page)
    assert "新建3篇，更新0篇，跳过0篇，失败0个文件。" in out


@pytest.mark.django_db
def test_reports_say_what_became_of_the_headlines(page: Path) -> None:
    """As a line, and as an object with the file's name."""
    out, _err, _status = run(page, report="json")
    [row] = json.loads(out)["lists"]
    assert (row["file"], row["outcome"], row["items"], row["drafts"]) == (str(page), "created", 2, 2)
    out, _err, _status = run(page)
    assert row["name"] in out
    assert "skipped" in out.split(row["name"])[0].splitlines()[-1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "不是文本"),
        ("cut.txt", PAGE.rstrip().encode()[:-1], "不完整"),
        ("empty.txt", b"", "空的"),
        ("latin.txt", bytes(range(0xA1, 0xFF)) * 3, "编码"),
    ],
)
def test_file_that_is_no_page_fails_with_a_message(tmp_path: Path, page: Path, name: str, content: bytes, word: str):
    """A bad file is named with its reason, the others are imported, and the exit status is 1."""
    bad = tmp_path / name
    bad.write_bytes(content)
    out, _err, status = run(bad, page, report="json")
    report = json.loads(out)
    assert status == 1
    assert (report["created"], report["failed"]) == (3, 1)
    assert report["failures"][0]["file"] == str(bad)
    assert word in report["failures"][0]["message"]


@pytest.mark.django_db
def test_missing_file_and_folder_fail_with_a_message(tmp_path: Path) -> None:
    """A path that is no file is a failure with a message, not a traceback."""
    out, _err, status = run(tmp_path / "nowhere.txt", tmp_path, report="json")
    report = json.loads(out)
    assert status == 1
    assert report["failed"] == 2
    assert all(failure["message"] for failure in report["failures"])


@pytest.mark.django_db
def test_file_name_that_is_no_text_is_survived(tmp_path: Path) -> None:
    """A file whose name is not valid UTF-8 is imported, and the report can be printed."""
    path = tmp_path / "页\udcff.txt"
    path.write_text(PAGE, encoding="utf-8")
    out, _err, status = run(path, report="json")
    assert (json.loads(out)["created"], status) == (3, 0)
    out.encode()


@pytest.mark.django_db
def test_unknown_user_is_refused(page: Path) -> None:
    """--by with an unknown name stops before anything is read."""
    with pytest.raises(CommandError):
        run(page, by="nobody")
    assert Story.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.skipif(not SEED.exists(), reason="the sample page lies beside the project, not in it")
def test_sample_page_is_read_whole(client: Any) -> None:
    """The sample: three subsections with figures lines, three related stories, ten headlines, its damage reported."""
    out, _err, _status = run(SEED, report="json", to_simplified=True, publish=True)
    report = json.loads(out)
    own = report["stories"][0]
    assert (report["created"], own["subsections"], own["related_links"]) == (4, 3, 3)
    assert len(report["headlines"]) == 10
    assert {"line": 5, "column": 46} in [{"line": place["line"], "column": place["column"]} for place in own["damaged"]]
    text = read_page(client.get(own["url"].removeprefix("http://localhost:8000"))).text
    for part in ("开行免费专车123辆 免费包机3架次", "高原（北京）文化传播有限公司", "中国西藏网", "公共服务不断档"):
        assert part in text
    again = json.loads(run(SEED, report="json", to_simplified=True, publish=True)[0])
    assert (again["created"], again["updated"], again["skipped"]) == (0, 0, 4)
