"""What Jira posts by itself (webhookEvent in the body), from its cloud and from servers of one's own.

A comment may come twice, with the issue that changed and alone: both carry the comment's id as their nonce, so it is said once.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from narae.apps.bots.api.native.reading import Part, address, lines, part, parts, word
from narae.apps.bots.api.native.writing import bold, card, linked, listed, post, quote, sentence
from narae.apps.bots.forms.escaping import plain
from narae.apps.bots.public import Post

_REST = re.compile(r"/rest/.*$", re.DOTALL)
_TOLD = {
    "status": "Status", "assignee": "Assignee", "priority": "Priority", "issuetype": "Type", "summary": "Summary", "duedate": "Due",
    "fix version": "Fix version", "sprint": "Sprint", "resolution": "Resolution",
}  # fmt: skip


def said(event: str, body: Part) -> Post | None:
    """The post that an event makes; None when there is nothing to say."""
    make = _EVENTS.get(event)
    return make(body) if make else None


def _user(of: Part) -> str:
    return bold(word(of, "displayName") or word(of, "name") or "Somebody")


def _issue(body: Part) -> str:
    issue = part(body, "issue")
    key = word(issue, "key")
    kind = word(issue, "fields", "issuetype", "name").lower() or "issue"
    return sentence(plain(kind), linked(sentence(key, word(issue, "fields", "summary")), _url(issue)))


def _url(issue: Part) -> str:
    site, key = _REST.sub("", address(issue, "self")), word(issue, "key")
    return f"{site}/browse/{key}" if site and key else ""


def _created(body: Part) -> Post | None:
    issue, fields = part(body, "issue"), part(body, "issue", "fields")
    assignee = word(fields, "assignee", "displayName")
    facts = [("Priority", word(fields, "priority", "name")), ("Assignee", assignee)]
    name = sentence(word(issue, "key"), word(fields, "summary")) or "Issue"
    shown = card("🎫", name, facts=facts, buttons=[("Open", _url(issue))])
    return post(sentence(_user(part(body, "user")), "created", _issue(body)), quote(lines(fields, "description")), card=shown)


def _deleted(body: Part) -> Post | None:
    return post(sentence(_user(part(body, "user")), "deleted", _issue(body)))


def _updated(body: Part) -> Post | None:
    changes = [change for item in parts(body, "changelog", "items") if (change := _change(item))]
    if changes:
        return post(sentence(_user(part(body, "user")), "changed", _issue(body)), listed(changes))
    words, event = part(body, "comment"), word(body, "issue_event_type_name")
    return _comment(body) if words and event in ("issue_commented", "") else None


def _change(item: Part) -> str:
    name = _TOLD.get(word(item, "field").lower())
    before, after = plain(word(item, "fromString")) or "none", plain(word(item, "toString")) or "none"
    return f"{name}: {before} → **{after}**" if name else ""


def _comment(body: Part) -> Post | None:
    words = part(body, "comment")
    who = part(words, "author") or part(body, "user")
    number = word(words, "id")
    nonce = f"jira-comment-{number}"[:64] if number else None
    return post(sentence(_user(who), "commented on", _issue(body)), quote(lines(words, "body")), nonce=nonce)


def _sprint(verb: str) -> Callable[[Part], Post | None]:
    def make(body: Part) -> Post | None:
        sprint = part(body, "sprint")
        dates = " – ".join(day for day in (word(sprint, "startDate")[:10], word(sprint, "endDate")[:10]) if day)
        return post(sentence(f"Sprint {bold(word(sprint, 'name')) or 'without a name'} {verb}", f"({plain(dates)})" if dates else ""),
                    quote(lines(sprint, "goal")))  # fmt: skip

    return make


_EVENTS: dict[str, Callable[[Part], Post | None]] = {
    "comment_created": _comment,
    "jira:issue_created": _created,
    "jira:issue_deleted": _deleted,
    "jira:issue_updated": _updated,
    "sprint_closed": _sprint("was closed"),
    "sprint_started": _sprint("began"),
}
