"""The nouns, one file each."""

from articles.models.activity import Activity
from articles.models.byline import Byline
from articles.models.contributor import Contributor
from articles.models.copyright_notice import CopyrightNotice
from articles.models.import_run import ImportRun
from articles.models.publication import ContributorListing, Publication, SectionListing, TopicListing
from articles.models.related_link import RelatedLink
from articles.models.revision import Revision
from articles.models.search_entry import SearchEntry
from articles.models.section import Section
from articles.models.source import Source, SourceAlias
from articles.models.story import Story
from articles.models.story_rows import StoryRows
from articles.models.subsection import Subsection
from articles.models.topic import Topic

__all__ = [
    "Activity",
    "Byline",
    "Contributor",
    "ContributorListing",
    "CopyrightNotice",
    "ImportRun",
    "Publication",
    "RelatedLink",
    "Revision",
    "SearchEntry",
    "Section",
    "SectionListing",
    "Source",
    "SourceAlias",
    "Story",
    "StoryRows",
    "Subsection",
    "Topic",
    "TopicListing",
]
