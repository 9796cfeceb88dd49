"""The database as the rest of Narae uses it: `await read(query, …)` and `await write(action, who, …)`."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from narae.core.db.checkpoints import checkpoints
from narae.core.db.engine import is_database_down, open_engine
from narae.core.db.lane import Command, Lane, Many
from narae.core.db.tx import Event, Tx
from narae.core.kit.beside import beside
from narae.core.kit.clock import Clock, SystemClock
from narae.core.kit.errors import Unavailable
from narae.core.kit.limits import READ_QUEUE, READ_THREADS
from narae.core.kit.who import SYSTEM, Who

P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """One database with its write lane and its reading threads. Use as `async with Database(url) as db`."""

    def __init__(self, url: str, *, clock: Clock | None = None) -> None:
        self.clock = clock or SystemClock()
        self.engine: Engine = open_engine(url)
        self._snapshots = snapshots(self.engine)
        self.listeners: list[Callable[[list[Event]], None]] = []
        self._lane: Lane | None = None
        self._readers = ThreadPoolExecutor(READ_THREADS, thread_name_prefix="narae-read")
        self._reading = 0
        self._beside = contextlib.AsyncExitStack()

    async def __aenter__(self) -> Database:
        self._lane = Lane(self.engine, self.clock, self._committed)
        if self.engine.dialect.name == "sqlite":
            await self._beside.enter_async_context(beside(checkpoints(self.engine, lambda: self.lane.commits)))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._beside.aclose()
        if self._lane is not None:
            await self._lane.close()
        self._readers.shutdown()
        self.engine.dispose()

    async def write(self, action: Callable[Concatenate[Tx, Who, P], T], who: Who, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `action(tx, who, …)` in the lane; its result, once it is durable."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self.lane.enqueue(Command(action, who, args, dict(kwargs), _settle(future)))
        return await future

    def write_later(self, many: Many, item: Any, answer: Callable[[Any, BaseException | None], None]) -> None:
        """Queue `item` for the batched kind `many(tx, items)`; `answer(result, error)` is called on the loop."""
        self.lane.enqueue(Command(None, SYSTEM, (item,), {}, answer, many))

    async def write_batched(self, many: Many, item: Any) -> Any:
        """`write_later`, awaited."""
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self.write_later(many, item, _settle(future))
        return await future

    async def read(self, query: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `query(conn, …)` on a reading thread, in one consistent snapshot."""
        if self._reading >= READ_QUEUE:
            raise Unavailable("The server has more to read than it can. Try again in a moment.", code="busy")
        self._reading += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._readers, lambda: self._read(query, *args, **kwargs))
        finally:
            self._reading -= 1

    @property
    def lane(self) -> Lane:
        """The write lane; there is one between start and close."""
        assert self._lane is not None, "the database has not been started"
        return self._lane

    def _read(self, query: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            with self._snapshots.connect() as conn, conn.begin():
                return query(conn, *args, **kwargs)
        except DBAPIError as error:
            if is_database_down(self.engine.dialect, error):
                raise Unavailable("The database can't be reached just now. Try again in a moment.") from error
            raise

    def _committed(self, events: list[Event]) -> None:
        for listener in self.listeners:
            listener(events)


def snapshots(engine: Engine) -> Engine:
    """`engine` with transactions that see one moment (SQLite's always do)."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ")
    return engine


def _settle(future: asyncio.Future[T]) -> Callable[[T, BaseException | None], None]:
    def answer(result: T, error: BaseException | None) -> None:
        if future.done():
            return
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)

    return answer
