"""Writing the simple pages: who may, the address, the moment, and what is kept of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from articles.actions import delete_site_page, save_site_page
from articles.actions.site_page import was_public
from articles.actions.standing_form import version_of
from articles.models import Activity, SitePage
from tests.builders import MONDAY, OPERATOR

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def write(title: str = "关于我们", *, by=OPERATOR, now=MONDAY, **fields) -> SitePage:
    return save_site_page(page=SitePage(title=title, **fields), by=by, now=now)


def change(page: SitePage, *, by=OPERATOR, now=MONDAY, based_on=None, **fields) -> SitePage:
    edited = SitePage.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(edited, name, value)
    return save_site_page(page=edited, by=by, now=now, based_on=based_on)


@pytest.mark.parametrize("who", ["reporter", "photo_editor", "editor", "list_editor", "outsider"])
def test_pages_are_not_for_everybody(cast, who):
    """Neither to write nor to delete; a refusal leaves no trace."""
    page = write()
    Activity.objects.all().delete()
    person = getattr(cast, who)
    for act in (lambda: write("篡改", by=person), lambda: change(page, by=person, title="篡改")):
        with pytest.raises(PermissionDenied):
            act()
    with pytest.raises(PermissionDenied):
        delete_site_page(page=page, by=person)
    assert SitePage.objects.get().title == "关于我们"
    assert not Activity.objects.exists()


@pytest.mark.parametrize("who", ["chief_editor", "administrator"])
def test_page_is_stored_and_told(cast, who):
    person = getattr(cast, who)
    page = write(by=person, body="<p>我们</p><script>alert(1)</script>", live_from=MONDAY)
    assert page.updated_at == MONDAY
    assert SitePage.objects.get().body == "<p>我们</p>"
    entry = Activity.objects.get()
    assert (entry.verb, entry.user, entry.subject) == (Activity.Verb.SAVED_PAGE, person, "关于我们")
    assert entry.detail["page"] == page.pk
    assert {"title", "body", "live_from"} <= set(entry.detail["changed"])


def test_address_is_made_from_the_title():
    """And has a number behind it where another page has it already, within the length of the column."""
    assert write().slug == "guan-yu-wo-men"
    assert write().slug == "guan-yu-wo-men-2"
    assert write().slug == "guan-yu-wo-men-3"
    long = "长" * 100
    slugs = {write(long).slug for _number in range(3)}
    assert len(slugs) == 3
    assert max(map(len, slugs)) <= 60


def test_address_of_a_draft_may_change():
    page = write()
    assert change(page, slug="about").slug == "about"
    assert change(page, slug="", title="联系").slug == "lian-xi"


def test_address_stays_once_readers_have_the_page():
    page = write(live_from=MONDAY)
    with pytest.raises(ValidationError) as caught:
        change(page, slug="other", now=MONDAY + HOUR)
    assert list(caught.value.message_dict) == ["slug"]
    change(page, title="关于本报", now=MONDAY + HOUR)
    assert SitePage.objects.get().slug == "guan-yu-wo-men"


def test_address_stays_when_a_page_is_taken_back():
    """Links to it are out there; one that was only planned and called off is as free as a draft."""
    page = write(live_from=MONDAY + HOUR)
    change(page, live_from=None, now=MONDAY + 2 * HOUR)
    assert was_public(SitePage.objects.get(), MONDAY + 3 * HOUR)
    with pytest.raises(ValidationError):
        change(page, slug="other", now=MONDAY + 3 * HOUR)
    planned = write("联系", live_from=MONDAY + 5 * HOUR)
    change(planned, live_from=None, now=MONDAY + HOUR)
    assert change(planned, slug="contact", now=MONDAY + 9 * HOUR).slug == "contact"


def test_last_changed_follows_what_readers_see():
    """Its place in the footer is not what they read."""
    page = write()
    assert change(page, position=5, in_footer=False, now=MONDAY + HOUR).updated_at == MONDAY
    assert change(page, body="<p>新</p>", now=MONDAY + 2 * HOUR).updated_at == MONDAY + 2 * HOUR


def test_same_again_is_no_change():
    page = write(body="<p>一</p>")
    change(page, body="<p>一</p>", now=MONDAY + HOUR)
    assert SitePage.objects.get().updated_at == MONDAY
    assert Activity.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "key"),
    [({"title": ""}, "title"), ({"title": " \x00 "}, "title"), ({"title": "长" * 101}, "title"),
     ({"slug": "不是"}, "slug"), ({"slug": "../x"}, "slug"), ({"slug": "x" * 61}, "slug"), ({"slug": "taken"}, "slug"),
     ({"language": "tlh"}, "language"), ({"purpose": "x"}, "purpose"), ({"position": -1}, "position"),
     ({"position": 10**30}, "position"), ({"position": None}, "position")],
    ids=lambda value: ascii(value)[:40],
)  # fmt: skip
def test_value_that_will_not_do_is_refused_at_its_field(fields, key):
    write("先来", slug="taken")
    with pytest.raises(ValidationError) as caught, transaction.atomic():
        write(**{"title": "后到", **fields})
    assert list(caught.value.message_dict) == [key]
    assert SitePage.objects.count() == 1


def test_one_page_for_each_purpose_and_language():
    write(purpose="about")
    write("About", purpose="about", language="en")
    write("别的")
    write("别的")
    with pytest.raises(ValidationError):
        write("又一个", purpose="about")
    assert SitePage.objects.count() == 4


def test_change_of_somebody_else_is_not_lost_unseen(cast):
    page = write()
    opened_at = version_of(SitePage.objects.get())
    change(page, by=cast.chief_editor, position=3, now=MONDAY + HOUR)
    with pytest.raises(ValidationError) as caught:
        change(page, by=cast.administrator, body="<p>慢</p>", based_on=opened_at)
    assert caught.value.code == "overtaken"
    assert "Tang" in caught.value.message


def test_page_is_deleted_and_told(cast):
    page = write()
    key = page.pk
    delete_site_page(page=page, by=cast.chief_editor, now=MONDAY)
    assert not SitePage.objects.exists()
    entry = Activity.objects.first()
    assert (entry.verb, entry.subject, entry.detail) == (Activity.Verb.DELETED_PAGE, "关于我们", {"page": key})


def test_page_that_is_gone_is_said_to_be():
    page = write()
    stale = SitePage.objects.get()
    delete_site_page(page=page, by=OPERATOR)
    for act in (lambda: delete_site_page(page=stale, by=OPERATOR), lambda: save_site_page(page=stale, by=OPERATOR)):
        with pytest.raises(ValidationError) as caught:
            act()
        assert caught.value.code == "deleted"
