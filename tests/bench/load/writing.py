"""What people at their desks write down, and the steps they take with it."""

from __future__ import annotations

import re

from tests.bench.load.browser import Form, Wrong, button, is_pdf, links, main_form
from tests.bench.load.desk import READ, TYPE, Desk

FAULTS = ("会议室灯不亮", "洗手间漏水", "空调不制冷", "门锁打不开")
SAID = ("走廊灯不亮，晚上看不清路。", "空调滴水，地毯湿了。", "隔壁装修太吵，请协调。")


def _form(desk: Desk, what: str, path: str, *words: str) -> Form:
    """A form, and the time it takes to fill in."""
    page = desk.page(what, path, *words)
    desk.browser.wait(*TYPE)
    return main_form(page)


def take_a_complaint(desk: Desk) -> None:
    unit, mark = desk.unit(), desk.mark()
    form = _form(desk, "form", f"/complaints/add?unit={unit.id}", unit.number)
    told = form.filled(content=f"{desk.chance.choice(SAID)} {mark}", complainant=form.fields["complainant"] or "林晚")
    where = desk.keep("take a complaint", mark, "/complaints/add", told, r"/complaints/\d+")
    desk.page("complaint", where, mark)
    desk.mine["complaints"].append(where)
    desk.browser.wait(*READ)


def take_a_repair(desk: Desk) -> None:
    unit, mark = desk.unit(), desk.mark()
    form = _form(desk, "form", f"/repairs/add?unit={unit.id}", unit.number)
    told = form.filled(fault=f"{desk.chance.choice(FAULTS)} {mark}", kind=desk.chance.choice(form.offered["kind"]))
    where = desk.keep("take a repair", mark, "/repairs/add", told, r"/repairs/\d+")
    desk.page("repair", where, mark)
    desk.mine["repairs"].append(where)
    desk.mine["to send"].append(where)
    desk.browser.wait(*READ)


def amend_a_complaint(desk: Desk) -> None:
    """One of one's own: the tenant calls again."""
    if not desk.mine["complaints"]:
        return take_a_complaint(desk)
    where, mark = desk.mine["complaints"].pop(), desk.mark()
    form = _form(desk, "form", f"{where}/edit")
    told = form.filled(content=f"{form.fields['content']}\n又来电。 {mark}")
    desk.keep("amend a complaint", mark, f"{where}/edit", told, re.escape(where))
    desk.page("complaint", where, mark)
    return desk.browser.wait(*READ)


def amend_a_repair(desk: Desk) -> None:
    """A remark on one of one's own."""
    if not desk.mine["repairs"]:
        return take_a_repair(desk)
    where, mark = desk.mine["repairs"].pop(), desk.mark()
    if button(desk.page("repair", where), rf"{where}/move/(dispatch|accept|pass_on)") is None:
        return None  # done meanwhile
    told = _form(desk, "form", f"{where}/edit").filled(remark=f"客户下午在。 {mark}")
    desk.keep("amend a repair", mark, f"{where}/edit", told, re.escape(where))
    desk.page("repair", where, mark)
    return desk.browser.wait(*READ)


def send_a_technician(desk: Desk) -> None:
    if not desk.mine["to send"]:
        return take_a_repair(desk)
    where = desk.mine["to send"].pop()
    found = button(desk.page("repair", where), rf"{where}/move/dispatch")
    if found is None:
        raise Wrong("the repair cannot be dispatched")
    desk.browser.wait(*READ)
    told = found.filled(assignee=desk.chance.choice(desk.technicians))
    desk.keep("send a technician", where, found.action, told, re.escape(where))
    desk.page("repair", where)
    return desk.browser.wait(*READ)


def visit_a_tenant(desk: Desk) -> None:
    unit, mark = desk.unit(), desk.mark()
    form = _form(desk, "form", f"/visits/add?unit={unit.id}", unit.number)
    told = form.filled(result="satisfied", opinion="一切都好。", follow_up=mark)
    where = desk.keep("write a visit down", mark, "/visits/add", told, r"/visits/\d+")
    desk.page("visit", where, unit.number)
    desk.browser.wait(*READ)


def ask_for_a_file(desk: Desk) -> None:
    unit, mark = desk.unit(lambda each: each.is_filed), desk.mark()
    form = _form(desk, "form", f"/lookups/add?file={unit.id}")
    told = form.filled(purpose=f"核对合同 {mark}", hours="8")
    where = desk.keep("ask for a look-up", mark, "/lookups/add", told, r"/lookups/\d+")
    desk.page("look-up request", where, mark)
    desk.browser.wait(*READ)


def take_money(desk: Desk) -> None:
    """A part of a deposit, and its receipt on paper."""
    mark, home = desk.mark(), f"/deposits/{desk.deposit}"
    desk.page("deposit", home)
    form = _form(desk, "form", f"/deposit-lines/add?deposit={desk.deposit}")
    told = form.filled(amount_cents="100.00", method="cash", remark=mark)
    desk.keep("receive a deposit", mark, "/deposit-lines/add", told, home)
    newest = links(desk.page("deposit", home), r"/deposit-lines/\d+")[0]
    found = button(desk.page("receipt", newest, mark), r"/print/deposit_receipt/.*")
    if found is None:
        raise Wrong("the receipt cannot be printed")
    desk.browser.wait(*READ)
    desk.tell("sent", "print a receipt", newest)
    desk.browser.ask("print a receipt", found.action, found.fields, check=is_pdf)
    desk.tell("kept", "print a receipt", newest)
    desk.browser.wait(*READ)


def mend(desk: Desk) -> None:
    """A technician's: accept what was sent, and say what was done."""
    home = desk.page("first page", "/")
    sent = links(home, r"/repairs/\?state=dispatched&assignee=\d+")
    desk.browser.wait(*READ)
    waiting = links(desk.page("list", sent[0] if sent else "/repairs/"), r"/repairs/\d+") if sent else []
    desk.browser.wait(*READ)
    if not waiting:
        return
    where, mark = desk.chance.choice(waiting), desk.mark()
    found = button(desk.page("repair", where), rf"{where}/move/accept")
    if found is None:
        raise Wrong("the order cannot be accepted")
    desk.browser.wait(*READ)
    desk.keep("accept an order", where, found.action, found.fields, re.escape(where))
    found = button(desk.page("repair", where), rf"{where}/move/finish")
    if found is None:
        raise Wrong("the work cannot be finished")
    desk.browser.wait(*TYPE)
    desk.keep("finish the work", mark, found.action, found.filled(outcome=f"已更换 {mark}"), re.escape(where))
    desk.page("repair", where, mark)
    desk.browser.wait(*READ)


def decide(desk: Desk) -> None:
    """Supervisors pass requests on, managers approve them; colleagues share them by their numbers."""
    state = {"supervisor": "asked", "manager": "passed"}[desk.role]
    waiting = links(desk.page("list of look-ups", f"/lookups/?state={state}"), r"/lookups/\d+")
    mine = [each for each in waiting if int(each.rsplit("/", 1)[1]) % desk.of == desk.place]
    desk.browser.wait(*READ)
    if not mine:
        return
    found = button(desk.page("look-up request", mine[-1]), rf"{mine[-1]}/move/(pass_on|approve)")
    if found is None:
        raise Wrong("the request cannot be decided")
    desk.browser.wait(*READ)
    what = "approve a look-up" if desk.role == "manager" else "pass a look-up on"
    desk.keep(what, mine[-1], found.action, found.fields, re.escape(mine[-1]))
    desk.page("look-up request", mine[-1])
    desk.browser.wait(*READ)
