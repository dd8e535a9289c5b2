"""Filling an empty site with the demo newsroom: everything goes through the actions an editor would use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F

from articles.actions.demo_lists import demo_key, make_demo_lists
from articles.actions.demo_site import make_demo_site
from articles.actions.preflight import keep_findings, preflight
from articles.actions.publication import publish_story, withdraw_story
from articles.actions.review import approve_story, submit_story
from articles.actions.roles import make_roles
from articles.actions.story import save_story
from articles.demo_newsroom import DemoNewsroom, DemoStory
from articles.models import (
    Byline,
    Contributor,
    CopyrightNotice,
    DeskProfile,
    Notification,
    Publication,
    RelatedLink,
    Section,
    Source,
    SourceAlias,
    Story,
    StoryRows,
    Subsection,
    Topic,
)
from articles.moments import local, zone
from articles.workflow import review_stages

# How long before it went live a demo story was first saved.
WRITING_TIME = timedelta(hours=2)
NOTICES_IN_FORCE_SINCE = timedelta(days=400)


@dataclass
class DemoOutcome:
    """What `make_demo_newsroom` found and made: stories, story lists, logins."""

    created: int = 0
    present: int = 0
    lists: int = 0
    new_logins: tuple[str, ...] = ()


def make_demo_newsroom(
    demo: DemoNewsroom, *, now: datetime, password: str, progress: Callable[[int, int], None] = lambda done, all_: None
) -> DemoOutcome:
    """Create what is missing of `demo`, its stories dated relative to `now`; what exists stays as it is.

    Logins that do not exist yet get `password`. `progress` is told after each story how many of how many are done.
    """
    with transaction.atomic():
        _sections(demo)
        people, new_logins = _people(demo, password)
        _sources_and_topics(demo, now)
        # Before the oldest story, so that the past has them too.
        make_demo_site(demo.site, by=people["chief_editor"], now=now - NOTICES_IN_FORCE_SINCE)
        known = set(Story.objects.filter(import_key__startswith="demo:").values_list("import_key", flat=True))
        missing = [story for story in demo.stories if demo_key(story.key) not in known]
        for story in missing:
            # First the text alone: related links may lead to any other story.
            _save(story, _rows(story), by=people["reporter"], at=_written(story, now))
        # Oldest first, as it would have happened.
        for done, story in enumerate(sorted(missing, key=lambda row: _live_from(row, now)), start=1):
            _tell(story, people, now)
            progress(done, len(missing))
        if missing:
            _settle_the_past(before=now - timedelta(days=1), now=now)
        lists = make_demo_lists(demo.lists, people=people, now=now)
    return DemoOutcome(len(missing), len(demo.stories) - len(missing), lists, new_logins)


def _settle_the_past(*, before: datetime, now: datetime) -> None:
    """What colleagues were told before today they have seen, and the ticker has done what began by then.

    Stories of one day lead to each other: what the checks found at the first of them holds no longer.
    """
    for row in Publication.objects.live(now).filter(findings__isnull=False).with_content():
        keep_findings(row, preflight(row.content, story_id=row.story_id, at=now))
    Notification.objects.filter(seen_at=None, at__lt=before).update(seen_at=now)
    Publication.objects.filter(begin_done_at=None, live_from__lt=before).update(begin_done_at=F("live_from"))


def _people(demo: DemoNewsroom, password: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The demo's users by username, with their groups; and the usernames that were new."""
    groups = make_roles()
    people, new = {}, []
    for login in demo.logins:
        user, created = get_user_model().objects.get_or_create(
            username=login.username,
            # The whole name in one field: Django would put the Chinese family name last.
            defaults={"first_name": f"{login.last_name}{login.first_name}", "is_staff": True},
        )
        if created:
            new.append(login.username)
            user.set_password(password)
            user.save(update_fields=["password"])
            user.groups.add(groups[login.role.replace("_", " ")])
            if login.sections:
                profile = DeskProfile.objects.create(user=user)
                profile.sections.set(Section.objects.filter(slug__in=login.sections))
        people[login.username] = user
    return people, tuple(new)


def _sections(demo: DemoNewsroom) -> None:
    for section in sorted(demo.sections, key=lambda row: bool(row.parent)):
        parent = Section.objects.get(slug=section.parent) if section.parent else None
        values = {**vars(section), "parent": parent}
        Section.objects.get_or_create(slug=values.pop("slug"), defaults=values)


