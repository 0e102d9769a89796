"""What a roster says of customers: who is in the unit, whom to call, and the lease."""

from __future__ import annotations

from typing import Any

from app.customers import tenants
from app.customers.models import Contact, Customer, Tenancy
from app.customers.tenants import Known, forget, prepare
from app.estate.models import Unit
from app.exchange import words
from app.exchange.fields import JOINED, VACANT, Field, Row
from app.exchange.rows import absorb
from app.kit.labels import _l, label

__all__ = ["FIELDS", "PLACE", "apply", "forget", "notes", "plan", "prepare", "tidy"]

PLACE = 20


def _contact(role: str, kind: str, names: tuple[str, ...], **more: Any) -> Field:
    """A person to call: her name or her telephone, under every name of the group."""
    groups = {
        "daily": ("日常联系人", "联系人", "日常联络人", "联络人", "经办人", "行政联系人", "主要联系人", "联系人1", "联系人一", "第一联系人",
                  "daily contact", "contact", "contact person", "primary contact"),
        "emergency": ("紧急联络人", "紧急联系人", "应急联系人", "应急联络人", "联系人2", "联系人二", "第二联系人", "备用联系人",
                      "emergency contact", "emergency", "secondary contact"),
        "finance": ("财务联系人", "财务", "财务人员", "finance contact", "accounts contact", "finance"),
    }[role]  # fmt: skip
    subs = {
        "name": ("姓名", "名称", "名字", "name"),
        "phone": ("电话", "联系电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "联络电话", "移动电话",
                  "phone", "tel", "telephone", "mobile", "phone number"),
    }[kind]  # fmt: skip
    every = tuple(f"{group}/{sub}" for group in groups for sub in subs) + (groups if kind == "name" else ()) + names
    return Field.of(Contact, kind, every, key=f"{role}_{kind}", kind="name" if kind == "name" else "phone", **more)


