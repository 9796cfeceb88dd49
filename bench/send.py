"""64 clients send over sockets, four messages in flight each, every one answered after its commit is durable; and the lane alone.

The lane is given the same load without sockets, and once more with one message in flight for each sender, where every group has to
wait for the answers to the last.
"""

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
CLIENTS, ROOMS, EACH = 64, 16, 4


async def lane(database: str, place: Town, in_flight: int) -> float:
    """Messages a second through the lane alone."""
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

        for _ in range(in_flight):
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
        clients.ask(f"flood 1 {EACH}")
        rate = median([float(clients.ask(f"flood 3 {EACH}").split()[1]) for _ in range(repeats())])
        report("send", f"{name}, end to end, {CLIENTS} clients, {ROOMS} rooms", f"{rate:,.0f}/s", "≥ 8,000/s", rate >= 8000)
        wait = median([int(clients.ask(f"pace {rate / 2:.0f} 3").split()[2]) / 1000 for _ in range(repeats())])
        report("send", f"{name}, answer p99 at half of that", f"{wait:.1f} ms", "≤ 30 ms", wait <= 30)
        clients.close()
    async with town(1, [[0]] * ROOMS, postgres=postgres) as place:
        place.kill()
        for in_flight, target in ((EACH * CLIENTS, "≥ 20,000/s"), (CLIENTS, "none")):
            alone = median([await lane(place.database, place, in_flight) for _ in range(repeats())])
            report("send", f"{name}, the lane alone, {in_flight} in flight", f"{alone:,.0f}/s", target, alone >= 20_000 or target == "none")


if __name__ == "__main__":
    tune_process()
    print(machine(), f"medians of {repeats()}")
    for kind in sys.argv[1:] or ["sqlite", "postgres"]:
        uvloop.run(run(postgres=kind == "postgres"))
