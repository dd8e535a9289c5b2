"""What machines are told in the words of schema.org: plain values in, dicts for JSON-LD out.

Every address that goes in is absolute, every text plain, every language a BCP 47 tag. A field that has nothing to say
is left out, because an empty one would be a statement.
"""

from .breadcrumbs import breadcrumbs
from .item_list import collection_page
from .json_script import ScriptJson, json_script
from .news_article import Article, Change, Original, Person, Rights, news_article
from .organization import Logo, Publisher, news_media_organization, website
from .profile_page import profile_page

__all__ = [
    "Article",
    "Change",
    "Logo",
    "Original",
    "Person",
    "Publisher",
    "Rights",
    "ScriptJson",
    "breadcrumbs",
    "collection_page",
    "json_script",
    "news_article",
    "news_media_organization",
    "profile_page",
    "website",
]
