"""Logos: a picture file from anywhere, decoded and written anew in the size that pages show. Pixels, no database.

What the file says about itself (name, type) does not count, only its bytes. Nothing of them is served: readers get a
PNG that this module wrote, without metadata.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from .colours import relative_luminance

# Bytes of the file, and pixels: of a side, and of the whole, which take four bytes each once they are decoded.
MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS_OF_A_SIDE = 8_000
MOST_PIXELS = 16_000_000

# What is kept, in pixels: twice the size that pages show, for sharp screens.
BOX = (640, 160)

FORMATS = ("PNG", "JPEG", "WEBP")

# A file that is a picture to one program and a page to another. By chance, once in thousands of millions of pictures.
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|script|iframe|svg|\?php)\b|%PDF-", re.IGNORECASE)
_DRAWING = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!doctype svg|svg)", re.IGNORECASE)


class UnusableLogoError(ValueError):
    """The file is no logo; the message says in plain words why, and what would do."""


@dataclass(frozen=True)
class Logo:
    """A PNG (bytes) that fits BOX; `digest` is the SHA-256 of it in hexadecimal digits.

    `luminance`: how light it is in the mean, as `luminance_of` says it; None where nothing of it is seen.
    """

    png: bytes
    width: int
    height: int
    digest: str
    luminance: float | None


def made_logo(data: bytes) -> Logo:
    """The logo in the file `data`: a PNG, JPEG or WebP picture that stands still. Never made larger, only smaller.

    Raises UnusableLogoError, in the active language.
    """
    check_bytes(len(data))
    if _DRAWING.match(data):
        raise UnusableLogoError(_("SVG drawings are not taken. Export the logo as a PNG with a transparent ground."))
    if _MARKUP.search(data):
        raise UnusableLogoError(_("The file holds more than a picture. Export the logo again as a PNG."))
    with _opened(data) as picture:
        _check_size(picture)
        return _written(_fitted(picture))


def check_bytes(size: int) -> None:
    """Raises UnusableLogoError for a file of `size` bytes if that is too large, before anybody reads it."""
    if size > MOST_BYTES:
        raise UnusableLogoError(
            _("The file is larger than %(size)d MB. Export the logo in a smaller size.")
            % {"size": MOST_BYTES // 1024**2}
        )


def luminance_of(picture: Image.Image) -> float | None:
    """The mean relative luminance (0 to 1) of the pixels of an RGBA picture, each counted by how much it is seen.

    None for a picture that is seen through all over. https://www.w3.org/TR/WCAG22/#dfn-relative-luminance.
    """
    weights = picture.getchannel("A")
    seen = sum(value * count for value, count in enumerate(weights.histogram()))
    if not seen:
        return None
    # The sum over the channels is the sum over the pixels: luminance is linear in the light of each channel.
    light = 0.0
    for place, channel in enumerate(picture.split()[:3]):
        of_one = [relative_luminance(*(value if one == place else 0 for one in range(3))) for value in range(256)]
        light += sum(of_one[value] * weight for value, weight in _weighed(channel, weights))
    return min(light / seen, 1.0)


def _weighed(channel: Image.Image, weights: Image.Image) -> Iterator[tuple[int, int]]:
    """Each pixel's value in `channel` with its weight."""
    return zip(channel.tobytes(), weights.tobytes(), strict=True)


def _opened(data: bytes) -> Image.Image:
    """The picture, of which no pixel is decoded yet."""
    try:
        return Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except Exception as error:
        # A decoder that reads what somebody made to break it may raise anything.
        raise UnusableLogoError(_("This is no picture. A logo is a PNG, JPEG or WebP file.")) from error


def _check_size(picture: Image.Image) -> None:
    width, height = picture.size
    if max(width, height) > MOST_PIXELS_OF_A_SIDE or width * height > MOST_PIXELS:
        raise _too_many_pixels()
    if getattr(picture, "n_frames", 1) > 1:
        raise UnusableLogoError(_("The picture moves, or holds several pictures. A logo is one picture."))


def _too_many_pixels() -> UnusableLogoError:
    return UnusableLogoError(
        _("The picture has too many pixels. %(width)d by %(height)d are enough.") % {"width": BOX[0], "height": BOX[1]}
    )


def _fitted(picture: Image.Image) -> Image.Image:
    """The pixels in the colours of the web (sRGB), upright, no larger than BOX."""
    try:
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        fitted = _in_web_colours(upright)
        # Scales what is seen through by how much it is seen, so that edges get no dark rim.
        fitted.thumbnail(BOX, Image.Resampling.LANCZOS)
    except Exception as error:
        raise UnusableLogoError(_("The file is damaged or not complete. Export the logo again.")) from error
    return fitted


def _in_web_colours(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "RGBA", "CMYK"}:
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        try:
            web = ImageCms.createProfile("sRGB")
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            picture = ImageCms.profileToProfile(picture, own, web, outputMode=mode)
        except (ImageCms.PyCMSError, OSError):
            # A profile that is broken or for other pixels: the colours are taken as they are.
            pass
    return picture.convert("RGBA")


def _written(picture: Image.Image) -> Logo:
    # Into a new picture: pixels come along, and nothing that was said about them.
    clean = Image.new("RGBA", picture.size)
    clean.paste(picture)
    file = io.BytesIO()
    clean.save(file, "PNG", optimize=True)
    png = file.getvalue()
    return Logo(png, *clean.size, hashlib.sha256(png).hexdigest(), luminance_of(clean))
