"""What was typed into an edition is never thrown away with the refusal: it comes back as text to copy."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.admin.lists.editing import address, new_address, posted, preview_address
from tests.builders import MONDAY, a_publication, a_story
from tests.page import inline_code, page
from tests.story_form import FORM_TYPE, desk, urlencoded
from tests.story_lists import a_list

TYPED = (
    {
        "story": 4711,
        "headline": "改过的标题",
        "teaser": "导语 <b>",
        "pinned": 2,
        "begin": "after",
        "begin_after": 90,
        "order": 5,
    },
    {"order": 1, "url": "https://example.org/", "headline": "外站", "end": "at", "end_at": "2026-03-02T14:30"},
)


@pytest.fixture(autouse=True)
def now(reading_at):
    reading_at(MONDAY + timedelta(hours=1))


@pytest.fixture
def edition(cast):
    return a_list(a_publication("存着的机密标题"), title="机密列表", name="机密名").editions.get()


def handed_back(response) -> list[str]:
    assert not inline_code(page(response))
    return [area.text for area in page(response).all("textarea")]


def sent(client, where, *rows, **values):
    data = posted(*rows, title="夜班头条", comment="为什么", **values)
    return client.post(where, urlencoded(data), content_type=FORM_TYPE)


@pytest.mark.parametrize("where", [address, lambda edition: new_address(edition.story_list)])
def test_edition_sent_after_the_login_ended_comes_back_as_text(cast, edition, where):
    """All that was typed and nothing that is stored: anybody may have sent it."""
    client = desk(cast.list_editor)
    client.logout()
    response = sent(client, where(edition), *TYPED)
    assert response.status_code == 403
    assert "Your login has ended." in page(response).text
    assert "机密" not in response.content.decode()
    whole, first, second = handed_back(response)
    assert "夜班头条" in whole
    assert "为什么" in whole
    for text in ("https://example.org/", "外站", "2026-03-02T14:30"):
        assert text in first
    for text in ("4711", "改过的标题", "导语 <b>", "2", "90 minutes"):
        assert text in second
    assert "no-store" in response["Cache-Control"]
    assert edition.story_list.editions.count() == 1


def test_edition_sent_after_the_role_was_taken_comes_back_as_text(cast, edition):
    client = desk(cast.list_editor)
    cast.list_editor.groups.clear()
    response = sent(client, address(edition), *TYPED)
    assert response.status_code == 403
    assert "You may not see story lists any more." in page(response).text
    assert "改过的标题" in handed_back(response)[2]
    assert "机密" not in response.content.decode()


def test_looking_without_a_login_leads_to_the_login_as_before(edition):
    """There is nothing to hand back; neither is there in a preview."""
    for where in (address(edition), new_address(edition.story_list)):
        assert Client().get(where)["Location"].startswith("/admin/login/")
    assert Client().post(preview_address(edition.story_list)).status_code == 302


@pytest.mark.parametrize("junk", [{}, {"item-1-headline": "\x00"}, {"item-999999-story": "9" * 400, "start": "x"}])
def test_nonsense_is_handed_back_too(edition, junk):
    assert Client().post(address(edition), junk).status_code == 403


def test_form_with_too_many_fields_is_told_in_words_and_handed_back(cast, edition, settings):
    """The server does not read it as a form; what to do stands on the page."""
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 30
    rows = [{"story": number, "headline": f"标题{number}"} for number in range(1, 20)]
    response = sent(desk(cast.list_editor), address(edition), *rows)
    assert response.status_code == 400
    assert "This list is too long to be saved" in page(response).text
    assert "标题19" in handed_back(response)[19]


def test_other_addresses_and_other_faults_are_refused_as_before(cast, edition, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 30
    too_many = {f"field{number}": number for number in range(40)}
    elsewhere = desk(cast.chief_editor).post(reverse("admin:articles_storylist_add"), too_many)
    assert (elsewhere.status_code, page(elsewhere).all("textarea")) == (400, [])


@pytest.mark.parametrize("body", [{"item-1-headline": b"\xff\xfe" * 40}, {"item-1-headline": "甲" * 5000}])
def test_too_many_fields_with_odd_bytes_are_no_fault(cast, edition, settings, body):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    more = {f"item-{number}-story": "1" for number in range(2, 9)}
    response = desk(cast.list_editor).post(address(edition), urlencoded({**body, **more}), content_type=FORM_TYPE)
    assert response.status_code == 400


def test_edition_page_offers_to_log_in_over_the_form(cast, edition):
    """For the script; the dialog is that of the story form."""
    a_story()
    shown = page(desk(cast.list_editor).get(address(edition)))
    place = shown.one("div", id="keeping").attributes
    assert place["data-login"] == reverse("admin:articles_story_login_again")
    assert place["data-user"] == str(cast.list_editor.pk)
    assert any("login_again.js" in script.attributes.get("src", "") for script in shown.all("script"))
