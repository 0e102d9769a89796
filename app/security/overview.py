"""The pages of users and roles: what is drawn, and what their forms do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import flash, redirect, url_for

from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.pages import Cell, Column, FormPage, Link, ListPage, Row, ShowPage
from app.kit.session import attempt
from app.security import accounts, entry, gate, logins, passwords, roles
from app.security.audit_words import SUBJECTS
from app.security.rights.shared import EVERYBODY

PERMISSIONS: dict[str, Any] = {
    "FollowUpBoard": _l("Daily board"),
    "MyCustomer": _l("My customers"),
    "HandIn": _l("Sheets to hand over"),
    "AllocationDesk": _l("Allocate customers"),
    "Api": _l("Description for programs"), "Home": _l("Home"),
    "Password": _l("Change password"), "Job": _l("Long work"), "Search": _l("Search"),
    "Deposit": _l("Deposits"), "Import": _l("Bring in a roster"), "Print": _l("Printing"), "Role": _l("Roles"),
    "PrintLine": _l("Print log"), **SUBJECTS, "Report": _l("Reports"),
    "Letters": _l("Write to several"), "Seen": _l("Who saw what"), "MyCalendar": _l("My calendar"),
    "Operations": _l("How the console is doing"),
    "Filing": _l("Papers to be filed"), "RetentionDue": _l("Due for appraisal"),
}  # fmt: skip
VERBS_OF_TRADES: dict[str, Any] = {
    "accept_work": _l("accept the work"),
    "advance": _l("take to the next stage"),
    "arrange": _l("arrange"),
    "book": _l("book"),
    "call_off": _l("call off"),
    "check_sheet": _l("check sheets"),
    "classify": _l("classify"),
    "close_fonds": _l("close a fonds"),
    "complete": _l("complete"),
    "consent": _l("note a written consent"),
    "copy": _l("copy"),
    "declare": _l("declare registers"),
    "drop_sheet": _l("drop sheets"),
    "end": _l("end"),
    "end_allocation": _l("end an allocation"),
    "end_keeping": _l("end a keeping"),
    "end_project": _l("end a project"),
    "file_item": _l("file items"),
    "finish_follow_up": _l("finish a follow-up"),
    "give_period": _l("say how long to keep"),
    "guide": _l("give guidance"),
    "hand_in": _l("hand in"),
    "hand_in_again": _l("hand in again"),
    "judge_openness": _l("judge openness"),
    "keep_sheet": _l("keep sheets"),
    "leave_out": _l("leave out"),
    "list_judged": _l("list what was judged"),
    "list_standard": _l("list the standard"),
    "make_sheet": _l("make sheets"),
    "move_to_fonds": _l("move to another fonds"),
    "name_receiver": _l("name the receiver"),
    "open_own_file": _l("open the fonds' own file"),
    "pass_work": _l("pass the work"),
    "pass_year": _l("pass a year"),
    "plan": _l("plan"),
    "publish": _l("publish"),
    "put_in_force": _l("put in force"),
    "reassign": _l("give to another"),
    "record_no_copy": _l("record that there is no copy"),
    "register": _l("register"),
    "renumber_fonds": _l("renumber a fonds"),
    "return_papers": _l("return papers"),
    "send_sheet_back": _l("send sheets back"),
    "settle_blanks": _l("settle blank sheets"),
    "submit_sheet": _l("submit sheets"),
}
VERBS: dict[str, Any] = {
    **VERBS_OF_TRADES,
    "list": _l("list"), "show": _l("show"), "add": _l("add"), "edit": _l("edit"), "delete": _l("delete"),
    "export": _l("export"), "print": _l("print"), "reveal": _l("reveal masked values"),
    "open": _l("read what is inside"),
    "file": _l("file"), "reopen": _l("take back into work"), "close": _l("close"), "download": _l("download"),
    "pass_on": _l("pass on"), "approve": _l("approve"), "refuse": _l("refuse"), "revoke": _l("revoke"),
    "withdraw": _l("withdraw"), "close_list": _l("complete the list"), "sign": _l("sign"), "give_up": _l("give up"),
    "print_form": _l("print"), "start": _l("open the page"), "upload": _l("upload"),
    "columns": _l("say what the columns are"), "preview": _l("check the rows"), "apply": _l("bring in"),
    "report": _l("fetch the wrong rows"), "results": _l("find"), "suggest": _l("see suggestions"),
    "unlock": _l("unlock"), "new_password": _l("give a new password"), "every_site": _l("on every site"),
    "money": _l("see amounts in reports"),
    "dispatch": _l("dispatch"), "accept": _l("accept an order"), "pause": _l("pause"), "resume": _l("go on"),
    "finish": _l("finish"), "rate": _l("rate"), "remind": _l("write down a reminder"), "drop": _l("close undone"),
    "waive": _l("waive"), "notify": _l("notify"), "rectify": _l("see put right"), "answer": _l("answer"),
    "assign": _l("assign"), "solve": _l("solve"), "conclude": _l("close without a visit"), "box": _l("put into a box"),
    "cancel": _l("cancel"), "change": _l("change"), "check": _l("check"), "correct": _l("correct"),
    "extend": _l("extend"), "fill": _l("plan for newcomers"), "issue": _l("issue"), "miss": _l("say nobody was met"),
    "pay": _l("pay out"), "permit": _l("give the permit"), "print_all": _l("print all"), "progress": _l("see how far"),
    "renew": _l("renew"), "replan": _l("plan again"), "review": _l("review"), "settle": _l("settle"),
    "relocate": _l("put elsewhere"), "put_elsewhere": _l("put elsewhere"), "move_to": _l("move"),
    "renumber": _l("renumber"), "file_paper": _l("put papers into files"), "file_papers": _l("put papers into files"),
    "put_in": _l("put files in"),
    "lend": _l("lend"), "give_back": _l("give back"), "report_gone": _l("report missing"),
    "put_right": _l("put right"), "papers": _l("see the papers to be filed"), "labels": _l("see wrong labels"),
    "print_labels": _l("print labels"),
    "hand_over": _l("hand everything over"), "trial": _l("send a trial"), "write": _l("write letters"),
    "approve_high": _l("approve at the top"), "agree": _l("agree to a change"), "seal": _l("seal further"),
    "unseal": _l("take a seal off"), "restrict": _l("restrict"), "lift": _l("lift a restriction"),
    "of_file": _l("see who saw a file"), "of_person": _l("see what a person saw"),
    "judge": _l("judge"), "list_due": _l("list what is due"), "submit": _l("put up for approval"),
    "witness": _l("witness"), "carry_out": _l("carry out"), "release": _l("release"), "verify": _l("verify"),
    "bundle": _l("take out as one package"), "decide": _l("decide"), "remake": _l("make again"),
    "hand_out": _l("hand out"), "take_back": _l("take back"), "hand_task": _l("hand a task on"),
    "confirm": _l("verify"), "regrade": _l("reckon grades anew"), "invite": _l("make links"),
    "open_actions": _l("open corrective actions"), "do": _l("put right"), "take_over": _l("take over"),
    "stop": _l("stop"), "again": _l("do again"), "rebuild_search": _l("prepare the search anew"),
    "address": _l("show an address"), "deliver": _l("deliver"), "read": _l("read"),
}  # fmt: skip


# more links of a user's page, from the rooms above
more_links: list[Callable[[Any], Iterable[Link]]] = []


def filled_in(view: Any, form: Any, title: Any, work: Callable[[], Any]) -> Any:
    """Draw `form`; when it is sent and right, do the work and go where it answers, with the rule's reasons if not."""
    problem = ""
    if form.validate_on_submit():
        try:
            with attempt():
                return redirect(work())
        except RuleError as refusal:
            problem = entry.with_way_out(form, refusal)
    names = [name for name in form._fields if name != "csrf_token"]
    page = FormPage(title, form, [(view.titles.one, names)], view.url("list"), _l("Save"), problem)
    return view.render_template("hudang/form.html", page=page), 422 if form.errors or problem else 200


