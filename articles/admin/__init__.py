"""The desk: Django's admin, one file per noun."""

from articles.admin import activity, contributor, copyright_notice, import_run, section, source, story, topic, user

__all__ = ["activity", "contributor", "copyright_notice", "import_run", "section", "source", "story", "topic", "user"]
