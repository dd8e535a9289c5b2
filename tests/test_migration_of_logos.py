"""Logos of an earlier release are measured when it is upgraded."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from articles.actions import save_site_identity
from articles.models import SiteIdentity, SiteLogo
from tests.appearance.pictures import lettering
from tests.builders import MONDAY, OPERATOR

measure = import_module("articles.migrations.0016_luminance_of_logos").measure


@pytest.fixture
def unmeasured(db: Any) -> None:
    logos = {"light": lettering((10, 10, 10)), "dark": lettering((250, 250, 250))}
    save_site_identity(identity=SiteIdentity(pk=1), footer_lines=[], logos=logos, by=OPERATOR, now=MONDAY)
    SiteLogo.objects.update(luminance=None)


def test_logos_there_are_get_measured(unmeasured):
    measure(apps, SimpleNamespace(connection=connection))
    assert {logo.appearance: round(logo.luminance, 1) for logo in SiteLogo.objects.all()} == {"light": 0, "dark": 1}


def test_picture_that_cannot_be_read_stops_no_upgrade(unmeasured):
    """It is shown as before; the other one is measured."""
    SiteLogo.objects.filter(appearance="light").update(picture=b"x")
    measure(apps, SimpleNamespace(connection=connection))
    assert SiteLogo.objects.get(appearance="light").luminance is None
    assert SiteLogo.objects.get(appearance="dark").luminance > 0.9
