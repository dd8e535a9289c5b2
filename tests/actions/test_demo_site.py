"""The demo's identity and pages: there after the first run, and what somebody changed stays."""

from __future__ import annotations

from datetime import timedelta

from articles.actions.demo_site import make_demo_site
from articles.demo_newsroom import read
from articles.models import Activity, SiteIdentity, SitePage
from tests.builders import MONDAY
from tests.page import page

SITE = read().site


def test_site_gets_its_name_its_footer_and_its_pages(cast):
    make_demo_site(SITE, by=cast.chief_editor, now=MONDAY)
    identity = SiteIdentity.objects.current()
    assert identity.name_in("zh-hans") == SITE.identity.name
    assert identity.name_in("en") == SITE.identity.name_english
    assert [line.text for line in identity.footer_lines.all()] == [line.text for line in SITE.footer_lines]
    assert set(SitePage.objects.public(MONDAY).values_list("slug", flat=True)) == {page.slug for page in SITE.pages}
    assert "mailto:readers@example.org" in SitePage.objects.get(slug="contact").body
    assert not SitePage.objects.public(MONDAY - timedelta(seconds=1)).exists()


def test_what_somebody_changed_stays(cast):
    make_demo_site(SITE, by=cast.chief_editor, now=MONDAY)
    SiteIdentity.objects.update(name="山里日报")
    SitePage.objects.filter(slug="about").update(title="我们是谁")
    before = Activity.objects.count()
    make_demo_site(SITE, by=cast.chief_editor, now=MONDAY + timedelta(days=1))
    assert SiteIdentity.objects.current().name == "山里日报"
    assert SitePage.objects.get(slug="about").title == "我们是谁"
    assert Activity.objects.count() == before


def test_demo_without_a_site_file_has_none(cast):
    make_demo_site(None, by=cast.chief_editor, now=MONDAY)
    assert not SiteIdentity.objects.exists()


def test_english_pages_of_the_demo_link_about_us_in_english(cast, client, reading_at):
    """And Chinese ones in Chinese: twins by their purpose, each in its language."""
    make_demo_site(SITE, by=cast.chief_editor, now=MONDAY)
    reading_at(MONDAY)
    for chinese in ("about", "contact", "imprint", "corrections-policy"):
        twin = SitePage.objects.get(slug=f"{chinese}-english")
        assert (twin.purpose, twin.language) == (SitePage.objects.get(slug=chinese).purpose, "en")
    for slug, other in (("about-english", "about"), ("about", "about-english")):
        foot = page(client.get(f"/page/{slug}/")).one("nav", "footer-pages")
        linked = [link.attributes["href"] for link in foot.all("a")]
        assert f"/page/{slug}/" in linked
        assert f"/page/{other}/" not in linked
        twins = [address for address in linked if address.startswith("/page/")]
        assert len(twins) == 4
        assert {address.endswith("-english/") for address in twins} == {slug.endswith("-english")}
