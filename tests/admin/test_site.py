"""What is everybody's own on the desk: settings, and what one was told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from articles.actions import mark_seen
from articles.admin.site import DeskSite
from articles.models import DeskProfile, Notification, SiteIdentity, Story
from tests.builders import MONDAY, a_section, a_story
from tests.page import page
from tests.story_form import desk

PREFERENCES, SEEN = reverse("admin:desk_preferences"), reverse("admin:desk_notifications_seen")


def told(user, story: Story, number: int = 0, **values) -> Notification:
    detail = {"who": "赵编辑", "headline": story.headline}
    values = {"kind": "noted", "detail": detail, **values}
    return Notification.objects.create(
        user=user, story=story, at=MONDAY + timedelta(minutes=number), key=f"k{number}", **values
    )


def test_site_is_the_desk_with_everything_registered_once():
    """The site is made on the way to the package that registers with it: there must be one of it."""
    assert isinstance(admin.site._wrapped, DeskSite)
    assert Story in admin.site._registry


# Settings


def test_everybody_switches_the_digest_off_and_on_for_oneself(cast):
    client = desk(cast.reporter)
    assert "checked" in page(client.get(PREFERENCES)).one("input", type="checkbox").attributes
    assert client.post(PREFERENCES, {}).status_code == 302
    assert not DeskProfile.objects.get(user=cast.reporter).wants_digest
    assert "checked" not in page(client.get(PREFERENCES)).one("input", type="checkbox").attributes
    client.post(PREFERENCES, {"wants_digest": "on"})
    assert DeskProfile.objects.get(user=cast.reporter).wants_digest


def test_settings_of_others_and_the_limit_to_sections_are_out_of_reach(cast):
    """A crafted post changes one's own mail and nothing more."""
    limit = DeskProfile.objects.create(user=cast.editor)
    limit.sections.set([a_section()])
    other = DeskProfile.objects.create(user=cast.reporter)
    crafted = {"user": other.user_id, "id": other.pk, "sections": "", "is_superuser": "on", "is_staff": "on"}
    desk(cast.editor).post(PREFERENCES, crafted)
    limit.refresh_from_db()
    other.refresh_from_db()
    assert (limit.wants_digest, limit.sections.count(), other.wants_digest) == (False, 1, True)
    assert not type(cast.editor).objects.get(pk=cast.editor.pk).is_superuser


@pytest.mark.parametrize("address", [PREFERENCES, SEEN])
def test_own_pages_take_a_login(db, address):
    for response in (Client().get(address), Client().post(address, {"up_to": "1"})):
        assert response.url.startswith("/admin/login/")


# What one was told


def test_desk_tells_what_colleagues_did_and_forgets_nothing_unseen(cast):
    """One line each, leading to the story; a note leads to the notes."""
    story = a_story("公交改线")
    told(cast.reporter, story)
    told(cast.reporter, story, 1, seen_at=MONDAY)
    told(cast.editor, story, 2)
    part = page(desk(cast.reporter).get(reverse("admin:index"))).one("section", **{"aria-labelledby": "desk-told"})
    new = part.all("ul")[0]
    assert len(new.all("li")) == 1
    assert "公交改线" in new.text
    assert new.one("a").attributes["href"] == f"{reverse('admin:articles_story_change', args=[story.pk])}#notes"
    assert len(part.one("details").all("li")) == 1


def test_one_or_all_are_marked_as_seen_and_never_those_of_others(cast):
    story = a_story()
    rows = [told(cast.reporter, story, number) for number in range(3)]
    other = told(cast.editor, story, 9)
    client = desk(cast.reporter)
    client.post(SEEN, {"one": rows[0].pk})
    assert list(Notification.objects.filter(seen_at=None)) == [other, rows[2], rows[1]]
    client.post(SEEN, {"one": other.pk})
    client.post(SEEN, {"up_to": rows[1].pk})
    assert list(Notification.objects.filter(seen_at=None)) == [other, rows[2]]
    assert mark_seen(by=cast.reporter, up_to=other.pk, now=MONDAY) == 1


@pytest.mark.parametrize("posted", [{}, {"one": "x"}, {"one": "9" * 30}, {"up_to": "\0"}, {"up_to": "-1"}, {"one": ""}])
def test_marking_nonsense_marks_nothing(cast, posted):
    row = told(cast.reporter, a_story())
    assert desk(cast.reporter).post(SEEN, posted).status_code == 302
    row.refresh_from_db()
    assert row.seen_at is None
    assert desk(cast.reporter).get(SEEN).status_code == 405


# The site


def test_every_page_of_the_desk_is_headed_with_the_name_of_the_site(cast, settings):
    """From the login on; without a name with the one of the settings."""
    settings.SITE_NAME = "设定报"
    pages = [(Client(), reverse("admin:login")), (desk(cast.editor), reverse("admin:index"))]
    pages += [(desk(cast.editor), reverse("admin:articles_story_changelist")), (desk(cast.editor), PREFERENCES)]
    for name in ("设定报", "松岭日报"):
        for client, address in pages:
            document = page(client.get(address))
            assert document.one(id="site-name").text == name, address
            assert name in document.one("title").text, address
        SiteIdentity.objects.create(pk=1, name="松岭日报") if name == "设定报" else None


def test_first_page_leads_to_what_belongs_to_the_site(cast):
    """Those who may change it; nobody has to open the list of everything."""
    shown = page(desk(cast.chief_editor).get(reverse("admin:index")))
    links = {link.attributes["href"] for link in shown.one("section", **{"aria-labelledby": "desk-site"}).all("a")}
    assert links == {
        reverse("admin:articles_siteidentity_change", args=[1]),
        reverse("admin:articles_sitepage_changelist"),
        reverse("admin:articles_conversionterm_changelist"),
    }
    reporter = page(desk(cast.reporter).get(reverse("admin:index")))
    assert not reporter.all("section", **{"aria-labelledby": "desk-site"})
