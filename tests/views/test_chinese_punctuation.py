"""Full-width punctuation brings its own room: a Chinese page has no blank beside it."""

from __future__ import annotations

import re

import pytest

from articles.actions import save_site_page
from articles.models import SitePage
from tests.builders import MONDAY, OPERATOR, a_publication
from tests.page import page


@pytest.mark.django_db
def test_no_blank_stands_beside_a_comma_or_colon(client, settings):
    """In the length of a story, and in when a page was changed."""
    settings.LANGUAGE_CODE = "zh-hans"
    story = page(client.get(a_publication().get_absolute_url())).one(css_class="byline")
    row = save_site_page(page=SitePage(title="关于我们", live_from=MONDAY), by=OPERATOR, now=MONDAY)
    changed = page(client.get(row.get_absolute_url())).one("p", "site-page-changed")
    for element in (story.one("p", "meta"), changed):
        assert re.findall("字|：|2026年", element.text)
        assert not re.search("[，：] | [，：]", element.text), element.text
