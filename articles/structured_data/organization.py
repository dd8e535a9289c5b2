"""NewsMediaOrganization and WebSite: who publishes, and where (https://schema.org/NewsMediaOrganization)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .filled import filled

# What schema.org knows of a newsroom's rules, by the property that holds the address of each.
POLICIES = (
    "publishingPrinciples",
    "ethicsPolicy",
    "correctionsPolicy",
    "verificationFactCheckingPolicy",
    "unnamedSourcesPolicy",
    "actionableFeedbackPolicy",
    "diversityPolicy",
    "masthead",
    "ownershipFundingInfo",
)


@dataclass(frozen=True)
class Logo:
    """A picture at `url`; `width` and `height` in pixels."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """The site and who answers for it. `site_url` has no slash at its end.

    `names`: what the site is called, in the language of the page first (see `called`). `pages`: addresses of the simple
    pages by purpose, of which those count that stand in POLICIES, and "about". `search_url` ends where the words go.
    """

    site_url: str
    names: tuple[str, ...]
    legal_name: str = ""
    tagline: str = ""
    email: str = ""
    language: str = ""
    search_url: str = ""
    logo: Logo | None = None
    pages: Mapping[str, str] = field(default_factory=dict)

    def called(self, name: str) -> Publisher:
        """The same, called `name` on the page that speaks of it: its other names stand behind that one."""
        return replace(self, names=tuple(dict.fromkeys((name, *self.names))))

    @property
    def address(self) -> str:
        return f"{self.site_url}/"

    @property
    def id(self) -> str:
        return f"{self.site_url}/#publisher"

    @property
    def site_id(self) -> str:
        return f"{self.site_url}/#website"

    @property
    def reference(self) -> dict[str, str]:
        """The organization where it is named by another node: its id, and what it is for whoever follows no ids."""
        return {"@type": "NewsMediaOrganization", "@id": self.id, "name": self.names[0]}

    @property
    def site_reference(self) -> dict[str, str]:
        """The site, in the same way."""
        return {"@type": "WebSite", "@id": self.site_id, "name": self.names[0], "url": self.address}


def news_media_organization(publisher: Publisher) -> dict[str, Any]:
    """The newsroom, with the addresses of its rules as far as readers have them."""
    name, *others = publisher.names
    logo = publisher.logo
    return filled(
        type_="NewsMediaOrganization",
        id_=publisher.id,
        name=name,
        alternateName=others,
        legalName=publisher.legal_name,
        url=publisher.address,
        description=publisher.tagline,
        email=publisher.email,
        logo=logo and {"@type": "ImageObject", "url": logo.url, "width": logo.width, "height": logo.height},
        **{name: publisher.pages.get(name, "") for name in POLICIES},
    )


def website(publisher: Publisher) -> dict[str, Any]:
    """The site, with how to search it (https://schema.org/SearchAction, with the words as a URI template)."""
    name, *others = publisher.names
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{publisher.search_url}{{words}}"},
        "query-input": "required name=words",
    }
    return filled(
        type_="WebSite",
        id_=publisher.site_id,
        url=publisher.address,
        name=name,
        alternateName=others,
        description=publisher.tagline,
        inLanguage=publisher.language,
        publisher=publisher.reference,
        potentialAction=search if publisher.search_url else None,
    )
