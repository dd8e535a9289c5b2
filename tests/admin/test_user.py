"""The people of the newsroom, as an administrator looks after them: roles, and never more than that."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from articles.models import DeskProfile
from articles.workflow import ROLES
from tests.builders import a_section
from tests.page import form_values, page
from tests.story_form import desk, urlencoded

PASSWORD = "a-quiet-river-4711"
ADD, LIST = reverse("admin:auth_user_add"), reverse("admin:auth_user_changelist")
SECTION_BEYOND = {"desk_profile-TOTAL_FORMS": "1", "desk_profile-0-sections": ["9" * 40]}
# What a crafted post asks for, besides what the form offers.
CRAFTED = {"is_superuser": "on", "user_permissions": ["1", "2"], "is_staff": "on"}


def of(person: User, name: str = "change") -> str:
    address = "admin:auth_user_password_change" if name == "password" else f"admin:auth_user_{name}"
    return reverse(address, args=[person.pk])


def role(name: str) -> Group:
    return Group.objects.get(name=name)


def change(client: Client, person: User, **values: Any) -> Any:
    """Post the form of `person` as the browser holds it, with `values` in place of what stands there."""
    response = client.get(of(person))
    held = form_values(page(response).one("form", id="user_form")) if response.status_code == 200 else {}
    held = {name: value for name, value in {**held, **values}.items() if value is not None}
    body = urlencoded(
        {name: [str(one) for one in held[name]] if isinstance(held[name], list) else str(held[name]) for name in held}
    )
    return client.post(of(person), body, content_type="application/x-www-form-urlencoded")


@pytest.fixture
def administrator(cast) -> Client:
    return desk(cast.administrator)


@pytest.fixture
def superuser(cast) -> User:
    return User.objects.create_superuser("root", password=PASSWORD, first_name="Root")


def made(client: Client, **values: Any) -> User | None:
    values = {"username": "xin", "first_name": "新同事", "usable_password": "true", **values}
    inline = {"desk_profile-TOTAL_FORMS": "0", "desk_profile-INITIAL_FORMS": "0"}
    client.post(ADD, {"password1": PASSWORD, "password2": PASSWORD, **inline, **values})
    return User.objects.filter(username=values["username"]).first()


# What an administrator does


def test_administrator_makes_a_login_with_a_role(administrator):
    """Who comes new may sign in at the desk at once."""
    person = made(administrator, groups=[role("editor").pk])
    assert person.check_password(PASSWORD)
    assert person.get_full_name() == "新同事"
    assert (person.is_staff, person.is_superuser, list(person.groups.all())) == (True, False, [role("editor")])
    assert Client().login(username="xin", password=PASSWORD)


def test_administrator_changes_roles_and_limits_to_sections(cast, administrator):
    section = a_section()
    values = {"desk_profile-TOTAL_FORMS": "1", "desk_profile-0-sections": [section.pk], "groups": [role("editor").pk]}
    assert change(administrator, cast.reporter, **values).status_code == 302
    person = User.objects.get(pk=cast.reporter.pk)
    assert list(person.groups.all()) == [role("editor")]
    assert person.desk_profile.section_ids == {section.pk}


def test_deactivated_person_is_out_at_once(cast, administrator):
    """With the page that was open; what that person wrote stays."""
    client = desk(cast.reporter)
    assert change(administrator, cast.reporter, is_active=None).status_code == 302
    assert client.get(reverse("admin:index")).status_code == 302
    assert not Client().login(username="lin", password="test-password")


def test_administrator_sets_a_password(cast, administrator):
    posted = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    assert administrator.post(of(cast.reporter, "password"), posted).status_code == 302
    assert User.objects.get(pk=cast.reporter.pk).check_password(PASSWORD)


def test_groups_that_are_no_roles_are_kept(cast, administrator):
    """The form offers roles only; what it does not show it does not take away."""
    club = Group.objects.create(name="合唱团")
    cast.reporter.groups.add(club)
    assert change(administrator, cast.reporter, groups=[role("editor").pk]).status_code == 302
    assert set(cast.reporter.groups.all()) == {club, role("editor")}


# What an administrator does not get


def test_crafted_posts_make_no_superuser_and_give_no_single_rights(cast, administrator):
    for person in (made(administrator, **CRAFTED), cast.reporter, cast.administrator):
        change(administrator, person, **CRAFTED)
        person.refresh_from_db()
        assert (person.is_superuser, person.user_permissions.count()) == (False, 0), person


def test_group_that_is_no_role_is_not_given(cast, administrator):
    """It could hold any right."""
    strong = Group.objects.create(name="strong")
    strong.permissions.set(Permission.objects.all())
    assert change(administrator, cast.reporter, groups=[strong.pk]).status_code == 200
    assert not strong.user_set.exists()
    assert made(administrator, groups=[strong.pk]) is None


def test_administrator_gives_no_role_to_oneself(cast, administrator):
    """Nor takes a limit off oneself, nor locks oneself out."""
    DeskProfile.objects.create(user=cast.administrator).sections.set([a_section()])
    profile = {"desk_profile-0-sections": [], "desk_profile-0-wants_digest": "on"}
    values = {"groups": [role("chief editor").pk], "is_active": None, "is_staff": None, **profile}
    assert change(administrator, cast.administrator, **values).status_code == 302
    person = User.objects.get(pk=cast.administrator.pk)
    assert list(person.groups.all()) == [role("administrator")]
    assert (person.is_active, person.is_staff, person.desk_profile.sections.count()) == (True, True, 1)


@pytest.mark.parametrize("rights", ["superuser", "single", "group"])
def test_whoever_has_rights_of_no_role_is_out_of_reach(cast, administrator, superuser, rights):
    """A new password, or another mail address to have it sent to, would hand those rights over."""
    person = superuser if rights == "superuser" else cast.reporter
    if rights == "single":
        person.user_permissions.add(Permission.objects.get(codename="delete_user"))
    if rights == "group":
        person.groups.add(Group.objects.create(name="strong"))
        Group.objects.get(name="strong").permissions.add(Permission.objects.first())
    before = User.objects.filter(pk=person.pk).values().get()
    crafted = {"username": "taken", "email": "x@example.org", "is_active": "", "password": "x", **CRAFTED}
    posted = {"password1": PASSWORD * 2, "password2": PASSWORD * 2, "usable_password": "true"}
    assert administrator.post(of(person), crafted).status_code == 403
    assert administrator.get(of(person, "password")).status_code == 403
    assert administrator.post(of(person, "password"), posted).status_code == 403
    assert User.objects.filter(pk=person.pk).values().get() == before
    shown = administrator.get(of(person))
    assert shown.status_code == 200
    assert not page(shown).all(css_class="field-password")
    assert not page(shown).all("input", type="submit")


def test_nobody_is_deleted(cast, administrator, superuser):
    """Not even by a superuser: a login is switched off."""
    for client in (administrator, desk(superuser)):
        assert client.post(of(cast.reporter, "delete"), {"post": "yes"}).status_code == 403
        assert not page(client.get(of(cast.reporter))).all("a", "deletelink")
    client.post(LIST, {"action": "delete_selected", "_selected_action": [cast.reporter.pk], "post": "yes"})
    assert User.objects.filter(pk=cast.reporter.pk).exists()


def test_superuser_gives_and_takes_superuser_rights_of_others(cast, superuser):
    """And is asked by nobody; but single rights are nobody's to give: roles are the table."""
    client = desk(superuser)
    assert change(client, cast.reporter, **CRAFTED).status_code == 302
    cast.reporter.refresh_from_db()
    assert (cast.reporter.is_superuser, cast.reporter.user_permissions.count()) == (True, 0)
    assert change(client, superuser, is_superuser=None, is_active=None).status_code == 302
    superuser.refresh_from_db()
    assert (superuser.is_superuser, superuser.is_active) == (True, True)


