"""What Gitea and Forgejo post by themselves (X-Gitea-Event): GitHub's bodies in most, with reviews of their own."""

from __future__ import annotations

from collections.abc import Callable

from narae.apps.bots.api.native import github
from narae.apps.bots.api.native.github import in_repository, named, sender
from narae.apps.bots.api.native.reading import Part, address, lines, part, word
from narae.apps.bots.api.native.writing import linked, post, quote
from narae.apps.bots.public import Post


def said(event: str, body: Part) -> Post | None:
    """The post that an event makes; None when there is nothing to say."""
    make = _EVENTS.get(event)
    return make(body) if make else None


def _reviewed(verb: str) -> Callable[[Part], Post | None]:
    def make(body: Part) -> Post | None:
        pull, words = part(body, "pull_request"), lines(body, "review", "content")
        if verb == "reviewed" and not words:
            return None
        return post(in_repository(body, sender(body), verb, linked(named(pull), address(pull, "html_url"))), quote(words))

    return make


def _wiki(body: Part) -> Post | None:
    verb = {"created": "created", "edited": "edited", "deleted": "deleted"}.get(word(body, "action"))
    page = word(body, "page")
    where = f"{address(body, 'repository', 'html_url')}/wiki/{page.replace(' ', '-')}"
    return post(in_repository(body, sender(body), verb, "wiki page", linked(page, where))) if verb and page else None


_EVENTS: dict[str, Callable[[Part], Post | None]] = {
    "create": github.made,
    "delete": github.deleted,
    "fork": github.forked,
    "issue_comment": github.comment,
    "issues": github.issue,
    "pull_request": github.pull_request,
    "pull_request_approved": _reviewed("approved"),
    "pull_request_comment": _reviewed("reviewed"),
    "pull_request_rejected": _reviewed("asked for changes in"),
    "push": github.pushed,
    "release": github.release,
    "repository": github.repository,
    "wiki": _wiki,
}
