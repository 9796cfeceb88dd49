"""One system call that writes to many sockets: everybody gets their bytes, and who can't is told apart."""

from __future__ import annotations

import contextlib
import errno
import resource
import socket
from collections.abc import Iterator

import pytest

from narae.core.live.many import Many, open_many, word_of


@pytest.fixture
def many() -> Iterator[Many]:
    """The kernel's context."""
    made = open_many()
    assert made is not None, "this kernel has no io_submit"
    yield made
    made.close()


@contextlib.contextmanager
def pairs(count: int) -> Iterator[tuple[list[socket.socket], list[socket.socket]]]:
    """So many connected sockets: those to write to, which do not wait, and their other ends."""
    made = [socket.socketpair() for _ in range(count)]
    for ours, _ in made:
        ours.setblocking(False)
    yield [ours for ours, _ in made], [theirs for _, theirs in made]
    for one in made:
        for end in one:
            end.close()


def words(sockets: list[socket.socket]) -> list[int]:
    """As `Many` takes them."""
    return [word_of(one.fileno()) for one in sockets]


@pytest.mark.parametrize("count", [1, 7, 1024, 1025, 2100])
def test_all_get_the_same_bytes(many: Many, count: int) -> None:
    most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8_000, most[1]), most[1]))
    with pairs(count) as (ours, theirs):
        assert many.write(words(ours), "나래 날다".encode()) == []
        assert {end.recv(100) for end in theirs} == {"나래 날다".encode()}


def test_each_gets_a_piece_of_its_own(many: Many) -> None:
    pieces = [f"글 {number} ".encode() * (number + 1) for number in range(50)]
    with pairs(50) as (ours, theirs):
        assert many.write_each(words(ours), pieces) == []
        assert [end.recv(10_000) for end in theirs] == pieces


def test_what_a_full_socket_did_not_take_is_said_and_the_others_have_it_all(many: Many) -> None:
    with pairs(8) as (ours, theirs):
        with contextlib.suppress(BlockingIOError):
            while True:
                ours[3].send(b"x" * 4096)
        full = len(theirs[3].recv(10_000_000, socket.MSG_PEEK))
        assert many.write(words(ours), b"y" * 100) == [(3, -errno.EAGAIN)]
        assert len(theirs[3].recv(10_000_000, socket.MSG_PEEK)) == full
        assert [end.recv(1000) for n, end in enumerate(theirs) if n != 3] == [b"y" * 100] * 7


def test_a_socket_takes_what_fits_and_the_rest_is_told_by_its_length(many: Many) -> None:
    big = b"z" * 4_000_000
    with pairs(6) as (ours, theirs):
        short = dict(many.write(words(ours), big))
        assert sorted(short) == [0, 1, 2, 3, 4, 5]
        assert all(0 < taken < len(big) for taken in short.values())
        for place, end in enumerate(theirs):
            end.setblocking(False)
            read = 0
            with contextlib.suppress(BlockingIOError):
                while got := end.recv(1_000_000):
                    read += len(got)
            assert read == short[place]


def test_closed_sockets_fail_alone_wherever_they_stand(many: Many) -> None:
    with pairs(9) as (ours, theirs):
        asked = words(ours)
        for place in (0, 4, 8):
            ours[place].close()
        theirs[5].close()
        short = dict(many.write(asked, b"hello"))
        assert {place: -taken for place, taken in short.items()} == {0: errno.EBADF, 4: errno.EBADF, 8: errno.EBADF, 5: errno.EPIPE}
        assert [end.recv(10) for n, end in enumerate(theirs) if n not in (0, 4, 5, 8)] == [b"hello"] * 5


def test_nobody_to_write_to_is_no_call(many: Many) -> None:
    assert many.write([], b"x") == []
