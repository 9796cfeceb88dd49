"""Slack's blocks as Narae's Markdown."""

from __future__ import annotations

from typing import Any

from narae.apps.chat.commands.slack_export import blocks
from narae.apps.chat.commands.slack_export.runs import joined
from narae.apps.chat.commands.slack_export.speech import Speech


def speech() -> Speech:
    return Speech(lambda key: {"U1": "김하나"}.get(key, ""), {"C1": "general"}, "en")


def md(*given: dict[str, Any]) -> str:
    return joined(blocks.lines(list(given), speech()))


def rich(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": list(parts)}


def section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def words(text: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": text, "style": style}


def test_rich_text_keeps_its_looks_even_inside_words() -> None:
    said = md(rich(section(words("see "), words("this ", bold=True), words("now", bold=True, italic=True), words("!"))))
    assert said == "see **this** **_now_**!"
    assert md(rich(section(words("중요", bold=True), words("합니다")))) == "**중요**합니다"
    assert md(rich(section(words('"중요"', bold=True), words("합니다")))) == '**"중요**"합니다'


def test_rich_text_names_people_rooms_and_emoji() -> None:
    parts = [
        {"type": "user", "user_id": "U1"}, words(" "), {"type": "channel", "channel_id": "C1"}, words(" "),
        {"type": "broadcast", "range": "here"}, words(" "), {"type": "emoji", "name": "own", "unicode": "1f44b-1f3fb"}, words(" "),
        {"type": "emoji", "name": "own"}, words(" "), {"type": "link", "url": "https://a.example", "text": "A"}, words(" "),
        {"type": "date", "timestamp": 86400}, words(" "), {"type": "color", "value": "#fff"}, {"type": "new_thing", "text": " x"},
    ]  # fmt: skip
    assert md(rich(section(*parts))) == "@김하나 #general @all 👋🏻 :own: [A](https://a.example) 1970-01-02 00:00 #fff x"


def test_lists_quotations_and_code_are_blocks() -> None:
    one = {"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": [section(words("a")), section(words("b"))]}
    two = {"type": "rich_text_list", "style": "ordered", "indent": 1, "offset": 2, "elements": [section(words("c"))]}
    quote = {"type": "rich_text_quote", "elements": [words("said\nso")]}
    code = {"type": "rich_text_preformatted", "elements": [words("x = ```1```")]}
    assert md(rich(one, two)) == "- a\n- b\n   3. c"
    assert md(rich(section(words("so:\n")), quote, section(words("yes")))) == "so:\n\n> said\n> so\n\nyes"
    assert md(rich(code)) == "````\nx = ```1```\n````"


def test_the_blocks_of_robots_are_readable() -> None:
    said = md(
        {"type": "header", "text": {"type": "plain_text", "text": "Build *7*"}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "*ok*"}, "fields": [{"type": "mrkdwn", "text": "by <@U1>"}]},
        {"type": "divider"},
        {
            "type": "context",
            "elements": [{"type": "mrkdwn", "text": "_now_"}, {"type": "image", "alt_text": "dot", "image_url": "http://i"}],
        },
        {"type": "image", "title": {"text": "Plan"}, "image_url": "https://i.example/p"},
        {"type": "actions", "elements": [{"type": "button"}]},
        {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}, rich(section(words("b")))]]},
    )
    assert said.split("\n\n") == [
        "**Build \\*7\\***", "**ok**\nby @김하나", "---", "_now_\n🖼 [dot](http://i)", "🖼 [Plan](https://i.example/p)", "a · b",
    ]  # fmt: skip


def test_blocks_that_hold_themselves_end() -> None:
    deep: dict[str, Any] = section(words("x"))
    for _ in range(50):
        deep = rich(deep)
    assert md(deep) == ""
