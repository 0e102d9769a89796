"""What the made-up house wrote into its registers."""
# ruff: noqa: E501 - a line an entry

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Step:
    """A step that an entry took: which, by whom, with which answers."""

    name: str
    by: str
    said: dict[str, Any] = field(default_factory=dict)


Line = tuple[str, str, str, dict[str, Any], tuple[Step, ...]]
LOOKUP_RULE = "一、查阅档案须填写申请，写明事由。\n二、经主管受理、经理批准后方可查阅。\n三、在阅档室内查阅，不得涂改、抽换、带离。"
DUTIES_RULE = "一、负责档案的收集、整理、保管和提供利用。\n二、每日登记温湿度，每月检查八防。\n三、调离前办清移交手续。"
# (name, register, who writes, what; `@` a person, `#` an entry, `~` a day from then, `*` what is there), steps
PLAIN: list[Line] = [
    ("", "lead_group", "manager", {"role_in_group": "head", "member": "@director", "post": "总经理", "duties": "全面领导档案工作", "since": "~-300"}, ()),
    ("", "lead_group", "manager", {"role_in_group": "deputy", "member": "@manager", "post": "客户服务部经理", "duties": "组织实施、督促检查", "since": "~-300"}, ()),
    ("", "lead_group", "manager", {"role_in_group": "member", "member": "@archivist", "post": "档案员", "duties": "业务指导与日常管理", "since": "~-300"}, ()),
    ("service", "meetings", "clerk", {"kind": "service", "topic": "三季度客户服务专题会议", "held_at": "*now", "venue": "三楼会议室", "chair": "@manager", "minuter": "@clerk"},
     (Step("hold", "clerk", {"present": "经理、主管、前台", "minutes": "逐户讨论投诉与回访"}), Step("confirm", "manager"))),
    ("launch", "meetings", "archivist", {"kind": "mobilisation", "topic": "档案达标动员会", "held_at": "*now", "venue": "多功能厅", "chair": "@director"},
     (Step("hold", "archivist", {"present": "各部门兼职档案员", "minutes": "布置收集与整理任务"}),)),
    ("", "meetings", "archivist", {"kind": "lead_group", "topic": "领导小组第二次会议", "held_at": "*now", "venue": "三楼会议室"}, ()),
    ("", "meeting_points", "clerk", {"customer": "*customer", "meeting": "#service", "summary": "一周内回访并答复", "settled": "由前台一周内回访，书面答复。", "owner": "@clerk", "due": "~7"}, ()),
    ("", "meeting_points", "clerk", {"customer": "*customer", "meeting": "#service", "summary": "补签服务确认单", "settled": "客户补签确认单。", "owner": "@supervisor", "due": "~3"},
     (Step("finish", "supervisor", {"result": "已补签归档"}),)),
    ("", "rule_library", "archivist", {"kind": "notice", "title": "档案查阅须知", "of_category": "all", "edition": "1.0", "effective_on": "~5", "issued_by": "档案工作领导小组", "body": LOOKUP_RULE},
     (Step("issue", "manager"), Step("post", "archivist", {"posted_on": "~6"}))),
    ("", "rule_library", "archivist", {"kind": "duties", "title": "档案人员岗位责任制", "of_category": "all", "covers": "demands handover lending", "edition": "1.0", "effective_on": "~5", "body": DUTIES_RULE},
     (Step("issue", "manager"),)),
    ("", "rule_library", "archivist", {"kind": "keeping", "title": "电子文本管理细则", "of_category": "electronic", "edition": "0.9", "effective_on": "~60", "body": "一、电子文本与纸质件一并归档。"}, ()),
    ("", "training_and_exams", "manager", {"course": "档案员上岗考试", "trainee": "@archivist", "held_on": "~-20", "hours": 16},
     (Step("attend", "archivist", {"hours": 16}), Step("pass_exam", "manager", {"score": 91, "valid_until": "~700"}))),
    ("", "training_and_exams", "manager", {"course": "归档业务培训", "trainee": "@clerk", "held_on": "~-3"}, (Step("attend", "clerk", {"hours": 4}),)),
    ("", "training_and_exams", "manager", {"course": "归档业务培训", "trainee_name": "示例村王会计", "unit_name": "示例村", "held_on": "~-3"}, ()),
    ("", "spot_checks", "supervisor", {"way": "periodic", "topic": "二季度客户档案抽查", "checked_on": "~-2", "checker": "@supervisor", "finding": "两户检查单未签字", "grade": "small", "owner": "@clerk", "deadline": "~10"},
     (Step("correct", "clerk", {"outcome": "已补签"}), Step("close", "supervisor"))),
    ("", "spot_checks", "supervisor", {"way": "surprise", "topic": "库房突击检查", "checked_on": "~0", "checker": "@manager", "finding": "一组柜未上锁", "grade": "grave", "owner": "@archivist", "deadline": "~2"}, ()),
    ("", "yearly_targets", "supervisor", {"plan_year": 2026, "item": "档案合格率", "target": "98%", "owner": "@archivist", "due": "~90"}, ()),
    ("", "yearly_targets", "supervisor", {"plan_year": 2025, "item": "电子目录覆盖率", "target": "90%", "owner": "@archivist"},
     (Step("assess", "manager", {"actual": "92%", "score": 10}),)),
    ("shelves", "equipment", "archivist", {"kind": "shelves", "name": "手动密集架", "quantity": 12, "budget": 9_000_000, "every_days": 90, "keeper": "@archivist"},
     (Step("take_in", "archivist", {"price": 8_600_000, "bought_on": "~0", "located": "一号库房"}),)),
    ("dryer", "equipment", "archivist", {"kind": "dehumidifier", "name": "抽湿机 20L", "quantity": 2, "budget": 600_000}, (Step("agree", "manager", {"budget": 600_000}),)),
    ("", "equipment", "archivist", {"kind": "magnetic", "name": "防磁柜", "quantity": 1, "budget": 1_200_000}, ()),
    ("", "equipment_inspections", "archivist", {"machine": "#shelves", "topic": "库房八防检查", "protections": "dust light rodents insects", "every_days": 30, "due": "~1", "inspector": "@archivist"},
     (Step("report", "archivist", {"done_on": "~1", "finding": "防光窗帘脱落一幅"}), Step("mend", "archivist", {"repair": "已重新安装"}))),
    ("", "equipment_inspections", "archivist", {"machine": "#shelves", "topic": "密集架轨道检查", "every_days": 90, "due": "~4", "inspector": "@technician"}, ()),
    ("", "tasks", "manager", {"topic": "购置防磁柜", "owner": "@archivist", "set_by": "@manager", "due": "~20", "cost_line": "档案设备费", "budget": 1_200_000}, ()),
    ("", "tasks", "manager", {"topic": "修订客户档案管理办法", "owner": "@clerk", "department": "客户服务部", "due": "~5", "budget": 0},
     (Step("finish", "clerk", {"result": "已报送审定", "spent": 0}), Step("close", "manager"))),
    ("", "scattered_records", "clerk", {"topic": "开业典礼照片", "medium": "picture", "department": "市场部", "holder": "@technician", "quantity": 36, "due": "~15"}, ()),
    ("", "scattered_records", "clerk", {"topic": "历年工作总结电子版", "medium": "electronic", "department": "办公室", "holder_name": "退休职工周某", "quantity": 8},
     (Step("collect", "clerk", {"collected_on": "~1"}),)),
    ("", "volume_checks", "archivist", {"file": "*file", "standard": "GB/T 9705", "defect_kind": "catalogue", "defect": "卷内目录缺页码", "worker": "@clerk", "deadline": "~7"},
     (Step("rectify", "clerk", {"measure": "rearrange", "done": "已重新编页"}), Step("accept", "archivist"))),
    ("", "volume_checks", "archivist", {"file": "*file", "standard": "盒套统一", "defect_kind": "cover", "defect": "封皮破损", "worker": "@clerk", "deadline": "~3"}, ()),
    ("chronicle", "research_outputs", "archivist", {"kind": "chronicle", "title": "服务中心大事记", "period": "today", "lead": "@archivist", "office": "档案室", "due": "~40"}, ()),
    ("", "research_outputs", "archivist", {"kind": "paper", "title": "一户一档管理浅论", "author": "何静", "lead": "@archivist", "due": "~30"},
     (Step("finish", "archivist", {"finished_on": "~1"}), Step("choose_it", "manager", {"submitted_to": "示例档案学会"}))),
    ("", "research_sources", "archivist", {"file": "*file", "output": "#chronicle", "used_for": "开业经过"}, ()),
    ("", "research_sources", "archivist", {"file": "*file", "output": "#chronicle", "used_for": "历任负责人"}, ()),
    ("", "secrecy_undertakings", "manager", {"promiser": "@archivist", "post": "档案员", "text": "不泄露客户信息，离岗后继续保密。", "signed_on": "~-30", "valid_until": "~330", "signature": "M12.5 30L40 62.1L80 20", "witness": "@manager"}, ()),
    ("", "secrecy_undertakings", "manager", {"promiser": "@clerk", "post": "前台", "text": "不泄露客户信息。", "signed_on": "~-400", "valid_until": "~-35"}, (Step("end", "manager", {"reason": "到期另签"}),)),
    ("", "self_audits", "clerk", {"side": "facility", "topic": "档案用房不足", "rooms": 2, "area": 36, "owner": "@manager", "deadline": "~60"}, ()),
    ("", "self_audits", "clerk", {"side": "collection", "topic": "早年材料有缺口", "owner": "@archivist", "deadline": "~45"}, (Step("put_right", "archivist", {"result": "已补收大部"}),)),
    ("", "duty_table", "manager", {"matter": "客户投诉", "department": "业务部门", "person": "@supervisor", "basis": "管理手册"}, ()),
    ("", "duty_table", "manager", {"matter": "档案查阅申请", "department": "客户服务部", "person": "@supervisor", "within_days": 3}, ()),
    ("", "authority_filings", "manager", {"topic": "撤并街道档案处置方案", "authority": "示例区档案局", "announced_on": "~-2", "persons": "办公室、档案室"},
     (Step("file_it", "manager", {"filed_on": "~1"}), Step("agreed", "archivist", {"answer_number": "示档〔2026〕3号", "answered_on": "~4"}))),
    ("", "authority_filings", "manager", {"topic": "档案代管方案", "authority": "示例区档案局", "announced_on": "~0"}, ()),
]  # fmt: skip
