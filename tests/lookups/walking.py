"""A file and the people around it, walked at random: what the console lets out is compared with a model of its own."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from flask_appbuilder.security.sqla.models import Role
from sqlalchemy import select

from app.archive import approvals, seals
from app.archive.models import Approval, File
from app.complaints.models import Complaint
from app.demo import makers
from app.kit.errors import RuleError
from app.kit.moves import walk
from app.kit.session import db, finish_work
from app.lookups import rules
from app.lookups.models import LookupRequest
from app.security import audit, gate

BEGIN = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)
READERS = ("clerk", "archivist", "supervisor", "manager", "director")
ROLES = {name: name for name in READERS}
WAYS = {"read_in_office": {"read"}, "copy": {"read", "print", "download"}}
# what the shipped policy says, written down a second time: mode, seal, classes -> who agrees; None: not allowed
APART = {("read_in_office", "none"): {"identity"}, ("copy", "none"): {"identity"}}
CHAINS: dict[tuple[str, str, bool], tuple[str, ...] | None] = {
    ("read_in_office", "none", False): ("supervisor", "manager"),
    ("read_in_office", "none", True): ("manager", "director"),
    ("copy", "none", False): ("supervisor", "manager", "director"),
    ("copy", "none", True): None,
    ("read_in_office", "sealed", False): ("director",),
    ("read_in_office", "sealed", True): ("director",),
    ("read_in_office", "restricted", False): ("manager", "director"),
    ("read_in_office", "restricted", True): ("manager", "director"),
}
ABOVE = {"supervisor": "manager", "manager": "director"}


class Leak(AssertionError):
    """Something was read, or agreed to, that the model does not allow."""


@dataclass
class Promise:
    """What the model knows of an approved request."""

    request: LookupRequest
    reader: str
    mode: str
    classes: frozenset[str]
    spared: frozenset[str]
    seal: str
    begins: dt.datetime
    ends: dt.datetime
    latest: dt.datetime
    is_revoked: bool = False


@dataclass
class World:
    """One walk: the file, its secrets by class of paper, the people, the clock, and what was promised to whom."""

    file: File
    records: dict[str, Any]
    cast: dict[str, Any]
    rng: random.Random
    clock: dt.datetime = BEGIN
    roles: dict[str, str] = field(default_factory=lambda: dict(ROLES))
    requests: list[LookupRequest] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    seen: int = 0
    tried: int = 0

    # --- the model ---

    def allows(self, reader: str, paper_class: str, way: str) -> bool:
        if self.roles[reader] == "auditor":
            return False
        return any(self._lives(one) and _covers(one, paper_class, way) for one in self.promises if one.reader == reader)

    def _lives(self, one: Promise) -> bool:
        in_time = one.begins <= self.clock < one.ends and one.latest < one.ends
        return in_time and not one.is_revoked and one.seal == self.file.seal

    def settle(self) -> None:
        """The end of a step: what was noted is stored; the console has seen this moment."""
        audit.write("log_in", None, {}, by=self.cast["admin"])
        finish_work()
        for one in self.promises:
            one.latest = max(one.latest, self.clock)

    # --- steps ---

    def ask(self, acting: Any) -> None:
        reader = self.rng.choice(READERS)
        mode = self.rng.choice(("read_in_office", "read_in_office", "copy"))
        classes = self.rng.choice(("", "", "identity", "licence", "licence identity", "complaint", "company lease"))
        hours = self.rng.choice((1, 2, 8))
        with acting(self.cast[reader]):
            if not gate.may("add", "LookupRequest"):
                return
            wanted = LookupRequest(file=self.file, purpose="核对", mode=mode, classes=classes, hours=hours)
            try:
                with db.session.begin_nested():
                    self.requests.append(rules.ask(wanted, by=self.cast[reader]))
            except RuleError:
                if wanted in db.session:
                    db.session.expunge(wanted)

    def decide(self, acting: Any) -> None:
        """Somebody, of whatever role, presses one of the buttons of a request."""
        if not self.requests:
            return
        waiting = [one for one in self.requests if one.state in approvals.WAITING]
        request, name = self.rng.choice(waiting[-2:] or self.requests), self.rng.choice(READERS)
        step = self.rng.choice(("agree",) * 12 + ("refuse", "withdraw"))
        if self.rng.random() < 0.8:  # whose turn it is, if anybody's
            name = next(iter(approvals.left(request)), name)
        verb = approvals.VERBS.get(request.state, "approve") if step == "agree" else step
        if self.press(acting, name, request, verb) and request.state == "approved":
            self._promised(request)

    def press(self, acting: Any, name: str, request: LookupRequest, verb: str) -> bool:
        with acting(self.cast[name]):
            if not gate.may(verb, "LookupRequest"):
                return False
            said = {"reason": "不必"} if verb in ("refuse", "revoke") else {}
            try:
                with db.session.begin_nested():
                    walk(rules.MOVES, request, verb, by=self.cast[name], write=audit.write, **said)
                    db.session.flush()
            except RuleError:
                db.session.refresh(request)
                return False
            return True

    def _promised(self, request: LookupRequest) -> None:
        """An approval is right: each of the chain another person, none of them who asked."""
        reader = next(name for name in READERS if self.cast[name].id == request.requester_id)
        classes = frozenset(request.classes.split())
        chain = self._chain(request, reader, classes)
        mine = (Approval.subject_type == "LookupRequest", Approval.subject_id == request.id)
        by = list(db.session.scalars(select(Approval.user_id).where(*mine).order_by(Approval.id)))
        if chain is None or by != [self.cast[role].id for role in chain] or request.requester_id in by:
            raise Leak(f"{request.mode} {classes} of {reader} was approved by {by}, not by {chain}")
        spared = frozenset() if classes else frozenset(APART.get((request.mode, request.seal), set()))
        ends = self.clock + dt.timedelta(hours=request.hours)
        self.promises.append(
            Promise(request, reader, request.mode, classes, spared, request.seal, self.clock, ends, self.clock)
        )

    def _chain(self, request: LookupRequest, reader: str, classes: Iterable[str]) -> list[str] | None:
        """The roles that had to agree, by the table above."""
        wanted: set[str] = set()
        for has_rule in {name == "identity" for name in classes} or {False}:
            chain = CHAINS.get((request.mode, request.seal, has_rule))
            if chain is None:
                return None
            wanted |= {ABOVE.get(role, role) if role == reader else role for role in chain}
        return [role for role in READERS if role in wanted]

    def revoke(self, acting: Any) -> None:
        if not self.promises:
            return
        one = self.rng.choice(self.promises)
        if self.press(acting, self.rng.choice(READERS), one.request, "revoke"):
            one.is_revoked = True

    def move_clock(self, _acting: Any) -> None:
        """To a second before, at and after an end; on; and back."""
        ends = [one.ends for one in self.promises[-3:]]
        if ends and self.rng.random() < 0.6:
            self.clock = self.rng.choice(ends) + dt.timedelta(seconds=self.rng.choice((-1, 0, 1)))
        else:
            self.clock += dt.timedelta(minutes=self.rng.choice((1, 30, 90, 600, -1, -90, -600)))

    def change_seal(self, acting: Any) -> None:
        """Somebody tries one of the seals."""
        name, verb = self.rng.choice(("manager", "director")), self.rng.choice(("seal", "unseal", "restrict", "lift"))
        with acting(self.cast[name]):
            if not gate.may(verb, "File"):
                return
            try:
                with db.session.begin_nested():
                    walk(seals.MOVES, self.file, verb, by=self.cast[name], write=audit.write, reason="争议")
                    db.session.flush()
            except RuleError:
                db.session.refresh(self.file)

    def change_role(self, _acting: Any) -> None:
        name = self.rng.choice(("clerk", "archivist"))
        self.roles[name] = name if self.roles[name] == "auditor" else "auditor"
        self.cast[name].roles = [db.session.scalars(select(Role).where(Role.name == self.roles[name])).one()]
        db.session.flush()

    def read(self, acting: Any, channels: list[Callable[..., Any]]) -> None:
        reader = self.rng.choice(READERS if not self.promises else (*READERS, *[one.reader for one in self.promises]))
        self.rng.choice(channels)(self, acting, reader)

    def check(self, reader: str, name: str, way: str, is_read: bool) -> None:
        """The console and the model agree on whether this was to be read."""
        self.tried += 1
        self.seen += is_read
        if is_read != self.allows(reader, name, way):
            promised = [(one.mode, one.classes, one.seal, one.begins, one.ends, one.latest) for one in self.promises
                        if one.reader == reader]  # fmt: skip
            raise Leak(f"{reader} {'read' if is_read else 'could not read'} {name} ({way}) at {self.clock}: {promised}")


def _covers(one: Promise, paper_class: str, way: str) -> bool:
    named = paper_class in one.classes if one.classes else paper_class not in one.spared
    return way in WAYS[one.mode] and named


def make_world(site: Any, cast: dict[str, Any], rng: random.Random) -> World:
    """A filed file with secrets of several classes, all of which sound different."""
    number = rng.randrange(10**9)
    file = makers.make_file(makers.make_unit(f"W{number}", site=site), by=cast["archivist"])
    assert file.customer is not None
    file.remark, file.customer.representative = f"卷密{number}", f"人密{number}"
    licence = makers.make_document(file, "licence", title=f"照密{number}")
    identity = makers.make_document(file, "identity", title=f"证密{number}")
    said = {"content": f"诉密{number}", "state": "closed", "number": f"W{number}"}
    complaint = Complaint(
        site_id=site.id, unit=file.unit, tenancy=file.tenancy, complainant="林晚", phone="19900001234",
        received_at=BEGIN, answer_due_at=BEGIN, solve_due_at=BEGIN, **said,
    )  # fmt: skip
    db.session.add(complaint)
    file.state, file.filed_at = "filed", BEGIN
    finish_work()
    records = {"": file, "company": file.customer, "licence": licence, "identity": identity, "complaint": complaint}
    return World(file, records, cast, rng)


SECRET = {"": "remark", "company": "representative", "licence": "title", "identity": "title", "complaint": "content"}


def by_the_gate(world: World, acting: Any, reader: str) -> None:
    """Each secret asked of the gate, the three ways."""
    with acting(world.cast[reader]):
        for name, record in world.records.items():
            for way in ("read", "print", "download"):
                with gate.going(way):
                    is_read = gate.value(record, SECRET[name]) == getattr(record, SECRET[name])
                world.check(reader, name, way, is_read)


def take_steps(world: World, acting: Any, steps: int, channels: list[Callable[..., Any]]) -> None:
    """Random steps, each settled; a reading after every second one."""
    doings = [world.ask] * 4 + [world.decide] * 14 + [world.move_clock] * 3
    doings += [world.revoke, world.change_seal, world.change_role]
    for number in range(steps):
        if number % 2:
            world.read(acting, channels)
        else:
            world.rng.choice(doings)(acting)
            world.settle()
    for name in ("clerk", "archivist"):
        if world.roles[name] != name:
            world.cast[name].roles = [db.session.scalars(select(Role).where(Role.name == name)).one()]
    finish_work()
