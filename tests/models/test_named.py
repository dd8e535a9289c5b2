"""Names and notices in the language that is asked for."""

from __future__ import annotations

import pytest

from articles.models import Contributor, CopyrightNotice, Section, Source, Topic


@pytest.mark.parametrize("model", [Section, Topic, Contributor, Source])
@pytest.mark.parametrize(
    ("english", "language", "shown"),
    [
        ("Jobs", "en", "Jobs"),
        ("Jobs", "en-gb", "Jobs"),
        ("Jobs", "zh-hans", "就业"),
        ("Jobs", "zh-hant", "就业"),
        ("", "en", "就业"),
    ],
)
def test_name_in_english_is_for_english_alone(model, english, language, shown):
    """Without one, the name stands everywhere."""
    assert model(name="就业", name_english=english).name_in(language) == shown


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Section, Topic, Contributor, Source])
@pytest.mark.parametrize("unseen", ["\u200b", " \u2060\ufeff "], ids=ascii)
def test_name_that_nobody_sees_is_none(model, unseen):
    """A link on a page in English would have no name."""
    row = model(name="就业", name_english=unseen, slug="jobs")
    row.full_clean(exclude=["name_key"])
    assert row.name_in("en") == "就业"


@pytest.mark.parametrize("field", ["text", "holder", "usage_terms"])
def test_words_of_a_notice_in_english_are_for_english_alone(field):
    both = CopyrightNotice(**{field: "版权所有", f"{field}_english": "All rights reserved"})
    said = getattr(both, f"{field}_in")
    assert (said("en"), said("en-gb")) == ("All rights reserved",) * 2
    assert (said("zh-hans"), said("zh-hant")) == ("版权所有",) * 2
    assert getattr(CopyrightNotice(**{field: "版权所有"}), f"{field}_in")("en") == "版权所有"
