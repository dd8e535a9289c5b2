"""The story page: every part a story has, and what it may load, set and cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings as site

from articles.actions import publish_story, save_copyright_notice, save_story, write_note
from articles.models import Contributor, CopyrightNotice, Publication, Source, Topic
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, story_rows
from tests.page import inline_code, outside_addresses, page

HOUR = timedelta(hours=1)


def a_source(name: str = "松岭日报", slug: str = "songling") -> Source:
    return Source.objects.get_or_create(slug=slug, defaults={"name": name, "name_key": name})[0]


def a_notice(text: str, **values) -> CopyrightNotice:
    notice = CopyrightNotice(**{"source": a_source(), "text": text, "effective_from": MONDAY - HOUR, **values})
    return save_copyright_notice(notice=notice, by=OPERATOR, now=MONDAY - 2 * HOUR)


def a_full_publication() -> Publication:
    """A story with everything a story can have; marked as English, so that the words around it are known here."""
    lin = Contributor.objects.create(name="林一", slug="lin-yi")
    he = Contributor.objects.create(name="何二", slug="he-er")
    tang = Contributor.objects.create(name="唐三", slug="tang-san")
    a_notice(
        "版权归松岭日报社所有。", holder="松岭日报社", usage_terms="转载须注明来源", licence_url="https://example.org/l"
    )
    return a_publication(
        "松岭县新开两趟务工专车",
        kicker="春运进行时",
        subtitle="首日送出八百余人",
        summary="两趟专车从松岭直达省城。",
        opening="<p>三月二日清晨，专车开出。</p>",
        subsections=[
            (f"第{number}节", f"{number}00人 {number}趟", f"<p>第{number}节的正文。</p>") for number in (1, 2, 3)
        ],
        bylines=[(lin, "reporter"), (he, "reporter"), (tang, "responsible_editor"), (he, "photographer")],
        source=a_source(),
        topics=[Topic.objects.create(name="务工", slug="wugong")],
        related=[a_publication("关联的报道", summary="关联的摘要").story, ("https://example.org/x", "外站的报道")],
        dateline="松岭",
        original_title="原来的标题",
        original_author="原来的作者",
        original_url="https://example.org/original",
        language="en",
    )


@pytest.fixture
def full(db, client):
    return page(client.get(a_full_publication().get_absolute_url()))


# All parts


def test_page_shows_headlines_and_text(full):
    """Each part is marked up as what it is."""
    assert full.one("title").text.startswith("松岭县新开两趟务工专车")
    assert full.one("h1").text == "松岭县新开两趟务工专车"
    header = full.one(css_class="story-header")
    assert header.one(css_class="kicker").text == "春运进行时"
    assert header.one(css_class="subtitle").text == "首日送出八百余人"
    assert header.one(css_class="eyebrow").one("a").attributes["href"] == "/section/news/"
    assert full.one("p", css_class="summary").text == "两趟专车从松岭直达省城。"
    assert full.one("meta", name="description").attributes["content"] == "两趟专车从松岭直达省城。"
    assert full.all(css_class="story-text")[0].one("p").text == "三月二日清晨，专车开出。"


def test_page_shows_people_by_role_and_where_the_story_comes_from(full):
    """来源, reporters, photographer and the responsible editor, each linked to their page."""
    facts = {}
    for facts_list in full.all("dl", css_class="facts"):
        for entry in facts_list.all("div"):
            facts[entry.one("dt").text.lower()] = entry.one("dd")
    assert facts["source"].text == "松岭日报"
    assert [link.attributes["href"] for link in facts["reporter"].all("a")] == [
        "/contributor/lin-yi/",
        "/contributor/he-er/",
    ]
    assert facts["photographer"].text == "何二"
    assert facts["editor"].text == "唐三"
    assert facts["original title"].text == "原来的标题"
    assert facts["original author"].text == "原来的作者"
    assert facts["original story"].one("a").attributes["href"] == "https://example.org/original"


def test_page_shows_when_and_how_long(full):
    """The moment names its zone, and machines can read it; length and reading time are counted in characters."""
    meta = full.one(css_class="byline").one(css_class="meta")
    time = meta.one("time")
    assert time.text == "2 March 2026, 09:00 Beijing time"
    assert time.attributes["datetime"] == "2026-03-02T09:00:00+08:00"
    assert "words (about 1 minute)" in meta.text
    assert "松岭" in meta.text


def test_length_is_counted_in_characters(client, db):
    """Of a Chinese story: its own text, not the headline."""
    publication = a_publication(opening="<p>三月二日，专车开出。</p>", subsections=[("首日", "800人", "<p>满员</p>")])
    meta = page(client.get(publication.get_absolute_url())).one(css_class="byline").one(css_class="meta").text
    assert publication.content.characters == 16
    assert "16" in meta


def test_page_shows_subsections_as_headings_with_anchors(full):
    """A heading of two lines is one heading; its second line is the figures."""
    parts = full.all("section", css_class="story-part")
    assert [part.one("h2").attributes["id"] for part in parts] == ["part-1", "part-2", "part-3"]
    assert [part.one("h2").one(css_class="heading-line").text for part in parts] == ["第1节", "第2节", "第3节"]
    assert [part.one("h2").one(css_class="figures").text for part in parts] == ["100人 1趟", "200人 2趟", "300人 3趟"]
    assert [part.one(css_class="story-text").text for part in parts] == [f"第{n}节的正文。" for n in (1, 2, 3)]
    contents = full.one("nav", css_class="contents")
    assert [link.attributes["href"] for link in contents.all("a")] == ["#part-1", "#part-2", "#part-3"]
    assert [link.text for link in contents.all("a")] == ["第1节", "第2节", "第3节"]


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (2, 0), (3, 1)])
def test_table_of_contents_needs_three_subsections(client, db, count, shown):
    publication = a_publication(subsections=[(f"第{n}节", "", "<p>甲</p>") for n in range(count)])
    document = page(client.get(publication.get_absolute_url()))
    assert len(document.all("nav", css_class="contents")) == shown
    assert not document.all(css_class="figures")


def test_page_shows_related_stories_with_teaser_and_details(full):
    """A story gives its own headline and summary; a link to another site says that it is one."""
    first, second = full.one(css_class="related").all("li")
    target = Publication.objects.get(revision__stored__headline="关联的报道").get_absolute_url()
    assert first.one("h3").one("a").text == "关联的报道"
    assert [link.attributes["href"] for link in first.all("a")] == [target, target]
    assert first.one("p").text.startswith("关联的摘要 Details")
    assert second.one("h3").one("a").attributes["href"] == "https://example.org/x"
    assert "other site" in second.text


def test_own_words_of_a_related_link_win(client, db):
    target = a_publication("目标原题", summary="目标摘要").story
    rows = story_rows(related=[target])
    rows.related_links[0].headline, rows.related_links[0].teaser = "自拟标题", "自拟导语"
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    publication = publish_story(story=rows.story, by=OPERATOR, now=MONDAY)
    shown = page(client.get(publication.get_absolute_url())).one(css_class="related").text
    assert "自拟标题" in shown
    assert "自拟导语" in shown
    assert "目标" not in shown


def test_page_shows_the_copyright_notice_of_its_source(full):
    notice = full.one(css_class="copyright")
    assert notice.one("p").text == "版权归松岭日报社所有。"
    for words in ("松岭日报社", "转载须注明来源", "https://example.org/l"):
        assert words in notice.text
    assert [link.text for link in full.one(css_class="topics").all("a")] == ["务工"]


def test_notice_is_the_one_of_the_time_the_story_went_live(client, db, reading_at):
    """A later notice is for later stories, unless it is marked to apply to earlier ones too."""
    a_notice("旧的版权声明")
    publication = a_publication(source=a_source())
    reading_at(MONDAY + 10 * HOUR)

    def shown() -> str:
        return page(client.get(publication.get_absolute_url())).one(css_class="copyright").text

    a_notice("新的版权声明", effective_from=MONDAY + HOUR)
    assert shown() == "旧的版权声明"
    a_notice("适用于旧稿的声明", effective_from=MONDAY + 2 * HOUR, applies_to_earlier=True)
    assert shown() == "适用于旧稿的声明"
    a_notice("将来的声明", effective_from=MONDAY + 20 * HOUR, applies_to_earlier=True)
    assert shown() == "适用于旧稿的声明"


def test_page_leaves_out_what_a_story_has_not(client, db):
    """No empty headings, lists or lines."""
    document = page(client.get(a_publication(section=a_section()).get_absolute_url()))
    for css_class in ("kicker", "subtitle", "summary", "related", "copyright", "topics", "contents", "corrections"):
        assert not document.all(css_class=css_class), css_class
    assert not document.all("dt")


def test_editorial_notes_never_leave_the_desk(client, db):
    publication = a_publication()
    write_note(story=publication.story, by=OPERATOR, text="线人电话")
    assert "线人电话" not in client.get(publication.get_absolute_url()).content.decode()


def test_hostile_text_is_shown_as_text(client, db):
    """Plain fields are escaped wherever they stand, and rich text holds nothing that runs."""
    bad = '"><script>alert(1)</script>'
    publication = a_publication(
        f"标题{bad}", kicker=bad, subtitle=bad, summary=bad, dateline=bad, opening=f"<p>正文{bad}</p>",
        subsections=[(bad, bad, f"<p onclick='x()'>{bad}</p>")] * 3, related=[("https://example.org/", bad)],
        original_title=bad, original_author=bad,
    )  # fmt: skip
    response = client.get(publication.get_absolute_url())
    assert not inline_code(page(response))
    assert "<script>alert" not in response.content.decode()


# What a page may load, set and cost


def test_page_needs_nothing_inline_and_no_other_host(full):
    assert inline_code(full) == []
    assert outside_addresses(full) == []


def test_page_sets_no_cookie_and_varies_on_none(client, db):
    """One page for every reader, so that it can be cached."""
    response = client.get(a_publication().get_absolute_url())
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()
    assert response["Content-Security-Policy"] == "; ".join(
        f"{directive} {' '.join(sources)}" for directive, sources in site.SECURE_CSP.items()
    )


@pytest.mark.parametrize("others", [1, 30])
def test_page_costs_the_same_beside_few_and_many(client, db, django_assert_num_queries, others):
    """Publication, related stories, notice, neighbours, no lists; sections, identity and the pages at the foot."""
    a_notice("版权")
    targets = [a_publication(f"关联{number}").story for number in range(others)]
    publication = a_publication(related=targets, source=a_source())
    with django_assert_num_queries(8):
        response = client.get(publication.get_absolute_url())
    assert len(page(response).one(css_class="related").all("li")) == others


def test_page_without_source_links_and_lists_costs_six_queries(client, db, django_assert_num_queries):
    address = a_publication().get_absolute_url()
    with django_assert_num_queries(6):
        client.get(address)


def test_page_of_a_long_history_costs_the_same(client, db, reading_at, django_assert_num_queries):
    """Thirty corrections are read with the publication, and only the live version's text."""
    publication = a_publication(summary="第0版")
    story = publication.story
    for number in range(1, 31):
        rows = story_rows(f"第{number}版", story=story, section=story.section)
        save_story(rows=rows, by=OPERATOR, now=MONDAY + number * HOUR)
        publish_story(story=story, by=OPERATOR, note=f"更正{number}", now=MONDAY + number * HOUR)
    reading_at(MONDAY + 40 * HOUR)
    with django_assert_num_queries(6):
        document = page(client.get(publication.get_absolute_url()))
    assert document.one("h1").text == "第30版"
    assert len(document.one(css_class="corrections").all("strong")) == 30
