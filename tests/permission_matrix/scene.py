"""A newsroom with one story in a given state, a canary word in every text of it, and everything that hangs on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.cache import cache

from articles.actions import (
    approve_story,
    bin_story,
    make_preview_link,
    make_story_list,
    publish_story,
    save_edition,
    save_story,
    submit_story,
    withdraw_story,
    write_note,
)
from articles.lists import ItemContent, ListContent
from articles.models import (
    Contributor,
    ConversionTerm,
    KeptForm,
    ListEdition,
    PreviewLink,
    Publication,
    SiteIdentity,
    SitePage,
    Source,
    Story,
    StoryList,
    StoryRows,
    Topic,
)
from tests.builders import MONDAY, a_section, story_rows

HOUR = timedelta(hours=1)
NOW = MONDAY + timedelta(days=2)

# What nobody finds by chance: the working copy, what readers have, the notes, an unsaved form.
DRAFT, PUBLIC, NOTE, KEPT = "雎鸠草稿", "雎鸠公开", "雎鸠批注", "雎鸠暂存"
CANARIES = {DRAFT, PUBLIC, NOTE, KEPT}

STATES = (
    "draft",
    "submitted",
    "approved",
    "scheduled",
    "live",
    "live_with_draft",
    "corrected",
    "withdrawn",
    "taken_down",
    "binned",
)
# In which of them readers have a page of it, and in which they are told that it is gone.
READABLE = {"live", "live_with_draft", "corrected"}
GONE = {"withdrawn", "taken_down"}


@dataclass
class Scene:
    """`story` in `state`; `args` of its routes by their names."""

    state: str
    cast: Any
    story: Story
    args: dict[str, Any] = field(default_factory=dict)


def rows_full_of(word: str, story: Story | None, cast: Any) -> StoryRows:
    """Rows with `word` in every field that takes text."""
    person, _new = Contributor.objects.get_or_create(slug="lin-yi", defaults={"name": "林一", "user": cast.reporter})
    source, _new = Source.objects.get_or_create(slug="paper", defaults={"name": "本报", "name_key": "本报"})
    topic, _new = Topic.objects.get_or_create(slug="spring", defaults={"name": "春运"})
    texts = "kicker subtitle short_headline summary dateline original_title original_author".split()
    rows = story_rows(
        f"{word}标题",
        story=story,
        subsections=[(f"{word}小节", f"{word} 2", f"<p>{word}正文</p>")],
        bylines=[(person, "reporter")],
        related=[("https://example.org/", f"{word}链接")],
        topics=[topic],
        opening=f"<p>{word}开头</p>",
        original_url="https://example.org/original",
        **dict.fromkeys(texts, word),
    )
    rows.related_links[0].teaser = word
    rows.story.section, rows.story.source = a_section(), source
    return rows


def a_scene(state: str, cast: Any) -> Scene:
    """The story of the reporter, brought into `state` by the actions people use; it is read at NOW."""
    cache.clear()
    public = state in {*READABLE, *GONE}
    word = PUBLIC if public else DRAFT
    rows = rows_full_of(word, None, cast)
    save_story(rows=rows, by=cast.reporter, now=MONDAY)
    story = rows.story
    write_note(story=story, by=cast.editor, text=NOTE, now=MONDAY)
    if state != "draft" and state != "binned":
        submit_story(story=story, by=cast.reporter, now=MONDAY)
    if state not in {"draft", "submitted", "binned"}:
        approve_story(story=story, by=cast.editor, now=MONDAY)
    if public:
        until = NOW - HOUR if state == "taken_down" else None
        publish_story(story=story, by=cast.chief_editor, until=until, now=MONDAY + HOUR)
    if state == "scheduled":
        publish_story(story=story, by=cast.chief_editor, at=NOW + HOUR, now=MONDAY)
    if public and state != "live":
        save_story(rows=rows_full_of(DRAFT, story, cast), by=cast.reporter, now=MONDAY + 2 * HOUR)
    if state == "corrected":
        # The correction is scheduled for later than NOW, and an earlier one is live.
        _correct(story, cast)
    if state == "withdrawn":
        withdraw_story(story=story, by=cast.chief_editor, note="撤下", now=NOW - HOUR)
    edition = _listed(story, cast)
    link = make_preview_link(revision=story.revisions.first(), by=cast.reporter, lifetime="day", now=NOW - HOUR)
    if state == "binned":
        bin_story(story=story, by=cast.reporter, now=NOW - HOUR)
    KeptForm.objects.create(
        user=cast.reporter, story=story, key="k" * 32, fields=[["headline", KEPT]], based_on=1, kept_at=NOW - HOUR
    )
    story.refresh_from_db()
    return Scene(state, cast, story, _args(story, link, edition))


def _correct(story: Story, cast: Any) -> None:
    rows = rows_full_of(PUBLIC, story, cast)
    rows.story.headline = f"{PUBLIC}更正标题"
    save_story(rows=rows, by=cast.reporter, now=MONDAY + 3 * HOUR)
    submit_story(story=story, by=cast.reporter, now=MONDAY + 3 * HOUR)
    approve_story(story=story, by=cast.editor, now=MONDAY + 3 * HOUR)
    publish_story(story=story, by=cast.chief_editor, change="correction", note="更正", now=MONDAY + 4 * HOUR)
    save_story(rows=rows_full_of(DRAFT, story, cast), by=cast.reporter, now=MONDAY + 5 * HOUR)


def _listed(story: Story, cast: Any) -> ListEdition:
    """A draft of the list that names the story; its edition in force on the front page names it as well."""
    row = StoryList(name="首页头条", place=StoryList.Place.FRONT)
    content = ListContent(title="头条", items=(ItemContent(key="story", story_id=story.pk),))
    make_story_list(story_list=row, content=content, by=cast.chief_editor, now=MONDAY)
    return save_edition(story_list=row, content=content, by=cast.list_editor, now=MONDAY)


def _args(story: Story, link: PreviewLink, edition: ListEdition) -> dict[str, Any]:
    publication = Publication.objects.filter(story=story).order_by("live_from").first()
    year, month, day = (publication.get_absolute_url().split("/")[1:4]) if publication else ("2026", "03", "02")
    address = {"year": year, "month": month, "day": day, "slug": story.slug, "story_id": story.pk}
    SiteIdentity.objects.get_or_create(pk=1)
    term, _new = ConversionTerm.objects.get_or_create(simplified="松岭", defaults={"traditional": "松嶺"})
    about, _new = SitePage.objects.get_or_create(slug="about", defaults={"title": "关于", "live_from": MONDAY})
    of_list, list_id = {"object_id": edition.story_list_id}, {"list_id": edition.story_list_id}
    return {
        "articles:story": address,
        "articles:version": {**address, "number": 1},
        "articles:preview": {"signed": link.get_absolute_url().split("/")[-2]},
        "articles:section": {"slug": "news"},
        "articles:topic": {"slug": "spring"},
        "articles:contributor": {"slug": "lin-yi"},
        "articles:source": {"slug": "paper"},
        "articles:story_qr": address,
        "articles:archive_month": {"year": year, "month": month},
        "articles:archive_day": {"year": year, "month": month, "day": day},
        "articles:site_page": {"slug": "about"},
        "articles:site_feed": {"format": "atom"},
        "articles:subject_feed": {"subject": "section", "slug": "news", "format": "atom"},
        "articles:list_feed": {**list_id, "format": "json"},
        "articles:sitemap_stories": {"number": 0},
        "articles:stylesheet": {"digest": "0" * 12},
        "articles:logo": {"appearance": "light", "digest": "0" * 12},
        **{f"admin:articles_siteidentity_{name}": {"object_id": 1} for name in ("change", "history", "delete")},
        **{f"admin:articles_sitepage_{name}": {"object_id": about.pk} for name in ("change", "history", "delete")},
        **{f"admin:articles_conversionterm_{name}": {"object_id": term.pk} for name in ("change", "history", "delete")},
        **{f"admin:articles_storylist_{name}": of_list for name in ("change", "history", "delete")},
        **{f"admin:articles_storylist_{name}": list_id for name in ("edition_new", "edition_preview", "explain")},
        "admin:articles_storylist_edition": {**list_id, "edition_id": edition.pk},
    }
