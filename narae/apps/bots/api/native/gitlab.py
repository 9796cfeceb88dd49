"""What GitLab posts by itself (X-Gitlab-Event, or object_kind in the body).

Of confidential issues and internal notes the room hears that there is one, who touched it and its number: no title, no words, no labels.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from narae.apps.bots.api.native.github import named
from narae.apps.bots.api.native.reading import Part, address, at, count, lines, part, parts, title, word
from narae.apps.bots.api.native.writing import bold, card, code, linked, listed, post, quote, sentence, several
from narae.apps.bots.forms.escaping import plain
from narae.apps.bots.public import Post
from narae.core.rooms.public import Card


def said(event: str, body: Part) -> Post | None:
    """The post that an event makes; None when there is nothing to say."""
    kind = word(body, "object_kind") or word(body, "event_name")
    if _is_secret(event, body):
        return _confidential(kind, body)
    make = _KINDS.get(kind)
    return make(body) if make else None


def _is_secret(event: str, body: Part) -> bool:
    told = "confidential" in f"{event} {word(body, 'event_type')} {word(body, 'event_name')}".lower()
    asked = [("object_attributes", "confidential"), ("object_attributes", "internal"), ("issue", "confidential")]
    return told or any(at(body, *path) not in (None, False) for path in asked)


def _confidential(kind: str, body: Part) -> Post | None:
    if kind not in ("issue", "work_item", "incident", "note"):
        return None
    action = word(body, "object_attributes", "action")
    verb = _VERBS.get(action) or ("updated" if action == "update" else "")
    if kind == "note":
        return None if action == "update" else post(_in_project(body, _user(body), "wrote a confidential comment"))
    number = count(body, "object_attributes", "iid")
    return post(_in_project(body, _user(body), verb, "a confidential issue", f"#{number}" if number else "")) if verb else None


def _in_project(body: Part, *words: str) -> str:
    project = part(body, "project")
    name = word(project, "path_with_namespace") or word(project, "name") or word(body, "project_name") or word(body, "repository", "name")
    where = linked(name, address(project, "web_url") or address(body, "repository", "homepage"))
    return " · ".join(some for some in (where, sentence(*words)) if some)


def _user(body: Part) -> str:
    return bold(word(body, "user", "name") or word(body, "user_name") or word(body, "user", "username") or "Somebody")


def _push(body: Part) -> Post | None:
    branch, web = word(body, "ref").removeprefix("refs/heads/"), address(body, "project", "web_url")
    before, after = word(body, "before"), word(body, "after")
    if not branch:
        return None
    if not after.strip("0") and after:
        return post(_in_project(body, _user(body), "deleted branch", code(branch)))
    commits = parts(body, "commits")
    total = max(len(commits), count(body, "total_commits_count"))
    is_new = bool(before) and not before.strip("0")
    if not total:
        return post(_in_project(body, _user(body), "created branch", code(branch))) if is_new else None
    compare = f"{web}/-/compare/{before}...{after}" if web and not is_new else ""
    branch_words = ["new branch", code(branch)] if is_new else [code(branch)]
    head = _in_project(body, _user(body), "pushed", linked(several(total, "commit"), compare), "to", *branch_words)
    return post(head, listed((_commit(one) for one in commits), total=total))


def _commit(one: Part) -> str:
    author = word(one, "author", "name")
    said = plain(title(one, "title") or title(one, "message"))
    return sentence(linked(word(one, "id")[:7], address(one, "url")), said, plain(f"({author})") if author else "")


def _tag(body: Part) -> Post | None:
    tag, after = word(body, "ref").removeprefix("refs/tags/"), word(body, "after")
    verb = "deleted" if after and not after.strip("0") else "created"
    return post(_in_project(body, _user(body), f"{verb} tag", code(tag)), quote(lines(body, "message"))) if tag else None


_VERBS = {
    "open": "opened", "close": "closed", "reopen": "reopened", "merge": "merged", "approved": "approved", "approval": "approved",
    "unapproved": "took back the approval of", "unapproval": "took back the approval of",
}  # fmt: skip


def _issue(body: Part) -> Post | None:
    about = part(body, "object_attributes")
    action = word(about, "action")
    verb = _VERBS.get(action) or (_assigned(body) if action == "update" else "")
    kind = {"incident": "incident", "task": "task"}.get(word(about, "type").lower(), "issue")
    if not verb:
        return None
    head = _in_project(body, _user(body), verb, kind, linked(named(about), address(about, "url")))
    return post(head, quote(lines(about, "description")) if action == "open" else "")


def _assigned(body: Part) -> str:
    now = [word(one, "name") or word(one, "username") for one in parts(body, "changes", "assignees", "current")]
    return sentence("assigned", bold(", ".join(now)), "to") if any(now) else ""


def _merge_request(body: Part) -> Post | None:
    about = part(body, "object_attributes")
    action = word(about, "action")
    verb = _VERBS.get(action) or (_changed(body, about) if action == "update" else "")
    if not verb:
        return None
    number = count(about, "iid")
    name = sentence(f"!{number}" if number else "", word(about, "title"))
    url = address(about, "url")
    after = "as ready for review" if verb == "marked" else ""
    head = _in_project(body, _user(body), verb, "merge request", linked(name, url), after)
    branches = " → ".join(some for some in (word(about, "source_branch"), word(about, "target_branch")) if some)
    open_ = card("🔀", name or "Merge request", facts=[("Branch", branches)], buttons=[("Review", url)])
    return post(head, quote(lines(about, "description")) if action == "open" else "", card=open_ if action in ("open", "reopen") else None)


def _changed(body: Part, about: Part) -> str:
    draft = part(body, "changes", "draft")
    if at(draft, "previous") is True and at(draft, "current") is False:
        return "marked"
    before = {word(one, "username") for one in parts(body, "changes", "reviewers", "previous")}
    asked = [one for one in parts(body, "changes", "reviewers", "current") if word(one, "username") not in before]
    if asked:
        return sentence("asked", bold(", ".join(word(one, "name") for one in asked)), "to review")
    return _assigned(body) or ("pushed to" if word(about, "oldrev") else "")


def _note(body: Part) -> Post | None:
    about = part(body, "object_attributes")
    if word(about, "action") == "update" or at(about, "system") is True:
        return None
    make = _NOTED.get(word(about, "noteable_type"))
    where = linked(make(body) if make else "something", address(about, "url"))
    return post(_in_project(body, _user(body), "commented on", where), quote(lines(about, "note")))


def _on(kind: str, field: str, mark: str) -> Callable[[Part], str]:
    def name(body: Part) -> str:
        number = count(body, field, "iid") or count(body, field, "id")
        return sentence(kind, f"{mark}{number}" if number else "", word(body, field, "title"))

    return name


def _on_commit(body: Part) -> str:
    return sentence("commit", word(body, "commit", "id")[:7], title(body, "commit", "message"))


_NOTED: dict[str, Callable[[Part], str]] = {
    "Commit": _on_commit,
    "Issue": _on("issue", "issue", "#"),
    "MergeRequest": _on("merge request", "merge_request", "!"),
    "Snippet": _on("snippet", "snippet", "$"),
}
_ENDS = {"success": "passed", "failed": "failed", "canceled": "was cancelled"}


def _pipeline(body: Part) -> Post | None:
    about = part(body, "object_attributes")
    end, number, branch = _ENDS.get(word(about, "status")), count(about, "id"), word(about, "ref")
    if end is None:
        return None
    web = address(body, "project", "web_url")
    url = address(about, "url") or (f"{web}/-/pipelines/{number}" if web and number else "")
    took = count(about, "duration")
    name = f"Pipeline #{number}" if number else "Pipeline"
    head = _in_project(
        body, linked(name, url), end, sentence("on", code(branch)) if branch else "", f"after {_span(took)}" if took > 0 else ""
    )
    broken = [one for one in parts(body, "builds") if word(one, "status") == "failed" and at(one, "allow_failure") is not True]
    jobs = listed(sentence(plain(word(one, "stage")), bold(word(one, "name"))) for one in broken) if end == "failed" else ""
    return post(head, jobs, card=_failure(f"{name} failed", branch, word(about, "sha"), url) if end == "failed" else None)


def _span(seconds: int) -> str:
    return f"{seconds // 60} min {seconds % 60} s" if seconds >= 60 else f"{seconds} s"


def _failure(headline: str, branch: str, commit: str, url: str) -> Card:
    return card("❌", headline, facts=[("Branch", branch), ("Commit", commit[:7])], buttons=[("Look", url)])


def _job(body: Part) -> Post | None:
    if word(body, "build_status") != "failed" or at(body, "build_allow_failure") is True:
        return None
    number, branch, name = count(body, "build_id"), word(body, "ref"), word(body, "build_name") or "A job"
    web = address(body, "project", "web_url") or address(body, "repository", "homepage")
    url = f"{web}/-/jobs/{number}" if web and number else ""
    reason = word(body, "build_failure_reason").replace("_", " ")
    why = f"({reason})" if reason and reason != "unknown failure" else ""
    head = _in_project(body, "Job", linked(name, url), "failed", sentence("on", code(branch)) if branch else "", plain(why))
    return post(head, card=_failure(f"Job {name} failed", branch, word(body, "sha"), url))


def _wiki(body: Part) -> Post | None:
    about = part(body, "object_attributes")
    verb = {"create": "created", "update": "edited", "delete": "deleted"}.get(word(about, "action"))
    page = linked(word(about, "title") or "a page", address(about, "url"))
    return post(_in_project(body, _user(body), verb, "wiki page", page), quote(lines(about, "message"))) if verb else None


def _release(body: Part) -> Post | None:
    verb = {"create": "published", "delete": "deleted"}.get(word(body, "action"))
    name = linked(word(body, "name") or word(body, "tag") or "a release", address(body, "url"))
    text = quote(lines(body, "description")) if verb == "published" else ""
    return post(_in_project(body, f"Release {name} was {verb}"), text) if verb else None


def _deployment(body: Part) -> Post | None:
    end = {"success": "succeeded", "failed": "failed", "canceled": "was cancelled"}.get(word(body, "status"))
    if end is None:
        return None
    place, branch, url = word(body, "environment"), word(body, "ref"), address(body, "deployable_url")
    name = f"Deployment to {place}" if place else "Deployment"
    commit = linked(word(body, "commit_title"), address(body, "commit_url"))
    head = _in_project(body, linked(name, url), end, f"({code(branch)})" if branch else "", f"by {_user(body)}")
    return post(head, commit, card=_failure(f"{name} failed", branch, word(body, "short_sha"), url) if end == "failed" else None)


_KINDS: dict[str, Callable[[dict[str, Any]], Post | None]] = {
    "build": _job,
    "deployment": _deployment,
    "issue": _issue,
    "merge_request": _merge_request,
    "note": _note,
    "pipeline": _pipeline,
    "push": _push,
    "release": _release,
    "tag_push": _tag,
    "wiki_page": _wiki,
    "work_item": _issue,
}
