"""Every write to the newsroom, one function each: permission, lock, save, revision, log, index, in one transaction."""

from articles.actions.bin import bin_story, empty_bin, take_out_of_bin
from articles.actions.copyright_notice import save_copyright_notice
from articles.actions.demo_newsroom import make_demo_newsroom
from articles.actions.editorial_note import resolve_note, write_note
from articles.actions.publication import cancel_publication, publish_story, withdraw_story
from articles.actions.review import approve_story, send_back_story, submit_story
from articles.actions.roles import make_roles
from articles.actions.story import save_story

__all__ = [
    "approve_story",
    "bin_story",
    "cancel_publication",
    "empty_bin",
    "make_demo_newsroom",
    "make_roles",
    "publish_story",
    "resolve_note",
    "save_copyright_notice",
    "save_story",
    "send_back_story",
    "submit_story",
    "take_out_of_bin",
    "withdraw_story",
    "write_note",
]
