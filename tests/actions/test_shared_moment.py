"""Sharing one page at one moment: who may, for how long, and what is written down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.actions import share_moment
from articles.actions.shared_moment import SharedMoment
from articles.models import Activity
from tests.builders import MONDAY, OPERATOR

LATER = MONDAY.replace(microsecond=7) + timedelta(days=1)


@pytest.mark.parametrize(("lifetime", "hours"), [("hour", 1), ("day", 24), ("week", 168)])
def test_link_holds_what_it_shows_and_ends(cast, lifetime, hours):
    """To the microsecond, in one word that fits an address."""
    shared = share_moment(
        path="/section/news/", query="before=1-1", moment=LATER, lifetime=lifetime, by=cast.editor, now=MONDAY
    )
    assert shared.expires_at == MONDAY + timedelta(hours=hours)
    assert SharedMoment.of(shared.signed, "/section/news/") == shared
    assert SharedMoment.of(shared.signed, "/section/other/") is None
    assert len(shared.signed) < 160
    assert "/" not in shared.signed
    assert shared.opens(cast.editor, shared.expires_at - timedelta(microseconds=1))
    assert not shared.opens(cast.editor, shared.expires_at)
    assert not shared.opens(cast.reporter, MONDAY)
    activity = Activity.objects.get()
    assert (activity.verb, activity.user, activity.at) == (Activity.Verb.SHARED_MOMENT, cast.editor, MONDAY)
    assert activity.subject == "/section/news/"
    assert activity.detail == {
        "path": "/section/news/?before=1-1",
        "moment": LATER.isoformat(),
        "expires_at": shared.expires_at.isoformat(),
    }


@pytest.mark.parametrize("who", ["reporter", "photo_editor", "administrator", "outsider", None])
def test_only_who_may_share_makes_a_link(cast, who):
    """Nor somebody without a login: the link would end with a right that nobody can take away."""
    by = getattr(cast, who) if who else OPERATOR
    with pytest.raises(PermissionDenied):
        share_moment(path="/", moment=LATER, lifetime="day", by=by, now=MONDAY)
    assert not Activity.objects.exists()


@pytest.mark.parametrize(("values", "field"), [({"lifetime": "year"}, "lifetime"), ({"path": "/" * 601}, "path")])
def test_what_cannot_be_shared_is_refused(cast, values, field):
    with pytest.raises(ValidationError) as refused:
        share_moment(**{"path": "/", "moment": LATER, "lifetime": "day", "by": cast.editor, "now": MONDAY, **values})
    assert set(refused.value.message_dict) == {field}
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"moment": MONDAY}, "moment"),
        ({"path": "/section/news"}, "path"),
        ({"path": "/health/"}, "path"),
        ({"path": "/admin/"}, "path"),
        ({"path": "/nothing/"}, "path"),
    ],
)
def test_only_pages_to_come_are_shared(cast, values, field):
    """What readers had may be withdrawn later; an address without its last slash leads to another page."""
    with pytest.raises(ValidationError) as refused:
        share_moment(**{"path": "/", "moment": LATER, "lifetime": "day", "by": cast.editor, "now": MONDAY, **values})
    assert set(refused.value.message_dict) == {field}


@pytest.mark.parametrize("path", ["/2026/03/02/x-1/", "/2026/03/02/x-1/version/1/", f"/2026/03/02/x-{'9' * 18}/"])
def test_story_that_does_not_exist_is_not_shared(cast, path):
    with pytest.raises(PermissionDenied):
        share_moment(path=path, moment=LATER, lifetime="day", by=cast.editor, now=MONDAY)
    assert not Activity.objects.exists()
