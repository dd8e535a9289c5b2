"""Preview links: who may make and revoke them, for how long, and what is recorded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.actions import bin_story, make_preview_link, record_opening, revoke_preview_link
from articles.models import Activity, DeskProfile, PreviewLink
from articles.permissions import link_opens
from tests.builders import MONDAY, OPERATOR, a_section, a_story

pytestmark = pytest.mark.django_db

MAY_SHARE_ANY = {"editor", "second_editor", "chief_editor"}


def a_link(story, by, **values):
    values = {"lifetime": "day", "now": MONDAY, **values}
    return make_preview_link(revision=story.revisions.first(), by=by, **values)


@pytest.mark.parametrize(
    "name",
    "reporter other_reporter photo_editor editor second_editor list_editor chief_editor administrator outsider".split(),
)
def test_link_is_made_by_those_who_may_change_the_story(cast, name):
    """The author, and whoever may change any story; a refused attempt leaves nothing behind."""
    story = a_story(by=cast.reporter)
    if name == "reporter" or name in MAY_SHARE_ANY:
        assert a_link(story, getattr(cast, name)).created_by == getattr(cast, name)
        return
    with pytest.raises(PermissionDenied):
        a_link(story, getattr(cast, name))
    assert not PreviewLink.objects.exists()
    assert not Activity.objects.filter(verb=Activity.Verb.MADE_PREVIEW_LINK).exists()


def test_operator_makes_no_link():
    """A link lives as long as its maker's right; a command has no login that could lose it."""
    with pytest.raises(PermissionDenied):
        a_link(a_story(), OPERATOR)


@pytest.mark.parametrize(
    ("lifetime", "length"), [("hour", timedelta(hours=1)), ("day", timedelta(days=1)), ("week", timedelta(days=7))]
)
def test_link_ends_after_its_lifetime(cast, lifetime, length):
    """It opens until the last microsecond before its end, and not at its end."""
    link = a_link(a_story(by=cast.reporter), cast.reporter, lifetime=lifetime)
    assert link.expires_at == MONDAY + length
    assert link_opens(link, link.expires_at - timedelta(microseconds=1))
    assert not link_opens(link, link.expires_at)


@pytest.mark.parametrize(
    ("values", "key"),
    [({"lifetime": "year"}, "lifetime"), ({"lifetime": ""}, "lifetime"), ({"meant_for": "长" * 101}, "meant_for")],
)
def test_link_with_senseless_wishes_is_refused(cast, values, key):
    """In words at the field."""
    with pytest.raises(ValidationError) as refused:
        a_link(a_story(by=cast.reporter), cast.reporter, **values)
    assert set(refused.value.error_dict) == {key}


def test_name_of_the_reader_is_made_storable(cast):
    """Control characters and line ends go."""
    assert (
        a_link(a_story(by=cast.reporter), cast.reporter, meant_for=" 王\x00局长\n（教育局） ").meant_for
        == "王局长 （教育局）"
    )


def test_addresses_differ_and_say_nothing_about_the_secret_alone(cast):
    """The stored text is no address: it lacks the signature. Two links to one version have different addresses."""
    story = a_story(by=cast.reporter)
    first, second = a_link(story, cast.reporter), a_link(story, cast.reporter)
    assert first.get_absolute_url() != second.get_absolute_url()
    signed = first.get_absolute_url().removeprefix("/preview/").rstrip("/")
    assert PreviewLink.objects.by_address(signed) == first
    for forged in (first.token, f"{first.pk}.{first.token}", signed.replace(f"{first.pk}.", f"{second.pk}.", 1)):
        assert PreviewLink.objects.by_address(forged) is None


def test_signature_is_of_the_key_of_the_site(cast, settings):
    """With another SECRET_KEY, as after it leaked and was changed, no address works any more."""
    signed = a_link(a_story(by=cast.reporter), cast.reporter).get_absolute_url().split("/")[2]
    settings.SECRET_KEY = "another key of the same length, made up for this test"
    assert PreviewLink.objects.by_address(signed) is None


def test_revoking_ends_a_link_for_good(cast):
    """Any colleague who may share the story revokes it, once; a clock that is set back does not revive it."""
    link = a_link(a_story(by=cast.reporter), cast.reporter)
    later = MONDAY + timedelta(minutes=5)
    for _twice in range(2):
        revoke_preview_link(link=link, by=cast.editor, now=later)
    assert not link_opens(link, later)
    assert not link_opens(link, MONDAY)
    assert Activity.objects.filter(verb=Activity.Verb.REVOKED_PREVIEW_LINK).count() == 1
    assert link.revoked_at == later


@pytest.mark.parametrize("name", ["other_reporter", "list_editor", "photo_editor", "outsider"])
def test_link_is_not_revoked_by_those_who_may_not_share(cast, name):
    link = a_link(a_story(by=cast.reporter), cast.reporter)
    with pytest.raises(PermissionDenied):
        revoke_preview_link(link=link, by=getattr(cast, name), now=MONDAY)
    link.refresh_from_db()
    assert link.revoked_at is None


def lose_role(cast, story):
    cast.reporter.groups.clear()


def leave_the_house(cast, story):
    cast.reporter.is_active = False
    cast.reporter.save()


def lose_the_desk(cast, story):
    cast.reporter.is_staff = False
    cast.reporter.save()


def be_deleted(cast, story):
    cast.reporter.delete()


def go_into_the_bin(cast, story):
    bin_story(story=story, by=cast.reporter, now=MONDAY)


@pytest.mark.parametrize("event", [lose_role, leave_the_house, lose_the_desk, be_deleted, go_into_the_bin])
def test_link_opens_nothing_once_its_maker_may_not_share(cast, event):
    """Whatever takes the right away takes its links away."""
    story = a_story(by=cast.reporter)
    signed = a_link(story, cast.reporter).get_absolute_url().split("/")[2]
    assert link_opens(PreviewLink.objects.by_address(signed), MONDAY)
    event(cast, story)
    assert not link_opens(PreviewLink.objects.by_address(signed), MONDAY)


def test_link_opens_nothing_once_its_maker_is_limited_to_other_sections(cast):
    """The right is asked for at each opening, sections included."""
    story = a_story(section=a_section())
    signed = a_link(story, cast.editor).get_absolute_url().split("/")[2]
    profile = DeskProfile.objects.get_or_create(user=cast.editor)[0]
    profile.sections.add(a_section("体育", "sports"))
    assert not link_opens(PreviewLink.objects.by_address(signed), MONDAY)


def test_making_is_recorded_with_version_and_reader(cast):
    """The trail says who let whom read what, until when."""
    story = a_story(by=cast.reporter)
    link = a_link(story, cast.reporter, meant_for="王局长")
    activity = Activity.objects.get(verb=Activity.Verb.MADE_PREVIEW_LINK)
    assert (activity.user, activity.story, activity.at) == (cast.reporter, story, MONDAY)
    assert activity.detail["version"] == 1
    assert activity.detail["meant_for"] == "王局长"
    assert link.token not in str(activity.detail)


def test_openings_are_counted(cast):
    """How often and when last; the trail is not filled with them."""
    link = a_link(a_story(by=cast.reporter), cast.reporter)
    before = Activity.objects.count()
    record_opening(link=link, now=MONDAY)
    record_opening(link=link, now=MONDAY + timedelta(hours=2))
    link.refresh_from_db()
    assert (link.opened, link.last_opened_at) == (2, MONDAY + timedelta(hours=2))
    assert Activity.objects.count() == before
