"""Who may do what: each predicate with each member of the cast, and the table of roles itself."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser, Permission, User

from articles import permissions
from articles.permissions import Operator
from articles.workflow import ROLES

WHO = ("reporter", "other_reporter", "editor", "chief_editor", "outsider")

# For a draft of the reporter: who may do it.
ON_A_STORY = {
    "can_see": {"reporter", "other_reporter", "editor", "chief_editor"},
    "can_preview": {"reporter", "other_reporter", "editor", "chief_editor"},
    "can_edit": {"reporter", "editor", "chief_editor"},
    "can_publish": {"chief_editor"},
    "can_withdraw": {"chief_editor"},
    "can_delete": {"chief_editor"},
}
ANYWHERE = {
    "can_write": {"reporter", "other_reporter", "editor", "chief_editor"},
    "can_import": {"chief_editor"},
    "can_change_notices": {"chief_editor"},
}


def asked(predicate: str, user: object, story: object) -> bool:
    question = getattr(permissions, predicate)
    return question(user, story) if predicate in ON_A_STORY else question(user)


def story_by(user: object, *, has_publications: bool = False) -> SimpleNamespace:
    return SimpleNamespace(created_by_id=user.pk, has_publications=has_publications)


@pytest.mark.parametrize("predicate", [*ON_A_STORY, *ANYWHERE])
def test_predicate_answers_each_of_the_cast(cast, predicate):
    """Exactly the people of the table may."""
    story = story_by(cast.reporter)
    may = {who for who in WHO if asked(predicate, getattr(cast, who), story)}
    assert may == {**ON_A_STORY, **ANYWHERE}[predicate]


def test_every_predicate_is_in_the_tables_above():
    """A new question gets its row here."""
    assert {name for name in vars(permissions) if name.startswith("can_")} == {*ON_A_STORY, *ANYWHERE}


@pytest.mark.parametrize("predicate", [*ON_A_STORY, *ANYWHERE])
def test_predicate_refuses_those_without_a_login(predicate):
    """Nobody, a visitor, and a visitor on a story whose author was deleted may nothing."""
    orphan = SimpleNamespace(created_by_id=None, has_publications=False)
    assert not asked(predicate, None, orphan)
    assert not asked(predicate, AnonymousUser(), orphan)


@pytest.mark.parametrize("predicate", [*ON_A_STORY, *ANYWHERE])
def test_predicate_refuses_a_deactivated_login(cast, predicate):
    """A chief editor who left may nothing, superuser or not."""
    cast.chief_editor.is_active = False
    cast.chief_editor.is_superuser = True
    assert not asked(predicate, cast.chief_editor, story_by(cast.chief_editor))


@pytest.mark.parametrize("predicate", [*ON_A_STORY, *ANYWHERE])
def test_predicate_allows_the_operator_and_superusers(db, predicate):
    """Whoever has a shell on the server, or was made superuser, may everything."""
    story = SimpleNamespace(created_by_id=None, has_publications=False)
    assert asked(predicate, Operator("import"), story)
    assert asked(predicate, User.objects.create_superuser("root"), story)


def test_delete_is_refused_once_a_story_was_public_or_scheduled(cast):
    """What readers may have seen stays."""
    assert not permissions.can_delete(cast.chief_editor, story_by(cast.reporter, has_publications=True))


def test_roles_name_only_permissions_that_exist(db):
    """A misspelt permission would be a right nobody has."""
    known = set(Permission.objects.filter(content_type__app_label="articles").values_list("codename", flat=True))
    assert set().union(*ROLES.values()) <= known


def test_roles_grow_from_reporter_to_chief_editor():
    """Whoever is above may whatever those below may."""
    assert ROLES["reporter"] < ROLES["editor"] < ROLES["chief editor"]


@pytest.mark.parametrize("role", sorted(ROLES))
def test_no_role_may_rewrite_the_record(role):
    """Versions, publications and the audit trail are written by actions; no role edits or deletes them by hand."""
    record = ("publication", "revision", "activity", "importrun", "searchentry")
    assert not {f"{verb}_{noun}" for verb in ("add", "change", "delete") for noun in record} & ROLES[role]
