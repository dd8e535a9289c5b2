"""Input nobody should send, and somebody does: every address and form answers in words, and what was typed survives."""

from __future__ import annotations

import pytest
from django.contrib.admin.sites import site as admin_site
from django.test import Client
from django.urls import reverse

from articles.models import Contributor, CopyrightNotice, Section, Source, Story, Topic
from tests.builders import MONDAY, a_publication, a_section, a_story
from tests.page import page
from tests.story_form import ENGLISH, FORM_TYPE, StoryForm, desk, urlencoded

HUGE = "9" * 30
SURROGATE = b"\xed\xa0\x80"
# One noun of each kind of admin.
LISTS = ["story", "source", "copyrightnotice", "activity"]
FORMS = ["story", "section", "topic", "contributor", "source", "copyrightnotice"]


@pytest.fixture
def reader(db) -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def editor(cast, reading_at) -> Client:
    reading_at(MONDAY)
    return desk(cast.chief_editor)


@pytest.fixture
def public(db) -> list[str]:
    """One address of each kind of public page."""
    person = Contributor.objects.create(name="林一", slug="lin-yi")
    topic = Topic.objects.create(name="春运", slug="chunyun")
    publication = a_publication(topics=[topic], bylines=[(person, "reporter")])
    return ["/", "/section/news/", "/topic/chunyun/", "/contributor/lin-yi/", publication.get_absolute_url()]


# Public addresses


@pytest.mark.parametrize(
    "path",
    [
        "/9999/99/99/x-1/",
        "/0000/00/00/x-1/",
        "/2026/02/30/x-1/",
        "/２０２６/０３/０２/x-１/",
        f"/2026/03/02/x-{'9' * 18}/",
        f"/2026/03/02/x-{'9' * 19}/",
        f"/2026/03/02/x-{HUGE}/",
        f"/2026/03/02/{'x' * 5000}-1/",
        "/2026/03/02/x--1/",
        "/2026/03/02/-1/",
        "/2026/03/02/%00-1/",
        "/2026/03/02/x-%00/",
        "/2026/03/02/x-%ED%A0%80/",
        "/2026/03/02/%FF%FE-1/",
        "/section/%00/",
        "/section/%FF/",
        f"/section/{'x' * 5000}/",
        "/topic/%ED%A0%80/",
        "/contributor/../../etc/passwd",
        "/contributor/%2e%2e/",
        "//2026/03/02/x-1/",
        "/%",
        "/%zz",
        "/\u2028/",
    ],
    ids=lambda path: ascii(path)[:40],
)
def test_address_of_nothing_is_not_found(reader, path):
    """Whatever it holds; the page says so and shows none of it unescaped."""
    for method in ("get", "head"):
        response = getattr(reader, method)(path)
        assert response.status_code == 404
        assert response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    "query",
    ["%00", "%ED%A0%80=%FF", "before", "&&&", "=", "?", "before[]=1", "x=" + "y" * 20_000, "&".join(["a=1"] * 900),
     "before=1-1" * 900, "utm_source=%E4%B8%AD&fbclid=x"],
    ids=lambda query: ascii(query)[:20],
)  # fmt: skip
def test_query_that_means_nothing_changes_nothing(reader, public, query):
    """A reader's link with anything behind the question mark leads to the page, or to no page of a list."""
    for path in public:
        status = reader.get(f"{path}?{query}").status_code
        assert status == 200 or (status == 404 and "before=1" in query), path


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_public_page_is_only_read(reader, public, method):
    """With any body of any type: a clear refusal, never a fault."""
    for path in public:
        for content_type, body in (
            ("application/json", b"{"),
            ("multipart/form-data", b"x"),
            ("text/plain", SURROGATE),
        ):
            arguments = {} if method == "trace" else {"data": body, "content_type": content_type}
            assert getattr(reader, method)(path, **arguments).status_code in {403, 405}, path


