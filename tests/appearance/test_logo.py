"""Logos from anywhere: what is a picture becomes a small PNG, what is anything else is refused in words."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from articles.appearance.logo import BOX, MOST_BYTES, UnusableLogoError, luminance_of, made_logo
from tests.appearance.pictures import lettering, moving, opened, picture, png_that_claims, webp_that_claims

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><script>alert(document.domain)</script></html>"


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("PNG", "1"), ("JPEG", "RGB"), ("JPEG", "L"), ("WEBP", "RGBA")],
)
def test_picture_becomes_a_png(kind, mode):
    """Whatever it was, with the pixels it had."""
    logo = made_logo(picture((320, 80), kind=kind, mode=mode))
    shown = opened(logo.png)
    assert (shown.format, shown.mode, shown.size) == ("PNG", "RGBA", (320, 80))
    assert (logo.width, logo.height) == (320, 80)
    assert len(logo.digest) == 64


@pytest.mark.parametrize(
    ("size", "kept"),
    [
        ((1280, 320), (640, 160)),
        ((2000, 100), (640, 32)),
        ((400, 800), (80, 160)),
        ((40, 10), (40, 10)),
        ((8000, 1), (640, 1)),
    ],
)
def test_large_picture_is_made_to_fit(size, kept):
    """Its proportions stay, and a small one is not blown up."""
    logo = made_logo(picture(size))
    assert (logo.width, logo.height) == kept
    assert kept[0] <= BOX[0]
    assert kept[1] <= BOX[1]


def test_same_file_has_the_same_digest():
    assert made_logo(picture()) == made_logo(picture())
    assert made_logo(picture()).digest != made_logo(picture((320, 81))).digest


def test_nothing_but_pixels_is_kept():
    """No place, no camera, no text, no colour profile, and nothing that stood behind the picture."""
    facts = PngImagePlugin.PngInfo()
    facts.add_text("Comment", "机密")
    facts.add_text("Author", "canary-text", zip=True)
    exif = Image.Exif()
    exif[0x010F] = "canary-camera"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = picture(pnginfo=facts, exif=exif, icc_profile=profile) + b"canary-behind"
    logo = made_logo(data)
    assert opened(logo.png).info == {}
    assert b"canary" not in logo.png
    for chunk in (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"iCCP"):
        assert chunk not in logo.png


def test_turned_photograph_stands_upright():
    """A camera that was held upright says so beside the pixels, which are dropped otherwise."""
    exif = Image.Exif()
    exif[0x0112] = 6
    logo = made_logo(picture((80, 40), kind="JPEG", mode="RGB", exif=exif))
    assert (logo.width, logo.height) == (40, 80)


def test_transparent_ground_stays():
    file = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(file, "PNG")
    assert opened(made_logo(file.getvalue()).png).getpixel((5, 5))[3] == 0


def test_colours_of_print_become_those_of_the_web():
    """A CMYK file without a profile is taken as it is."""
    logo = made_logo(picture(kind="JPEG", mode="CMYK"))
    red, green, blue, _alpha = opened(logo.png).getpixel((5, 5))
    assert red > 140
    assert max(green, blue) < 60


def test_broken_colour_profile_is_left_out():
    assert made_logo(picture(icc_profile=b"no profile" * 20)) == made_logo(picture())


def refusal(data: bytes) -> str:
    with pytest.raises(UnusableLogoError) as caught:
        made_logo(data)
    return str(caught.value)


GIF = picture(kind="GIF", mode="P")


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00", b"logo", b"\xff" * 5000, b"GIF89a/*" + HTML, GIF, picture(kind="BMP"), picture(kind="TIFF"),
     picture(kind="ICO"), b"RIFF\x00\x00\x00\x00WEBP", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04" + b"x" * 99,
     b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n"],
    ids=lambda data: ascii(data[:12]),
)  # fmt: skip
def test_what_is_no_png_jpeg_or_webp_is_refused(data):
    """By its bytes; formats that other programs would be started for are never opened."""
    assert refusal(data)


@pytest.mark.parametrize("data", [SVG, b"\xef\xbb\xbf  \n" + SVG, b'<?xml version="1.0"?>' + SVG, b"<!-- x -->" + SVG])
def test_svg_is_refused_with_what_to_do(data):
    """A drawing can hold scripts, and is not what this field takes."""
    assert "SVG" in refusal(data)


@pytest.mark.parametrize(
    "data",
    [
        HTML,
        picture() + HTML,
        picture(kind="JPEG", mode="RGB", comment=HTML),
        picture(kind="WEBP") + SVG,
        picture() + b"<?php system($_GET[0]); ?>",
        picture() + b"%PDF-1.7 ...",
        picture() + b"<ScRiPt src=//evil.example>",
    ],
    ids=["page", "png+page", "jpeg comment", "webp+svg", "php", "pdf", "script"],
)
def test_picture_that_is_a_page_as_well_is_refused(data):
    """Nothing of it would be served; whoever made it should not think that it was."""
    assert refusal(data)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_moving_picture_is_refused(kind):
    still, words = picture((20, 20), kind=kind), refusal(moving(kind))
    assert made_logo(still)
    assert words != refusal(b"no picture")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_incomplete_file_is_refused(kind, part):
    """A download that broke off: half a logo is none."""
    file = io.BytesIO()
    Image.effect_noise((200, 80), 90).convert("RGB").save(file, kind)
    data = file.getvalue()
    assert made_logo(data)
    assert refusal(data[: int(len(data) * part)])


def test_damaged_pixels_are_refused():
    data = bytearray(picture())
    place = data.index(b"IDAT") + 8
    data[place : place + 4] = b"\xff\xff\xff\xff"
    assert refusal(bytes(data))


@pytest.mark.parametrize(
    "size", [(60_000, 60_000), (30_000, 30_000), (11_000, 11_000), (8_001, 10), (10, 8_001), (5_000, 5_000)]
)
def test_picture_of_too_many_pixels_is_refused_unread(size):
    """A few kilobytes that would unpack to gigabytes, and sizes just over the limits."""
    assert "640" in refusal(png_that_claims(*size))


@pytest.mark.parametrize("size", [(16_383, 16_383), (9_000, 100)])
def test_webp_that_claims_too_much_is_refused(size):
    assert refusal(webp_that_claims(*size))


def test_text_that_unpacks_to_megabytes_is_refused():
    facts = PngImagePlugin.PngInfo()
    facts.add(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"x" * 50_000_000, 9))
    assert refusal(picture(pnginfo=facts))


def test_file_that_is_too_large_is_refused_by_its_size():
    assert refusal(b"x" * (MOST_BYTES + 1))
    assert refusal(b"x" * (MOST_BYTES + 1)) != refusal(b"x" * MOST_BYTES)


def test_nothing_made_to_break_it_raises_anything_else():
    """Each byte of the heads changed, one after the other: a logo comes of it, or words."""
    outcomes = {bool(outcome_of(changed)) for changed in changed_heads()}
    assert outcomes == {True}


def outcome_of(data: bytes) -> object:
    try:
        return made_logo(data)
    except UnusableLogoError as error:
        return str(error)


def changed_heads() -> Iterator[bytes]:
    for kind, mode in (("PNG", "RGBA"), ("JPEG", "RGB"), ("WEBP", "RGB")):
        data = picture((16, 16), kind=kind, mode=mode)
        for place in range(min(len(data), 120)):
            for value in (0, 0x7F, 0xFF):
                yield data[:place] + bytes([value]) + data[place + 1 :]


@pytest.mark.parametrize(
    ("colour", "luminance"), [((0, 0, 0), 0), ((255, 255, 255), 1), ((163, 25, 30), 0.085), ((119, 119, 119), 0.184)]
)
def test_lightness_is_that_of_what_is_seen(colour, luminance):
    """Not of the ground, which is seen through; in the relative luminance of WCAG."""
    assert made_logo(lettering(colour)).luminance == pytest.approx(luminance, abs=0.005)


def test_pixels_count_by_how_much_they_are_seen():
    """Black and, a quarter as dense, white: a fifth of the light. Of what is seen through all over nobody can say."""
    both = Image.new("RGBA", (20, 10), (0, 0, 0, 200))
    both.paste((255, 255, 255, 50), (10, 0, 20, 10))
    assert luminance_of(both) == pytest.approx(0.2)
    assert luminance_of(Image.new("RGBA", (10, 10), (255, 255, 255, 0))) is None
