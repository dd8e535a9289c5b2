"""The search page for readers: a form, and what is live at `request.at` and holds every word that was typed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.chinese import CHINESE_ELLIPSIS, ELLIPSIS, Run, bigrams, is_han, marked, snippet
from articles.content import StoryContent, is_english
from articles.html import plain_text, storable
from articles.models import Publication, Section
from articles.search import published
from articles.search.words import LONGEST_QUERY, words_of
from articles.views.archive_days import end_of, start_of
from articles.views.furniture import all_sections
from articles.views.listing import PER_PAGE, asked_story, place_of
from articles.views.page_facts import PageFacts

# Characters of the passage shown with each story. Latin ones are half as wide.
SNIPPET, LATIN_SNIPPET = 80, 160
# What people type for a date, beside what the browser's field gives: 2026/3/2, 2026.3.2, 2026年3月2日.
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
# More is no word, no address of a section and no date.
_LONGEST_FIELD = 100


@dataclass(frozen=True)
class Hit:
    """One story that was found: its headline and a passage of it, with the words of the query marked."""

    publication: Publication
    headline: list[Run]
    passage: list[Run]


@dataclass
class Form:
    """What the address asks for. `typed`: each field as it was typed; `refused`: messages by field."""

    typed: dict[str, str]
    section: Section | None = None
    since: datetime | None = None
    until: datetime | None = None
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def is_narrowed(self) -> bool:
        return any(self.typed[name] for name in ("section", "from", "to"))

    @property
    def address(self) -> str:
        """The address of the first page of what is asked for, without the fields that are empty."""
        return f"{reverse('articles:search')}?{urlencode({name: text for name, text in self.typed.items() if text})}"


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    place = asked_story(request)
    context = {
        "form": form,
        "query": form.typed["q"],
        "searching": True,
        "sections": all_sections(request),
        "facts": PageFacts(title=_("Search"), noindex=True),
    }
    if words_of(form.typed["q"]) and not form.refused:
        asked = published.Asked(
            query=form.typed["q"],
            at=request.at,
            section_id=form.section and form.section.pk,
            since=form.since,
            until=form.until,
        )
        found = published.find_published(asked, before=place, limit=PER_PAGE + 1)
        publications = found.publications[:PER_PAGE]
        older = f"&before={place_of(publications[-1])}" if len(found.publications) > PER_PAGE else ""
        context |= {
            "found": found,
            # A single character is in the index only where it stands alone: that nothing was found would be untrue.
            "is_too_short": [len(token) == 1 and is_han(token) for token in bigrams(form.typed["q"])] == [True],
            "most": published.MOST_COUNTED,
            "hits": [_hit(publication, words_of(form.typed["q"])) for publication in publications],
            "is_first_page": place is None,
            "older_url": older and form.address + older,
        }
    return render(request, "articles/search.html", context)


def _form(request: HttpRequest) -> Form:
    query = " ".join(storable(request.GET.get("q", ""))[:LONGEST_QUERY].split())
    others = {name: storable(request.GET.get(name, ""))[:_LONGEST_FIELD].strip() for name in ("section", "from", "to")}
    form = Form({"q": query, **others})
    if slug := others["section"]:
        form.section = next((row for row in all_sections(request) if row.slug == slug), None)
        if form.section is None:
            form.refused["section"] = _("There is no such section. Choose one of the list.")
    dates = {name: _date(form, name) for name in ("from", "to")}
    form.since = dates["from"] and start_of(dates["from"])
    form.until = dates["to"] and end_of(dates["to"])
    if dates["from"] and dates["to"] and dates["from"] > dates["to"]:
        form.refused["to"] = _("This day is before the first one.")
    return form


def _date(form: Form, name: str) -> date | None:
    """The date typed into a field; None for none, and for one that does not exist, which the form then says."""
    typed = form.typed[name]
    if not typed:
        return None
    parts = _DATE.fullmatch(typed)
    try:
        found = date(*map(int, parts.groups())) if parts else None
    except ValueError:
        found = None
    if found is None:
        form.refused[name] = _("“%(typed)s” is no date. Give one such as 2026-03-02.") % {"typed": typed}
    elif not 1900 < found.year < 9000:
        form.refused[name], found = _("Give a year between 1900 and 9000."), None
    else:
        # As the browser's field takes it.
        form.typed[name] = found.isoformat()
    return found


def _hit(publication: Publication, words: list[str]) -> Hit:
    content = publication.content
    length, ellipsis = (LATIN_SNIPPET, ELLIPSIS) if is_english(content.language) else (SNIPPET, CHINESE_ELLIPSIS)
    passage = snippet(_parts(content, words), words, length, ellipsis)
    return Hit(publication, marked(content.list_headline, words), passage)


def _parts(content: StoryContent, words: list[str]) -> list[list[str]]:
    """What a passage may be cut from: the text, its headings, and of what names the story what holds a word of them."""
    bodies = [content.opening, *(part.body for part in content.subsections)]
    lines = [line for part in content.subsections for line in (part.heading, part.figures)]
    names = [content.kicker, content.subtitle, *(credit.name for credit in content.byline)]
    names += [content.source.name] if content.source else []
    found = [name for name in names if any(run.is_hit for run in marked(name, words))]
    return [[content.summary], *(plain_text(body).splitlines() for body in bodies), *([line] for line in lines + found)]