_PEOPLE = ("负责人", "法人", "法定代表人", "法人代表", "公司负责人", "企业负责人", "代表人", "person in charge", "legal representative", "representative")
_ID = ("身份证号", "身份证号码", "身份证", "证件号", "证件号码", "证件编号", "居民身份证号", "id", "id number", "id no", "identity number")
FIELDS = [
    Field("role", _l("Owner or tenant"), ("身份", "客户类型", "业主/租户", "租户类型", "业主或租户", "性质", "客户类别", "类别", "类型", "角色",
                                          "住户类型", "role", "owner or tenant", "type")),
    Field.of(Customer, "name", (
        "租户名称", "租户", "客户名称", "客户", "公司名称", "公司", "企业名称", "承租方", "承租人", "单位名称", "商户名称", "商户", "租户名", "承租单位",
        "承租方名称", "承租人名称", "入驻企业", "入驻单位", "使用单位", "租客", "租客名称", "姓名", "名称", "住户", "住户姓名", "业主/租户名称", "租户/名称",
        "租户信息/名称", "客户/名称", "租户/姓名", "承租人/姓名", "公司全称", "企业全称", "客户姓名", "商家名称", "品牌/公司名称",
        "tenant", "tenant name", "company", "company name", "customer", "customer name", "occupant", "lessee", "name",
    ), kind="text", who=True),
    Field.of(Customer, "name_en", ("英文名称", "英文名", "公司英文名称", "英文公司名", "租户英文名称", "外文名称", "英文名称/英文", "english name",
                                   "name in english", "company name en", "tenant name english")),
    Field.of(Customer, "licence_number", (
        "统一社会信用代码", "信用代码", "社会信用代码", "营业执照号", "营业执照号码", "营业执照编号", "营业执照注册号", "执照号", "注册号", "工商注册号",
        "商业登记号码", "商业登记证号码", "统一编号", "税号", "纳税人识别号", "credit code", "unified social credit code", "uscc", "licence number",
        "license number", "business licence", "business registration", "br no", "registration number",
    ), key="licence", kind="code"),
    Field.of(Customer, "industry", ("行业", "所属行业", "行业类别", "行业类型", "经营范围", "主营业务", "经营项目", "industry", "trade", "business",
                                    "nature of business")),
    Field.of(Customer, "representative", (*(f"{who}/{sub}" for who in _PEOPLE for sub in ("姓名", "名称", "name")), *_PEOPLE), kind="name"),
    Field.of(Customer, "id_number", (*(f"{who}/{sub}" for who in (*_PEOPLE, "租户", "承租人") for sub in _ID), *_ID), kind="id_number"),
    _contact("daily", "name", ()),
    _contact("daily", "phone", ("电话", "联系电话", "手机", "手机号", "手机号码", "联系方式", "联络电话", "phone", "telephone", "tel", "mobile")),
    Field("daily_both", _l("Contact and telephone"), ("联系人及电话", "联系人电话", "联系人和电话", "联系人/电话", "联系人及联系方式",
                                                      "contact and phone"), kind="contact"),
    Field.of(Contact, "email", ("邮箱", "电子邮箱", "电子邮件", "邮件", "日常联系人/邮箱", "联系人/邮箱", "email", "e-mail", "mail"), key="daily_email"),
    _contact("emergency", "name", (), left="daily_name"),
    _contact("emergency", "phone", ("紧急电话", "紧急联系电话", "应急电话", "紧急联络电话"), left="daily_phone"),
    _contact("finance", "name", (), left="daily_name"),
    _contact("finance", "phone", ("财务电话",), left="daily_phone"),
    Field.of(Tenancy, "starts_on", (
        "起租日", "起租日期", "租赁开始日期", "租期开始", "合同开始日期", "合同起始日", "合同起始日期", "起始日期", "开始日期", "租约开始", "起租", "计租日",
        "租赁起始日", "租期/起", "租期/开始", "租期/起始", "租赁期限/起", "租赁期/起", "合同期限/起", "合同期/起", "租约/起租日", "租約開始日期", "入住日期", "入驻日期",
        "入住时间", "入驻时间", "lease start", "lease begins", "start date", "commencement", "commencement date", "lease from", "from", "lease/start", "lease/from",
    ), kind="date"),
    Field.of(Tenancy, "ends_on", (
        "到期日", "到期日期", "租赁结束日期", "租赁到期日", "租期结束", "租期届满", "合同结束日期", "合同到期日", "合同到期日期", "合同终止日期", "终止日期", "结束日期",
        "截止日期", "租约到期", "租約到期日", "迄租日", "租期/止", "租期/结束", "租期/迄", "租赁期限/止", "租赁期/止", "合同期限/止", "合同期/止", "租约/到期日",
        "止租日", "lease end", "lease ends", "end date", "expiry", "expiry date", "lease to", "to", "until", "lease expiry", "lease/end", "lease/to",
    ), kind="date"),
    Field("lease", _l("Lease from and to"), ("租期", "租赁期限", "租赁期", "合同期限", "合同期", "租约期", "起止日期", "租赁起止日期", "lease term",
                                             "lease period", "term"), kind="span"),
    Field.of(Tenancy, "rent_cents", ("月租金", "租金", "租金/月", "每月租金", "月租", "月租金额", "合同租金", "rent", "monthly rent"),
             key="rent", kind="money", once=True),
    Field.of(Tenancy, "parking", ("车位号", "车位", "停车位", "车位编号", "停车位号", "车位数", "parking", "parking space", "parking no", "car park")),
    Field.of(Tenancy, "nameboard", ("水牌名称", "水牌", "铭牌", "铭牌名称", "招牌", "招牌名称", "门牌名称", "nameboard", "name board", "signage")),
    Field.of(Tenancy, "remark", ("备注", "备注说明", "说明", "附注", "其他", "备考", "remark", "remarks", "note", "notes", "comment")),
    Field("owner_name", _l("Owner"), ("业主", "业主姓名", "业主名称", "产权人", "产权人姓名", "所有权人", "产权单位", "业主/姓名", "业主/名称",
                                      "owner", "owner name", "landlord"), kind="name", length=200),
    Field("owner_phone", _l("Owner's telephone"), ("业主电话", "业主联系电话", "业主手机", "业主联系方式", "业主/电话", "业主/联系电话", "业主/手机",
                                                   "owner phone", "owner/phone"), kind="phone", length=40),
]  # fmt: skip
OWNERS = ("业主", "業主", "产权人", "owner", "landlord", "自有")
TENANTS = ("租户", "租戶", "租客", "承租", "tenant", "lessee", "住户")


# ---- before rows are looked at --------------------------------------------------------------------------------------


def tidy(rows: list[Row]) -> list[Row]:
    """Join rows that speak of one unit: owner and tenant, two that share it, the same tenant twice."""
    by_unit: dict[tuple[str, str], Row] = {}
    before: Row | None = None
    for row in rows:
        _carry_unit(row, before)
        before = row
        unit = words.fold(words.text(row.cells.get("unit"))).lstrip("0")
        if not unit or words.is_blank(row.cells.get("name")) or words.is_vacant(row.cells.get("name")):
            continue
        key = (words.fold(words.text(row.cells.get("building"))), unit)
        other = by_unit.get(key)
        if other is None:
            by_unit[key] = row
        else:
            by_unit[key] = _join(other, row)
    return rows


