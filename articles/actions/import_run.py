"""Writing what an import format has read: one file, one transaction, and an ImportRun that keeps the raw original.

Importing the same file again changes nothing. A story that somebody has edited since its import is left alone, and so
is the list of headlines beside it (`import_list.py`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles import clock, permissions
from articles.actions.activity import author
from articles.actions.copyright_notice import save_copyright_notice
from articles.actions.import_list import import_headlines
from articles.actions.import_report import ImportedList, ImportedStory, ImportOutcome
from articles.actions.locking import lock_story
from articles.actions.publication import publish_story
from articles.actions.story import save_story
from articles.chinese import bigrams, comparison_key, slug_for, to_simplified
from articles.html import paragraphs, plain_text, storable
from articles.import_formats import ImportFormat
from articles.import_formats.values import Damage, ReadNotice, ReadPage, ReadRelated
from articles.models import (
    CopyrightNotice,
    ImportRun,
    RelatedLink,
    Revision,
    Section,
    Source,
    Story,
    StoryRows,
    Subsection,
)

# Where imported stories go when no section is named; made when it is missing.
DEFAULT_SECTION = {"slug": "reprints", "name": "转载", "position": 900}

# From this likeness of openings on, two pages with one headline are one story. Edited pages and teasers lie near 1.
SAME_STORY = 0.75


@dataclass(frozen=True)
class ImportOptions:
    """How a file is to be read and what is to be done with it."""

    format: ImportFormat
    to_simplified: bool = False
    publish: bool = False
    section_slug: str = ""
    encoding: str | None = None
    dry_run: bool = False


def import_file(
    *, raw: bytes, file_name: str, options: ImportOptions, by: Any, now: datetime | None = None
) -> ImportOutcome:
    """Read `raw` and store what it holds.

    Raises UnreadableFile when it cannot be read without guessing, ValidationError when what it says cannot be stored
    or the section is unknown, PermissionDenied. Nothing is stored then, and nothing on a dry run.
    """
    now = now or clock.now()
    if not permissions.can_import(by):
        raise PermissionDenied(_("You may not import stories."))
    page = options.format.read(raw, simplified=options.to_simplified, encoding=options.encoding)
    with transaction.atomic():
        outcome = _Import(page, options, by, now).store(raw, file_name)
        if options.dry_run:
            transaction.set_rollback(True)
    return outcome


class _Import:
    """One file on its way into the database."""

    def __init__(self, page: ReadPage, options: ImportOptions, by: Any, now: datetime) -> None:
        self.page, self.options, self.by, self.now = page, options, by, now
        text = "".join([page.headline, *page.opening])
        self.language = "zh-hans" if to_simplified(text) == text else "zh-hant"

    def store(self, raw: bytes, file_name: str) -> ImportOutcome:
        page = self.page
        self.run = ImportRun.objects.create(
            at=self.now,
            user=author(self.by),
            format=self.options.format.name,
            file_name=storable(file_name)[-255:],
            encoding=page.encoding,
            raw=raw,
            raw_digest=hashlib.sha256(raw).hexdigest(),
            options={"to_simplified": self.options.to_simplified, "publish": self.options.publish},
        )
        self.section = self._section()
        self.source, notice = self._source(page.notice)
        related = [self._related_story(item) for item in page.related]
        own = self._page_story(related)
        story_list = self._headlines(own.story) if page.headlines else None
        with_id = not self.options.dry_run
        outcome = ImportOutcome(
            stories=[story.report(with_id=with_id) for story in [own, *related]],
            headlines=list(page.headlines),
            repairs={repair.kind: repair.count for repair in page.repairs},
            notice=notice,
            story_list=story_list.report(with_id=with_id) if story_list else None,
        )
        self._keep_run(outcome)
        return outcome

    def _keep_run(self, outcome: ImportOutcome) -> None:
        """Keep the run with its report, unless nothing has changed."""
        if outcome.changed_nothing:
            self.run.delete()
            return
        self.run.created, self.run.updated = outcome.count("created"), outcome.count("updated")
        self.run.skipped = outcome.count("skipped")
        self.run.report = {
            "stories": outcome.stories,
            "headlines": outcome.headlines,
            "repairs": outcome.repairs,
            "notice": outcome.notice,
            **({"list": outcome.story_list} if outcome.story_list else {}),
        }
        self.run.save()

    def _section(self) -> Section:
        if self.options.section_slug:
            section = Section.objects.filter(slug=self.options.section_slug).first()
            if section is None:
                raise ValidationError(_("There is no section “%s”.") % self.options.section_slug)
            return section
        return Section.objects.get_or_create(slug=DEFAULT_SECTION["slug"], defaults=DEFAULT_SECTION)[0]

    def _source(self, notice: ReadNotice | None) -> tuple[Source | None, str]:
        """The source the page's notice is for, known or new; and what became of the notice."""
        if notice is None or not notice.source_names:
            return None, ""
        name = notice.source_names[0]
        source = Source.objects.named(name).first()
        if source is None:
            source = Source(name=name, slug=slug_for(name, 100))
            source.full_clean()
            source.save()
        known = source.notices.filter(effective_from__lte=self.now).order_by("-effective_from").first()
        if known is None:
            made = CopyrightNotice(source=source, text=notice.text, holder=notice.holder, effective_from=self.now)
            save_copyright_notice(notice=made, by=self.by, now=self.now)
            return source, "created"
        # Another wording is not taken over: a notice speaks for every story of the source from then on.
        return source, "known" if comparison_key(known.text) == comparison_key(notice.text) else "differs"

    def _page_story(self, related: list[ImportedStory]) -> ImportedStory:
        page = self.page
        rows = StoryRows(
            self._story(page.headline, page.opening),
            [
                Subsection(heading=part.heading, figures=part.figures, body=paragraphs("\n\n".join(part.paragraphs)))
                for part in page.subsections
            ],
            [],
            [
                RelatedLink(related_story=target.story, teaser=_cut(item.teaser, "teaser"))
                for target, item in zip(related, page.related, strict=True)
            ],
        )
        return self._save(rows, self._damages(""), page.headline, page.opening)

    def _related_story(self, item: ReadRelated) -> ImportedStory:
        """A short story of headline and teaser, unless the story is known already."""
        damages = self._damages(item.headline + item.teaser)
        story = self._story(item.headline, (item.teaser,), least_likeness=0)
        if story.pk and not _is_headline_only(story):
            return self._published_if_asked(ImportedStory(story, "skipped", "", damages))
        return self._save(StoryRows(story), damages, item.headline, (item.teaser,))

    def _headlines(self, story: Story) -> ImportedList:
        """The page's headlines, as a list beside its story."""
        return import_headlines(
            story=story,
            headlines=self.page.headlines,
            find=self._story_of_headline,
            draft=self._draft_of_headline,
            file_name=self.run.file_name,
            by=self.by,
            now=self.now,
        )

    def _story_of_headline(self, headline: str) -> Story | None:
        """The stored story of a headline, whether an import brought it or somebody wrote it here."""
        imported = self._story(headline, (), least_likeness=0)
        return imported if imported.pk else Story.objects.filter(headline=headline, binned_at=None).first()

    def _draft_of_headline(self, headline: str) -> Story:
        """A draft that has nothing but its headline yet. It is never published by an import."""
        story = self._story(headline, (), least_likeness=0)
        comment = _("From the headlines of “%(page)s”; the text is still to come.") % {"page": self.page.headline}
        save_story(rows=StoryRows(story), by=self.by, comment=comment[:200], now=self.now, import_run=self.run)
        return story

    def _damages(self, related_text: str) -> tuple[Damage, ...]:
        """The damaged places of one related story, or, for "", those of the page itself and all that is left over.

        Damaged places stay in the text as they were, and the related stories stand at the end of a page.
        """
        related = ["".join([item.headline, item.teaser]) for item in self.page.related]
        by_text: dict[str, list[Damage]] = {}
        for place in self.page.damages:
            by_text.setdefault(place.text, []).append(place)
        found = []
        for text, places in by_text.items():
            counts = [item.count(text) for item in related]
            own = max(len(places) - sum(counts), 0)
            starts = [own + sum(counts[:number]) for number in range(len(counts))]
            if not related_text:
                found += places[:own]
            elif related_text in related:
                number = related.index(related_text)
                found += places[starts[number] : starts[number] + counts[number]]
        return tuple(sorted(found, key=lambda place: (place.line, place.column)))

    def _story(self, headline: str, opening: tuple[str, ...], *, least_likeness: float = SAME_STORY) -> Story:
        """The stored story of this headline whose opening is most like, and like enough; or a new one."""
        digest = hashlib.sha256(comparison_key(headline).encode()).hexdigest()[:40]
        key = f"{self.options.format.name}:{digest}"
        text = "".join(opening)
        namesakes = list(Story.objects.filter(import_key__startswith=key).order_by("pk"))
        story = max(namesakes, key=lambda row: _likeness(text, row), default=None)
        if story is not None and _likeness(text, story) < least_likeness:
            # A headline that comes back, such as that of a weather report, over another text.
            story, key = None, f"{key}:{hashlib.sha256(text.encode()).hexdigest()[:12]}"
        if story is None:
            story = Story(import_key=key, section=self.section, language=self.language)
            story.headline, story.opening, story.source = headline, paragraphs("\n\n".join(opening)), self.source
        return story

    def _save(
        self, rows: StoryRows, damages: tuple[Damage, ...], headline: str, opening: tuple[str, ...]
    ) -> ImportedStory:
        story = rows.story
        if story.pk and lock_story(story.pk).binned_at is not None:  # locked: nobody's edit slips in from here on
            return ImportedStory(story, "skipped", "in the bin", damages)
        before: Revision | None = story.revisions.first() if story.pk else None
        if before is not None:
            if before.import_run_id is None:
                return ImportedStory(story, "skipped", "edited since its import", damages)
            story.headline, story.source = headline, self.source or story.source
            story.opening, story.language = paragraphs("\n\n".join(opening)), self.language
        revision = save_story(rows=rows, by=self.by, now=self.now, import_run=self.run)
        outcome = "created" if before is None else "skipped" if revision == before else "updated"
        return self._published_if_asked(ImportedStory(story, outcome, "", damages))

    def _published_if_asked(self, imported: ImportedStory) -> ImportedStory:
        story = imported.story
        if not self.options.publish or (imported.outcome == "skipped" and story.has_publications):
            return imported
        if _is_headline_only(story):
            return replace(imported, reason="no text yet")
        if story.has_publications and not story.publications.listed(self.now).exists():
            # Somebody has taken it from readers, or back: that stands.
            scheduled = story.publications.upcoming(self.now).exists()
            return replace(imported, reason="scheduled by somebody" if scheduled else "not public any more")
        # Nobody at the desk has read it or can say what has changed: it goes out in the name of who ran the import.
        reason = _("Imported from %(file)s.") % {"file": self.run.file_name}
        publish_story(story=story, by=self.by, change="minor", override=reason, now=self.now)
        # Published now for the first time: something has changed after all.
        return replace(imported, outcome="updated") if imported.outcome == "skipped" else imported


def _is_headline_only(story: Story) -> bool:
    """Whether it came with the headlines of a page, and has no text so far."""
    return not story.opening and not story.subsections.exists()


def _likeness(text: str, story: Story) -> float:
    """How much two openings share, from 0 to 1: two-character tokens in common, of the shorter one's."""
    ours, theirs = set(bigrams(text)), set(bigrams(plain_text(story.opening)))
    shorter = min(len(ours), len(theirs))
    return len(ours & theirs) / shorter if shorter else 1.0


def _cut(text: str, field_name: str) -> str:
    """A teaser that fits its column; the whole text is the related story's own."""
    limit = RelatedLink._meta.get_field(field_name).max_length
    return text if len(text) <= limit else text[: limit - 1] + "…"
