"""The story lists below and beside a story: on its page, its earlier versions and its previews."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from articles.actions import When, make_preview_link, publish_story, save_copyright_notice, save_story, withdraw_story
from articles.models import CopyrightNotice, Source, Topic
from tests.builders import MONDAY, OPERATOR, a_publication, a_section, a_story, story_rows
from tests.page import Element, page
from tests.story_form import StoryForm, desk
from tests.story_lists import a_list, an_edition, item

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def earlier_versions_are_open(settings):
    settings.EARLIER_VERSIONS = True


def read(publication, client: Client | None = None) -> Element:
    return page((client or Client()).get(publication.get_absolute_url())).one("article", css_class="story")


def lists(story: Element) -> dict[str, list[str]]:
    """The headlines of each list, by its title, in page order."""
    return {
        shown.one(css_class="list-title").text: [found.all("a")[0].text for found in shown.all("li", css_class="entry")]
        for shown in story.all("section", css_class="list")
    }


def a_list_at_a_story(*targets, place: str = "beside", title: str = "列表", **values):
    """A list of headlines, so that each entry has one link."""
    return a_list(*targets, name=title, title=title, place=place, **values)


def test_lists_stand_below_the_related_links_and_beside_the_text():
    """In that order in the source, so that a phone shows the lists beside last; a page without lists has no column."""
    related = a_publication("关联").story
    publication = a_publication(related=[related])
    assert "has-beside" not in read(publication).classes
    a_list_at_a_story(a_publication("旁"), place="beside", title="旁边")
    assert "has-beside" in read(publication).classes
    a_list_at_a_story(a_publication("下"), place="below", title="下面")
    story = read(publication)
    assert list(lists(story).items()) == [("下面", ["下"]), ("旁边", ["旁"])]
    assert [found.text for found in story.all("h2")] == ["相关报道", "下面", "旁边"]
    assert story.one(css_class="lists-beside").one("h2").text == "旁边"


def test_list_never_shows_the_story_itself_or_what_is_related():
    """Nor what another list of the page shows: the list below comes first."""
    related, other = a_publication("关联"), a_publication("别的")
    publication = a_publication("本稿", related=[related.story])
    fill = {"fill_rule": "latest", "fill_section_id": a_section().pk}
    a_list_at_a_story(publication, related, other, place="beside", title="旁边", **fill)
    a_list_at_a_story(place="below", title="下面", **fill)
    assert lists(read(publication)) == {"旁边": ["别的"]}
    a_list_at_a_story(
        publication, related, other, place="beside", slot="b", title="重复", order=200, may_repeat=True, **fill
    )
    assert lists(read(publication)) == {"旁边": ["别的"], "重复": ["关联", "别的"]}


def test_narrowest_list_is_shown():
    """The story's own, else that of its first topic, its next, its section, the section above, all stories."""
    topics = [Topic.objects.create(name=name, slug=slug) for name, slug in (("春运", "chunyun"), ("就业", "jobs"))]
    parent = a_section("新闻", "all")
    section = a_section("县区", "county", parent=parent)
    publication = a_publication("本稿", section=section, topics=topics)
    other = a_publication("旁的稿", section=a_section("体育", "sport"))
    scopes = [None, parent, section, topics[1], topics[0], publication.story]
    targets = [a_publication(f"稿{number}", section=a_section("体育", "sport")) for number in range(len(scopes))]
    for number, (scope, target) in enumerate(zip(scopes, targets, strict=True)):
        a_list_at_a_story(target, title=f"列表{number}", scope=scope)
        assert lists(read(publication)) == {f"列表{number}": [f"稿{number}"]}
    assert lists(read(other)) == {"列表0": ["稿0"]}


def test_scope_is_that_of_the_live_version():
    """A section that is only saved, and not published, changes nothing for readers."""
    publication = a_publication("本稿", section=a_section())
    county = a_section("县区", "county")
    a_list_at_a_story(a_publication("县里的"), title="县区", scope=county)
    save_story(rows=story_rows("本稿", story=publication.story, section=county), by=OPERATOR, now=MONDAY)
    assert lists(read(publication)) == {}
    live = publish_story(story=publication.story, by=OPERATOR, change="minor", now=MONDAY + MINUTE)
    assert lists(read(live)) == {"县区": ["县里的"]}


def test_lists_are_those_in_force_when_the_page_is_read(reading_at):
    """A list that shows nothing leaves no title and no column."""
    publication, first = a_publication("本稿"), a_publication("甲稿")
    coming = publish_story(story=a_story("乙稿"), by=OPERATOR, at=MONDAY + 4 * HOUR, now=MONDAY)
    made = a_list_at_a_story(first)
    an_edition(made, coming, title="列表", when=When(start=MONDAY + 3 * HOUR))
    seen = []
    for moment in (3 * HOUR - MINUTE, 3 * HOUR, 4 * HOUR):
        reading_at(MONDAY + moment)
        seen.append(lists(read(publication)))
    assert seen == [{"列表": ["甲稿"]}, {}, {"列表": ["乙稿"]}]


def test_story_that_is_not_live_leaks_nowhere():
    """Neither what it says nor what the list says of it."""
    coming, gone, draft = a_story("金丝雀将至"), a_publication("金丝雀撤回").story, a_story("金丝雀草稿")
    publish_story(story=coming, by=OPERATOR, at=MONDAY + 5 * HOUR, now=MONDAY)
    withdraw_story(story=gone, by=OPERATOR, note="x", now=MONDAY + MINUTE)
    publication = a_publication("本稿")
    stories = (coming, gone, draft)
    items = [item(story, headline="金丝雀标题", teaser="金丝雀摘要") for story in stories]
    for place in ("below", "beside"):
        a_list_at_a_story(a_publication(f"在{place}"), *items, place=place, title=place, display="teasers")
    answer = Client().get(publication.get_absolute_url()).content.decode()
    assert "在below" in answer
    assert "在beside" in answer
    assert "金丝雀" not in answer
    assert not [story for story in stories if f"-{story.pk}/" in answer]


