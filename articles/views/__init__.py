"""The public pages. Each reads publications at `request.at`."""

from articles.views.archive import archive, archive_day
from articles.views.contributor import contributor
from articles.views.corrections import corrections
from articles.views.feeds import feeds, list_feed, site_feed, subject_feed
from articles.views.front import front
from articles.views.health import health
from articles.views.logo import logo
from articles.views.preview import preview
from articles.views.search import search
from articles.views.section import section
from articles.views.site_files import robots_txt, security_txt, tdmrep_json
from articles.views.site_page import site_page
from articles.views.sitemaps import sitemap_index, sitemap_news, sitemap_pages, sitemap_stories
from articles.views.source import source
from articles.views.story import story
from articles.views.story_qr import story_qr
from articles.views.stylesheet import stylesheet
from articles.views.topic import topic
from articles.views.travel import share_moment, travel
from articles.views.version import version

__all__ = [
    "archive",
    "archive_day",
    "contributor",
    "corrections",
    "feeds",
    "front",
    "health",
    "list_feed",
    "logo",
    "preview",
    "robots_txt",
    "search",
    "section",
    "security_txt",
    "share_moment",
    "site_feed",
    "site_page",
    "sitemap_index",
    "sitemap_news",
    "sitemap_pages",
    "sitemap_stories",
    "source",
    "story",
    "story_qr",
    "stylesheet",
    "subject_feed",
    "tdmrep_json",
    "topic",
    "travel",
    "version",
]
