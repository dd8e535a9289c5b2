"""What the demo's site is called, and its simple pages: made by the actions an editor would use."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from articles.actions.site_identity import save_site_identity
from articles.actions.site_page import save_site_page
from articles.demo_newsroom.values import DemoSite
from articles.models import FooterLine, SiteIdentity, SitePage


def make_demo_site(site: DemoSite | None, *, by: Any, now: datetime) -> None:
    """Make the identity, unless the site has one, and the pages that are missing; public from `now` on."""
    if site is None:
        return
    if not SiteIdentity.objects.exists():
        lines = [FooterLine(text=line.text, url=line.url) for line in site.footer_lines]
        save_site_identity(identity=SiteIdentity(**vars(site.identity)), footer_lines=lines, logos={}, by=by, now=now)
    for position, page in enumerate(site.pages, start=1):
        if not SitePage.objects.filter(slug=page.slug).exists():
            save_site_page(page=SitePage(**vars(page), position=position, live_from=now), by=by, now=now)
