"""The peers: environments that may be thrown away, their copy of the tables, and where their pages are."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from config import sqlite_module
from tests.bench.serving import Answer, Get, Server, served

HERE = Path(__file__).parent / "peers"
GUNICORN = "gunicorn==27.0.1"
TABLES = ("site", "building", "floor", "unit", "customer", "contact", "tenancy")


@dataclass(frozen=True)
class Peer:
    """A stock admin site: what it is made of, and its addresses; "" where it has no such thing."""

    name: str
    page: str
    needs: tuple[str, ...]
    customers: str
    contacts: str
    last_page: str
    searched: str
    form: str
    edit: str
    export: str = ""


DJANGO = Peer(
    "Django admin", "django_site", ("Django==5.2.19",),
    "/admin/estate/customer/", "/admin/estate/contact/", "?p={last}", "?q={typed}",
    "/admin/estate/tenancy/add/", "/admin/estate/tenancy/1/change/", "/admin/estate/customer/",
)  # fmt: skip
FLASK_ADMIN = Peer(
    "Flask-Admin", "flask_admin_site", ("Flask-Admin==2.2.1", "Flask-SQLAlchemy==3.1.1"),
    "/admin/customer/", "/admin/contact/", "?page={last0}", "?search={typed}",
    "/admin/tenancy/new/", "/admin/tenancy/edit/?id=1", "/admin/customer/export/csv/",
)  # fmt: skip
FAB = Peer(
    "stock Flask-AppBuilder", "fab_site", ("Flask-AppBuilder==5.3.0",),
    "/customerview/list/", "/contactview/list/", "?page_{view}={last0}", "?_flt_2_{column}={typed}",
    "/tenancyview/add", "/tenancyview/edit/1",
)  # fmt: skip
PEERS = (DJANGO, FLASK_ADMIN, FAB)


@dataclass
class Running:
    """A peer that answers."""

    peer: Peer
    server: Server

    def page(self, last: int | None = None, typed: str = "", contacts: bool = False) -> Get:
        """Its list of customers or contacts: the first page, the last, or what holds the words typed."""
        query = self.peer.searched if typed else self.peer.last_page if last else ""
        said = query.format(
            last=last, last0=(last or 1) - 1, typed=quote(typed), column="phone" if contacts else "name",
            view="ContactView" if contacts else "CustomerView",
        )  # fmt: skip
        return self.server.get((self.peer.contacts if contacts else self.peer.customers) + said)

    def export(self) -> Get | None:
        """All customers as CSV; Django by an action over all rows."""
        if not self.peer.export:
            return None
        if self.peer is not DJANGO:
            return self.server.get(self.peer.export)
        page = self.server.ask(self.peer.export).body.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        key = re.search(r'name="_selected_action" value="(\d+)"', page)
        assert token is not None and key is not None
        data = urlencode({"csrfmiddlewaretoken": token[1], "action": "export_csv", "select_across": "1",
                          "_selected_action": key[1], "index": "0"})  # fmt: skip
        self.server.headers["Cookie"] = f"{self.server.cookie}; csrftoken={token[1]}"
        return lambda: _whole(self.server.ask(self.peer.export, data, keep=False))


def _whole(answer: Answer) -> Answer:
    if answer.status != 200:
        raise RuntimeError(f"the export answers {answer.status}")
    return answer


def environment(peer: Peer, folder: Path) -> Path | None:
    """The interpreter of the peer's own environment, made where it is missing; None where that is not possible."""
    home = folder / "peers" / "-".join(re.sub(r"[^\w.]", "", need) for need in peer.needs)
    python = home / "bin" / "python"
    if not (home / ".ready").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        made = subprocess.run(
            [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *peer.needs, GUNICORN],
            stdout=sys.stderr,
        )
        if made.returncode:
            return None
        (home / ".ready").touch()
    return python


def copy_tables(source: Path, target: Path) -> None:
    """The tables that the peers show, with their indexes, in a file of their own: they write their sessions there."""
    if target.exists():
        return
    partial = target.with_suffix(".part")
    partial.unlink(missing_ok=True)
    connection = sqlite_module().connect(str(partial))
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("ATTACH ? AS old", (str(source),))
    for table in TABLES:
        known = "SELECT sql FROM old.sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type DESC"
        statements = [row[0] for row in connection.execute(known, (table,))]
        connection.execute(statements[0])
        connection.execute(f'INSERT INTO main."{table}" SELECT * FROM old."{table}"')  # noqa: S608
        for statement in statements[1:]:
            connection.execute(statement)
    connection.commit()
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    partial.rename(target)


@contextmanager
def peers(folder: Path, database: Path) -> Iterator[list[Running]]:
    """Every peer that can be had, each behind a sync worker."""
    with ExitStack() as stack:
        running = []
        for peer in PEERS:
            python = environment(peer, folder)
            if python is None:
                sys.stderr.write(f"{peer.name} cannot be installed here: not measured\n")
                continue
            environ = {"BENCH_DATABASE": str(database)}
            command = [str(python), f"{peer.page}.py", "prepare"]
            told = subprocess.run(command, cwd=HERE, env={**os.environ, **environ}, check=True, capture_output=True)
            server = stack.enter_context(served(peer.name, python, f"{peer.page}:application", HERE, environ))
            server.cookie = told.stdout.decode().split()[-1]
            running.append(Running(peer, server))
        yield running
