"""The form of a simple page: written with the editor, public from a moment in the newsroom's zone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from articles.actions import save_site_page
from articles.models import SitePage
from tests.builders import MONDAY, OPERATOR
from tests.page import form_values, page
from tests.story_form import FORM_TYPE, desk, urlencoded

ADD = reverse("admin:articles_sitepage_add")
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def monday_morning(reading_at):
    reading_at(MONDAY + HOUR)


@pytest.fixture
def chief(cast):
    return desk(cast.chief_editor)


def a_page(title: str = "关于我们", **fields: Any) -> SitePage:
    return save_site_page(page=SitePage(title=title, **fields), by=OPERATOR, now=MONDAY)


def change(row: SitePage) -> str:
    return reverse("admin:articles_sitepage_change", args=[row.pk])


def opened(client: Any, address: str = ADD) -> dict[str, str]:
    form = page(client.get(address)).one("form", id="sitepage_form")
    return {name: held[0] for name, held in form_values(form).items()}


def posted(client: Any, address: str, **values: Any) -> Any:
    return client.post(address, urlencoded({**opened(client, address), **values}), content_type=FORM_TYPE)


def test_page_is_written_and_read(chief):
    """With its address made from the title, and the moment in the newsroom's zone."""
    response = posted(
        chief, ADD, title="关于我们", body="<p>我们是谁</p>", live_from_0="2026-03-02", live_from_1="08:30"
    )
    assert response.status_code == 302
    row = SitePage.objects.get()
    assert row.live_from == datetime(2026, 3, 2, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert "我们是谁" in chief.get("/page/guan-yu-wo-men/").content.decode()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("", "Draft: readers do not see it yet."),
        ("2026-03-03", "Readers see it from 3 March 2026, 08:30 Beijing time."),
        ("2026-03-02", None),
    ],
)
def test_saving_says_who_does_not_see_the_page_yet(chief, day, words):
    """A draft or a page to come is not taken for a public one: when it is added, and when it is saved again."""
    typed = {"live_from_0": day, "live_from_1": day and "08:30"}
    for address, title in ((lambda: ADD, "关于我们"), (lambda: change(SitePage.objects.get()), "关于本报")):
        answer = posted(chief, address(), title=title, **typed)
        said = page(chief.get(answer.url)).one("ul", "messagelist").text
        assert words in said if words else "eaders" not in said


def test_form_names_the_zone_and_links_to_the_page(chief):
    row = a_page(live_from=MONDAY)
    document = page(chief.get(change(row)))
    assert "Beijing time" in document.one("div", "field-live_from").text
    assert document.one("a", "viewsitelink").attributes["href"] == row.get_absolute_url()


def test_draft_has_no_link_to_a_page_that_is_not_there(chief):
    for row in (a_page(), a_page("将来", live_from=MONDAY + 9 * HOUR)):
        assert not page(chief.get(change(row))).all("a", "viewsitelink")