@pytest.mark.parametrize("host", ["evil.example", "a b", "", "[::1", "x" * 300])
def test_host_that_is_not_ours_is_refused(reader, host):
    """With a page that stands on its own: nothing of the request is known to be good."""
    response = reader.get("/", headers={"host": host})
    assert response.status_code == 400
    assert "Content-Security-Policy" in response
    assert host not in {"evil.example"} or host not in response.content.decode()


def test_form_without_its_token_is_refused_with_what_to_do(public, cast):
    """A form sent from a page that was opened before a new login: the answer says that nothing was saved."""
    client = Client(enforce_csrf_checks=True, headers=ENGLISH)
    client.force_login(cast.reporter)
    response = client.post(reverse("admin:articles_story_add"), {"headline": "三小时的工作"})
    assert response.status_code == 403
    assert "Nothing was saved" in response.content.decode()
    assert not page(response).all("style")


# Addresses of the desk


@pytest.mark.parametrize("noun", LISTS)
def test_list_takes_any_query(editor, noun):
    """A search, page or filter that makes no sense leads to the list, or is refused; it is never a fault."""
    address = reverse(f"admin:articles_{noun}_changelist")
    queries = [
        "q=%00", "q=%ED%A0%80", f"q={'字' * 500}", "q=%22%27)(*-%2B", "q=NEAR(a", "q=%F0%9F%98%80", "q=%EF%BC%9F",
        f"p={HUGE}", f"p={'9' * 5000}", "p=-1", "p=0", "p=x", "p=%00", "p=%C2%B2",
        f"id__exact={HUGE}", f"pk__in={HUGE}", "id__exact=%00", "id__gt=x", "id__isnull=x", "x=1", "x__y__z=1", "_x=1",
        "o=1", f"o={HUGE}", "o=-", "o=%00", "all=", "e=1", "_popup=1", "_to_field=id", "_to_field=password",
        "_facets=1", "%00=1", "%ED%A0%80=1",
    ]  # fmt: skip
    for query in queries:
        response = editor.get(f"{address}?{query}")
        assert response.status_code in {200, 302, 400}, query
        assert response.status_code != 302 or response["Location"].endswith("?e=1"), query


@pytest.mark.parametrize(
    ("noun", "queries"),
    [
        ("story", ["updated_at__gte=9999-12-31T23:59:59-12:00", "headline__contains=%00", "created_by__password=x"]),
        ("source", ["kind__exact=%00", "kind__exact=x", "kind__in=%00"]),
        ("copyrightnotice", ["source__id__exact=%00", f"source__id__exact={HUGE}", "source__id__exact=x"]),
        ("copyrightnotice", ["effective_from__gte=9999-12-31T23:59:59-12:00", "text__contains=%00"]),
        ("activity", ["verb__exact=%00", "verb__exact=x", "at__lt=0001-01-01"]),
        ("section", ["name__contains=%00", "parent__name=%00"]),
    ],
)
def test_filter_takes_any_value(editor, noun, queries):
    a_publication()
    for query in queries:
        address = f"{reverse(f'admin:articles_{noun}_changelist')}?{query}"
        assert editor.get(address).status_code in {200, 302, 400}, query


@pytest.mark.parametrize("noun", LISTS)
@pytest.mark.parametrize("wanted", [HUGE, "0", "-1", "x", "%00", "%ED%A0%80", "1.5", "²", "1/2", "_5F", "a" * 5000])
def test_page_of_a_row_that_is_none(editor, noun, wanted):
    """Leads back or is refused, on every page a row has, by get and by post."""
    address = reverse(f"admin:articles_{noun}_changelist")
    for part in ("change", "delete", "history", "preview"):
        for method in (editor.get, editor.post):
            assert method(f"{address}{wanted}/{part}/").status_code in {200, 302, 403, 404}, part


