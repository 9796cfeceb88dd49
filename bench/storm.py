"""Many at once: a busy room of 1,000, a morning on which 1,000 people connect together, 5,000 sockets after a restart."""

from __future__ import annotations

import asyncio
import json
import sys
import time

from bench.kit import Town, machine, median, percentile, repeats, report, town

HELLO = b'{"t":"hello","v":1}'
FRAME = bytes((0x81, 0x80 | len(HELLO), 0, 0, 0, 0)) + HELLO


class Raw:
    """A socket with as little client around it as there can be."""

    def __init__(self, place: Town, person: int) -> None:
        self.place = place
        self.person = person

    async def connect(self) -> dict[str, object]:
        """Upgrade, say hello; the welcome."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.place.port, limit=1 << 20)
        secret = self.place.secrets[self.person]
        self.writer.write(
            b"GET /live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: narae_session=" + secret.encode() + b"\r\n\r\n"
        )
        head = await self.reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101"), head
        self.writer.write(FRAME)
        welcome: dict[str, object] = json.loads(await self.frame())
        assert welcome["t"] == "welcome"
        return welcome

    async def frame(self) -> bytes:
        """The next frame's payload."""
        head = await self.reader.readexactly(2)
        size = head[1]
        if size > 125:
            size = int.from_bytes(await self.reader.readexactly(2 if size == 126 else 8), "big")
        return await self.reader.readexactly(size)

    async def after(self, seq: int) -> list[dict[str, object]]:
        """The messages of the first room after `seq`, over HTTP."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.place.port, limit=1 << 20)
        path = f"/api/rooms/{self.place.rooms[0]}/messages?after={seq}&limit=200"
        cookie = f"narae_session={self.place.secrets[self.person]}"
        writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n".encode())
        body = (await reader.read()).partition(b"\r\n\r\n")[2]
        writer.close()
        items: list[dict[str, object]] = json.loads(body)["items"]
        return items

    def close(self) -> None:
        """Drop it."""
        self.writer.close()


async def room() -> None:
    """10 messages a second into a room of 1,000 online: from the send until the last member has it."""
    async with town(101, [range(101)]) as place:
        sink = place.sink(range(1, 101), 1000)
        publisher, waits = await place.client(0), []
        await publisher.send(place.rooms[0], "먼저")
        await asyncio.sleep(1)
        base = sink.frames()
        for sent in range(1, 1 + 100 * repeats()):
            started = time.monotonic_ns()
            await publisher.send(place.rooms[0], "점심 먹으러 갑시다")
            waits.append((await asyncio.to_thread(sink.when, base + sent * 1000) - started) / 1e6)
            await asyncio.sleep(max(0.0, 0.1 - (time.monotonic_ns() - started) / 1e9))
        value = f"p50 {median(waits):.0f}, p99 {percentile(waits, 0.99):.0f} ms"
        report("room", "1,000 online, 10/s: send → last member", value, "p99 ≤ 50 ms", percentile(waits, 0.99) <= 50)
        sink.close()


async def morning() -> None:
    """1,000 people with 21 rooms each connect at once and get their rooms with heads."""
    rooms = [range(n % 50, 1000, 50) for n in range(1000)]
    async with town(1000, rooms) as place:
        taken = []
        for _ in range(repeats()):
            started = time.perf_counter()
            clients = [Raw(place, n) for n in range(1000)]
            welcomes = await asyncio.gather(*(c.connect() for c in clients))
            taken.append(time.perf_counter() - started)
            assert all(len(w["rooms"]) >= 20 for w in welcomes)  # type: ignore[arg-type]
            for client in clients:
                client.close()
            await asyncio.sleep(1)
        report("morning", "1,000 people connect at once", f"{median(taken):.1f} s", "≤ 5 s", median(taken) <= 5)


async def resume() -> None:
    """5,000 sockets lose their server to kill -9; 50 messages are posted before they are back; each catches up."""
    async with town(500, [range(500)]) as place:
        clients = [Raw(place, n % 500) for n in range(5000)]
        for start in range(0, 5000, 250):
            await asyncio.gather(*(c.connect() for c in clients[start : start + 250]))
        place.kill()
        for client in clients:
            client.close()
        place.serve()
        publisher = await place.client(0)
        seqs = [(await publisher.send(place.rooms[0], f"글 {n}"))["seq"] for n in range(50)]
        since = seqs[0] - 1
        started = time.perf_counter()
        wrong, slots = 0, asyncio.Semaphore(64)

        async def back(client: Raw) -> None:
            nonlocal wrong
            async with slots:
                await client.connect()
                wrong += [m["seq"] for m in await client.after(since)] != seqs

        await asyncio.gather(*(back(c) for c in clients))
        taken = time.perf_counter() - started
        value = f"{taken:.1f} s, {wrong} wrong"
        report("resume", "5,000 sockets after a restart, 50 messages", value, "≤ 10 s, 0 wrong", taken <= 10 and not wrong)


if __name__ == "__main__":
    print(machine())
    for name in sys.argv[1:] or ["room", "morning", "resume"]:
        asyncio.run({"room": room, "morning": morning, "resume": resume}[name]())
