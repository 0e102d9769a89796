"""Why a message could not be sent: a word of `PROBLEMS` and the receiver's number, never an address or a secret."""

from __future__ import annotations


class Failure(Exception):
    """It was not sent. `is_lasting`: trying again is no use; `is_host_down`: nor is trying others at that host now."""

    def __init__(
        self, problem: str, code: int | None = None, *, is_lasting: bool = False, is_host_down: bool = False
    ) -> None:
        super().__init__(problem)
        self.problem, self.code = problem, code
        self.is_lasting, self.is_host_down = is_lasting, is_host_down
