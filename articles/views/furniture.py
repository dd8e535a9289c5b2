"""What every page shows around its own matter, read once per request: the sections, the identity of the site."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from articles.appearance import Look, Stylesheet
from articles.appearance import stylesheet as made_stylesheet
from articles.models import Section, SiteIdentity, SiteLogo, SitePage
from articles.script_conversion import is_half_converted
from articles.views.time_machine import script_prefix


def all_sections(request: HttpRequest) -> list[Section]:
    """All sections in their order, each with `children_list`."""
    sections = getattr(request, "_sections", None)
    if sections is None:
        sections = list(Section.objects.all())
        for section in sections:
            section.children_list = [child for child in sections if child.parent_id == section.pk]
        request._sections = sections
    return sections


def top_sections(request: HttpRequest) -> list[Section]:
    return [section for section in all_sections(request) if section.parent_id is None]


def site_identity(request: HttpRequest) -> SiteIdentity:
    """What the site is called and how it looks. At most three queries, once."""
    identity = getattr(request, "_site_identity", None)
    if identity is None:
        identity = request._site_identity = SiteIdentity.objects.current()
    return identity


def public_pages(request: HttpRequest) -> list[SitePage]:
    """The simple pages that readers have at `request.at`, without their text. One query, once."""
    pages = getattr(request, "_public_pages", None)
    if pages is None:
        pages = request._public_pages = list(SitePage.objects.public(request.at).defer("body"))
    return pages


def footer_pages(request: HttpRequest) -> list[SitePage]:
    """Those of them that are linked at the foot of every page."""
    return [page for page in public_pages(request) if page.in_footer]


def furniture_language(code: str) -> str:
    """What the furniture of a page speaks whose text is in the language `code`: the same where the site has it.

    It is the language of the page; text in another one is marked in it.
    """
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def content_language(code: str) -> str:
    """What such a page is in as a whole when it reaches the reader: its `Content-Language`."""
    furniture = furniture_language(code)
    return code if is_half_converted(code, furniture) else furniture


def corrections_policy(request: HttpRequest) -> SitePage | None:
    """The public page on how the newsroom corrects, in the site's language where there are several."""
    found = [row for row in public_pages(request) if row.purpose == SitePage.Purpose.CORRECTIONS]
    return next((row for row in found if row.language == request.LANGUAGE_CODE), next(iter(found), None))


def from_root(name: str, *args: object) -> str:
    """The address of something that is the same at every moment and in every script: without the prefix of the page."""
    with script_prefix("/"):
        return reverse(name, args=args)


def logo_path(logo: SiteLogo) -> str:
    """Where the picture of a logo is: another address for another picture."""
    return from_root("articles:logo", logo.appearance, logo.digest[:12])


@dataclass(frozen=True)
class ShownLogo:
    """A logo with its address; `width` and `height` in pixels of the picture.

    `needs`: the papers ("dark", "light") that it is put on where the page is of the other one, because it would
    hardly be seen there.
    """

    url: str
    width: int
    height: int
    needs: tuple[str, ...] = ()


def logos_of(request: HttpRequest) -> dict[str, ShownLogo]:
    """The logos of the site by appearance: "light", and "dark" where there is another one. Without any, the name."""
    identity = site_identity(request)
    rows = identity.logos.all() if identity.pk else ()
    needs: dict[str, list[str]] = {}
    for paper, other in (("light", "dark"), ("dark", "light")):
        row = identity.logo(paper)
        if row and not row.is_visible_on(paper):
            needs.setdefault(row.appearance, []).append(other)
    return {
        row.appearance: ShownLogo(logo_path(row), row.width, row.height, tuple(needs.get(row.appearance, ())))
        for row in rows
    }


def stylesheet_of(request: HttpRequest) -> Stylesheet:
    """The stylesheet in the colours of the site."""
    identity = site_identity(request)
    return made_stylesheet(
        Look(
            accent=identity.accent,
            accent_on_dark=identity.accent_on_dark,
            indents_paragraphs=identity.paragraphs == SiteIdentity.Paragraphs.INDENTED,
        )
    )
