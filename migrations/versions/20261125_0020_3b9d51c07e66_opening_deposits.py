"""opening deposits: lines of the ledger that no deposit has yet belong to one of their tenant and kind"""

import datetime as dt

import sqlalchemy as sa
from alembic import op

revision = "3b9d51c07e66"
down_revision = "7c1f0a9d2b44"
branch_labels = None
depends_on = None

MARK = "opening deposits 3b9d51c07e66"
DESK_TIME = dt.timezone(dt.timedelta(hours=8))

line = sa.table(
    "deposit_line", *(sa.column(name) for name in ("id", "deposit_id", "tenancy_id", "kind", "reason", "amount_cents"))
)
tenancy = sa.table("tenancy", *(sa.column(name) for name in ("id", "site_id", "unit_id", "customer_id")))
deposit = sa.table(
    "deposit",
    *(
        sa.column(name)
        for name in ("id", "site_id", "number", "unit_id", "tenancy_id", "customer_id", "kind", "payable_cents", "state")
    ),
    *(sa.column(name) for name in ("is_owed", "remark", "version", "created_at", "updated_at")),
)
counter = sa.table("counter", *(sa.column(name) for name in ("id", "site_id", "series", "year", "last")))


def upgrade() -> None:
    connection = op.get_bind()
    now = dt.datetime.now(dt.UTC)
    year, moment = now.astimezone(DESK_TIME).year, now.replace(tzinfo=None)
    numbers: dict[int, int] = {}
    for row in _without_deposit(connection):
        number = numbers.setdefault(row.site_id, _last(connection, row.site_id, year)) + 1
        numbers[row.site_id] = number
        payable, out = int(row.came), -int(row.went)
        values = {
            "site_id": row.site_id, "number": f"YS-{year}-{number:05d}", "unit_id": row.unit_id,
            "tenancy_id": row.tenancy_id, "customer_id": row.customer_id, "kind": row.kind,
            "payable_cents": max(0, payable), "state": _state(payable, out), "is_owed": False, "remark": MARK,
            "version": 1, "created_at": moment, "updated_at": moment,
        }  # fmt: skip
        connection.execute(sa.insert(deposit).values(**values))
    _join(connection)
    for site_id, last in numbers.items():
        _keep(connection, site_id, year, last)


def _without_deposit(connection: sa.Connection) -> list[sa.Row]:
    """Each tenant and kind with what came in and what went out, in the order of their first lines."""
    is_out = line.c.reason.in_(("refunded", "deducted"))
    query = (
        sa.select(
            line.c.tenancy_id, line.c.kind, tenancy.c.site_id, tenancy.c.unit_id, tenancy.c.customer_id,
            sa.func.sum(sa.case((is_out, 0), else_=line.c.amount_cents)).label("came"),
            sa.func.sum(sa.case((is_out, line.c.amount_cents), else_=0)).label("went"),
        )
        .select_from(line.join(tenancy, tenancy.c.id == line.c.tenancy_id))
        .where(line.c.deposit_id.is_(None))
        .group_by(line.c.tenancy_id, line.c.kind, tenancy.c.site_id, tenancy.c.unit_id, tenancy.c.customer_id)
        .order_by(sa.func.min(line.c.id))
    )  # fmt: skip
    return list(connection.execute(query))


def _state(came: int, out: int) -> str:
    if out <= 0:
        return "received"
    return "part_returned" if came > out else "returned"


def _last(connection: sa.Connection, site_id: int, year: int) -> int:
    mine = (counter.c.site_id == site_id, counter.c.series == "YS", counter.c.year == year)
    return int(connection.scalar(sa.select(counter.c.last).where(*mine)) or 0)


def _join(connection: sa.Connection) -> None:
    """Every line without a deposit belongs to the one that was made for its tenant and kind."""
    made = (
        sa.select(deposit.c.id)
        .where(deposit.c.tenancy_id == line.c.tenancy_id, deposit.c.kind == line.c.kind, deposit.c.remark == MARK)
        .scalar_subquery()
    )
    connection.execute(sa.update(line).where(line.c.deposit_id.is_(None)).values(deposit_id=made))
    connection.execute(sa.update(deposit).where(deposit.c.remark == MARK).values(remark=""))


def _keep(connection: sa.Connection, site_id: int, year: int, last: int) -> None:
    mine = (counter.c.site_id == site_id, counter.c.series == "YS", counter.c.year == year)
    done = connection.execute(sa.update(counter).where(*mine).values(last=last))
    if not done.rowcount:
        connection.execute(sa.insert(counter).values(site_id=site_id, series="YS", year=year, last=last))


def downgrade() -> None:
    """Nothing: a line that belongs to a deposit is right one step further down, too, and up again finds none to join.

    The step before drops `deposit_line.deposit_id` and `deposit`; the lines and their sums stay as they are.
    """
