"""Apps stand behind what they need, or the server does not start."""

from __future__ import annotations

import pytest

from narae.core.app import App, CardKind, card_kinds, in_order


def test_an_app_stands_behind_what_it_needs() -> None:
    shop, cards, rooms = App(name="shop", needs=("cards", "rooms")), App(name="cards", needs=("rooms",)), App(name="rooms")
    assert [app.name for app in in_order([shop, cards, rooms])] == ["rooms", "cards", "shop"]


def test_apps_that_need_nothing_keep_their_order() -> None:
    assert [app.name for app in in_order([App(name="b"), App(name="a")])] == ["b", "a"]


def test_a_missing_need_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="The app shop needs cards, which is not installed"):
        in_order([App(name="shop", needs=("cards",))])


def test_two_apps_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        in_order([App(name="shop"), App(name="shop")])


def test_a_circle_is_refused_and_shown() -> None:
    with pytest.raises(ValueError, match="a → b → a"):
        in_order([App(name="a", needs=("b",)), App(name="b", needs=("a",))])


def test_two_apps_can_not_answer_for_the_same_cards() -> None:
    kind = CardKind(type="poll", press=lambda _tx, _who, _press: True)
    assert card_kinds([App(name="a", cards=[kind]), App(name="b")]).by_type == {"poll": kind}
    with pytest.raises(ValueError, match="same type"):
        card_kinds([App(name="a", cards=[kind]), App(name="b", cards=[kind])])
