"""Addresses made from a name."""

from __future__ import annotations

import pytest

from articles.actions.free_address import free_address
from articles.models import Topic

pytestmark = pytest.mark.django_db


def taken(*slugs: str) -> None:
    for slug in slugs:
        Topic.objects.create(name=slug[-50:], slug=slug)


def test_address_is_the_name_in_pinyin():
    assert free_address("观点", Topic.objects.all()) == "guan-dian"


def test_next_free_number_stands_behind_what_others_have():
    taken("guan-dian", "guan-dian-2", "guan-dian-4")
    assert free_address("观点", Topic.objects.all()) == "guan-dian-3"


def test_number_takes_the_place_of_what_does_not_fit():
    """Of a whole syllable; of one word alone it cuts as much as it needs."""
    taken("-".join(["chang"] * 10), "x" * 60)
    assert free_address("长" * 50, Topic.objects.all()) == "-".join([*["chang"] * 9, "2"])
    assert free_address("x" * 80, Topic.objects.all()) == f"{'x' * 58}-2"


def test_question_for_each_number_that_is_taken(django_assert_num_queries):
    taken("guan-dian", "guan-dian-2")
    with django_assert_num_queries(3):
        free_address("观点", Topic.objects.all())
