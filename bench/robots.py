"""64 programs post to 16 robots over connections that stay open; each answer comes after the message is durable.

Then a person writes into a room whose robot is flooded with calls that are refused, beside the same room in quiet.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import uvloop

from bench.kit import Helper, Town, machine, median, repeats, report, town
from narae.apps.bots.actions import change, create
from narae.core.kit.limits import ROBOT_PER_MINUTE_MAX
from narae.core.kit.settings import Settings
from narae.server import running, tune_process

BODY = '{"msgtype":"text","text":{"content":"빌드 1234가 실패했습니다: 시험 3개가 빨갛습니다. 자세한 것은 기록을 보세요."}}'
TEXT = "점심 같이 먹을까요? 오늘은 제가 살게요."
CONNECTIONS, ROBOTS = 64, 16


async def put_robots(place: Town, *, per_minute: int = ROBOT_PER_MINUTE_MAX) -> list[str]:
    """A robot in each room; the paths that they are called by."""
    place.kill()
    paths = []
    async with running(Settings(data=place.folder, database=place.database)) as server:
        for room in place.rooms:
            robot, token = await server.db.write(create, place.people[0], room, name="로봇")
            await server.db.write(change, place.people[0], robot.id, per_minute=per_minute)
            paths.append(f"/robot/send?access_token={token}")
    await asyncio.to_thread(place.serve)
    return paths


def callers(place: Town, name: str, paths: list[str], connections: int) -> Helper:
    """Programs that call these paths."""
    file = Path(place.folder / name)
    file.write_text("".join(f"{path}\n" for path in paths))
    made = Helper("post", place.port, connections, file, BODY)
    assert made.line() == "ready"
    return made


async def speed(*, postgres: bool) -> None:
    """How many posts a second, and how long an answer takes at the target's rate."""
    name = "PostgreSQL" if postgres else "SQLite"
    async with town(1, [[0]] * ROBOTS, postgres=postgres) as place:
        programs = callers(place, "paths", await put_robots(place), CONNECTIONS)
        programs.ask("pace 1000 2")
        wait = median([int(programs.ask("pace 2000 2").split()[3]) / 1000 for _ in range(repeats())])
        runs = [programs.ask("flood 2").split() for _ in range(repeats())]
        rate, refused = median([float(run[1]) for run in runs]), sum(int(run[5]) for run in runs)
        what = f"{name}, {CONNECTIONS} connections, {ROBOTS} robots"
        report("robots", f"{what}, posts", f"{rate:,.0f}/s, {refused} refused", "≥ 2,000/s", rate >= 2000 and not refused)
        report("robots", f"{what}, answer p99 at 2,000/s", f"{wait:.1f} ms", "≤ 50 ms", wait <= 50)
        programs.close()


async def flooded() -> None:
    """A person's messages in a quiet room, and beside calls to its robot that are refused."""
    async with town(2, [[0, 1]]) as place:
        paths = await put_robots(place, per_minute=1)
        rooms = place.folder / "rooms"
        rooms.write_text(f"{place.rooms[0]}\n")
        person = Helper("flood", place.port, place.cookies([1]), rooms, TEXT)
        assert person.line() == "ready"
        for what, called in (("over its limit", paths), ("of wrong tokens", [f"/robot/send?access_token=guess-{n}" for n in range(16)])):
            programs = callers(place, "flooding", called, 16)
            quiet, beside, rates = [], [], []
            for _ in range(repeats()):
                quiet.append(wait_of(person.ask("pace 50 3")))
                refusing = asyncio.create_task(asyncio.to_thread(programs.ask, "pace 500 3"))
                beside.append(wait_of(await asyncio.to_thread(person.ask, "pace 50 3")))
                rates.append(float((await refusing).split()[1]))
            ratio = median(beside) / median(quiet)
            value = f"{median(beside):.1f} ms, {ratio:.1f} × {median(quiet):.1f} ms"
            report("robots", f"a person's p99 beside {median(rates):,.0f} calls/s {what}", value, "≤ 3 × quiet", ratio <= 3)
            programs.close()
        person.close()


def wait_of(answer: str) -> float:
    """The p99 of a person's answers, in ms."""
    return int(answer.split()[2]) / 1000


if __name__ == "__main__":
    tune_process()
    print(machine(), f"medians of {repeats()}")
    for kind in sys.argv[1:] or ["sqlite", "flooded"]:
        uvloop.run(flooded() if kind == "flooded" else speed(postgres=kind == "postgres"))
