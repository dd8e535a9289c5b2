"""The desk: Django's admin, one file per noun."""

from articles.admin import (
    activity,
    contributor,
    conversion_term,
    copyright_notice,
    import_run,
    section,
    site_identity,
    site_page,
    source,
    story,
    topic,
    user,
)
from articles.admin.lists import admin as story_lists

__all__ = [
    "activity",
    "contributor",
    "conversion_term",
    "copyright_notice",
    "import_run",
    "section",
    "site_identity",
    "site_page",
    "source",
    "story",
    "story_lists",
    "topic",
    "user",
]
