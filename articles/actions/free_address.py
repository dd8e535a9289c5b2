"""An address that no other page of its kind has."""

from __future__ import annotations

from django.db.models import QuerySet

from articles.chinese import slug_for


def free_address(text: str, others: QuerySet) -> str:
    """The `slug` made from `text` in pinyin, with a number behind it where one of `others` has it already.

    It fits into the column. One query, and one more for each number that is taken. Somebody else may take it before it
    is stored: the database then refuses it.
    """
    length = others.model._meta.get_field("slug").max_length
    number = 1
    found = slug_for(text, length)
    while others.filter(slug=found).exists():
        number += 1
        ending = f"-{number}"
        found = slug_for(text, length - len(ending)) + ending
    return found
