"""`make_roles` makes the groups of the newsroom."""

from __future__ import annotations

import io

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from articles.workflow import ROLES

pytestmark = pytest.mark.django_db


def test_make_roles_says_what_each_role_has():
    """One line per role; running it again says and makes the same."""
    texts = []
    for _time in range(2):
        out = io.StringIO()
        call_command("make_roles", stdout=out)
        texts.append(out.getvalue())
    assert texts[0] == texts[1]
    assert texts[0].splitlines() == [f"{role}: {len(codenames)} permissions" for role, codenames in ROLES.items()]
    assert Group.objects.count() == len(ROLES)
