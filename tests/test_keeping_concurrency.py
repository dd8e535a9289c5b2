"""One person's form that sends twice at the same moment: kept once, saved once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from articles.actions import keep_form, see_in_story
from articles.models import KeptForm, Presence, Publication, Revision, Story
from tests.builders import MONDAY, a_section, a_story
from tests.story_form import FORM_TYPE, StoryForm, desk, urlencoded
from tests.test_concurrency import THREADS, together  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(transaction=True)


def test_pings_at_once_keep_the_newest_text(cast, together):  # noqa: F811
    """Eight requests of one window, in whatever order they come through: one row, with the last text."""

    def keep(serial: int):
        return lambda: keep_form(
            user=cast.reporter, story=None, key="k", fields=[("headline", str(serial))], serial=serial, now=MONDAY
        )

    together([keep(serial) for serial in range(1, THREADS + 1)])
    [rows] = together([lambda: [(row.headline, row.serial) for row in KeptForm.objects.all()]])
    assert rows == [(str(THREADS), THREADS)]


def test_presences_at_once_are_one_window(cast, together):  # noqa: F811
    story = a_story()
    together([lambda: see_in_story(user=cast.editor, story=story, form_key="k", now=MONDAY)] * THREADS)
    assert together([lambda: Presence.objects.count()]) == [1]


@pytest.mark.parametrize("button", ["_continue", "_publish_now"])
def test_new_story_sent_at_once_is_one_story(cast, together, reading_at, button):  # noqa: F811
    """A double click whose requests run side by side: one story, one version, one publication at most."""
    reading_at(MONDAY + timedelta(hours=1))
    form = StoryForm.new(desk(cast.chief_editor)).fill(headline="双击", section=a_section().pk)
    body = urlencoded({**form.values, button: "1"})
    cookies = form.client.cookies

    def press():
        client = Client(raise_request_exception=False)
        client.cookies = cookies
        return client.post(form.url, body, content_type=FORM_TYPE)

    answers = together([press] * 4)
    assert [answer.status_code for answer in answers] == [302] * 4
    assert len({answer.url for answer in answers}) == 1
    models = (Story, Revision, Publication)
    [counts] = together([lambda: [model.objects.count() for model in models]])
    assert counts == [1, 1, 1 if button == "_publish_now" else 0]
