"""Every write to the newsroom, one function each: permission, lock, save, revision, log, index, in one transaction."""

from articles.actions.bin import bin_story, empty_bin, take_out_of_bin
from articles.actions.conversion_term import delete_conversion_term, save_conversion_term
from articles.actions.copyright_notice import save_copyright_notice
from articles.actions.demo_newsroom import make_demo_newsroom
from articles.actions.desk import mark_seen, save_preferences
from articles.actions.editorial_note import resolve_note, write_note
from articles.actions.kept_form import (
    SavedBefore,
    claim_form,
    close_form,
    drop_kept_form,
    forget_old_kept_forms,
    keep_form,
    saved_before,
)
from articles.actions.list_content import ListError, new_item_key
from articles.actions.list_edition import (
    cancel_edition,
    copy_edition,
    end_edition,
    publish_editions,
    save_edition,
)
from articles.actions.list_merge import ListConflictError
from articles.actions.list_times import When
from articles.actions.overtaken import ConflictError, Decision, Overtaken
from articles.actions.preflight import recheck_scheduled
from articles.actions.presence import forget_old_presences, leave_story, see_in_story
from articles.actions.preview_link import make_preview_link, record_opening, revoke_preview_link
from articles.actions.publication import publish_story, withdraw_story
from articles.actions.restoring import restore_version
from articles.actions.review import approve_story, send_back_story, submit_story
from articles.actions.roles import make_roles
from articles.actions.schedule import cancel_publication, reschedule_publication
from articles.actions.shared_moment import share_moment
from articles.actions.site_identity import save_site_identity
from articles.actions.site_page import delete_site_page, save_site_page
from articles.actions.story import save_story
from articles.actions.story_list import make_story_list, rename_story_list

__all__ = [
    "ConflictError",
    "Decision",
    "ListConflictError",
    "ListError",
    "Overtaken",
    "SavedBefore",
    "When",
    "approve_story",
    "bin_story",
    "cancel_edition",
    "cancel_publication",
    "claim_form",
    "close_form",
    "copy_edition",
    "delete_conversion_term",
    "delete_site_page",
    "drop_kept_form",
    "empty_bin",
    "end_edition",
    "forget_old_kept_forms",
    "forget_old_presences",
    "keep_form",
    "leave_story",
    "make_demo_newsroom",
    "make_preview_link",
    "make_roles",
    "make_story_list",
    "mark_seen",
    "new_item_key",
    "publish_editions",
    "publish_story",
    "recheck_scheduled",
    "record_opening",
    "rename_story_list",
    "reschedule_publication",
    "resolve_note",
    "restore_version",
    "revoke_preview_link",
    "save_conversion_term",
    "save_copyright_notice",
    "save_edition",
    "save_preferences",
    "save_site_identity",
    "save_site_page",
    "save_story",
    "saved_before",
    "see_in_story",
    "send_back_story",
    "share_moment",
    "submit_story",
    "take_out_of_bin",
    "withdraw_story",
    "write_note",
]
