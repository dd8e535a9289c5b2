"""The form of the site's identity: a newcomer changes names, colours, logo and footer, and loses nothing typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.actions import save_site_identity
from articles.appearance.logo import MOST_BYTES
from articles.models import Activity, FooterLine, SiteIdentity, SiteLogo
from tests.appearance.pictures import lettering, picture
from tests.builders import MONDAY, OPERATOR
from tests.page import Element, form_values, inline_code, outside_addresses, page
from tests.story_form import desk

CHANGE = reverse("admin:articles_siteidentity_change", args=[1])


@pytest.fixture(autouse=True)
def monday_morning(reading_at):
    reading_at(MONDAY)


@pytest.fixture
def chief(cast):
    return desk(cast.chief_editor)


def opened(client: Any) -> dict[str, Any]:
    """What the form would post as it is opened."""
    form = page(client.get(CHANGE)).one("form", id="siteidentity_form")
    return {name: held[0] for name, held in form_values(form).items() if "__prefix__" not in name}


def with_line(values: dict[str, Any], text: str, place: int, url: str = "") -> dict[str, Any]:
    number = int(values["footer_lines-TOTAL_FORMS"])
    row = {f"footer_lines-{number}-{name}": value for name, value in (("text", text), ("url", url), ("place", place))}
    return {**values, **row, "footer_lines-TOTAL_FORMS": number + 1}


def file(data: bytes, name: str = "logo.png", kind: str = "image/png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, kind)


def test_form_says_what_the_site_is_called_without_a_name(chief, settings):
    """The name itself and not the name of a setting, which means nothing to who runs a paper."""
    settings.SITE_NAME = "设定报"
    told = page(chief.get(CHANGE)).one("div", "field-name").text
    assert "Left empty, the site goes by the name it was set up with: “设定报”." in told
    assert "SITE_NAME" not in told


def test_footer_line_has_room_for_a_licence_number(chief):
    assert "wide-field" in page(chief.get(CHANGE)).one("input", name="footer_lines-__prefix__-text").classes


def errors(response: Any) -> dict[str, str]:
    """Messages by the row of the form they stand in; "" for those above it."""
    assert response.status_code == 200, response.status_code
    found = {}
    for row in page(response).all("div", "form-row"):
        for name in (one.removeprefix("field-") for one in row.classes if one.startswith("field-")):
            if told := row.all("ul", "errorlist"):
                found[name] = " ".join(one.text for one in told)
    if above := page(response).all("ul", "nonfield"):
        found[""] = above[0].text
    return found


def test_list_of_one_leads_to_the_form(chief):
    response = chief.get(reverse("admin:articles_siteidentity_changelist"))
    assert (response.status_code, response["Location"]) == (302, CHANGE)
    assert chief.get(CHANGE).status_code == 200
    assert not SiteIdentity.objects.exists()


def test_newcomer_changes_everything_at_once(chief):
    """From a site that nobody named yet to one with names, colours, a logo and footer lines in their order."""
    values = with_line(with_line(opened(chief), "第二", 2), "京ICP备1号", 1, "https://beian.miit.gov.cn/")
    values |= {"name": "松岭日报", "name_english": "Songling Daily", "accent": "#0A5C8A", "publisher": "松岭日报社"}
    response = chief.post(CHANGE, {**values, "logo_light": file(picture())}, follow=True)
    assert response.redirect_chain[-1][0] == CHANGE
    identity = SiteIdentity.objects.get()
    assert (identity.name, identity.name_english, identity.accent) == ("松岭日报", "Songling Daily", "#0a5c8a")
    assert list(identity.footer_lines.values_list("text", flat=True)) == ["京ICP备1号", "第二"]
    assert identity.logo("light").width == 320
    told = " ".join(element.text for element in page(response).all("ul", "messagelist"))
    assert "6.3 : 1 on light paper" in told
    public = page(chief.get("/"))
    assert public.one("picture", "site-logo").one("img").attributes["alt"]
    assert [line.text for line in public.one("ul", "footer-lines").all("li")] == ["京ICP备1号", "第二"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("0a5c8a", "#0a5c8a"), (" #0A5C8A ", "#0a5c8a"), ("#006", "#000066"), ("006", "#000066")],
)
def test_colour_is_taken_as_people_write_it(chief, typed, stored):
    chief.post(CHANGE, {**opened(chief), "accent": typed})
    assert SiteIdentity.objects.get().accent == stored


@pytest.mark.parametrize(
    "typed", ["", "red", "#12345", "#1234567", "}*{x:y", "rgb(0,0,0)", "#a3191e;x", "\x00", "#f0a0a0"]
)
def test_colour_that_will_not_do_keeps_what_was_typed(chief, typed):
    """Everything else is still in the form; the preview shows a colour that can be drawn."""
    values = with_line(opened(chief), "京ICP备1号", 1)
    response = chief.post(CHANGE, {**values, "name": "写好的名字", "accent": typed})
    assert "accent" in errors(response)
    back = form_values(page(response).one("form", id="siteidentity_form"))
    assert (back["name"], back["footer_lines-0-text"]) == (["写好的名字"], ["京ICP备1号"])
    assert back["accent"] == [typed]
    drawn = page(response).one("figure", **{"data-colour": "id_accent"})
    assert {len(part.attributes["fill"]) for part in drawn.all(css_class="preview-accent")} == {7}
    assert not SiteIdentity.objects.exists()


def test_file_that_cannot_come_back_is_said_so_at_its_field(chief):
    """Whatever was wrong: with another field, or with a footer line."""
    for wrong in ({"accent": "red"}, with_line({"footer_lines-TOTAL_FORMS": 0}, "", 1, "no address")):
        response = chief.post(CHANGE, {**opened(chief), **wrong, "logo_light": file(picture())})
        told = errors(response)
        assert "choose it again" in told["logo_light"]
        assert "logo_dark" not in told


HOSTILE = {
    "svg": file(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "logo.svg", "image/svg+xml"),
    "page that calls itself a picture": file(b"<html><script>alert(1)</script></html>"),
    "empty": file(b""),
    "incomplete": file(picture((400, 100))[:200]),
    "too large": file(b"\x89PNG" + bytes(MOST_BYTES)),
    "odd name": file(b"x", "../../../etc/passwd\x00.png"),
    "long name": file(b"x", "长" * 5000 + ".png"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_file_that_is_no_logo_is_refused_at_its_field(chief, kind):
    HOSTILE[kind].seek(0)
    response = chief.post(CHANGE, {**opened(chief), "name": "写好的名字", "logo_dark": HOSTILE[kind]})
    assert "logo_dark" in errors(response)
    assert "写好的名字" in response.content.decode()
    assert not SiteLogo.objects.exists()
    assert not SiteIdentity.objects.exists()


def test_text_in_place_of_a_file_is_ignored(chief):
    assert chief.post(CHANGE, {**opened(chief), "logo_light": "not a file"}).status_code == 302
    assert not SiteLogo.objects.exists()


@pytest.fixture
def identity(db) -> SiteIdentity:
    lines = [FooterLine(text="一"), FooterLine(text="二")]
    logos = {"light": picture(), "dark": picture((200, 50))}
    return save_site_identity(
        identity=SiteIdentity(pk=1, name="松岭日报"), footer_lines=lines, logos=logos, by=OPERATOR, now=MONDAY
    )


def test_logo_is_shown_and_removed(chief, identity):
    """On both papers; the box to remove it stands where there is one."""
    document = page(chief.get(CHANGE))
    shown = [one.attributes["href"] for one in document.all("image", "preview-logo")]
    assert len(set(shown)) == 2
    assert all(chief.get(address)["Content-Type"] == "image/png" for address in shown)
    chief.post(CHANGE, {**opened(chief), "remove_logo_dark": "on"})
    assert identity.logos.get().appearance == "light"
    assert "remove_logo_dark" not in chief.get(CHANGE).content.decode()


def test_new_logo_and_removing_the_old_one_is_a_question(chief, identity):
    response = chief.post(CHANGE, {**opened(chief), "remove_logo_dark": "on", "logo_dark": file(picture())})
    assert "remove_logo_dark" in errors(response)
    assert identity.logos.count() == 2


def test_lines_are_moved_and_deleted(chief, identity):
    values = {**opened(chief), "footer_lines-0-place": 9, "footer_lines-1-text": "二改"}
    chief.post(CHANGE, values)
    assert list(identity.footer_lines.values_list("text", flat=True)) == ["二改", "一"]
    chief.post(CHANGE, {**opened(chief), "footer_lines-0-DELETE": "on"})
    assert list(identity.footer_lines.values_list("text", flat=True)) == ["一"]


def test_form_that_somebody_overtook_says_so_and_replaces_when_saved_again(chief, cast, identity):
    values = {**opened(chief), "tagline": "慢的"}
    desk(cast.administrator).post(CHANGE, {**opened(chief), "tagline": "快的"})
    response = chief.post(CHANGE, values)
    assert "Gu changed this at" in errors(response)[""]
    back = form_values(page(response).one("form", id="siteidentity_form"))
    assert back["tagline"] == ["慢的"]
    chief.post(CHANGE, {name: held[0] for name, held in back.items() if "__prefix__" not in name})
    assert SiteIdentity.objects.get().tagline == "慢的"


@pytest.mark.parametrize("who", ["reporter", "editor", "photo_editor", "list_editor"])
def test_who_may_only_look_sees_and_changes_nothing(cast, identity, who):
    client = desk(getattr(cast, who))
    document = page(client.get(CHANGE))
    assert not [field for field in document.all("input") if field.attributes.get("name") in {"name", "logo_light"}]
    assert "松岭日报" in document.text
    assert len(document.all("figure", "masthead-preview")) == 2
    response = client.post(CHANGE, {"name": "篡改", "accent": "#000000", "remove_logo_light": "on"})
    assert response.status_code == 403
    assert SiteIdentity.objects.get().name == "松岭日报"


def test_history_names_what_changed(chief, identity):
    chief.post(CHANGE, {**opened(chief), "accent": "#0a5c8a"})
    rows = page(chief.get(reverse("admin:articles_siteidentity_history", args=[1]))).one("tbody").all("tr")
    assert len(rows) == Activity.objects.count() == 2
    assert "Tang" in rows[0].text
    assert "accent colour" in rows[0].text
    assert "logo on dark paper" in rows[1].text.lower()


@pytest.mark.parametrize("wanted", ["2", "0", "-1", "x", "9" * 30, "%00"])
def test_there_is_no_other_identity(chief, wanted):
    address = CHANGE.replace("/1/", f"/{wanted}/")
    assert chief.get(address).status_code in {302, 404}
    assert chief.post(address, {"name": "x"}).status_code in {302, 403, 404}
    assert not SiteIdentity.objects.exists()


@pytest.mark.parametrize("total", ["", "x", "-1", "9" * 30, "999999"])
def test_number_of_lines_that_makes_no_sense_keeps_the_text(chief, total):
    response = chief.post(CHANGE, {**opened(chief), "name": "写好的名字", "footer_lines-TOTAL_FORMS": total})
    assert response.status_code in {200, 302}
    assert response.status_code == 302 or "写好的名字" in response.content.decode()


def test_page_keeps_to_the_strict_policy(chief, identity):
    """No style and no script in the page: it is drawn with attributes."""
    response = chief.get(CHANGE)
    assert "unsafe" not in response["Content-Security-Policy"]
    document = page(response)
    preview: Element = document.one("div", "masthead-previews")
    assert inline_code(preview) == []
    assert outside_addresses(document) == []


def test_queries_do_not_grow_with_the_lines(chief, identity, django_assert_max_num_queries):
    save_site_identity(
        identity=identity, footer_lines=[FooterLine(text=str(n)) for n in range(30)], logos={}, by=OPERATOR
    )
    with django_assert_max_num_queries(9):
        assert chief.get(CHANGE).status_code == 200


def test_logo_that_is_hardly_seen_is_told_in_words(chief):
    """After saving, and in the drawing of the paper that it is lost on."""
    response = chief.post(CHANGE, {**opened(chief), "logo_light": file(lettering((10, 10, 10)))}, follow=True)
    told = page(response).one("ul", "messagelist").all("li", "warning")
    assert ["too dark for dark paper" in one.text for one in told] == [True]
    on_light, on_dark = page(response).all("figure", "masthead-preview")
    assert on_light.one("p", "preview-unseen").text == ""
    assert "too dark for dark paper" in on_dark.one("p", "preview-unseen").text
    assert "visibility" not in on_dark.one("rect", "preview-ground").attributes
    response = chief.post(CHANGE, {**opened(chief), "logo_dark": file(lettering((250, 250, 250)))}, follow=True)
    assert not page(response).all("li", "warning")


def test_form_leads_to_the_site(chief):
    assert page(chief.get(CHANGE)).one("a", "viewsitelink").attributes["href"] == "/"


def test_address_without_a_scheme_is_one_of_the_safe_web(chief):
    values = with_line(opened(chief), "京ICP备1号", 1, "beian.miit.gov.cn")
    assert chief.post(CHANGE, {**values, "data_mining_policy": "example.org/mining"}).status_code == 302
    assert SiteIdentity.objects.get().data_mining_policy == "https://example.org/mining"
    assert FooterLine.objects.get().url == "https://beian.miit.gov.cn"


def test_fields_say_what_they_take(chief, identity):
    """The words of a footer line are no story text and its link no street; a sentence has room."""
    document = page(chief.get(CHANGE))
    labels = {one.attributes.get("for"): one.text.rstrip(":") for one in document.all("label")}
    assert labels["id_footer_lines-0-text"] == "What it says"
    assert labels["id_footer_lines-0-url"] == "Where it leads"
    assert "wide-field" in document.one("input", name="tagline").classes
