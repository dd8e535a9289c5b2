"""Names and notices that exist in Chinese and perhaps in English, in the language of the page.

A page in Chinese shows them as they are, one in English those that have no English one too. Whoever shows one marks it
with `text_language`, so that it is read aloud and set in type as what it is (WCAG 3.1.2).
"""

from __future__ import annotations

from django import template

from articles.chinese import is_chinese
from articles.content import StoryContent, is_english
from articles.models import CopyrightNotice
from articles.models.named import Named
from articles.resolver import ShownList
from articles.templatetags.news import page_language, sections_of

register = template.Library()


@register.simple_tag(takes_context=True)
def in_page_language(context: template.Context, row: Named | CopyrightNotice, field: str) -> str:
    """The `field` of a row that has it in two languages ("name", "text" …) as it stands on the page."""
    return getattr(row, f"{field}_in")(page_language(context))


@register.simple_tag(takes_context=True)
def list_title(context: template.Context, shown_list: ShownList) -> str:
    """The title of a story list on the page.

    On a page in English a title in Chinese gives way to the English name of the section that the list fills from, or
    that it is the name of.
    """
    title = shown_list.title
    if not (is_english(page_language(context)) and is_chinese(title)):
        return title
    wanted = shown_list.row.content.fill_section_id
    named = (row.name_english for row in sections_of(context) if row.pk == wanted or row.name == title)
    return next(filter(None, named), title)


@register.simple_tag(takes_context=True)
def section_label(context: template.Context, content: StoryContent) -> str:
    """What a list of stories calls the section of one of them; "" for a story without a section.

    As its version has it; of a version in another language than the page, as the section is called there now.
    """
    if content.section is None:
        return ""
    language = page_language(context)
    if is_english(content.language) == is_english(language):
        return content.section.name
    found = next((row for row in sections_of(context) if row.pk == content.section.id), None)
    return found.name_in(language) if found else content.section.name
