"""Forms of the desk with anything in them: refused in words, and what was typed survives."""

from __future__ import annotations

import pytest
from django.urls import reverse

from articles.models import Story
from tests.bad_input.values import FORMS, HUGE, SURROGATE, model_of
from tests.builders import a_section, a_story
from tests.page import page
from tests.story_form import FORM_TYPE, StoryForm, urlencoded


def test_long_headline_is_refused_at_its_field(editor):
    """5,000 characters come back whole, with everything else that was typed."""
    form = StoryForm.new(editor).fill(headline="长" * 5000, opening="<p>正文</p>", section=a_section().pk)
    back = form.refused("_publish_now")
    assert "120" in back.errors["headline"]
    assert back.values["headline"] == ["长" * 5000]
    assert back.values["opening"] == ["<p>正文</p>"]


TEXT_FIELDS = ["kicker", "headline", "subtitle", "short_headline", "summary", "dateline", "original_title"]


def test_nul_bytes_are_refused_at_their_fields_or_dropped(editor):
    """Plain fields say so; rich text and the note for colleagues are never lost over one."""
    form = StoryForm.new(editor).fill(**dict.fromkeys(TEXT_FIELDS, "一\x00二"), opening="<p>三\x00四</p>")
    form.add("subsections", heading="五\x00六", body="<p>七\x00八</p>")
    back = form.refused()
    for name in [*TEXT_FIELDS, "subsections-0-heading"]:
        assert "Null characters" in back.errors[name], name
    assert "四</p>" in back.values["opening"][0]
    assert "八</p>" in back.values["subsections-0-body"][0]


def test_broken_text_is_stored_as_what_can_be_read(editor):
    """Lone surrogates and other bytes that are no text, in every field at once."""
    broken = "一".encode() + SURROGATE + b"\xff\xc3(" + "二".encode()
    form = StoryForm.new(editor).fill(**dict.fromkeys(TEXT_FIELDS, broken))
    form.fill(opening=b"<p>" + broken + b"</p>", section=a_section().pk)
    form.add("subsections", heading=broken, figures=broken, body=broken)
    form.add("related_links", url="https://example.org/", headline=broken, teaser=broken)
    form.saved("_publish_now")
    story = Story.objects.get()
    assert story.headline.startswith("一")
    assert story.headline.endswith("二")
    story.headline.encode()


@pytest.mark.parametrize(
    "text",
    ["\x01\x1b\x7f", "\u200b\u202e\ufeff", "\U0001f600" * 10, "a\u0300" * 40, "ﷺ" * 20, "%s%d{}{0}", "\u3000　"],
    ids=ascii,
)
def test_strange_text_is_no_fault(editor, text):
    """Characters nobody sees, or that take more room when compared: stored or refused at the field, then published."""
    form = StoryForm.new(editor).fill(**dict.fromkeys(TEXT_FIELDS, text), opening=text, section=a_section().pk)
    form.add("subsections", heading=text, figures=text, body=text)
    response = form.press("_publish_now")
    assert response.status_code in {200, 302}
    if response.status_code == 200:
        assert StoryForm.of(editor, form.url, response).errors
        return
    for path in ("/", "/section/news/", Story.objects.get().publications.get().get_absolute_url()):
        assert editor.get(path).status_code == 200


def test_deep_markup_is_no_fault(editor):
    """Thousands of nested tags, and a megabyte of text, are cleaned and stored."""
    for body in ("<b>" * 5000 + "深", "<table><tr><td>" * 500 + "深", "<p>长</p>" * 60_000):
        StoryForm.new(editor).fill(headline="深", opening=body).saved()


def test_too_many_fields_are_refused_in_words(editor):
    body = "&".join(f"a{number}=1" for number in range(20_001))
    for address in (reverse("admin:articles_story_add"), reverse("set_language")):
        response = editor.post(address, body, content_type=FORM_TYPE)
        assert response.status_code == 400, address
        assert page(response).one("h1").text


