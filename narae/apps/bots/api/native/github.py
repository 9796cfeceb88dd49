"""What GitHub posts by itself (X-GitHub-Event).

A branch or tag that is made or deleted comes as a push and as an event of its own: the event is said, the push is not. Checks of GitHub's
own workflows come as workflow_run, check_run and check_suite: only the first is said.
"""

from __future__ import annotations

from collections.abc import Callable

from narae.apps.bots.api.native.reading import Part, address, at, count, lines, part, parts, title, word
from narae.apps.bots.api.native.writing import bold, card, code, linked, listed, post, quote, sentence, several
from narae.apps.bots.forms.escaping import plain
from narae.apps.bots.public import Post
from narae.core.rooms.public import Card

_FAILED = {"failure": "failed", "timed_out": "timed out", "startup_failure": "could not start", "action_required": "needs somebody"}
_ENDED = _FAILED | {"success": "passed", "cancelled": "was cancelled"}


def said(event: str, body: Part) -> Post | None:
    """The post that an event makes; None when there is nothing to say."""
    make = _EVENTS.get(event)
    return make(body) if make else None


def in_repository(body: Part, *words: str) -> str:
    """A sentence with the repository before it."""
    repository = part(body, "repository")
    where = linked(word(repository, "full_name") or word(repository, "name"), address(repository, "html_url"))
    return " · ".join(some for some in (where, sentence(*words)) if some)


def sender(body: Part) -> str:
    """Who did it."""
    return bold(word(body, "sender", "login") or word(body, "pusher", "name") or "Somebody")


def pushed(body: Part) -> Post | None:
    """Commits that reached a branch."""
    kind, _, branch = word(body, "ref").removeprefix("refs/").partition("/")
    commits = parts(body, "commits")
    if kind != "heads":
        return None
    if not commits:
        after = word(body, "after")
        forced = at(body, "forced") is True and after.strip("0")
        return post(in_repository(body, sender(body), "force-pushed", code(branch), "to", code(after[:7]))) if forced else None
    total = max(len(commits), count(body, "total_commits"))
    compare = address(body, "compare") or address(body, "compare_url")
    verb = "force-pushed" if at(body, "forced") is True else "pushed"
    head = in_repository(body, sender(body), verb, linked(several(total, "commit"), compare), "to", code(branch))
    return post(head, listed((_commit(one) for one in commits), total=total))


def _commit(one: Part) -> str:
    author = word(one, "author", "name") or word(one, "author", "username")
    return sentence(linked(word(one, "id")[:7], address(one, "url")), plain(title(one, "message")), plain(f"({author})") if author else "")


def made(body: Part) -> Post | None:
    """A branch or tag that is new."""
    return _ref(body, "created")


def deleted(body: Part) -> Post | None:
    """A branch or tag that is gone."""
    return _ref(body, "deleted")


def _ref(body: Part, verb: str) -> Post | None:
    kind, name = word(body, "ref_type"), word(body, "ref").removeprefix("refs/heads/").removeprefix("refs/tags/")
    return post(in_repository(body, sender(body), verb, kind, code(name))) if kind in ("branch", "tag") and name else None


_PULL_VERBS = {"opened": "opened", "reopened": "reopened", "ready_for_review": "marked"}


def named(of: Part) -> str:
    """An issue or pull request as "#12 Title"."""
    number = count(of, "number") or count(of, "iid")
    return sentence(f"#{number}" if number else "", word(of, "title"))


def pull_request(body: Part) -> Post | None:
    """A pull request that was opened, closed, merged, or waits for somebody."""
    pull, action = part(body, "pull_request"), word(body, "action")
    merged = at(pull, "merged") is True
    verb = ("merged" if merged else "closed") if action == "closed" else _PULL_VERBS.get(action, "")
    if action == "review_requested":
        asked = part(body, "requested_reviewer") or part(body, "requested_team")
        verb = sentence("asked", bold(word(asked, "login") or word(asked, "name") or "somebody"), "to review")
    if not verb:
        return None
    kind = "draft pull request" if at(pull, "draft") is True and action == "opened" else "pull request"
    after = "as ready for review" if verb == "marked" else ""
    head = in_repository(body, sender(body), verb, kind, linked(named(pull), address(pull, "html_url")), after)
    return post(head, quote(lines(pull, "body")) if action == "opened" else "", card=None if action == "closed" else _pull_card(pull))


