"""Files with well-known names: robots.txt, security.txt, the reservation of text and data mining."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.script_conversion.addresses import both_scripts
from articles.syndication.data_mining import data_mining_of_site
from articles.views.conditional import conditional
from articles.views.furniture import from_root, site_identity

PLAIN = "text/plain; charset=utf-8"
# RFC 9116, 2.5.5: less than a year ahead.
EXPIRES_AFTER = timedelta(days=364)


@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Robots Exclusion Protocol (RFC 9309): what is no reading matter, and where the sitemaps are."""
    closed = [
        from_root("admin:index"),
        from_root("articles:preview", "x").removesuffix("x/"),
        from_root("articles:travel"),
        *both_scripts(from_root("articles:search"), "/", is_traditional=False),
    ]
    sitemaps = [from_root("articles:sitemap_index"), from_root("articles:sitemap_news")]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), ""]
    lines += [f"Sitemap: {settings.SITE_URL}{path}" for path in sitemaps]
    return conditional(request, _text(lines), PLAIN, noindex=False)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report security problems (RFC 9116). Raises Http404 while nobody is named."""
    contact = site_identity(request).security_contact
    if not contact:
        raise Http404
    lines = [
        # A character that an address of mail may have and a URI may not: RFC 6068.
        f"Contact: mailto:{quote(contact, safe='@!$*+-._~')}",
        f"Expires: {_expires(request.at)}",
        f"Preferred-Languages: {', '.join(_languages())}",
        f"Canonical: {settings.SITE_URL}{from_root('articles:security_txt')}",
    ]
    return conditional(request, _text(lines), PLAIN, noindex=False)


@require_safe
def tdmrep_json(request: HttpRequest) -> HttpResponse:
    """What holds for the whole site (TDM Reservation Protocol); stories of other sources say it for themselves."""
    declared = data_mining_of_site(site_identity(request)).declaration
    text = json.dumps(declared, ensure_ascii=False, indent=2)
    return conditional(request, f"{text}\n", "application/json", noindex=False)


def _expires(at: datetime) -> str:
    """The same all day (UTC), so that caches and whoever watches the file see no change that is none."""
    day = datetime.combine(at.astimezone(UTC).date(), time(tzinfo=UTC))
    return (day + EXPIRES_AFTER).isoformat().replace("+00:00", "Z")


def _languages() -> list[str]:
    """The site's own language first, by its primary subtag: people write back in Chinese, not in a script of it."""
    codes = [settings.LANGUAGE_CODE, *(code for code, _name in settings.LANGUAGES)]
    return list(dict.fromkeys(code.partition("-")[0] for code in codes))


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"
