"""What the public templates need: moments with their zone, and languages as BCP 47 tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from django import template
from django.conf import settings
from django.utils.dateformat import format as format_date
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles import moments
from articles.actions.activity import name_of as name_of_person
from articles.chinese import Run, is_chinese, language_of_text
from articles.content import language_tag
from articles.html import CleanHtml
from articles.models import Section, SitePage
from articles.resolver import ShownList
from articles.script_conversion import is_half_converted

register = template.Library()

# A tag with all its attributes, so that a table named inside an attribute is not taken for one.
_TAG = re.compile(r'<(/?)(\w+)(?:[^>"]|"[^"]*")*>')

_NUMBER_IN_CELL = re.compile(r"\s*[\d.,%+\-−]+\s*</t[dh]>")

# Blanks, and the place after a comma or colon before what may begin a line.
_BETWEEN_PHRASES = re.compile(r"(\s+)|(?<=[，；：？！])(?=[\w“《「『（])")


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """An aware datetime as a <time> in the newsroom's zone, which is named; "" for no value."""
    if not value:
        return ""
    local = moments.local(value)
    return format_html('<time datetime="{}">{}</time>', _timestamp(local), moments.in_words(local))


@register.filter
def moment_short(value: datetime | None, at: datetime | None = None) -> SafeString | str:
    """The same for a list read at `at`: day and time in the year of `at`, else the date; in full as its title."""
    if not value:
        return ""
    local = moments.local(value)
    if at and moments.local(at).year == local.year:
        # Translators: day, month and time in a list, in the format of Django's date filter.
        text = format_date(local, _("j M, H:i"))
    else:
        # Translators: a date in a list, in the format of Django's date filter.
        text = format_date(local, _("j M Y"))
    return format_html('<time datetime="{}" title="{}">{}</time>', _timestamp(local), moments.in_words(local), text)


@register.filter
def moment_listed(value: datetime | None, at: datetime | None = None) -> SafeString | str:
    """The same for a story among others: on the day of `at` the time alone, as `moment_brief` has it."""
    is_today = value and at and moments.local(at).date() == moments.local(value).date()
    return moment_brief(value, at) if is_today else moment_short(value, at)


@register.filter
def moment_brief(value: datetime | None, at: datetime | None = None) -> SafeString | str:
    """The same where there is little room: the time on the day of `at`, the day in its year, else the date."""
    if not value:
        return ""
    local = moments.local(value)
    if at and moments.local(at).date() == local.date():
        text = format_date(local, "H:i")
    elif at and moments.local(at).year == local.year:
        # Translators: day and month in a list, in the format of Django's date filter.
        text = format_date(local, _("j M"))
    else:
        text = format_date(local, _("j M Y"))
    return format_html('<time datetime="{}" title="{}">{}</time>', _timestamp(local), moments.in_words(local), text)


@register.filter
def day(value: datetime | None) -> SafeString | str:
    """The date of an aware datetime in the newsroom's zone, with the day of the week."""
    if not value:
        return ""
    local = moments.local(value)
    # Translators: a date with the day of the week, in the format of Django's date filter.
    text = format_date(local, _("l, j F Y"))
    return format_html('<time datetime="{}">{}</time>', local.date().isoformat(), phrases(text))


@register.filter
def zone_name(value: datetime | None) -> str:
    """What the newsroom's zone is called, at a moment (the offset of a zone changes over the year)."""
    return moments.zone_name(value)


@register.filter
def name_of(person: Any) -> str:
    """What a user is called; "—" for nobody."""
    return name_of_person(person)


@register.filter
def lang_tag(code: str | None) -> str:
    """A language code of Django as a BCP 47 tag: "zh-hans" is "zh-Hans", "pt-br" is "pt-BR"."""
    return language_tag(code or "")


@register.simple_tag(takes_context=True)
def other_language(context: template.Context, code: str) -> SafeString | str:
    """The `lang` attribute for text that is in the language `code`; "" if the page is in it anyway."""
    return "" if code == page_language(context) else format_html(' lang="{}"', lang_tag(code))


@register.simple_tag(takes_context=True)
def text_language(context: template.Context, text: str, code: str | None = "") -> SafeString | str:
    """The `lang` attribute for what the desk typed and nobody said the language of; "" if the page is in it anyway.

    Its characters decide. `code`: the language of the story the text may be from, which tells one Chinese from another.
    """
    found = language_of_text(text, code or "", page_language(context), settings.LANGUAGE_CODE)
    return other_language(context, found) if found else ""


@register.simple_tag(takes_context=True)
def text_in_its_language(context: template.Context, text: str) -> SafeString | str:
    """The text, for a sentence of the interface: in an element that says its language where that is another one."""
    language = text_language(context, text)
    return format_html("<span{}>{}</span>", language, text) if language else text


def page_language(context: template.Context) -> str:
    """The language of the page, which its furniture speaks, as a code of Django."""
    return context.get("page_language", settings.LANGUAGE_CODE)