def _pull_card(pull: Part) -> Card:
    branches = " → ".join(name for name in (word(pull, "head", "ref"), word(pull, "base", "ref")) if name)
    files = count(pull, "changed_files")
    size = f"+{count(pull, 'additions')} −{count(pull, 'deletions')}, {several(files, 'file')}" if files else ""
    facts = [("Branch", branches), ("Changes", size)]
    return card("🔀", named(pull) or "Pull request", facts=facts, buttons=[("Review", address(pull, "html_url"))])


_REVIEWS = {"approved": "approved", "changes_requested": "asked for changes in", "commented": "reviewed"}


def _review(body: Part) -> Post | None:
    review, pull = part(body, "review"), part(body, "pull_request")
    state, text = word(review, "state").lower(), lines(review, "body")
    verb = _REVIEWS.get(state, "") if word(body, "action") == "submitted" else ""
    if word(body, "action") == "dismissed":
        verb, text = "dismissed a review of", []
    if not verb or (state == "commented" and not text and verb == "reviewed"):
        return None
    return post(in_repository(body, sender(body), verb, linked(named(pull), address(review, "html_url"))), quote(text))


def issue(body: Part) -> Post | None:
    """An issue that was opened, closed, given to somebody, or moved."""
    about, action = part(body, "issue"), word(body, "action")
    verb = {"opened": "opened", "closed": "closed", "reopened": "reopened", "deleted": "deleted", "transferred": "moved"}.get(action, "")
    if action == "assigned":
        verb = sentence("assigned", bold(word(body, "assignee", "login") or word(about, "assignee", "login") or "somebody"), "to")
    if not verb:
        return None
    reason = "as not planned" if action == "closed" and word(about, "state_reason") == "not_planned" else ""
    head = in_repository(body, sender(body), verb, "issue", linked(named(about), address(about, "html_url")), reason)
    return post(head, quote(lines(about, "body")) if action == "opened" else "")


def comment(body: Part) -> Post | None:
    """Words below an issue or a pull request."""
    if word(body, "action") != "created":
        return None
    about, words = part(body, "issue") or part(body, "pull_request"), part(body, "comment")
    where = code(word(words, "path"))
    head = in_repository(
        body, sender(body), "commented on", sentence(where, "in") if where else "", linked(named(about), address(words, "html_url"))
    )
    return post(head, quote(lines(words, "body")))


def _commit_comment(body: Part) -> Post | None:
    words = part(body, "comment")
    if word(body, "action") not in ("created", ""):
        return None
    place = linked(f"commit {word(words, 'commit_id')[:7]}", address(words, "html_url"))
    return post(in_repository(body, sender(body), "commented on", place), quote(lines(words, "body")))


def release(body: Part) -> Post | None:
    """A release that is published."""
    about = part(body, "release")
    if word(body, "action") != "published":
        return None
    kind = "pre-release" if at(about, "prerelease") is True else "release"
    name = word(about, "name") or word(about, "tag_name")
    return post(in_repository(body, sender(body), "published", kind, linked(name, address(about, "html_url"))), quote(lines(about, "body")))


def _workflow_run(body: Part) -> Post | None:
    run = part(body, "workflow_run")
    name = word(run, "name") or word(body, "workflow", "name") or "A workflow"
    return _ended(body, run, f"{name} #{count(run, 'run_number')}" if count(run, "run_number") else name, _ENDED)


def _check(body: Part) -> Post | None:
    run = part(body, "check_run") or part(body, "check_suite")
    if word(run, "app", "slug") == "github-actions":
        return None
    return _ended(body, run, word(run, "name") or word(run, "app", "name") or "A check", _FAILED)


def _ended(body: Part, run: Part, name: str, ends: dict[str, str]) -> Post | None:
    end = word(run, "conclusion")
    if word(body, "action") != "completed" or end not in ends:
        return None
    branch = word(run, "head_branch") or word(run, "check_suite", "head_branch")
    url = address(run, "html_url")
    head = in_repository(body, linked(name, url), ends[end], sentence("on", code(branch)) if branch else "")
    return post(head, card=_failure(f"{name} {ends[end]}", branch, word(run, "head_sha"), url) if end in _FAILED else None)


