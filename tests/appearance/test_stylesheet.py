"""The one stylesheet: the parts in their order, and behind them what the admin chose."""

from __future__ import annotations

import pytest

from articles.appearance import Look, stylesheet

LOOK = {"accent": "#0a5c8a", "accent_on_dark": "#7cc4ff"}


def test_colours_chosen_come_last():
    """Behind the tokens, which have other ones, and each for its own paper."""
    text = stylesheet(Look(**LOOK)).text
    assert text.rindex("--accent:#0a5c8a") > text.rindex("--accent: #a3191e")
    light, dark = text.rsplit("@media screen and (prefers-color-scheme:dark)", 1)
    assert "#7cc4ff" in dark
    assert "#7cc4ff" not in light


def test_digest_follows_the_text():
    """Another colour is another address; the same colour the same."""
    one, same, other = (stylesheet(Look(**{**LOOK, "accent": colour})) for colour in ("#0a5c8a", "#0a5c8a", "#0a5c8b"))
    assert one == same
    assert one.digest != other.digest


@pytest.mark.parametrize("colour", ["}*{x", "red}a{", "#a3191", "#A3191E", "", "#a3191e;", "</sty", "\n#a3191e"])
def test_what_is_no_colour_becomes_no_rule(colour):
    """Whoever wrote it past the form: the tokens keep theirs."""
    rules = Look(accent=colour, accent_on_dark=colour).rules
    assert "--accent" not in rules
    assert rules.count("{") == rules.count("}") == 3
    assert not colour or colour not in rules


def test_paragraphs_are_indented_or_apart():
    assert "--paragraph-indent:2em;--paragraph-gap:0" in Look(**LOOK).rules
    assert "--paragraph-indent:0;--paragraph-gap:1em" in Look(**LOOK, indents_paragraphs=False).rules


def test_own_rules_come_after_all_parts(settings, tmp_path):
    """A newsroom's own file wins over the project's."""
    settings.ON_OWN_MACHINE = True
    (tmp_path / "articles/site").mkdir(parents=True)
    (tmp_path / "articles/site/own.css").write_text(":root { --measure: 30em }", encoding="utf-8")
    assert "--measure: 30em" not in stylesheet(Look(**LOOK)).text
    settings.STATICFILES_DIRS = [tmp_path, *settings.STATICFILES_DIRS]
    text = stylesheet(Look(**LOOK)).text
    assert text.rindex("--measure: 30em") > text.rindex("@media print")
