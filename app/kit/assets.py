"""The skin's own files: one style sheet, one script, the icons. Sent with their digest in the address."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from markupsafe import Markup

FOLDER = Path(__file__).parent / "static"
DECORATION = Markup('aria-hidden="true"')
# What is sent under one name, in this order. Read top to bottom: later rules win.
BUNDLES = {
    "hudang.css": [
        "css/tokens.css",
        "css/frame.css",
        "css/parts.css",
        "css/table.css",
        "css/form.css",
        "css/rows.css",
        "css/record.css",
        "css/chart.css",
        "css/sign.css",
        "css/stack.css",
        "css/matrix.css",
        "css/small.css",
        "css/paper.css",
    ],
    "hudang.js": [
        "js/frame.js",
        "js/dialogs.js",
        "js/search.js",
        "js/forms.js",
        "js/rows.js",
        "js/choose.js",
        "js/sign.js",
        "js/known.js",
        "js/walk.js",
    ],
    "favicon.svg": ["favicon.svg"],
}


@dataclass(frozen=True)
class Asset:
    """One file as it is sent: `address` is its name with twelve digits of its SHA-256."""

    address: str
    media_type: str
    content: bytes


@cache
def assets() -> dict[str, Asset]:
    """Every bundle by its plain name."""
    return {name: _bundle(name, parts) for name, parts in BUNDLES.items()}


def by_address(address: str) -> Asset | None:
    """The file sent under `address`; None when there is none of that digest."""
    return next((asset for asset in assets().values() if asset.address == address), None)


def _bundle(name: str, parts: list[str]) -> Asset:
    content = b"\n".join((FOLDER / part).read_bytes() for part in parts)
    digest = hashlib.sha256(content).hexdigest()[:12]
    stem, dot, ending = name.rpartition(".")
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Asset(f"{stem}-{digest}{dot}{ending}", media_type, content)


@cache
def drawings() -> dict[str, str]:
    """The inner drawing of each icon of `static/icons.svg` by its name."""
    text = (FOLDER / "icons.svg").read_text(encoding="utf-8")
    return dict(re.findall(r'<symbol id="([a-z-]+)">(.*?)</symbol>', text))


def icon(name: str, label: str = "") -> Markup:
    """An icon in the page. Without `label` it is decoration; an unknown name draws a dot."""
    return _drawn(name, Markup('role="img" aria-label="{}"').format(label)) if label else _drawn(name)


@lru_cache(maxsize=1000)
def _drawn(name: str, spoken: Markup = DECORATION) -> Markup:
    """A page has forty icons, nearly all of them the same on every page."""
    drawing = drawings().get(name) or drawings()["dot"]
    return Markup('<svg class="icon" viewBox="0 0 24 24" focusable="false" {}>{}</svg>').format(spoken, Markup(drawing))
