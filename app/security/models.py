"""The audit chain, sessions and failed logins; FAB's users and roles get their words here too."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from flask_appbuilder.models.sqla import Model
from flask_appbuilder.security.sqla.models import Role, User
from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy import inspect as sa_inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from app.kit.columns import Moment, choice, now, text, today
from app.kit.labels import _l
from app.kit.session import Record
from app.security import details, roles

# What actions and subjects are called; one that is not here is shown by its own name.
ACTIONS: dict[str, Any] = {
    "log_in": _l("Logged in"), "log_in_failed": _l("Log-in failed"), "log_out": _l("Logged out"),
    "open_account": _l("Account opened"), "change_roles": _l("Roles changed"), "activate": _l("Let in"),
    "deactivate": _l("Shut out"), "unlock": _l("Unlocked"), "change_password": _l("Password changed"),
    "rename_account": _l("Account renamed"), "add": _l("Added"), "edit": _l("Edited"), "delete": _l("Deleted"),
    "open": _l("Opened"), "download": _l("Downloaded"), "print": _l("Printed"), "export": _l("Exported"),
    "open_file": _l("File opened"), "take_in": _l("Tenant moved in"), "keep": _l("Keeper changed"),
    "reveal": _l("Revealed"), "import": _l("Brought in"), "assign": _l("Assigned"), "move_in": _l("Moved in"),
    "move_out": _l("Moved out"), "contact": _l("Contact changed"), "rename": _l("Renamed"),
    "add_paper": _l("Paper added"), "amend_paper": _l("Paper amended"), "add_scan": _l("Scan added"),
    "file": _l("Filed"), "reopen": _l("Taken back into work"), "close": _l("Closed"), "load": _l("Loaded"),
    "box": _l("Put into a box"),
    "book": _l("Booked"), "ask": _l("Asked"), "pass_on": _l("Passed on"), "approve": _l("Approved"),
    "refuse": _l("Refused"), "revoke": _l("Revoked"), "withdraw": _l("Withdrawn"), "draw_up": _l("Drawn up"),
    "add_line": _l("Line added"), "list_all": _l("All listed"), "close_list": _l("List completed"),
    "sign": _l("Signed"), "give_up": _l("Given up"), "label": _l("Label printed"),
    "amend": _l("Amended from the roster"), "name": _l("Tenant named"), "print_form": _l("Sheet printed"),
    "open_complaint": _l("Complaint written down"), "reassign": _l("Given to another"), "answer": _l("Answered"),
    "solve": _l("Solved"), "visit": _l("Return visit made"), "conclude": _l("Closed without a visit"),
    "open_visit": _l("Visit written down"), "miss": _l("Nobody met"),
    "replan": _l("Planned again"), "cancel": _l("Cancelled"), "fill": _l("Filled up"),
    "new_calendar_key": _l("New calendar address"),
    "token_refused": _l("Token refused"), "trial": _l("Trial message sent"),
    "dispatch": _l("Dispatched"), "accept": _l("Accepted"), "pause": _l("Paused"), "resume": _l("Resumed"),
    "finish": _l("Finished"), "rate": _l("Rated"), "drop": _l("Closed undone"), "remind": _l("Reminded"),
    "add_cost": _l("Cost added"), "add_picture": _l("Picture added"), "pay": _l("Paid"), "settle": _l("Settled"),
    "owe_again": _l("Owed again"), "waive": _l("Waived"), "charge": _l("Charged"), "notify": _l("Notified"),
    "rectify": _l("Put right"),
    "demand": _l("Demanded"), "receive": _l("Received"), "correct": _l("Corrected"), "deduct": _l("Deducted"),
    "ask_refund": _l("Refund asked"), "check_refund": _l("Refund checked"), "approve_refund": _l("Refund approved"),
    "return_part": _l("Returned in part"), "give_back": _l("Paid back"), "keep_all": _l("Kept"),
    "refuse_refund": _l("Refund refused"), "check": _l("Checked"),
    "issue": _l("Issued"), "open_move": _l("Move written down"), "tick": _l("Checklist ticked"),
    "apply": _l("Applied for"), "review": _l("Reviewed"), "permit": _l("Permit given"), "start": _l("Begun"),
    "extend": _l("Extended"), "send_back": _l("Sent back"), "give_pass": _l("Pass given"),
    "inspect": _l("Inspected"),
}  # fmt: skip
SUBJECTS: dict[str, Any] = {
    "Site": _l("Site"), "SiteUser": _l("Assignment"), "Building": _l("Building"), "Floor": _l("Floor"),
    "Unit": _l("Unit"), "Place": _l("Place"), "Customer": _l("Customer"), "Contact": _l("Contact"),
    "Tenancy": _l("Tenancy"), "Scheme": _l("Scheme"), "File": _l("File"), "Document": _l("Paper"), "Scan": _l("Scan"),
    "DepositLine": _l("Deposit line"), "Deposit": _l("Deposit"), "DepositRefund": _l("Refund"),
    "DepositDeduction": _l("Deduction"), "LookupRequest": _l("Look-up request"), "Handover": _l("Hand-over"),
    "HandoverLine": _l("Line"), "HandoverSignature": _l("Signature"), "User": _l("User"),
    "PrintLine": _l("Printed sheet"), "AuditLine": _l("Audit"), "Job": _l("Work"),
    "Report": _l("Report"), "ApiToken": _l("Program's access"),
    "TellingChoice": _l("What I am told"), "TellingLine": _l("Message"),
    "CalendarDay": _l("Day in the calendar"),
    "Complaint": _l("Complaint"), "ComplaintPromise": _l("Promise"), "Visit": _l("Visit"),
    "VisitPlan": _l("Visit plan"),
    "Repair": _l("Repair"), "RepairKind": _l("Kind of repair"), "RepairStep": _l("Step"),
    "RepairCost": _l("Cost line"), "RepairPicture": _l("Picture"), "Due": _l("Amount due"), "DuePayment": _l("Payment"),
    "Violation": _l("Violation"), "Fitout": _l("Fit-out"), "FitoutWorker": _l("Worker's pass"),
    "FitoutInspection": _l("Inspection"),
    "Notice": _l("Notice"), "NoticeReceipt": _l("Acknowledgement"), "LetterTemplate": _l("Wording of a letter"),
    "Application": _l("Application"), "GoodsLine": _l("Goods"), "Moving": _l("Move"),
    "MovingItem": _l("Line of a checklist"), "HeldKey": _l("Keys and cards"),
}  # fmt: skip
NAMES_HINT = _l("Names with spaces between, like units customers repairs.")
ADDED_HINT = _l("Of those: repairs, complaints, or nothing.")
TOKEN_STATES = {
    "asked": _l("Waits for the manager"),
    "approved": _l("Approved"),
    "refused": _l("Refused"),
    "revoked": _l("Revoked"),
}


def canonical(value: Any) -> str:
    """The one way a value is written as JSON, so that a MAC over it is stable."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


