"""What was sold, what is still owed, and the limit of credit (P3.07, P3.08, P8.02)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app.estate.numbers import numbered
from app.kit.columns import today
from app.kit.errors import RuleError
from app.kit.labels import _l
from app.kit.session import db
from app.market import grading, policy, profiles
from app.market.models import MarketProfile, Sale, SalePayment
from app.security import audit, gate

SERIES = "XS"


def sell(sale: Sale, *, by: Any = None) -> Sale:
    """One more transaction: credit, grade and freshness follow at once (P8.02)."""
    with db.session.no_autoflush:
        profile = profiles.settle(sale)
        _check(sale)
        _check_mode(sale, profile)
        _check_limit(sale, profile)
        sale.number = numbered(sale.site_id, SERIES)
    db.session.add(sale)
    db.session.flush()
    audit.write("sell", sale, {"number": sale.number, "over_limit": bool(sale.over_limit_reason)}, by=by)
    if not on_credit(profile.scheme_key, sale.payment_mode):
        _paid_at_once(sale)
    if sale.amount_cents > 0 and profile.is_prospect:
        profiles.buys(profile)
    follow(profile, by=by)
    return sale


def on_credit(scheme_key: str, mode: str) -> bool:
    """Whether that way of paying leaves something owed for a time."""
    return bool((policy.of_key(scheme_key).item("payment_modes", mode) or {}).get("on_credit"))


def _paid_at_once(sale: Sale) -> None:
    """What is paid at once is paid with the sale itself; its corrections are given back the same way."""
    of = sale.corrects or sale
    db.session.add(
        SalePayment(
            site_id=sale.site_id, customer_id=sale.customer_id, customer=sale.customer, sale_id=of.id, sale=of,
            paid_on=sale.sold_on, amount_cents=sale.amount_cents, remark="",
        )
    )  # fmt: skip


def follow(profile: MarketProfile, *, by: Any = None) -> None:
    """After a sale or a payment: what is owed, the limit, the grade, and that something was added."""
    db.session.flush()
    profile.outstanding_cents = credit_in_use(profile.customer_id)
    profiles.settle_limit(profile)
    profiles.refresh(profile)
    grading.regrade(profile, by=by)
    db.session.flush()


def credit_in_use(customer_id: int) -> int:
    """What a customer owes: all that was sold without what was paid."""
    sold = select(func.coalesce(func.sum(Sale.amount_cents), 0)).where(Sale.customer_id == customer_id)
    paid = select(func.coalesce(func.sum(SalePayment.amount_cents), 0)).where(SalePayment.customer_id == customer_id)
    return int(db.session.scalar(sold) or 0) - int(db.session.scalar(paid) or 0)


def _sold(sale: Sale) -> int:
    """For how much a sale stands, with the lines that put it right."""
    of_sale = (Sale.id == sale.id) | (Sale.corrects_id == sale.id)
    return int(db.session.scalar(select(func.coalesce(func.sum(Sale.amount_cents), 0)).where(of_sale)) or 0)


def _paid(sale: Sale) -> int:
    total = select(func.coalesce(func.sum(SalePayment.amount_cents), 0)).where(SalePayment.sale_id == sale.id)
    return int(db.session.scalar(total) or 0)


def owed_of(sale: Sale) -> int:
    """What is still owed of one sale, with the lines that put it right."""
    return _sold(sale) - _paid(sale)


def _check(sale: Sale) -> None:
    """Amounts below nothing belong to lines that put another one of the same customer right."""
    sale.sold_on = sale.sold_on or today()
    if sale.sold_on > today():
        raise RuleError(_l("This day is still to come."), field="sold_on")
    if not (sale.product or "").strip():
        raise RuleError(_l("Say what was sold."), field="product")
    if not (sale.region or "").strip():
        raise RuleError(_l("Say in which region."), field="region")
    corrects = sale.corrects
    if corrects is None and (sale.amount_cents is None or sale.amount_cents <= 0):
        raise RuleError(_l("Say for how much. A mistake is put right by a line that names the sale."), "amount_cents")
    if corrects is None and (sale.quantity is None or sale.quantity <= 0):
        raise RuleError(_l("Say how much was sold."), field="quantity")
    if corrects is not None:
        _check_correction(sale, corrects)
    sale.amount_cents, sale.quantity = sale.amount_cents or 0, sale.quantity or 0


def _check_correction(sale: Sale, corrects: Sale) -> None:
    """Of the same customer and way of paying; no more is taken back than is left of the sale."""
    if corrects.customer_id != sale.customer_id:
        raise RuleError(_l("This sale is another customer's."), field="corrects")
    if corrects.corrects_id is not None:
        raise RuleError(_l("Name the sale itself, not the line that put it right."), field="corrects")
    sale.payment_mode = corrects.payment_mode
    left = owed_of(corrects) if on_credit(corrects.scheme_key, corrects.payment_mode) else _sold(corrects)
    if -(sale.amount_cents or 0) > left:
        raise RuleError(_l("Not so much is owed of this sale any more."), field="amount_cents")


def _check_mode(sale: Sale, profile: MarketProfile) -> None:
    """Only what is in effect: at once, or the way that was agreed to (P13.04)."""
    of = policy.of_key(profile.scheme_key)
    sale.payment_mode = sale.payment_mode or profile.payment_mode
    mode = of.item("payment_modes", sale.payment_mode)
    if sale.corrects is not None:
        return
    if mode is None:
        raise RuleError(_l("The scheme has no such way of paying."), field="payment_mode")
    if mode.get("on_credit") and sale.payment_mode != profile.payment_mode:
        raise RuleError(
            _l("This way of paying is not agreed for the customer yet: ask for it first."), field="payment_mode"
        )


def _check_limit(sale: Sale, profile: MarketProfile) -> None:
    """Beyond the limit only with a reason that stays (P3.08)."""
    limit = profile.credit_limit_cents
    sale.over_limit_reason = (sale.over_limit_reason or "").strip()
    after = credit_in_use(profile.customer_id) + sale.amount_cents
    is_lent = sale.amount_cents > 0 and on_credit(profile.scheme_key, sale.payment_mode)
    if limit is None or after <= limit or not is_lent:
        sale.over_limit_reason = ""
        return
    if not sale.over_limit_reason:
        raise RuleError(_over(profile, after - limit), field="amount_cents")


def _over(profile: MarketProfile, cents: int) -> Any:
    """By how much, for who may read the customer's amounts; that it is so, for everybody."""
    if gate.is_sealed(profile):
        return _l("This passes the customer's credit limit: say below who allowed it, and why.")
    yuan = f"{cents / 100:,.2f}"
    return _l("This passes the customer's credit limit by %(yuan)s yuan: say below who allowed it, and why.", yuan=yuan)


