"""Sections have one level of children at most."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from articles.models import Section
from tests.builders import a_section

pytestmark = pytest.mark.django_db


def test_section_may_have_a_parent_at_the_top():
    """One level is allowed."""
    Section(name="足球", slug="football", parent=a_section("体育", "sports")).full_clean()


def test_section_inside_a_section_inside_a_section_is_refused():
    """The site's navigation has two levels."""
    child = a_section("足球", "football", parent=a_section("体育", "sports"))
    with pytest.raises(ValidationError) as refused:
        Section(name="中超", slug="league", parent=child).full_clean()
    assert "parent" in refused.value.message_dict


def test_section_with_children_stays_at_the_top():
    """Moving it down would make a third level of its children."""
    parent = a_section("体育", "sports")
    a_section("足球", "football", parent=parent)
    parent.parent = a_section()
    with pytest.raises(ValidationError) as refused:
        parent.full_clean()
    assert "parent" in refused.value.message_dict
