"""A site with one page of every kind, for what is asked of all of them: valid HTML, accessibility, weight."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse

from articles import moments
from articles.actions import make_story_list, publish_story, save_story, withdraw_story
from articles.models import (
    Contributor,
    CopyrightNotice,
    FooterLine,
    Publication,
    SiteIdentity,
    SitePage,
    Source,
    StoryList,
    StoryRows,
    Topic,
)
from articles.views.listing import place_of
from tests.builders import OPERATOR, a_publication, a_section
from tests.story_lists import item, list_content

HOUR = timedelta(hours=1)

RICH = (
    "<p>岷<ruby>峨<rt>é</rt></ruby>山下的夜校，<em>一周两晚</em>，来的人一晚比一晚多——<strong>“先算账，再出门。”</strong>"
    '《川西观察》记者看到……<span lang="en">Night school</span>的灯还亮着。</p>'
    "<h3>名单</h3><ul><li>电工</li><li>家政</li></ul>"
    '<blockquote class="pullquote"><p>先算账，再出门。</p></blockquote>'
    "<table><caption>各县人数</caption><thead><tr>"
    '<th scope="col">县</th><th scope="col">人数</th></tr></thead>'
    "<tbody><tr><td>松岭</td><td>2,024</td></tr></tbody></table>"
)

# Pages that answer with something else than 200.
ANSWERS = {"withdrawn": 410, "missing": 404}


def a_whole_site(now: datetime) -> dict[str, str]:
    """Make it, with stories from the days before `now`; returns the address of one page of each kind, by kind."""
    _identity(now)
    own, agency = _sources(now)
    county = a_section("县区", "county", parent=a_section(), description="三乡镇和松岭县的消息。")
    topic = Topic.objects.create(name="就业", slug="jobs", description="外出务工和返乡创业。")
    lin = Contributor.objects.create(name="林晓禾", slug="lin-xiaohe", job_title="记者", biography="常驻三乡镇。")
    zhao = Contributor.objects.create(name="赵文博", slug="zhao-wenbo")
    older = [
        a_publication(
            f"第{number}条消息 来自三乡镇",
            section=county,
            summary="一句话的摘要，说清楚发生了什么。",
            topics=[topic],
            bylines=[(lin, "reporter")],
            source=own,
            at=now - timedelta(days=2, minutes=number),
        )
        for number in range(24)
    ]
    full = _full_story(older, section=county, topic=topic, people=(lin, zhao), source=agency, at=now - 5 * HOUR)
    corrected = _changed("corrected", "correction", source=own, at=now - 4 * HOUR)
    # The only story of its topic and of its reporter, which have no page any more.
    rumours = Topic.objects.create(name="传闻", slug="rumours")
    gone = Contributor.objects.create(name="孙一鸣", slug="sun-yiming")
    retracted = _changed(
        "retracted", "retraction", source=own, topics=[rumours], bylines=[(gone, "reporter")], at=now - 4 * HOUR
    )
    withdrawn = a_publication("数字有误的稿件", source=own, at=now - 4 * HOUR)
    withdraw_story(story=withdrawn.story, by=OPERATOR, note="人数有误。", now=now - 2 * HOUR)
    english = a_publication(
        "A mountain county finds work for 29,000 of its poorest residents",
        language="en",
        summary="Coaches left at dawn.",
        subsections=[("Buses to the coast", "123 coaches and 3 flights", "<p>They left at dawn.</p>")],
        bylines=[(lin, "reporter"), (zhao, "responsible_editor")],
        related=[older[0].story],
        topics=[topic],
        section=county,
        source=own,
        original_title="三乡镇夜校开课",
        original_author="林晓禾",
        at=now - 3 * HOUR,
    )
    traditional = a_publication(
        "山區夜校開課", language="zh-hant", opening="<p>來的人一晚比一晚多。</p>", source=own, at=now - 3 * HOUR
    )
    _lists(full, older, english, now=now)
    day = moments.local(older[0].first_live_at)
    plain = {
        "front": reverse("articles:front"),
        "section": reverse("articles:section", args=["news"]),
        "child_section": county.get_absolute_url(),
        "older": f"{topic.get_absolute_url()}?before={_before(older[2])}",
        "topic": topic.get_absolute_url(),
        "contributor": lin.get_absolute_url(),
        "source": own.get_absolute_url(),
        "archive": reverse("articles:archive"),
        "archive_month": reverse("articles:archive_month", args=[f"{day:%Y}", f"{day:%m}"]),
        "archive_day": reverse("articles:archive_day", args=[f"{day:%Y}", f"{day:%m}", f"{day:%d}"]),
        "corrections": reverse("articles:corrections"),
        "search": reverse("articles:search"),
        "search_found": reverse("articles:search") + "?q=三乡镇",
        "search_nothing": reverse("articles:search") + "?q=没有的词",
        "site_page": reverse("articles:site_page", args=["about"]),
        "feeds": reverse("articles:feeds"),
        "story": full.get_absolute_url(),
        "corrected": corrected.get_absolute_url(),
        "retracted": retracted.get_absolute_url(),
        "withdrawn": withdrawn.get_absolute_url(),
        "english": english.get_absolute_url(),
        "traditional": traditional.get_absolute_url(),
        "earlier_version": f"{corrected.get_absolute_url()}version/1/",
        "missing": "/2026/03/02/nothing-999999/",
    }
    derived = {f"{kind}_in_traditional_script": f"/zh-hant{plain[kind]}" for kind in ("front", "section", "story")}
    return {**plain, **derived}


def _identity(now: datetime) -> None:
    identity = SiteIdentity.objects.create(
        pk=1,
        name="川西观察",
        name_english="Chuanxi Observer",
        tagline="川西山区的新闻。",
        publisher="川西观察报社",
        contact_email="editor@example.org",
        security_contact="security@example.org",
        updated_at=now - timedelta(days=3),
    )
    FooterLine.objects.create(identity=identity, position=1, text="蜀ICP备00000000号", url="https://beian.example.org/")
    FooterLine.objects.create(identity=identity, position=2, text="互联网新闻信息服务许可证 00000000000")
    for position, (slug, title, purpose) in enumerate(
        (
            ("about", "关于我们", "about"),
            ("imprint", "版权与出版信息", "imprint"),
            ("corrections-policy", "更正规则", "correctionsPolicy"),
        )
    ):
        SitePage.objects.create(
            slug=slug,
            title=title,
            purpose=purpose,
            body=RICH.replace("<h3>名单</h3>", "<h2>名单</h2>"),
            position=position,
            live_from=now - timedelta(days=3),
            updated_at=now - timedelta(days=3),
        )


def _sources(now: datetime) -> tuple[Source, Source]:
    own = Source.objects.create(name="川西观察", name_key="川西观察", slug="own", kind=Source.Kind.OWN)
    agency = Source.objects.create(
        name="山区通讯社",
        name_key="山区通讯社",
        slug="agency",
        kind=Source.Kind.AGENCY,
        homepage="https://agency.example.org/",
    )
    for source, feeds in ((own, "full"), (agency, "headline")):
        CopyrightNotice.objects.create(
            source=source,
            text=f"{source.name}供稿，未经许可不得转载。",
            holder=source.name,
            licence_url="https://licence.example.org/",
            usage_terms="仅供阅读",
            licensing_url="https://licensing.example.org/",
            feeds=feeds,
            data_mining="reserved" if source is agency else "",
            effective_from=now - timedelta(days=400),
        )
    return own, agency


def _full_story(older: list[Publication], *, section, topic, people, source, at: datetime) -> Publication:
    reporter, editor = people
    return a_publication(
        "三乡镇夜校开课 首晚来了二百人 走廊里也站满了前来报名的乡亲",
        kicker="夜校 公益 就业",
        subtitle="镇里、学校和企业一起出力",
        short_headline="三乡镇夜校开课",
        summary="晚上七点半，教室里坐满了人。" * 3,
        opening=RICH.replace("<h3>名单</h3>", ""),
        subsections=[(f"先学什么 再学什么{n}", "12门课 36名老师", RICH) for n in range(3)],
        bylines=[(reporter, "reporter"), (editor, "responsible_editor")],
        related=[older[0].story, older[1].story, ("https://example.org/other/", "别处的消息")],
        topics=[topic],
        section=section,
        source=source,
        dateline="三乡",
        digital_source_type="compositeWithTrainedAlgorithmicMedia",
        original_title="Night school opens",
        original_author="A. Writer",
        original_url="https://example.org/original/",
        at=at,
    )


def _changed(name: str, change: str, *, at: datetime, **values: object) -> Publication:
    """A story that was changed an hour after it went live, and its present version."""
    first = a_publication(f"后来变了的稿件 {name}", opening="<p>来了二百人。</p>", at=at, **values)
    rows = StoryRows.stored(first.story)
    rows.story.opening = "<p>来了一百二十人。</p>"
    save_story(rows=rows, by=OPERATOR, now=at + HOUR)
    return publish_story(story=first.story, by=OPERATOR, change=change, note="人数原来写作二百人。", now=at + HOUR)


def _lists(full: Publication, older: list[Publication], english: Publication, *, now: datetime) -> None:
    """Lists of each kind in each place, with an address of another site."""
    address = item("https://example.org/elsewhere/", headline="别处的消息", teaser="外站的导语。")
    for place in ("front", "section", "below", "beside"):
        for display in ("cards", "teasers", "headlines"):
            row = StoryList(name=f"{place} {display}", place=place, slot=display)
            content = list_content(
                full, *older[:5], english, address, title=f"列表 {display}", display=display, may_repeat=True
            )
            make_story_list(story_list=row, content=content, by=OPERATOR, now=now - HOUR)


def _before(publication: Publication) -> str:
    return place_of(publication)