def new_user_links() -> list[Link]:
    """The way to a new account."""
    if not gate.may("add", "User"):
        return []
    return [Link(_l("New user"), url_for("UserView.open_account"), style="primary")]


def user_links(user: Any) -> list[Link]:
    """What can be done with an account."""
    links = []
    if gate.may("edit", "User"):
        links.append(Link(_l("Edit"), url_for("UserView.change", pk=user.id)))
    if user.active and gate.may("add", "Clearance"):
        links.append(Link(_l("Leaves"), url_for("ClearanceView.of_user", user_id=user.id)))
    if gate.may("new_password", "User"):
        links.append(Link(_l("New one-time password"), url_for("UserView.new_password", pk=user.id), "post"))
    if gate.may("unlock", "User") and logins.locked_names([user.username]):
        links.append(Link(_l("Unlock"), url_for("UserView.unlock", pk=user.id), "post"))
    return links + [link for ask in more_links for link in ask(user)]


def as_typed(user: Any) -> dict[str, Any]:
    """An account as its form shows it."""
    role = user.roles[0].name if user.roles else ""
    return {"full_name": str(user), "role": role, "active": bool(user.active)}


def open_account(form: Any) -> str:
    """Open the account; its one-time password is told once. Answers where to go on."""
    password = passwords.one_time()
    typed = (form.username.data, form.full_name.data, [form.role.data], password)
    user = accounts.open_account(*typed, by=gate.user(), one_time=True)
    tell_once(user, password)
    return url_for("UserView.show", pk=user.id)


def change_account(user: Any, form: Any) -> str:
    """Store what differs; other roles than the first are left alone while that one stays."""
    before = as_typed(user)
    accounts.rename(user, form.full_name.data, by=gate.user())
    if form.role.data != before["role"]:
        accounts.change_roles(user, [form.role.data], by=gate.user())
    accounts.change_standing(user, form.active.data, by=gate.user())
    flash(_l("Saved"), "success")
    return url_for("UserView.show", pk=user.id)


def tell_once(user: Any, password: str) -> None:
    """On the next page and never again."""
    words = _l("One-time password of %(user)s: %(password)s", user=user.username, password=password)
    flash(words, "success")


def role_list() -> ListPage:
    """The eight roles, each with how much it may."""
    columns = [Column("name", _l("Role")), Column("rights", _l("May use"))]
    rows = [
        Row(key, url := url_for("RoleView.show", name=key), [Cell(word, "link", url), Cell(_names_of(key))])
        for key, word in roles.ROLES.items()
    ]
    return ListPage(_l("Roles"), columns, rows, total=len(rows))


def _names_of(role: str) -> str:
    return listed(PERMISSIONS, (name for name in roles.TABLE[role] if name not in EVERYBODY))


def listed(words: dict[str, Any], keys: Iterable[str]) -> str:
    """The words of some keys, one after the other."""
    return str(_l(", ")).join(str(words.get(key, key)) for key in keys)


def role_page(key: str) -> ShowPage | None:
    """What one role may do, area by area; None for a role that is not there."""
    if key not in roles.ROLES:
        return None
    lines = [
        (PERMISSIONS.get(name, name), Cell(listed(VERBS, verbs.split())))
        for name, verbs in roles.TABLE[key].items()
        if name not in EVERYBODY
    ]
    return ShowPage(roles.ROLES[key], _l("Role"), groups=[(_l("May do"), lines)])
