"""The write lane: one thread takes whatever is queued, runs it in one transaction, commits, then answers everybody.

A commit costs an fsync; sharing one among everything that waits is what makes writing fast (twelve times at 64
writers). Each command runs in a savepoint of its own, so that one that fails, fails alone. Neighbouring commands of one
batched kind (sending messages) run as one set of statements.

When the database itself fails in the middle (disk full, deadlock, a lost connection) the group is rolled back and run
again one command at a time, so that only the commands that really can't be done are refused. A commit whose outcome is
unknown is never repeated by the lane: callers that hold a nonce or key retry safely.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from queue import Empty, SimpleQueue
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from narae.core.db.engine import is_database_down
from narae.core.db.once import run_once
from narae.core.db.tx import Event, Tx
from narae.core.kit.clock import Clock
from narae.core.kit.errors import NaraeError, Unavailable
from narae.core.kit.limits import LANE_BATCH, LANE_LINGER_SECONDS, LANE_LINGERS_AFTER, LANE_QUEUE
from narae.core.kit.who import Who

log = logging.getLogger("narae.lane")

Answer = Callable[[Any, BaseException | None], None]
Outcome = tuple[Answer, Any, BaseException | None]
Many = Callable[[Tx, Sequence[Any]], Sequence[Any]]


class Command:
    """One change that waits for the lane: an action with its arguments, or an item of a batched kind."""

    __slots__ = ("action", "answer", "args", "kwargs", "many", "who")

    def __init__(
        self,
        action: Callable[..., Any] | None,
        who: Who,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        answer: Answer,
        many: Many | None = None,
    ) -> None:
        self.action = action
        self.who = who
        self.args = args
        self.kwargs = kwargs
        self.answer = answer
        self.many = many

    def run(self, tx: Tx) -> Any:
        """Do it in `tx`; the result. (A batched kind runs through `many` instead.)"""
        assert self.action is not None
        if self.who.once:
            return run_once(tx, self.action, self.who, self.args, self.kwargs)
        return self.action(tx, self.who, *self.args, **self.kwargs)


class Lane:
    """The thread that writes. `on_commit` receives the events of each commit, on the event loop."""

    def __init__(self, engine: Engine, clock: Clock, on_commit: Callable[[list[Event]], None]) -> None:
        self._engine = engine
        self._clock = clock
        self._on_commit = on_commit
        self._queue: SimpleQueue[list[Command] | None] = SimpleQueue()
        self._gathered: list[Command] = []
        self._rest: list[Command] = []
        self._unanswered = 0
        self._last = 0
        self.commits = 0
        self._conn: Connection | None = None
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._work, name="narae-lane", daemon=True)
        self._thread.start()

    def enqueue(self, command: Command) -> None:
        """Queue `command`; its answer is called on the event loop once the change is durable or refused.

        What one turn of the loop brings is handed over together: else the lane would begin with the first of many.
        """
        if self._unanswered >= LANE_QUEUE:
            raise Unavailable("The server has more to write than it can. Try again in a moment.", code="busy")
        self._unanswered += 1
        self._gathered.append(command)
        if len(self._gathered) == 1:
            self._loop.call_soon(self._hand_over)

    @property
    def is_busy(self) -> bool:
        """Whether anybody waits for it just now."""
        return self._unanswered > 0

    def _hand_over(self) -> None:
        gathered, self._gathered = self._gathered, []
        if gathered:
            self._queue.put(gathered)

    async def close(self) -> None:
        """Write what is queued, then stop."""
        self._hand_over()
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _work(self) -> None:
        while (group := self._take()) is not None:
            outcomes, events = self._write(group)
            try:
                self._loop.call_soon_threadsafe(self._deliver, outcomes, events)
            except RuntimeError:  # the loop has ended: nobody is left to answer
                return
        self._drop_connection()

    def _take(self) -> list[Command] | None:
        """The next group: what waits, up to LANE_BATCH; None when the lane is to stop.

        After a large group, a small one is given a moment to grow: senders who were answered together write together.
        """
        group = self._gather(self._rest, block=True)
        if group and 2 * len(group) < self._last >= LANE_LINGERS_AFTER:
            time.sleep(LANE_LINGER_SECONDS)
            group = self._gather(group, block=False)
        self._last = len(group)
        group, self._rest = group[:LANE_BATCH], group[LANE_BATCH:]
        return group or None

    def _gather(self, group: list[Command], *, block: bool) -> list[Command]:
        while len(group) < LANE_BATCH:
            try:
                more = self._queue.get(block=block and not group)
            except Empty:
                break
            if more is None:
                if group:
                    self._queue.put(None)
                break
            group = group + more
        return group

    def _deliver(self, outcomes: list[Outcome], events: list[Event]) -> None:
        self._unanswered -= len(outcomes)
        if events:
            self._on_commit(events)
        for answer, result, error in outcomes:
            answer(result, error)

    def _write(self, group: list[Command]) -> tuple[list[Outcome], list[Event]]:
        """Commit `group` together, or else one by one; what to answer and what to publish."""
        try:
            return self._commit(group)
        except _DatabaseFailed as failure:
            self._drop_connection()
            if failure.committing:
                return _refuse(group, failure)
        written = [self._write_alone(command) for command in group]
        return [o for outcomes, _ in written for o in outcomes], [e for _, events in written for e in events]

    def _write_alone(self, command: Command) -> tuple[list[Outcome], list[Event]]:
        try:
            return self._commit([command])
        except _DatabaseFailed as failure:
            self._drop_connection()
            return _refuse([command], failure)

    def _commit(self, group: list[Command]) -> tuple[list[Outcome], list[Event]]:
        try:
            conn = self._connection()
            transaction = conn.begin()
        except SQLAlchemyError as error:
            raise _DatabaseFailed(error) from error
        tx = Tx(conn, self._clock.now())
        try:
            outcomes = [outcome for run in _runs(group) for outcome in _run(tx, run, alone=len(run) == len(group))]
        except _Alone as alone:
            transaction.rollback()
            return [(group[0].answer, None, alone.error)], []
        except _DatabaseFailed:
            _quietly(transaction.rollback)
            raise
        try:
            transaction.commit()
        except SQLAlchemyError as error:
            _quietly(transaction.rollback)
            raise _DatabaseFailed(error, committing=True) from error
        self.commits += 1
        return outcomes, tx.events

    def _connection(self) -> Connection:
        if self._conn is None:
            self._conn = self._engine.connect().execution_options(writes=True)
        return self._conn

    def _drop_connection(self) -> None:
        if self._conn is not None:
            conn, self._conn = self._conn, None
            _quietly(conn.invalidate)
            _quietly(conn.close)


class _DatabaseFailed(Exception):
    def __init__(self, error: Exception, *, committing: bool = False) -> None:
        self.error = error
        self.committing = committing


class _Alone(Exception):
    """A group of one was refused: the whole transaction is its savepoint."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


