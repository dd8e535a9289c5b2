"""Saving copyright notices: what older stories say is never rewritten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from articles.actions import save_copyright_notice
from articles.models import Activity, CopyrightNotice, Source
from tests.builders import MONDAY, OPERATOR

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def source() -> Source:
    return Source.objects.create(name="新华社", name_key="新华社", slug="xinhua")


@pytest.fixture
def in_force(source) -> CopyrightNotice:
    notice = CopyrightNotice(source=source, text="旧声明", holder="新华社", effective_from=MONDAY)
    return save_copyright_notice(notice=notice, by=OPERATOR, now=MONDAY)


def shown(source: Source, live_from, at) -> str | None:
    found = CopyrightNotice.objects.for_publication(source.pk, live_from, at).first()
    return found.text if found else None


@pytest.mark.parametrize("who", ["reporter", "editor", "chief_editor", "outsider"])
def test_saving_a_notice_is_for_the_chief_editor(cast, source, who):
    """A notice is a legal text; nobody else writes one, and a refusal leaves no trace."""
    notice = CopyrightNotice(source=source, text="声明", effective_from=MONDAY)
    if who == "chief_editor":
        save_copyright_notice(notice=notice, by=cast.chief_editor, now=MONDAY)
        entry = Activity.objects.get()
        assert (entry.verb, entry.user, entry.at) == (Activity.Verb.CHANGED_NOTICE, cast.chief_editor, MONDAY)
    else:
        with pytest.raises(PermissionDenied):
            save_copyright_notice(notice=notice, by=getattr(cast, who), now=MONDAY)
        assert not CopyrightNotice.objects.exists()
        assert not Activity.objects.exists()


def test_edited_notice_becomes_the_next_one(source, in_force):
    """Stories from before the change keep what they said; stories from then on say the new text."""
    old_key = in_force.pk
    in_force.text = "新声明"
    stored = save_copyright_notice(notice=in_force, by=OPERATOR, now=MONDAY + 5 * DAY)
    assert stored.pk != old_key
    assert stored.effective_from == MONDAY + 5 * DAY
    assert shown(source, MONDAY + DAY, MONDAY + 9 * DAY) == "旧声明"
    assert shown(source, MONDAY + 6 * DAY, MONDAY + 9 * DAY) == "新声明"
    assert shown(source, MONDAY + DAY, MONDAY + 2 * DAY) == "旧声明"


def test_edited_and_marked_notice_reaches_earlier_stories_from_now_on(source, in_force):
    """Marked, the new text stands under old stories too; the past itself stays as it was."""
    in_force.text, in_force.applies_to_earlier = "新声明", True
    save_copyright_notice(notice=in_force, by=OPERATOR, now=MONDAY + 5 * DAY)
    assert shown(source, MONDAY + DAY, MONDAY + 4 * DAY) == "旧声明"
    assert shown(source, MONDAY + DAY, MONDAY + 6 * DAY) == "新声明"


def test_edited_notice_cannot_be_dated_back(source, in_force):
    """A change dated into the past counts from now on, because the past was read already."""
    in_force.text, in_force.effective_from = "新声明", MONDAY - 9 * DAY
    stored = save_copyright_notice(notice=in_force, by=OPERATOR, now=MONDAY + 5 * DAY)
    assert stored.effective_from == MONDAY + 5 * DAY
    assert shown(source, MONDAY + DAY, MONDAY + 9 * DAY) == "旧声明"


def test_edited_notice_may_be_for_later(source, in_force):
    """A change with a date to come waits for it."""
    in_force.text, in_force.effective_from = "新声明", MONDAY + 7 * DAY
    save_copyright_notice(notice=in_force, by=OPERATOR, now=MONDAY + 5 * DAY)
    assert shown(source, MONDAY + 6 * DAY, MONDAY + 9 * DAY) == "旧声明"
    assert shown(source, MONDAY + 7 * DAY, MONDAY + 9 * DAY) == "新声明"


def test_unchanged_notice_is_not_stored_again(in_force):
    """Saving the form without a change makes neither a notice nor an entry in the trail."""
    same = CopyrightNotice.objects.get(pk=in_force.pk)
    assert save_copyright_notice(notice=same, by=OPERATOR, now=MONDAY + DAY).pk == in_force.pk
    assert CopyrightNotice.objects.count() == Activity.objects.count() == 1


def test_notice_to_come_is_changed_in_place(source):
    """What nobody has read yet may be rewritten."""
    notice = CopyrightNotice(source=source, text="草", effective_from=MONDAY + DAY)
    save_copyright_notice(notice=notice, by=OPERATOR, now=MONDAY)
    notice.text = "定稿"
    stored = save_copyright_notice(notice=notice, by=OPERATOR, now=MONDAY)
    assert CopyrightNotice.objects.get() == stored
    assert CopyrightNotice.objects.get().text == "定稿"


def test_notice_edited_in_the_moment_it_comes_into_force_is_changed_in_place(source, in_force):
    """Two notices cannot begin at one moment, so a change in that moment is the notice itself."""
    in_force.text = "改"
    save_copyright_notice(notice=in_force, by=OPERATOR, now=MONDAY)
    assert CopyrightNotice.objects.get().text == "改"


def test_notice_moved_to_another_source_leaves_the_old_source_its_notice(source, in_force):
    """Choosing another source for a notice in force makes that source a new one."""
    other = Source.objects.create(name="本报", name_key="本报", slug="own")
    in_force.source = other
    save_copyright_notice(notice=in_force, by=OPERATOR, now=MONDAY + DAY)
    assert shown(source, MONDAY + 2 * DAY, MONDAY + 9 * DAY) == "旧声明"
    assert shown(other, MONDAY + 2 * DAY, MONDAY + 9 * DAY) == "旧声明"
    assert shown(other, MONDAY, MONDAY + 9 * DAY) is None
