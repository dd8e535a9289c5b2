"""The reservation of text and data mining (Directive (EU) 2019/790, article 4), as machines are told of it.

TDM Reservation Protocol (W3C community report, 2024): `tdm-reservation` is 1 or 0; `tdm-policy` is the address of a
policy of whoever holds the rights, and stands only beside a reservation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.encoding import iri_to_uri

from articles.models import CopyrightNotice, SiteIdentity


@dataclass(frozen=True, slots=True)
class DataMining:
    """Whether mining is reserved, and the absolute address of what to do for a licence; "" for none."""

    reserved: bool
    policy: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """The fields by their names, as header and as meta elements have them."""
        found = {"tdm-reservation": "1" if self.reserved else "0"}
        return {**found, "tdm-policy": iri_to_uri(self.policy)} if self.policy else found

    @property
    def declaration(self) -> list[dict[str, Any]]:
        """What /.well-known/tdmrep.json says of the whole site."""
        found: dict[str, Any] = {"location": "/", "tdm-reservation": int(self.reserved)}
        return [{**found, "tdm-policy": iri_to_uri(self.policy)} if self.policy else found]


def data_mining_of_site(identity: SiteIdentity) -> DataMining:
    """What the site says where no notice says anything else."""
    reserved = identity.reserves_data_mining
    return DataMining(reserved, identity.data_mining_policy if reserved else "")


def data_mining_of_story(notice: CopyrightNotice | None, identity: SiteIdentity) -> DataMining:
    """What the copyright notice of a story says; what the site says where there is none, or it leaves that to the site.

    A source that reserves mining itself is asked where it says so: the site gives no licence for it.
    """
    match notice.data_mining if notice else CopyrightNotice.DataMining.SITE:
        case CopyrightNotice.DataMining.RESERVED:
            return DataMining(True, notice.licensing_url)
        case CopyrightNotice.DataMining.ALLOWED:
            return DataMining(False)
    return data_mining_of_site(identity)


def data_mining_of_feed(notices: Iterable[CopyrightNotice], identity: SiteIdentity) -> DataMining:
    """What a feed says whose stories have these notices: reserved, where the site or one of them reserves.

    One document has one answer, so it is that of the strictest. A policy is named where there is no other.
    """
    said = {data_mining_of_site(identity), *(data_mining_of_story(notice, identity) for notice in notices)}
    reserved = {each for each in said if each.reserved}
    policies = {each.policy for each in reserved}
    return DataMining(bool(reserved), policies.pop() if len(policies) == 1 else "")