# Who is let in


@pytest.mark.parametrize("who", ["reporter", "photo_editor", "editor", "list_editor", "chief_editor", "outsider"])
def test_people_are_for_administrators_alone(cast, who):
    client = desk(getattr(cast, who))
    groups = reverse("admin:auth_group_changelist")
    addresses = [ADD, LIST, groups, of(cast.reporter), of(cast.reporter, "password"), of(cast.reporter, "history")]
    assert {client.get(address).status_code for address in addresses} == {403}
    assert {client.post(address, CRAFTED).status_code for address in addresses} == {403}


def test_roles_are_read_and_not_changed(cast, administrator, superuser):
    """Their table is in the code; `make_roles` writes it."""
    group = role("reporter")
    address = reverse("admin:auth_group_change", args=[group.pk])
    for client in (administrator, desk(superuser)):
        assert client.get(address).status_code == 200
        assert client.post(address, {"name": "x", "permissions": ["1"]}).status_code == 403
        assert client.post(reverse("admin:auth_group_add"), {"name": "x"}).status_code == 403
        assert client.post(reverse("admin:auth_group_delete", args=[group.pk]), {"post": "yes"}).status_code == 403
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)


# Input that makes no sense, and the list


@pytest.mark.parametrize(
    "query", ["?q=%00", "?role=nobody", "?password__startswith=p", "?is_active__exact=%00", "?id=" + "9" * 40]
)
def test_list_answers_nonsense(administrator, query):
    assert administrator.get(f"{LIST}{query}").status_code in {200, 302, 400}


@pytest.mark.parametrize(
    "values",
    [{"username": "a\0b"}, {"username": "x" * 10_000}, {"groups": ["\0"]}, {"groups": ["9" * 40]}, SECTION_BEYOND],
)
def test_form_answers_nonsense(cast, administrator, values):
    assert change(administrator, cast.reporter, **values).status_code == 200
    assert User.objects.get(pk=cast.reporter.pk).username == "lin"
    assert administrator.get(f"/admin/auth/user/{'9' * 40}/change/").status_code in {302, 404}
    assert administrator.get(f"/admin/auth/user/{'9' * 40}/password/").status_code in {302, 404}


def test_list_says_who_may_do_what_and_costs_the_same(cast, administrator, django_assert_num_queries):
    """Nine people here, and as many again."""
    DeskProfile.objects.create(user=cast.editor).sections.set([a_section("体育", "sports")])
    text = page(administrator.get(LIST)).one("table", id="result_list").text
    assert "chief editor" in text
    assert "体育" in text
    for number in range(9):
        person = User.objects.create_user(f"more{number}", first_name="多")
        person.groups.add(role("reporter"))
        DeskProfile.objects.create(user=person).sections.set([a_section()])
        if number in {0, 8}:
            with django_assert_num_queries(10):
                administrator.get(LIST)
