"""Words that become traditional characters in their own way: who may, what is stored, what the trail says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.actions import delete_conversion_term, save_conversion_term
from articles.actions.standing_form import version_of
from articles.models import Activity, ConversionTerm
from tests.builders import MONDAY, OPERATOR

HOUR = timedelta(hours=1)


def saved(simplified: str = "软件", traditional: str = "軟體", **values) -> ConversionTerm:
    term = ConversionTerm(simplified=simplified, traditional=traditional)
    return save_conversion_term(term=term, **{"by": OPERATOR, "now": MONDAY, **values})


def trail() -> list[tuple[str, str]]:
    return list(Activity.objects.order_by("pk").values_list("verb", "subject"))


def test_term_is_stored_changed_and_deleted_and_the_trail_says_so(cast):
    """Each with who did it; saving it unchanged is nothing that happened."""
    term = saved(by=cast.chief_editor)
    term.traditional = "軟件"
    save_conversion_term(term=term, by=cast.chief_editor, now=MONDAY)
    save_conversion_term(term=term, by=cast.chief_editor, now=MONDAY)
    delete_conversion_term(term=term, by=cast.chief_editor, now=MONDAY)
    assert not ConversionTerm.objects.exists()
    assert trail() == [
        ("saved_term", "软件 → 軟體"),
        ("saved_term", "软件 → 軟件"),
        ("deleted_term", "软件 → 軟件"),
    ]
    assert {entry.user for entry in Activity.objects.all()} == {cast.chief_editor}


@pytest.mark.parametrize("who", ["reporter", "editor", "list_editor", "photo_editor", "outsider"])
def test_term_is_for_whoever_shapes_the_site(cast, who):
    term = saved()
    with pytest.raises(PermissionDenied):
        saved("网络", "網路", by=getattr(cast, who))
    with pytest.raises(PermissionDenied):
        delete_conversion_term(term=term, by=getattr(cast, who))
    assert [row.simplified for row in ConversionTerm.objects.all()] == ["软件"]


@pytest.mark.parametrize(
    ("simplified", "traditional", "field"),
    [
        ("", "軟體", "simplified"),
        ("软件", " \0", "traditional"),
        ("软件", "長" * 61, "traditional"),
        ("网", "", "traditional"),
    ],
)
def test_term_needs_both_forms(db, simplified, traditional, field):
    with pytest.raises(ValidationError) as refused:
        saved(simplified, traditional)
    assert set(refused.value.message_dict) == {field}
    assert trail() == []


def test_word_has_one_term(db):
    saved()
    with pytest.raises(ValidationError) as refused:
        saved(" 软件\0", "軟件")
    assert set(refused.value.message_dict) == {"simplified"}


def test_change_of_somebody_else_is_not_written_over_unseen(cast):
    """Whoever is told may save again."""
    term = saved(by=cast.chief_editor)
    opened = version_of(term)
    term.traditional = "軟件"
    save_conversion_term(term=term, by=cast.administrator, now=MONDAY + HOUR, based_on=opened)
    term.traditional = "軟體"
    with pytest.raises(ValidationError) as refused:
        save_conversion_term(term=term, by=cast.chief_editor, now=MONDAY + HOUR, based_on=opened)
    assert refused.value.code == "overtaken"
    assert save_conversion_term(term=term, by=cast.chief_editor, now=MONDAY + HOUR).traditional == "軟體"


def test_term_that_is_gone_is_neither_saved_nor_deleted(db):
    term = saved()
    ConversionTerm.objects.all().delete()
    for action in (save_conversion_term, delete_conversion_term):
        with pytest.raises(ValidationError) as refused:
            action(term=term, by=OPERATOR)
        assert refused.value.code == "deleted"
