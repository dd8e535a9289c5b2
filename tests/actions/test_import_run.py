"""Writing what a format has read: once, never over somebody's work, and with the original kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.actions import publish_story, save_story, withdraw_story
from articles.actions.import_run import ImportOptions, ImportOutcome, import_file
from articles.actions.locking import lock_story
from articles.import_formats import format_named
from articles.import_formats.values import UnreadableFile
from articles.models import (
    CopyrightNotice,
    ImportRun,
    ListRevision,
    Publication,
    Revision,
    Section,
    Source,
    Story,
    StoryRows,
)
from tests.builders import MONDAY, OPERATOR, a_section
from tests.page import page

PAGE = """松岭县开出两趟务工专车
三月的松岭县，清早的车站已经站满了准备出门的人。县里安排了两趟专车，车票由县里承担。
专车送到厂门口
两趟专车 八十六个座位
头一趟车上坐着四十一人，随车的医生给每人量了体温，又发了一瓶热水。
车到台州以后，厂里的班车接着把人送进宿舍，当晚就能住下。
留下的人也有活干
三个车间 一百二十个岗位
走不开的人在村里的车间做来料加工，按件算钱，一天能挣八十元上下。
版权声明：凡注明“来源：山里新闻网”的所有作品，版权归山里文化传播公司。转载须注明来源和作者。
-
九溪县把招工消息送进村
大喇叭里念岗位，手机上看岗位，不让一条消息漏掉。[详细] -
州里设七千个公益岗位
护路、保洁、巡山，先让走不开的人有份收入。[详细]
- 山口公路今晚封闭抢修
- 州图书馆延长开放时间
"""


def run(text: str | bytes = PAGE, *, by: Any = OPERATOR, now: Any = MONDAY, **options: Any) -> ImportOutcome:
    raw = text.encode() if isinstance(text, str) else text
    asked = ImportOptions(format=format_named("page_text"), **options)
    return import_file(raw=raw, file_name="page.txt", options=asked, by=by, now=now)


def counts(outcome: ImportOutcome) -> tuple[int, int, int]:
    return outcome.count("created"), outcome.count("updated"), outcome.count("skipped")


def everything() -> dict[str, int]:
    return {
        model.__name__: model.objects.count()
        for model in (Story, Revision, Publication, ImportRun, Source, ListRevision)
    }


@pytest.mark.django_db
class TestFirstImport:
    def test_import_stores_all_parts(self) -> None:
        """Headline, opening, subsections with figures lines, related stories, source and notice are stored."""
        outcome = run()
        story = Story.objects.get(headline="松岭县开出两趟务工专车")
        assert counts(outcome) == (3, 0, 0)
        assert [(row.heading, row.figures) for row in story.subsections.all()] == [
            ("专车送到厂门口", "两趟专车 八十六个座位"),
            ("留下的人也有活干", "三个车间 一百二十个岗位"),
        ]
        assert story.subsections.first().body.count("<p>") == 2
        assert story.opening.startswith("<p>三月的松岭县")
        assert [row.related_story.headline for row in story.related_links.all()] == [
            "九溪县把招工消息送进村",
            "州里设七千个公益岗位",
        ]
        assert story.related_links.first().teaser == "大喇叭里念岗位，手机上看岗位，不让一条消息漏掉。"
        assert story.source.name == "山里新闻网"
        notice = CopyrightNotice.objects.get()
        assert (notice.source, notice.holder, notice.effective_from) == (story.source, "山里文化传播公司", MONDAY)
        assert story.section.slug == "reprints"

    def test_import_keeps_original_and_headline_list(self) -> None:
        """The run keeps the bytes as they were, their encoding, and the headline list."""
        raw = PAGE.encode("gb18030")
        run(raw)
        kept = ImportRun.objects.get()
        assert bytes(kept.raw) == raw
        assert kept.encoding == "gb18030"
        assert kept.report["headlines"] == ["山口公路今晚封闭抢修", "州图书馆延长开放时间"]
        assert (kept.created, kept.updated, kept.skipped) == (3, 0, 0)

    def test_import_reports_the_page_first(self) -> None:
        """The page's own story is the first of the report, with the numbers of its parts."""
        own = run().stories[0]
        assert own["headline"] == "松岭县开出两趟务工专车"
        assert (own["subsections"], own["related_links"], own["damaged"]) == (2, 2, [])

    def test_import_without_publish_leaves_drafts(self) -> None:
        """Nothing is public unless it was asked for."""
        outcome = run()
        assert Publication.objects.count() == 0
        assert outcome.stories[0]["url"].endswith(f"/admin/articles/story/{outcome.stories[0]['id']}/change/")

    def test_import_with_publish_shows_the_page(self, client: Any, reading_at: Any) -> None:
        """With publish, the address of the report shows every part and the notice of the source."""
        own = run(publish=True).stories[0]
        reading_at(MONDAY + timedelta(minutes=1))
        answer = client.get(own["url"].removeprefix("http://localhost:8000"))
        text = page(answer).text
        assert answer.status_code == 200
        for part in ("专车送到厂门口", "三个车间 一百二十个岗位", "山里文化传播公司", "大喇叭里念岗位", "山里新闻网"):
            assert part in text

    def test_import_goes_to_named_section(self) -> None:
        """A named section is used; an unknown one is refused and nothing is stored."""
        section = a_section("要闻", "news")
        run(section_slug="news")
        imported = Story.objects.filter(section=section).count()
        assert imported == 5
        with pytest.raises(ValidationError):
            run(PAGE.replace("两趟", "三趟"), section_slug="nowhere")
        assert Story.objects.count() == imported
        assert not Section.objects.filter(slug="nowhere").exists()

    def test_dry_run_stores_nothing(self) -> None:
        """A dry run says what would happen and stores nothing."""
        outcome = run(publish=True, dry_run=True)
        assert counts(outcome) == (3, 0, 0)
        assert outcome.stories[0]["id"] is None
        assert set(everything().values()) == {0}

    def test_import_needs_permission(self, cast: Any) -> None:
        """Reporters and editors may not import; a chief editor may, and is recorded as the author."""
        for person in (cast.reporter, cast.editor, cast.outsider):
            with pytest.raises(PermissionDenied):
                run(by=person)
        run(by=cast.chief_editor)
        assert set(Story.objects.values_list("created_by", flat=True)) == {cast.chief_editor.pk}

    def test_unreadable_file_stores_nothing(self) -> None:
        """A file that cannot be read without guessing is refused as a whole."""
        with pytest.raises(UnreadableFile):
            run(PAGE.rstrip().encode()[:-1])
        assert set(everything().values()) == {0}

    def test_headline_too_long_for_a_story_is_refused(self) -> None:
        """A headline beyond the column's length is a message, not a database error, and nothing is stored."""
        with pytest.raises(ValidationError):
            run("长" * 150 + "\n" + "导语在这里，写得长一些也没有关系。\n")
        assert set(everything().values()) == {0}


