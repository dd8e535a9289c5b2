"""`manage.py check_lists`: what it prints, and how it ends."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import CommandParser
from django.urls import reverse

from articles.management.commands.check_lists import Command
from tests.builders import a_section, a_story
from tests.checked_lists import NOW, ending, live
from tests.story_lists import a_list

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def read_at_now(reading_at):
    reading_at(NOW)


def check(*arguments: str) -> tuple[str, str]:
    """What it prints, and the sentence it fails with ("" when it does not)."""
    out, err = StringIO(), StringIO()
    try:
        call_command("check_lists", *arguments, stdout=out, stderr=err, no_color=True)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def test_lists_in_order_are_a_success():
    a_list(*live(2), length=2)
    said, error = check("--days", "2")
    assert error == ""
    assert "1 " in said
    assert "首页头条" not in said


def test_newsroom_without_lists_is_a_success():
    assert check()[1] == ""


def test_warnings_are_a_success():
    """They are said."""
    a_list(*live(2), a_story("没写完"), length=3)
    said, error = check("--days", "1")
    assert error == ""
    assert "没写完" in said


def test_serious_finding_is_a_failure(settings, django_user_model):
    """Grouped by list, in the newsroom's zone, with the address where it is mended; exit status 1."""
    settings.SITE_URL = "https://news.example.org"
    made = a_list(ending("短", 3), length=1)
    said, error = check("--days", "1")
    assert error
    lines = said.splitlines()
    assert lines[2].startswith("首页头条 (")
    assert "3月2日" in lines[3] or "2 Mar" in lines[3]
    assert "13:00" in lines[3]
    assert "underfill" not in said
    address = reverse("admin:articles_storylist_edition", args=[made.pk, made.editions.get().pk])
    assert lines[4].strip() == f"https://news.example.org{address}"
    assert CommandError("x").returncode == 1


def test_place_and_days_bound_what_is_looked_at():
    """A problem elsewhere, or later, is not told."""
    a_list(ending("短", 30), length=1)
    a_section()
    assert check("--days", "1")[1] == ""
    assert check("--days", "2")[1]
    assert check("--days", "2", "--place", "section")[1] == ""
    assert check("--days", "2", "--place", "section", "--place", "front")[1]


@pytest.mark.parametrize(
    "argument",
    ["--days=0", "--days=91", "--days=-1", "--days=x", "--days=٣", "--days=" + "9" * 30, "--place=nowhere"],
)
def test_arguments_that_make_no_sense_end_with_2(argument, capsys):
    """As every program does that is called wrongly."""
    parser = Command().create_parser("manage.py", "check_lists")
    assert isinstance(parser, CommandParser)
    parser.called_from_command_line = True
    with pytest.raises(SystemExit) as ended:
        parser.parse_args([argument])
    assert ended.value.code == 2
    assert capsys.readouterr().err