def test_too_much_text_is_refused_in_words(editor):
    response = editor.post(
        reverse("admin:articles_story_add"), "headline=" + "x" * (11 * 1024 * 1024), content_type=FORM_TYPE
    )
    assert response.status_code in {400, 413}


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"headline": "x"}'),
        ("text/plain", b"headline=x"),
        ("", b"headline=x"),
        ("multipart/form-data", b"headline=x"),
        ("multipart/form-data; boundary=", b"headline=x"),
        ("multipart/form-data; boundary=a", b"--a\r\nContent-Disposition: form-data; name="),
        ("multipart/form-data; boundary=a", b"--a\r\n\r\n\x00\xff--a--"),
        ("multipart/form-data; boundary=" + "a" * 300, b"x"),
        ("application/x-www-form-urlencoded; charset=utf-16", b"headline=x"),
        ("application/x-www-form-urlencoded; charset=nonsense", b"headline=x"),
        ("application/x-www-form-urlencoded", b"\xff\xfe%%%00=%zz&&&=;"),
    ],
    ids=lambda value: ascii(value)[:45],
)
@pytest.mark.parametrize("noun", ["story", "source", "copyrightnotice"])
def test_post_that_is_no_form_is_refused(editor, noun, content_type, body):
    """The form comes back, or a page says that the request could not be understood."""
    address = reverse(f"admin:articles_{noun}_add")
    response = editor.generic("POST", address, body, content_type=content_type)
    assert response.status_code in {200, 400, 403}
    assert not model_of(noun).objects.exists()


@pytest.mark.parametrize("total", ["", "x", "-1", HUGE, "1.5", "\x00", "999999"])
def test_management_data_that_makes_no_sense_is_refused(editor, monkeypatch, total):
    """The story form says that its rows came damaged, and keeps the text; a huge number makes no huge form."""
    # Django makes 2,000 rows at most, which takes seconds.
    monkeypatch.setattr("django.forms.formsets.DEFAULT_MAX_NUM", 10)
    form = StoryForm.new(editor).fill(headline="写好的标题", **{"bylines-TOTAL_FORMS": total})
    response = form.press()
    assert response.status_code in {200, 302}
    if response.status_code == 200:
        assert "写好的标题" in response.content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {"subsections-INITIAL_FORMS": "5"},
        {"subsections-INITIAL_FORMS": HUGE},
        {"subsections-0-id": HUGE},
        {"subsections-0-id": "x"},
        {"subsections-0-story": HUGE},
        {"subsections-0-place": "x"},
        {"subsections-0-place": HUGE},
        {"subsections-0-place": "-1"},
        {"section": HUGE},
        {"section": "x"},
        {"section": "-1"},
        {"topics": ["x", HUGE, "-1", "\x00"]},
        {"source": "\x00"},
        {"language": "tlh"},
        {"original_url": "javascript:alert(1)"},
        {"original_url": "https://" + "x" * 600},
        {"original_url": "http://[::1"},
        {"slug": "不是"},
        {"slug": "x" * 101},
        {"slug": "../../x"},
        {"publish_at": "x" * 5000},
    ],
    ids=lambda values: ascii(values)[:40],
)
def test_value_that_is_no_choice_keeps_the_text(editor, values):
    """Refused at its field or left out; the rest of the form is as it was typed."""
    story = a_story(subsections=[("一", "", "")])
    form = StoryForm.edit(editor, story).fill(headline="写好的标题", **values)
    response = form.press()
    assert response.status_code in {200, 302}
    if response.status_code == 200:
        back = StoryForm.of(editor, form.url, response)
        assert back.errors
        assert back.values["headline"] == ["写好的标题"]
    else:
        story.refresh_from_db()
        assert story.headline == "写好的标题"


@pytest.mark.parametrize(
    "text", ["x" * 5000, "一\x00二", "\x01", SURROGATE, "ﷺ" * 60, HUGE, "-1"], ids=lambda v: ascii(v)[:9]
)
@pytest.mark.parametrize("noun", FORMS[1:])
def test_form_of_any_noun_takes_any_text(editor, noun, text):
    """In all of its fields at once, new and existing."""
    address = reverse(f"admin:articles_{noun}_add")
    names = page(editor.get(address)).one("form", id=f"{noun}_form").all()
    fields = [
        one.attributes["name"]
        for one in names
        if one.tag in {"input", "textarea", "select"} and "name" in one.attributes
    ]
    values = {name: text for name in fields if not name.startswith(("csrf", "aliases")) and not name.startswith("_")}
    for kept in ({}, {"aliases-TOTAL_FORMS": "1", "aliases-INITIAL_FORMS": "0", "aliases-0-name": text}):
        response = editor.post(address, urlencoded({**values, **kept}), content_type=FORM_TYPE)
        assert response.status_code in {200, 302}
    slugs = {"slug": "good"}
    response = editor.post(address, urlencoded({**values, **slugs}), content_type=FORM_TYPE)
    assert response.status_code in {200, 302}