@pytest.mark.parametrize("noun", FORMS)
def test_new_form_takes_any_query(editor, noun):
    """What an address wants to fill in is shown in the form, or left out."""
    names = [field.name for field in admin_site._registry[_model(noun)].model._meta.get_fields()]
    for value in ("x", "%00", HUGE, "%ED%A0%80", "-1", "1,x,2", "0001-01-01"):
        query = "&".join(f"{name}={value}" for name in names)
        assert editor.get(f"{reverse(f'admin:articles_{noun}_add')}?{query}").status_code == 200, value


def _model(noun: str) -> type:
    return next(model for model in admin_site._registry if model._meta.model_name == noun)


AUTOCOMPLETE = [
    ("story", "section"),
    ("relatedlink", "related_story"),
    ("byline", "contributor"),
    ("section", "parent"),
]


@pytest.mark.parametrize("term", ["%00", "a%00b", "%ED%A0%80", "字" * 500, "%22)(*", "%F0%9F%98%80", "%EF%BC%9F", ""])
def test_autocomplete_takes_any_term(editor, term):
    a_story()
    for model, field in AUTOCOMPLETE:
        address = f"{reverse('admin:autocomplete')}?app_label=articles&model_name={model}&field_name={field}"
        assert editor.get(f"{address}&term={term}").status_code == 200
        assert editor.get(f"{address}&term={term}&page={HUGE}").status_code == 404
        assert editor.get(f"{address}&term={term}&page=x").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "",
        "app_label=articles",
        "app_label=%00&model_name=%00&field_name=%00",
        "app_label=auth&model_name=user&field_name=x",
        "app_label=articles&model_name=story&field_name=headline",
        "app_label=articles&model_name=story&field_name=created_by",
    ],
)
def test_autocomplete_of_what_is_no_choice_is_refused(editor, query):
    assert editor.get(f"{reverse('admin:autocomplete')}?{query}").status_code in {403, 404}


@pytest.mark.parametrize("language", ["%00", "xx", "zh-hans' or 1", "", "a" * 5000])
def test_language_that_is_none_is_ignored(editor, language):
    for address in ("//evil.example/", "/admin/", "%00"):
        body = f"language={language}&next={address}"
        response = editor.post(reverse("set_language"), body, content_type=FORM_TYPE)
        assert response.status_code in {204, 302}
        assert "evil" not in response.get("Location", "")


def test_login_takes_anything(reader):
    """Wrong names and passwords of any kind are wrong names and passwords."""
    for name in ("\x00", "x" * 5000, "字\U0001f600", SURROGATE):
        body = urlencoded({"username": name, "password": name})
        response = reader.post("/admin/login/?next=//evil.example/%00", body, content_type=FORM_TYPE)
        assert response.status_code == 200


# Forms of the desk


def test_long_headline_is_refused_at_its_field(editor):
    """5,000 characters come back whole, with everything else that was typed."""
    form = StoryForm.new(editor).fill(headline="长" * 5000, opening="<p>正文</p>", section=a_section().pk)
    back = form.refused("_publish_now")
    assert "120" in back.errors["headline"]
    assert back.values["headline"] == ["长" * 5000]
    assert back.values["opening"] == ["<p>正文</p>"]


TEXT_FIELDS = ["kicker", "headline", "subtitle", "short_headline", "summary", "dateline", "original_title"]


def test_nul_bytes_are_refused_at_their_fields_or_dropped(editor):
    """Plain fields say so; rich text and the note for colleagues are never lost over one."""
    form = StoryForm.new(editor).fill(**dict.fromkeys(TEXT_FIELDS, "一\x00二"), opening="<p>三\x00四</p>")
    form.add("subsections", heading="五\x00六", body="<p>七\x00八</p>")
    back = form.refused()
    for name in [*TEXT_FIELDS, "subsections-0-heading"]:
        assert "Null characters" in back.errors[name], name
    assert "四</p>" in back.values["opening"][0]
    assert "八</p>" in back.values["subsections-0-body"][0]


