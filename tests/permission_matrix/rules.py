"""Who may read each address of the project, and what of a story it may show them.

Every route of the URL resolver has a rule here: one that is missing fails the build, so that no page goes live before
somebody has said whom it is for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver

from tests.permission_matrix.scene import DRAFT, GONE, KEPT, NOTE, PUBLIC, READABLE, STATES, Scene

WRITERS = frozenset({"reporter", "other_reporter", "editor", "second_editor", "chief_editor"})
# Everybody with a role; each may read the working copies of all stories.
DESK = WRITERS | {"photo_editor", "list_editor", "administrator"}
LOGINS = DESK | {"outsider"}
EVERYBODY = LOGINS | {"anonymous"}
EDITORS = frozenset({"editor", "second_editor", "chief_editor"})
CHIEF = frozenset({"chief_editor"})
ADMINISTRATOR = frozenset({"administrator"})
LIST_EDITORS = EDITORS | {"list_editor"}
NOBODY: frozenset[str] = frozenset()

Shows = Callable[[Scene, str], set[str]]


@dataclass(frozen=True)
class Rule:
    """`readers` get an answer by GET, with no other canary than `shows` names. `writers` may change something by POST.

    `about`: whether its address names the story. `closed`: the states in which its readers may be refused as well.
    """

    readers: frozenset[str]
    shows: Shows = lambda scene, who: set()
    writers: frozenset[str] | None = None
    about: bool = False
    query: str = ""
    closed: frozenset[str] = frozenset()


# What may be shown


def _public(scene: Scene, who: str) -> set[str]:
    """Readers see what is public, whoever they are."""
    return {PUBLIC} if scene.state in READABLE else set()


def _working_copy(scene: Scene, who: str) -> set[str]:
    return {DRAFT, PUBLIC}


def _form(scene: Scene, who: str) -> set[str]:
    """The form has the notes beside it; what somebody has typed and not saved is for them alone."""
    return {DRAFT, PUBLIC, NOTE, *({KEPT} if who == "reporter" else ())}


def _notes(scene: Scene, who: str) -> set[str]:
    return {DRAFT, PUBLIC, NOTE}


def _link(scene: Scene, who: str) -> set[str]:
    """Whoever has the link reads the version it was made for."""
    return {DRAFT, PUBLIC} if scene.state != "binned" else set()


def _desk(scene: Scene, who: str) -> set[str]:
    return {DRAFT, PUBLIC, NOTE} if who in DESK else set()


# Rules

OPEN = Rule(EVERYBODY)
PUBLIC_PAGE = Rule(EVERYBODY, _public, writers=NOBODY)
OF_THE_STORY = {"shows": _working_copy, "about": True}

RULES: dict[str, Rule] = {
    # public
    "articles:front": PUBLIC_PAGE,
    "articles:section": PUBLIC_PAGE,
    "articles:topic": PUBLIC_PAGE,
    "articles:contributor": PUBLIC_PAGE,
    "articles:source": PUBLIC_PAGE,
    "articles:archive": PUBLIC_PAGE,
    "articles:archive_month": PUBLIC_PAGE,
    "articles:archive_day": PUBLIC_PAGE,
    "articles:corrections": PUBLIC_PAGE,
    "articles:search": Rule(EVERYBODY, _public, writers=NOBODY, query="?q=雎鸠"),
    "articles:site_page": Rule(EVERYBODY, writers=NOBODY),
    "articles:feeds": PUBLIC_PAGE,
    "articles:site_feed": PUBLIC_PAGE,
    "articles:subject_feed": PUBLIC_PAGE,
    "articles:list_feed": PUBLIC_PAGE,
    "articles:sitemap_index": PUBLIC_PAGE,
    "articles:sitemap_stories": PUBLIC_PAGE,
    "articles:sitemap_pages": PUBLIC_PAGE,
    "articles:sitemap_news": PUBLIC_PAGE,
    "articles:robots_txt": Rule(EVERYBODY, writers=NOBODY),
    "articles:security_txt": Rule(EVERYBODY, writers=NOBODY),
    "articles:tdmrep_json": Rule(EVERYBODY, writers=NOBODY),
    "articles:stylesheet": Rule(EVERYBODY, writers=NOBODY),
    "articles:logo": Rule(EVERYBODY, writers=NOBODY),
    "articles:story_qr": PUBLIC_PAGE,
    "articles:health": Rule(EVERYBODY, writers=NOBODY),
    "articles:preview": Rule(EVERYBODY, _link, writers=NOBODY),
    "articles:story": PUBLIC_PAGE,
    "articles:version": PUBLIC_PAGE,
    # Where the time machine is set; the pages themselves: tests/views/test_time_machine_rights.py.
    "articles:travel": Rule(DESK, _public, writers=NOBODY),
    "articles:share_moment": Rule(NOBODY, writers=NOBODY),
    "set_language": OPEN,
    # the desk as a whole
    "admin:index": Rule(LOGINS, _desk),
    "admin:app_list": Rule(DESK, _desk),
    "admin:login": OPEN,
    "admin:logout": OPEN,
    "admin:password_change": Rule(LOGINS),
    "admin:password_change_done": Rule(LOGINS),
    "admin:jsi18n": Rule(LOGINS),
    "admin:autocomplete": Rule(
        DESK, _working_copy, query="?app_label=articles&model_name=relatedlink&field_name=related_story&term="
    ),
    "admin:view_on_site": Rule(NOBODY),
    "admin:?": Rule(LOGINS),
    "admin:desk_preferences": Rule(LOGINS),
    "admin:desk_notifications_seen": Rule(NOBODY),
    # stories
    "admin:articles_story_changelist": Rule(DESK, _working_copy),
    "admin:articles_story_add": Rule(WRITERS, lambda scene, who: set()),
    "admin:articles_story_change": Rule(DESK, _form, about=True, writers=EDITORS | {"reporter"}),
    "admin:articles_story_history": Rule(DESK, **OF_THE_STORY),
    "admin:articles_story_version": Rule(DESK, **OF_THE_STORY),
    "admin:articles_story_compare": Rule(DESK, **OF_THE_STORY, query="?old=1&new=1"),
    "admin:articles_story_restore": Rule(NOBODY, **OF_THE_STORY, writers=EDITORS | {"reporter"}),
    "admin:articles_story_preview": Rule(DESK, **OF_THE_STORY),
    "admin:articles_story_preview_pane": Rule(DESK, **OF_THE_STORY),
    "admin:articles_story_preview_new_pane": Rule(NOBODY, writers=WRITERS),
    "admin:articles_story_preview_links": Rule(EDITORS | {"reporter"}, **OF_THE_STORY, closed=frozenset({"binned"})),
    "admin:articles_story_notes": Rule(DESK, _notes, about=True, writers=DESK),
    "admin:articles_story_colleagues": Rule(DESK, about=True),
    "admin:articles_story_preflight": Rule(NOBODY, **OF_THE_STORY, writers=DESK),
    "admin:articles_story_preflight_new": Rule(NOBODY, writers=WRITERS),
    "admin:articles_story_keep": Rule(NOBODY, about=True, writers=DESK),
    "admin:articles_story_keep_new": Rule(NOBODY, writers=WRITERS),
    "admin:articles_story_drop_kept": Rule(NOBODY, writers=DESK),
    "admin:articles_story_login_again": OPEN,
    "admin:articles_story_delete": Rule(CHIEF | {"reporter"}, **OF_THE_STORY, closed=frozenset(STATES)),
    "admin:articles_story_take_out": Rule(NOBODY, **OF_THE_STORY, writers=CHIEF | {"reporter"}),
    "admin:articles_story_bin": Rule(ADMINISTRATOR, _working_copy, writers=ADMINISTRATOR),
    # story lists
    "admin:articles_storylist_changelist": Rule(DESK, _working_copy, writers=NOBODY),
    "admin:articles_storylist_add": Rule(CHIEF | ADMINISTRATOR),
    "admin:articles_storylist_change": Rule(DESK, _working_copy, writers=LIST_EDITORS | ADMINISTRATOR),
    "admin:articles_storylist_history": Rule(DESK, _working_copy, writers=LIST_EDITORS),
    "admin:articles_storylist_delete": Rule(NOBODY),
    "admin:articles_storylist_together": Rule(LIST_EDITORS, _working_copy),
    "admin:articles_storylist_stories": Rule(DESK, _working_copy, writers=NOBODY, query="?q=雎鸠"),
    "admin:articles_storylist_edition_new": Rule(DESK, _working_copy, writers=LIST_EDITORS),
    "admin:articles_storylist_edition": Rule(DESK, _working_copy, writers=LIST_EDITORS),
    "admin:articles_storylist_edition_preview": Rule(NOBODY, writers=DESK),
    "admin:articles_storylist_problems": Rule(DESK, _working_copy),
    "admin:articles_storylist_timeline": Rule(DESK, _working_copy, writers=NOBODY),
    "admin:articles_storylist_explain": Rule(DESK, _working_copy, writers=NOBODY),
    # accounts
    "admin:auth_user_password_change": Rule(ADMINISTRATOR),
}


def _of_a_model(model: str, *, view: frozenset, add: frozenset, delete: frozenset) -> dict[str, Rule]:
    """The addresses Django's admin gives every model. `view` reads lists and forms; who changes is who adds."""
    shows = _desk if model == "articles_activity" else Rule.shows
    return {
        f"admin:{model}_changelist": Rule(view, shows),
        f"admin:{model}_change": Rule(view, shows, writers=add),
        f"admin:{model}_history": Rule(view, shows),
        f"admin:{model}_add": Rule(add),
        # What stands in the way is named: stories, to people who may read them.
        f"admin:{model}_delete": Rule(delete, _desk),
    }


