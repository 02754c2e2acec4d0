"""What strangers see of a person: the family name, the ends of a number, the building without the door."""

from __future__ import annotations

import re

from models.sheets.cells import clean, fold, parse_phone

LONGEST_ADDRESS = 200
# Family names of two characters that are still borne.
_COMPOUND_NAMES = (
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 司空 令狐 夏侯 轩辕 长孙 宇文 南宫 端木 百里 东郭 "
    "呼延 闻人 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 鲜于 闾丘 亓官 司寇 子车 颛孙 巫马 公西 "
    "漆雕 乐正 公良 拓跋 夹谷 宰父 谷梁 段干 东门 南门 西门 左丘 梁丘 独孤 纳兰 赫连 第五 完颜 万俟"
)
COMPOUND_NAMES = frozenset(_COMPOUND_NAMES.split())
# Only a run that ends like a street or an estate is kept before the building: anything else may be a name.
_ESTATE = (
    r"(?:[一-鿿]{1,12}(?:社区|小区|[一二三四五六七八九十]区|花园|家园|公寓|新村|新城|大院|广场|中心|"
    r"[路街](?:[一二三四五东西南北中]段)?|大道|胡同|[弄巷里村苑园庭府湾坊城])(?:\s*\d{1,5}(?:号院|弄))?\s*)"
)
_SHAPES = (
    re.compile(
        _ESTATE + r"?(?:[A-Za-z]?\d{1,4}|[A-Za-z]|[一二三四五六七八九十百]{1,4}|[甲乙丙丁东西南北])\s*"
        r"(?:号楼|栋|幢|座|棟|#)"
    ),
    re.compile(r"\b(?:building|bldg\.?|block|tower)\s*(?:no\.?\s*)?\w{1,4}\b", re.IGNORECASE),
    # 5-2-301 and A-1203: building, unit, room.
    re.compile(rf"(?:^|{_ESTATE})(?:\d{{1,3}}|[A-Za-z])(?=\s*[-\u2010-\u2015\u2212/]\s*\d{{1,4}}(?!\d))"),
    # A house number stays where doors follow it; alone it may be one family's house.
    re.compile(_ESTATE + r"\d{1,5}号(?=.*\d)"),
    re.compile(_ESTATE),
)


def mask_name(name: str | None) -> str:
    """Return the family name and two asterisks, however long the rest is: 张**, 欧阳**, J**."""
    text = clean(name or "")
    if not text:
        return ""
    # With only two characters in all, the first alone is the family name.
    shown = text[:2] if len(text) > 2 and text[:2] in COMPOUND_NAMES else text[:1]
    return shown + "**"


def mask_phone(phone: str | None) -> str:
    """Return the two ends of a number: 138****5678, 0571****6666, of a local number the last four."""
    if not phone or not clean(phone):
        return ""
    number = parse_phone(phone)
    if number is None:
        return "****"
    if number.startswith("0"):
        return number[: 3 if number[1] in "12" else 4] + "****" + number[-4:]
    return ("" if len(number) < 10 else number[:3]) + "****" + number[-4:]


def mask_address(text: str | None) -> str:
    """Return an address as far as the building: 5栋2单元301 as 5栋; without one its street or estate, else nothing."""
    address = " ".join(fold(text or "").split())[:LONGEST_ADDRESS]
    found = next((found for shape in _SHAPES if (found := shape.search(address))), None)
    return found[0].strip() if found else ""
