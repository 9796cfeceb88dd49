"""A server in a process of its own that is killed while it works; run as `python -m tests.faults.flood FOLDER URL`.

Sends messages as fast as it can and prints the nonce of each one that was acknowledged, after it was.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
from pathlib import Path

from narae.core.kit.settings import Settings
from narae.core.kit.who import Who
from narae.core.rooms.actions.send import Send, send_many
from narae.server import running


async def flood(folder: str, url: str, person: str, room: str, first: int) -> None:
    """Send from 16 tasks until killed."""
    numbers = itertools.count(first)
    async with running(Settings(data=Path(folder), database=url)) as server:

        async def one() -> None:
            while True:
                nonce = f"n{next(numbers)}"
                sys.stdout.write(f"try {nonce}\n")
                item = Send(who=Who(person=person), room=room, nonce=nonce, text=f"글 {nonce}")
                message = await server.db.write_batched(send_many, item)
                sys.stdout.write(f"ok {nonce} {message.seq}\n")
                sys.stdout.flush()

        print("ready", flush=True)
        await asyncio.gather(*(one() for _ in range(16)))


if __name__ == "__main__":
    asyncio.run(flood(*sys.argv[1:5], int(sys.argv[5])))