_ORDER = CHIEF | ADMINISTRATOR
for _model, _rights in {
    "articles_section": {"view": DESK, "add": _ORDER, "delete": _ORDER},
    "articles_topic": {"view": DESK, "add": EDITORS | ADMINISTRATOR, "delete": _ORDER},
    "articles_contributor": {"view": DESK, "add": EDITORS | ADMINISTRATOR, "delete": _ORDER},
    "articles_source": {"view": DESK, "add": EDITORS | ADMINISTRATOR, "delete": _ORDER},
    "articles_copyrightnotice": {"view": DESK, "add": _ORDER, "delete": _ORDER},
    "articles_siteidentity": {"view": DESK, "add": NOBODY, "delete": NOBODY},
    "articles_sitepage": {"view": DESK, "add": _ORDER, "delete": _ORDER},
    "articles_conversionterm": {"view": DESK, "add": _ORDER, "delete": _ORDER},
    "articles_importrun": {"view": _ORDER, "add": NOBODY, "delete": NOBODY},
    "articles_activity": {"view": _ORDER, "add": NOBODY, "delete": NOBODY},
    "auth_user": {"view": ADMINISTRATOR, "add": ADMINISTRATOR, "delete": NOBODY},
    "auth_group": {"view": ADMINISTRATOR, "add": NOBODY, "delete": NOBODY},
}.items():
    RULES |= _of_a_model(_model, **_rights)


def routes() -> Iterator[tuple[str, URLPattern]]:
    """Every route of the project as (name with its namespace, pattern)."""

    def walk(resolver: Any, namespaces: tuple[str, ...]) -> Iterator[tuple[str, URLPattern]]:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLPattern):
                yield ":".join([*namespaces, pattern.name or "?"]), pattern
            else:
                yield from walk(pattern, (*namespaces, pattern.namespace) if pattern.namespace else namespaces)

    yield from walk(get_resolver(), ())


def told_it_is_gone(scene: Scene, name: str) -> bool:
    """Whether the story's page says to readers that it was taken down or withdrawn."""
    return name == "articles:story" and scene.state in GONE
