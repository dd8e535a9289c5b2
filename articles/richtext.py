"""Rich text as one field class, with the editor behind one setting (`RICH_TEXT_EDITOR`).

The field is a plain TextField to migrations, so no migration names an editor and changing it changes no table. What
is stored has passed `html.clean`, whatever the browser sent.
"""

from __future__ import annotations

from typing import Any

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.conf import settings
from django.db import models
from django.templatetags.static import static
from django.utils.translation import gettext as _

from articles.html import clean

TOOLBAR = [
    ["Format", "Bold", "Italic"],
    ["NumberedList", "BulletedList", "Blockquote"],
    ["Link", "Unlink"],
    ["Table", "SpecialChar"],
    ["PasteText", "PasteFromWord", "RemoveFormat"],
    ["Undo", "Redo", "Maximize"],
]

# The first line talks to other hosts; the rest is not for news text. SECURITY.md refers to this list.
REMOVED_PLUGINS = (
    "exportpdf scayt wsc iframe iframedialog flash uploadimage uploadwidget "
    "forms smiley templates about print save newpage preview language bidi font colorbutton colordialog div pagebreak "
    "copyformatting stylescombo showblocks sourcearea sourcedialog elementspath"
).split()

EDITOR_CONFIG = {
    "toolbar": TOOLBAR,
    "removePlugins": ",".join(REMOVED_PLUGINS),
    # Advanced content filter: automatic (from the toolbar) plus what the server's allow-list also keeps.
    "extraAllowedContent": "ruby rt rp rb; figure(align-left,align-right,full-width); figcaption; cite; "
    "th[scope,colspan,rowspan]; td[colspan,rowspan]; *[lang,dir]; blockquote(pullquote); aside(infobox)",
    "disallowedContent": "script; style; iframe; object; *[on*]; *{*}",
    "format_tags": "p;h3;h4",
    "entities": False,
    "disableNativeSpellChecker": False,
    "versionCheck": False,
    "linkDefaultProtocol": "https://",
    "bodyClass": "story-text",
    "width": "100%",
    "height": 220,
    "removeDialogTabs": "link:advanced;link:upload;image:advanced",
    "skin": "moono-lisa",
}


class CKEditorTextWidget(CKEditorWidget):
    """CKEditor 4 with the configuration above, labelled for screen readers, dressed as the public page."""

    def __init__(self, label: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.label = label
        self.config = dict(EDITOR_CONFIG)
        self.attrs["data-count"] = ""

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        self.config["title"] = str(self.label) or _("Rich text")
        self.config["contentsCss"] = [
            *(static(f"articles/site/{part}.css") for part in ("tokens", "base", "story_text")),
            static("articles/admin/editor_frame.css"),
        ]
        return super().get_context(name, value, attrs)

    def format_value(self, value: Any) -> str | None:
        # Rows written by other tools may hold anything, and this page allows inline script. Not as CleanHtml: inside a
        # textarea the template has to escape it, or "&lt;" comes back from the browser as "<".
        return str(clean(value)) if value else value


class PlainTextWidget(forms.Textarea):
    """The same HTML in a plain textarea: needs no script, and shows tags."""

    def __init__(self, label: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.attrs.setdefault("rows", 8)
        self.attrs.setdefault("data-count", "")
        self.attrs.setdefault("class", "vLargeTextField")


WIDGETS = {"ckeditor": CKEditorTextWidget, "plain": PlainTextWidget}


class RichTextFormField(forms.CharField):
    """Takes what an editor sends, gives CleanHtml."""

    def clean(self, value: Any) -> str:
        return clean(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return clean(initial or "") != clean(data or "")


class RichTextField(models.TextField):
    """HTML that has passed the allow-list."""

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        # The admin passes its own textarea; the setting decides instead.
        # An unknown one is what the check articles.E001 is for, which runs after the admin has made its first form.
        widget = WIDGETS.get(settings.RICH_TEXT_EDITOR, PlainTextWidget)
        kwargs["widget"] = widget(label=self.verbose_name)
        return super().formfield(**{"form_class": RichTextFormField, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = clean(getattr(model_instance, self.attname) or "")
        setattr(model_instance, self.attname, value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        # psycopg2 and sqlite3 adapt str, not its subclasses.
        return None if value is None else str(value)

    def deconstruct(self) -> tuple:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs
