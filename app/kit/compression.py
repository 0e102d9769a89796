"""What leaves is packed (gzip) where the browser unpacks it: pages, scripts, tables; streams block by block.

BREACH: a packed page's length tells something of its content where a stranger's words stand beside a secret. The one
secret of our pages is the token of their forms: it is masked anew on each page (`app.security.form_tokens`), and
other sites cannot have our pages asked for with the reader's cookie (SameSite).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

from flask import Flask, Response, request

PACKED = {
    "text/html", "text/css", "text/javascript", "application/javascript", "application/json", "image/svg+xml",
    "text/csv",
}  # fmt: skip
LEAST = 500
LEVEL = 5
GZIP = 16 + zlib.MAX_WBITS


def init_app(app: Flask) -> None:
    """Pack every answer. Called before all others that look at answers: Flask asks the first last."""
    app.after_request(pack)


def pack(response: Response) -> Response:
    """The answer packed, where that is wanted and worth it."""
    if response.mimetype not in PACKED or response.direct_passthrough or response.status_code in (204, 206, 304):
        return response
    response.vary.add("Accept-Encoding")
    if "Content-Encoding" in response.headers or request.accept_encodings["gzip"] <= 0:
        return response
    if response.is_streamed:
        response.response = flowing(response.iter_encoded())
        response.headers.pop("Content-Length", None)
    else:
        content = response.get_data()
        if len(content) < LEAST:
            return response
        # what a browser may keep is the same for everybody: packed once, as small as it gets
        is_kept = "immutable" in response.headers.get("Cache-Control", "")
        response.set_data(lasting(content) if is_kept else packed(content))
    response.headers["Content-Encoding"] = "gzip"
    return response


def packed(content: bytes, level: int = LEVEL) -> bytes:
    """Without a file's name and time, so that the same content is the same bytes."""
    packer = zlib.compressobj(level, zlib.DEFLATED, GZIP)
    return packer.compress(content) + packer.flush()


@lru_cache(maxsize=20)
def lasting(content: bytes) -> bytes:
    return packed(content, 9)


def flowing(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Blocks packed as they come; what is closed early closes its source."""
    packer = zlib.compressobj(1, zlib.DEFLATED, GZIP)
    try:
        for block in blocks:
            if ready := packer.compress(block):
                yield ready
        yield packer.flush()
    finally:
        if hasattr(blocks, "close"):
            blocks.close()
