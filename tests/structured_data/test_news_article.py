"""NewsArticle, field by field against the story."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from articles.structured_data import Change
from tests.builders import MONDAY
from tests.structured_data.told import ADDRESS, BYLINE, HOUR, NOTICE, a_content, credit, told


def names(people: list[dict]) -> list[str]:
    return [each["name"] for each in people]


def test_story_is_known_by_its_address():
    said = told()
    assert (said["@type"], said["@id"], said["url"]) == ("NewsArticle", f"{ADDRESS}#article", ADDRESS)
    assert said["mainEntityOfPage"] == {"@type": "WebPage", "@id": ADDRESS}
    assert said["isPartOf"]["@id"] == "https://news.example.org/#website"
    assert said["publisher"] == {
        "@type": "NewsMediaOrganization",
        "@id": "https://news.example.org/#publisher",
        "name": "松岭新闻",
    }


def test_headlines_are_told_once_each():
    """Kicker, subtitle and short headline beside the headline; one that says the same is not said again."""
    content = a_content(kicker="春运", subtitle="首日八百人", short_headline="春运")
    assert told(content)["headline"] == "松岭县新开两趟务工专车"
    assert told(content)["alternativeHeadline"] == ["春运", "首日八百人"]
    assert "alternativeHeadline" not in told(a_content(short_headline="松岭县新开两趟务工专车"))


def test_moments_have_the_offset_of_the_newsroom(settings):
    """Whatever zone the machine is in, and whatever the season."""
    said = told(first=MONDAY, begun=MONDAY + 30 * HOUR)
    assert said["datePublished"] == "2026-03-02T09:00:00+08:00"
    assert said["dateModified"] == "2026-03-03T15:00:00+08:00"
    settings.TIME_ZONE = "Europe/Zurich"
    summer = datetime(2026, 7, 1, 10, tzinfo=UTC)
    assert told(first=MONDAY, begun=summer)["datePublished"] == "2026-03-02T02:00:00+01:00"
    assert told(first=MONDAY, begun=summer)["dateModified"] == "2026-07-01T12:00:00+02:00"


def test_people_stand_where_their_role_belongs():
    said = told()
    assert names(said["author"]) == ["林一", "何二"]
    assert names(said["contributor"]) == ["孙三"]
    assert names(said["translator"]) == ["李四"]
    assert names(said["editor"]) == ["唐五"]


def test_person_has_the_page_and_the_title_of_a_contributor():
    """Whoever is no contributor any more has the name only."""
    lin, he = told()["author"]
    assert lin == {
        "@type": "Person",
        "@id": "https://news.example.org/contributor/lin-yi/#person",
        "name": "林一",
        "url": "https://news.example.org/contributor/lin-yi/",
        "jobTitle": "首席记者",
    }
    assert he == {"@type": "Person", "name": "何二"}


def test_person_is_called_as_the_version_called_them():
    """A new name of the contributor does not rewrite what was published."""
    assert names(told(a_content(byline=(credit(1, "林一（笔名）", "reporter"),)))["author"]) == ["林一（笔名）"]


def test_story_without_a_writer_is_from_its_source():
    editor_only = BYLINE[-1:]
    assert told(a_content(byline=editor_only))["author"] == [{"@type": "Organization", "name": "松岭日报"}]
    nobody = told(a_content(byline=(), source=None))
    assert nobody["author"] == [nobody["publisher"]]
    assert nobody["creditText"] == "松岭新闻"
    assert "sourceOrganization" not in nobody


def test_reprint_names_what_it_is_made_from():
    """Original title, author, address, and the source as its publisher (来源、原作者、原标题)."""
    content = a_content(
        byline=(), original_title="原题", original_author="原作者", original_url="https://example.org/original"
    )
    said = told(content, source_homepage="https://example.org/")
    assert said["isBasedOn"] == {
        "@type": "Article",
        "headline": "原题",
        "author": {"@type": "Person", "name": "原作者"},
        "url": "https://example.org/original",
        "publisher": {"@type": "Organization", "name": "松岭日报"},
    }
    assert said["author"] == [{"@type": "Person", "name": "原作者"}]
    assert said["sourceOrganization"] == {
        "@type": "Organization",
        "name": "松岭日报",
        "url": "https://example.org/",
    }
    assert said["creditText"] == "原作者 / 松岭日报"
    assert "isBasedOn" not in told()


def test_rights_are_those_of_the_notice():
    said = told(rights=NOTICE)
    assert said["copyrightNotice"] == "版权归松岭日报社所有。"
    assert said["copyrightHolder"] == {"@type": "Organization", "name": "松岭日报社"}
    assert said["copyrightYear"] == 2026
    assert said["license"] == "https://example.org/licence"
    assert said["usageInfo"] == {"@type": "CreativeWork", "text": "转载须注明来源"}
    assert said["acquireLicensePage"] == "https://example.org/buy"
    assert said["creditText"] == "林一、何二 / 松岭日报"


def test_year_is_that_of_the_newsrooms_zone():
    """New Year's night in Beijing is still the old year in UTC."""
    night = datetime(2025, 12, 31, 17, tzinfo=UTC)
    assert told(rights=NOTICE, first=night, begun=night)["copyrightYear"] == 2026


