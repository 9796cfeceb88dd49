"""WebSocket frames (RFC 6455): made once and written to many, and read from clients with every rule checked.

Why not a library's connection object: it costs 15 kB an idle socket where this costs under 2, and frames each message
per connection. The masking loop is the C routine of `websockets`; the upgrade's arithmetic is its too.
"""

from __future__ import annotations

from collections.abc import Iterator

from websockets.speedups import apply_mask

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10

NORMAL, GOING_AWAY, PROTOCOL_ERROR, BAD_DATA, TOO_BIG, RESTART = 1000, 1001, 1002, 1007, 1009, 1012
SIGNED_OUT = 4401


class WireError(Exception):
    """The client broke the protocol; `code` is what the closing frame says."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


def frame(payload: bytes, opcode: int = TEXT) -> bytes:
    """One unmasked frame, as a server sends it."""
    size = len(payload)
    first = bytes((0x80 | opcode,))
    if size < 126:
        return first + bytes((size,)) + payload
    if size < 65536:
        return first + b"\x7e" + size.to_bytes(2, "big") + payload
    return first + b"\x7f" + size.to_bytes(8, "big") + payload


def close_frame(code: int, reason: str = "") -> bytes:
    """A closing frame."""
    return frame(code.to_bytes(2, "big") + reason.encode()[:120], CLOSE)


class Reader:
    """Takes bytes as they come and yields whole messages as (opcode, payload)."""

    __slots__ = ("_buffer", "_limit", "_opcode", "_parts", "_size")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._buffer = b""
        self._parts: list[bytes] | None = None
        self._opcode = 0
        self._size = 0

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """The messages that `data` completes; WireError when the client breaks the rules."""
        data = self._buffer + data if self._buffer else data
        at = 0
        while (found := self._frame(data, at)) is not None:
            fin, opcode, payload, at = found
            if opcode >= 8:
                yield opcode, payload
            elif (message := self._join(fin, opcode, payload)) is not None:
                yield message
        self._buffer = data[at:]

    def _frame(self, data: bytes, at: int) -> tuple[bool, int, bytes, int] | None:
        """(fin, opcode, payload, where the next begins), or None while it is not all there."""
        if len(data) - at < 2:
            return None
        first, second = data[at], data[at + 1]
        fin, opcode, size, head = first >= 0x80, first & 15, second & 127, at + 2
        _check_head(first, second, opcode, size)
        if size > 125:
            width = 2 if size == 126 else 8
            if len(data) - head < width:
                return None
            size = int.from_bytes(data[head : head + width], "big")
            head += width
        if size + self._size > self._limit:
            raise WireError(TOO_BIG, f"A message has at most {self._limit} bytes.")
        end = head + 4 + size
        if len(data) < end:
            return None
        return fin, opcode, apply_mask(data[head + 4 : end], data[head : head + 4]), end

    def _join(self, fin: bool, opcode: int, payload: bytes) -> tuple[int, bytes] | None:
        """The whole message when this frame ends it."""
        if (opcode == 0) is (self._parts is None):
            raise WireError(PROTOCOL_ERROR, "A fragment is out of place.")
        if fin and self._parts is None:
            return opcode, payload
        if self._parts is None:
            self._parts, self._opcode = [], opcode
        self._parts.append(payload)
        self._size += len(payload)
        if not fin:
            return None
        whole = b"".join(self._parts)
        self._parts, self._size = None, 0
        return self._opcode, whole


def _check_head(first: int, second: int, opcode: int, size: int) -> None:
    if first & 0x70:
        raise WireError(PROTOCOL_ERROR, "No extension was agreed on.")
    if second < 0x80:
        raise WireError(PROTOCOL_ERROR, "A client masks its frames.")
    if opcode not in (0, TEXT, BINARY, CLOSE, PING, PONG):
        raise WireError(PROTOCOL_ERROR, "Unknown opcode.")
    if opcode >= 8 and (size > 125 or first < 0x80):
        raise WireError(PROTOCOL_ERROR, "A control frame is short and whole.")
