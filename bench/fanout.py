"""One room, N sockets: what a delivery costs the server, against a C program that only sends.

Measured as CPU time a delivery (server process, from /proc), which is steadier than wall time on a shared machine. "One by
one" sends the next message when everybody has the last; "coalesced" sends 64 together, and the next 64 when everybody has them.
The reference does the same, with as many frames joined: one that need not wait finds its receivers awake, and pays for fewer
wake-ups. Both have warm sockets. The server's side includes everything: parsing, the lane, the commit, the search index,
encoding, the writes. "The gateway alone" says "typing" instead, 64 together: the same way from socket to sockets, with
nothing to store.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

from bench.kit import Client, Helper, Town, cpu_seconds, machine, median, repeats, report, rss_bytes, town

TOGETHER = 64
TEXT = "점심 같이 먹을까요? 오늘은 제가 살게요. " * 3


def reference(sockets: int, count: int, size: int, batch: int) -> float:
    """µs of CPU a delivery of the C sender."""
    sender = Helper("sender", sockets)
    sink = Helper("sink", sender.line(), sockets, "-")
    assert sink.line() == "ready"
    _send(sender, sink, sockets, count // 4, size, batch)
    before = cpu_seconds(sender.process.pid)
    _send(sender, sink, sockets, count, size, batch)
    spent = cpu_seconds(sender.process.pid) - before
    sender.close()
    sink.close()
    return spent / (count * sockets) * 1e6


def _send(sender: Helper, sink: Helper, sockets: int, count: int, size: int, batch: int) -> None:
    start = sink.frames()
    for number in range(1, 1 + count // batch):
        assert sender.ask(f"{batch} {size} {batch}") == "done"
        sink.when(start + number * batch * sockets)


async def ours(place: Town, sink: Helper, publisher: Client, sockets: int, count: int, in_flight: int) -> float:
    """µs of CPU a delivery of Narae."""
    start, before = sink.frames(), cpu_seconds(place.pid)
    for batch in range(1, 1 + count // in_flight):
        await publisher.send_together(place.rooms[0], TEXT, in_flight)
        await asyncio.to_thread(sink.when, start + batch * in_flight * sockets)
    return (cpu_seconds(place.pid) - before) / (count * sockets) * 1e6


async def gateway(place: Town, sink: Helper, publisher: Client, sockets: int, count: int) -> float:
    """µs of CPU a delivery of what is not stored."""
    typing = json.dumps({"t": "typing", "room": place.rooms[0]}).encode()
    start, before = sink.frames(), cpu_seconds(place.pid)
    for batch in range(1, 1 + count // TOGETHER):
        publisher.say_together(typing, TOGETHER)
        await asyncio.to_thread(sink.when, start + batch * TOGETHER * sockets)
    return (cpu_seconds(place.pid) - before) / (count * sockets) * 1e6


async def run(sockets: int) -> None:
    """Measure with so many sockets."""
    async with town(sockets // 10 + 1, [range(sockets // 10 + 1)]) as place:
        idle = rss_bytes(place.pid)
        sink = place.sink(range(1, sockets // 10 + 1), sockets)
        await asyncio.sleep(2)
        per_socket = (rss_bytes(place.pid) - idle) / sockets / 1000
        report("fanout", f"{sockets} sockets: RSS an idle socket", f"{per_socket:.1f} kB", "≤ 16 kB", per_socket <= 16)
        publisher = await place.client(0)
        size = 4 + len((await _one_frame(publisher, place)).encode())
        for name, count, in_flight, target in (("one by one", 200, 1, 0.75), ("coalesced", 20 * TOGETHER, TOGETHER, 0.85)):
            pairs = []
            await ours(place, sink, publisher, sockets, count // 4, in_flight)
            for _ in range(repeats()):
                mine = await ours(place, sink, publisher, sockets, count, in_flight)
                pairs.append((mine, await asyncio.to_thread(reference, sockets, count, size, in_flight)))
            mine, c = median([m for m, _ in pairs]), median([c for _, c in pairs])
            value = f"{mine:.2f} µs, C {c:.2f} µs: ratio {c / mine:.2f}"
            report("fanout", f"{sockets} sockets, {name}, {size} bytes", value, f"≥ {target}", c / mine >= target)
        await _gateway_alone(place, sink, publisher, sockets)
        await publisher.close()
        sink.close()


async def _gateway_alone(place: Town, sink: Helper, publisher: Client, sockets: int) -> None:
    size = 2 + len(
        json.dumps({"t": "typing", "room": place.rooms[0], "person": place.people[0].person, "thread": None}, separators=(",", ":"))
    )
    count, pairs = 100 * TOGETHER, []
    await gateway(place, sink, publisher, sockets, count // 4)
    for _ in range(repeats()):
        mine = await gateway(place, sink, publisher, sockets, count)
        pairs.append((mine, await asyncio.to_thread(reference, sockets, count, size, TOGETHER)))
    mine, c = median([m for m, _ in pairs]), median([c for _, c in pairs])
    value = f"{mine:.3f} µs, C {c:.3f} µs: ratio {c / mine:.2f}"
    report("fanout", f"{sockets} sockets, the gateway alone, coalesced, {size} bytes", value, "≥ 0.85", c / mine >= 0.85)


async def _one_frame(publisher: Client, place: Town) -> str:
    """A message as it is delivered."""
    publisher._reader.cancel()
    await asyncio.sleep(0)
    await publisher.socket.send(
        json.dumps({"t": "send", "id": 0, "room": place.rooms[0], "nonce": f"{time.time_ns()}-{time.time_ns()}", "text": TEXT})
    )
    while True:
        frame = await publisher.socket.recv()
        assert isinstance(frame, str)
        if frame.startswith('{"t":"message"'):
            publisher._reader = asyncio.create_task(publisher._read())
            return frame


if __name__ == "__main__":
    print(machine(), f"medians of {repeats()}")
    for number in [int(word) for word in sys.argv[1:]] or [1000, 5000]:
        asyncio.run(run(number))
