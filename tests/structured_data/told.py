"""A story with everything, for the tests of what machines are told of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from articles.content import Credit, Reference, StoryContent
from articles.structured_data import Article, Person, Publisher, Rights, news_article
from tests.builders import MONDAY

HOUR = timedelta(hours=1)
ADDRESS = "https://news.example.org/2026/03/02/song-ling-7/"
PUBLISHER = Publisher(site_url="https://news.example.org", names=("松岭新闻", "Songling News"))
LIN = Person("林一", "https://news.example.org/contributor/lin-yi/", "首席记者")


def credit(number: int, name: str, role: str) -> Credit:
    return Credit(contributor_id=number, name=name, slug=f"p-{number}", role=role)


BYLINE = (
    credit(1, "林一", "reporter"),
    credit(2, "何二", "correspondent"),
    credit(3, "孙三", "photographer"),
    credit(4, "李四", "translator"),
    credit(5, "唐五", "responsible_editor"),
)


def a_content(**values: Any) -> StoryContent:
    return StoryContent(
        **{
            "headline": "松岭县新开两趟务工专车",
            "opening": "<p>三月二日，专车开出。</p>",
            "byline": BYLINE,
            "section": Reference(id=1, name="要闻", slug="news"),
            "topics": (Reference(id=1, name="务工", slug="wugong"), Reference(id=2, name="春运", slug="chunyun")),
            "source": Reference(id=1, name="松岭日报", slug="songling"),
            **values,
        }
    )


def told(content: StoryContent | None = None, **values: Any) -> dict[str, Any]:
    """The NewsArticle of a version."""
    content = content or a_content()
    article = Article(
        **{
            "address": ADDRESS,
            "headline": content.headline,
            "description": content.summary,
            "content": content,
            "language": "zh-Hans",
            "first": MONDAY,
            "begun": MONDAY,
            "people": {1: LIN},
            **values,
        }
    )
    return news_article(article, PUBLISHER)


NOTICE = Rights(
    text="版权归松岭日报社所有。",
    holder="松岭日报社",
    licence_url="https://example.org/licence",
    usage_terms="转载须注明来源",
    licensing_url="https://example.org/buy",
)
