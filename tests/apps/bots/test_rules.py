"""What makes a call to a robot a good one."""

from __future__ import annotations

from narae.apps.bots import rules


def test_the_signature_is_the_one_that_public_clients_compute() -> None:
    secret = "SEC045ae0433d866d0019a47f441d3da2c3c5862b8a8c46f8ab1de83a6fb0b9a54c"
    assert rules.signature(secret, "1735693200000") == "BSe0QzwtBdzTlEnmaVptmDApFF/EyDdmvpE/DajHtoE="
    assert rules.signature("SECnarae-test-vector-0001", "1577808000000") == "adVxBL0dJm82g5ekWmScsUAX45BOBJmfCBhv1d8/MQA="


def test_a_timestamp_is_good_for_an_hour_either_way() -> None:
    hour = 3_600_000
    assert [rules.is_timely(t, now=10 * hour) for t in (str(9 * hour), str(11 * hour))] == [True, True]
    assert [rules.is_timely(t, now=10 * hour) for t in (str(9 * hour - 1), str(11 * hour + 1), "", "-1", "x", "9" * 30)] == [False] * 6


def test_an_address_fits_when_it_is_in_one_of_the_networks() -> None:
    allowed = ["10.0.0.0/8", "192.0.2.7", "2001:db8::/32"]
    assert [rules.may_come_from(allowed, ip) for ip in ("10.9.8.7", "192.0.2.7", "2001:db8::1")] == [True] * 3
    assert [rules.may_come_from(allowed, ip) for ip in ("11.0.0.1", "192.0.2.8", "", "x")] == [False] * 4
    assert rules.may_come_from([], "anything")


def test_one_keyword_is_enough_and_none_asks_for_nothing() -> None:
    assert rules.has_keyword(["경보", "alarm"], "화재 경보입니다")
    assert not rules.has_keyword(["경보"], "점심")
    assert rules.has_keyword([], "점심")