def test_without_a_notice_no_rights_are_claimed():
    said = told()
    claims = {"copyrightNotice", "copyrightHolder", "copyrightYear", "license", "usageInfo", "acquireLicensePage"}
    assert not claims & said.keys()
    assert said["creditText"] == "林一、何二 / 松岭日报"


def test_corrections_are_told_and_updates_are_not():
    """An update goes on with the story; nothing was wrong."""
    changes = [
        Change("correction", "更正", "两趟，不是三趟。", MONDAY + 3 * HOUR),
        Change("update", "更新", "加了时刻表。", MONDAY + 2 * HOUR),
        Change("clarification", "说明", "时间为北京时间。", MONDAY + HOUR),
    ]
    first, second = told(changes=changes)["correction"]
    assert first == {
        "@type": "CorrectionComment",
        "name": "更正",
        "genre": "correction",
        "text": "两趟，不是三趟。",
        "datePublished": "2026-03-02T12:00:00+08:00",
    }
    assert (second["genre"], second["text"]) == ("clarification", "时间为北京时间。")
    assert "correction" not in told(changes=changes[1:2])


def test_retracted_story_says_so_and_why():
    change = Change("retraction", "撤稿", "消息不实。", MONDAY + HOUR)
    said = told(changes=[change], is_retracted=True, headline="撤稿：旧题", begun=MONDAY + HOUR)
    assert (said["creativeWorkStatus"], said["headline"]) == ("Retracted", "撤稿：旧题")
    assert said["correction"][0]["genre"] == "retraction"
    assert "creativeWorkStatus" not in told()


def test_text_itself_is_never_told():
    """It stands on the page; and what was taken back is said nowhere again."""
    said = json.dumps(told(a_content(opening="<p>正文暗号</p>")), ensure_ascii=False)
    assert "articleBody" not in said
    assert "暗号" not in said


def test_length_is_that_of_the_page():
    """Characters of a Chinese text, words of an English one."""
    assert told(a_content(opening="<p>三月二日，专车开出。</p>"))["wordCount"] == 10
    assert told(a_content(opening="<p>Two trains left at 7:30.</p>"), language="en")["wordCount"] == 5


@pytest.mark.parametrize("code", ["trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia"])
def test_what_a_machine_made_is_named_by_iptcs_code(code):
    said = told(a_content(digital_source_type=code))
    assert said["digitalSourceType"] == f"http://cv.iptc.org/newscodes/digitalsourcetype/{code}"
    assert "digitalSourceType" not in told()


def test_english_story_is_told_in_english_marks():
    said = told(language="en", content=a_content(dateline="Songling"))
    assert (said["inLanguage"], said["dateline"]) == ("en", "Songling")
    assert said["creditText"] == "林一, 何二 / 松岭日报"


def test_story_with_nothing_has_no_empty_field():
    said = told(a_content(byline=(), section=None, topics=(), source=None))
    assert all(value not in (None, "", [], {}) for value in said.values())
    assert {"articleSection", "keywords", "dateline", "editor", "correction"}.isdisjoint(said)
    assert said["isAccessibleForFree"] is True
    assert told()["keywords"] == ["务工", "春运"]
    assert told()["articleSection"] == "要闻"
