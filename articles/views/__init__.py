"""The public pages. Each reads publications at `request.at`."""

from articles.views.contributor import contributor
from articles.views.front import front
from articles.views.health import health
from articles.views.preview import preview
from articles.views.section import section
from articles.views.story import story
from articles.views.topic import topic
from articles.views.travel import share_moment, travel
from articles.views.version import version

__all__ = [
    "contributor",
    "front",
    "health",
    "preview",
    "section",
    "share_moment",
    "story",
    "topic",
    "travel",
    "version",
]
