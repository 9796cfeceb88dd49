"""Where the bytes are: one object store for a local folder and S3 alike (obstore)."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import from_url

from narae.core.kit.errors import Misconfigured, NotFound, TooLarge, Unavailable
from narae.core.kit.limits import STORE_SECONDS, STORE_TRIES

if TYPE_CHECKING:
    from obstore.store import RetryConfig

PART_BYTES = 5 * 1024 * 1024
_RETRY: RetryConfig = {"max_retries": STORE_TRIES, "retry_timeout": timedelta(seconds=STORE_SECONDS)}


def thumb_of(key: str) -> str:
    """The key of a picture's small version."""
    return f"{key}.thumb"


def avatar_of(person: str, version: str) -> str:
    """The key of somebody's picture."""
    return f"avatar/{person}/{version}"


class Blobs:
    """The object store. Keys are our own ids, never a client's words."""

    def __init__(self, url: str) -> None:
        kind = urlsplit(url).scheme
        try:
            self._store: Any = from_url(url, mkdir=True) if kind == "file" else from_url(url, retry_config=_RETRY)
        except (BaseError, ValueError, OSError) as error:
            raise Misconfigured(f"NARAE_FILES can't be opened: {error}") from error

    def all_keys(self) -> Iterator[str]:
        """The keys of everything that is stored. (Like `read` and `write` for commands: these wait.)"""
        try:
            for page in obstore.list(self._store):
                yield from (str(found["path"]) for found in page)
        except (BaseError, OSError) as error:
            raise _unread(error) from error

    def read(self, key: str) -> Iterator[bytes]:
        """The bytes of an object, in parts. (Not to be handed to `write`: the store can't wait within itself.)"""
        try:
            yield from (bytes(part) for part in obstore.get(self._store, key).stream(min_chunk_size=PART_BYTES))
        except (BaseError, FileNotFoundError) as error:
            raise _unread(error) from error

    def write(self, key: str, parts: Iterator[bytes]) -> None:
        """Store an object whole or not at all."""
        try:
            obstore.put(self._store, key, parts)
        except (BaseError, OSError) as error:
            raise _as_ours(error) from error

    async def keep(self, key: str, chunks: AsyncIterator[bytes], *, limit: int) -> int:
        """Store a stream whole or not at all; its size in bytes. TooLarge beyond `limit`."""
        size = 0
        try:
            async with obstore.open_writer_async(self._store, key, buffer_size=PART_BYTES) as writer:
                async for chunk in chunks:
                    size += len(chunk)
                    if size > limit:
                        raise TooLarge(f"A file has at most {limit // 1_000_000} MB.", code="file_too_large")
                    await writer.write(chunk)
        except BaseException as error:
            await self.drop(key)
            raise _as_ours(error) from error
        return size

    async def put(self, key: str, data: bytes) -> None:
        """Store some bytes."""
        try:
            await obstore.put_async(self._store, key, data)
        except (BaseError, OSError) as error:
            raise _as_ours(error) from error

    async def get(self, key: str) -> bytes:
        """All bytes of a small object."""
        try:
            return bytes(await (await obstore.get_async(self._store, key)).bytes_async())
        except (BaseError, FileNotFoundError) as error:
            raise _unread(error) from error

    async def part(self, key: str, start: int, end: int) -> bytes:
        """The bytes from `start` up to `end`, which is not included."""
        try:
            return bytes(await obstore.get_range_async(self._store, key, start=start, end=end))
        except (BaseError, FileNotFoundError) as error:
            raise _unread(error) from error

    async def delete(self, key: str) -> None:
        """Delete an object if it is there; Unavailable when the store can't."""
        try:
            await obstore.delete_async(self._store, key)
        except FileNotFoundError:
            return
        except (BaseError, OSError) as error:
            raise Unavailable("A file could not be deleted from the store.", code="storage") from error

    async def drop(self, key: str) -> None:
        """Delete an object if it is there and the store can."""
        with contextlib.suppress(Unavailable):
            await self.delete(key)


def _unread(error: Exception) -> Exception:
    if isinstance(error, FileNotFoundError):
        return NotFound("This file is no longer there.")
    return Unavailable("The file store can't be reached just now. Try again in a moment.", code="storage")


def _as_ours(error: BaseException) -> BaseException:
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EROFS, errno.EDQUOT)
    if full or isinstance(error, (BaseError, FileNotFoundError)):  # a bucket that is not there is a "file" not found
        message = "The file could not be stored. Tell your administrator: the disk may be full, or the file store away."
        return Unavailable(message, code="storage")
    return error
