"""A source is found under every name it is known by, and no name belongs to two."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from articles.models import Source, SourceAlias

pytestmark = pytest.mark.django_db


def a_source(name: str, *aliases: str, english: str = "") -> Source:
    source = Source(name=name, name_english=english, slug=f"source-{Source.objects.count()}")
    source.full_clean()
    source.save()
    for alias in aliases:
        row = SourceAlias(source=source, name=alias)
        row.full_clean()
        row.save()
    return source


@pytest.mark.parametrize(
    "name", ["新华社", "新華社", "新 华 社", "新华网", "新華網", "ＸＩＮＨＵＡ", "xinhua", " XinHua "]
)
def test_source_is_named_however_it_is_written(name):
    """Spaced, full-width, in other case or script: one source, once."""
    source = a_source("新华社", "新华网", "Xinhua")
    a_source("中新社", "中新网")
    assert list(Source.objects.named(name)) == [source]


@pytest.mark.parametrize("name", ["Xinhua News Agency", "xinhua newsagency", "ＸＩＮＨＵＡ　Ｎｅｗｓ　Ａｇｅｎｃｙ"])
def test_source_is_named_by_its_name_in_english(name):
    source = a_source("新华社", english="Xinhua News Agency")
    a_source("中新社")
    assert list(Source.objects.named(name)) == [source]


@pytest.mark.parametrize("name", ["", "\u200b", "新华", "新华社新华网"])
def test_source_is_not_named_by_part_of_a_name(name):
    """A name is the whole name."""
    a_source("新华社", "新华网")
    assert not Source.objects.named(name).exists()


@pytest.mark.parametrize("name", ["新华社", "新華社", "新华网", "新 華 網"])
def test_second_source_of_one_name_is_refused(name):
    """Neither its own name nor another name of an existing source."""
    a_source("新华社", "新华网")
    with pytest.raises(ValidationError) as refused:
        a_source(name)
    assert "name" in refused.value.message_dict


def test_alias_of_another_source_is_refused():
    """An alias that is another source's name would make two of one."""
    a_source("新华社")
    with pytest.raises(ValidationError):
        a_source("中新社", "新華社")


@pytest.mark.parametrize(("name", "english"), [("中新社", "XINHUA"), ("xinhua", ""), ("中新社", "新 华 网")])
def test_name_in_english_belongs_to_one_source(name, english):
    """Neither the English name of another, nor a name that another has in English."""
    a_source("新华社", "新华网", english="Xinhua")
    with pytest.raises(ValidationError) as refused:
        a_source(name, english=english)
    assert ("name_english" if english else "name") in refused.value.message_dict


def test_alias_that_another_source_has_as_its_name_in_english_is_refused():
    a_source("新华社", english="Xinhua")
    with pytest.raises(ValidationError):
        a_source("中新社", "xin hua")


def test_many_sources_have_no_name_in_english():
    for name in ("新华社", "中新社"):
        a_source(name).full_clean()
    assert Source.objects.count() == 2


def test_source_may_keep_its_own_name():
    """Saving a source again, or giving it an alias that spells its own name, is no conflict with itself."""
    source = a_source("新华社", "新华网", "xin hua", english="Xinhua")
    source.full_clean()
    for alias in source.aliases.all():
        alias.full_clean()
