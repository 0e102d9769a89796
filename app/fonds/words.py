"""The words of the archive: categories, periods, carriers, states."""

from __future__ import annotations

from typing import Any

from app.kit.labels import _l

HOLDER_KINDS: dict[str, Any] = {
    "archive": _l("Archive"),
    "centre": _l("Records centre"),
    "special": _l("Special archive"),
    "room": _l("Archive room"),
}
FONDS_STATES: dict[str, Any] = {"open": _l("Growing"), "closed": _l("Closed: one whole")}
SPELLINGS: dict[str, Any] = {
    "codes": _l("With codes (DA/T 22-2015)"),
    "words": _l("In words (DA/T 13-2022)"),
}
NOTE_KINDS: dict[str, Any] = {
    "introduction": _l("Introduction of the fonds"),
    "collecting": _l("Collecting"),
    "arranging": _l("Arranging"),
    "appraising": _l("Appraising"),
    "keeping": _l("Keeping"),
    "counting": _l("Counting"),
    "using": _l("Use of the archives"),
    "compiling": _l("Compilations"),
}
KEEPING_STATES: dict[str, Any] = {
    "asked": _l("Waits for the written consent"),
    "consented": _l("Kept for another"),
    "ended": _l("Transferred"),
    "refused": _l("Refused"),
}
LEVELS: dict[str, Any] = {"item": _l("Item 件"), "volume": _l("Volume 卷")}
CATEGORIES: dict[str, Any] = {
    "": _l("Not classified yet"),
    "document": _l("Documents 文书"),
    "technical": _l("Science and technology 科技"),
    "accounting": _l("Accounting 会计"),
    "photo": _l("Photographs 照片"),
    "audiovisual": _l("Sound and film 音像"),
    "electronic": _l("Electronic records and data 电子与数据"),
    "object": _l("Objects 实物"),
    "personnel": _l("Personnel 人事"),
    "finding_aid": _l("Finding aids 检索工具"),
}
PERIODS: dict[str, Any] = {
    "": _l("Not decided yet"),
    "Y": _l("Permanent"),
    "D30": _l("30 years"),
    "D10": _l("10 years"),
    "C": _l("Long-term (before 2006)"),
    "D": _l("Short-term (before 2006)"),
}
IN_CHINESE = {"": "", "Y": "永久", "D30": "30年", "D10": "10年", "C": "长期", "D": "短期"}
SECRECY: dict[str, Any] = {
    "none": _l("Not classified"),
    "internal": _l("Internal"),
    "secret": _l("Secret 秘密"),
    "confidential": _l("Confidential 机密"),
    "top_secret": _l("Top secret 绝密"),
}
UNCLASSIFIED = ("none", "internal")
CARRIERS: dict[str, Any] = {
    "paper": _l("On paper"),
    "film": _l("Film"),
    "tape": _l("Tape"),
    "disc": _l("Disc"),
    "digital": _l("Digital"),
    "object": _l("Object"),
}
ORIGINS: dict[str, Any] = {
    "transferred": _l("Transferred 移交"),
    "collected": _l("Collected 征集"),
    "donated": _l("Donated 捐赠"),
    "deposited": _l("Deposited 寄存"),
}
ACQUIRED = ("collected", "donated")
ITEM_STATES: dict[str, Any] = {
    "collected": _l("Collected"),
    "classified": _l("Classified"),
    "timed": _l("Retention decided"),
    "bound": _l("Arranged and numbered"),
    "filed": _l("Filed in the archive"),
}
OPENNESS: dict[str, Any] = {
    "": _l("Not appraised"),
    "may_open": _l("May be opened"),
    "controlled": _l("Controlled 控制"),
    "open": _l("Open to the public"),
}
NATURES: dict[str, Any] = {
    "transfer": _l("Transfer 移交"),
    "deposit": _l("Deposit 寄存"),
    "purchase": _l("Purchase 征购"),
    "donation": _l("Donation 捐赠"),
}
TRANSFER_STATES: dict[str, Any] = {
    "draft": _l("Being listed"),
    "complete": _l("Complete"),
    "handed": _l("Being handed over"),
    "done": _l("Received and registered"),
    "void": _l("Given up"),
}
CONTAINERS: dict[str, Any] = {
    "box": _l("Boxes 卷盒"),
    "cover": _l("Covers 卷皮"),
    "contents": _l("Contents lists 卷内目录"),
    "reference": _l("Reference sheets 备考表"),
}
CHECKS: dict[str, Any] = {
    "authentic": _l("Authentic 真实性"),
    "complete": _l("Complete 完整性"),
    "usable": _l("Usable 可用性"),
    "safe": _l("Safe 安全性"),
}
