"""The address of a story as a QR code."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import segno
from django.test import Client
from lxml import etree

from articles.actions import withdraw_story
from articles.models import Publication
from articles.views.story_qr import QUIET_ZONE
from tests.builders import MONDAY, OPERATOR, a_publication, a_story

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SITE = "https://news.example.org"
SVG = "{http://www.w3.org/2000/svg}"


def code_address(publication: Publication) -> str:
    return f"{publication.get_absolute_url()}qr.svg"


def picture(response) -> etree._Element:
    return etree.fromstring(response.content, etree.XMLParser(resolve_entities=False, no_network=True))


def drawn(svg: etree._Element) -> list[list[int]]:
    """The dark modules: the path is walked, as a browser draws it, without the quiet zone."""
    size = int(svg.get("viewBox").split()[2]) - 2 * QUIET_ZONE
    grid = [[0] * size for _row in range(size)]
    [path] = [found for found in svg.iter(f"{SVG}path") if found.get("stroke")]
    x = y = 0.0
    for command, arguments in re.findall(r"([Mmh])([-\d. ]+)", path.get("d")):
        numbers = [float(number) for number in arguments.split()]
        if command == "h":
            for step in range(int(numbers[0])):
                grid[int(y) - QUIET_ZONE][int(x) - QUIET_ZONE + step] = 1
            x += numbers[0]
        elif command == "M":
            x, y = numbers
        else:
            x, y = x + numbers[0], y + numbers[1]
    return grid


@pytest.mark.parametrize("headline", ["松岭县新开两趟务工专车", "短", 'a < b & "c" ]]> </title></svg>'])
def test_code_is_that_of_the_address(headline):
    """Module by module as the standard has it for the address from the settings."""
    publication = a_publication(headline)
    response = Client(headers={"host": "localhost"}).get(code_address(publication))
    svg = picture(response)
    expected = segno.make_qr(f"{SITE}{publication.get_absolute_url()}", error="m", boost_error=False)
    assert drawn(svg) == [list(row) for row in expected.matrix]
    assert svg.find(f"{SVG}title").text == headline


def test_code_can_be_read_on_a_dark_page():
    """Black on white, with the white border that readers need."""
    svg = picture(Client().get(code_address(a_publication())))
    ground, modules = svg.iter(f"{SVG}path")
    assert (ground.get("fill"), modules.get("stroke")) == ("#fff", "#000")
    whole = svg.get("viewBox").split()[2]
    assert ground.get("d") == f"M0 0h{whole}v{whole}h-{whole}z"
    assert QUIET_ZONE == 4


def test_picture_holds_nothing_that_a_strict_policy_refuses():
    """No script, no style, no address of another place."""
    response = Client().get(code_address(a_publication()))
    assert response["Content-Type"] == "image/svg+xml"
    svg = picture(response)
    assert {element.tag.removeprefix(SVG) for element in svg.iter()} == {"svg", "title", "path"}
    names = {name for element in svg.iter() for name in element.attrib}
    assert names == {"viewBox", "fill", "d", "stroke"}


def test_unchanged_code_is_not_sent_again():
    """That of another story is another one."""
    publication = a_publication()
    first = Client().get(code_address(publication))
    again = Client(headers={"if-none-match": first["ETag"]}).get(code_address(publication))
    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "no-cache"
    other = a_publication("另一篇")
    assert Client(headers={"if-none-match": first["ETag"]}).get(code_address(other)).status_code == 200


def test_code_is_there_while_the_page_is(reading_at):
    """Not before, and gone when the page is gone."""
    planned = a_publication("暗号稿", at=MONDAY + 5 * HOUR)
    assert Client().get(code_address(planned)).status_code == 404
    reading_at(MONDAY + 5 * HOUR)
    assert Client().get(code_address(planned)).status_code == 200
    withdraw_story(story=planned.story, by=OPERATOR, note="撤下", now=MONDAY + 6 * HOUR)
    reading_at(MONDAY + 7 * HOUR)
    gone = Client().get(code_address(planned))
    assert gone.status_code == Client().get(planned.get_absolute_url()).status_code == 410
    assert "暗号" not in gone.content.decode()


def test_draft_and_nothing_answer_alike():
    draft = a_story("暗号草稿")
    answers = [Client().get(f"/2026/03/02/{draft.slug}-{number}/qr.svg") for number in (draft.pk, 999_999)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_wrong_address_leads_to_the_right_one():
    """As that of the page does."""
    publication = a_publication()
    response = Client().get(f"/2020/1/1/another-name-{publication.story_id}/qr.svg?next=//evil.example")
    assert (response.status_code, response["Location"]) == (301, code_address(publication))


def test_code_of_another_script_leads_to_that_script():
    """The phone goes on reading where the desktop was."""
    publication = a_publication()
    svg = picture(Client().get(f"/zh-hant{code_address(publication)}"))
    expected = segno.make_qr(f"{SITE}/zh-hant{publication.get_absolute_url()}", error="m", boost_error=False)
    assert drawn(svg) == [list(row) for row in expected.matrix]


def test_code_of_another_moment_is_that_of_the_readers(cast):
    """The time machine is for the desk; a phone has no login."""
    publication = a_publication()
    chief = Client()
    chief.force_login(cast.chief_editor)
    response = chief.get(f"/at/2026-03-02T01:30:00Z{code_address(publication)}")
    expected = segno.make_qr(f"{SITE}{publication.get_absolute_url()}", error="m", boost_error=False)
    assert drawn(picture(response)) == [list(row) for row in expected.matrix]
    assert response["Cache-Control"] == "no-store"
    early = chief.get(f"/at/2026-03-02T00:30:00Z{code_address(publication)}")
    assert early.status_code == 404


def test_code_costs_one_query(django_assert_num_queries):
    """However many versions the story has."""
    address = code_address(a_publication())
    with django_assert_num_queries(1):
        Client().get(address)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_code_is_only_read(method):
    assert getattr(Client(), method)(code_address(a_publication())).status_code == 405
