"""Tasks of a campaign by responsible department: done, to be done, late, and what they cost (P5.15, P2.17)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app.campaigns.chosen import CAMPAIGN, chosen
from app.campaigns.ledgers import CampaignTask
from app.kit.columns import today
from app.kit.labels import _l
from app.kit.session import db
from app.reporting.asked import Asked
from app.reporting.counting import list_url, share
from app.reporting.declaring import report
from app.reporting.tables import Bars, Head, Line, Series, Table, Tile


@report(
    _l("Tasks of a campaign by department"),
    group="files",
    permission="CampaignTask",
    about=_l("What each department has done, what is late, and what was spent against the budget."),
    choices=[CAMPAIGN],
)
def campaign_tasks(asked: Asked) -> Table:
    campaign = chosen(asked)
    rows = _counted(asked, campaign.id if campaign is not None else 0)
    sums = [sum(row[place] for row in rows) for place in range(1, 6)]
    return Table(
        [
            Head(_l("Responsible department")), Head(_l("Tasks"), "number"), Head(_l("Done"), "number"),
            Head(_l("Done (share)"), "percent"), Head(_l("Overdue"), "number"), Head(_l("Budget"), "money"),
            Head(_l("Spent"), "money"),
        ],
        [_line(row, campaign.id if campaign is not None else 0) for row in rows],
        [_l("Together"), sums[0], sums[1], share(sums[1], sums[0]), *sums[2:]],
        [
            Bars(
                _l("Tasks by department"), [row[0] for row in rows],
                [
                    Series(_l("Done"), [row[2] for row in rows]),
                    Series(_l("Not done"), [row[1] - row[2] for row in rows]),
                ],
                stacked=True, lying=True,
            )
        ],
        [
            Tile(_l("Done (share)"), share(sums[1], sums[0]), "percent"),
            Tile(_l("Overdue"), sums[2], tone="bad" if sums[2] else ""),
        ],
        [_l("Tasks that are not done any more do not count; their costs do.")],
    )  # fmt: skip


def _line(row: list[Any], campaign_id: int) -> Line:
    name, count, done, late, budget, spent = row
    url = list_url("CampaignTaskView.list", campaign=campaign_id, q=name)
    tone = "bad" if late or (budget and spent > budget) else ""
    return Line([name, count, done, share(done, count), late, budget, spent], url, tone)


def _counted(asked: Asked, campaign_id: int) -> list[list[Any]]:
    """department, tasks, done, late, budget, spent."""
    counts = CampaignTask.state != "dropped"
    is_late = (CampaignTask.state == "to_do") & (CampaignTask.due_on < today())
    number = func.count(CampaignTask.id)
    query = select(
        CampaignTask.department, number.filter(counts), number.filter(CampaignTask.state == "done"),
        number.filter(is_late), func.coalesce(func.sum(CampaignTask.budget_cents), 0),
        func.coalesce(func.sum(CampaignTask.spent_cents), 0),
    ).where(CampaignTask.campaign_id == campaign_id)  # fmt: skip
    query = asked.inside(query, CampaignTask).group_by(CampaignTask.department).order_by(CampaignTask.department)
    return [[str(row[0]), *(int(figure) for figure in row[1:])] for row in db.session.execute(query)]