def test_own_headline_is_escaped():
    evil = "<script>alert(1)</script>"
    target = a_publication("原题")
    for place, display in (("below", "teasers"), ("beside", "headlines")):
        entry = item(target, headline=evil, teaser=evil)
        a_list_at_a_story(entry, place=place, title=f"{evil}{place}", display=display, may_repeat=True)
    answer = Client().get(a_publication("本稿").get_absolute_url())
    assert evil not in answer.content.decode()
    assert lists(page(answer)) == {f"{evil}below": [evil], f"{evil}beside": [evil]}


def test_story_in_another_language_says_the_language_of_its_lists():
    """The page is in the story's language; the list's title is in that it is written in, each entry in its story's."""
    target = a_publication("松岭县新开两趟专车", language="zh-hans")
    a_list_at_a_story(target, title="List", display="teasers")
    listed = read(a_publication("中文稿", language="zh-hans")).one("section", css_class="list")
    assert listed.one("h2").attributes["lang"] == "en"
    assert "lang" not in listed.one("li").one("h3").one("a").attributes
    listed = read(a_publication("English story", language="en")).one("section", css_class="list")
    assert "lang" not in listed.one("h2").attributes
    assert listed.one("li").one("h3").one("a").attributes["lang"] == "zh-Hans"


def test_earlier_version_has_the_lists_of_the_moment_it_is_read(reading_at):
    """As its related links: what was withdrawn since is not brought back by an old page."""
    publication, gone, other = a_publication("本稿"), a_publication("撤回的"), a_publication("别的")
    a_list_at_a_story(gone, other, publication)
    save_story(rows=story_rows("本稿 新版", story=publication.story, section=a_section()), by=OPERATOR, now=MONDAY)
    publish_story(story=publication.story, by=OPERATOR, note="更正", now=MONDAY + HOUR)
    withdraw_story(story=gone.story, by=OPERATOR, note="x", now=MONDAY + HOUR)
    reading_at(MONDAY + 2 * HOUR)
    answer = page(Client().get(publication.get_absolute_url() + "version/1/"))
    assert answer.one("h1").text == "本稿"
    assert lists(answer) == {"列表": ["别的"]}


def test_previews_show_the_lists_of_their_moment(cast, reading_at):
    """A link those of now; the desk those of the moment it asks for. Neither shows the story in its own list."""
    story = a_story("本稿", by=cast.reporter)
    first, second = a_publication("甲稿"), a_publication("乙稿")
    made = a_list_at_a_story(story, first)
    an_edition(made, story, second, title="列表", when=When(start=MONDAY + 3 * HOUR))
    link = make_preview_link(revision=story.revisions.first(), by=cast.reporter, lifetime="day", now=MONDAY)
    reading_at(MONDAY + HOUR)
    assert lists(page(Client().get(link.get_absolute_url()))) == {"列表": ["甲稿"]}
    form = StoryForm.edit(desk(cast.reporter), story)
    assert lists(page(form.press("_preview"))) == {"列表": ["甲稿"]}
    # 3 hours after MONDAY, as the newsroom's clock says it.
    form.fill(publish_at="2026-03-02T12:00")
    assert lists(page(form.press("_preview"))) == {"列表": ["乙稿"]}


@pytest.fixture
def costly():
    """A story whose page asks for everything that a page may ask for: notice, related story, lists in both places."""
    source = Source.objects.create(name="松岭日报", name_key="松岭日报", slug="songling")
    notice = CopyrightNotice(source=source, text="版权", effective_from=MONDAY)
    save_copyright_notice(notice=notice, by=OPERATOR, now=MONDAY)
    topic = Topic.objects.create(name="春运", slug="chunyun")
    related = [a_publication("关联").story]
    return a_publication("本稿", source=source, topics=[topic], related=related)


def lists_in_both_places(count: int) -> None:
    for number in range(count):
        rows = [a_publication(f"稿{number}-{place}") for place in range(count + 1)]
        for place, rule in (("below", "more_like_this"), ("beside", "latest")):
            values = {"fill_rule": rule, "may_repeat": True}
            a_list_at_a_story(*rows, place=place, slot=f"s{number}", title=f"{place}{number}", **values)


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_ten_queries_at_most(costly, django_assert_num_queries, count):
    """Publication, related story, notice, neighbours, three for all lists; sections, identity, pages at the foot."""
    lists_in_both_places(count)
    with django_assert_num_queries(10):
        story = read(costly)
    assert len(lists(story)) == 2 * count


@pytest.mark.parametrize("count", [1, 3])
def test_earlier_version_costs_eleven_queries_at_most(costly, reading_at, django_assert_num_queries, count):
    """One more: which names of it have a page."""
    lists_in_both_places(count)
    rows = story_rows("新版", story=costly.story, section=a_section(), source=costly.story.source)
    save_story(rows=rows, by=OPERATOR, now=MONDAY)
    publish_story(story=costly.story, by=OPERATOR, note="更正", now=MONDAY + HOUR)
    reading_at(MONDAY + 2 * HOUR)
    with django_assert_num_queries(11):
        answer = page(Client().get(costly.get_absolute_url() + "version/1/"))
    assert len(lists(answer)) == 2 * count
