"""64 clients send over sockets, each waiting for its answer, which comes after the commit is durable."""

from __future__ import annotations

import asyncio
import sys
import time

import uvloop

from bench.kit import Helper, Town, machine, median, repeats, report, town
from narae.core.kit.settings import Settings
from narae.core.rooms.actions.send import Send, send_many
from narae.server import running, tune_process

TEXT = "점심 같이 먹을까요? 오늘은 제가 살게요. " * 3
CLIENTS, ROOMS = 64, 16


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
        rooms_file = place.folder / "rooms"
        rooms_file.write_text("".join(f"{room}\n" for room in place.rooms))
        clients = Helper("flood", place.port, place.cookies(range(CLIENTS)), rooms_file, TEXT)
        assert clients.line() == "ready"
        clients.ask("flood 1 4")
        rate = median([float(clients.ask("flood 3 4").split()[1]) for _ in range(repeats())])
        report("send", f"{name}, end to end, {CLIENTS} clients, {ROOMS} rooms", f"{rate:,.0f}/s", "≥ 8,000/s", rate >= 8000)
        wait = median([int(clients.ask(f"pace {rate / 2:.0f} 3").split()[2]) / 1000 for _ in range(repeats())])
        report("send", f"{name}, answer p99 at half of that", f"{wait:.1f} ms", "≤ 30 ms", wait <= 30)
        clients.close()
    async with town(1, [[0]] * ROOMS, postgres=postgres) as place:
        place.kill()
        alone = median([await lane(place.database, place) for _ in range(repeats())])
        report("send", f"{name}, the lane alone, 64 in flight", f"{alone:,.0f}/s", "≥ 20,000/s", alone >= 20_000)


if __name__ == "__main__":
    tune_process()
    print(machine(), f"medians of {repeats()}")
    for kind in sys.argv[1:] or ["sqlite", "postgres"]:
        uvloop.run(run(postgres=kind == "postgres"))
