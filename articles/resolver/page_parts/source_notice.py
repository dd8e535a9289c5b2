"""The copyright notice on the page of a source."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from articles.models import CopyrightNotice
from articles.resolver.page_parts.part import Part, within


class SourceNoticePart(Part):
    """The notice in force: that which a story published at the moment gets."""

    def __init__(self, source_id: int, start: datetime, end: datetime) -> None:
        rows = CopyrightNotice.objects.filter(
            source=source_id, effective_from__gt=start, effective_from__lte=end
        ).values_list("effective_from", flat=True)
        self.moments = within(start, end, rows)

    def _difference(self, before: datetime, moment: datetime) -> list[str]:
        return [_("The copyright notice changes")]
