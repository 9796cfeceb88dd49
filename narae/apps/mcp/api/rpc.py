"""JSON-RPC as the Model Context Protocol uses it over HTTP: reading a request, its revision of the protocol, and refusals by number.

Source: modelcontextprotocol.io, specifications 2025-11-25 (with a handshake) and 2026-07-28 (without: each request says its own version).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

import msgspec

STATELESS = "2026-07-28"
HANDSHAKE = ("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05")
BROKEN, NOT_A_REQUEST, NO_METHOD, BAD_PARAMS, MISMATCH, NO_VERSION = -32700, -32600, -32601, -32602, -32020, -32022
_STATUS = {BROKEN: 400, NOT_A_REQUEST: 400, BAD_PARAMS: 400, MISMATCH: 400, NO_VERSION: 400, NO_METHOD: 404}
_PREFIX = "io.modelcontextprotocol"


class RpcError(Exception):
    """A request that can't be answered, with JSON-RPC's number for why."""

    def __init__(self, number: int, why: str, data: Any = None) -> None:
        super().__init__(why)
        self.body = {"code": number, "message": why, **({"data": data} if data is not None else {})}
        self.number = number

    def status(self, *, stateless: bool) -> int:
        """The HTTP status: the revision with a handshake answers requests with 200 whatever became of them."""
        return _STATUS[self.number] if stateless or self.number in (BROKEN, NOT_A_REQUEST) else 200


class Call(msgspec.Struct, frozen=True):
    """A request, or with `id` None a notification; `version` is the revision that it speaks when it says so itself."""

    id: int | str | None
    method: str
    params: dict[str, Any]
    version: str | None

    @property
    def stateless(self) -> bool:
        """Whether it speaks the revision without a handshake."""
        return self.version is not None


def read(raw: bytes, headers: Mapping[str, str]) -> Call:
    """The request in a body; RpcError when there is none, or when its headers say something else."""
    try:
        message = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RpcError(BROKEN, "This is not JSON.") from error
    if not isinstance(message, dict) or message.get("jsonrpc") != "2.0" or not isinstance(message.get("method"), str):
        raise RpcError(NOT_A_REQUEST, "This is not one JSON-RPC 2.0 request.")
    number, params = message.get("id"), message.get("params", {})
    if (
        isinstance(number, bool)
        or not isinstance(number, int | str | None)
        or ("id" in message and number is None)
        or not isinstance(params, dict)
    ):
        raise RpcError(NOT_A_REQUEST, "A request has an id, and its params by name.")
    call = Call(number, message["method"], params, _version(params))
    if call.stateless:
        _check_headers(call, headers)
    return call


def _version(params: dict[str, Any]) -> str | None:
    meta = params.get("_meta")
    said = meta.get(f"{_PREFIX}/protocolVersion") if isinstance(meta, dict) else None
    return said if isinstance(said, str) else None


def _check_headers(call: Call, headers: Mapping[str, str]) -> None:
    """What proxies were shown must be what is done."""
    if call.version != STATELESS:
        raise RpcError(
            NO_VERSION, "This version of the protocol is not spoken here.", {"supported": [STATELESS], "requested": call.version}
        )
    wanted = {"mcp-protocol-version": call.version, "mcp-method": call.method}
    if call.method == "tools/call" and isinstance(name := call.params.get("name"), str):
        wanted["mcp-name"] = name
    for header, value in wanted.items():
        if _plain(headers.get(header, "")) != value:
            raise RpcError(MISMATCH, f"The header {header} and the body say different things.")


def _plain(value: str) -> str | None:
    if not (value.startswith("=?base64?") and value.endswith("?=")):
        return value
    try:
        return base64.b64decode(value[9:-2], validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None


def answered(call: Call, result: dict[str, Any], server: dict[str, str]) -> dict[str, Any]:
    """The answer with a result; without a handshake each says that it is whole, and from whom it is."""
    if call.stateless:
        result = {"resultType": "complete", "_meta": {f"{_PREFIX}/serverInfo": server}, **result}
    return {"jsonrpc": "2.0", "id": call.id, "result": result}
