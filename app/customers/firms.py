"""Names of firms: what is left of one without its city, trade and legal form, and whether two mean one firm."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from app.exchange import words

ALIKE = 0.8
FIRM = re.compile(
    r"公司|集团|事务所|中心|商行|商店|餐厅|酒店|银行|学校|医院|诊所|工作室|协会|基金|合伙|企业|厂|店|部|社|院|所|行|会|ltd|inc|co\.|llc|corp",
    re.I,
)
CITIES = (
    "北京 上海 天津 重庆 广州 深圳 杭州 南京 苏州 成都 武汉 "
    "西安 长沙 郑州 青岛 济南 大连 沈阳 哈尔滨 长春 厦门 福州 宁波 "
    "合肥 南昌 昆明 贵阳 南宁 海口 三亚 珠海 东莞 佛山 中山 "
    "惠州 无锡 常州 南通 温州 石家庄 太原 呼和浩特 兰州 西宁 银川 "
    "乌鲁木齐 拉萨 香港 澳门 台北 台湾 中国 河北 山西 辽宁 吉林 "
    "黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 "
    "海南 四川 贵州 云南 陕西 甘肃 青海 内蒙古 广西 西藏 宁夏 新疆 "
    "beijing shanghai tianjin chongqing guangzhou shenzhen hangzhou nanjing suzhou chengdu wuhan hongkong china"
)
TRADES = (
    "信息技术 信息科技 信息咨询 网络科技 网络技术 生物科技 "
    "电子商务 文化传播 文化传媒 文化艺术 国际贸易 企业管理 管理咨询 "
    "商务咨询 投资管理 资产管理 物业管理 餐饮管理 人力资源 "
    "建筑工程 建筑设计 装饰工程 广告传媒 供应链 房地产 律师事务所 "
    "会计师事务所 事务所 工作室 科技 技术 信息 网络 软件 电子 智能 贸易 商贸 进出口 传播 传媒 文化 广告 设计 咨询 顾问 "
    "投资 控股 金融 基金 资本 管理 服务 餐饮 食品 医疗 医药 "
    "健康 教育 培训 建筑 装饰 工程 物流 实业 发展 国际 商务 集团 "
    "informationtechnology technologies technology information international consulting trading media culture "
    "network software holdings group services service investment management development"
)
FORMS = re.compile(
    r"(股份有限公司|有限责任公司|有限公司|分公司|股份公司|总公司|公司|有限合伙|普通合伙|合伙企业|企业|股份"
    r"|limited|ltd|company|incorporated|inc|llc|llp|corporation|corp|plc|gmbh|co)$"
)


def _any_of(names: str, ending: str = "") -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(sorted(names.split(), key=len, reverse=True)) + ")" + ending)


_CITY, _TRADE = _any_of(CITIES, "[省市]?"), _any_of(TRADES)


def without_form(name: str) -> str:
    """瑞恒科技有限公司 -> 瑞恒科技; brackets and signs go too."""
    bare, before = words.heading(name), ""
    while bare != before:
        before, bare = bare, FORMS.sub("", bare)
    return bare


def core(name: str) -> str:
    """What tells the firm from others: 北京瑞恒科技有限公司 -> 瑞恒."""
    return _TRADE.sub("", _CITY.sub("", without_form(name)))


def _is_firm(name: str) -> bool:
    bare = words.heading(name)
    return bool(len(bare) > 4 or FIRM.search(name) or _TRADE.search(bare))


def is_alike(old: str, new: str) -> bool:
    """Clearly one firm under two names. Two persons are one only under the same name."""
    bare = without_form(old), without_form(new)
    if all(bare) and bare[0] == bare[1]:
        return True
    if not any(_is_firm(name) for name in (old, new)):
        return False
    short, long = sorted((core(old), core(new)), key=len)
    if len(short) < (4 if short.isascii() else 2):
        return bool(short) and short == long
    return short in long or SequenceMatcher(None, short, long).ratio() >= ALIKE
