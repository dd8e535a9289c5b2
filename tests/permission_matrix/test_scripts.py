"""Each public address in traditional characters, in each state of a story: what the plain address says, and no more."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.chinese import to_traditional
from tests.permission_matrix.scene import CANARIES, NOW, PUBLIC, READABLE, STATES, a_scene
from tests.permission_matrix.test_matrix import addresses


@pytest.fixture(autouse=True)
def newsroom(settings, reading_at):
    settings.REVIEW_STAGES = "one"
    settings.EARLIER_VERSIONS = True
    settings.LANGUAGE_CODE = "zh-hans"
    reading_at(NOW)


@pytest.mark.matrix
@pytest.mark.parametrize("state", STATES)
def test_no_address_shows_more_in_traditional_characters(cast, state):
    """The same answer, or the way to the plain address; no word of what readers do not have, in either script."""
    client = Client(raise_request_exception=False)
    words = {canary: {canary, to_traditional(canary)} for canary in CANARIES}
    assert words[PUBLIC] != {PUBLIC}, "the canaries must be words that are converted"
    shown = set()
    for name, path in addresses(a_scene(state, cast)).items():
        if not name.startswith("articles:"):
            continue
        plain, derived = client.get(path), client.get(f"/zh-hant{path}")
        assert derived.status_code in {plain.status_code, 302}, name
        if derived.status_code == 302 and plain.status_code != 302:
            assert derived["Location"].split("?")[0] == path.split("?")[0], name
        told = derived.content.decode() + str(derived.headers)
        shown |= {canary for canary, forms in words.items() if any(form in told for form in forms)}
    assert shown == ({PUBLIC} if state in READABLE else set())
