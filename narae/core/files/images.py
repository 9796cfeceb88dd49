"""Pictures: their size, and small versions of them, made off the event loop within a limit of pixels."""

from __future__ import annotations

import asyncio
import io
import warnings
from concurrent.futures import ThreadPoolExecutor

from PIL import Image, ImageOps, UnidentifiedImageError

from narae.core.kit.limits import IMAGE_PIXELS, THUMB_PIXELS

SHOWN = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"}
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")
_threads = ThreadPoolExecutor(1, thread_name_prefix="narae-images")


async def shrink(data: bytes, *, square: int | None = None) -> tuple[int, int, bytes] | None:
    """(width, height, small WebP) of a picture, or None when it is none. `square` cuts to that many pixels a side."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _shrink, data, square)


def _shrink(data: bytes, square: int | None) -> tuple[int, int, bytes] | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
                if opened.width * opened.height > IMAGE_PIXELS:
                    return None
                upright = ImageOps.exif_transpose(opened)
                return upright.width, upright.height, _small(upright, square)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return None


def _small(image: Image.Image, square: int | None) -> bytes:
    mode = "RGBA" if "A" in image.getbands() or image.mode == "P" else "RGB"
    small = image.convert(mode)
    if square is not None:
        small = ImageOps.fit(small, (square, square))
    else:
        small.thumbnail((THUMB_PIXELS, THUMB_PIXELS))
    out = io.BytesIO()
    small.save(out, "WEBP", quality=82, method=4)
    return out.getvalue()
