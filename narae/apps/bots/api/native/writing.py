"""Putting what others said into Markdown: escaped, linked, quoted, shortened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from narae.apps.bots.forms.escaping import followed, link, plain
from narae.apps.bots.public import Post
from narae.core.kit import limits
from narae.core.rooms.public import Button, Card, Fact

_BUTTONS, _FACTS = 2, 2


def bold(words: str) -> str:
    """`words` in bold, or nothing."""
    return f"**{plain(words)}**" if words else ""


def code(words: str) -> str:
    """`words` as code: a branch, a path; "" for none."""
    return f"`{words.replace('`', chr(39))}`" if words else ""


def linked(label: str, url: str) -> str:
    """A link, or the label alone when it can't be followed; nothing without a label."""
    return link(label, url) if label else ""


def quote(said: Sequence[str]) -> str:
    """Lines of others as a quote."""
    return "\n".join(f"> {plain(line)}".rstrip() for line in said)


def several(number: int, one: str) -> str:
    """ "1 commit", "3 commits"."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def listed(items: Iterable[str], *, total: int = 0) -> str:
    """The first NATIVE_ITEMS items as a list, and how many more there are."""
    found = [item for item in items if item]
    shown = found[: limits.NATIVE_ITEMS]
    more = max(total, len(found)) - len(shown)
    return "\n".join([*(f"- {item}" for item in shown), *([f"- … and {more:,} more"] if more > 0 and shown else [])])


def sentence(*words: str) -> str:
    """Those words that are there, with spaces between."""
    return " ".join(word for word in words if word)


def card(icon: str, title: str, *, facts: Iterable[tuple[str, str]] = (), buttons: Iterable[tuple[str, str]] = ()) -> Card:
    """A card with those of the facts and buttons (label, value or address) that have one."""
    told = [Fact(label, value) for label, value in facts if value][:_FACTS]
    ways = [(label, followed(url)) for label, url in buttons]
    open_ = [(label, url) for label, url in ways if url][:_BUTTONS]
    shown = [Button(f"b{n}", label, "primary" if n == 0 else "plain", url) for n, (label, url) in enumerate(open_)]
    return Card("robot", icon, title, told, shown)


def post(*blocks: str, card: Card | None = None, nonce: str | None = None) -> Post:
    """A post of these blocks, cut where a message ends."""
    said = "\n\n".join(block for block in blocks if block)
    if len(said) > limits.HOOK_TEXT_CHARS:
        said = said[: said.rfind("\n", 0, limits.HOOK_TEXT_CHARS)] + "\n\n…"
    return Post(text=said, card=card, nonce=nonce)
