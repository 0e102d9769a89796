"""Files that every host must see: folders of DATA_DIR, or an S3 bucket where FILES_URL names one.

A file that a record will name is `offered` first, safe from a power cut, and `finished` once the record is committed:
on disk it lies beside as `<name>.part` until then, so that nothing half-written or rolled back ever has a name. In a
bucket an object is there whole or not at all; one whose record was rolled back is swept away later.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from flask import current_app

PARTIAL = ".part"
PATIENCE = {"connect_timeout": 5, "read_timeout": 30, "retries": {"max_attempts": 2}}


class StoreFailure(RuntimeError):
    """The store of files does not answer: nothing is done (answered as 503)."""


class Kept(NamedTuple):
    """A file that lies there, and for how many seconds it has not been touched."""

    name: str
    age: float


class Store(Protocol):
    """One kind of files under opaque names."""

    def offer(self, name: str, content: bytes) -> None:
        """Write it down for a record that is not committed yet."""

    def finish(self, name: str) -> None:
        """Give what was offered its name: its record is committed."""

    def get(self, name: str) -> bytes | None:
        """The bytes; None where there is no such file."""

    def delete(self, name: str) -> None:
        """Have it gone; nothing where it is gone already."""

    def listed(self) -> Iterator[Kept]:
        """Everything that lies there, offered or finished."""

    def check(self) -> None:
        """An exception where nothing could be kept now."""


def store(area: str) -> Store:
    """Where the files of one kind lie, as FILES_URL says."""
    url = current_app.config.get("FILES_URL", "")
    return Bucket(f"{url}/{area}") if url else Folder(Path(current_app.config["DATA_DIR"]) / area)


def put(where: Store, name: str, content: bytes) -> None:
    """Keep a file that no record waits for."""
    where.offer(name, content)
    where.finish(name)


def sha256_of(where: Store, name: str) -> str | None:
    """The checksum of what lies there; None where nothing does."""
    content = where.get(name)
    return None if content is None else hashlib.sha256(content).hexdigest()


@dataclass(frozen=True)
class Folder:
    """A folder on this machine; made when first needed, readable by the console only."""

    root: Path

    def path(self, name: str) -> Path:
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.root / name

    def offer(self, name: str, content: bytes) -> None:
        descriptor = os.open(self.path(name + PARTIAL), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        self._sync()

    def finish(self, name: str) -> None:
        os.replace(self.path(name + PARTIAL), self.path(name))
        self._sync()

    def get(self, name: str) -> bytes | None:
        try:
            return self.path(name).read_bytes()
        except FileNotFoundError:
            return None

    def delete(self, name: str) -> None:
        self.path(name).unlink(missing_ok=True)
        self._sync()

    def listed(self) -> Iterator[Kept]:
        now = time.time()
        for path in sorted(self.path("").iterdir()):
            try:
                if path.is_file():
                    yield Kept(path.name, now - path.lstat().st_mtime)
            except FileNotFoundError:  # another process was quicker
                continue

    def check(self) -> None:
        if not os.access(self.path(""), os.W_OK | os.X_OK):
            raise StoreFailure("the folder of stored files cannot be written to")

    def _sync(self) -> None:
        """Have the folder's own list of names survive a power cut."""
        descriptor = os.open(self.root, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@dataclass(frozen=True)
class Bucket:
    """A part of an S3 bucket, by its URL; who may come in is said by the AWS_… variables that its tools know."""

    url: str

    def offer(self, name: str, content: bytes) -> None:
        self._ask(lambda fs, root: fs.pipe_file(f"{root}/{name}", content))

    def finish(self, name: str) -> None:
        """It has had its name since it was offered."""

    def get(self, name: str) -> bytes | None:
        try:
            content: bytes = self._ask(lambda fs, root: fs.cat_file(f"{root}/{name}"))
        except FileNotFoundError:
            return None
        return content

    def delete(self, name: str) -> None:
        self._call("delete_object", Key=f"{self._place()[1]}/{name}")

    def listed(self) -> Iterator[Kept]:
        """Part by part: a bucket may hold millions."""
        more: dict[str, Any] = {}
        while True:
            part = self._call("list_objects_v2", Prefix=f"{self._place()[1]}/", **more)
            now = time.time()
            for told in part.get("Contents", ()):
                yield Kept(told["Key"].rpartition("/")[2], now - told["LastModified"].timestamp())
            if not part.get("IsTruncated"):
                return
            more = {"ContinuationToken": part["NextContinuationToken"]}

    def check(self) -> None:
        self._call("list_objects_v2", Prefix=f"{self._place()[1]}/", MaxKeys=1)

    def _place(self) -> tuple[str, str]:
        """The bucket, and where in it."""
        bucket, _, prefix = self.url.removeprefix("s3://").partition("/")
        return bucket, prefix

    def _call(self, what: str, **how: Any) -> Any:
        return self._ask(lambda fs, _root: fs.call_s3(what, Bucket=self._place()[0], **how))

    def _ask(self, do: Callable[[Any, str], Any]) -> Any:
        """Whatever goes wrong on the way is a StoreFailure; that there is no such file stays what it is."""
        import fsspec  # brought by s3fs, which only consoles with a bucket have

        try:  # asked for anew each time: fsspec keeps one a process, and processes fork
            fs, root = fsspec.core.url_to_fs(self.url, config_kwargs=PATIENCE, use_listings_cache=False)
            return do(fs, root)
        except FileNotFoundError:
            raise
        except Exception as error:
            raise StoreFailure(f"the store of files: {type(error).__name__}") from error