def _carry_unit(row: Row, before: Row | None) -> None:
    """The second of an owner's and a tenant's row may leave the unit blank."""
    if before is None or before.sheet != row.sheet or not words.is_blank(row.cells.get("unit")):
        return
    if _role(row) and _role(before) and _role(before) != _role(row):
        row.cells["unit"] = before.cells.get("unit")


def _join(first: Row, second: Row) -> Row:
    """Which of two rows of one unit counts; the other is told in it or refused."""
    roles = _role(first), _role(second)
    if roles == ("owner", "tenant"):
        _tell_owner(second, first)
        return second
    if roles == ("tenant", "owner") or roles == ("", "owner"):
        _tell_owner(first, second)
        return first
    if words.fold(words.text(first.cells["name"])) == words.fold(words.text(second.cells["name"])):
        absorb(first, second)
        return first
    if any("合租" in words.text(row.cells.get("remark")) for row in (first, second)):
        first.notes.append(f"合租：{_spoken(second)}")
        first.warn(_l("The unit is shared: the tenant of row %(row)s is kept in the remark.", row=second.number), "name")
        second.state = JOINED
        return first
    second.wrong(_l("Row %(row)s names another tenant for this unit.", row=first.number), "name")
    return first


def _role(row: Row) -> str:
    typed = words.fold(words.text(row.cells.get("role")))
    if any(name in typed for name in TENANTS):
        return "tenant"
    return "owner" if any(name in typed for name in OWNERS) else ""


def _tell_owner(tenant: Row, owner: Row) -> None:
    """The tenant's row counts and says who the owner is."""
    tenant.plan["owner_row"] = _spoken(owner)
    for key in ("area", "floor", "use", "building"):
        if key in owner.cells and words.is_blank(tenant.cells.get(key)):
            tenant.cells[key] = owner.cells[key]
    owner.state = JOINED


def _spoken(row: Row) -> str:
    parts = [row.cells.get("name"), row.cells.get("daily_name"), row.cells.get("daily_phone")]
    return " ".join(words.text(part) for part in parts if not words.is_blank(part))


# ---- one row --------------------------------------------------------------------------------------------------------


def plan(row: Row, known: Known) -> None:
    """Decide whether the row names somebody, and what that changes."""
    _unfold(row)
    named = row.cells.get("name")
    _plan_owner(row)
    if words.is_vacant(named) or (words.is_blank(named) and _is_bare(row)):
        row.state = VACANT
        if tenants.live(row, known) is not None:
            row.warn(_l("The sheet says nobody is here, but the unit is let: nothing was changed."), "name")
    elif not row.get("name") and not row.is_wrong and tenants.live(row, known) is None:
        row.wrong(_l("The row names no tenant, but other columns are filled in."), "name")
    elif not row.is_wrong:
        tenants.plan(row, known)


def _plan_owner(row: Row) -> None:
    """The owner has no record of her own: the unit's remark names her."""
    spoken = row.plan.get("owner_row") or " ".join(p for p in (row.get("owner_name"), row.get("owner_phone")) if p)
    if not spoken:
        return
    row.plan["unit_note"] = f"业主：{spoken}"
    unit = row.plan.get("unit")
    if unit is not None and row.plan["unit_note"] not in unit.remark:
        row.change(label(Unit, "remark"), unit.remark, row.plan["unit_note"])


def _unfold(row: Row) -> None:
    """Cells that say two things."""
    if "lease" in row.values:
        begins, ends = row.values["lease"]
        row.values.setdefault("starts_on", begins)
        row.values.setdefault("ends_on", ends)
    if "daily_both" in row.values:
        name, phone = row.values["daily_both"]
        row.values.setdefault("daily_name", name[:60])
        row.values.setdefault("daily_phone", phone)
    if row.get("emergency_name") == row.get("daily_name", None):
        row.values.setdefault("emergency_phone", row.get("daily_phone"))
    if row.get("starts_on", None) and row.get("ends_on", None) and row.get("ends_on") < row.get("starts_on"):
        row.wrong(_l("The lease ends before it begins."), "ends_on")


def _is_bare(row: Row) -> bool:
    """Nothing but the unit itself, its owner and a remark."""
    return not any(key in row.values for key in TENANT_KEYS)


TENANT_KEYS = (
    "licence", "representative", "id_number", "daily_name", "daily_phone", "emergency_name", "emergency_phone", "starts_on", "ends_on", "rent",
)  # fmt: skip


def apply(row: Row, known: Known, *, by: Any = None) -> None:
    """Write what was planned for a row that names somebody."""
    if row.state != VACANT:
        tenants.apply(row, known, by=by)


def notes(known: Known) -> list[Any]:
    """What to say about the whole import."""
    if not known.sealed_rows:
        return []
    return [_l("%(count)s files are filed: their sealed columns were neither compared nor changed.", count=known.sealed_rows)]
