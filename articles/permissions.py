"""One predicate per question: may this user do this? Used by actions, admin, previews and every other surface.

Users and stories are taken as they come (anything with Django's `has_perm`; anything with `created_by_id` and
`section_id`). No predicate asks the database for more than `has_perm` and `section_limit` do.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any


def _has(user: Any, codename: str) -> bool:
    return bool(user is not None and user.is_active and user.has_perm(f"articles.{codename}"))


def can_write(user: Any) -> bool:
    """May start a new story."""
    return _has(user, "add_story")


def can_see(user: Any, story: Any) -> bool:
    """May read the working copy of `story`: everybody who works on stories may, so that colleagues can help."""
    return _has(user, "view_story") or _has(user, "change_story")


def in_reach(user: Any, story: Any) -> bool:
    """Whether rights on the stories of others hold for `story`: some people are limited to sections.

    A story without a section is in everybody's reach, so that somebody can find it one.
    """
    limit = section_limit(user)
    return not limit or story.section_id is None or story.section_id in limit


def section_limit(user: Any) -> frozenset[int]:
    """Ids of the sections `user` is limited to; empty is no limit. At most two queries for one user object."""
    profile = getattr(user, "desk_profile", None)
    return profile.section_ids if profile else frozenset()


def can_edit(user: Any, story: Any) -> bool:
    """May change the rows of `story`: one's own story, or any in reach with the right for it. Nothing in the bin."""
    if story.binned_at is not None or not _has(user, "change_story"):
        return False
    return is_author(user, story) or (can_edit_others(user) and in_reach(user, story))


def can_edit_others(user: Any) -> bool:
    """May change stories of others at all; `can_edit` says which."""
    return _has(user, "change_story") and _has(user, "edit_any_story")


def can_review_some(user: Any, stage: Any) -> bool:
    """May decide at `stage` about stories at all; `can_review` says about which."""
    return _has(user, stage.permission)


def is_author(user: Any, story: Any) -> bool:
    """Whether it is the user's own story."""
    return story.created_by_id is not None and story.created_by_id == user.pk


def can_preview(user: Any, story: Any) -> bool:
    """May see the page that the working copy would make."""
    return can_see(user, story)


def can_share_preview(user: Any, story: Any) -> bool:
    """May let somebody without a login read a version of `story`."""
    return can_edit(user, story)


def link_opens(link: Any, at: Any) -> bool:
    """Whether a preview link shows its version at `at`: until it ends, and while whoever made it may share it."""
    maker = link.created_by
    return link.is_current(at) and bool(maker and maker.is_staff) and can_share_preview(maker, link.revision.story)


def can_note(user: Any, story: Any) -> bool:
    """May write an editorial note on `story`, and resolve one: everybody who may read it."""
    return can_see(user, story) and story.binned_at is None


def can_review(user: Any, story: Any, stage: Any) -> bool:
    """May decide at `stage` about `story`, as far as rights go; see `can_sign_off`."""
    return can_review_some(user, stage) and in_reach(user, story) and story.binned_at is None


def can_sign_off(
    user: Any, story: Any, stage: Any, *, edited_by: int | None, signed_by: Collection[int] = frozenset()
) -> bool:
    """May approve at `stage` a revision that `edited_by` saved and `signed_by` have signed at other stages.

    Nobody signs off what they edited last, and nobody signs one revision twice.
    """
    concerned = {edited_by, *signed_by} - {None}
    return can_review(user, story, stage) and user.pk not in concerned


def can_send_back(user: Any, story: Any) -> bool:
    """May send `story` back to its author with a note: whoever may decide at any stage."""
    reviewers = ("review_story", "second_review_story", "final_review_story")
    return any(_has(user, right) for right in reviewers) and in_reach(user, story) and story.binned_at is None


def can_publish(user: Any, story: Any) -> bool:
    """May publish or schedule `story`, and cancel what is scheduled."""
    return can_publish_some(user) and can_edit(user, story) and in_reach(user, story)


def can_publish_some(user: Any) -> bool:
    """May publish stories at all; `can_publish` says which."""
    return _has(user, "publish_story")


