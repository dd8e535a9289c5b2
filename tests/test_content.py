"""StoryContent: a value that survives being stored, and is clean whatever it was made from."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import content as content_module
from articles import html
from articles.content import (
    SCHEMA,
    Credit,
    Reference,
    RelatedLinkContent,
    StoryContent,
    SubsectionContent,
    UnknownSchemaError,
)
from articles.html import CleanHtml, clean

HOSTILE = '<p onclick="alert(1)">字<script>alert(1)</script></p>'
HARMLESS = "<p>字</p>"

# Text as it may be in a row, and text as it may come from anywhere.
stored_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
any_text = st.text(st.characters() | st.characters(categories=["Cs"]) | st.sampled_from("汉字<>&\x00 \n"), max_size=12)
rich_text = st.lists(st.sampled_from(["<p>", "</p>", "<b>", "汉", "<script>x</script>", "\n\n", "&", "<"])).map("".join)
ids = st.integers(1, 2**62)
references = st.builds(Reference, id=ids, name=stored_text, slug=stored_text)
contents = st.builds(
    StoryContent,
    headline=any_text,
    kicker=any_text,
    subtitle=any_text,
    short_headline=any_text,
    summary=any_text,
    opening=rich_text,
    subsections=st.lists(
        st.builds(SubsectionContent, heading=any_text, figures=any_text, body=rich_text), max_size=3
    ).map(tuple),
    byline=st.lists(
        st.builds(Credit, contributor_id=ids, name=stored_text, slug=stored_text, role=stored_text), max_size=3
    ).map(tuple),
    section=st.none() | references,
    topics=st.lists(references, max_size=3).map(tuple),
    source=st.none() | references,
    original_url=any_text,
    original_title=any_text,
    original_author=any_text,
    related_links=st.lists(
        st.builds(RelatedLinkContent, story_id=st.none() | ids, url=any_text, headline=any_text, teaser=any_text),
        max_size=3,
    ).map(tuple),
    language=st.sampled_from(["zh-hans", "en"]),
    dateline=any_text,
)


def a_full_content() -> StoryContent:
    return StoryContent(
        headline="松岭县新开两趟务工专车",
        slug="zhuan-che",
        kicker="春运",
        subtitle="车票可在线上预订",
        short_headline="务工专车",
        summary="两趟专车。",
        opening=clean("<p>开头。</p>"),
        subsections=(SubsectionContent(key="a1", heading="班次", figures="2 趟 90 座", body=clean("<p>正文。</p>")),),
        byline=(Credit(contributor_id=1, name="林晓", slug="lin-xiao", role="reporter"),),
        section=Reference(id=1, name="要闻", slug="news"),
        topics=(Reference(id=2, name="春运", slug="chunyun"),),
        source=Reference(id=3, name="本报", slug="own"),
        original_url="https://example.com/",
        original_title="原标题",
        original_author="原作者",
        related_links=(RelatedLinkContent(story_id=7, headline="相关"),),
        language="zh-hans",
        dateline="松岭",
        digital_source_type="trainedAlgorithmicMedia",
        noindex=True,
        noarchive=True,
    )


def through_json(content: StoryContent) -> StoryContent:
    return StoryContent.from_json(json.loads(json.dumps(content.to_json())))


@settings(max_examples=60)
@given(contents)
def test_content_survives_json(content):
    """What was stored comes back as the same value with the same digest, and rich text as CleanHtml."""
    back = through_json(content)
    assert back == content
    assert back.digest == content.digest
    assert type(back.opening) is CleanHtml
    assert all(type(part.body) is CleanHtml for part in back.subsections)


@settings(max_examples=60)
@given(contents, contents)
def test_digest_is_equal_exactly_when_content_is(one, other):
    """The digest stands for the content: equal values, equal digests; different values, different digests."""
    assert (one == other) == (one.digest == other.digest)
    assert one.digest == dataclasses.replace(one).digest


# One value for each field that differs from `a_full_content`.
CHANGES: dict[str, Any] = {
    "subsections": (),
    "byline": (),
    "section": None,
    "topics": (Reference(id=2, name="春运", slug="spring"),),
    "source": Reference(id=4, name="本报", slug="own"),
    "related_links": (RelatedLinkContent(story_id=7, headline="相关", teaser="导语"),),
    "opening": clean("<p>开头!</p>"),
}


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(StoryContent)])
def test_digest_changes_with_each_field(field):
    """No field is left out of what a revision is recognised by."""
    content = a_full_content()
    changed = dataclasses.replace(content, **{field: CHANGES.get(field, "改")})
    assert changed != content
    assert changed.digest != content.digest


def test_full_content_has_a_value_in_every_field():
    """The content these tests change holds no default, so that the round trip covers each field."""
    content = a_full_content()
    empty = [field.name for field in dataclasses.fields(content) if not getattr(content, field.name)]
    assert empty == []
    assert through_json(content) == content


def test_digest_does_not_depend_on_the_order_of_stored_keys():
    """Databases may give the keys of an object back in another order."""
    stored = a_full_content().to_json()
    turned = dict(reversed(stored.items()))
    assert StoryContent.from_json(turned).digest == a_full_content().digest


@pytest.mark.parametrize("schema", [None, 0, SCHEMA + 1, "1", "new"])
def test_unknown_schema_is_refused(schema):
    """A revision written by a newer version is not guessed at; the message names its schema."""
    stored = {**a_full_content().to_json(), "schema": schema}
    with pytest.raises(UnknownSchemaError, match=f"schema {schema!r}"):
        StoryContent.from_json(stored)


def test_missing_schema_is_refused():
    """JSON that is no story content is not taken for one."""
    stored = a_full_content().to_json()
    del stored["schema"]
    with pytest.raises(UnknownSchemaError, match="None"):
        StoryContent.from_json(stored)


def test_old_schema_is_upgraded_step_by_step(monkeypatch):
    """Each step leads to the next schema; the stored dict stays as it was."""

    def from_minus_one(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "schema": SCHEMA - 1, "title": data["heading"]}

    def from_zero(data: dict[str, Any]) -> dict[str, Any]:
        title = data.pop("title")
        data.pop("heading")
        return {**data, "schema": SCHEMA, "headline": title}

    monkeypatch.setattr(content_module, "UPGRADES", {SCHEMA - 2: from_minus_one, SCHEMA - 1: from_zero})
    stored = {**a_full_content().to_json(), "schema": SCHEMA - 2, "heading": "旧标题"}
    del stored["headline"]
    before = dict(stored)
    assert StoryContent.from_json(stored) == dataclasses.replace(a_full_content(), headline="旧标题")
    assert stored == before


def test_content_made_from_hostile_html_is_clean():
    """A story that was built in code, by an importer say, cannot carry a script."""
    content = StoryContent(headline="a", opening=HOSTILE, subsections=(SubsectionContent(heading="b", body=HOSTILE),))
    assert content.opening == content.subsections[0].body == HARMLESS
    assert type(content.opening) is type(content.subsections[0].body) is CleanHtml


def test_content_takes_no_plain_str_for_clean():
    """Clean text that was cut or joined is a plain str again, and is cleaned again."""
    content = StoryContent(headline="a", opening=CleanHtml("<p>x</p>") + "<script>alert(1)</script>")
    assert content.opening == "<p>x</p>"


def test_content_drops_characters_that_cannot_be_stored():
    """NUL, lone surrogates and surrounding blanks are gone from every plain text, and the digest can be made."""
    content = StoryContent(
        headline=" 标\x00题\ud800 ",
        subsections=(SubsectionContent(heading="\x01小\u3000", figures="\udfff1"),),
        related_links=(RelatedLinkContent(url="https://example.com/\x00", headline="\x07x"),),
    )
    assert content.headline == "标题"
    assert (content.subsections[0].heading, content.subsections[0].figures) == ("小", "1")
    assert (content.related_links[0].url, content.related_links[0].headline) == ("https://example.com/", "x")
    assert len(content.digest) == 64


def test_reading_a_revision_does_not_clean_again(monkeypatch):
    """A page view reads stored content; cleaning it each time would cost more than the rest of the page."""
    written = a_full_content()
    stored = json.loads(json.dumps(written.to_json()))
    monkeypatch.setattr(html, "_cleaner", None)
    content = StoryContent.from_json(stored)
    assert content == written
    assert type(content.opening) is CleanHtml


def test_content_is_frozen():
    """Nothing that was kept can be changed by who reads it."""
    content = a_full_content()
    with pytest.raises(dataclasses.FrozenInstanceError):
        content.headline = "x"
    with pytest.raises(dataclasses.FrozenInstanceError):
        content.subsections[0].heading = "x"


def test_body_text_holds_headings_and_text_in_reading_order():
    """Opening first, then each subsection with both heading lines; no tags and no empty lines."""
    assert a_full_content().body_text == "开头。\n班次\n2 趟 90 座\n正文。"
    assert StoryContent(headline="a").body_text == ""


def test_list_headline_is_the_short_one_where_there_is_one():
    """Lists have little room."""
    content = a_full_content()
    assert content.list_headline == "务工专车"
    assert dataclasses.replace(content, short_headline="").list_headline == content.headline


@pytest.mark.parametrize("field", ["original_url", "original_title", "original_author"])
def test_content_is_a_reprint_when_anything_names_an_original(field):
    """A Chinese news page must show the origin of a reprint, however little of it is known."""
    assert StoryContent(headline="a", **{field: "x"}).is_reprint
    assert not StoryContent(headline="a").is_reprint


def test_credits_are_those_of_one_role_in_byline_order():
    """Two reporters stay in the order the byline has them."""
    people = [
        Credit(contributor_id=number, name=str(number), slug=str(number), role=role)
        for number, role in enumerate(["reporter", "responsible_editor", "reporter"], start=1)
    ]
    content = StoryContent(headline="a", byline=tuple(people))
    assert content.credits("reporter") == (people[0], people[2])
    assert content.credits("translator") == ()
