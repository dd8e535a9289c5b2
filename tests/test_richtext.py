"""The rich text field: a TextField to migrations, clean text to the database, an editor by one setting."""

from __future__ import annotations

import pytest
from django.db import models
from django.template import engines

from articles.html import CleanHtml
from articles.models import Story, Subsection
from articles.richtext import WIDGETS, RichTextField, RichTextFormField
from tests.builders import a_story

HOSTILE = '<p onclick="x">字<script>alert(1)</script></p>'


@pytest.mark.parametrize("field", [Story._meta.get_field("opening"), Subsection._meta.get_field("body")], ids=str)
def test_field_is_a_plain_text_field_to_migrations(field):
    """No migration names an editor, so that changing it changes no table."""
    assert isinstance(field, RichTextField)
    assert field.deconstruct()[1] == "django.db.models.TextField"
    assert field.db_type.__func__ is models.TextField.db_type


@pytest.mark.parametrize("editor", sorted(WIDGETS))
def test_form_field_has_the_editor_of_the_setting(settings, editor):
    """Both values give a widget, whatever the admin would have chosen."""
    settings.RICH_TEXT_EDITOR = editor
    form_field = Story._meta.get_field("opening").formfield(widget=models.Field)
    assert isinstance(form_field, RichTextFormField)
    assert type(form_field.widget) is WIDGETS[editor]


@pytest.mark.parametrize("editor", sorted(WIDGETS))
def test_widget_shows_what_is_stored_and_nothing_that_runs(settings, editor):
    """Tags are shown as text inside the textarea, `&lt;` as `&amp;lt;`; a script stored by other means is not there."""
    settings.RICH_TEXT_EDITOR = editor
    widget = Story._meta.get_field("opening").formfield().widget
    rendered = widget.render("opening", CleanHtml("<p>a &lt; b</p>"), {"id": "id_opening"})
    assert "&lt;p&gt;a &amp;lt; b&lt;/p&gt;" in rendered
    if editor == "ckeditor":
        assert "alert(1)" not in widget.render("opening", HOSTILE, {"id": "id_opening"})


def test_form_field_gives_clean_html():
    """Whatever the browser sent."""
    assert RichTextFormField().clean(HOSTILE) == "<p>字</p>"
    assert type(RichTextFormField().clean(HOSTILE)) is CleanHtml
    assert RichTextFormField(required=False).clean("") == ""


@pytest.mark.parametrize(
    ("initial", "data", "changed"),
    [
        ("<p>字</p>", "<p>字</p>", False),
        ("<p>字</p>", '<p style="color:red">字</p>\n', False),
        ("", "<p>&nbsp;</p>", False),
        (None, None, False),
        ("<p>字</p>", "<p>词</p>", True),
        ("<p>字</p>", "", True),
    ],
)
def test_form_field_sees_a_change_of_what_it_means(initial, data, changed):
    """An editor that writes the same text with other tags has changed nothing."""
    assert RichTextFormField(required=False).has_changed(initial, data) == changed


@pytest.mark.django_db
def test_field_stores_clean_text_whoever_saves():
    """Also by `save()` and `bulk_create`, past every form and action."""
    story = a_story()
    story.opening = HOSTILE
    story.save()
    Subsection.objects.bulk_create([Subsection(story=story, key="a", position=1, heading="x", body=HOSTILE)])
    assert Story.objects.get().opening == Subsection.objects.get().body == "<p>字</p>"


def test_clean_html_of_the_field_prints_as_html():
    """What the field has cleaned is printed unescaped; what comes back from the database is a plain text again."""
    template = engines["django"].from_string("{{ text }}")
    assert template.render({"text": RichTextFormField().clean("<p>字</p>")}) == "<p>字</p>"
    assert template.render({"text": "<p>字</p>"}) == "&lt;p&gt;字&lt;/p&gt;"