def _sources_and_topics(demo: DemoNewsroom, now: datetime) -> None:
    """Topics, people, sources and notices."""
    for topic in demo.topics:
        values = dict(vars(topic))
        Topic.objects.get_or_create(slug=values.pop("slug"), defaults=values)
    users = {login.contributor: login.username for login in demo.logins if login.contributor}
    for person in demo.contributors:
        values = dict(vars(person))
        if username := users.get(person.slug):
            values["user"] = get_user_model().objects.get(username=username)
        Contributor.objects.get_or_create(slug=values.pop("slug"), defaults=values)
    for source in demo.sources:
        if Source.objects.filter(slug=source.slug).exists():
            continue
        row = Source(name=source.name, name_english=source.name_english, slug=source.slug, kind=source.kind)
        row.full_clean()
        row.save()
        for name in source.aliases:
            alias = SourceAlias(source=row, name=name)
            alias.full_clean()
            alias.save()
    for notice in demo.notices:
        source = Source.objects.get(slug=notice.source)
        values = {name: value for name, value in vars(notice).items() if name not in {"source", "text"}}
        if not source.notices.exists():
            since = now - NOTICES_IN_FORCE_SINCE
            CopyrightNotice.objects.create(source=source, text=notice.text, effective_from=since, **values)


def _rows(story: DemoStory, *, changes: dict[str, str] | None = None, links: bool = False) -> StoryRows:
    """The demo story as rows, with `changes` to its fields."""
    row = Story.objects.filter(import_key=demo_key(story.key)).first() or Story(import_key=demo_key(story.key))
    for name in (
        "kicker headline subtitle short_headline summary opening dateline language "
        "original_url original_title original_author"
    ).split():
        setattr(row, name, (changes or {}).get(name, getattr(story, name)))
    row.section = Section.objects.get(slug=story.section)
    row.source = Source.objects.get(slug=story.source)
    people = Contributor.objects.in_bulk([line.who for line in story.byline], field_name="slug")
    targets = dict(
        Story.objects.filter(import_key__in=[demo_key(link.key) for link in story.related]).values_list(
            "import_key", "pk"
        )
    )
    return StoryRows(
        row,
        [Subsection(heading=part.heading, figures=part.figures, body=part.body) for part in story.subsections],
        [Byline(contributor=people[line.who], role=line.role) for line in story.byline],
        [
            RelatedLink(
                related_story_id=targets[demo_key(link.key)] if link.key else None,
                url=link.url,
                headline=link.headline,
                teaser=link.teaser,
            )
            for link in (story.related if links else ())
        ],
        list(Topic.objects.filter(slug__in=story.topics)),
    )


def _save(story: DemoStory, rows: StoryRows, *, by: Any, at: datetime) -> Story:
    save_story(rows=rows, by=by, now=at)
    return rows.story


def _tell(story: DemoStory, people: dict[str, Any], now: datetime) -> None:
    """Save the story as it was, and let happen to it what its state says."""
    reporter, chief = people["reporter"], people["chief_editor"]
    live_from = _live_from(story, now)
    written = _written(story, now)
    row = _save(story, _rows(story, changes=dict(story.before), links=True), by=reporter, at=written)
    if story.state == "draft":
        return
    decided = min(live_from, now)
    _approve(row, people, decided)
    until = story.ends.on(local(now).date(), zone()) if story.ends else None
    publish_story(story=row, by=chief, at=live_from, until=until, now=decided)
    if story.changed_hours_ago is not None:
        changed = now - timedelta(hours=story.changed_hours_ago)
    if story.state == "corrected":
        _save(story, _rows(story, links=True), by=reporter, at=changed)
        _approve(row, people, changed)
        publish_story(story=row, by=chief, note=story.correction_note, now=changed)
    elif story.state == "withdrawn":
        withdraw_story(story=row, by=chief, note=story.withdrawal_note, now=changed)
    elif story.state == "retracted":
        publish_story(story=row, by=chief, change="retraction", note=story.retraction_note, now=changed)
    elif story.state == "draft_changes":
        _save(story, _rows(story, changes=dict(story.draft), links=True), by=reporter, at=now)


def _approve(story: Story, people: dict[str, Any], at: datetime) -> None:
    """Let the story pass the review of this newsroom, by colleagues who may; its author submits it."""
    if not review_stages():
        return
    submit_story(story=story, by=people["reporter"], now=at)
    for username, _stage in zip(("editor", "deputy_editor", "chief_editor"), review_stages(), strict=False):
        approve_story(story=story, by=people[username], now=at)


def _live_from(story: DemoStory, now: datetime) -> datetime:
    """When the demo story goes live; a draft, which does not, counts as written now."""
    if story.goes_live is not None:
        return story.goes_live.on(local(now).date(), zone())
    if story.hours_ahead is not None:
        return now + timedelta(hours=story.hours_ahead)
    return now - timedelta(hours=story.hours_ago or 0)


def _written(story: DemoStory, now: datetime) -> datetime:
    return min(_live_from(story, now), now) - WRITING_TIME
