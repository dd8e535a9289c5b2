"""`manage.py import_stories FILE…`: stories from files in a foreign format. docs/import.md explains it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _

from articles.actions.import_run import ImportOptions, ImportOutcome, import_file
from articles.import_formats import FORMATS, format_named
from articles.import_formats.decoding import MAX_BYTES
from articles.import_formats.values import KINDS_OF_REPAIR, UNREADABLE, WHY_DAMAGED, UnreadableFile
from articles.management.progress import progress_bar
from articles.permissions import Operator


class Command(BaseCommand):
    help = (
        "Import stories from files. Importing a file again changes nothing; a story edited since is left alone. "
        "Exit status 1 when a file failed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--format", required=True, choices=[known.name for known in FORMATS])
        parser.add_argument("--publish", action="store_true", help="publish what is created or updated")
        parser.add_argument("--to-simplified", action="store_true", help="turn Traditional characters into Simplified")
        parser.add_argument("--section", default="", help="address of the section (default: reprints)")
        parser.add_argument("--encoding", default=None, help="the files' encoding, where it cannot be told from them")
        parser.add_argument("--by", default="", metavar="USERNAME", help="whose work it is (default: nobody's login)")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--report", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = ImportOptions(
            format=format_named(options["format"]),
            to_simplified=options["to_simplified"],
            publish=options["publish"],
            section_slug=options["section"],
            encoding=options["encoding"],
            dry_run=options["dry_run"],
        )
        by = _user(options["by"])
        done: list[tuple[str, ImportOutcome]] = []
        failures: list[dict[str, str]] = []
        with progress_bar(self.stderr, _("files")) as progress:
            for number, name in enumerate(options["files"], start=1):
                try:
                    outcome = import_file(raw=_read(name), file_name=Path(name).name, options=asked, by=by)
                    done.append((name, outcome))
                except (OSError, UnreadableFile, ValidationError, PermissionDenied, DatabaseError) as error:
                    failures.append({"file": _printable(name), "message": _message(error)})
                progress(number, len(options["files"]))
        report = _report(done, failures)
        if options["report"] == "json":
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            self._write_text(report)
        if failures:
            raise SystemExit(1)

    def _write_text(self, report: dict[str, Any]) -> None:
        for story in report["stories"]:
            self.stdout.write(f"{story['outcome']}: {story['headline']}  {story['url'] or ''}".rstrip())
            for place in story["damaged"]:
                where = _("line %(line)d, column %(column)d") % place
                self.stdout.write(f"  {where}: {place['text']} ({_(WHY_DAMAGED[place['why']])})")
        for row in report["lists"]:
            words = _("%(outcome)s: list “%(name)s”, %(items)d items, %(drafts)d new drafts")
            self.stdout.write(words % row + (f" ({row['reason']})" if row["reason"] else ""))
        for kind, count in report["repairs"].items():
            self.stdout.write(f"{_(KINDS_OF_REPAIR[kind])}: {count}")
        for failure in report["failures"]:
            self.stdout.write(f"{failure['file']}: {failure['message']}")
        counts = {name: report[name] for name in ("created", "updated", "skipped", "failed")}
        self.stdout.write(
            _("%(created)d created, %(updated)d updated, %(skipped)d skipped, %(failed)d failed.") % counts
        )


def _report(done: list[tuple[str, ImportOutcome]], failures: list[dict[str, str]]) -> dict[str, Any]:
    """All files together, as docs/import.md describes."""
    repairs: dict[str, int] = {}
    for _name, outcome in done:
        for kind, count in outcome.repairs.items():
            repairs[kind] = repairs.get(kind, 0) + count
    return {
        **{name: sum(outcome.count(name) for _name, outcome in done) for name in ("created", "updated", "skipped")},
        "failed": len(failures),
        "stories": [{"file": _printable(name), **story} for name, outcome in done for story in outcome.stories],
        "headlines": [headline for _name, outcome in done for headline in outcome.headlines],
        "lists": [{"file": _printable(name), **outcome.story_list} for name, outcome in done if outcome.story_list],
        "repairs": repairs,
        "notices": [{"file": _printable(name), "notice": outcome.notice} for name, outcome in done if outcome.notice],
        "failures": failures,
    }


def _read(name: str) -> bytes:
    """The file's bytes; of a file that is too large, enough for the reader to see that it is."""
    with Path(name).open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _user(username: str) -> Any:
    if not username:
        return Operator("import_stories")
    user = get_user_model().objects.filter(username=username).first()
    if user is None:
        raise CommandError(_("There is no user “%s”.") % username)
    return user


def _message(error: Exception) -> str:
    """What went wrong, in the language of the site."""
    if isinstance(error, UnreadableFile):
        return _(UNREADABLE[error.code]) % error.params
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


def _printable(name: str) -> str:
    # A file name that is no valid text reaches Python with surrogates, which no terminal and no JSON reader takes.
    return name.encode(errors="replace").decode()
