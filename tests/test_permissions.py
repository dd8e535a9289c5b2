"""Who may do what: each predicate with each member of the cast, and the table of roles itself."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser, Permission, User

from articles import permissions
from articles.models import DeskProfile
from articles.permissions import Operator
from articles.workflow import ROLES, STAGES
from tests.builders import MONDAY, a_section

WHO = (
    "reporter",
    "other_reporter",
    "photo_editor",
    "editor",
    "second_editor",
    "list_editor",
    "chief_editor",
    "administrator",
    "outsider",
)
EDITORS = {"editor", "second_editor"}
EVERYBODY = {*WHO} - {"outsider"}
REVIEW = STAGES["one"][0]

# For a draft of the reporter: who may do it.
ON_A_STORY = {
    "can_see": EVERYBODY,
    "can_preview": EVERYBODY,
    "can_note": EVERYBODY,
    "can_edit": {"reporter", *EDITORS, "chief_editor"},
    "can_share_preview": {"reporter", *EDITORS, "chief_editor"},
    "can_review": {*EDITORS, "chief_editor"},
    "can_sign_off": {*EDITORS, "chief_editor"},
    "can_send_back": {*EDITORS, "chief_editor"},
    "can_publish": {"chief_editor"},
    "can_override": {"chief_editor"},
    "can_withdraw": {"chief_editor"},
    "can_delete": {"reporter", "chief_editor"},
    "can_share_story_page": {*EDITORS, "chief_editor"},
}
LIST_EDITORS = {*EDITORS, "list_editor", "chief_editor"}
# For a list of all pages.
ON_A_LIST = {"can_edit_list": LIST_EDITORS, "can_make_list": {"chief_editor", "administrator"}}
ANYWHERE = {
    "can_write": {"reporter", "other_reporter", *EDITORS, "chief_editor"},
    "can_import": {"chief_editor"},
    "can_publish_some": {"chief_editor"},
    "can_edit_others": {*EDITORS, "chief_editor"},
    "can_review_some": {*EDITORS, "chief_editor"},
    "can_change_notices": {"chief_editor", "administrator"},
    "can_change_identity": {"chief_editor", "administrator"},
    "can_change_pages": {"chief_editor", "administrator"},
    "can_change_terms": {"chief_editor", "administrator"},
    "can_empty_bin": {"administrator"},
    "can_look_after_people": {"administrator"},
    "can_see_lists": EVERYBODY,
    "can_edit_some_lists": LIST_EDITORS,
    "can_make_lists": {"chief_editor", "administrator"},
    "can_travel": EVERYBODY,
    "can_share_moment": LIST_EDITORS,
    "can_share_page": LIST_EDITORS,
}
EVERY = {**ON_A_STORY, **ON_A_LIST, **ANYWHERE}
MORE = {
    "can_review_some": {"stage": REVIEW},
    "can_review": {"stage": REVIEW},
    "can_sign_off": {"stage": REVIEW, "edited_by": None},
}


def asked(predicate: str, user: object, story: object) -> bool:
    question = getattr(permissions, predicate)
    about = [story] if predicate in ON_A_STORY else [list_in(None)] if predicate in ON_A_LIST else []
    return question(user, *about, **MORE.get(predicate, {}))


def list_in(section_id: int | None) -> SimpleNamespace:
    return SimpleNamespace(section_id=section_id)


def story_by(user: object | None, **values: object) -> SimpleNamespace:
    defaults = {"has_publications": False, "binned_at": None, "section_id": None}
    return SimpleNamespace(created_by_id=user.pk if user else None, **{**defaults, **values})


@pytest.mark.parametrize("predicate", [*EVERY])
def test_predicate_answers_each_of_the_cast(cast, predicate):
    """Exactly the people of the table may."""
    story = story_by(cast.reporter)
    may = {who for who in WHO if asked(predicate, getattr(cast, who), story)}
    assert may == EVERY[predicate]


def test_every_predicate_is_in_the_tables_above():
    """A new question gets its row here."""
    assert {name for name in vars(permissions) if name.startswith("can_")} == {*EVERY}


@pytest.mark.parametrize("predicate", [*EVERY])
def test_predicate_refuses_those_without_a_login(predicate):
    """Nobody, a visitor, and a visitor on a story whose author was deleted may nothing."""
    orphan = story_by(None)
    assert not asked(predicate, None, orphan)
    assert not asked(predicate, AnonymousUser(), orphan)


@pytest.mark.parametrize("predicate", [*EVERY])
def test_predicate_refuses_a_deactivated_login(cast, predicate):
    """A chief editor who left may nothing, superuser or not."""
    cast.chief_editor.is_active = False
    cast.chief_editor.is_superuser = True
    assert not asked(predicate, cast.chief_editor, story_by(cast.chief_editor))


@pytest.mark.parametrize("predicate", [*EVERY])
def test_predicate_allows_the_operator_and_superusers(db, predicate):
    """Whoever has a shell on the server, or was made superuser, may everything."""
    story = story_by(None)
    assert asked(predicate, Operator("import"), story)
    assert asked(predicate, User.objects.create_superuser("root"), story)


def test_author_keeps_off_what_was_public(cast):
    """One's own draft may go into the bin; what readers may have seen is for the chief editor to decide."""
    public = story_by(cast.reporter, has_publications=True)
    assert not permissions.can_delete(cast.reporter, public)
    assert permissions.can_delete(cast.chief_editor, public)