def test_address_can_be_changed_until_readers_have_the_page(chief):
    draft, public = a_page(), a_page("联系", live_from=MONDAY)
    assert "slug" in opened(chief, change(draft))
    assert "slug" not in opened(chief, change(public))
    posted(chief, change(public), slug="other", title="联系本报")
    assert SitePage.objects.get(pk=public.pk).slug == "lian-xi"
    assert SitePage.objects.get(pk=public.pk).title == "联系本报"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "长" * 101}, "title"),
        ({"title": "一\x00二"}, "title"),
        ({"slug": "不是"}, "slug"),
        ({"slug": "taken"}, "slug"),
        ({"live_from_0": "0001-01-01", "live_from_1": "00:00"}, "live_from"),
        ({"live_from_0": "9999-12-31", "live_from_1": "23:59"}, "live_from"),
        ({"live_from_0": "x", "live_from_1": "y"}, "live_from"),
        ({"live_from_0": "2026-03-02", "live_from_1": ""}, "live_from"),
        ({"live_from_0": "2026-02-30", "live_from_1": "10:00"}, "live_from"),
        ({"position": "9" * 30}, "position"),
        ({"position": "-1"}, "position"),
        ({"language": "tlh"}, "language"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_value_that_will_not_do_keeps_the_text(chief, values, field):
    a_page("先来", slug="taken")
    response = posted(chief, ADD, **{"title": "写好的标题", "body": "<p>写了很久</p>", **values})
    assert response.status_code == 200
    document = page(response)
    assert document.one("div", f"field-{field}").all("ul", "errorlist")
    assert "写了很久" in document.one("textarea", name="body").text
    assert SitePage.objects.count() == 1


def test_second_page_for_a_purpose_is_refused_in_words(chief):
    a_page(purpose="about")
    response = posted(chief, ADD, title="又一个", purpose="about", body="<p>写了很久</p>")
    assert "for this purpose in this language already" in response.content.decode()
    assert "写了很久" in response.content.decode()


@pytest.mark.parametrize("text", ["x" * 10_000, "\x00\x01", "\ud800".encode("utf-8", "surrogatepass"), "<b>" * 3000])
def test_any_text_is_no_fault(chief, text):
    for address in (ADD, change(a_page())):
        response = posted(chief, address, title="标题", body=text, slug="", purpose="", position="0")
        assert response.status_code in {200, 302}
        assert chief.get("/").status_code == 200


def test_editor_gets_its_policy_and_others_do_not(chief):
    assert "unsafe-inline" in chief.get(ADD)["Content-Security-Policy"]
    assert "unsafe-inline" not in chief.get(reverse("admin:articles_sitepage_changelist"))["Content-Security-Policy"]


def test_form_that_somebody_overtook_keeps_the_text(chief, cast):
    row = a_page()
    values = {**opened(chief, change(row)), "body": "<p>慢的</p>"}
    posted(desk(cast.administrator), change(row), body="<p>快的</p>")
    response = chief.post(change(row), urlencoded(values), content_type=FORM_TYPE)
    assert "Gu changed this at" in response.content.decode()
    back = form_values(page(response).one("form", id="sitepage_form"))
    chief.post(change(row), urlencoded(back), content_type=FORM_TYPE)
    assert SitePage.objects.get().body == "<p>慢的</p>"


def test_page_deleted_while_it_was_open_is_a_page_again(chief):
    """With all that was typed."""
    row = a_page()
    values = {**opened(chief, change(row)), "title": "还在写"}
    address = change(row)
    SitePage.objects.all().delete()
    assert chief.post(address, urlencoded(values), content_type=FORM_TYPE).status_code == 302
    assert SitePage.objects.get().title == "还在写"


def test_page_is_deleted_by_the_form(chief):
    row = a_page()
    address = reverse("admin:articles_sitepage_delete", args=[row.pk])
    assert chief.get(address).status_code == 200
    assert chief.post(address, {"post": "yes"}).status_code == 302
    assert not SitePage.objects.exists()


@pytest.mark.parametrize("who", ["reporter", "editor", "photo_editor", "list_editor"])
def test_who_may_only_look_changes_nothing(cast, who):
    client, row = desk(getattr(cast, who)), a_page(body="<p>我们</p>")
    assert "关于我们" in client.get(change(row)).content.decode()
    assert client.get(ADD).status_code == 403
    for address in (ADD, change(row), reverse("admin:articles_sitepage_delete", args=[row.pk])):
        assert client.post(address, {"title": "篡改", "post": "yes"}).status_code == 403
    assert SitePage.objects.get().title == "关于我们"


def test_history_names_what_changed(chief):
    row = a_page()
    posted(chief, change(row), title="关于本报")
    rows = page(chief.get(reverse("admin:articles_sitepage_history", args=[row.pk]))).one("tbody").all("tr")
    assert "Tang" in rows[0].text
    assert rows[0].all("td")[3].text == "title"
    assert len(rows) == 2


def test_queries_of_the_list_do_not_grow(chief, django_assert_num_queries):
    """The same for one page and for thirty."""
    address = reverse("admin:articles_sitepage_changelist")
    a_page()
    for more in (0, 29):
        for number in range(more):
            a_page(f"页{number}")
        with django_assert_num_queries(8):
            assert chief.get(address).status_code == 200


def test_new_page_stands_last_unless_it_is_moved(chief):
    """And the form says which way the numbers count."""
    assert opened(chief)["position"] == "1"
    a_page(position=7)
    assert opened(chief)["position"] == "8"
    assert "Small numbers come first" in page(chief.get(ADD)).one("div", "field-position").text
    SitePage.objects.update(position=32_767)
    assert opened(chief)["position"] == "32767"