def language_of_matter(context: template.Context) -> str:
    """The language of the story or the simple page that is read; of any other page its own."""
    matter = context.get("content") or context.get("page")
    return getattr(matter, "language", "") or page_language(context)


@register.simple_tag(takes_context=True)
def site_name(context: template.Context) -> str:
    """What the site is called in the language of the page."""
    site = context.get("site")
    return site.name_in(page_language(context)) if site else settings.SITE_NAME


@register.simple_tag(takes_context=True)
def masthead_logos(context: template.Context) -> Mapping[str, Any]:
    """The logos that stand for the name (views/furniture.py); none where the page has a name in its own language.

    A logo is drawn for the language of the site: pages in another one have their own name, if there is one.
    """
    site, language = context.get("site"), page_language(context)
    if getattr(context.get("request"), "script", "") or is_half_converted(language_of_matter(context), language):
        # The middleware converts the page on its way out.
        language = "zh-hant"
    if site and language != settings.LANGUAGE_CODE and site.own_name_in(language):
        return {}
    return context.get("logos", {})


@register.filter
def in_language(pages: Sequence[SitePage], language: str) -> list[SitePage]:
    """Of pages for one purpose the one in `language`, else in the site's language, else the first; each other page."""
    chosen: dict[str, SitePage] = {}
    for wanted in (language, settings.LANGUAGE_CODE, None):
        for page in pages:
            if wanted is None or page.language == wanted:
                chosen.setdefault(page.purpose, page)
    return [page for page in pages if not page.purpose or page is chosen[page.purpose]]


@register.simple_tag(takes_context=True)
def section_of_list(context: template.Context, shown_list: ShownList) -> Section | None:
    """The section that a list says it fills from, for its title to lead there; None on the section's own page."""
    wanted = shown_list.row.content.fill_section_id
    if wanted is None:
        return None
    found = next((section for section in sections_of(context) if section.pk == wanted), None)
    request = context.get("request")
    return None if found and request and request.path == found.get_absolute_url() else found


def sections_of(context: template.Context) -> Iterator[Section]:
    """All sections of the site, as the page around has read them."""
    return (section for top in context.get("navigation", ()) for section in (top, *top.children_list))


@register.filter
def phrases(text: str) -> SafeString | str:
    """A Chinese headline, in phrases with a blank or a comma between, so that lines end there where they can.

    Each phrase keeps together as long as it fits into a line, and is broken by the rules of Chinese where it does not.
    """
    parts = _in_phrases(text)
    return format_html_join("", '{}<span class="phrase">{}</span>', parts) if len(parts) > 1 else text


@register.filter
def marked_phrases(runs: Sequence[Run]) -> SafeString:
    """The same of a headline in runs, of which some are what was looked for."""
    text = "".join(run.text for run in runs)
    characters = [(character, run.is_hit) for run in runs for character in run.text]
    parts = _in_phrases(text)
    if len(parts) < 2:
        return _marked(characters)
    found, end = [], 0
    for blank, phrase in parts:
        start = text.index(phrase, end)
        end = start + len(phrase)
        found.append((blank, _marked(characters[start:end])))
    return format_html_join("", '{}<span class="phrase">{}</span>', found)


def _in_phrases(text: str) -> list[tuple[str, str]]:
    """The phrases of a Chinese headline, each after the blank before it, or ""; one for any other text."""
    parts = _BETWEEN_PHRASES.split(text.strip()) if is_chinese(text) else [text]
    blanks = ["", *(" " if blank else "" for blank in parts[1::2])]
    return list(zip(blanks, parts[::2], strict=True))


def _marked(characters: Sequence[tuple[str, bool]]) -> SafeString:
    runs = ((is_hit, "".join(one for one, _hit in run)) for is_hit, run in groupby(characters, key=itemgetter(1)))
    return format_html_join("", "{}", ((format_html("<mark>{}</mark>", text) if hit else text,) for hit, text in runs))


@register.filter
def tables_in_boxes(html: CleanHtml) -> CleanHtml:
    """Rich text with each table in a box that scrolls by itself on narrow screens, by keyboard too.

    Its cells of numbers have a class, to be ranged right.
    """
    if "<table" not in html:
        return html
    label = _("Table")
    opening = f'<div class="table-box" role="group" aria-label="{escape(label)}" tabindex="0">'

    def boxed(tag: re.Match[str]) -> str:
        # Cleaning leaves a cell no class of its own.
        if tag[2] in ("td", "th") and not tag[1] and _NUMBER_IN_CELL.match(html, tag.end()):
            return f'{tag[0][:-1]} class="is-number">'
        if tag[2] != "table":
            return tag[0]
        return f"{tag[0]}</div>" if tag[1] else f"{opening}{tag[0]}"

    return CleanHtml(_TAG.sub(boxed, html))


def _timestamp(local: datetime) -> str:
    return local.isoformat(timespec="seconds")
