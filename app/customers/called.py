"""What people call the columns of customers in a roster: 简, 繁 and English."""

from __future__ import annotations

from typing import Any

from app.customers.models import Contact, Customer, Tenancy
from app.exchange.fields import Field, said
from app.kit.labels import _l


def _contact(role: str, kind: str, names: tuple[str, ...], **more: Any) -> Field:
    """A person to call: her name or her telephone, under every name of the group."""
    groups = {
        "daily": said(
            "日常联系人 联系人 日常联络人 联络人 经办人 行政联系人 主要联系人 联系人1 联系人一 第一联系人",
            "dailycontact contact contactperson primarycontact",
        ),
        "emergency": said(
            "紧急联络人 紧急联系人 应急联系人 应急联络人 联系人2 联系人二 第二联系人 备用联系人",
            "emergencycontact emergency secondarycontact",
        ),
        "finance": said("财务联系人 财务 财务人员 financecontact accountscontact finance"),
    }[role]
    subs = {
        "name": ("姓名", "名称", "名字", "name"),
        "phone": said(
            "电话 联系电话 手机 手机号 手机号码 电话号码 联系方式 联络电话 移动电话 phone tel telephone mobile",
            "phonenumber",
        ),
    }[kind]
    every = tuple(f"{group}/{sub}" for group in groups for sub in subs) + (groups if kind == "name" else ()) + names
    return Field.of(Contact, kind, every, key=f"{role}_{kind}", kind="name" if kind == "name" else "phone", **more)


