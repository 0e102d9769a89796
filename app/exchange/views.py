"""Provisional."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_appbuilder import BaseView, expose, has_access

start_job: Callable[[str, Any, dict[str, Any]], Any] | None = None


def run_import(payload: dict[str, Any], progress: Callable[[int, int], None]) -> dict[str, Any]:
    return {}


class ImportView(BaseView):
    route_base = "/import"
    class_permission_name = "Import"
    default_view = "index"

    @expose("/")
    @has_access
    def index(self) -> Any:
        return ""
