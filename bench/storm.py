"""Many at once: a busy room of 1,000, a morning on which 1,000 people connect together, 5,000 sockets after a restart."""

from __future__ import annotations

import asyncio
import json
import sys
import time

from bench.kit import Helper, Town, machine, median, percentile, repeats, report, town

HELLO = b'{"t":"hello","v":1}'


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
        self.say(HELLO)
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

    def say(self, text: bytes) -> None:
        """One frame of less than 126 bytes."""
        self.writer.write(bytes((0x81, 0x80 | len(text), 0, 0, 0, 0)) + text)

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
    taken, wrong = [], 0
    for _ in range(repeats()):
        async with town(500, [range(500)]) as place:
            before = place.sink(range(500), 5000)
            place.kill()
            before.close()
            place.serve()
            publisher = await place.client(0)
            sent = [await publisher.send(place.rooms[0], f"글 {n}") for n in range(50)]
            ask = {"t": "catch_up", "rooms": {place.rooms[0]: sent[0]["rev"] - 1}}
            wrong += [m["seq"] for m in await missed(place, ask)] != [m["seq"] for m in sent]
            clients = Helper("back", place.port, 5000, place.cookies(range(500)), json.dumps(ask, separators=(",", ":")))
            _, nanoseconds, answers, kinds = (await asyncio.to_thread(clients.line)).split()
            taken.append(int(nanoseconds) / 1e9)
            wrong += 5000 - int(answers) + int(kinds) - 1
            clients.close()
    value = f"{median(taken):.1f} s, {wrong} wrong"
    report("resume", "5,000 sockets after a restart, 50 messages", value, "≤ 10 s, 0 wrong", median(taken) <= 10 and not wrong)


async def missed(place: Town, ask: dict[str, object]) -> list[dict[str, object]]:
    """What one client of a known kind is told; the others are told the same bytes."""
    client = Raw(place, 1)
    await client.connect()
    client.say(json.dumps(ask).encode())
    while (told := json.loads(await client.frame()))["t"] != "changes":
        pass
    client.close()
    messages: list[dict[str, object]] = told["changes"]["messages"]
    return messages


if __name__ == "__main__":
    print(machine())
    for name in sys.argv[1:] or ["room", "morning", "resume"]:
        asyncio.run({"room": room, "morning": morning, "resume": resume}[name]())
