"""Templates compiled once for every process and start, beside the code and as Python keeps its own (`__pycache__`)."""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache


class CompiledTemplates(FileSystemBytecodeCache):
    """Compiling the log-in page takes longer than all else it needs. Kept where Python may keep what it compiles."""

    def __init__(self) -> None:
        super().__init__(str(Path(cache_from_source(__file__)).parent / "templates"), "%s.jinja")

    def get_bucket(self, environment: jinja2.Environment, name: str, filename: str | None, source: str) -> Bucket:
        """What a template becomes depends on its environment, too: nothing crosses from one into a sandbox."""
        seen_by = _told(environment, name)
        return super().get_bucket(environment, f"{name} {seen_by}", filename, f"{source}\n{seen_by}")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """A folder that is not ours to write, or a full disk, only means that it is compiled again next time."""
        if sys.dont_write_bytecode:
            return
        with suppress(OSError):
            Path(self.directory).mkdir(exist_ok=True)
            super().dump_bytecode(bucket)


OPTIONS = ("sandboxed", "trim_blocks", "lstrip_blocks", "keep_trailing_newline", "optimized", "newstyle_gettext")


def _told(environment: jinja2.Environment, name: str) -> str:
    """Whatever of an environment goes into the code of a template."""
    kind, escaped = type(environment), environment.autoescape
    options = [f"{option}={getattr(environment, option, None)}" for option in OPTIONS]
    options.append(f"autoescape={escaped(name) if callable(escaped) else escaped}")
    return " ".join([jinja2.__version__, kind.__module__, kind.__name__, *options, *sorted(environment.extensions)])
