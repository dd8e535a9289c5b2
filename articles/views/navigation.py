"""The sections every page shows, read once per request."""

from __future__ import annotations

from django.http import HttpRequest

from articles.models import Section


def all_sections(request: HttpRequest) -> list[Section]:
    """All sections in their order, each with `children_list`."""
    sections = getattr(request, "_sections", None)
    if sections is None:
        sections = list(Section.objects.all())
        for section in sections:
            section.children_list = [child for child in sections if child.parent_id == section.pk]
        request._sections = sections
    return sections


def top_sections(request: HttpRequest) -> list[Section]:
    return [section for section in all_sections(request) if section.parent_id is None]
