"""`make_search_index` makes the index anew."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from articles.models import SearchEntry
from articles.search import find
from tests.builders import a_story

pytestmark = pytest.mark.django_db


def test_make_search_index_finds_everything_again():
    """After a loss of all entries one command finds each story again, and says how many."""
    story = a_story("松岭专车")
    SearchEntry.objects.all().delete()
    assert list(find("松岭")) == []
    out, progress = io.StringIO(), io.StringIO()
    call_command("make_search_index", stdout=out, stderr=progress)
    assert list(find("松岭")) == [story.pk]
    assert out.getvalue() == "Search index: 1 stories, 0 publications.\n"
    assert "1/1" in progress.getvalue()


def test_make_search_index_twice_changes_nothing():
    """The entries are the same, whether or not they were there."""
    a_story("松岭专车", opening="<p>正文</p>")
    before = list(SearchEntry.objects.values())
    call_command("make_search_index", stdout=io.StringIO(), stderr=io.StringIO())
    assert list(SearchEntry.objects.values()) == before
