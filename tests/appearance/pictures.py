"""Picture files as people and attackers make them."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image

RED = (163, 25, 30, 255)


def picture(size: tuple[int, int] = (320, 80), *, kind: str = "PNG", mode: str = "RGBA", **options: Any) -> bytes:
    """A file of one red picture."""
    file = io.BytesIO()
    Image.new("RGBA", size, RED).convert(mode).save(file, kind, **options)
    return file.getvalue()


def lettering(colour: tuple[int, int, int], size: tuple[int, int] = (320, 80)) -> bytes:
    """A PNG of strokes in one colour on a transparent ground, which calls itself white where nobody sees it."""
    drawn = Image.new("RGBA", size, (255, 255, 255, 0))
    for left in range(0, size[0], 40):
        drawn.paste((*colour, 255), (left, 10, left + 12, size[1] - 10))
    file = io.BytesIO()
    drawn.save(file, "PNG")
    return file.getvalue()


def moving(kind: str) -> bytes:
    """A file of two pictures that follow one another."""
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    file = io.BytesIO()
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], duration=100)
    return file.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A small PNG whose head says that it is `width` by `height`, and whose pixels are zeros that pack well."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(min((width // 8 + 1) * height, 20_000_000)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def webp_that_claims(width: int, height: int) -> bytes:
    """The head of a WebP of `width` by `height` with one small picture in it."""
    still = picture((16, 16), kind="WEBP")
    inner = still[12:]
    canvas = struct.pack("<I", 0) + struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    body = b"WEBP" + b"VP8X" + struct.pack("<I", len(canvas)) + canvas + inner
    return b"RIFF" + struct.pack("<I", len(body)) + body


def opened(png: bytes) -> Image.Image:
    found = Image.open(io.BytesIO(png))
    found.load()
    return found
