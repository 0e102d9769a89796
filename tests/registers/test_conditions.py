"""A role whose condition is not met: by command it is given for a reason that stays in the audit (P12.06)."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from sqlalchemy import select

from app.kit.session import db
from app.registers import shipping
from app.security import accounts, setup
from app.security.models import AuditLine

EXAMS = Path(shipping.FOLDER) / "training_and_exams.yaml"


def test_the_command_asks_for_the_exam_or_for_a_reason(app: Flask) -> None:
    shipping.load(EXAMS)
    db.session.commit()
    run, wanted = app.test_cli_runner(), ["users", "add", "linxm", "--name", "林夏末", "--role", "archivist"]
    refused = run.invoke(args=wanted)
    assert refused.exit_code == 1 and "--without-exam REASON" in refused.output and accounts.find("linxm") is None
    assert run.invoke(args=[*wanted, "--without-exam", "  "]).exit_code == 1
    opened = run.invoke(args=[*wanted, "--without-exam", "新开馆，考核定于下月"])
    assert opened.exit_code == 0 and "one-time password" in opened.output
    line = db.session.scalars(select(AuditLine).where(AuditLine.action == "open_account")).all()[-1]
    assert line.detail == {"roles": ["archivist"], "without_exam": "新开馆，考核定于下月"}
    clerk = run.invoke(args=["users", "add", "wangm", "--name", "王敏", "--role", "clerk", "--without-exam", "x"])
    assert clerk.exit_code == 0
    line = db.session.scalars(select(AuditLine).where(AuditLine.action == "open_account")).all()[-1]
    assert line.detail == {"roles": ["clerk"]}  # nothing was waived
    assert setup.create_user("zhangm", full_name="示例", roles=["archivist"], password="Velvet-Anchor-93!x") is not None
