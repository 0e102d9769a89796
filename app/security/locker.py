"""What waits for somebody: encrypted, under opaque names, for a day; uploads between steps, and what long work made."""

from __future__ import annotations

import base64
import json
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.kit import stored
from app.security import crypto, gate

A_DAY = 24 * 3600
PIECE = 4 * 1024 * 1024  # of what long work made, encrypted as one
HEAD = "head"


def new_token() -> str:
    return secrets.token_hex(20)


@dataclass(frozen=True)
class Locker:
    """Files of one kind, each told by a token and by which part of it."""

    area: str

    @property
    def files(self) -> stored.Store:
        """Where they lie."""
        return stored.store(self.area)

    def put(self, token: str, part: str, content: bytes) -> None:
        """Keep a part, encrypted under its own name."""
        sealed = crypto.encrypt(self._context(token, part), base64.b64encode(content).decode())
        stored.put(self.files, f"{token}.{part}", sealed.encode("ascii"))

    def get(self, token: str, part: str) -> bytes | None:
        """A part, or None when it is gone, or was never there."""
        sealed = self.files.get(f"{token}.{part}") if re.fullmatch(r"[0-9a-f]{40}", token) else None
        if sealed is None:
            return None
        return base64.b64decode(crypto.decrypt(self._context(token, part), sealed.decode("ascii")))

    def put_json(self, token: str, part: str, content: Any) -> None:
        self.put(token, part, json.dumps(content, ensure_ascii=False).encode())

    def get_json(self, token: str, part: str) -> Any:
        content = self.get(token, part)
        return json.loads(content) if content is not None else None

    def drop(self, token: str, part: str) -> None:
        self.files.delete(f"{token}.{part}")

    def sweep(self, older_than: int = A_DAY) -> int:
        """Delete what is older than a day; answers how many files."""
        where = self.files
        old = [kept.name for kept in where.listed() if kept.age > older_than]
        for name in old:
            where.delete(name)
        return len(old)

    def keep(self, blocks: Iterable[bytes], name: str, right: tuple[str, str]) -> str:
        """A file for the acting user, as long as they hold the (verb, permission); answers its token.

        Piece by piece, so that memory stays flat.
        """
        token, waiting, pieces = new_token(), b"", 0
        for block in blocks:
            waiting += block
            if len(waiting) >= PIECE:
                self.put(token, str(pieces), waiting)
                waiting, pieces = b"", pieces + 1
        self.put(token, str(pieces), waiting)
        told = {"owner": gate.user().id, "name": name, "right": right, "pieces": pieces + 1}
        self.put_json(token, HEAD, told)
        return token

    def fetch(self, token: str) -> tuple[str, Iterator[bytes]] | None:
        """(name, content) of the acting user's own file; None for anybody else's, and for what is gone."""
        told = self.get_json(token, HEAD)
        if told is None or told["owner"] != gate.user().id or not gate.may(*told["right"]):
            return None
        return told["name"], self._pieces(token, told["pieces"])

    def _pieces(self, token: str, pieces: int) -> Iterator[bytes]:
        for number in range(pieces):
            content = self.get(token, str(number))
            if content is None:
                raise stored.StoreFailure("a piece of a file is gone")
            yield content

    def _context(self, token: str, part: str) -> str:
        return f"{self.area}.{token}.{part}"
