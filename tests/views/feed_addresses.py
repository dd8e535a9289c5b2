"""A newsroom in which everything has a feed, and the addresses of them all."""

from __future__ import annotations

from articles.models import Contributor, CopyrightNotice, Source, Topic
from tests.builders import a_publication
from tests.publishing import hour
from tests.story_lists import a_list
from tests.syndication.feed_documents import answer

KINDS = ("site", "section", "topic", "contributor", "source", "list")


def feeds_of_a_newsroom(*, has_source: bool = True) -> dict[str, str]:
    """A story under everything there is; the addresses of its feeds, without their endings."""
    topic = Topic.objects.create(name="春运", slug="chunyun")
    person = Contributor.objects.create(name="林一", slug="lin-yi")
    source = Source.objects.create(name="新华社", name_key="新华社", slug="xinhua")
    CopyrightNotice.objects.create(source=source, text="版权", effective_from=hour(-1), feeds="full")
    shared = {"topics": [topic], "bylines": [(person, "reporter")], "opening": "<p>正文</p>"}
    story = a_publication(**shared, source=source if has_source else None)
    row = a_list(story)
    return {
        "site": "/feed",
        "section": "/section/news/feed",
        "topic": "/topic/chunyun/feed",
        "contributor": "/contributor/lin-yi/feed",
        "source": "/source/xinhua/feed",
        "list": f"/list/{row.pk}/feed",
    }


def validators(address: str = "/feed.atom") -> tuple[str, str | None]:
    """What a reader's app keeps of an answer: its tag, and its date, if it has one."""
    response = answer(address)
    return response.headers["ETag"], response.headers.get("Last-Modified")
