"""Slack's mark-up as Narae's Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narae.apps.chat.commands.slack_export import mrkdwn
from narae.apps.chat.commands.slack_export.runs import joined
from narae.apps.chat.commands.slack_export.speech import Speech, emoji
from narae.core.kit import markdown

NAMES = {"U1": "김하나", "U2": "star*name"}


def speech() -> Speech:
    return Speech(lambda key: NAMES.get(key, ""), {"C1": "general"}, "en")


def md(text: str) -> str:
    return joined(mrkdwn.lines(text, speech()))


@pytest.mark.parametrize(
    ("slack", "ours"),
    [
        ("*bold* _it_ ~s~", "**bold** _it_ ~~s~~"),
        ("*_both_*", "**_both_**"),
        ("2*3*4 and snake_case_name", "2\\*3\\*4 and snake_case_name"),
        ("*not bold", "\\*not bold"),
        ("`*code* &lt;b&gt;`", "`*code* <b>`"),
        ("<https://a.example/x>", "https://a.example/x"),
        ("<https://a.example/_x_>", "<https://a.example/_x_>"),
        ("<https://a.example|here>", "[here](https://a.example)"),
        ("<https://a.example/(x)|a [b]>", "[a \\[b\\]](<https://a.example/(x)>)"),
        ("<mailto:a@b.example|a@b.example>", "[a@b.example](mailto:a@b.example)"),
        ("<slack://x|open>", "open (slack://x)"),
        ("<@U1> <@U9|bob> <@U9>", "@김하나 @bob @Unknown person"),
        ("<#C1|general> <#C1>", "#general #general"),
        ("<!channel> <!here|here>", "@all @all"),
        ("<!subteam^S1|@team> <!date^1^{date}|May 1>", "@team May 1"),
        ("a &amp; b &lt;c&gt;", "a & b \\<c>"),
        (":smile: :thumbsup::skin-tone-3: :our_own:", "😄 👍🏼 :our_own:"),
        ("at 12:30:45", "at 12:30:45"),
        ("&gt; said\nanswer", "> said\n\nanswer"),
        ("&gt;&gt;&gt; all\nof it", "> all\n> of it"),
        ("• one\n    ◦ two\nend", "- one\n  - two\n\nend"),
        ("see ```\na *b*\n``` end", "see \n\n```\na *b*\n```\n\n end"),
        ("```never closed", "\\`\\`\\`never closed"),
        ("# no heading", "\\# no heading"),
        ("text\n---", "text\n\\---"),
        ("    four spaces", "\u00a0\u00a0\u00a0\u00a0four spaces"),
        ("&amp;copy; &lt;script&gt;", "\\&copy; \\<script>"),
        ("[x](http://a)", "\\[x](http://a)"),
    ],
)
def test_each_mark_becomes_ours(slack: str, ours: str) -> None:
    assert md(slack) == ours


def test_a_mention_of_an_odd_name_is_still_a_mention() -> None:
    heard = speech()
    said = joined(mrkdwn.lines("hi <@U2>", heard))
    assert heard.mentions == {"star*name": "U2"}
    at = markdown.At("person", "p", "star*name")
    assert at in markdown.parse(said, {"star*name": at})[0].c  # type: ignore[union-attr]


def shown(blocks: object) -> str:
    """The characters that a reader sees."""
    if isinstance(blocks, list):
        return "".join(shown(part) for part in blocks)
    if isinstance(blocks, markdown.Break):
        return "\n"
    if isinstance(blocks, markdown.Text | markdown.InlineCode | markdown.At):
        return blocks.s
    return shown(getattr(blocks, "c", []))


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab*_~`[]()<>&#|\\!-=+:.1 가", min_size=1, max_size=30).map(str.strip).filter(bool))
def test_plain_text_is_shown_as_it_was_written(text: str) -> None:
    from narae.apps.chat.commands.slack_export.runs import Run, as_lines

    said = joined(as_lines([Run(text)]))
    blocks = markdown.parse(said)
    is_list = any(isinstance(block, markdown.Bullets | markdown.Numbers) for block in blocks)
    assert is_list or shown(blocks).split() == text.split()
    assert all(isinstance(b, markdown.Paragraph | markdown.Bullets | markdown.Numbers) for b in blocks)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab*_~`<>|@#!:^&;ltg\n •>", max_size=60))
def test_no_text_is_beyond_it(text: str) -> None:
    assert isinstance(markdown.parse(md(text)), list)


def test_a_very_long_line_takes_no_time() -> None:
    assert md("*a _b ~c " * 8000)


def test_every_short_code_is_one_emoji() -> None:
    assert emoji("+1") == "👍" and emoji("wave::skin-tone-6") == "👋🏿" and emoji("no_such_thing") == ""
