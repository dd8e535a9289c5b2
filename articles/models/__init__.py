"""The nouns, one file each."""

from articles.models.activity import Activity
from articles.models.boundary import BoundaryEffect, TickRun
from articles.models.byline import Byline
from articles.models.contributor import Contributor
from articles.models.conversion_term import ConversionTerm
from articles.models.copyright_notice import CopyrightNotice
from articles.models.desk_profile import DeskProfile
from articles.models.editorial_note import EditorialNote
from articles.models.feed_listing import FeedListing
from articles.models.import_run import ImportRun
from articles.models.kept_form import KeptForm
from articles.models.list_edition import ListEdition
from articles.models.list_revision import ListItem, ListRevision
from articles.models.notification import Digest, Notification
from articles.models.presence import Presence
from articles.models.preview_link import PreviewLink
from articles.models.publication import (
    ContributorListing,
    Publication,
    SectionListing,
    SourceListing,
    TopicListing,
)
from articles.models.publication_text import PublicationText
from articles.models.related_link import RelatedLink
from articles.models.revision import Revision
from articles.models.search_entry import SearchEntry
from articles.models.section import Section
from articles.models.sign_off import SignOff
from articles.models.site_identity import FooterLine, SiteIdentity, SiteLogo
from articles.models.site_page import SitePage
from articles.models.source import Source, SourceAlias
from articles.models.story import Story
from articles.models.story_list import StoryList
from articles.models.story_rows import StoryRows
from articles.models.subsection import Subsection
from articles.models.topic import Topic

__all__ = [
    "Activity",
    "BoundaryEffect",
    "Byline",
    "Contributor",
    "ContributorListing",
    "ConversionTerm",
    "CopyrightNotice",
    "DeskProfile",
    "Digest",
    "EditorialNote",
    "FeedListing",
    "FooterLine",
    "ImportRun",
    "KeptForm",
    "ListEdition",
    "ListItem",
    "ListRevision",
    "Notification",
    "Presence",
    "PreviewLink",
    "Publication",
    "PublicationText",
    "RelatedLink",
    "Revision",
    "SearchEntry",
    "Section",
    "SectionListing",
    "SignOff",
    "SiteIdentity",
    "SiteLogo",
    "SitePage",
    "Source",
    "SourceAlias",
    "SourceListing",
    "Story",
    "StoryList",
    "StoryRows",
    "Subsection",
    "TickRun",
    "Topic",
    "TopicListing",
]
