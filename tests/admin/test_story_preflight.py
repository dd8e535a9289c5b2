"""The panel "Before publishing" on the story form, and the address that checks what is typed and not saved."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from articles.models import Activity, Publication, Revision, Story
from tests.builders import MONDAY, a_section, a_story
from tests.page import Element, page
from tests.preflight_desk import a_sound_story, a_source
from tests.story_form import FORM_TYPE, StoryForm, desk, urlencoded

pytestmark = pytest.mark.django_db

NEW = "admin:articles_story_preflight_new"
OF_STORY = "admin:articles_story_preflight"


@pytest.fixture(autouse=True)
def checks_are_on(plain_settings, settings, reading_at):
    settings.PREFLIGHT_OFF = []
    reading_at(MONDAY)


def check(form: StoryForm, url: str | None = None) -> Any:
    """Ask about what stands in the form, as the script does."""
    url = url or form.document.one("section", css_class="preflight").attributes["data-preflight"]
    return form.client.post(url, urlencoded(form.values), content_type=FORM_TYPE)


def listed(document: Element) -> list[tuple[str, str]]:
    """(level, id of the field) of each finding on a page."""
    rows = document.all("li", "preflight-blocking") + document.all("li", "preflight-warning")
    return [(row.one(css_class="preflight-level").text, row.one("a").attributes["href"]) for row in rows]


def answer(form: StoryForm, url: str | None = None) -> list[tuple[str, str]]:
    response = check(form, url)
    assert response.status_code == 200
    return listed(page(response))


# -- the form ---------------------------------------------------------------------------------------------------------


def test_form_opens_with_what_stands_against_publishing(cast):
    """Without a script, too: blocking first, each a link to its field."""
    story = a_story("没有摘要", by=cast.reporter, kicker="快讯，，", source=a_source(), opening="<p>正文。</p>")
    document = StoryForm.edit(desk(cast.reporter), story).document
    assert listed(document) == [("Blocks", "#id_summary"), ("Warning", "#id_kicker")]
    assert document.one(css_class="preflight-summary").text == "1 point keeps the story from going live. 1 warning."


def test_sound_story_is_told_to_be_ready(cast):
    document = StoryForm.edit(desk(cast.reporter), a_sound_story(by=cast.reporter)).document
    assert listed(document) == []
    assert document.one(css_class="preflight-summary").text == "The checks found nothing to mend."


def test_links_lead_to_fields_that_are_there(cast):
    """Of subsections, related links, the byline and folded fields as well."""
    gone = a_sound_story("前情")
    story = a_story(
        "松岭",
        by=cast.reporter,
        source=a_source("高原晚报", "gaoyuan", kind="partner", allowed_until=date(2026, 1, 1)),
        subsections=[("好", "", "<p>好。</p>"), ("空", "数据，，", "")],
        related=[("http://localhost:8000/nonsense/", "也看"), gone],
    )
    document = StoryForm.edit(desk(cast.reporter), story).document
    anchors = [anchor for _level, anchor in listed(document)]
    assert {"#id_subsections-1-body", "#id_related_links-0-url", "#id_related_links-1-related_story"} <= set(anchors)
    assert {"#bylines-group", "#id_original_url", "#id_source", "#id_subsections-1-figures"} <= set(anchors)
    assert [anchor for anchor in anchors if not document.all(id=anchor[1:])] == []


def test_whoever_may_only_read_sees_no_panel(cast):
    """There is nothing they could mend."""
    response = desk(cast.photo_editor).get(reverse("admin:articles_story_change", args=[a_story().pk]))
    assert response.status_code == 200
    assert page(response).all("section", "preflight") == []


def test_newsroom_without_checks_sees_no_panel(cast, plain_settings, settings):
    from articles.preflight import CHECKS

    settings.PREFLIGHT_OFF = [check.name for check in CHECKS]
    document = StoryForm.edit(desk(cast.reporter), a_story(by=cast.reporter)).document
    assert document.all("section", "preflight") == []


def test_blocked_story_is_saved_all_the_same(cast):
    """The checks never keep anybody from saving."""
    form = StoryForm.edit(desk(cast.reporter), a_story("没有摘要", by=cast.reporter))
    form.fill(headline="还是没有摘要").saved()
    assert Story.objects.get().headline == "还是没有摘要"


def test_publishing_is_refused_with_the_reasons_and_the_text_stays(cast):
    """The page that comes back checks what was typed, not what is stored."""
    form = StoryForm.edit(desk(cast.chief_editor), a_sound_story(by=cast.chief_editor))
    refused = form.fill(summary="", kicker="快讯，，").refused("_publish_now")
    assert "The summary is missing." in refused.errors[""]
    assert listed(refused.document) == [("Blocks", "#id_summary"), ("Warning", "#id_kicker")]
    assert refused.values["kicker"] == ["快讯，，"]
    assert not Publication.objects.exists()


def test_reason_for_an_emergency_publishes(cast):
    form = StoryForm.edit(desk(cast.chief_editor), a_sound_story(by=cast.chief_editor))
    form.fill(summary="", override_reason="突发").saved("_publish_now")
    assert Publication.objects.get().override == "突发"
    assert Activity.objects.filter(verb=Activity.Verb.OVERRODE).count() == 1


# -- what is typed and not saved --------------------------------------------------------------------------------------


def test_unsaved_text_is_checked_and_nothing_is_stored(cast):
    story = a_sound_story(by=cast.reporter)
    form = StoryForm.edit(desk(cast.reporter), story)
    before = (Revision.objects.count(), Activity.objects.count())
    assert answer(form) == []
    assert answer(form.fill(summary="", opening="<p>好。。</p>")) == [
        ("Blocks", "#id_summary"),
        ("Warning", "#id_opening"),
    ]
    assert (Revision.objects.count(), Activity.objects.count()) == before


def test_new_story_is_checked_before_its_first_save(cast):
    source = a_source()
    form = StoryForm.new(desk(cast.reporter))
    assert ("Blocks", "#id_headline") in answer(form)
    form.fill(headline="新", summary="摘要", opening="正文", section=a_section().pk, source=source.pk)
    assert answer(form) == []


def test_rows_are_checked_in_the_order_of_their_places(cast):
    """Moved, deleted and blank ones as the form will save them; the link leads to the row on the page."""
    story = a_sound_story(by=cast.reporter, subsections=[("一", "", "<p>好。</p>"), ("二", "", "<p>好。</p>")])
    form = StoryForm.edit(desk(cast.reporter), story)
    form.row("subsections", 0, place=2, body="").row("subsections", 1, place=1)
    form.add("subsections", heading="三", figures="", body="")
    form.add("subsections", heading="", figures="", body="")
    assert answer(form) == [("Blocks", "#id_subsections-0-body"), ("Blocks", "#id_subsections-2-body")]
    form.delete("subsections", 0)
    assert answer(form) == [("Blocks", "#id_subsections-2-body")]


def test_moment_typed_into_the_form_counts(cast):
    """The source may be used today, and not on the day the story is to go live."""
    story = a_sound_story(by=cast.chief_editor, source=a_source(allowed_until=date(2026, 3, 2)))
    form = StoryForm.edit(desk(cast.chief_editor), story)
    assert answer(form) == []
    assert answer(form.fill(publish_at="2026-03-02T23:59")) == []
    assert answer(form.fill(publish_at="2026-03-03T00:00")) == [("Blocks", "#id_source")]


@pytest.mark.parametrize("typed", ["nonsense", "2026-13-45T99:99", "0001-01-01T00:00", "2025-01-01T00:00"])
def test_moment_that_is_none_or_has_passed_means_now(cast, typed):
    story = a_sound_story(by=cast.chief_editor)
    assert answer(StoryForm.edit(desk(cast.chief_editor), story).fill(publish_at=typed)) == []


def test_what_others_wrote_is_escaped(cast):
    """A headline is quoted as text."""
    other = a_sound_story("<img src=x onerror=alert(1)>", by=cast.reporter)
    form = StoryForm.edit(desk(cast.reporter), a_sound_story(by=cast.reporter))
    form.add("related_links", related_story=other.pk, url="", headline="", teaser="")
    text = check(form).content.decode()
    assert "&lt;img src=x" in text
    assert "<img" not in text


# -- who may, and what comes in ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "own", "any_story", "new"),
    [
        ("reporter", 200, 200, 200),
        ("other_reporter", 403, 403, 200),
        ("editor", 200, 200, 200),
        ("photo_editor", 403, 403, 403),
        ("outsider", 403, 403, 403),
    ],
)
def test_only_whoever_may_change_the_story_may_check_it(cast, who, own, any_story, new):
    """It tells of other stories: those who may write one see them anyway."""
    story = a_sound_story(by=cast.reporter)
    client = desk(getattr(cast, who))
    assert client.post(reverse(OF_STORY, args=[story.pk])).status_code == own
    assert client.post(reverse(NEW)).status_code == new


def test_address_is_not_for_people_without_a_login(client):
    response = client.post(reverse(NEW))
    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("admin:login"))


def test_address_answers_posted_forms_only(cast):
    assert desk(cast.reporter).get(reverse(NEW)).status_code == 405


def test_answer_is_never_kept(cast):
    assert "no-store" in desk(cast.reporter).post(reverse(NEW)).headers["Cache-Control"]


@pytest.mark.parametrize(("object_id", "status"), [("x", 404), ("9" * 30, 404), ("999999", 200)])
def test_story_that_does_not_exist_is_answered(cast, object_id, status):
    """One that was deleted while its form was open is a new story."""
    assert desk(cast.reporter).post(reverse(OF_STORY, args=[object_id])).status_code == status


@pytest.mark.parametrize(
    "values",
    [
        {"headline": "好" * 500_000, "opening": "<p>" * 1000},
        {"headline": b"\x00\xed\xa0\x80\xff", "opening": b"\x00\xff<p>"},
        {"section": "9" * 30, "source": "-1", "language": "{0}"},
        {"subsections-TOTAL_FORMS": "99999999", "bylines-TOTAL_FORMS": "-1", "related_links-TOTAL_FORMS": "x"},
        {"subsections-TOTAL_FORMS": "1", "subsections-0-id": "9" * 18, "subsections-0-place": "-5"},
        {"related_links-TOTAL_FORMS": "1", "related_links-0-related_story": "9" * 18, "related_links-0-url": "//["},
        {"bylines-TOTAL_FORMS": "1", "bylines-0-contributor": "9" * 19, "bylines-0-role": "boss"},
        {"source": "9" * 18, "publish_at": "9" * 1000},
    ],
)
def test_hostile_forms_are_answered(cast, values):
    response = desk(cast.reporter).post(reverse(NEW), urlencoded(values), content_type=FORM_TYPE)
    assert response.status_code == 200
    assert ("Blocks", "#id_summary") in listed(page(response))


@pytest.mark.parametrize("rows", [1, 8])
def test_answer_costs_the_same_whatever_the_story_holds(cast, rows, django_assert_max_num_queries):
    """Session, user and rights; the story and the keys of its subsections; at most seven of facts."""
    others = [a_sound_story(f"旧闻{number}") for number in range(rows)]
    story = a_sound_story(
        by=cast.reporter, related=others, subsections=[(f"节{number}", "", "<p>好。</p>") for number in range(rows)]
    )
    form = StoryForm.edit(desk(cast.reporter), story)
    url = reverse(OF_STORY, args=[story.pk])
    with django_assert_max_num_queries(15):
        assert answer(form, url) != []


def test_moment_in_the_past_of_a_clock_that_jumps_is_answered(cast, reading_at):
    reading_at(MONDAY - timedelta(days=9000))
    assert desk(cast.reporter).post(reverse(NEW)).status_code == 200
