"""Names and notices that exist in Chinese and perhaps in English, in the language of the page, and marked as such.

A page in Chinese shows them as they are. On a page in English each that has no English one is marked as Chinese by
itself, so that it is read aloud and set in type as what it is (WCAG 3.1.2).
"""

from __future__ import annotations

from django import template
from django.conf import settings
from django.utils.safestring import SafeString

from articles.content import StoryContent, is_english
from articles.models import CopyrightNotice
from articles.models.named import Named
from articles.templatetags.news import name_language, other_language, sections_of

register = template.Library()


@register.simple_tag(takes_context=True)
def in_page_language(context: template.Context, row: Named | CopyrightNotice, field: str) -> str:
    """The `field` of a row that has it in two languages ("name", "text" …) as it stands on the page."""
    return getattr(row, f"{field}_in")(_page_language(context))


@register.simple_tag(takes_context=True)
def written_language(context: template.Context, text: str) -> SafeString | str:
    """On a page in English, the `lang` attribute for a name by what it is written in; "" elsewhere (names_language)."""
    return name_language(context, text) if is_english(_page_language(context)) else ""


@register.simple_tag(takes_context=True)
def names_language(context: template.Context) -> SafeString | str:
    """The `lang` attribute for what holds names of the site; "" on a page in English, which marks each by itself."""
    return "" if is_english(_page_language(context)) else other_language(context)


@register.simple_tag(takes_context=True)
def section_label(context: template.Context, content: StoryContent) -> str:
    """What a list of stories calls the section of one of them; "" for a story without a section.

    As its version has it; of a version in another language than the page, as the section is called there now.
    """
    if content.section is None:
        return ""
    language = _page_language(context)
    if is_english(content.language) == is_english(language):
        return content.section.name
    found = next((row for row in sections_of(context) if row.pk == content.section.id), None)
    return found.name_in(language) if found else content.section.name


def _page_language(context: template.Context) -> str:
    return context.get("page_language", settings.LANGUAGE_CODE)
