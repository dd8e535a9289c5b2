"""The desk: Django's admin, one file per noun."""

from articles.admin import activity, contributor, copyright_notice, import_run, section, source, story, topic, user
from articles.admin.lists import admin as story_lists

__all__ = [
    "activity",
    "contributor",
    "copyright_notice",
    "import_run",
    "section",
    "source",
    "story",
    "story_lists",
    "topic",
    "user",
]