_PEOPLE = said(
    "负责人 法人 法定代表人 法人代表 公司负责人 企业负责人 代表人 personincharge legalrepresentative", "representative"
)
_ID = said("身份证号 身份证号码 身份证 证件号 证件号码 证件编号 居民身份证号 id idnumber idno identitynumber")
FIELDS = [
    Field(
        "role",
        _l("Owner or tenant"),
        said(
            "身份 客户类型 业主/租户 租户类型 业主或租户 性质 客户类别 类别 类型 角色 住户类型 role",
            "ownerortenant type",
        ),
    ),
    Field.of(
        Customer,
        "name",
        said(
            "租户名称 租户 客户名称 客户 公司名称 公司 企业名称 承租方 承租人 单位名称 商户名称 商户 租户名",
            "承租单位 承租方名称 承租人名称 入驻企业 入驻单位 使用单位 租客 租客名称 姓名 名称 住户 住户姓名",
            "业主/租户名称 租户/名称 租户信息/名称 客户/名称 租户/姓名 承租人/姓名 公司全称 企业全称 客户姓名",
            "商家名称 品牌/公司名称 tenant tenantname company companyname customer customername occupant lessee",
            "name",
        ),
        kind="text",
        who=True,
    ),
    Field.of(
        Customer,
        "name_en",
        said(
            "英文名称 英文名 公司英文名称 英文公司名 租户英文名称 外文名称 英文名称/英文 englishname",
            "nameinenglish companynameen tenantnameenglish",
        ),
    ),
    Field.of(
        Customer,
        "licence_number",
        said(
            "统一社会信用代码 信用代码 社会信用代码 营业执照号 营业执照号码 营业执照编号 营业执照注册号 执照号",
            "注册号 工商注册号 商业登记号码 商业登记证号码 统一编号 税号 纳税人识别号 creditcode",
            "unifiedsocialcreditcode uscc licencenumber licensenumber businesslicence businessregistration brno",
            "registrationnumber",
        ),
        key="licence",
        kind="code",
    ),
    Field.of(
        Customer,
        "industry",
        said("行业 所属行业 行业类别 行业类型 经营范围 主营业务 经营项目 industry trade business", "natureofbusiness"),
    ),
    Field.of(
        Customer,
        "representative",
        (*(f"{who}/{sub}" for who in _PEOPLE for sub in ("姓名", "名称", "name")), *_PEOPLE),
        kind="name",
    ),
    Field.of(
        Customer,
        "id_number",
        (*(f"{who}/{sub}" for who in (*_PEOPLE, "租户", "承租人") for sub in _ID), *_ID),
        kind="id_number",
    ),
    _contact("daily", "name", ()),
    _contact("daily", "phone", said("电话 联系电话 手机 手机号 手机号码 联系方式 联络电话 phone telephone tel mobile")),
    Field(
        "daily_both",
        _l("Contact and telephone"),
        said("联系人及电话 联系人电话 联系人和电话 联系人/电话 联系人及联系方式 contactandphone"),
        kind="contact",
    ),
    Field.of(
        Contact,
        "email",
        said("邮箱 电子邮箱 电子邮件 邮件 日常联系人/邮箱 联系人/邮箱 email e-mail mail"),
        key="daily_email",
    ),
    _contact("emergency", "name", (), left="daily_name"),
    _contact("emergency", "phone", ("紧急电话", "紧急联系电话", "应急电话", "紧急联络电话"), left="daily_phone"),
    _contact("finance", "name", (), left="daily_name"),
    _contact("finance", "phone", ("财务电话",), left="daily_phone"),
    Field.of(
        Tenancy,
        "starts_on",
        said(
            "起租日 起租日期 租赁开始日期 租期开始 合同开始日期 合同起始日 合同起始日期 起始日期 开始日期",
            "租约开始 起租 计租日 租赁起始日 租期/起 租期/开始 租期/起始 租赁期限/起 租赁期/起 合同期限/起",
            "合同期/起 租约/起租日 租約開始日期 入住日期 入驻日期 入住时间 入驻时间 leasestart leasebegins",
            "startdate commencement commencementdate leasefrom from lease/start lease/from",
        ),
        kind="date",
    ),
    Field.of(
        Tenancy,
        "ends_on",
        said(
            "到期日 到期日期 租赁结束日期 租赁到期日 租期结束 租期届满 合同结束日期 合同到期日 合同到期日期",
            "合同终止日期 终止日期 结束日期 截止日期 租约到期 租約到期日 迄租日 租期/止 租期/结束 租期/迄",
            "租赁期限/止 租赁期/止 合同期限/止 合同期/止 租约/到期日 止租日 leaseend leaseends enddate expiry",
            "expirydate leaseto to until leaseexpiry lease/end lease/to",
        ),
        kind="date",
    ),
    Field(
        "lease",
        _l("Lease from and to"),
        said("租期 租赁期限 租赁期 合同期限 合同期 租约期 起止日期 租赁起止日期 leaseterm leaseperiod term"),
        kind="span",
    ),
    Field.of(
        Tenancy,
        "rent_cents",
        said("月租金 租金 租金/月 每月租金 月租 月租金额 合同租金 rent monthlyrent"),
        key="rent",
        kind="money",
        once=True,
    ),
    Field.of(
        Tenancy, "parking", said("车位号 车位 停车位 车位编号 停车位号 车位数 parking parkingspace parkingno carpark")
    ),
    Field.of(
        Tenancy, "nameboard", said("水牌名称 水牌 铭牌 铭牌名称 招牌 招牌名称 门牌名称 nameboard nameboard signage")
    ),
    Field.of(Tenancy, "remark", said("备注 备注说明 说明 附注 其他 备考 remark remarks note notes comment")),
    Field(
        "owner_name",
        _l("Owner"),
        said(
            "业主 业主姓名 业主名称 产权人 产权人姓名 所有权人 产权单位 业主/姓名 业主/名称 owner ownername", "landlord"
        ),
        kind="name",
        length=200,
    ),
    Field(
        "owner_phone",
        _l("Owner's telephone"),
        said("业主电话 业主联系电话 业主手机 业主联系方式 业主/电话 业主/联系电话 业主/手机 ownerphone", "owner/phone"),
        kind="phone",
        length=40,
    ),
]
