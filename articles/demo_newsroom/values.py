"""What the demo newsroom is made of: one frozen value for each kind of table in its files."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from articles.demo_newsroom.list_values import DayTime, DemoList


@dataclass(frozen=True, kw_only=True)
class DemoSection:
    name: str
    name_english: str = ""
    slug: str
    description: str
    position: int
    parent: str = ""


@dataclass(frozen=True, kw_only=True)
class DemoTopic:
    name: str
    name_english: str = ""
    slug: str
    description: str


@dataclass(frozen=True, kw_only=True)
class DemoContributor:
    name: str
    name_english: str = ""
    slug: str
    job_title: str
    biography: str


@dataclass(frozen=True, kw_only=True)
class DemoSource:
    name: str
    name_english: str = ""
    slug: str
    kind: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DemoNotice:
    source: str
    text: str
    holder: str
    usage_terms: str
    text_english: str = ""
    holder_english: str = ""
    usage_terms_english: str = ""
    licence_url: str = ""
    licensing_url: str = ""
    feeds: str = "summary"
    data_mining: str = ""


@dataclass(frozen=True, kw_only=True)
class DemoIdentity:
    name: str
    name_english: str
    tagline: str
    publisher: str
    contact_email: str
    security_contact: str
    data_mining_policy: str = ""


@dataclass(frozen=True, kw_only=True)
class DemoFooterLine:
    text: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class DemoPage:
    """`body` is HTML."""

    slug: str
    title: str
    purpose: str
    body: str
    language: str = "zh-hans"
    in_footer: bool = True


@dataclass(frozen=True, kw_only=True)
class DemoSite:
    """What the site is called, the lines at its foot, and its simple pages."""

    identity: DemoIdentity
    footer_lines: tuple[DemoFooterLine, ...]
    pages: tuple[DemoPage, ...]


@dataclass(frozen=True, kw_only=True)
class DemoLogin:
    username: str
    first_name: str
    last_name: str = ""
    role: str
    contributor: str = ""
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DemoByline:
    who: str
    role: str


@dataclass(frozen=True, kw_only=True)
class DemoRelatedLink:
    """Either `key` (another demo story) or `url` is set; an empty headline means the target's own."""

    key: str = ""
    url: str = ""
    headline: str = ""
    teaser: str = ""


@dataclass(frozen=True, kw_only=True)
class DemoSubsection:
    """`body` is HTML."""

    heading: str
    body: str
    figures: str = ""


@dataclass(frozen=True, kw_only=True)
class DemoStory:
    """`opening` is HTML, also in `before` and `draft`; `source` is always a slug.

    A scheduled story goes live `hours_ahead`, or at `goes_live`; one that is live may end at `ends`.
    """

    key: str
    headline: str
    summary: str
    opening: str
    section: str
    source: str
    language: str
    dateline: str
    byline: tuple[DemoByline, ...]
    topics: tuple[str, ...] = ()
    kicker: str = ""
    subtitle: str = ""
    short_headline: str = ""
    related: tuple[DemoRelatedLink, ...] = ()
    subsections: tuple[DemoSubsection, ...] = ()
    original_url: str = ""
    original_title: str = ""
    original_author: str = ""
    state: str = "published"
    hours_ago: float | None = None
    hours_ahead: float | None = None
    goes_live: DayTime | None = None
    ends: DayTime | None = None
    changed_hours_ago: float | None = None
    correction_note: str = ""
    withdrawal_note: str = ""
    retraction_note: str = ""
    before: Mapping[str, str] = field(default_factory=dict)
    draft: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class DemoNewsroom:
    sections: tuple[DemoSection, ...]
    topics: tuple[DemoTopic, ...]
    contributors: tuple[DemoContributor, ...]
    sources: tuple[DemoSource, ...]
    notices: tuple[DemoNotice, ...]
    logins: tuple[DemoLogin, ...]
    stories: tuple[DemoStory, ...]
    lists: tuple[DemoList, ...] = ()
    site: DemoSite | None = None
