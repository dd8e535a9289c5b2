"""Who may do what: the roles of a newsroom and the permissions each has. One table, applied by `make_roles`."""

from __future__ import annotations

# Permission codenames of the articles app, by role. A role has what is listed here and nothing else.
_WRITE = frozenset({"view_story", "add_story", "change_story"})
_LOOK_UP = frozenset(
    f"view_{noun}"
    for noun in ("section", "topic", "contributor", "source", "copyrightnotice", "publication", "revision")
)
_NAME_THINGS = frozenset(
    f"{verb}_{noun}" for verb in ("add", "change") for noun in ("topic", "contributor", "source", "sourcealias")
)
_ORDER_THE_SITE = frozenset(
    f"{verb}_{noun}"
    for verb in ("add", "change", "delete")
    for noun in ("section", "topic", "contributor", "source", "sourcealias", "copyrightnotice")
)

ROLES: dict[str, frozenset[str]] = {
    "reporter": _WRITE | _LOOK_UP,
    "editor": _WRITE | _LOOK_UP | _NAME_THINGS | {"edit_any_story"},
    "chief editor": _WRITE
    | _LOOK_UP
    | _NAME_THINGS
    | _ORDER_THE_SITE
    | {"edit_any_story", "publish_story", "withdraw_story", "delete_story", "view_activity", "view_importrun"},
}
