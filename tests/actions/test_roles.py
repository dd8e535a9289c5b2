"""The table of roles, applied to Django's groups."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission

from articles.actions import make_roles
from articles.actions import roles as roles_module
from articles.workflow import ROLES

pytestmark = pytest.mark.django_db


def codenames(group: Group) -> set[str]:
    rows = group.permissions.values_list("content_type__app_label", "codename")
    return {codename if app == "articles" else f"{app}.{codename}" for app, codename in rows}


def test_roles_have_exactly_the_permissions_of_the_table():
    """One group per role, each with what is listed and nothing else."""
    groups = make_roles()
    assert set(groups) == set(Group.objects.values_list("name", flat=True)) == set(ROLES)
    assert {role: codenames(group) for role, group in groups.items()} == ROLES


def test_roles_made_again_are_the_same_groups_set_right():
    """Rights somebody added or removed by hand are set back; members and other groups stay."""
    first = make_roles()
    other = Group.objects.create(name="readers")
    first["reporter"].permissions.set(Permission.objects.filter(codename="publish_story"))
    second = make_roles()
    assert {role: group.pk for role, group in first.items()} == {role: group.pk for role, group in second.items()}
    assert codenames(second["reporter"]) == ROLES["reporter"]
    assert Group.objects.filter(pk=other.pk).exists()


def test_roles_with_an_unknown_permission_are_refused(monkeypatch):
    """A misspelt permission is named, and no half-made role is left."""
    monkeypatch.setattr(roles_module, "ROLES", {"reporter": {"view_story"}, "editor": {"fly_story"}})
    with pytest.raises(LookupError, match=r"'editor'.*fly_story"):
        make_roles()
    assert not Group.objects.exists()