@pytest.mark.django_db
class TestSecondImport:
    def test_same_file_changes_nothing(self) -> None:
        """Importing the same file again skips everything and adds no row anywhere."""
        run(publish=True)
        before = everything()
        assert counts(run(publish=True, now=MONDAY + timedelta(hours=1))) == (0, 0, 3)
        assert everything() == before

    def test_traditional_file_is_the_same_story(self) -> None:
        """The page in Traditional characters is recognised as the one that was imported in Simplified."""
        run("東西部協作送崗位\n三月的縣城，車站裡站滿了準備出門的人，車票由縣裡承擔。\n", to_simplified=True)
        again = run("东西部协作送岗位\n三月的县城，车站里站满了准备出门的人，车票由县里承担。\n")
        assert counts(again) == (0, 0, 1)

    def test_changed_file_updates_the_story(self) -> None:
        """A file that has changed makes a new version, published when asked for."""
        run(publish=True)
        outcome = run(PAGE.replace("四十一人", "四十二人"), publish=True, now=MONDAY + timedelta(hours=1))
        assert counts(outcome) == (0, 1, 2)
        story = Story.objects.get(headline="松岭县开出两趟务工专车")
        live = story.publications.live(MONDAY + timedelta(hours=2)).get()
        assert "四十二人" in live.content.subsections[0].body

    def test_same_headline_over_another_text_is_another_story(self) -> None:
        """A headline that comes back does not put one report in the place of another."""
        run("今日天气预报提示信息\n今天白天全州多云间晴，高山路段有霜冻，司机请减速慢行，注意防滑。\n", publish=True)
        second = "今日天气预报提示信息\n受冷空气影响，北部三县夜里转小雪，牧区请做好牲畜防寒，学校暂停早操。\n"
        assert counts(run(second, publish=True)) == (1, 0, 0)
        assert counts(run(second, publish=True)) == (0, 0, 1)
        assert counts(run(second.replace("暂停早操", "推迟早操"), publish=True)) == (0, 1, 0)
        openings = (
            Story.objects.filter(headline="今日天气预报提示信息").order_by("pk").values_list("opening", flat=True)
        )
        assert ["霜冻" in openings[0], "推迟早操" in openings[1]] == [True, True]

    def test_damage_is_told_of_the_story_it_is_in(self) -> None:
        """The same damage in the page's own text and in a teaser is told once of each, with its own line."""
        damaged = PAGE.replace("车票由县里承担", "當?shù)馗鬣l(xiāng)镇承担")
        damaged = damaged.replace("不让一条消息", "當?shù)馗鬣l(xiāng)不让一条消息")
        by_headline = {story["headline"]: story["damaged"] for story in run(damaged).stories}
        lines = {headline: [place["line"] for place in places] for headline, places in by_headline.items()}
        assert lines["松岭县开出两趟务工专车"] == [2]
        assert len(lines["九溪县把招工消息送进村"]) == 1
        assert lines["九溪县把招工消息送进村"][0] > 10
        assert lines["州里设七千个公益岗位"] == []

    def test_edited_story_is_left_alone(self) -> None:
        """A story somebody has edited since its import is skipped, whatever the file says now."""
        run()
        story = Story.objects.get(headline="松岭县开出两趟务工专车")
        rows = StoryRows.stored(story)
        rows.story.subtitle = "编辑补上的副题"
        save_story(rows=rows, by=OPERATOR, now=MONDAY)
        outcome = run(PAGE.replace("四十一人", "四十二人"))
        assert outcome.stories[0]["outcome"] == "skipped"
        assert outcome.stories[0]["reason"] == "edited since its import"
        story.refresh_from_db()
        assert story.subtitle == "编辑补上的副题"

    def test_withdrawn_story_is_not_published_again(self) -> None:
        """What an editor has withdrawn stays withdrawn, also when the file has changed."""
        run(publish=True)
        story = Story.objects.get(headline="松岭县开出两趟务工专车")
        withdraw_story(story=story, by=OPERATOR, note="核实中", now=MONDAY + timedelta(hours=1))
        later = MONDAY + timedelta(hours=2)
        outcome = run(PAGE.replace("四十一人", "四十二人"), publish=True, now=later)
        assert outcome.stories[0]["outcome"] == "updated"
        assert outcome.stories[0]["reason"]
        assert not story.publications.live(later + timedelta(minutes=1)).exists()

    def test_retracted_story_is_not_published_again(self) -> None:
        """Its old text must not come back over the retraction."""
        run(publish=True)
        story = Story.objects.get(headline="松岭县开出两趟务工专车")
        later = MONDAY + timedelta(hours=1)
        publish_story(story=story, by=OPERATOR, change="retraction", note="不实", now=later)
        run(PAGE.replace("四十一人", "四十二人"), publish=True, now=later + timedelta(hours=1))
        assert story.publications.latest("live_from").is_retraction

    def test_publish_later_publishes_what_was_imported(self) -> None:
        """Importing again with publish makes drafts public."""
        run()
        assert counts(run(publish=True, now=MONDAY + timedelta(hours=1))) == (0, 3, 0)
        assert Publication.objects.count() == 3

    def test_related_story_known_already_stays_as_it_is(self) -> None:
        """A related story that was imported whole is not replaced by its teaser."""
        run("九溪县把招工消息送进村\n九溪县的大喇叭每天早晚各念一遍岗位，念到的人当天就能报名。\n")
        outcome = run()
        assert counts(outcome) == (2, 0, 1)
        known = Story.objects.get(headline="九溪县把招工消息送进村")
        assert "早晚各念一遍" in known.opening
        assert known.linked_from.count() == 1

    def test_source_is_found_by_its_name_in_english(self) -> None:
        source = Source(name="山里传媒", name_english="Mountain Media", slug="shanli")
        source.full_clean()
        source.save()
        run(PAGE.replace("山里新闻网", "Mountain media"))
        assert Story.objects.get(headline="松岭县开出两趟务工专车").source == source
        assert Source.objects.count() == 1

    def test_source_is_found_by_its_other_name(self) -> None:
        """A source known under an alias is used, and its notice is not replaced by another wording."""
        source = Source.objects.create(name="山里传媒", name_key="山里传媒", slug="shanli")
        source.aliases.create(name="山里新闻网", name_key="山里新闻网")
        CopyrightNotice.objects.create(source=source, text="本报的声明。", effective_from=MONDAY - timedelta(days=9))
        outcome = run()
        assert outcome.notice == "differs"
        assert Story.objects.get(headline="松岭县开出两趟务工专车").source == source
        assert CopyrightNotice.objects.count() == 1

    def test_scheduled_story_is_not_disturbed(self) -> None:
        """An unchanged story that somebody has scheduled keeps its schedule."""
        run()
        story = Story.objects.get(headline="松岭县开出两趟务工专车")
        publish_story(story=story, by=OPERATOR, at=MONDAY + timedelta(days=1), now=MONDAY)
        run(publish=True, now=MONDAY + timedelta(hours=1))
        assert story.publications.count() == 1

    def test_edit_in_the_moment_of_an_import_is_left_alone(self, monkeypatch) -> None:
        """Who edited a story last is asked when nobody can save it any more."""
        run()
        later = MONDAY + timedelta(hours=1)

        def saved_just_before(story_id: int) -> Story:
            rows = StoryRows.stored(Story.objects.get(pk=story_id))
            rows.story.subtitle = "编辑补上的副题"
            save_story(rows=rows, by=OPERATOR, now=later)
            return lock_story(story_id)

        monkeypatch.setattr("articles.actions.import_run.lock_story", saved_just_before)
        outcome = run(PAGE.replace("四十一人", "四十二人"), now=later)
        assert outcome.stories[0]["reason"] == "edited since its import"
        assert Story.objects.get(headline="松岭县开出两趟务工专车").subtitle == "编辑补上的副题"
