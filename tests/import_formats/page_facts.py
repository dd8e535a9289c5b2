"""What a page that was read holds: all its text, and where it is damaged."""

from __future__ import annotations

from articles.import_formats.values import ReadPage


def all_text(page: ReadPage) -> str:
    texts = [page.headline, *page.opening]
    for part in page.subsections:
        texts += [part.heading, part.figures, *part.paragraphs]
    texts += [page.notice.text] if page.notice else []
    texts += [text for story in page.related for text in (story.headline, story.teaser)]
    return "\n".join([*texts, *page.headlines])


def places(page: ReadPage) -> list[tuple[int, int, str]]:
    return [(damage.line, damage.column, damage.text) for damage in page.damages]
