"""What the site is called and how it looks: who may change it, what is refused, what is kept and told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from articles.actions import save_site_identity
from articles.actions.site_identity import MOST_FOOTER_LINES
from articles.actions.standing_form import version_of
from articles.models import Activity, FooterLine, SiteIdentity, SiteLogo
from tests.appearance.pictures import picture
from tests.builders import MONDAY, OPERATOR
from tests.test_concurrency import together as together

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def save(
    by: Any = OPERATOR, now=MONDAY, lines: Any = (), logos: Any = None, based_on: str | None = None, **fields: Any
):
    """Save what is stored, but with these `fields`."""
    identity = SiteIdentity.objects.first() or SiteIdentity(pk=1)
    for name, value in fields.items():
        setattr(identity, name, value)
    return save_site_identity(
        identity=identity, footer_lines=list(lines), logos=logos or {}, by=by, now=now, based_on=based_on
    )


def lines_of(*texts: str) -> list[FooterLine]:
    return [FooterLine(text=text) for text in texts]


def stored_lines() -> list[str]:
    return list(SiteIdentity.objects.get().footer_lines.values_list("text", flat=True))


@pytest.mark.parametrize("who", ["reporter", "photo_editor", "editor", "list_editor", "outsider"])
def test_identity_is_not_for_everybody(cast, who):
    """A refusal leaves nothing behind, not even a row."""
    with pytest.raises(PermissionDenied):
        save(getattr(cast, who), name="篡改", lines=lines_of("篡改"), logos={"light": picture()})
    assert not SiteIdentity.objects.exists()
    assert not Activity.objects.exists()


@pytest.mark.parametrize("who", ["chief_editor", "administrator"])
def test_change_is_stored_and_told(cast, who):
    """The trail names what changed, and nothing of it that did not."""
    person = getattr(cast, who)
    stored = save(person, name="松岭日报", lines=lines_of("京ICP备1号"), logos={"light": picture()})
    assert (stored.name, stored.updated_at) == ("松岭日报", MONDAY)
    entry = Activity.objects.get()
    assert (entry.verb, entry.user, entry.at) == (Activity.Verb.CHANGED_IDENTITY, person, MONDAY)
    assert entry.detail == {"changed": ["name", "footer_lines", "logo_light"]}
    assert entry.subject == "松岭日报"


def test_same_again_is_no_change():
    """Neither written nor told: the stylesheet and the caches stay as they are."""
    save(name="松岭日报", lines=lines_of("一"), logos={"light": picture()})
    save(now=MONDAY + HOUR, lines=SiteIdentity.objects.get().footer_lines.all(), logos={"light": picture()})
    assert SiteIdentity.objects.get().updated_at == MONDAY
    assert Activity.objects.count() == 1


def test_text_is_stored_as_it_can_be_read():
    """Without white space around it, and without what no database stores."""
    save(name="  松岭\x00日报\ud800 ", lines=[FooterLine(text=" 京\x00ICP ", url=" https://beian.miit.gov.cn/ ")])
    assert SiteIdentity.objects.get().name == "松岭日报"
    line = FooterLine.objects.get()
    assert (line.text, line.url) == ("京ICP", "https://beian.miit.gov.cn/")


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"accent": "#ff8f7d"}, "accent"),
        ({"accent": "#ffffff"}, "accent"),
        ({"accent_on_dark": "#a3191e"}, "accent_on_dark"),
        ({"accent": "red"}, "accent"),
        ({"accent": "}*{x:y"}, "accent"),
        ({"accent": "#a3191e;}body{display:none"}, "accent"),
        ({"accent": "#１２３４５６"}, "accent"),
        ({"accent": "#+1+1+1"}, "accent"),
        ({"accent": ""}, "accent"),
        ({"accent": None}, "accent"),
        ({"name": "长" * 61}, "name"),
        ({"tagline": "长" * 161}, "tagline"),
        ({"contact_email": "no address"}, "contact_email"),
        ({"data_mining_policy": "javascript:alert(1)"}, "data_mining_policy"),
        ({"paragraphs": "justified"}, "paragraphs"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_value_that_will_not_do_is_refused_at_its_field(fields, key):
    """Colours that cannot be read, or are none, among them; nothing at all is stored then."""
    save(name="松岭日报")
    with pytest.raises(ValidationError) as caught, transaction.atomic():
        save(**{"tagline": "新", **fields}, lines=lines_of("新"))
    assert list(caught.value.message_dict) == [key]
    identity = SiteIdentity.objects.get()
    assert (identity.name, identity.tagline, identity.accent) == ("松岭日报", "", "#a3191e")
    assert stored_lines() == []


def test_both_colours_are_refused_at_once():
    with pytest.raises(ValidationError) as caught:
        save(accent="#eeeeee", accent_on_dark="#111111")
    assert set(caught.value.message_dict) == {"accent", "accent_on_dark"}
    assert "4.5" in caught.value.message_dict["accent"][0]


def test_colour_in_capitals_is_the_same_colour():
    assert save(accent="#0A5C8A").accent == "#0a5c8a"


def test_lines_keep_their_order_and_their_rows():
    """Moved, changed, taken away and added: what stays is the same row."""
    save(lines=lines_of("一", "二", "三"))
    first, second, third = SiteIdentity.objects.get().footer_lines.all()
    second.text = "二改"
    save(lines=[third, second, *lines_of("四")])
    assert stored_lines() == ["三", "二改", "四"]
    assert {third.pk, second.pk} < set(FooterLine.objects.values_list("pk", flat=True))
    assert not FooterLine.objects.filter(pk=first.pk).exists()


def test_line_that_was_deleted_meanwhile_is_kept_with_its_text():
    save(lines=lines_of("一"))
    [line] = SiteIdentity.objects.get().footer_lines.all()
    save(lines=[])
    save(lines=[line])
    assert stored_lines() == ["一"]


@pytest.mark.parametrize(
    "line",
    [{"text": ""}, {"text": "长" * 201}, {"text": "一", "url": "javascript:alert(1)"}, {"text": "一", "url": "/a"},
     {"text": "一", "url": "data:text/html,x"}, {"text": "一", "url": "https://" + "x" * 400}],
    ids=lambda line: str(line)[:40],
)  # fmt: skip
def test_line_that_will_not_do_is_refused(line):
    with pytest.raises(ValidationError) as caught, transaction.atomic():
        save(name="新", lines=[*lines_of("好"), FooterLine(**line)])
    assert list(caught.value.message_dict) == ["footer_lines"]
    assert not SiteIdentity.objects.exists()


def test_number_of_lines_has_an_end():
    save(lines=lines_of(*"一" * MOST_FOOTER_LINES))
    with pytest.raises(ValidationError):
        save(lines=lines_of(*"一" * (MOST_FOOTER_LINES + 1)))


def appearances() -> set[str]:
    return set(SiteLogo.objects.values_list("appearance", flat=True))


def test_logo_is_replaced_and_removed():
    """One row for each paper; what is not named stays."""
    save(logos={"light": picture(), "dark": picture((200, 50))})
    before = SiteLogo.objects.get(appearance="light").digest
    save(logos={"light": picture((100, 50))})
    logo = SiteLogo.objects.get(appearance="light")
    assert logo.digest != before
    assert (logo.width, logo.height) == (100, 50)
    save(logos={"dark": None})
    assert appearances() == {"light"}
    save(logos={"light": None, "dark": None})
    assert appearances() == set()
    changes = [entry.detail["changed"] for entry in Activity.objects.order_by("pk")]
    assert changes == [["logo_light", "logo_dark"], ["logo_light"], ["logo_dark"], ["logo_light"]]


def test_logo_for_dark_paper_is_not_alone():
    """On light paper it could not be seen."""
    with pytest.raises(ValidationError) as caught, transaction.atomic():
        save(logos={"dark": picture()})
    assert list(caught.value.message_dict) == ["logo_dark"]
    save(logos={"light": picture(), "dark": picture()})
    with pytest.raises(ValidationError) as caught, transaction.atomic():
        save(logos={"light": None})
    assert list(caught.value.message_dict) == ["logo_light"]
    assert appearances() == {"light", "dark"}


def test_file_that_is_no_logo_changes_nothing():
    with pytest.raises(ValidationError) as caught, transaction.atomic():
        save(name="新", logos={"light": b"<svg onload=alert(1)>"})
    assert list(caught.value.message_dict) == ["logo_light"]
    assert not SiteIdentity.objects.exists()


def test_paper_that_does_not_exist_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="sepia"):
        save(logos={"sepia": picture()})


def test_change_of_somebody_else_is_not_lost_unseen(cast):
    """Who had the form open is told who was faster; whoever knows may replace it."""
    save(name="松岭日报")
    opened_at = version_of(SiteIdentity.objects.get())
    save(cast.chief_editor, now=MONDAY + HOUR, tagline="快的")
    with pytest.raises(ValidationError) as caught:
        save(cast.administrator, tagline="慢的", based_on=opened_at)
    assert caught.value.code == "overtaken"
    assert "Tang" in caught.value.message
    save(cast.administrator, tagline="慢的", based_on=version_of(SiteIdentity.objects.get()))
    assert SiteIdentity.objects.get().tagline == "慢的"


def test_first_change_is_based_on_nothing_stored():
    assert save(name="松岭日报", based_on=version_of(SiteIdentity(pk=1))).name == "松岭日报"


def test_database_holds_one_row():
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteIdentity.objects.create(pk=2)


@pytest.mark.django_db(transaction=True)
def test_first_change_by_many_at_once_is_no_fault(together):
    """Each finds the row or makes it; each is stored, one after the other."""
    names = [f"报{number}" for number in range(6)]

    def saving(name: str):
        def run() -> str:
            identity = SiteIdentity(pk=1, name=name)
            return save_site_identity(
                identity=identity, footer_lines=lines_of(name), logos={}, by=OPERATOR, now=MONDAY
            ).name

        return run

    assert together([saving(name) for name in names]) == names
    [(name, lines)] = together([lambda: (SiteIdentity.objects.get().name, stored_lines())])
    assert lines == [name]
