"""Browsers in which faults come back as pages: a reader's, and one at the desk."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.builders import MONDAY
from tests.story_form import desk


@pytest.fixture
def reader(db) -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def editor(cast, reading_at) -> Client:
    reading_at(MONDAY)
    return desk(cast.chief_editor)