class CanonicalJson(TypeDecorator[dict[str, Any]]):
    """A dict stored as its canonical JSON text; the chain is computed over exactly these characters."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Any) -> str:
        return canonical(value or {})

    def process_result_value(self, value: str | None, dialect: Any) -> dict[str, Any]:
        """Anything but a JSON object, which only tampering leaves behind, is shown as it is."""
        try:
            found = json.loads(value or "{}")
        except ValueError:
            found = value
        return found if isinstance(found, dict) else {"?": found}


class Described(property):
    """A property with a label, so that screens can show it like a column."""

    def __init__(self, label: Any, read: Callable[[Any], Any]) -> None:
        super().__init__(read)
        self.info = {"label": label}


class AuditLine(Model):
    """One thing somebody did. `id` counts without gaps; `mac` chains it to the line before (G5).

    The subject's site is `subject_site_id`, not `site_id`: lines are read by right, not by site.
    """

    __tablename__ = "audit_line"
    append_only = True
    __table_args__ = (
        Index("ix_audit_line_subject", "subject_type", "subject_id"),
        Index("ix_audit_line_user", "user_id", "at"),
        Index("ix_audit_line_action", "action", "at"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, info={"label": _l("No.")})
    at: Mapped[dt.datetime] = mapped_column(Moment, index=True, info={"label": _l("When")})
    user_id: Mapped[int | None] = mapped_column(Integer, info={"label": _l("User key")})
    username: Mapped[str] = text(128, _l("Who"))
    action: Mapped[str] = text(40, _l("What"), required=True, choices=ACTIONS)
    subject_type: Mapped[str] = text(60, _l("Kind of record"), choices=SUBJECTS)
    subject_id: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Record key")})
    subject_site_id: Mapped[int | None] = mapped_column(Integer, info={"label": _l("Site key")})
    detail: Mapped[dict[str, Any]] = mapped_column(CanonicalJson, default=dict, info={"label": _l("Details")})
    ip: Mapped[str] = text(45, _l("From address"))
    previous_mac: Mapped[str] = text(64, _l("Seal of the line before"), required=True)
    mac: Mapped[str] = text(64, _l("Seal"), required=True)

    details = Described(_l("Details"), lambda self: details.as_words(self.subject_type, self.detail))

    @property
    def site_id(self) -> int | None:
        """For whoever only holds the line; not a column, so rows are not scoped by it."""
        return self.subject_site_id

    def __str__(self) -> str:
        return str(self.id)


class LoginSession(Model):
    """A session kept on the server. The cookie holds a random token; only its SHA-256 is stored (G8)."""

    __tablename__ = "login_session"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), index=True)
    data: Mapped[str] = mapped_column(Text, default="{}")
    created_at: Mapped[dt.datetime] = mapped_column(Moment, default=now)
    seen_at: Mapped[dt.datetime] = mapped_column(Moment, default=now, index=True)
    ended_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class LoginFailure(Model):
    """Failed logins of one account or address: how many in a row, and until when it is locked (G7)."""

    __tablename__ = "login_failure"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    key: Mapped[str] = mapped_column(String(64))
    count: Mapped[int] = mapped_column(Integer, default=0)
    first_at: Mapped[dt.datetime] = mapped_column(Moment, default=now)
    locked_until: Mapped[dt.datetime | None] = mapped_column(Moment)
    __table_args__ = (Index("uq_login_failure_kind_key", "kind", "key", unique=True),)


class Account(Model):
    """What FAB's user does not keep: whether the password is a one-time one, and its age."""

    __tablename__ = "account"
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id", ondelete="CASCADE"), primary_key=True)
    must_change_password: Mapped[bool] = mapped_column(Boolean, default=False)
    password_changed_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class ApiToken(Record, Model):
    """What lets another program in: asked for by the administrator, approved by a manager, shown once (docs/API.md).

    The program acts as `acting`: rights and sites are that account's, as far as `reads` and `writes` name them.
    Only the SHA-256 of the token is stored. `roles` are the account's at the approval: with others it is worth nothing.
    """

    __tablename__ = "api_token"
    name: Mapped[str] = text(100, _l("Program"), required=True)
    purpose: Mapped[str] = text(300, _l("Purpose"), required=True)
    acting_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True, info={"label": _l("Acts as")})
    reads: Mapped[str] = text(300, _l("May read"), required=True, hint=NAMES_HINT)
    writes: Mapped[str] = text(300, _l("May add"), hint=ADDED_HINT)
    expires_on: Mapped[dt.date] = mapped_column(Date, info={"label": _l("Valid until")})
    state: Mapped[str] = choice(_l("State"), TOKEN_STATES, "asked", tones={"asked": "warn", "approved": "good"})
    roles: Mapped[str] = text(200, _l("Roles at the approval"))
    token_hash: Mapped[str] = mapped_column(String(64), default="", info={"label": _l("Token"), "hidden": True})
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Asked by")})
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"), info={"label": _l("Decided by")})
    decided_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Decided at")})
    last_used_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Last used")})
    revoked_at: Mapped[dt.datetime | None] = mapped_column(Moment, info={"label": _l("Revoked at")})
    reason: Mapped[str] = text(300, _l("Reason"))
    acting: Mapped[User] = relationship("User", foreign_keys=[acting_id], info={"label": _l("Acts as")})
    asked_by: Mapped[Any] = relationship("User", foreign_keys=[asked_by_id], info={"label": _l("Asked by")})
    decided_by: Mapped[Any] = relationship("User", foreign_keys=[decided_by_id], info={"label": _l("Decided by")})

    standing = Described(_l("State now"), lambda self: self.standing_word)
    roles_then = Described(_l("Roles at the approval"), lambda self: details.as_roles(self.roles))

    @property
    def is_expired(self) -> bool:
        """Its last day is over."""
        return today() > self.expires_on

    @property
    def standing_word(self) -> str:
        """The state as people read it; the calendar ends a token, nobody has to."""
        is_over = self.state in ("asked", "approved") and self.is_expired
        return str(_l("Expired") if is_over else TOKEN_STATES[self.state])

    def __str__(self) -> str:
        return self.name


