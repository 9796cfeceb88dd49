"""Calls to other servers stay outside, short and small."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from narae.core.kit.errors import Invalid
from narae.core.kit.limits import OUTSIDE_ANSWER_BYTES
from narae.core.kit.outside import Outside, OutsideFailed, check_address

pytestmark = pytest.mark.anyio

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
PRIVATE = ("127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1", "fc00::1",
           "fe80::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::")  # fmt: skip


@contextlib.asynccontextmanager
async def served(talk: Talk) -> AsyncIterator[int]:
    """A server on this machine that talks so; its port."""
    heard: list[asyncio.StreamWriter] = []

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(writer)
        with contextlib.suppress(ConnectionError):
            await talk(reader, writer)

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()
    for writer in heard:
        writer.close()


def answering(head: bytes, body: bytes = b"") -> Talk:
    """Talks by saying this to whatever is asked."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(head + b"\r\n\r\n" + body)
        await writer.drain()

    return talk


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Says back the head and the body of what it is asked."""
    head = await reader.readuntil(b"\r\n\r\n")
    size = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)
    body = head + await reader.readexactly(size)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Listens, and says nothing."""
    await reader.read()


@pytest.mark.parametrize("host", PRIVATE)
async def test_private_addresses_are_not_called(host: str) -> None:
    shown = f"[{host}]" if ":" in host else host
    async with Outside() as outside:
        with pytest.raises(OutsideFailed) as refused:
            await outside.post(f"http://{shown}:9/", content=b"")
    assert refused.value.code == "outside_private"


async def test_a_name_that_leads_home_is_not_called() -> None:
    async with served(answering(b"HTTP/1.1 200 OK\r\nContent-Length: 0")) as port, Outside() as outside:
        with pytest.raises(OutsideFailed) as refused:
            await outside.get(f"http://localhost:{port}/")
    assert refused.value.code == "outside_private"


@pytest.mark.parametrize("allowed", ["127.0.0.1", "127.0.0.0/8"])
async def test_what_the_operator_allows_is_called(allowed: str) -> None:
    async with served(echo) as port, Outside([allowed]) as outside:
        answer = await outside.post(f"http://127.0.0.1:{port}/길?a=1", content="본문".encode(), headers={"X-Mark": "7"})
    said = answer.body.decode()
    assert (answer.status, answer.content_type) == (200, "text/plain")
    assert said.startswith("POST /%EA%B8%B8?a=1 HTTP/1.1\r\n")
    assert f"Host: 127.0.0.1:{port}\r\n" in said
    assert "X-Mark: 7\r\n" in said
    assert said.endswith("\r\n\r\n본문")


async def test_one_port_of_a_host_may_be_allowed_alone() -> None:
    async with served(echo) as port, served(echo) as other, Outside([f"localhost:{port}"]) as outside:
        assert (await outside.get(f"http://localhost:{port}/")).status == 200
        with pytest.raises(OutsideFailed):
            await outside.get(f"http://localhost:{other}/")


async def test_a_redirect_is_an_answer_not_a_way_inside() -> None:
    talk = answering(b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0")
    async with served(talk) as port, Outside(["127.0.0.1"]) as outside:
        assert (await outside.get(f"http://127.0.0.1:{port}/")).status == 302


async def test_too_long_an_answer_is_let_go() -> None:
    talk = answering(b"HTTP/1.1 200 OK\r\nConnection: close", b"x" * (OUTSIDE_ANSWER_BYTES * 2))
    async with served(talk) as port, Outside(["127.0.0.1"]) as outside:
        with pytest.raises(OutsideFailed, match="longer"):
            await outside.get(f"http://127.0.0.1:{port}/")


async def test_a_server_that_never_answers_is_left() -> None:
    async with served(silent) as port, Outside(["127.0.0.1"]) as outside:
        with pytest.raises(OutsideFailed, match="in time"):
            await outside.get(f"http://127.0.0.1:{port}/", seconds=0.1)


async def test_garbage_and_nobody_at_all_are_told_in_words() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        async with served(answering(b"\x00\x01garbage")) as port, Outside(["127.0.0.1"]) as outside:
            for number in (port, closed.getsockname()[1]):
                with pytest.raises(OutsideFailed, match="can't be reached"):
                    await outside.get(f"http://127.0.0.1:{number}/")


@pytest.mark.parametrize(
    "url", ["", "ftp://example.com", "//example.com", "http://", "http://[", "http://me:secret@example.com", "http://a b", "x" * 3000,
            "http://example.com/" + "x" * 3000, "javascript:alert(1)", "http://example.com:99999"],
)  # fmt: skip
def test_what_is_no_address_is_refused_before_it_is_stored(url: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_address(url, field="callback")
    assert (refused.value.code, refused.value.field) == ("not_address", "callback")


def test_an_address_is_taken_as_it_is() -> None:
    assert check_address("https://나래.example:8443/길?a=b") == "https://나래.example:8443/길?a=b"


async def test_an_address_is_checked_before_it_is_kept() -> None:
    async with Outside(["127.0.0.1"]) as outside:
        await outside.check("http://127.0.0.1:9/hook")
        for url, code in (
            ("http://10.0.0.1/", "outside_private"),
            ("http://[::1]/", "outside_private"),
            ("http://nowhere.invalid/", "outside_failed"),
        ):
            with pytest.raises(OutsideFailed) as refused:
                await outside.check(url)
            assert refused.value.code == code