def _failure(headline: str, branch: str, commit: str, url: str) -> Card:
    return card("❌", headline, facts=[("Branch", branch), ("Commit", commit[:7])], buttons=[("Look", url)])


def _status(body: Part) -> Post | None:
    if word(body, "state") not in ("failure", "error"):
        return None
    name, branch = word(body, "context") or "A check", word(next(iter(parts(body, "branches")), {}), "name")
    url = address(body, "target_url") or address(body, "commit", "html_url")
    head = in_repository(body, linked(name, url), "failed", sentence("on", code(branch)) if branch else "")
    return post(head, quote(lines(body, "description")), card=_failure(f"{name} failed", branch, word(body, "sha"), url))


def _deployment_status(body: Part) -> Post | None:
    status, deployment = part(body, "deployment_status"), part(body, "deployment")
    ends = {"success": "succeeded", "failure": "failed", "error": "failed"}
    end = ends.get(word(status, "state"))
    if end is None:
        return None
    place = word(status, "environment") or word(deployment, "environment")
    url = address(status, "environment_url") or address(status, "log_url") or address(status, "target_url")
    what, branch = linked(f"Deployment to {place}" if place else "Deployment", url), word(deployment, "ref")
    shown = None if end == "succeeded" else _failure(f"Deployment to {place} failed", branch, word(deployment, "sha"), url)
    return post(in_repository(body, what, end, f"({code(branch)})" if branch else ""), quote(lines(status, "description")), card=shown)


def _star(body: Part) -> Post | None:
    stars = count(body, "repository", "stargazers_count")
    return post(in_repository(body, sender(body), f"starred it: {several(stars, 'star')}")) if word(body, "action") == "created" else None


def forked(body: Part) -> Post | None:
    """A copy of the repository."""
    copy = part(body, "forkee")
    return post(in_repository(body, sender(body), "forked it to", linked(word(copy, "full_name") or "a fork", address(copy, "html_url"))))


def _ping(body: Part) -> Post | None:
    found = at(body, "hook", "events")
    heard = [word({"": name}, "") for name in found[:50]] if isinstance(found, list) else []
    events = "everything" if "*" in heard else ", ".join(name for name in heard if name)
    return post(in_repository(body, "GitHub is connected", f"and will tell of: {plain(events)}" if events else ""))


def _member(body: Part) -> Post | None:
    ways = {"added": ("added", "to the repository"), "removed": ("removed", "from the repository")}
    verb, where = ways.get(word(body, "action"), ("", ""))
    return post(in_repository(body, sender(body), verb, bold(word(body, "member", "login") or "somebody"), where)) if verb else None


_REPOSITORY = {
    "created": "created the repository", "deleted": "deleted the repository", "archived": "archived the repository",
    "unarchived": "took the repository out of the archive", "publicized": "made the repository public",
    "privatized": "made the repository private", "renamed": "renamed the repository", "transferred": "handed the repository over",
}  # fmt: skip


def repository(body: Part) -> Post | None:
    """What became of a whole repository."""
    action = word(body, "action")
    before = word(body, "changes", "repository", "name", "from") if action == "renamed" else ""
    verb = _REPOSITORY.get(action)
    return post(in_repository(body, sender(body), verb, f"(it was {code(before)})" if before else "")) if verb else None


_EVENTS: dict[str, Callable[[Part], Post | None]] = {
    "check_run": _check,
    "check_suite": _check,
    "commit_comment": _commit_comment,
    "create": made,
    "delete": deleted,
    "deployment_status": _deployment_status,
    "fork": forked,
    "issue_comment": comment,
    "issues": issue,
    "member": _member,
    "ping": _ping,
    "pull_request": pull_request,
    "pull_request_review": _review,
    "pull_request_review_comment": comment,
    "push": pushed,
    "release": release,
    "repository": repository,
    "star": _star,
    "status": _status,
    "workflow_run": _workflow_run,
}
