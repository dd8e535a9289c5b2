"""The cast that every test gets: made by a short cut, it must be what the site's own commands make."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, Permission, User

from articles.actions import make_roles
from tests.conftest import PEOPLE

pytestmark = pytest.mark.django_db


def rights() -> set[tuple[str, str]]:
    return set(Group.objects.values_list("name", "permissions__codename"))


def test_roles_of_the_cast_are_those_of_the_site(cast):
    """Refreshing them changes nothing, and making them from nothing gives the same."""
    given = rights()
    make_roles()
    assert rights() == given
    Group.objects.all().delete()
    make_roles()
    assert rights() == given
    assert Permission.objects.filter(group=None).exists()


@pytest.mark.parametrize("who", list(PEOPLE))
def test_person_of_the_cast_has_their_role_and_logs_in(cast, who):
    """And is somebody created as usual: staff, active, no superuser."""
    name, role = PEOPLE[who]
    person = authenticate(username=name, password="test-password")
    assert person == getattr(cast, who)
    assert list(person.groups.values_list("name", flat=True)) == ([role] if role else [])
    usual = User.objects.create_user("usual", password="test-password", is_staff=True)
    for field in ("is_staff", "is_active", "is_superuser", "email", "last_name", "last_login"):
        assert getattr(person, field) == getattr(usual, field), field
