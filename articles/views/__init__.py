"""The public pages. Each reads publications at `request.at`."""

from articles.views.contributor import contributor
from articles.views.front import front
from articles.views.section import section
from articles.views.story import story
from articles.views.topic import topic

__all__ = ["contributor", "front", "section", "story", "topic"]
