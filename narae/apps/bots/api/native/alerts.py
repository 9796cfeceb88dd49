"""Groups of alerts, as Alertmanager posts them and Grafana after it: what fires, what is resolved, and where to look."""

from __future__ import annotations

from collections.abc import Iterable

from narae.apps.bots.api.native.reading import Part, address, count, lines, part, parts, word
from narae.apps.bots.api.native.writing import bold, card, code, linked, listed, post, quote, sentence
from narae.apps.bots.forms.escaping import plain
from narae.apps.bots.public import Post
from narae.core.rooms.public import Card

_LABELS = 8
_HIDDEN = {"alertname", "grafana_folder", "__alert_rule_uid__"}


def group_of(body: Part) -> Post | None:
    """The post that a group makes; None for a group without alerts."""
    alerts = parts(body, "alerts")
    firing = [one for one in alerts if word(one, "status") != "resolved"]
    resolved = [one for one in alerts if word(one, "status") == "resolved"]
    if not alerts:
        return None
    shared = _pairs(part(body, "commonLabels"))
    head = sentence("🔥" if firing else "✅", bold(_name(body, alerts)), "—", _counted(firing, resolved))
    ordered = [*(_alert(one, shared, "🔥") for one in firing), *(_alert(one, shared, "✅") for one in resolved)]
    common = _labelled((name, value) for name, value in shared.items() if name not in _HIDDEN)
    details = quote(lines(alerts[0], "annotations", "description")) if len(alerts) == 1 else ""
    total = len(alerts) + max(0, count(body, "truncatedAlerts"))
    return post(head, listed(ordered, total=total), details, common, card=_card(body, firing) if firing else None)


def _name(body: Part, alerts: list[Part]) -> str:
    named = word(body, "commonLabels", "alertname") or word(body, "groupLabels", "alertname")
    group = ", ".join(value for value in _pairs(part(body, "groupLabels")).values() if value)
    return named or group or word(alerts[0], "labels", "alertname") or "Alerts"


def _counted(firing: list[Part], resolved: list[Part]) -> str:
    told = [(len(firing), "firing"), (len(resolved), "resolved")]
    return ", ".join(f"{number:,} {state}" for number, state in told if number)


def _alert(one: Part, shared: dict[str, str], mark: str) -> str:
    labels = _pairs(part(one, "labels"))
    summary = word(one, "annotations", "summary") or word(one, "annotations", "message") or labels.get("alertname", "")
    own = _labelled((name, value) for name, value in labels.items() if name not in _HIDDEN and name not in shared)
    if not summary and not own:
        own = _labelled(labels.items())
    value = _values(one)
    ways = [("source", address(one, "generatorURL")), ("dashboard", address(one, "dashboardURL")), ("panel", address(one, "panelURL"))]
    links = ", ".join(linked(label, url) for label, url in ways if url)
    return sentence(mark, plain(summary), own, value, f"({links})" if links else "")


def _values(one: Part) -> str:
    """What Grafana measured."""
    found = part(one, "values")
    said = ", ".join(f"{name} = {word(found, name)}" for name in list(found)[:_LABELS] if word(found, name))
    return code(said)


def _pairs(labels: Part) -> dict[str, str]:
    return {word({"": name}, ""): word(labels, name) for name in list(labels)[:40] if word(labels, name)}


def _labelled(pairs: Iterable[tuple[str, str]]) -> str:
    return " ".join(code(f"{name}={value}") for name, value in list(pairs)[:_LABELS])


def _card(body: Part, firing: list[Part]) -> Card:
    first = firing[0]
    labels = part(body, "commonLabels") | part(first, "labels")
    facts = [("Severity", word(labels, "severity")), ("Since", word(first, "startsAt")[:16].replace("T", " "))]
    runbook = address(first, "annotations", "runbook_url")
    ways = [("Look", address(first, "panelURL") or address(first, "generatorURL") or address(body, "externalURL"))]
    ways.append(("Runbook", runbook) if runbook else ("Silence", address(first, "silenceURL")))
    return card("🔥", _name(body, firing), facts=facts, buttons=ways)
