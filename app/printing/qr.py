"""The square code on a sheet: it leads to the page that says which print this is."""

from __future__ import annotations

import io

from markupsafe import Markup


def svg(address: str, title: str) -> Markup:
    """An inline SVG with a title (PDF/A and screen readers want one); medium error correction."""
    import segno

    code = segno.make_qr(address, error="m", encoding="utf-8")
    out = io.BytesIO()
    code.save(
        out, kind="svg", xmldecl=False, svgns=True, border=0, title=title, svgclass="qr", lineclass=None, omitsize=True
    )
    return Markup(out.getvalue().decode())  # noqa: S704 - segno escapes the title
