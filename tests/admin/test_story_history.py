"""The history pages: what they show, whom they let in, and what their buttons bring back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from articles.actions import publish_story, save_story, withdraw_story
from articles.models import Contributor, Revision, Story, StoryRows
from tests.builders import MONDAY, OPERATOR, a_story
from tests.page import Element, inline_code, page
from tests.story_form import desk

HOUR = timedelta(hours=1)
PARTS = [
    ("班次", "2 趟", "<p>早上七点发车。</p>"),
    ("票价", "", "<p>全程四十二元。</p>"),
    ("购票", "", "<p>提前三天。</p><p>窗口和手机都可以。</p>"),
]


@pytest.fixture(autouse=True)
def monday_noon(reading_at):
    reading_at(MONDAY + 3 * HOUR)


@pytest.fixture
def story(cast) -> Story:
    """Two versions: in the second one the headline, the order and two subsections differ."""
    person = Contributor.objects.create(name="林晓", slug="lin-xiao")
    made = a_story("县里新开两趟车", by=cast.reporter, subsections=PARTS, bylines=[(person, "reporter")])
    rows = StoryRows.stored(made)
    rows.story.headline = "县里新开三趟车"
    rows.subsections = [rows.subsections[2], rows.subsections[0]]
    rows.subsections[1].body = "<p>早上八点发车。</p>"
    rows.bylines[0].role = "translator"
    save_story(rows=rows, by=cast.editor, comment="改了班次", now=MONDAY + HOUR)
    return Story.objects.get(pk=made.pk)


def url(name: str, story: Story, *arguments: object, **query: object) -> str:
    address = reverse(f"admin:articles_story_{name}", args=[story.pk, *arguments])
    return f"{address}?{'&'.join(f'{key}={value}' for key, value in query.items())}"


def field(document: Element, name: str) -> Element:
    (section,) = [found for found in document.all("section") if found.attributes.get("id") == f"field-{name}"]
    return section


def shown(element: Element) -> str:
    """Text with [-deletions-] and {+additions+}, as the narrow layout shows it."""
    marks = {"ins": "{+%s+}", "del": "[-%s-]"}
    return "".join(child if isinstance(child, str) else marks[child.tag] % child.text for child in element.children)


def post(user, story: Story, **values) -> object:
    address = reverse("admin:articles_story_restore", args=[story.pk])
    return desk(user).post(address, {"revision": "1", "based_on": str(story.revisions.count()), **values}, follow=True)


def told(response) -> str:
    return " ".join(element.text for element in page(response).all("ul", "messagelist"))


# Looking


def test_history_offers_every_version_for_comparison(cast, story):
    """With who, when and why; the last two are chosen; each leads to what it changed."""
    document = page(desk(cast.editor).get(url("history", story)))
    rows = document.one("table", "versions-table").one("tbody").all("tr")
    assert [row.all("td")[2].text for row in rows] == ["2", "1"]
    assert "2 March 2026, 10:00 Beijing time" in rows[0].text
    assert "Zhao" in rows[0].text
    assert "改了班次" in rows[0].text
    chosen = [box.attributes for box in document.all("input", type="radio") if "checked" in box.attributes]
    assert [(box["name"], box["value"]) for box in chosen] == [("new", "2"), ("old", "1")]
    assert len(rows[0].all("a", href=url("compare", story, new=2))) == 1
    assert "with the one before" not in rows[1].text


def test_comparison_marks_the_text_and_says_the_moves(cast, story):
    """Nothing but words, lines and colours: no tag of the texts, no style or script of the page."""
    document = page(desk(cast.editor).get(url("compare", story, old=1, new=2)))
    assert shown(field(document, "headline").one("div", "in-one")) == "县里新开[-两-]{+三+}趟车"
    sides = field(document, "headline").one("div", "in-two").all("div")
    assert [side.text for side in sides] == ["县里新开两趟车", "县里新开三趟车"]
    said = [found.text for found in field(document, "subsections").all("span", "happened")]
    assert said == ["Moved from place 1 to 2, and changed", "Deleted, was at place 2"]
    assert "role" in field(document, "byline").text
    assert "[-reporter-]{+translator+}" in [shown(found) for found in document.all("div", "in-one")]
    assert inline_code(document) == []


def test_comparison_names_what_did_not_change(cast, story):
    """Fields that are the same are said in one line and take no room."""
    document = page(desk(cast.editor).get(url("compare", story)))
    unchanged = next(found.text for found in document.all("p", "note") if found.text.startswith("Unchanged"))
    assert "summary" in unchanged
    assert "headline" not in unchanged.split(": ")[1].split(", ")


def test_text_that_stayed_the_same_is_folded(cast):
    """Two paragraphs around a changed one can be opened, and are all there."""
    body = "<p>%s</p><p>%s</p><p>今天有%s。</p>"
    story = a_story(opening=body % ("一" * 90, "二" * 90, "雨"))
    rows = StoryRows.stored(story)
    rows.story.opening = body % ("一" * 90, "二" * 90, "雪")
    save_story(rows=rows, by=OPERATOR, now=MONDAY + HOUR)
    fold = field(page(desk(cast.editor).get(url("compare", story))), "opening").one("details", "fold")
    assert fold.one("summary").text == "2 paragraphs unchanged"
    assert [found.text for found in fold.all("div")] == ["一" * 90, "二" * 90]


def test_hostile_text_is_only_text(cast):
    """What somebody typed is shown as typed, in every part of the page."""
    story = a_story("<b>一</b>", opening="<p>&lt;script&gt;</p>", subsections=[("<i>节</i>", "", "")])
    rows = StoryRows.stored(story)
    rows.story.headline, rows.story.opening = "<b>二</b>", "<p>&lt;script&gt;alert(1)</p>"
    save_story(rows=rows, by=OPERATOR, comment="<u>因为</u>", now=MONDAY + HOUR)
    for address in (url("compare", story), url("version", story, 2), url("history", story)):
        document = page(desk(cast.editor).get(address))
        assert not any(document.all(tag) for tag in ("b", "u", "i"))
        assert inline_code(document) == []


def test_comparison_takes_the_versions_in_either_order(cast, story):
    """The earlier one is the old one, whichever radio button was pressed."""
    one, other = (desk(cast.editor).get(url("compare", story, old=old, new=3 - old)) for old in (1, 2))
    assert page(one).one("div", "compared-versions").text == page(other).one("div", "compared-versions").text


def test_version_shows_all_it_says(cast, story):
    """One old version in full, with its buttons; the latest has none, for there is nothing to bring back."""
    document = page(desk(cast.editor).get(url("version", story, 1)))
    text = document.one("div", id="content-main").text
    for words in ("县里新开两趟车", "早上七点发车。", "票价", "2 趟", "林晓 (reporter)", "Simplified Chinese"):
        assert words in text
    assert "Restore all of version 1" in text
    assert "Restore" not in page(desk(cast.editor).get(url("version", story, 2))).one("div", id="content-main").text


def test_long_history_is_read_a_page_at_a_time(cast, story):
    """By number: no version is left out or shown twice."""
    first = story.revisions.get(number=1)
    Revision.objects.bulk_create(
        Revision(story=story, number=number, stored=first.stored, digest=first.digest, created_at=MONDAY)
        for number in range(3, 204)
    )
    seen, address = [], url("history", story)
    while address:
        document = page(desk(cast.editor).get(address))
        rows = document.one("table", "versions-table").one("tbody").all("tr")
        seen += [int(row.all("td")[2].text) for row in rows]
        older = [link for link in document.all("a") if link.text == "Older versions"]
        address = url("history", story).rstrip("?") + older[0].attributes["href"] if older else ""
    assert seen == list(range(203, 0, -1))


@pytest.mark.parametrize(("name", "queries"), [("history", 10), ("compare", 9), ("version", 9)])
@pytest.mark.parametrize("versions", [2, 30])
def test_page_asks_the_database_few_times(cast, story, name, queries, versions, django_assert_num_queries):
    """However many versions there are; session, user and rights are among them."""
    for number in range(2, versions):
        rows = StoryRows.stored(Story.objects.get(pk=story.pk))
        rows.story.headline = f"标题{number}"
        save_story(rows=rows, by=OPERATOR, now=MONDAY + HOUR)
    client = desk(cast.editor)
    with django_assert_num_queries(queries):
        assert client.get(url(name, story, *([1] if name == "version" else []))).status_code == 200


# What readers saw
def ask(user, story: Story, moment: str):
    return desk(user).get(url("history", story, at=moment), follow=True)


def test_what_readers_saw_leads_to_the_version_of_then(cast, story):
    """And the version says so."""
    publish_story(story=story, by=OPERATOR, now=MONDAY)
    response = ask(cast.editor, story, "2026-03-02T09:05")
    assert response.redirect_chain[0][0].startswith(url("version", story, 2).rstrip("?"))
    assert "This is what readers see at 2 March 2026, 09:05 Beijing time." in page(response).text


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-03-02T08:59", "was not public"),
        ("2026-03-02T10:00", "was withdrawn, since 2 March 2026, 10:00 Beijing time"),
        ("2026-03-03T10:00", "will be withdrawn"),
    ],
)
def test_moment_without_a_version_is_answered_in_words(cast, story, moment, words):
    """Before the first publication, during a withdrawal, and in what is to come."""
    publish_story(story=story, by=OPERATOR, now=MONDAY)
    withdraw_story(story=story, by=OPERATOR, note="有误", now=MONDAY + HOUR)
    response = ask(cast.editor, story, moment)
    assert response.redirect_chain == []
    assert words in page(response).one("p", "answer").text


@pytest.mark.parametrize("moment", ["x", "%00", "0001-01-01T00:00", "9999-12-31T23:59", "2026-02-30T09:00", "9" * 300])
def test_moment_that_is_none_comes_back_with_the_reason(cast, story, moment):
    response = ask(cast.editor, story, moment)
    assert response.status_code == 200
    assert page(response).all("ul", "errorlist")


def test_version_page_does_not_claim_what_readers_did_not_see(cast, story):
    """An address can say anything."""
    response = desk(cast.editor).get(url("version", story, 1, at="2026-03-02T09:05"))
    assert "readers see" not in page(response).text


# Bringing back


def test_button_brings_one_field_back(cast, story):
    """And leads to what is different still."""
    response = post(cast.reporter, story, part="headline")
    assert story.revisions.first().content.headline == "县里新开两趟车"
    assert [part.heading for part in story.revisions.first().content.subsections] == ["购票", "班次"]
    assert told(response) == "Saved as version 3: headline as in version 1."
    assert response.redirect_chain[-1][0] == url("compare", story, old=1, new=3)


def test_button_brings_one_subsection_back(cast, story):
    key = story.revisions.get(number=1).content.subsections[1].key
    document = page(desk(cast.reporter).get(url("compare", story)))
    buttons = [found.attributes["value"] for found in document.all("button", name="part")]
    assert f"subsection:{key}" in buttons
    response = post(cast.reporter, story, part=f"subsection:{key}")
    assert "票价" in [part.heading for part in story.revisions.first().content.subsections]
    assert told(response) == "Saved as version 3: 票价 as in version 1."


def test_button_brings_the_whole_story_back(cast, story):
    response = post(cast.reporter, story, whole="1")
    assert story.revisions.first().digest == story.revisions.last().digest
    assert told(response) == "Saved as version 3: everything as in version 1."
    assert response.redirect_chain[-1][0] == reverse("admin:articles_story_change", args=[story.pk])


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "no such part"),
        ({"part": "%00"}, "no such part"),
        ({"part": "x" * 100_000}, "no such part"),
        ({"part": "headline", "based_on": "1"}, "saved version 2 meanwhile"),
    ],
)
def test_what_cannot_be_brought_back_is_said(cast, story, values, words):
    """In words, and nothing is saved; a link, which is no post, saves nothing at all."""
    assert words in told(post(cast.reporter, story, **values))
    assert desk(cast.editor).get(url("restore", story, revision=1, whole=1)).status_code == 405
    assert story.revisions.count() == 2


# Who may, and what is none


@pytest.mark.parametrize(
    ("who", "look", "may"),
    [("reporter", 200, 200), ("other_reporter", 200, 403), ("editor", 200, 200), ("outsider", 403, 403)],
)
def test_looking_is_for_all_who_write_and_restoring_for_those_who_edit(cast, story, who, look, may):
    """Buttons are shown to those who may press them; the others are refused whatever they send."""
    user = getattr(cast, who)
    for address in (url("history", story), url("compare", story), url("version", story, 1)):
        response = desk(user).get(address)
        assert response.status_code == look
        if address != url("history", story):
            assert ("Restore" in response.content.decode()) == (may == 200)
    assert post(user, story, whole="1").status_code == may


@pytest.mark.parametrize("wanted", ["0", "3", "-1", "x", "%00", "9" * 30, "²", str(2**31), str(2**63)])
def test_version_that_is_none_is_not_found(cast, story, wanted):
    """Nor is that of another story, whose numbers are the same."""
    client = desk(cast.editor)
    address = reverse("admin:articles_story_history", args=[story.pk])
    assert client.get(url("compare", story, old=wanted, new=2)).status_code == 404
    assert client.get(f"{address}{wanted}/").status_code in {302, 404}
    assert client.get(f"{address}?before={wanted}").status_code == 200
    assert post(cast.editor, story, revision=wanted, whole="1").status_code == 404


def test_version_of_another_story_is_not_found(cast, story):
    """A number is one of this story's, or none."""
    other = a_story("别的")
    assert desk(cast.editor).get(url("version", other, 2)).status_code == 404
    assert post(cast.editor, other, revision="2", whole="1").status_code == 404
    assert other.revisions.count() == 1