def test_broken_text_is_stored_as_what_can_be_read(editor):
    """Lone surrogates and other bytes that are no text, in every field at once."""
    broken = "一".encode() + SURROGATE + b"\xff\xc3(" + "二".encode()
    form = StoryForm.new(editor).fill(**dict.fromkeys(TEXT_FIELDS, broken))
    form.fill(opening=b"<p>" + broken + b"</p>", section=a_section().pk)
    form.add("subsections", heading=broken, figures=broken, body=broken)
    form.add("related_links", url="https://example.org/", headline=broken, teaser=broken)
    form.saved("_publish_now")
    story = Story.objects.get()
    assert story.headline.startswith("一")
    assert story.headline.endswith("二")
    story.headline.encode()


@pytest.mark.parametrize(
    "text",
    ["\x01\x1b\x7f", "\u200b\u202e\ufeff", "\U0001f600" * 10, "a\u0300" * 40, "ﷺ" * 20, "%s%d{}{0}", "\u3000　"],
    ids=ascii,
)
def test_strange_text_is_no_fault(editor, text):
    """Characters nobody sees, or that take more room when compared: stored or refused at the field, then published."""
    form = StoryForm.new(editor).fill(**dict.fromkeys(TEXT_FIELDS, text), opening=text, section=a_section().pk)
    form.add("subsections", heading=text, figures=text, body=text)
    response = form.press("_publish_now")
    assert response.status_code in {200, 302}
    if response.status_code == 200:
        assert StoryForm.of(editor, form.url, response).errors
        return
    for path in ("/", "/section/news/", Story.objects.get().publications.get().get_absolute_url()):
        assert editor.get(path).status_code == 200


def test_deep_markup_is_no_fault(editor):
    """Thousands of nested tags, and a megabyte of text, are cleaned and stored."""
    for body in ("<b>" * 5000 + "深", "<table><tr><td>" * 500 + "深", "<p>长</p>" * 60_000):
        StoryForm.new(editor).fill(headline="深", opening=body).saved()


def test_too_many_fields_are_refused_in_words(editor):
    body = "&".join(f"a{number}=1" for number in range(20_001))
    for address in (reverse("admin:articles_story_add"), reverse("set_language")):
        response = editor.post(address, body, content_type=FORM_TYPE)
        assert response.status_code == 400, address
        assert page(response).one("h1").text


def test_too_much_text_is_refused_in_words(editor):
    response = editor.post(
        reverse("admin:articles_story_add"), "headline=" + "x" * (11 * 1024 * 1024), content_type=FORM_TYPE
    )
    assert response.status_code in {400, 413}


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"headline": "x"}'),
        ("text/plain", b"headline=x"),
        ("", b"headline=x"),
        ("multipart/form-data", b"headline=x"),
        ("multipart/form-data; boundary=", b"headline=x"),
        ("multipart/form-data; boundary=a", b"--a\r\nContent-Disposition: form-data; name="),
        ("multipart/form-data; boundary=a", b"--a\r\n\r\n\x00\xff--a--"),
        ("multipart/form-data; boundary=" + "a" * 300, b"x"),
        ("application/x-www-form-urlencoded; charset=utf-16", b"headline=x"),
        ("application/x-www-form-urlencoded; charset=nonsense", b"headline=x"),
        ("application/x-www-form-urlencoded", b"\xff\xfe%%%00=%zz&&&=;"),
    ],
    ids=lambda value: ascii(value)[:45],
)
@pytest.mark.parametrize("noun", ["story", "source", "copyrightnotice"])
def test_post_that_is_no_form_is_refused(editor, noun, content_type, body):
    """The form comes back, or a page says that the request could not be understood."""
    address = reverse(f"admin:articles_{noun}_add")
    response = editor.generic("POST", address, body, content_type=content_type)
    assert response.status_code in {200, 400, 403}
    assert not _model(noun).objects.exists()


