"""A print as the answer to a request: the PDF, shown by the browser and kept by nobody, or the way back in words."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, send_file

from app.kit.errors import RuleError
from app.kit.language import CODES, code
from app.printing.rules import Printed


def language() -> str:
    """The paper's language: as asked for, else the reader's."""
    asked = request.values.get("lang") or code()
    return asked if asked in CODES else "zh_Hans"


def pdf(make: Callable[[], Printed], back: str) -> Any:
    """What `make` prints; a refusal is told on the page `back`."""
    try:
        printed = make()
    except RuleError as error:
        flash(str(error), "danger")
        return redirect(back)
    return ready(printed.pdf, printed.title)


def ready(content: bytes, title: str) -> Any:
    """A PDF as the answer."""
    response = send_file(io.BytesIO(content), mimetype="application/pdf", download_name=f"{title}.pdf")
    response.headers["Cache-Control"] = "no-store"
    return response
