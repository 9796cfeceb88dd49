"""Calls to other servers: bounded in time and size, and never into one's own network unless the operator allowed it.

People name the addresses that Narae calls (hooks, callbacks), so each could point at something that only this machine reaches. What
counts is therefore the address that a name leads to at the moment of connecting, and it is the one that is connected to: a name that
changes between a check and the call gains nothing. Source: OWASP Server-Side Request Forgery Prevention.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable, Mapping, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, NamedTuple, Self

import httpcore
import httpx

from narae.core.kit.errors import Invalid, NaraeError
from narae.core.kit.limits import ADDRESS_CHARS, OUTSIDE_ANSWER_BYTES, OUTSIDE_AT_ONCE, OUTSIDE_SECONDS
from narae.core.kit.settings import Settings

_FAILURES = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError, TimeoutError)
# Addresses that hide an IPv4 address: RFC 6052 (NAT64), RFC 3056 (6to4), RFC 4380 (Teredo).
_TUNNELS = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"), IPv6Network("2002::/16"), IPv6Network("2001::/32"))


class OutsideFailed(NaraeError):
    """Another server can't be reached, or may not be: code "outside_private" or "outside_failed"."""

    status = 502
    code = "outside_failed"


class Answer(NamedTuple):
    """What another server said."""

    status: int
    content_type: str
    body: bytes


def check_address(url: str, *, field: str = "url") -> str:
    """`url` if it is an http(s) address without a password in it, else Invalid. Where it leads is looked at when it is called."""
    if len(url) > ADDRESS_CHARS or not _is_address(url):
        raise Invalid("An address begins with http:// or https:// and names a server.", code="not_address", field=field)
    return url


def _is_address(url: str) -> bool:
    try:
        at = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        return False
    named = at.scheme in ("http", "https") and at.host and not at.userinfo
    return bool(named) and "%" not in at.raw_host.decode("ascii") and 0 <= (at.port or 0) < 65_536


class Outside:
    """A pool of connections to other servers. `allowed` names private ones that may be called: hosts, host:port, networks."""

    def __init__(self, allowed: Sequence[str] = ()) -> None:
        self._guard = _Guarded(allowed)
        self._pool = httpcore.AsyncConnectionPool(max_connections=OUTSIDE_AT_ONCE, network_backend=self._guard)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of all connections."""
        await self._pool.aclose()

    async def check(self, url: str) -> None:
        """OutsideFailed when `url` leads nowhere, or to where may not be called, as names are now. (Each call looks anew.)"""
        at = httpx.URL(check_address(url))
        try:
            async with asyncio.timeout(OUTSIDE_SECONDS):
                await self._guard.reached(at.host, at.port or (443 if at.scheme == "https" else 80))
        except OSError as error:
            raise OutsideFailed(f"{at.host} can't be found.") from error

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None, seconds: float = OUTSIDE_SECONDS) -> Answer:
        """Ask for `url`; OutsideFailed when there is no answer in time, or too long a one."""
        return await self._ask("GET", url, None, headers or {}, seconds)

    async def post(self, url: str, *, content: bytes, headers: Mapping[str, str] | None = None, seconds: float = OUTSIDE_SECONDS) -> Answer:
        """Send `content` to `url`; OutsideFailed when there is no answer in time, or too long a one. Redirects are not followed."""
        return await self._ask("POST", url, content, headers or {}, seconds)

    async def _ask(self, method: str, url: str, content: bytes | None, headers: Mapping[str, str], seconds: float) -> Answer:
        at = httpx.URL(check_address(url))
        target = httpcore.URL(scheme=at.raw_scheme, host=at.raw_host, port=at.port, target=at.raw_path)
        said = {"Host": at.netloc.decode("ascii"), "User-Agent": "Narae", "Accept": "*/*", **headers}
        if content is not None:
            said["Content-Length"] = str(len(content))
        try:
            async with asyncio.timeout(seconds), self._pool.stream(method, target, headers=list(said.items()), content=content) as answer:
                return Answer(answer.status, _content_type(answer.headers), await _read(answer))
        except _FAILURES as error:
            why = "did not answer in time" if isinstance(error, TimeoutError | httpcore.TimeoutException) else "can't be reached"
            raise OutsideFailed(f"{at.host} {why}.") from error


def outside_of(settings: Settings) -> Outside:
    """The way out that the operator's settings allow."""
    return Outside([word.strip() for word in settings.outside_allowed.split(",") if word.strip()])


def _content_type(headers: Iterable[tuple[bytes, bytes]]) -> str:
    return next((value.decode("latin-1") for name, value in headers if name.lower() == b"content-type"), "")


async def _read(answer: httpcore.Response) -> bytes:
    read = bytearray()
    async for piece in answer.aiter_stream():
        read += piece
        if len(read) > OUTSIDE_ANSWER_BYTES:
            raise OutsideFailed(f"The answer is longer than {OUTSIDE_ANSWER_BYTES} bytes.")
    return bytes(read)


class _Guarded(httpcore.AsyncNetworkBackend):
    """Resolves names itself, and connects to what it has looked at."""

    def __init__(self, allowed: Sequence[str]) -> None:
        self._names = {word.lower() for word in allowed}
        self._networks = [network for word in allowed if (network := _network(word)) is not None]
        self._plain = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 # the interface is httpcore's
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.AsyncNetworkStream:
        return await self._first(await self.reached(host, port), port, timeout, local_address, socket_options)

    async def reached(self, host: str, port: int) -> list[str]:
        """The addresses that a name leads to and that may be called; OutsideFailed when there are none."""
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found)
        open_ones = [address for address in addresses if self._may_reach(host, port, address)]
        if not open_ones:
            raise OutsideFailed(
                f"{host} is in a private network. Whoever runs this Narae can allow it with NARAE_OUTSIDE_ALLOWED.", code="outside_private"
            )
        return open_ones

    async def _first(self, addresses: list[str], port: int, *more: Any) -> httpcore.AsyncNetworkStream:
        for address in addresses[:-1]:
            try:
                return await self._plain.connect_tcp(address, port, *more)
            except httpcore.ConnectError:
                continue
        return await self._plain.connect_tcp(addresses[-1], port, *more)

    def _may_reach(self, host: str, port: int, address: str) -> bool:
        ip = ip_address(address.partition("%")[0])
        named = {host.lower(), f"{host.lower()}:{port}"} & self._names
        return bool(named) or any(ip in network for network in self._networks) or _is_public(ip)

    async def connect_unix_socket(self, path: str, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        raise OutsideFailed("A file is not another server.", code="outside_private")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def _network(word: str) -> Any:
    try:
        return ip_network(word, strict=False)
    except ValueError:
        return None


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return _is_public(ip.ipv4_mapped)
        if any(ip in tunnel for tunnel in _TUNNELS):
            return False
    return ip.is_global and not ip.is_multicast
