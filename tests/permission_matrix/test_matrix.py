"""Each role, each state of a story, each address: nobody reads or changes what no rule allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, models
from django.test import Client
from django.urls import NoReverseMatch, reverse

from articles.models import (
    EditorialNote,
    ListEdition,
    PreviewLink,
    Publication,
    RelatedLink,
    Revision,
    SignOff,
    SiteIdentity,
    SitePage,
    Story,
    StoryList,
    Subsection,
)
from tests.permission_matrix.rules import DESK, EVERYBODY, RULES, Rule, routes, told_it_is_gone
from tests.permission_matrix.scene import CANARIES, NOW, STATES, Scene, a_scene

KEPT_WATCH_OVER = (Story, Subsection, RelatedLink, Revision, SignOff, Publication, EditorialNote, PreviewLink)
KEPT_WATCH_OVER += (StoryList, ListEdition, SiteIdentity, SitePage)
NAMES = sorted({name for name, _pattern in routes()})
# Read-only answers that say no: the login, forbidden, not there, only by POST, gone.
REFUSALS = {302, 400, 401, 403, 404, 405, 410}


@pytest.fixture(autouse=True)
def newsroom(settings, reading_at):
    settings.REVIEW_STAGES = "one"
    settings.EARLIER_VERSIONS = True
    reading_at(NOW)


def test_every_route_has_a_rule_and_every_rule_a_route():
    assert set(NAMES) == set(RULES)


def clients(cast: Any) -> dict[str, Client]:
    found = {"anonymous": Client(raise_request_exception=False)}
    for who in EVERYBODY - {"anonymous"}:
        found[who] = Client(raise_request_exception=False, headers={"accept-language": "en"})
        found[who].force_login(getattr(cast, who))
    return found


def addresses(scene: Scene) -> dict[str, str]:
    """One address for each route, with the story or something that exists where it names something."""
    found = {}
    for name, pattern in routes():
        wanted = set(pattern.pattern.converters) | set(pattern.pattern.regex.groupindex)
        if name == "admin:?":
            # Django's old addresses of objects and its catch-all: both lead on or nowhere.
            found[name] = f"/admin/articles/story/{scene.story.pk}/"
            continue
        if not _concerns(RULES[name], scene):
            continue
        args = scene.args.get(name) or {key: _value(key, name, scene) for key in wanted}
        try:
            found[name] = reverse(name, kwargs=args) + RULES[name].query
        except NoReverseMatch:
            found[name] = reverse(name, args=list(args.values())) + RULES[name].query
    return found


def _concerns(rule: Rule, scene: Scene) -> bool:
    """Whether the state of the story can matter to the route; the others are asked in one state only."""
    return rule.about or rule.shows is not Rule.shows or scene.state == "live_with_draft"


def _value(key: str, name: str, scene: Scene) -> Any:
    if key in {"object_id", "id"}:
        model = name.removeprefix("admin:").rsplit("_", 1)[0]
        row = None if RULES[name].about else next((kind for kind in _models() if _label(kind) in model), None)
        return scene.story.pk if row is None else row._default_manager.order_by("pk").values_list("pk", flat=True)[0]
    return {"number": 1, "app_label": "articles", "content_type_id": 1}[key]


def _models() -> list[type[models.Model]]:
    from django.contrib.auth.models import Group, User

    from articles.models import Activity, Contributor, Section, Source, Topic

    return [Activity, Contributor, Section, Source, Topic, User, Group]


def _label(model: type[models.Model]) -> str:
    return model._meta.label_lower.replace(".", "_")


@pytest.mark.matrix
@pytest.mark.parametrize("state", STATES)
def test_nobody_reads_what_no_rule_allows(cast, state):
    """A canary of the story stands in no answer to somebody it is not for, and those it is for get an answer."""
    scene = a_scene(state, cast)
    faults = []
    urls = addresses(scene)
    for who, client in clients(cast).items():
        for name, url in urls.items():
            if name == "admin:logout":
                continue
            response = client.get(url)
            faults += _read_faults(RULES[name], name, who, scene, response)
    assert not faults, "\n".join(faults)


def _read_faults(rule: Rule, name: str, who: str, scene: Scene, response: Any) -> list[str]:
    """What is wrong with the answer that `who` got by GET."""
    text = response.content.decode() if not response.streaming else ""
    seen = {word for word in CANARIES if word in text}
    allowed = rule.shows(scene, who) if who in rule.readers else set()
    where = f"{who} at {name} of a story that is {scene.state}"
    faults = [f"{where} reads {word}" for word in sorted(seen - allowed)]
    if response.status_code >= 500:
        faults.append(f"{where} gets {response.status_code}")
    if who not in rule.readers and response.status_code not in REFUSALS:
        faults.append(f"{where} gets {response.status_code}")
    open_to_readers = rule.about and scene.state not in rule.closed
    if who in rule.readers and open_to_readers and response.status_code not in {200, 302}:
        faults.append(f"{where} is refused with {response.status_code}")
    if told_it_is_gone(scene, name) and response.status_code != 410:
        faults.append(f"{where} is not told that it is gone")
    return faults


@pytest.mark.matrix
@pytest.mark.parametrize("state", STATES)
def test_nobody_changes_what_no_rule_allows(cast, state):
    """A crafted POST to any address by somebody without the right for it leaves every story as it was."""
    scene = a_scene(state, cast)
    before = stored()
    urls = addresses(scene)
    posted = {"headline": "篡改", "action": "bin", "_selected_action": scene.story.pk, "text": "篡改", "post": "yes"}
    buttons = dict.fromkeys(["_publish_now", "_approve", "_withdraw", "_submit", "_send_back"], "1")
    for who, client in clients(cast).items():
        for name, url in urls.items():
            rule = RULES[name]
            writers = rule.writers if rule.writers is not None else rule.readers
            if who in writers:
                continue
            with writes() as written:
                response = client.post(url, {**posted, **buttons})
            assert response.status_code < 500, (who, name)
            if written:
                assert stored() == before, f"{who} changed something at {name} of a story that is {state}"
            text = response.content.decode() if not response.streaming else ""
            assert who in DESK or not (CANARIES & {word for word in CANARIES if word in text}), (who, name)
    assert stored() == before, f"somebody changed something of a story that is {state}"


@contextmanager
def writes() -> Iterator[list[str]]:
    """Collects the statements that may have changed a table watched over; comparing all rows each time takes long."""
    tables = re.compile("|".join(rf"\b{model._meta.db_table}\b" for model in KEPT_WATCH_OVER))
    found = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.lstrip().upper().startswith("SELECT") and tables.search(sql):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def stored() -> dict[str, list]:
    """Everything a story consists of, as it is in the database."""
    return {model.__name__: list(model.objects.order_by("pk").values_list()) for model in KEPT_WATCH_OVER}
