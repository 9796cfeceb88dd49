"""64 clients send over sockets, each waiting for its answer, which comes after the commit is durable."""

from __future__ import annotations

import asyncio
import sys
import time

from bench.kit import Client, Town, machine, median, percentile, repeats, report, town
from narae.core.kit.settings import Settings
from narae.core.rooms.actions.send import Send, send_many
from narae.server import running

TEXT = "점심 같이 먹을까요? 오늘은 제가 살게요. " * 3
CLIENTS, ROOMS = 64, 16


async def flood(clients: list[Client], place: Town, *, seconds: float, pipelined: int) -> float:
    """Messages a second with every client keeping `pipelined` in flight."""
    done = 0
    until = time.perf_counter() + seconds

    async def one(client: Client, room: str) -> None:
        nonlocal done
        while time.perf_counter() < until:
            answer = await client.send(room, TEXT)
            assert answer["t"] == "ok", answer
            done += 1

    started = time.perf_counter()
    await asyncio.gather(*(one(c, place.rooms[n % ROOMS]) for n, c in enumerate(clients) for _ in range(pipelined)))
    return done / (time.perf_counter() - started)


async def paced(clients: list[Client], place: Town, *, rate: float, seconds: float) -> list[float]:
    """How long each answer takes, in ms, at a steady rate."""
    waits: list[float] = []
    tasks = []

    async def one(client: Client, room: str) -> None:
        started = time.perf_counter()
        await client.send(room, TEXT)
        waits.append((time.perf_counter() - started) * 1000)

    started = time.perf_counter()
    for number in range(int(rate * seconds)):
        while (ahead := started + number / rate - time.perf_counter()) > 0:
            await asyncio.sleep(ahead)
        tasks.append(asyncio.create_task(one(clients[number % CLIENTS], place.rooms[number % ROOMS])))
    await asyncio.gather(*tasks)
    return waits


async def lane(database: str, place: Town) -> float:
    """Messages a second through the lane alone, 64 in flight."""
    async with running(Settings(data=place.folder, database=database)) as server:
        loop, done, total = asyncio.get_running_loop(), 0, 40_000
        finished = loop.create_future()
        started = time.perf_counter()
        sent = 0

        def push() -> None:
            nonlocal sent
            item = Send(who=place.people[0], room=place.rooms[sent % ROOMS], nonce=f"lane-{started}-{sent}", text=TEXT)
            sent += 1
            server.db.write_later(send_many, item, answered)

        def answered(_: object, error: BaseException | None) -> None:
            nonlocal done
            assert error is None, error
            done += 1
            if sent < total:
                push()
            elif done == total and not finished.done():
                finished.set_result(None)

        for _ in range(64):
            push()
        await finished
        return total / (time.perf_counter() - started)


async def run(*, postgres: bool) -> None:
    """Measure on one database."""
    name = "PostgreSQL" if postgres else "SQLite"
    rooms = [[0, *range(r, CLIENTS, ROOMS)] for r in range(ROOMS)]
    async with town(CLIENTS, rooms, postgres=postgres) as place:
        clients = [await place.client(n) for n in range(CLIENTS)]
        await flood(clients, place, seconds=1, pipelined=1)
        rates = [await flood(clients, place, seconds=3, pipelined=4) for _ in range(repeats())]
        rate = median(rates)
        report("send", f"{name}, end to end, {CLIENTS} clients, {ROOMS} rooms", f"{rate:,.0f}/s", "≥ 8,000/s", rate >= 8000)
        waits = [percentile(await paced(clients, place, rate=4000, seconds=3), 0.99) for _ in range(repeats())]
        report("send", f"{name}, answer p99 at 4,000/s", f"{median(waits):.1f} ms", "≤ 30 ms", median(waits) <= 30)
        for client in clients:
            await client.close()
        place.kill()
        alone = median([await lane(place.database, place) for _ in range(repeats())])
        report("send", f"{name}, the lane alone, 64 in flight", f"{alone:,.0f}/s", "≥ 20,000/s", alone >= 20_000)


if __name__ == "__main__":
    print(machine(), f"medians of {repeats()}")
    for kind in sys.argv[1:] or ["sqlite", "postgres"]:
        asyncio.run(run(postgres=kind == "postgres"))
