"""Labels that say another name than the customer's now (P10.05)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.archive.models import LIVE_STATES, File
from app.customers.models import Customer
from app.kit.labels import _l
from app.kit.session import db
from app.reporting.asked import Asked
from app.reporting.counting import list_url
from app.reporting.declaring import report
from app.reporting.tables import Head, Line, Table, Tile


@report(
    _l("Labels that are wrong"),
    group="files",
    permission="File",
    about=_l("Files whose printed label says another name than the customer's now, or was never printed."),
)
def wrong_labels(asked: Asked) -> Table:
    query = (
        select(File)
        .join(Customer, Customer.id == File.customer_id)
        .where(File.state.in_(LIVE_STATES), File.title == "", File.label_name != Customer.name)
        .options(joinedload(File.unit), joinedload(File.customer))
        .order_by(File.number, File.id)
    )
    files = list(db.session.scalars(asked.inside(query, File)))
    never = sum(not file.label_name for file in files)
    return Table(
        [Head(_l("File")), Head(_l("Unit")), Head(_l("Name on the label")), Head(_l("Customer now"))],
        [
            Line(
                [file.number, file.unit_number, file.label_name, file.current_name],
                list_url("FileView.show", pk=file.id),
            )
            for file in files
        ],
        tiles=[
            Tile(_l("Labels that are wrong"), len(files) - never, tone="bad" if len(files) > never else ""),
            Tile(_l("Labels never printed"), never, tone="warn" if never else ""),
        ],
        notes=[_l("All of them are printed in one go under Papers to be filed · Labels.")],
    )
