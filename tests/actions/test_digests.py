"""Digests: one mail with what somebody has not seen, to those who want it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from articles.actions.attempts import ATTEMPTS, LEASE
from articles.actions.notifying import tell
from articles.actions.tick import tick
from articles.models import DeskProfile, Digest, Notification, Section
from tests.builders import MONDAY, a_story

MINUTE = timedelta(minutes=1)
LATER = MONDAY + 31 * MINUTE
CANARY = "金丝雀"

pytestmark = pytest.mark.django_db


class Refusing:
    """A mail server that takes nothing."""

    def __init__(self, **options: Any) -> None: ...

    def send_messages(self, messages: list[Any]) -> int:
        raise ConnectionRefusedError("no mail today")


@pytest.fixture(autouse=True)
def mail_settings(settings) -> None:
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    settings.SITE_URL = "https://news.example.org"
    settings.SITE_NAME = "松岭晚报"
    settings.DIGEST_AFTER = 30


@pytest.fixture
def reader(cast):
    cast.reporter.email = "lin@example.org"
    cast.reporter.save()
    return cast.reporter


@pytest.fixture
def story(reader):
    return a_story("标题 <b>", by=reader, summary=CANARY, subsections=[(CANARY, CANARY, f"<p>{CANARY}</p>")])


def told(cast, story, key="k", at=MONDAY):
    tell(users=[story.created_by], kind="noted", story=story, at=at, key=key, by=cast.editor)


def test_unseen_notifications_become_one_mail(cast, story, reader):
    """After half an hour all of them, also the newest, in one mail; never again."""
    told(cast, story)
    told(cast, story, key="newer", at=LATER)
    assert tick(now=MONDAY + 29 * MINUTE).mailed == 0
    assert tick(now=LATER).mailed == 1
    assert tick(now=LATER + timedelta(days=1)).mailed == 0
    [message] = mail.outbox
    assert message.to == ["lin@example.org"]
    assert message.body.count("Zhao") == 2
    assert Digest.objects.get().sent_at == LATER


def test_mail_is_in_the_language_of_the_site_and_says_how_to_switch_it_off(cast, story, settings):
    """Subject, plain text and HTML, links that lead to the desk from anywhere, and the header mail programs use."""
    settings.LANGUAGE_CODE = "en"
    told(cast, story)
    tick(now=LATER)
    [message] = mail.outbox
    assert message.subject == "松岭晚报: 1 thing you have not seen"
    off = "https://news.example.org/admin/preferences/"
    address = f"https://news.example.org/admin/articles/story/{story.pk}/change/"
    [(html, kind)] = message.alternatives
    assert kind == "text/html"
    for text in (message.body, html):
        assert address in text
        assert off in text
        assert "Beijing time" in text
    assert "“标题 <b>”" in message.body
    assert "标题 &lt;b&gt;" in html
    assert message.extra_headers["List-Unsubscribe"] == f"<{off}>"
    assert message.extra_headers["Message-ID"].endswith("@news.example.org>")


def test_mail_holds_nothing_of_the_draft_but_its_headline(cast, story):
    """A mail leaves the house."""
    told(cast, story)
    tick(now=LATER)
    assert CANARY not in mail.outbox[0].message().as_string()
    assert CANARY not in mail.outbox[0].body + mail.outbox[0].alternatives[0][0]


@pytest.mark.parametrize("why", ["seen", "switched off", "no address", "no desk", "gone", "no mail server", "old"])
def test_no_mail(cast, story, reader, settings, why):
    """Seen on the desk, not wanted, not possible, or no news any more."""
    told(cast, story)
    if why == "seen":
        Notification.objects.update(seen_at=MONDAY)
    elif why == "switched off":
        DeskProfile.objects.create(user=reader, wants_digest=False)
    elif why == "no desk":
        reader.groups.clear()
    elif why == "no mail server":
        settings.MAILERS = {}
    reader.email = "" if why == "no address" else reader.email
    reader.is_active = why != "gone"
    reader.save()
    assert tick(now=LATER + timedelta(days=8 if why == "old" else 0)).mailed == 0
    assert mail.outbox == []


def test_profile_that_says_nothing_wants_mail(cast, story, reader):
    """Also of somebody who is limited to sections."""
    DeskProfile.objects.create(user=reader).sections.add(Section.objects.get())
    told(cast, story)
    assert tick(now=LATER).mailed == 1


def test_server_that_takes_no_mail_gets_the_same_mail_later(cast, story, settings):
    """What is in the mail does not change, nor its Message-ID; what came since is another mail."""
    told(cast, story)
    working = settings.MAILERS
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.Refusing"}}
    assert tick(now=LATER).failed == 1
    digest = Digest.objects.get()
    assert digest.error == "ConnectionRefusedError: no mail today"
    assert digest.notifications.count() == 1
    settings.MAILERS = working
    assert tick(now=LATER + MINUTE).mailed == 0
    assert tick(now=LATER + 2 * MINUTE).mailed == 1
    assert mail.outbox[0].extra_headers["Message-ID"].startswith(f"<digest-{digest.pk}-")


def test_mail_that_always_fails_is_given_up(cast, story, settings):
    """An address that does not exist is not written to for ever."""
    told(cast, story)
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.Refusing"}}
    failed = [tick(now=LATER + number * timedelta(hours=6)).failed for number in range(ATTEMPTS + 3)]
    assert failed == [1] * ATTEMPTS + [0] * 3
    assert Digest.objects.get().given_up


def test_ticker_killed_while_mailing_repeats_the_same_mail(cast, story, monkeypatch):
    """Handed over and not noted: after the lease the same Message-ID goes out once more."""
    told(cast, story)
    locmem = "django.core.mail.backends.locmem.EmailBackend.send_messages"
    from django.core.mail.backends.locmem import EmailBackend

    send_messages = EmailBackend.send_messages

    def send_and_die(self, messages):
        send_messages(self, messages)
        raise KeyboardInterrupt

    monkeypatch.setattr(locmem, send_and_die)
    with pytest.raises(KeyboardInterrupt):
        tick(now=LATER)
    monkeypatch.setattr(locmem, send_messages)
    assert tick(now=LATER + LEASE - MINUTE).mailed == 0
    assert tick(now=LATER + LEASE).mailed == 1
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second


def test_switching_mail_off_holds_back_what_was_not_sent_yet(cast, story, reader, settings):
    """Between two attempts somebody says no."""
    told(cast, story)
    working = settings.MAILERS
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.Refusing"}}
    tick(now=LATER)
    DeskProfile.objects.create(user=reader, wants_digest=False)
    settings.MAILERS = working
    assert tick(now=LATER + LEASE).mailed == 0
    assert mail.outbox == []


def test_headline_of_several_lines_is_one_line_of_the_mail(cast, reader):
    """Nobody writes lines of the mail's own, or headers."""
    story = a_story("标题\r\nBcc: he@mail.example\n请点 https://a.example/", by=reader)
    told(cast, story)
    tick(now=LATER)
    [message] = mail.outbox
    assert message.recipients() == [reader.email]
    assert not [line for line in message.body.splitlines() if line.startswith(("Bcc", "请点"))]