@pytest.mark.parametrize("total", ["", "x", "-1", HUGE, "1.5", "\x00", "999999"])
def test_management_data_that_makes_no_sense_is_refused(editor, monkeypatch, total):
    """The story form says that its rows came damaged, and keeps the text; a huge number makes no huge form."""
    # Django makes 2,000 rows at most, which takes seconds.
    monkeypatch.setattr("django.forms.formsets.DEFAULT_MAX_NUM", 10)
    form = StoryForm.new(editor).fill(headline="写好的标题", **{"bylines-TOTAL_FORMS": total})
    response = form.press()
    assert response.status_code in {200, 302}
    if response.status_code == 200:
        assert "写好的标题" in response.content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {"subsections-INITIAL_FORMS": "5"},
        {"subsections-INITIAL_FORMS": HUGE},
        {"subsections-0-id": HUGE},
        {"subsections-0-id": "x"},
        {"subsections-0-story": HUGE},
        {"subsections-0-place": "x"},
        {"subsections-0-place": HUGE},
        {"subsections-0-place": "-1"},
        {"section": HUGE},
        {"section": "x"},
        {"section": "-1"},
        {"topics": ["x", HUGE, "-1", "\x00"]},
        {"source": "\x00"},
        {"language": "tlh"},
        {"original_url": "javascript:alert(1)"},
        {"original_url": "https://" + "x" * 600},
        {"original_url": "http://[::1"},
        {"slug": "不是"},
        {"slug": "x" * 101},
        {"slug": "../../x"},
        {"publish_at": "x" * 5000},
    ],
    ids=lambda values: ascii(values)[:40],
)
def test_value_that_is_no_choice_keeps_the_text(editor, values):
    """Refused at its field or left out; the rest of the form is as it was typed."""
    story = a_story(subsections=[("一", "", "")])
    form = StoryForm.edit(editor, story).fill(headline="写好的标题", **values)
    response = form.press()
    assert response.status_code in {200, 302}
    if response.status_code == 200:
        back = StoryForm.of(editor, form.url, response)
        assert back.errors
        assert back.values["headline"] == ["写好的标题"]
    else:
        story.refresh_from_db()
        assert story.headline == "写好的标题"


@pytest.mark.parametrize(
    "text", ["x" * 5000, "一\x00二", "\x01", SURROGATE, "ﷺ" * 60, HUGE, "-1"], ids=lambda v: ascii(v)[:9]
)
@pytest.mark.parametrize("noun", FORMS[1:])
def test_form_of_any_noun_takes_any_text(editor, noun, text):
    """In all of its fields at once, new and existing."""
    address = reverse(f"admin:articles_{noun}_add")
    names = page(editor.get(address)).one("form", id=f"{noun}_form").all()
    fields = [
        one.attributes["name"]
        for one in names
        if one.tag in {"input", "textarea", "select"} and "name" in one.attributes
    ]
    values = {name: text for name in fields if not name.startswith(("csrf", "aliases")) and not name.startswith("_")}
    for kept in ({}, {"aliases-TOTAL_FORMS": "1", "aliases-INITIAL_FORMS": "0", "aliases-0-name": text}):
        response = editor.post(address, urlencoded({**values, **kept}), content_type=FORM_TYPE)
        assert response.status_code in {200, 302}
    slugs = {"slug": "good"}
    response = editor.post(address, urlencoded({**values, **slugs}), content_type=FORM_TYPE)
    assert response.status_code in {200, 302}


def test_nothing_was_stored_by_looking(editor):
    """Every get of this file was only a get: nothing is changed by reading with odd addresses."""
    for noun in FORMS:
        editor.get(f"{reverse(f'admin:articles_{noun}_add')}?name=x&headline=x&slug=x")
    for model in (Story, Section, Topic, Contributor, Source, CopyrightNotice):
        assert not model.objects.exists()