def _refuse(group: list[Command], failure: _DatabaseFailed) -> tuple[list[Outcome], list[Event]]:
    log.warning("a transaction of %d could not be written: %s", len(group), failure.error)
    if failure.committing:
        error = Unavailable("It is not certain that this was saved. Look before you try again.", code="unknown_outcome")
    else:
        error = Unavailable("This could not be saved just now. Try again in a moment.")
    return [(command.answer, None, error) for command in group], []


def _runs(group: list[Command]) -> Iterable[list[Command]]:
    """`group` cut into stretches: neighbours of one batched kind together, everything else by itself."""
    run: list[Command] = []
    for command in group:
        if run and (command.many is None or command.many is not run[-1].many):
            yield run
            run = []
        run.append(command)
    if run:
        yield run


def _run(tx: Tx, run: list[Command], *, alone: bool) -> list[Outcome]:
    """Run one stretch in a savepoint (or in the bare transaction when it is all there is)."""
    kept = len(tx.events)
    try:
        if not alone:
            tx.conn.exec_driver_sql("SAVEPOINT command")
        outcomes = _results(tx, run)
        if not alone:
            tx.conn.exec_driver_sql("RELEASE SAVEPOINT command")
        return outcomes
    except Exception as error:
        if is_database_down(tx.conn.dialect, error):
            raise _DatabaseFailed(error) from error
        refusal = error
    del tx.events[kept:]
    if len(run) > 1:  # a batch never refuses as a whole: find the culprit one at a time
        if alone:
            raise _DatabaseFailed(refusal) from refusal
        _roll_back_to_savepoint(tx)
        return [outcome for command in run for outcome in _run(tx, [command], alone=False)]
    if not isinstance(refusal, NaraeError):
        log.error("a command failed", exc_info=refusal)
    if alone:
        raise _Alone(refusal)
    _roll_back_to_savepoint(tx)
    return [(run[0].answer, None, refusal)]


def _results(tx: Tx, run: list[Command]) -> list[Outcome]:
    if run[0].many is None:
        return [(run[0].answer, run[0].run(tx), None)]
    results = run[0].many(tx, [command.args[0] for command in run])
    return [
        (command.answer, None, result) if isinstance(result, NaraeError) else (command.answer, result, None)
        for command, result in zip(run, results, strict=True)
    ]


def _roll_back_to_savepoint(tx: Tx) -> None:
    try:
        tx.conn.exec_driver_sql("ROLLBACK TO SAVEPOINT command")
        tx.conn.exec_driver_sql("RELEASE SAVEPOINT command")
    except SQLAlchemyError as error:  # SQLite has already rolled back all of it (disk full)
        raise _DatabaseFailed(error) from error


def _quietly(close: Callable[[], object]) -> None:
    try:
        close()
    except Exception as error:
        log.debug("while closing: %s", error)
