"""Keeping what is typed: whose it is, what replaces what, and that saving ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.actions import (
    SavedBefore,
    bin_story,
    claim_form,
    close_form,
    drop_kept_form,
    empty_bin,
    forget_old_kept_forms,
    keep_form,
)
from articles.actions import kept_form as module
from articles.models import Activity, KeptForm, Publication, Revision
from tests.builders import MONDAY, OPERATOR, a_story

HOUR = timedelta(hours=1)


def kept(user, story=None, key="k", headline="半句", **values):
    values.setdefault("now", MONDAY)
    return keep_form(user=user, story=story, key=key, fields=[("headline", headline), ("topics", "1")], **values)


def test_kept_form_holds_the_fields_in_their_order(cast):
    """What is typed comes back as it was, with the version it was begun on; what no database stores is left out."""
    story = a_story(by=cast.reporter)
    fields = [("b", "二"), ("a", "一"), ("b", "三"), ("nul", "a\x00b\ud800")]
    keep_form(user=cast.reporter, story=story, key="k", fields=fields, based_on=1, now=MONDAY)
    row = KeptForm.objects.get()
    assert row.fields == [["b", "二"], ["a", "一"], ["b", "三"], ["nul", "ab"]]
    assert (row.user, row.story, row.based_on, row.kept_at) == (cast.reporter, story, 1, MONDAY)


def test_keeping_makes_no_version_and_leaves_no_trace(cast):
    story = a_story(by=cast.reporter)
    before = (Revision.objects.count(), Activity.objects.count(), story.updated_at)
    kept(cast.reporter, story)
    story.refresh_from_db()
    assert (Revision.objects.count(), Activity.objects.count(), story.updated_at) == before
    assert not Publication.objects.exists()


def test_keeping_again_replaces_what_was_kept(cast):
    kept(cast.reporter, headline="一", serial=1)
    kept(cast.reporter, headline="一二", serial=2, now=MONDAY + HOUR)
    row = KeptForm.objects.get()
    assert (row.headline, row.serial, row.kept_at) == ("一二", 2, MONDAY + HOUR)


def test_what_arrives_late_replaces_nothing(cast):
    """Two requests of one window may overtake each other: the newer text stays."""
    kept(cast.reporter, headline="新", serial=5)
    kept(cast.reporter, headline="旧", serial=4)
    assert KeptForm.objects.get().headline == "新"


def test_two_people_may_have_the_same_key(cast):
    """A key is of one person: a guessed one reaches nobody else's text."""
    kept(cast.reporter, headline="我的")
    kept(cast.editor, headline="你的")
    assert drop_kept_form(user=cast.editor, key="k")
    assert KeptForm.objects.get().headline == "我的"


def test_going_on_in_another_form_takes_the_text_along(cast):
    """The form that went on with a kept one replaces it at its first keeping, and not before."""
    kept(cast.reporter, key="old")
    kept(cast.reporter, key="new", replaces="old")
    assert [row.key for row in KeptForm.objects.all()] == ["new"]


@pytest.mark.parametrize("person", ["other_reporter", "photo_editor", "outsider"])
def test_who_may_not_change_a_story_keeps_nothing_of_it(cast, person):
    story = a_story(by=cast.reporter)
    with pytest.raises(PermissionDenied):
        kept(getattr(cast, person), story)
    assert not KeptForm.objects.exists()


def test_who_may_not_write_keeps_no_new_story(cast):
    with pytest.raises(PermissionDenied):
        kept(cast.outsider)


def test_story_in_the_bin_is_not_typed_on(cast):
    story = a_story(by=cast.reporter)
    bin_story(story=story, by=cast.reporter, now=MONDAY)
    with pytest.raises(PermissionDenied):
        kept(cast.reporter, story=type(story).objects.get(pk=story.pk))


def test_too_much_is_refused_in_words(cast, monkeypatch):
    """A text beyond the limit, and more forms than anybody opens; nothing kept is given up for them."""
    monkeypatch.setattr(module, "MOST_CHARACTERS", 100)
    monkeypatch.setattr(module, "MOST_FORMS", 2)
    with pytest.raises(ValidationError, match=r"太长|too long"):
        kept(cast.reporter, headline="长" * 100)
    kept(cast.reporter, key="a")
    kept(cast.reporter, key="b")
    with pytest.raises(ValidationError):
        kept(cast.reporter, key="c")
    kept(cast.reporter, key="a", headline="改", serial=1)
    assert {row.key: row.headline for row in KeptForm.objects.all()} == {"a": "改", "b": "半句"}


def test_saving_ends_keeping(cast):
    """The text is gone with the save, also that of the form it went on from; what is kept too late stays out."""
    story = a_story(by=cast.reporter)
    kept(cast.reporter, story, key="old")
    kept(cast.reporter, story)
    claim_form(user=cast.reporter, key="k", digest="d", story=story, now=MONDAY)
    close_form(user=cast.reporter, key="k", digest="d", story=story, saved_as=2, replaces="old", now=MONDAY)
    late = kept(cast.reporter, story, serial=99)
    assert late.saved_as == 2
    assert not KeptForm.objects.unsaved(cast.reporter, story).exists()
    assert KeptForm.objects.get().fields == []
    assert not drop_kept_form(user=cast.reporter, key="k")


def test_form_is_saved_once(cast):
    """The same post is refused the second time; another one of the same form is not, unless it began a story."""
    story = a_story(by=cast.reporter)
    claim_form(user=cast.reporter, key="k", digest="d", story=None, now=MONDAY)
    close_form(user=cast.reporter, key="k", digest="d", story=story, saved_as=1, now=MONDAY)
    for digest, of in [("d", story), ("d", None), ("other", None)]:
        with pytest.raises(SavedBefore) as before:
            claim_form(user=cast.reporter, key="k", digest=digest, story=of, now=MONDAY)
        assert before.value.kept.story == story
    claim_form(user=cast.reporter, key="k", digest="other", story=story, now=MONDAY)
    claim_form(user=cast.editor, key="k", digest="d", story=story, now=MONDAY)


def test_text_outlives_a_story_that_is_deleted_for_ever(cast):
    """It is then the text of a new story."""
    story = a_story(by=cast.reporter)
    kept(cast.reporter, story)
    bin_story(story=story, by=cast.reporter, now=MONDAY)
    empty_bin(by=OPERATOR, now=MONDAY)
    assert KeptForm.objects.unsaved(cast.reporter, None).get().headline == "半句"


def test_old_forms_are_forgotten(cast):
    """After thirty days, and not before."""
    kept(cast.reporter, key="old")
    kept(cast.reporter, key="new", now=MONDAY + HOUR)
    assert forget_old_kept_forms(MONDAY + timedelta(days=30, minutes=1)) == 1
    assert KeptForm.objects.get().key == "new"
