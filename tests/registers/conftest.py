"""Registers to try: declared as a house would, in YAML."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from app.registers import declaring, known

NAMES = {"zh_Hans": "抽查", "zh_Hant": "抽查", "en": "Spot check"}


def named(zh: str, en: str = "") -> dict[str, str]:
    return {"zh_Hans": zh, "zh_Hant": zh, "en": en or zh}


BODY: dict[str, Any] = yaml.safe_load("""
key: spot_checks
name: {zh_Hans: 抽查台账, zh_Hant: 抽查臺帳, en: Spot checks}
entry: {zh_Hans: 抽查, zh_Hant: 抽查, en: Spot check}
read: [everyone]
write: [clerk, supervisor, manager]
number: "CC-{year}-{sequence:03d}"
fields:
  - {key: topic, kind: text, required: true, label: {zh_Hans: 抽查事项, zh_Hant: 抽查事項, en: Topic}}
  - {key: finding, kind: long_text, label: {zh_Hans: 发现的问题, zh_Hant: 發現的問題, en: Finding}}
  - key: grade
    kind: choice
    label: {zh_Hans: 程度, zh_Hant: 程度, en: Grade}
    words:
      small: {zh_Hans: 轻微, zh_Hant: 輕微, en: Small}
      grave: {zh_Hans: 严重, zh_Hant: 嚴重, en: Grave}
  - {key: cost, kind: money, label: {zh_Hans: 费用, zh_Hant: 費用, en: Cost}}
  - {key: deadline, kind: date, label: {zh_Hans: 整改期限, zh_Hant: 整改期限, en: Deadline}}
  - {key: owner, kind: person, label: {zh_Hans: 责任人, zh_Hant: 責任人, en: Owner}}
  - {key: outcome, kind: long_text, label: {zh_Hans: 整改结果, zh_Hant: 整改結果, en: Outcome}}
  - {key: secret, kind: text, sealed: true, label: {zh_Hans: 内部意见, zh_Hant: 內部意見, en: Inner remark}}
states:
  - {key: found, tone: warn, name: {zh_Hans: 已发现, zh_Hant: 已發現, en: Found}}
  - {key: corrected, name: {zh_Hans: 已整改, zh_Hant: 已整改, en: Corrected}}
  - {key: closed, tone: good, over: true, name: {zh_Hans: 已销项, zh_Hant: 已銷項, en: Closed}}
moves:
  - {key: correct, from: [found], to: corrected, roles: [clerk], asks: [outcome], style: primary,
     name: {zh_Hans: 整改完成, zh_Hant: 整改完成, en: Corrected}}
  - {key: back, from: [corrected], to: found, roles: [supervisor, manager], reason: true,
     name: {zh_Hans: 退回, zh_Hant: 退回, en: Send back}}
  - {key: close, from: [corrected], to: closed, roles: [clerk, supervisor, manager], not_who: [correct],
     name: {zh_Hans: 销项, zh_Hant: 銷項, en: Close}}
due: deadline
list: [number, topic, grade, deadline, owner, state]
""")


@pytest.fixture
def spot_checks(app: Any) -> Any:
    """A register of spot checks, known to this process."""
    declaring.declare(BODY)
    return known.find("spot_checks")
