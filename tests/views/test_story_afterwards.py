"""What stands at a story's address afterwards: corrected, withdrawn, over, or back again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from articles.actions import publish_story, save_story, withdraw_story
from articles.models import SitePage
from tests.builders import MONDAY, OPERATOR, a_publication, a_story, story_rows
from tests.page import page

HOUR = timedelta(hours=1)


def test_corrected_story_says_so(client, db, reading_at):
    """What was wrong, and since when: the address and the first date stay."""
    publication = a_publication("原来的", language="en")
    address = publication.get_absolute_url()
    story = publication.story
    save_story(
        rows=story_rows("更正后的", story=story, section=story.section, language="en"), by=OPERATOR, now=MONDAY + HOUR
    )
    publish_story(story=story, by=OPERATOR, note="人数应为八百。", now=MONDAY + 3 * HOUR)
    reading_at(MONDAY + 4 * HOUR)
    document = page(client.get(address))
    assert document.one("h1").text == "更正后的"
    assert "人数应为八百。" in document.one(id="changes").text
    assert "2 March 2026, 12:00 Beijing time" in document.one(id="changes").text
    meta = document.one(css_class="byline").one(css_class="meta").text
    assert meta.startswith("2 March 2026, 09:00 Beijing time")
    assert "corrected 2 March 2026, 12:00 Beijing time" in meta


def test_withdrawn_story_answers_with_its_notice(client, db, reading_at):
    """410, with the note, the moment, and nothing of what it said."""
    publication = a_publication("不实的标题", summary="不实的摘要", opening="<p>不实的正文</p>")
    withdraw_story(story=publication.story, by=OPERATOR, note="消息来源有误。", now=MONDAY + HOUR)
    reading_at(MONDAY + 2 * HOUR)
    response = client.get(publication.get_absolute_url())
    text = response.content.decode()
    assert response.status_code == 410
    assert "消息来源有误。" in text
    assert "2 March 2026, 10:00 Beijing time" in text
    assert "不实的" not in text
    assert 'content="noindex"' in text


@pytest.mark.parametrize("is_public", [True, False])
def test_withdrawn_page_leads_to_how_the_newsroom_corrects(client, db, reading_at, is_public):
    """Where that page is public, also one that is not linked at the foot."""
    SitePage.objects.create(
        title="更正办法",
        slug="policy",
        language="zh-hans",
        purpose=SitePage.Purpose.CORRECTIONS,
        in_footer=False,
        live_from=MONDAY if is_public else None,
    )
    publication = a_publication()
    withdraw_story(story=publication.story, by=OPERATOR, note="x", now=MONDAY + HOUR)
    reading_at(MONDAY + 2 * HOUR)
    message = page(client.get(publication.get_absolute_url())).one(css_class="message")
    assert len(message.all("a", href="/page/policy/")) == is_public
    assert "Withdrawn 2 March 2026, 10:00 Beijing time" in message.text


def test_expired_story_answers_that_it_is_over(client, db, reading_at):
    story = a_story("限时报道")
    publication = publish_story(story=story, by=OPERATOR, until=MONDAY + HOUR, now=MONDAY)
    reading_at(MONDAY + HOUR - timedelta(microseconds=1))
    assert client.get(publication.get_absolute_url()).status_code == 200
    reading_at(MONDAY + HOUR)
    response = client.get(publication.get_absolute_url())
    assert response.status_code == 410
    assert "限时报道" not in response.content.decode()


def test_story_that_comes_back_is_shown_again(client, db, reading_at):
    publication = a_publication("回来了")
    withdraw_story(story=publication.story, by=OPERATOR, note="x", now=MONDAY + HOUR)
    publish_story(story=publication.story, by=OPERATOR, now=MONDAY + 2 * HOUR)
    reading_at(MONDAY + 3 * HOUR)
    response = client.get(publication.get_absolute_url())
    assert (response.status_code, page(response).one("h1").text) == (200, "回来了")
