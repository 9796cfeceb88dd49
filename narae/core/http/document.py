"""The OpenAPI document of everything: HTTP by Litestar, the live socket's frames as webhooks, for typed clients.

Litestar describes paths and parameters. The bodies are described by msgspec, which decodes and encodes them and so knows
their tags and unions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.response import Response
from litestar.routes import HTTPRoute

from narae.core.app import App
from narae.core.http.errors import ErrorBody
from narae.core.live import frames

_JSON = "application/json"


def document(app: Litestar, parts: Sequence[App]) -> str:
    """The document as JSON, in a stable order."""
    described: dict[str, Any] = app.openapi_schema.to_schema()
    sent: list[type[msgspec.Struct]] = [*frames.SERVER, *(event for part in parts for event in part.events)]
    taken: list[type[msgspec.Struct]] = [*frames.CLIENT, *(command.frame for part in parts for command in part.live)]
    bodies = list(_bodies(app, described))
    kinds = [ErrorBody, *sent, *taken, *(kind for _, kind in bodies)]
    schemas, components = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    described["components"] = {"schemas": components}
    error, *rest = schemas
    described["webhooks"] = {
        f"{side}.{kind.__struct_config__.tag}": _webhook(schema, kind)
        for (side, kind), schema in zip([*(("server", k) for k in sent), *(("client", k) for k in taken)], rest, strict=False)
    }
    for (place, _), schema in zip(bodies, rest[len(sent) + len(taken) :], strict=True):
        place["content"] = {_JSON: {"schema": schema}}
    _describe_errors(described, error)
    return json.dumps(described, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _bodies(app: Litestar, described: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Any]]:
    """Every request and response body: where it stands in the document, and its type."""
    for route in app.routes:
        if not isinstance(route, HTTPRoute):
            continue
        for handler, methods in _handlers(route):
            for method in methods:
                operation = described["paths"].get(route.path_format, {}).get(method.lower())
                if operation is not None:
                    yield from _of_operation(operation, handler)


def _handlers(route: HTTPRoute) -> Iterator[tuple[HTTPRouteHandler, set[str]]]:
    for handler in route.route_handlers:
        yield handler, {str(getattr(m, "value", m)) for m in handler.http_methods} - {"HEAD", "OPTIONS"}


def _of_operation(operation: dict[str, Any], handler: HTTPRouteHandler) -> Iterator[tuple[dict[str, Any], Any]]:
    if (data := handler.parsed_data_field) is not None:
        yield operation["requestBody"], data.annotation
    answer = handler.parsed_return_field
    kind = answer.inner_types[0].annotation if answer.is_subclass_of(Response) else answer.annotation
    if kind not in (None, type(None)):
        yield operation["responses"][str(handler.status_code)], kind


def _describe_errors(described: dict[str, Any], schema: dict[str, Any]) -> None:
    """Every refusal has the same body."""
    error = {"description": "Refused; `code` is for programs, `message` for people.", "content": {_JSON: {"schema": schema}}}
    for path in described["paths"].values():
        for operation in path.values():
            if isinstance(operation, dict) and "responses" in operation:
                kept = {status: body for status, body in operation["responses"].items() if int(status) < 400}
                operation["responses"] = {**kept, "default": error}


def _webhook(schema: dict[str, Any], kind: type[msgspec.Struct]) -> dict[str, Any]:
    body = {"content": {_JSON: {"schema": schema}}}
    about = (kind.__doc__ or "").strip().splitlines()[0]
    return {"post": {"summary": about, "requestBody": body, "responses": {"200": {"description": "Sent over the live socket."}}}}
