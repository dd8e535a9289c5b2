"""Every write to the newsroom, one function each: permission, lock, save, revision, log, index, in one transaction."""

from articles.actions.copyright_notice import save_copyright_notice
from articles.actions.demo_newsroom import make_demo_newsroom
from articles.actions.publication import cancel_publication, publish_story, withdraw_story
from articles.actions.roles import make_roles
from articles.actions.story import delete_story, save_story

__all__ = [
    "cancel_publication",
    "delete_story",
    "make_demo_newsroom",
    "make_roles",
    "publish_story",
    "save_copyright_notice",
    "save_story",
    "withdraw_story",
]
