"""Copyright notices at the desk: what is in force stays, and a change of it is the next notice."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from articles.models import CopyrightNotice, Source
from tests.builders import MONDAY
from tests.page import page
from tests.story_form import desk

HOUR = timedelta(hours=1)
ADD = reverse("admin:articles_copyrightnotice_add")


@pytest.fixture(autouse=True)
def monday_morning(reading_at):
    reading_at(MONDAY + HOUR)


@pytest.fixture
def source(db) -> Source:
    return Source.objects.create(name="松岭日报", name_key="松岭日报", slug="songling")


@pytest.fixture
def chief(cast):
    return desk(cast.chief_editor)


def typed(source: Source, text: str = "版权所有", **values: str) -> dict[str, str]:
    made = {"source": str(source.pk), "text": text, "holder": "松岭日报社", "licence_url": "", "usage_terms": ""}
    made["feeds"] = "summary"
    return {**made, "effective_from_0": "2026-03-02", "effective_from_1": "10:00:00", **values}


def change(notice: CopyrightNotice) -> str:
    return reverse("admin:articles_copyrightnotice_change", args=[notice.pk])


def test_notice_is_stored_in_the_newsrooms_zone(chief, source):
    assert chief.post(ADD, typed(source)).status_code == 302
    notice = CopyrightNotice.objects.get()
    assert notice.effective_from == datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_changing_a_notice_in_force_makes_the_next_one(chief, source):
    """The one in force stays as it is; the user is told that the change is a new one, from now on."""
    old = CopyrightNotice.objects.create(source=source, text="旧的", holder="松岭日报社", effective_from=MONDAY)
    response = chief.post(change(old), typed(source, "新的"), follow=True)
    assert "Your change is a new notice, in force from 2 March 2026, 10:00 Beijing time" in page(response).text
    rows = CopyrightNotice.objects.order_by("effective_from").values_list("text", "effective_from")
    assert list(rows) == [("旧的", MONDAY), ("新的", MONDAY + HOUR)]


def test_notice_in_english_is_one_more_word_of_the_notice(chief, source):
    """Given to a notice in force, it makes the next one, as any change does; the list finds it."""
    old = CopyrightNotice.objects.create(source=source, text="版权所有", holder="松岭日报社", effective_from=MONDAY)
    english = {"text_english": "All rights", "holder_english": "Songling Press", "usage_terms_english": "Name us."}
    assert chief.post(change(old), typed(source, **english)).status_code == 302
    made = CopyrightNotice.objects.exclude(pk=old.pk).get()
    assert (made.text, made.effective_from) == ("版权所有", MONDAY + HOUR)
    assert {name: getattr(made, name) for name in english} == english
    old.refresh_from_db()
    assert old.text_english == ""
    listed = page(chief.get(reverse("admin:articles_copyrightnotice_changelist"), {"q": "All rights"}))
    assert len(listed.all(css_class="field-opening_words")) == 1


def test_saving_a_notice_unchanged_makes_none(chief, source):
    old = CopyrightNotice.objects.create(source=source, text="旧的", holder="社", effective_from=MONDAY)
    chief.post(change(old), typed(source, "旧的", holder="社", effective_from_1="09:00:00"))
    assert CopyrightNotice.objects.get() == old


def test_notice_still_to_come_is_changed_and_deleted(chief, source):
    """Nobody has seen it under a story yet."""
    coming = CopyrightNotice.objects.create(source=source, text="将来", effective_from=MONDAY + 48 * HOUR)
    chief.post(change(coming), typed(source, "改过", effective_from_0="2026-03-05"))
    assert CopyrightNotice.objects.get().text == "改过"
    chief.post(reverse("admin:articles_copyrightnotice_delete", args=[coming.pk]), {"post": "yes"})
    assert not CopyrightNotice.objects.exists()


def test_notice_in_force_is_not_deleted(chief, source):
    notice = CopyrightNotice.objects.create(source=source, text="旧的", effective_from=MONDAY)
    address = reverse("admin:articles_copyrightnotice_delete", args=[notice.pk])
    assert chief.post(address, {"post": "yes"}).status_code == 403
    assert CopyrightNotice.objects.get() == notice


def test_two_notices_of_a_source_from_one_moment_are_refused_in_words(chief, source):
    CopyrightNotice.objects.create(source=source, text="旧的", effective_from=MONDAY + 48 * HOUR)
    response = chief.post(ADD, typed(source, effective_from_0="2026-03-04", effective_from_1="09:00"))
    assert response.status_code == 200
    assert "already has a notice from that moment on" in response.content.decode()


@pytest.mark.parametrize(
    ("day", "time"),
    [("0001-01-01", "00:00"), ("9999-12-31", "23:59"), ("x", "y"), ("", ""), ("2026-03-02", ""), ("\x00", "\x00")],
)
def test_moment_that_makes_no_sense_is_refused_at_its_field(chief, source, day, time):
    """Before it reaches the database, with everything else still in the form."""
    response = chief.post(ADD, typed(source, "写了很久", effective_from_0=day, effective_from_1=time))
    assert response.status_code == 200
    assert page(response).one(css_class="field-effective_from").all("ul", "errorlist")
    assert "写了很久" in response.content.decode()
    assert not CopyrightNotice.objects.exists()


def test_new_form_starts_with_this_moment(chief):
    form = page(chief.get(ADD))
    assert form.one("input", name="effective_from_0").attributes["value"] == "2026-03-02"
    assert form.one("input", name="effective_from_1").attributes["value"] == "10:00:00"