def pay(payment: SalePayment, *, by: Any = None) -> SalePayment:
    """Something was paid of a sale; a mistake is taken back by a line below nothing."""
    sale = payment.sale
    if sale is None:
        raise RuleError(_l("Choose a sale."), field="sale")
    sale = sale.corrects or sale
    payment.sale, payment.sale_id = sale, sale.id
    payment.paid_on = payment.paid_on or today()
    if payment.paid_on > today():
        raise RuleError(_l("This day is still to come."), field="paid_on")
    with db.session.no_autoflush:
        _check_payment(payment, sale)
    payment.site_id, payment.customer_id, payment.customer = sale.site_id, sale.customer_id, sale.customer
    db.session.add(payment)
    db.session.flush()
    audit.write("pay", sale, {"payment": payment.id}, by=by)
    follow(sale.profile, by=by)
    return payment


def _check_payment(payment: SalePayment, sale: Sale) -> None:
    cents = payment.amount_cents or 0
    if cents == 0:
        raise RuleError(_l("Say how much was paid."), field="amount_cents")
    if cents > owed_of(sale):
        raise RuleError(_l("Not so much is owed of this sale any more."), field="amount_cents")
    if cents < 0 and not (payment.remark or "").strip():
        raise RuleError(_l("Say why a payment is taken back."), field="remark")
    if cents < 0 and -cents > _paid(sale):
        raise RuleError(_l("More than was paid cannot be taken back."), field="amount_cents")