class Setup(Model):
    """What `flask setup` wrote last: a digest of permissions, menus and roles."""

    __tablename__ = "setup_state"
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))


WORDS: dict[type, dict[str, Any]] = {
    User: {
        "id": _l("Key"),
        "first_name": _l("First name"),
        "last_name": _l("Name"),
        "username": _l("User name"),
        "password": _l("Password"),
        "active": _l("May log in"),
        "email": _l("E-mail"),
        "last_login": _l("Last login"),
        "login_count": _l("Logins"),
        "fail_login_count": _l("Failed logins"),
        "created_on": _l("Created"),
        "changed_on": _l("Changed"),
        "roles": _l("Roles"),
    },
    Role: {"id": _l("Key"), "name": _l("Role"), "permissions": _l("Rights"), "user": _l("Users")},
}
HIDDEN = {("User", "password")}


def name_foreign_columns() -> None:
    """FAB's tables carry no words of their own: set them once, where every screen looks (law 5)."""
    for model, words in WORDS.items():
        mapper: Any = sa_inspect(model)
        for name, word in words.items():
            info = mapper.columns[name].info if name in mapper.columns else mapper.relationships[name].info
            info.setdefault("label", word)
            if (model.__name__, name) in HIDDEN:
                info["hidden"] = True
    sa_inspect(Role).columns["name"].info["choices"] = roles.ROLES


def _role_word(role: Role) -> str:
    return str(roles.ROLES.get(role.name, role.name))


def _person(user: User) -> str:
    return f"{user.first_name} {user.last_name}".strip()


name_foreign_columns()
Role.__str__, User.__str__ = _role_word, _person
