"""Builds the ASGI application from the parts' routes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from litestar import Litestar, MediaType, Response, get
from litestar.config.app import AppConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import ASGIApp

import narae
from narae.core.db import Database
from narae.core.http.errors import HANDLERS
from narae.core.http.guard import Guard
from narae.core.http.metrics import Metrics
from narae.core.http.pages import page
from narae.core.http.who import Authenticate, provide_visitor, provide_who
from narae.core.kit.limits import BODY_BYTES
from narae.core.kit.settings import Settings


@get("/health/live", include_in_schema=False, sync_to_thread=False)
def alive() -> Response[str]:
    """Whether the process answers."""
    return Response("ok", media_type=MediaType.TEXT)


@get("/health/ready", include_in_schema=False)
async def ready(db: Database) -> Response[str]:
    """Whether the database answers too."""
    await db.read(lambda conn: conn.exec_driver_sql("SELECT 1").scalar())
    return Response("ok", media_type=MediaType.TEXT)


@get("/metrics", include_in_schema=False, sync_to_thread=False)
def metrics_page(metrics: Metrics) -> Response[str]:
    """Figures for Prometheus."""
    return Response(metrics.text(), media_type="text/plain; version=0.0.4")


def _always(value: Any) -> Provide:
    """A dependency that is the same for every request."""

    def provide() -> Any:
        return value

    return Provide(provide, sync_to_thread=False)


def build(
    settings: Settings, db: Database, metrics: Metrics, *, routes: Sequence[Any], authenticate: Authenticate, state: dict[str, Any],
    on_app_init: Sequence[Callable[[AppConfig], AppConfig]] = (),
) -> tuple[Litestar, ASGIApp]:  # fmt: skip
    """The Litestar application and the guarded ASGI application around it; plain ASGI handlers find `db` and `state` in its state."""
    app = Litestar(
        route_handlers=[alive, ready, metrics_page, *routes, page],
        dependencies={
            "who": Provide(provide_who),
            "visitor": Provide(provide_visitor, sync_to_thread=False),
            **{name: _always(value) for name, value in {"db": db, "settings": settings, "metrics": metrics, **state}.items()},
        },
        exception_handlers=HANDLERS,
        state=State({"authenticate": authenticate, "db": db, **state}),
        openapi_config=OpenAPIConfig(
            title="Narae", version=narae.__version__, path="/api", render_plugins=[JsonRenderPlugin(path="/openapi.json")]
        ),
        request_max_body_size=BODY_BYTES,
        logging_config=None,
        on_app_init=list(on_app_init),
    )
    return app, Guard(app, metrics, secure=settings.secure)
