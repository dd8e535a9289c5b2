"""Whether text and data mining is reserved: the notice of a story counts, and else the site."""

from __future__ import annotations

import pytest

from articles.models import CopyrightNotice, SiteIdentity
from articles.syndication.data_mining import data_mining_of_feed, data_mining_of_site, data_mining_of_story

SITE_POLICY, AGENCY = "https://news.example.org/page/tdm/", "https://agency.example.com/licences"


def notice(data_mining: str) -> CopyrightNotice:
    return CopyrightNotice(text="版权所有", data_mining=data_mining, licensing_url=AGENCY)


@pytest.mark.parametrize("site_reserves", [True, False])
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("reserved", {"tdm-reservation": "1", "tdm-policy": AGENCY}),
        ("allowed", {"tdm-reservation": "0"}),
        ("", None),
        (None, None),
    ],
)
def test_notice_counts_before_the_site(site_reserves, said, expected):
    """The site's own policy is no licence for what a source reserves; without a word of the notice the site counts."""
    identity = SiteIdentity(reserves_data_mining=site_reserves, data_mining_policy=SITE_POLICY)
    of_site = {"tdm-reservation": "1", "tdm-policy": SITE_POLICY} if site_reserves else {"tdm-reservation": "0"}
    found = data_mining_of_story(None if said is None else notice(said), identity)
    assert found.fields == (expected or of_site)
    assert data_mining_of_site(identity).fields == of_site


def test_policy_fits_into_a_header():
    """An address in Chinese, or one with a line end that came from elsewhere, is written as a URI."""
    identity = SiteIdentity(data_mining_policy="https://例子.example/授权\r\nX-Evil: 1")
    policy = data_mining_of_site(identity).fields["tdm-policy"]
    assert policy.isascii()
    assert not set(policy) & set("\r\n ")


def test_feed_is_as_strict_as_the_strictest_in_it():
    """A policy is named only where nobody in it has another."""
    identity = SiteIdentity(reserves_data_mining=False, data_mining_policy=SITE_POLICY)
    reserves = SiteIdentity(reserves_data_mining=True, data_mining_policy=SITE_POLICY)
    allowed, reserved, of_site = notice("allowed"), notice("reserved"), notice("")
    free, both = {"tdm-reservation": "0"}, {"tdm-reservation": "1"}
    assert data_mining_of_feed([], identity).fields == free
    assert data_mining_of_feed([allowed, of_site], identity).fields == free
    assert data_mining_of_feed([allowed, reserved, reserved], identity).fields == {**both, "tdm-policy": AGENCY}
    assert data_mining_of_feed([allowed, of_site], reserves).fields == {**both, "tdm-policy": SITE_POLICY}
    assert data_mining_of_feed([reserved], reserves).fields == both