def test_nobody_changes_what_is_in_the_bin(cast):
    """It has to be taken out first."""
    binned = story_by(cast.reporter, binned_at=MONDAY)
    may = {name for name in ON_A_STORY for who in WHO if asked(name, getattr(cast, who), binned)}
    assert may == {"can_see", "can_preview", "can_delete"}


@pytest.mark.parametrize(("edited_by", "signed_by"), [("editor", set()), ("reporter", {"editor"})])
def test_nobody_signs_what_they_edited_last_or_signed_before(cast, edited_by, signed_by):
    """A second pair of eyes is another person's."""
    story = story_by(cast.reporter)
    concerned = {"edited_by": getattr(cast, edited_by).pk, "signed_by": {getattr(cast, who).pk for who in signed_by}}
    assert not permissions.can_sign_off(cast.editor, story, REVIEW, **concerned)
    assert permissions.can_sign_off(cast.second_editor, story, REVIEW, **concerned)


@pytest.fixture
def sports(cast):
    """The editor and the chief editor are limited to sports, which has a child section."""
    sports = a_section("体育", "sports")
    for user in (cast.editor, cast.chief_editor):
        profile = DeskProfile.objects.create(user=user)
        profile.sections.add(sports)
    return sports


def test_section_limit_holds_for_every_right_on_the_stories_of_others(cast, sports):
    """A sports editor edits sports and what lies in it, and no politics."""
    rights = set(ON_A_STORY) - {"can_see", "can_preview", "can_note"}
    running = a_section("路跑", "running", parent=sports)
    for section in (sports, running):
        story = story_by(cast.reporter, section_id=section.pk)
        assert {name for name in rights if asked(name, cast.chief_editor, story)} == rights
    politics = story_by(cast.reporter, section_id=a_section().pk)
    assert {name for name in ON_A_STORY if asked(name, cast.chief_editor, politics)} == {
        "can_see",
        "can_preview",
        "can_note",
    }
    assert permissions.can_edit(cast.second_editor, politics)


def test_own_story_elsewhere_is_edited_and_not_published(cast, sports):
    """Who is limited to sports may write about politics; publishing it is for others."""
    politics = story_by(cast.chief_editor, section_id=a_section().pk)
    assert permissions.can_edit(cast.chief_editor, politics)
    assert not permissions.can_publish(cast.chief_editor, politics)
    assert not permissions.can_withdraw(cast.chief_editor, politics)


def test_section_limit_holds_for_lists(cast, sports):
    """A sports editor changes the lists of sports and what lies in it, and not the front page nor those of a topic."""
    running = a_section("路跑", "running", parent=sports)
    may = [permissions.can_edit_list(cast.editor, list_in(pk)) for pk in (sports.pk, running.pk, a_section().pk, None)]
    assert may == [True, True, False, False]
    assert permissions.can_edit_list(cast.list_editor, list_in(None))


def test_section_limit_holds_for_making_lists(cast, sports):
    """Who is limited to sports makes no list for the front page."""
    may = [permissions.can_make_list(cast.chief_editor, list_in(pk)) for pk in (sports.pk, a_section().pk, None)]
    assert may == [True, False, False]


def test_lists_are_seen_by_those_only_who_may_read_drafts(cast):
    """They name stories that are not public."""
    cast.outsider.user_permissions.add(Permission.objects.get(codename="view_storylist"))
    assert not permissions.can_see_lists(again(cast.outsider))
    cast.outsider.user_permissions.add(Permission.objects.get(codename="view_story"))
    assert permissions.can_see_lists(again(cast.outsider))


def again(user):
    """The person as the next request has them."""
    return type(user).objects.get(pk=user.pk)


def test_story_without_a_section_is_in_everybodys_reach(cast, sports):
    """Somebody has to find it one."""
    assert permissions.can_edit(cast.editor, story_by(cast.reporter))


def test_roles_name_only_permissions_that_exist(db):
    """A misspelt permission would be a right nobody has."""
    rows = Permission.objects.values_list("content_type__app_label", "codename")
    known = {codename if app == "articles" else f"{app}.{codename}" for app, codename in rows}
    assert set().union(*ROLES.values()) <= known


def test_roles_grow_from_reporter_to_chief_editor():
    """Whoever is above may whatever those below may."""
    assert ROLES["reporter"] < ROLES["editor"] < ROLES["chief editor"]


@pytest.mark.parametrize("role", sorted(ROLES))
def test_no_role_may_rewrite_the_record(role):
    """Versions, publications and the audit trail are written by actions; no role edits or deletes them by hand."""
    record = ("publication", "revision", "activity", "importrun", "searchentry", "signoff", "tickrun", "boundaryeffect")
    record = (*record, "listedition", "listrevision", "listitem")
    assert not {f"{verb}_{noun}" for verb in ("add", "change", "delete") for noun in record} & ROLES[role]
