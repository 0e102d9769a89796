"""Invented people, firms and numbers. Identity numbers carry the sequence 000, telephones start 199 0000."""

from __future__ import annotations

import datetime as dt
import random

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔仇单解查翟冼逄亓"
DOUBLE_SURNAMES = ("欧阳", "尉迟", "上官", "司徒")
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰婷雪梅琳晨宇轩涵睿佳怡思远雨桐子墨浩然梓萱喆翀犇𬱖𫖯䶮"
STEMS = "瑞恒嘉泽信诚博创远景润和天启云安盛鼎华联智卓越达泰弘毅明德衡元"
TRADES = (
    ("信息技术", "Information Technology", "IT"),
    ("文化传播", "Culture & Media", "传媒"),
    ("国际物流", "International Logistics", "物流"),
    ("建筑设计", "Architectural Design", "设计"),
    ("生物科技", "Bio-tech", "科研"),
    ("新能源", "New Energy", "能源"),
    ("教育科技", "Education Technology", "教育"),
    ("人力资源", "Human Resources", "咨询"),
    ("资产管理", "Asset Management", "金融"),
    ("贸易", "Trading", "贸易"),
    ("餐饮管理", "Catering Management", "餐饮"),
    ("医疗器械", "Medical Devices", "医疗"),
)
ENDINGS = ("有限公司", "有限责任公司", "股份有限公司")
CITIES = (("", "China"), ("北京", "Beijing"), ("上海", "Shanghai"))
PINYIN = dict(
    zip(
        STEMS,
        [
            "rui",
            "heng",
            "jia",
            "ze",
            "xin",
            "cheng",
            "bo",
            "chuang",
            "yuan",
            "jing",
            "run",
            "he",
            "tian",
            "qi",
            "yun",
            "an",
            "sheng",
            "ding",
            "hua",
            "lian",
            "zhi",
            "zhuo",
            "yue",
            "da",
            "tai",
            "hong",
            "yi",
            "ming",
            "de",
            "heng",
            "yuan",
        ],
        strict=True,
    )
)
DISTRICTS = ("110101", "310104", "440106", "330106", "510107")
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


class Inventor:
    """A seeded source of names and numbers: the same seed gives the same town."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self._telephone = 0

    def person(self) -> str:
        """A name of two or three characters, now and then with a rare one."""
        surname = self.chance.choice(DOUBLE_SURNAMES) if self.chance.random() < 0.03 else self.chance.choice(SURNAMES)
        return surname + "".join(self.chance.choice(GIVEN) for _ in range(self.chance.choice((1, 2, 2))))

    def firm(self) -> tuple[str, str, str]:
        """(Chinese name, English name, industry)."""
        first, second = self.chance.sample(STEMS, 2)
        trade, trade_en, industry = self.chance.choice(TRADES)
        city, city_en = self.chance.choice(CITIES)
        name = f"{city}{first}{second}{trade}{self.chance.choice(ENDINGS)}"
        return name, f"{PINYIN[first].title()}{PINYIN[second]} {trade_en} ({city_en}) Co., Ltd.", industry

    def telephone(self) -> str:
        """An invented mobile number, 1990000xxxx, each given once until they run out."""
        self._telephone += self.chance.randint(1, 9)
        return f"1990000{self._telephone % 10000:04d}"

    def identity_number(self) -> str:
        """A number with the sequence 000, which is never issued, and a right check digit (GB 11643)."""
        born = dt.date(1960, 1, 1) + dt.timedelta(days=self.chance.randint(0, 15000))
        body = f"{self.chance.choice(DISTRICTS)}{born:%Y%m%d}000"
        total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(body))
        return body + "10X98765432"[total % 11]

    def credit_code(self) -> str:
        """A unified social credit code with a right check character (GB 32100)."""
        body = "91110105MA" + "".join(self.chance.choice(CREDIT_ALPHABET) for _ in range(7))
        total = sum(CREDIT_ALPHABET.index(c) * w for c, w in zip(body, CREDIT_WEIGHTS, strict=True))
        return body + CREDIT_ALPHABET[(31 - total % 31) % 31]

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        """A day between the two, both included."""
        return first + dt.timedelta(days=self.chance.randint(0, (last - first).days))