def can_override(user: Any, story: Any) -> bool:
    """May publish `story` in an emergency against review and checks, with a reason."""
    return _has(user, "override_checks") and can_publish(user, story)


def can_withdraw(user: Any, story: Any) -> bool:
    """May take `story` from readers."""
    return _has(user, "withdraw_story") and can_edit(user, story) and in_reach(user, story)


def can_delete(user: Any, story: Any) -> bool:
    """May put `story` into the bin, and take it out again: one's own draft, or any with the right for it."""
    if not _has(user, "change_story"):
        return False
    own_draft = is_author(user, story) and not story.has_publications
    return own_draft or (_has(user, "delete_story") and in_reach(user, story))


def can_empty_bin(user: Any) -> bool:
    """May delete for ever what is in the bin and was never public."""
    return _has(user, "empty_bin")


def can_import(user: Any) -> bool:
    """May run an import, and publish what it brings."""
    return _has(user, "add_story") and _has(user, "edit_any_story") and _has(user, "publish_story")


def can_change_notices(user: Any) -> bool:
    """May write a new copyright notice for a source."""
    return _has(user, "change_copyrightnotice")


def can_see_lists(user: Any) -> bool:
    """May see what story lists hold, held and will hold, and why: drafts of stories among it."""
    return _has(user, "view_storylist") and can_see(user, None)


def can_edit_some_lists(user: Any) -> bool:
    """May change what story lists hold at all; `can_edit_list` says which."""
    return _has(user, "change_storylist")


def can_edit_list(user: Any, story_list: Any) -> bool:
    """May change what `story_list` holds, now and later: any list, or those of the sections one is limited to."""
    return can_edit_some_lists(user) and _list_in_reach(user, story_list)


def can_make_lists(user: Any) -> bool:
    """May make story lists at all, name them, and say where they stand; `can_make_list` says which."""
    return _has(user, "add_storylist")


def can_make_list(user: Any, story_list: Any) -> bool:
    """May make `story_list` where it stands, or name it: any list, or those of the sections one is limited to."""
    return can_make_lists(user) and _list_in_reach(user, story_list)


def _list_in_reach(user: Any, story_list: Any) -> bool:
    """Unlike a story, a list without a section is for all pages: in reach of nobody who is limited to sections."""
    limit = section_limit(user)
    return not limit or story_list.section_id in limit


def can_travel(user: Any) -> bool:
    """May see public pages as they were and will be: whoever may read what is not public yet."""
    return _has(user, "view_story")


def can_share_moment(user: Any) -> bool:
    """May let somebody without a login see a page at a moment to come at all; the next two say which."""
    return can_travel(user) and (can_edit_some_lists(user) or can_publish_some(user))


def can_share_page(user: Any, section_id: int | None = None) -> bool:
    """May share a page of a section, or (None) of all: any page, or those of the sections one is limited to."""
    limit = section_limit(user) if can_share_moment(user) else frozenset()
    return can_share_moment(user) and (not limit or section_id in limit)


def can_share_story_page(user: Any, story: Any, *, is_public: bool = False) -> bool:
    """May share the page of `story`, whose text then is what readers have (`is_public`) or is still to come."""
    if not is_public:
        return can_share_moment(user) and can_share_preview(user, story)
    return can_share_moment(user) and (is_author(user, story) or in_reach(user, story))


def can_change_identity(user: Any) -> bool:
    """May change what the site is called and how it looks: names, logo, colours, the foot of every page."""
    return _has(user, "change_siteidentity")


def can_change_pages(user: Any) -> bool:
    """May write the simple pages of the site, and make them public."""
    return _has(user, "change_sitepage")


def can_change_terms(user: Any) -> bool:
    """May say how words become traditional characters."""
    return _has(user, "change_conversionterm")


def can_look_after_people(user: Any) -> bool:
    """May make logins, give roles and set passwords."""
    return bool(user is not None and user.is_active and user.has_perm("auth.change_user"))


class Operator:
    """Somebody with a shell on the server, acting through a command of manage.py: may do everything, has no login."""

    pk = None
    is_active = True

    def __init__(self, name: str) -> None:
        self.name = name

    def has_perm(self, permission: str) -> bool:
        return True

    def get_username(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name
